/** The way on which the fix denies a user everything without MFA: a policy, attached to a group that the user is put into. */
import type { Account } from '../../account/account.ts';
import { authorizationOf } from '../../account/services/iam/authorization.ts';
import type {
  AuthorizationDetails,
  PolicyDocument,
  UserDetail,
} from '../../account/services/iam/authorization-details.ts';
import type { authorizationDetails } from '../../account/services/iam/readings.ts';
import { actionPattern } from '../shared/permissions/boxes.ts';
import { MalformedPolicyError, parseIdentityPolicy } from '../shared/policy/parse.ts';

export const POLICY = 'GroundrulesRequireMfa';
export const GROUP = 'groundrules-require-mfa';
export const DESCRIPTION =
  'Denies everything without MFA but what it takes to register it. Made by Groundrules (iam-mfa-enforced).';
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not count, and has none here. */
export const LONGEST_POLICY = 6144;

/**
 * AWS's statement that denies everything without MFA but these actions
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html).
 */
export const requireMfa = (allowed: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyAllExceptListedIfNoMFA',
        Effect: 'Deny',
        ...(allowed.length > 0 ? { NotAction: allowed } : { Action: '*' }),
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
  });

/** What there is of the way. */
export interface Way {
  readonly policy?: {
    readonly id: string;
    readonly arn: string;
    readonly document: PolicyDocument | undefined;
    /** Who else has it than the group: names. */
    readonly others: readonly string[];
  };
  readonly group?: {
    readonly id: string;
    readonly members: readonly UserDetail[];
    readonly isAttached: boolean;
    /** What it has beside the policy, by name. */
    readonly others: readonly string[];
  };
}

/** The account's users, and what there is of the way. */
export interface Found {
  readonly details: AuthorizationDetails;
  readonly way: Way;
  /** Whether the answer has elements that make no sense: any of them may use the policy or be in the group. */
  readonly isDoubtful: boolean;
}

/** @throws AccountError where the answer is not whole, so that nobody could tell what it lacks. */
export async function findWay(account: Account<typeof authorizationDetails>): Promise<Found> {
  const { details, broken, more } = await authorizationOf(account);
  const [cut] = Object.values(more);
  if (cut) throw cut;
  const unclear = [...broken.policies, ...broken.groups].find(
    ({ about }) => about === undefined || about.name === POLICY || about.name === GROUP,
  );
  if (unclear) throw unclear;
  const isDoubtful = Object.values(broken).some((errors) => errors.length > 0);
  return { details, way: wayIn(details), isDoubtful };
}

function wayIn(details: AuthorizationDetails): Way {
  // AWS's own policies have no account in their ARNs.
  const policy = [...details.policies.values()].find(
    ({ name, arn }) => name === POLICY && /^arn:[^:]*:iam::\d{12}:/.test(arn),
  );
  const group = details.groups.find(({ name }) => name === GROUP);
  const has = ({ attached }: { readonly attached: readonly string[] }) =>
    policy !== undefined && attached.includes(policy.arn);
  const isBounded = ({ boundary }: { readonly boundary?: string }) =>
    policy !== undefined && boundary === policy.arn;
  return {
    ...(policy && {
      policy: {
        id: policy.id,
        arn: policy.arn,
        document: policy.document,
        others: [
          ...details.groups.filter((one) => one.name !== GROUP && has(one)),
          ...[...details.users, ...details.roles].filter((one) => has(one) || isBounded(one)),
        ].map(({ name }) => name),
      },
    }),
    ...(group && {
      group: {
        id: group.id,
        members: details.users.filter(({ groups }) => groups.includes(GROUP)),
        isAttached: has(group),
        others: [
          ...group.inline.map(({ name }) => name),
          ...group.attached.filter((arn) => arn !== policy?.arn),
        ],
      },
    }),
  };
}

/** Whether two documents say the same, whatever the order and the letter case of their actions. */
export function saysTheSame(document: PolicyDocument | undefined, wanted: string): boolean {
  if (!document) return false;
  try {
    return meaning(document.text) === meaning(wanted);
  } catch (error) {
    if (error instanceof MalformedPolicyError) return false;
    throw error;
  }
}

const meaning = (text: string): string =>
  JSON.stringify(
    parseIdentityPolicy(text, POLICY).map(({ effect, actions, resources, conditions }) => ({
      effect,
      actions: { not: actions.not, values: [...new Set(actions.values.map(actionPattern))].sort() },
      resources,
      conditions: conditions.map(({ operator, set, ifExists, key, values }) => ({
        operator,
        set,
        ifExists,
        key,
        values: values.map((value) => value.toLowerCase()),
      })),
    })),
  );

/** The ARN that the policy gets, in the partition of this user. */
export function policyArn({ arn }: UserDetail): string {
  const [, partition, , , account] = arn.split(':');
  return `arn:${partition}:iam::${account}:policy/${POLICY}`;
}
