import type { ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { authorizationOf } from '../../account/services/iam/authorization.ts';
import type { UserDetail } from '../../account/services/iam/authorization-details.ts';
import { authorizationDetails, credentialReport } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, optionalText, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { type Answer, every as all } from '../shared/answers.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { judgeEach } from '../shared/each.ts';
import { unlessTagged } from '../shared/exemption.ts';
import { type Credentials, lookUp } from '../shared/identity/credentials.ts';
import { settle } from '../shared/settle.ts';
import { type MfaFinding, messages, type Way } from './findings.ts';
import { fix } from './fix.ts';
import { type Left, leftWithoutMfa } from './without-mfa.ts';

const USER = 'AWS::IAM::User';
/** AWS's own lists of what a user needs to register MFA. DeactivateMFADevice is not among them: who may do that may register his own. */
const SELF_SERVICE =
  'iam:CreateVirtualMFADevice,iam:EnableMFADevice,iam:ResyncMFADevice,iam:DeleteVirtualMFADevice,iam:ListMFADevices,iam:ListVirtualMFADevices,iam:GetMFADevice,iam:GetUser,iam:ListUsers,iam:ListAccountAliases,iam:GetAccountSummary,iam:GetAccountPasswordPolicy,iam:ChangePassword,iam:ListAccessKeys,iam:ListSSHPublicKeys,iam:ListServiceSpecificCredentials,iam:ListSigningCertificates,sts:GetSessionToken,sts:GetCallerIdentity';

const parameters = {
  allowedWithoutMfa: parameter(words(), SELF_SERVICE, {
    en: 'What users may do without MFA, so that they can register it: actions, with `*` and `?`, separated by commas.',
    ko: 'MFA를 등록할 수 있도록 MFA 없이 허용하는 작업. `*`와 `?`를 쓸 수 있고 쉼표로 구분.',
  }),
  includeAccessKeyOnly: parameter(boolean(), 'false', {
    en: 'Whether users with access keys and no password are judged, too.',
    ko: '암호 없이 액세스 키만 있는 사용자도 판정할지 여부.',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Users with a tag of this key are NOT_APPLICABLE, whatever its value. Empty: no such tag. Who may tag may exempt.',
    ko: '이 키의 태그가 있는 사용자는 값과 관계없이 NOT_APPLICABLE. 비워 두면 없음. 태그를 달 수 있는 사람은 예외로 만들 수도 있음.',
  }),
};

const reads = [authorizationDetails, credentialReport] as const;

/** Without MFA no user can do more than register it. */
export default defineRule<typeof parameters, MfaFinding>()({
  id: 'iam-mfa-enforced',
  severity: 'HIGH',
  resourceTypes: [USER],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, { allowedWithoutMfa, includeAccessKeyOnly, exemptTagKey }, context) {
    const [{ details, broken, more }, report] = await Promise.all([
      authorizationOf(account),
      settle(account.read(credentialReport)),
    ]);
    const isThere = details.users.some((user) => isAskedAbout(context, resourceOf(user)));
    for (const error of [...broken.users, ...(more.users ? [more.users] : [])]) {
      const resource = error.about ?? (isThere ? undefined : context.resource) ?? accountResource(account);
      if (isAskedAbout(context, resource)) yield couldNotTell(resource, error);
    }
    const left = leftWithoutMfa(details, account.id, allowedWithoutMfa);
    const credentialsOf = lookUp(report);
    yield* judgeEach(
      details.users.filter((user) => isAskedAbout(context, resourceOf(user))),
      resourceOf,
      async (user) => {
        const resource = resourceOf(user);
        const judge = async () =>
          judgeUser(resource, credentialsOf(user.name), left(user), includeAccessKeyOnly);
        return unlessTagged<MfaFinding>(resource, exemptTagKey, () => user.tags, judge);
      },
    );
  },

  fix,
  calls: { fixed: 4, each: 0 },
  // IAM may take minutes to write the credential report.
  size: { memoryMegabytes: 512, timeoutSeconds: 600 },
});

const resourceOf = ({ id, name }: UserDetail): ResourceRef => ({ type: USER, id, name, region: 'global' });

/** Nobody knows whether a user whom the report does not have can come in; nothing is wrong if nothing is left either way. */
function judgeUser(
  resource: ResourceRef,
  { password, key, error }: Credentials,
  left: (way: Way) => Left,
  includeAccessKeyOnly: boolean,
): Judgement<MfaFinding> {
  if (password === false && key === false) return notApplicable(resource, [{ kind: 'noCredentials' }]);
  const ways = [
    { way: 'password' as const, counts: password },
    { way: 'key' as const, counts: all([key, includeAccessKeyOnly || password]) satisfies Answer },
  ].filter(({ counts }) => counts !== false);
  if (ways.length === 0) return notApplicable(resource, [{ kind: 'keyOnly' }]);

  const found = ways.map(({ way, counts }) => ({ way, counts, ...left(way) }));
  const open = found.filter(({ actions }) => actions.length > 0);
  const sure = open.filter(({ counts }) => counts === true);
  if (sure.length > 0) {
    const actions = [...new Set(sure.flatMap((one) => one.actions))];
    const shown = actions.includes('everything') ? ['everything'] : actions;
    return nonCompliant(resource, [{ kind: 'withoutMfa', by: sure.map(({ way }) => way), actions: shown }]);
  }
  const unread = found.find((one) => one.unread !== undefined)?.unread;
  if (unread !== undefined) throw doubt(unread);
  if (open.length > 0) throw error ?? doubt('cannot tell how the user signs in');
  return compliant(resource);
}

const doubt = (what: string): AccountError =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetAccountAuthorizationDetails',
    `iam:GetAccountAuthorizationDetails: ${what}`,
  );
