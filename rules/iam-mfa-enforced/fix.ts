import type { UserDetail } from '../../account/services/iam/authorization-details.ts';
import { accessKeys, mfaDevices } from '../../account/services/iam/readings.ts';
import { defineFix, type FixContext, type Plan, type PlanStep } from '../fix.ts';
import { boolean, integer, parameter, words } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { isRecent, type KeyUse, lastUse, used } from '../shared/users/key-use.ts';
import { type Asks, type Before, type Inputs, inputs, isIn, MADE, reads } from './changes.ts';
import { listed, type MfaFinding } from './findings.ts';
import { undo, verify } from './undo.ts';
import {
  DESCRIPTION,
  type Found,
  findWay,
  GROUP,
  LONGEST_POLICY,
  POLICY,
  policyArn,
  requireMfa,
  saysTheSame,
  type Way,
} from './way.ts';
import { canRegisterMfa } from './without-mfa.ts';

interface Values {
  readonly allowedWithoutMfa: readonly string[];
}

const options = {
  recentUseDays: parameter(integer(0, 36_500), '14', {
    en: 'A user with an access key that was used within so many days (of 24 hours) is left alone, unless `Force` says otherwise.',
    ko: '최근 이 일수(하루는 24시간) 안에 쓴 액세스 키가 있는 사용자는 `Force`가 아니면 건드리지 않습니다.',
  }),
  Force: parameter(boolean(), 'false', {
    en: 'Whether users whose keys were used recently are held to MFA, too: whatever signs with them stops.',
    ko: '최근에 쓴 키가 있는 사용자에게도 MFA를 강제할지 여부. 그 키로 서명하던 것은 멈춥니다.',
  }),
  BreakGlassUsers: parameter(words(), '', {
    en: 'Names of users for emergencies, separated by commas, who are never put into the group.',
    ko: '그룹에 절대 넣지 않을 비상용 사용자 이름(쉼표로 구분).',
  }),
};
type Context = FixContext<Values, typeof options, Asks>;

/**
 * Puts the user into a group whose policy denies everything without MFA, and makes both where they are not there. A
 * group's policies count against none of the user's own quotas.
 */
export const fix = defineFix<MfaFinding, Values>()({
  summary: {
    changes: {
      en: 'Puts the user into a group whose policy denies everything without MFA; makes group and policy once.',
      ko: 'MFA 없이는 모든 작업을 거부하는 정책이 연결된 그룹에 사용자를 넣습니다. 그룹과 정책은 한 번만 만듭니다.',
    },
    breaks: {
      en: "Everything that the user does without MFA: sign-ins without a device, and whatever signs with the user's keys.",
      ko: '사용자가 MFA 없이 하던 모든 것. MFA 디바이스 없는 로그인, 사용자의 키로 서명하던 것.',
    },
    undo: {
      en: 'Takes the user out again, and deletes group and policy if the run made them and nobody uses them.',
      ko: '사용자를 다시 빼고, 그 실행이 만들었고 아무도 쓰지 않으면 그룹과 정책을 지웁니다.',
    },
    automatic: {
      sensible: false,
      why: { en: 'People have to register MFA first.', ko: '먼저 사람이 MFA를 등록해야 합니다.' },
    },
  },
  options,
  reads,
  inputs,
  plan,
  passed,
  undo,
  verify,
});

