import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { type Authorization, authorizationOf } from '../../account/services/iam/authorization.ts';
import { authorizationDetails, credentialReport } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { integer, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { type Answer, every as all, some } from '../shared/answers.ts';
import { lookUp, type Report } from '../shared/identity/credentials.ts';
import { isAdministrator } from '../shared/permissions/administrators.ts';
import { type Permissions, type Policy, unreadOf } from '../shared/permissions/permissions.ts';
import { rolePermissions, userPermissions } from '../shared/permissions/principals.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { type AdministratorFinding, messages } from './findings.ts';
import { fix } from './fix.ts';
import { isForPeople } from './people.ts';

const parameters = {
  acceptedPolicyArns: parameter(words(), 'arn:aws:iam::aws:policy/AdministratorAccess', {
    en: "ARNs of policies that make an administrator whatever their documents say, separated by commas; in the account's partition, whichever they name.",
    ko: '문서 내용과 관계없이 관리자로 볼 정책의 ARN. 쉼표로 구분. 파티션은 계정의 파티션으로 봄.',
  }),
  minHumanAdmins: parameter(integer(0, 1000), '1', {
    en: 'How many administrators there are at least that people can use: IAM users and roles.',
    ko: '사람이 쓸 수 있는 관리자(IAM 사용자와 역할)의 최소 수.',
  }),
  maxHumanAdmins: parameter(
    integer(1, 1000),
    '5',
    {
      en: 'How many IAM users are administrators at most. Roles do not count: no call tells how many people stand behind one.',
      ko: '관리자인 IAM 사용자의 최대 수. 역할은 세지 않음(몇 명이 쓰는지 알려 주는 API가 없음).',
    },
    { isTunable: true },
  ),
};
type Values = ParameterValues<typeof parameters>;

const reads = [authorizationDetails, credentialReport] as const;
type View = Account<(typeof reads)[number]>;

/** People need not be root to administer the account, and not too many of them can. */
export default defineRule<typeof parameters, AdministratorFinding>()({
  id: 'admin-principal-exists',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 3, each: 0 },
  // IAM may take minutes to write the credential report.
  size: { memoryMegabytes: 512, timeoutSeconds: 600 },
});

async function judgeAccount(account: View, values: Values): Promise<Judgement<AdministratorFinding>> {
  const [authorization, report] = await Promise.all([
    authorizationOf(account),
    settle(account.read(credentialReport)),
  ]);
  const { minHumanAdmins: least, maxHumanAdmins: most } = values;
  const { users, roles, unknown } = administratorsOf(authorization, report, values);
  const resource = accountResource(account);
  if (users.length > most) return nonCompliant(resource, [{ kind: 'tooMany', users, most }]);

  const found = [...users.map((name) => `user ${name}`), ...roles.map((name) => `role ${name}`)];
  const isEnough = found.length >= least;
  if (!isEnough && found.length + unknown.users.length + unknown.roles.length < least && !unknown.more) {
    return nonCompliant(
      resource,
      found.length === 0 ? [{ kind: 'none', least }] : [{ kind: 'tooFew', found, least }],
    );
  }
  if (isEnough && users.length + unknown.users.length <= most && !unknown.more) return compliant(resource);
  throw unknown.more ?? unknown.users[0] ?? unknown.roles[0];
}

/** Those of whom it is known, by name, and those of whom it is not, each with the reason. */
interface Administrators {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly unknown: {
    readonly users: readonly AccountError[];
    readonly roles: readonly AccountError[];
    /** Why there may be any number of others. */
    readonly more: AccountError | undefined;
  };
}

function administratorsOf(
  { details, broken, more }: Authorization,
  report: Report,
  { acceptedPolicyArns }: Values,
): Administrators {
  const accepted = new Set(acceptedPolicyArns.map(withoutPartition));
  const isAccepted = ({ arn }: Policy) => arn !== undefined && accepted.has(withoutPartition(arn));
  const credentialsOf = lookUp(report);
  const users = details.users.map((user) => {
    const { password, key, error } = credentialsOf(user.name);
    const permissions = userPermissions(user, details);
    const isPerson = some([password, key]);
    return look({ type: 'user', name: user.name, permissions, isPerson, doubt: error }, isAccepted);
  });
  const roles = details.roles.map((role) => {
    const permissions = rolePermissions(role, details);
    return look({ type: 'role', name: role.name, permissions, isPerson: isForPeople(role) }, isAccepted);
  });
  const doubts = (looked: readonly Looked[]) =>
    looked.flatMap((one) => (one instanceof AccountError ? [one] : []));
  const names = (looked: readonly Looked[]) =>
    looked.flatMap((one) => (typeof one === 'string' ? [one] : []));
  return {
    users: names(users),
    roles: names(roles),
    unknown: {
      users: [...doubts(users), ...broken.users],
      roles: [...doubts(roles), ...broken.roles],
      more: more.users ?? more.roles,
    },
  };
}

/** The policies of AWS's own have another ARN in each partition. */
const withoutPartition = (arn: string): string => arn.replace(/^arn:[\w-]+:/, '');

interface Subject {
  readonly type: 'user' | 'role';
  readonly name: string;
  readonly permissions: Permissions;
  readonly isPerson: Answer;
  /** Why `isPerson` is unknown. */
  readonly doubt?: AccountError | undefined;
}

/** The name of an administrator that people can use; nothing of anybody else; an error where it cannot be told. */
type Looked = string | undefined | AccountError;

function look(
  { type, name, permissions, isPerson, doubt }: Subject,
  isAccepted: (policy: Policy) => boolean,
): Looked {
  if (isPerson === false) return undefined;
  const isOne = isAdministrator(permissions, isAccepted);
  const both = all([isPerson, isOne]);
  if (both === true) return name;
  if (both === false) return undefined;
  if (isOne === true) return doubt ?? unread(`${type} ${name} is without a trust policy that can be read`);
  const [policy] = unreadOf(permissions);
  return unread(`${policy?.name} of ${type} ${name} ${policy?.unread}`);
}

const unread = (what: string): AccountError =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetAccountAuthorizationDetails',
    `iam:GetAccountAuthorizationDetails: ${what}`,
  );
