import pMap from 'p-map';
import type { Account } from '../../account/account.ts';
import { AccountError, isAccountError, OWN_CODES, type PartialList, partial } from '../../account/errors.ts';
import { PARTITIONS, partitionOf } from '../../account/reading.ts';
import {
  accounts,
  type Organization,
  type OrganizationAccount,
  organization,
  parents,
  policyContent,
  policyTargets,
  roots,
  serviceControlPolicies,
} from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { accountIds, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { NOT_HERE } from '../shared/member.ts';
import {
  deniesEverything,
  rootOf,
  type ServiceControlPolicy,
  type Uncovered,
  uncovered,
} from '../shared/organization/service-control-policies.ts';
import { isActive } from '../shared/organization/tree.ts';
import type { RequestContext } from '../shared/permissions/context.ts';
import { MalformedPolicyError, parseIdentityPolicy } from '../shared/policy/parse.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { messages, type ScpFinding } from './findings.ts';
import { fix } from './fix.ts';

/** What nobody but root of the account can mend, where a policy has locked everybody out. */
const ONLY_ROOT =
  's3:GetBucketPolicy,s3:PutBucketPolicy,s3:DeleteBucketPolicy,sqs:GetQueueAttributes,sqs:SetQueueAttributes';

const parameters = {
  allowedExceptions: parameter(words(), ONLY_ROOT, {
    en: 'Actions that an SCP may leave to root (`NotAction`), with wildcards, separated by commas.',
    ko: 'SCP가 루트에 남겨 두어도 되는 작업(`NotAction`). 와일드카드를 쓸 수 있고 쉼표로 구분.',
  }),
  exemptAccounts: parameter(accountIds(), '', {
    en: 'Member accounts that need no such SCP, separated by commas.',
    ko: '이런 SCP가 없어도 되는 멤버 계정. 쉼표로 구분.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [
  organization,
  roots,
  accounts,
  serviceControlPolicies,
  policyContent,
  policyTargets,
  parents,
] as const;
type View = Account<(typeof reads)[number]>;

/** Root of a member account can do nothing: an SCP denies it. */
export default defineRule<typeof parameters, ScpFinding>()({
  id: 'scp-deny-root',
  severity: 'HIGH',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 6, each: 0 },
});

async function judgeAccount(account: View, values: Values): Promise<Judgement<ScpFinding>> {
  const resource = accountResource(account);
  const known = await account.read(organization);
  if (known === null) return notApplicable(resource, [{ kind: 'noOrganization' }]);
  const management = known.managementAccountId;
  const [tree, all, policies] = await Promise.all([
    listed(account.read(roots)),
    listed(account.read(accounts)),
    listed(account.read(serviceControlPolicies)),
  ]);
  const isDenied = [tree, all, policies].some(({ errors }) =>
    errors.some((error) => isAccountError(error, 'AccessDenied', NOT_HERE)),
  );
  if (isDenied && management !== account.id) {
    return notApplicable(resource, [{ kind: 'judgedElsewhere', management }]);
  }

  const members = all.values.filter(
    (one) => one.id !== management && isActive(one) && !values.exemptAccounts.includes(one.id),
  );
  if (members.length === 0 && all.errors.length === 0) {
    return notApplicable(resource, [{ kind: 'noMembers' }]);
  }
  const off = isOff(known, tree.values);
  if (off) return nonCompliant(resource, [off]);

  const left = await leftOf(account, rootsOf(account, known, all.values), members, policies, values);
  const surely = left.filter(({ answer }) => answer === false).map((one) => one.account.id);
  if (surely.length > 0) return nonCompliant(resource, [{ kind: 'uncovered', accounts: surely }]);
  const [unread] = [...tree.errors, ...all.errors, ...left.flatMap(({ errors }) => errors)];
  if (unread) throw unread;
  if (tree.values.length === 0) throw noRoot();
  const [doubtful] = left;
  if (doubtful) throw strangePath(doubtful.account.id);
  return compliant(resource);
}

/** Empty where the policy is gone, or the account has left the organization meanwhile. */
const listed = <T>(read: Promise<readonly T[] | null>): Promise<PartialList<T>> =>
  partial(read.then((values) => values ?? []));

const TYPE = 'SERVICE_CONTROL_POLICY';

function isOff(
  { featureSet }: Organization,
  tree: readonly { readonly policyTypes: ReadonlyMap<string, string> }[],
): ScpFinding | undefined {
  if (featureSet === 'CONSOLIDATED_BILLING') return { kind: 'scpOff', because: 'consolidatedBilling' };
  const isOn = tree.every(({ policyTypes }) => policyTypes.get(TYPE) === 'ENABLED');
  return isOn ? undefined : { kind: 'scpOff', because: 'notOn' };
}

/** The members that no SCP surely holds for. */
async function leftOf(
  account: View,
  rootsOfMember: RootsOf,
  members: readonly OrganizationAccount[],
  policies: PartialList<{ readonly id: string; readonly name: string; readonly awsManaged: boolean }>,
  { allowedExceptions }: Values,
): Promise<readonly Uncovered[]> {
  // AWS's own SCPs deny nothing.
  const own = policies.values.filter(({ awsManaged }) => !awsManaged);
  const read = await pMap(own, (policy) => statementsOf(account, policy), { concurrency: 4 });
  const contexts = new Map(members.map((one) => [one.id, rootsOfMember(one)]));
  const left = await uncovered(
    members,
    read.flatMap((policy) => policy ?? []),
    (statement, { id }) => {
      const all = contexts.get(id) ?? [];
      const denied = all.filter((context) => deniesEverything(statement, context, allowedExceptions));
      return denied.length === 0 || denied.length === all.length ? denied.length > 0 : noPartition();
    },
    {
      targets: (id) => listed(account.read(policyTargets, { id })),
      parentOf: (id) => parentOf(account, id),
    },
  );
  if (policies.errors.length === 0) return left;
  // A policy that the list does not show might be the one.
  return left.map((one) => ({ ...one, answer: 'unknown', errors: [...policies.errors, ...one.errors] }));
}

/** `undefined`: the policy is gone. */
async function statementsOf(
  account: View,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<ServiceControlPolicy | undefined> {
  const content = await settle(account.read(policyContent, { id }));
  if (content === null) return undefined;
  if (content instanceof AccountError) return { id, name, statements: content };
  try {
    return { id, name, statements: parseIdentityPolicy(content, `SCP ${id}`) };
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    const api = 'organizations:DescribePolicy';
    return {
      id,
      name,
      statements: new AccountError(OWN_CODES.malformed, api, `${api}: ${error.message}`, id),
    };
  }
}

/** The root user of a member: several, where nothing says in which partition the organization is. */
type RootsOf = (member: OrganizationAccount) => readonly RequestContext[];

/** An organization is in one partition, which the ARN of any of its accounts tells, its own, and the Regions in view. */
function rootsOf(
  { regions }: View,
  { id: organizationId, partition }: Organization,
  all: readonly OrganizationAccount[],
): RootsOf {
  const [region] = regions;
  const known = partition ?? all.find((one) => one.partition)?.partition ?? (region && partitionOf(region));
  return ({ id, partition: own = known }) =>
    (own === undefined ? PARTITIONS : [own]).map((one) => rootOf(id, one, organizationId));
}

/** An account or a unit has one parent, and no more beside it. */
async function parentOf(account: View, id: string): Promise<string | AccountError> {
  const { values, errors } = await partial(account.read(parents, { id }));
  const api = 'organizations:ListParents';
  const [parent = errors[0]] = values;
  return parent ?? new AccountError(OWN_CODES.incomplete, api, `${api} of ${id} names no parent`, id);
}

const noRoot = () =>
  new AccountError(
    OWN_CODES.incomplete,
    'organizations:ListRoots',
    'organizations:ListRoots names no root, so that nobody knows whether SCPs are enabled: save again what "aws organizations list-roots" prints',
  );

const noPartition = () =>
  new AccountError(
    OWN_CODES.incomplete,
    'organizations:DescribeOrganization',
    'organizations:DescribeOrganization gives no ARN, so that nobody knows which partition the organization is in: save again what "aws organizations describe-organization" prints',
  );

const strangePath = (id: string) =>
  new AccountError(
    OWN_CODES.malformed,
    'organizations:ListAccounts',
    `organizations:ListAccounts: the path of ${id} leads from no root to it: save again what "aws organizations list-accounts" prints`,
    id,
  );