async function plan(verdict: Verdict<MfaFinding>, context: Context): Promise<Plan<Inputs>> {
  const { account, agreed } = context;
  const { id, name = '' } = verdict.resource;
  const keys = await keysOf(name, context);
  const hasDevice = (await account.read(mfaDevices, { id: name })).length > 0;
  const uses = keys.map(({ keyId, use }) => `Access key ${keyId}: ${used(use)}.`);

  // Read last: it is what the change rests on.
  const found = await findWay(agreed?.account ?? account);
  const user = found.details.users.find((one) => one.id === id);
  const done = soFar(found.way, context);
  const refuse = (refusals: readonly string[]) => ({ steps: [], refusals, uses, ...done });
  if (!user) return refuse([`${name} is gone by now.`]);
  const against = objections({ user, keys, hasDevice, verdict, found }, context);
  if (against.length > 0) return refuse(against);

  const lacking = whatLacks(found.way, user);
  const earlier = agreed?.before as Before | undefined;
  // In the second half, what the first could not make is said, and nobody is put into a group that denies nothing.
  const isUnderWay = agreed?.isUnderWay === true;
  if (earlier && !isUnderWay && isMore(lacking, earlier)) return refuse([GONE]);
  const isReady = !lacking.policy && !lacking.group && !lacking.attached;
  const document = requireMfa(context.parameters.allowedWithoutMfa);
  const before: Before = isUnderWay
    ? { ...done.before, added: isReady && lacking.added }
    : { ...lacking, ...(lacking.policy && { document }), ...idsOf(found.way) };
  return {
    steps: stepsFor(lacking, user, document),
    made: done.made,
    inputs: {
      UserName: user.name,
      PolicyArn: policyArn(user),
      PolicyDocument: document,
      MakesPolicy: lacking.policy,
      MakesGroup: lacking.group,
      Attaches: lacking.attached,
      Adds: isReady && lacking.added,
    },
    before,
    uses,
    warnings: lockedOut({ user, keys, hasDevice, verdict }),
  };
}

/** Somebody else saw to it while the run was under way: what it had made by then is still its own. */
async function passed(_: Verdict<MfaFinding>, context: Context): Promise<Plan<Inputs>> {
  if (!context.agreed) return { steps: [] };
  const { way } = await findWay(context.agreed.account);
  return { steps: [], ...soFar(way, context) };
}

const NOTHING: Before = { policy: false, group: false, attached: false, added: false };

/** What the run has made: in its first half nothing yet, in its second what was not there before. */
function soFar(way: Way, { agreed }: Context): { readonly before: Before; readonly made: readonly string[] } {
  if (!agreed?.isUnderWay) return { before: NOTHING, made: [] };
  const earlier = agreed.before as Before;
  const before = {
    ...earlier,
    ...idsOf(way),
    policy: earlier.policy && way.policy !== undefined,
    group: earlier.group && way.group !== undefined,
    attached: earlier.attached && way.group?.isAttached === true,
    added: false,
  };
  return { before, made: stepNames(before) };
}

const idsOf = ({ policy, group }: Way) => ({
  ...(policy && { policyId: policy.id }),
  ...(group && { groupId: group.id }),
});

type Parts = Pick<Before, 'policy' | 'group' | 'attached' | 'added'>;

const whatLacks = ({ policy, group }: Way, user: UserDetail): Parts => ({
  policy: policy === undefined,
  group: group === undefined,
  attached: group?.isAttached !== true,
  added: group?.members.includes(user) !== true,
});

const isMore = (lacking: Parts, agreed: Before): boolean =>
  (['policy', 'group', 'attached', 'added'] as const).some((part) => lacking[part] && !agreed[part]);

const GONE = `somebody has taken away a part of policy ${POLICY} and group ${GROUP} since the plan: look again.`;

const stepNames = ({ policy, group, attached }: Parts): string[] => [
  ...(policy ? [MADE.policy] : []),
  ...(group ? [MADE.group] : []),
  ...(attached ? [MADE.attached] : []),
];

const stepsFor = (lacking: Parts, user: UserDetail, PolicyDocument: string): PlanStep[] => [
  ...(lacking.policy
    ? [
        {
          api: 'iam:CreatePolicy',
          input: { PolicyName: POLICY, Description: DESCRIPTION, PolicyDocument },
          why: MADE.policy,
        },
      ]
    : []),
  ...(lacking.group ? [{ api: 'iam:CreateGroup', input: { GroupName: GROUP }, why: MADE.group }] : []),
  ...(lacking.attached
    ? [
        {
          api: 'iam:AttachGroupPolicy',
          input: { GroupName: GROUP, PolicyArn: policyArn(user) },
          why: MADE.attached,
        },
      ]
    : []),
  ...(lacking.added
    ? [
        {
          api: 'iam:AddUserToGroup',
          input: { GroupName: GROUP, UserName: user.name },
          why: isIn(user.name),
        },
      ]
    : []),
];

interface ActiveKey {
  readonly keyId: string;
  readonly use: KeyUse;
}

