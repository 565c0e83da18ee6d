/** What a person is told to do about root, in the words of the IAM console. */
import type { Organization } from '../../account/services/organizations/readings.ts';
import type { Case, Names, Part, When, Words } from '../shared/notify/steps.ts';
import { type RootMfaFinding, sentence, sentenceKo } from './findings.ts';

/** `null`: the account is in no organization. An error: that could not be read. */
export interface Facts {
  readonly organization: Organization | null | Error;
}
export type RootCase = Case<RootMfaFinding, { readonly requireHardware: boolean }, Facts>;

/** At most 99 characters. */
export function title({ accountId, findings: [finding] }: RootCase): string {
  const whose = `Root of AWS account ${accountId}`;
  if (finding?.kind === 'virtualMfa') return `${whose} has a virtual MFA device, not a hardware one`;
  return finding?.kind === 'noCredentials'
    ? `${whose} has no credentials`
    : `${whose} is not protected by MFA`;
}

export function found({ accountId, findings, now }: RootCase): Words {
  const at = now.toISOString();
  const en = (text: string, rest: string) =>
    `Root of the AWS account ${accountId} ${text} (rule root-mfa, ${at})${rest}`;
  const ko = (text: string, rest: string) =>
    `AWS 계정 ${accountId}의 루트${text} (규칙 root-mfa, ${at})${rest}`;
  const [finding] = findings;
  if (finding?.kind === 'noMfa') {
    return {
      en: en(`has ${sentence(finding.credentials)} but no MFA`, '. Whoever learns it owns the account.'),
      ko: ko(
        `에 자격 증명(${sentenceKo(finding.credentials)})이 있는데 MFA가 없습니다`,
        '. 유출되면 계정 전체를 잃습니다.',
      ),
    };
  }
  const devices = findings.flatMap((one) => (one.kind === 'virtualMfa' ? [one.serialNumber] : []));
  // Root has eight devices at most (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html).
  const named = devices.slice(0, 8).join(', ');
  if (named !== '') {
    return {
      en: en('has a virtual MFA device where hardware is required', `: ${named}.`),
      ko: ko('에 하드웨어가 아닌 가상 MFA 디바이스가 등록되어 있습니다', `: ${named}`),
    };
  }
  return {
    en: en(
      'has no password, access key or signing certificate',
      ", and the rule's parameter noCredentialsVerdict says that this is wrong.",
    ),
    ko: ko(
      '에 암호, 액세스 키, 서명 인증서가 모두 없습니다',
      '. 규칙의 파라미터 noCredentialsVerdict는 이를 위반으로 봅니다.',
    ),
  };
}

const isUnknown = ({ facts: { organization } }: RootCase) => organization instanceof Error;
const isMember = ({ accountId, facts: { organization } }: RootCase) =>
  organization instanceof Error || (organization !== null && organization.managementAccountId !== accountId);
const kindIs = ({ findings: [finding] }: RootCase, kind: RootMfaFinding['kind']) => finding?.kind === kind;
const credentialsOf = ({ findings: [finding] }: RootCase) =>
  finding?.kind === 'noMfa' ? finding.credentials : undefined;
const wantsHardware = (one: RootCase) => one.parameters.requireHardware || kindIs(one, 'virtualMfa');
const hasNoPassword = (one: RootCase) => !(credentialsOf(one)?.includes('password') ?? true);

const when = (en: string, ko: string, is: (one: RootCase) => boolean): When<RootCase> => ({ en, ko, is });

export const names: Names<RootCase> = {
  management: (one) => {
    const organization = one?.facts.organization;
    const id = organization && !(organization instanceof Error) ? ` ${organization.managementAccountId}` : '';
    return { en: `the management account${id}`, ko: `관리 계정${id}` };
  },
};

const remove: Part<RootCase> = {
  when: when(
    "In a member account of an organization, better: delete root's credentials",
    '조직의 멤버 계정이라면 루트 자격 증명을 삭제하는 편이 낫습니다',
    (one) => isMember(one) && !kindIs(one, 'noCredentials'),
  ),
  heading: (one) =>
    isUnknown(one)
      ? {
          en: 'If the account is a member of an organization (that could not be read):',
          ko: '조직의 멤버 계정이라면(조직 정보는 읽지 못했습니다):',
        }
      : {
          en: "Better: delete root's credentials.",
          ko: '루트 자격 증명을 삭제하는 편이 낫습니다.',
        },
  steps: [
    {
      en: 'In {management}, run the Systems Manager document Groundrules-MemberRootCredentials for {account}; or open IAM there, "Root access management", choose the account, "Take privileged action", and delete its root user credentials. Root can then not sign in at all, and needs no MFA.',
      ko: '{management}에서 {account}에 대해 Systems Manager 문서 Groundrules-MemberRootCredentials를 실행합니다. 또는 그 계정의 IAM 콘솔에서 "Root access management"를 열고 계정을 선택한 뒤 "Take privileged action"에서 루트 사용자 자격 증명을 삭제합니다. 그러면 루트로는 아예 로그인할 수 없어 MFA가 필요 없습니다.',
    },
  ],
};

