import type { UserDetail } from '../../account/services/iam/authorization-details.ts';
import type { Plan, PlanStep, UndoContext, Verified } from '../fix.ts';
import { type Asks, type Before, type Inputs, isIn, MADE } from './changes.ts';
import { listed } from './findings.ts';
import { type Found, findWay, GROUP, POLICY, saysTheSame } from './way.ts';

/** What of the run is still there, as the run left it. */
interface Own {
  readonly user: UserDetail | undefined;
  readonly policy: boolean;
  readonly group: boolean;
  readonly attached: boolean;
  readonly added: boolean;
}

function ownOf(before: Before, { details, way: { policy, group } }: Found, userId: string): Own {
  const user = details.users.find(({ id }) => id === userId);
  const isSameGroup = group !== undefined && (before.groupId ?? group.id) === group.id;
  const isSamePolicy = policy !== undefined && (before.policyId ?? policy.id) === policy.id;
  return {
    user,
    policy: before.policy && isSamePolicy && saysTheSame(policy.document, before.document ?? ''),
    group: before.group && isSameGroup,
    attached: before.attached && isSameGroup && isSamePolicy && group.isAttached,
    added: before.added && isSameGroup && user !== undefined && group.members.includes(user),
  };
}

/**
 * Takes the user out of the group. Policy and group go with the last one, if the run made them: what somebody else uses or
 * has changed stays.
 */
export async function undo(before: Before, context: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const found = await findWay(context.account);
  const { policy, group } = found.way;
  const own = ownOf(before, found, context.resource.id);
  const staying = group?.members.filter((member) => !(own.added && member === own.user)) ?? [];
  const isFree = staying.length === 0 && !found.isDoubtful;
  const detaches = own.attached && isFree;
  const deletesGroup = own.group && isFree && group?.others.length === 0 && (detaches || !group.isAttached);
  const isLoose = detaches || !group?.isAttached;
  const deletesPolicy = own.policy && isFree && isLoose && policy?.others.length === 0;
  const cleans = { Detaches: detaches, DeletesGroup: deletesGroup, DeletesPolicy: deletesPolicy };
  return {
    steps: [...(own.added && own.user ? [removal(own.user)] : []), ...cleaning(cleans, policy?.arn ?? '')],
    inputs: {
      ...(own.user && { UserName: own.user.name }),
      ...(policy && { PolicyArn: policy.arn }),
      Removes: own.added,
      ...cleans,
    },
    warnings: [
      ...(own.user ? [] : [`The user ${context.resource.id} has been deleted, and is in no group any more.`]),
      ...(own.group && !deletesGroup ? [`Group ${GROUP} stays: ${whyStays(staying, group?.others)}.`] : []),
      ...(own.policy && !deletesPolicy
        ? [`Policy ${POLICY} stays: ${whyStays(staying, policy?.others)}.`]
        : []),
      ...(before.policy && policy && !own.policy ? [OTHERS] : []),
    ],
  };
}

const OTHERS = `Policy ${POLICY} stays: somebody else has changed it, or made it anew.`;

/** @param others the policies that a group has besides, or who else has a policy. */
function whyStays(staying: readonly UserDetail[], others: readonly string[] = []): string {
  if (staying.length > 0) return `${listed(staying.map(({ name }) => name))} in the group`;
  if (others.length > 0) return `there is ${listed(others)}, too`;
  return 'an answer of IAM has elements that make no sense, so that nobody knows who uses it';
}

const removal = ({ name }: UserDetail): PlanStep => ({
  api: 'iam:RemoveUserFromGroup',
  input: { GroupName: GROUP, UserName: name },
  why: `${name} out of group ${GROUP} again`,
});

const cleaning = (
  { Detaches, DeletesGroup, DeletesPolicy }: Pick<Inputs, 'Detaches' | 'DeletesGroup' | 'DeletesPolicy'>,
  PolicyArn: string,
): PlanStep[] => [
  ...(Detaches
    ? [
        {
          api: 'iam:DetachGroupPolicy',
          input: { GroupName: GROUP, PolicyArn },
          why: `policy ${POLICY} detached from group ${GROUP} again`,
        },
      ]
    : []),
  ...(DeletesGroup
    ? [{ api: 'iam:DeleteGroup', input: { GroupName: GROUP }, why: `group ${GROUP} deleted again` }]
    : []),
  ...(DeletesPolicy
    ? [{ api: 'iam:DeletePolicy', input: { PolicyArn }, why: `policy ${POLICY} deleted again` }]
    : []),
];

export async function verify(
  before: Before,
  changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const found = await findWay(account);
  const { user, ...own } = ownOf(before, found, resource.id);
  const { policy, group } = found.way;
  const isMade: Readonly<Record<string, boolean>> = {
    [MADE.policy]: own.policy,
    [MADE.group]: own.group,
    [MADE.attached]: own.attached,
    ...(user && { [isIn(user.name)]: own.added }),
  };
  const isAny = Object.values(own).includes(true);
  return {
    before: isAny
      ? ({
          ...before,
          ...own,
          ...(policy && { policyId: policy.id }),
          ...(group && { groupId: group.id }),
        } satisfies Before)
      : null,
    made: changes.filter((change) => isMade[change]),
    others:
      before.policy && policy && !own.policy
        ? [`Somebody else has changed policy ${POLICY} meanwhile, or made it anew.`]
        : [],
  };
}