async function keysOf(id: string, { account, options }: Context): Promise<ActiveKey[]> {
  const active = (await account.read(accessKeys, { id })).filter((key) => key.active);
  return Promise.all(
    active.map(async (key) => ({ keyId: key.id, use: await lastUse(key.id, account, options) })),
  );
}

interface Case {
  readonly user: UserDetail;
  readonly keys: readonly ActiveKey[];
  readonly hasDevice: boolean;
  readonly verdict: Verdict<MfaFinding>;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: groups that a user may be in. */
const MOST_GROUPS = 10;

/** Why the user must not be put into the group. */
function objections({ user, keys, hasDevice, verdict, found }: Case & { found: Found }, context: Context) {
  const { caller, now, account, parameters, options } = context;
  const { name, groups } = user;
  const isCaller = caller === user.id;
  const recent = options.Force
    ? []
    : keys
        .filter(({ use }) => isRecent(use, now, options.recentUseDays))
        .map(({ keyId, use }) => ({ keyId, use }));
  const mayRegister =
    hasDevice ||
    waysIn(verdict).some((way) =>
      canRegisterMfa(user, found.details, {
        accountId: account.id,
        way,
        allowed: parameters.allowedWithoutMfa,
      }),
    );
  return [
    ...(isCaller
      ? [
          `the automation runs as ${name}, who must not lock themselves out: run it as somebody else, or with AutomationAssumeRole.`,
        ]
      : []),
    ...(options.BreakGlassUsers.includes(name) ? [`${name} is one of BreakGlassUsers.`] : []),
    ...recent.map(
      ({ keyId, use }) =>
        `access key ${keyId} of ${name} was ${used(use)}, within ${options.recentUseDays} days, and what signs with it has no MFA: give whoever uses it a role, or set Force to true.`,
    ),
    ...(mayRegister
      ? []
      : [
          `${name} has no MFA device and may not create and register one (iam:CreateVirtualMFADevice and iam:EnableMFADevice, without MFA, by one way in), and would be locked out for good: register one first, or let them.`,
        ]),
    ...(groups.length >= MOST_GROUPS && !groups.includes(GROUP)
      ? [`${name} is in ${groups.length} groups, and IAM allows ${MOST_GROUPS}.`]
      : []),
    ...wayIsBlocked(user, found.way, requireMfa(parameters.allowedWithoutMfa)),
  ];
}

const waysIn = ({ findings }: Verdict<MfaFinding>) =>
  findings.flatMap((finding) => (finding.kind === 'withoutMfa' ? finding.by : []));

/** What has the names of policy and group, and is not as the fix would make it. */
function wayIsBlocked(user: UserDetail, { policy, group }: Way, document: string): string[] {
  const others = group?.members.filter((member) => member !== user) ?? [];
  const isOther = policy && (policy.arn !== policyArn(user) || !saysTheSame(policy.document, document));
  return [
    ...(isOther
      ? [
          `there is a policy ${policy.arn} that does not say what allowedWithoutMfa asks for: nobody but its owner should change it, so change one of the two.`,
        ]
      : []),
    ...(document.length > LONGEST_POLICY
      ? [`allowedWithoutMfa is too long for a policy, which may have ${LONGEST_POLICY} characters.`]
      : []),
    ...(group && group.others.length > 0
      ? [`group ${GROUP} also has ${group.others.join(', ')}, which ${user.name} would get, too.`]
      : []),
    ...(group && !group.isAttached && others.length > 0
      ? [
          `group ${GROUP} is there without the policy, which would hit ${listed(others.map(({ name }) => name))}, too: attach it by hand, or take them out first.`,
        ]
      : []),
  ];
}

/** Who is locked out of what. */
function lockedOut({ user: { name }, keys, hasDevice, verdict }: Case): string[] {
  const actions = verdict.findings.flatMap((finding) =>
    finding.kind === 'withoutMfa' ? finding.actions : [],
  );
  return [
    `${name} can no longer do ${listed(actions)} without MFA: from the next request on, a session that began without it can only register it.`,
    ...(hasDevice
      ? []
      : [`${name} has no MFA device: until one is registered, registering it is all that is possible.`]),
    ...keys.map(
      ({ keyId, use }) =>
        `What signs with access key ${keyId} of ${name} (${used(use)}) is denied, unless it gets a session with MFA (sts:GetSessionToken).`,
    ),
  ];
}