const register: Part<RootCase> = {
  when: when('Register MFA', 'MFA를 등록합니다', (one) => !kindIs(one, 'noCredentials')),
  heading: (one) => {
    if (isUnknown(one)) return { en: 'Otherwise:', ko: '그렇지 않다면:' };
    return isMember(one) ? { en: 'Or protect them:', ko: '또는 MFA로 보호합니다.' } : undefined;
  },
  steps: [
    {
      when: when('Without a password', '암호가 없는 경우', hasNoPassword),
      en: 'Sign in to the console as the root user, with the e-mail address of the account ("Forgot password?" sets a password).',
      ko: '계정의 이메일 주소로 콘솔에 루트 사용자로 로그인합니다("암호를 잊으셨나요?"로 암호를 설정합니다).',
    },
    {
      when: when('With a password', '암호가 있는 경우', (one) => !hasNoPassword(one)),
      en: 'Sign in to the console as the root user, with the e-mail address of the account.',
      ko: '계정의 이메일 주소로 콘솔에 루트 사용자로 로그인합니다.',
    },
    {
      when: when(
        'Where any device will do',
        '디바이스 종류를 가리지 않는 경우',
        (one) => !wantsHardware(one),
      ),
      en: 'Open the account menu at the top right, "Security credentials", and under "Multi-factor authentication (MFA)" choose "Assign MFA device": a passkey, a security key or an authenticator app.',
      ko: '오른쪽 위의 계정 메뉴에서 "보안 자격 증명"을 열고 "멀티 팩터 인증(MFA)"에서 "MFA 디바이스 할당"을 선택해 패스키, 보안 키, 인증 앱 가운데 하나를 등록합니다.',
    },
    {
      when: when('Where hardware is required', '하드웨어가 필요한 경우', wantsHardware),
      en: 'Open the account menu at the top right, "Security credentials", and under "Multi-factor authentication (MFA)" choose "Assign MFA device": a security key or a hardware TOTP token.',
      ko: '오른쪽 위의 계정 메뉴에서 "보안 자격 증명"을 열고 "멀티 팩터 인증(MFA)"에서 "MFA 디바이스 할당"을 선택해 보안 키나 하드웨어 TOTP 토큰을 등록합니다.',
    },
    {
      en: 'Assign a second one and keep it elsewhere, so that losing one does not lock you out.',
      ko: '하나를 잃어도 로그인할 수 있도록 두 번째 디바이스를 등록해 다른 곳에 보관합니다.',
    },
    { en: 'Sign out, and sign in again with each.', ko: '로그아웃한 뒤 각 디바이스로 다시 로그인해 봅니다.' },
    {
      when: when(
        'With a virtual MFA device that has to go',
        '없애야 할 가상 MFA 디바이스가 있는 경우',
        (one) => kindIs(one, 'virtualMfa'),
      ),
      en: 'Only then remove the virtual MFA device, in the same place.',
      ko: '그런 다음에만 같은 화면에서 가상 MFA 디바이스를 제거합니다.',
    },
    {
      when: when('With access keys or signing certificates', '액세스 키나 서명 인증서가 있는 경우', (one) =>
        (credentialsOf(one) ?? []).some((credential) => credential !== 'password'),
      ),
      en: "Delete root's access keys and signing certificates, in the same place: MFA does not guard them.",
      ko: '같은 화면에서 루트의 액세스 키와 서명 인증서를 삭제합니다. MFA로는 보호되지 않습니다.',
    },
  ],
};

const noCredentials: Part<RootCase> = {
  when: when(
    'Without credentials, where `noCredentialsVerdict` says that this is wrong',
    '자격 증명이 없고 `noCredentialsVerdict`가 이를 위반으로 보는 경우',
    (one) => kindIs(one, 'noCredentials'),
  ),
  steps: [
    {
      en: 'There is nothing that MFA could protect. If that is intended, set noCredentialsVerdict to COMPLIANT or NOT_APPLICABLE. If root is to have a password, request one with "Forgot password?" on the sign-in page, and register MFA at once.',
      ko: 'MFA로 보호할 것이 없습니다. 의도한 상태라면 noCredentialsVerdict를 COMPLIANT나 NOT_APPLICABLE로 설정합니다. 루트에 암호가 필요하다면 로그인 페이지의 "암호를 잊으셨나요?"로 암호를 만들고 바로 MFA를 등록합니다.',
    },
  ],
};

export const parts: readonly Part<RootCase>[] = [remove, register, noCredentials];
