import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { IdentityCenterFinding } from './findings.ts';

type CenterCase = Case<IdentityCenterFinding, unknown, undefined>;
const where = (
  en: string,
  ko: string,
  ...kinds: readonly IdentityCenterFinding['kind'][]
): When<CenterCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some(({ kind }) => kinds.includes(kind)),
});

/** Tells people: which directory an organization's people are in is theirs to choose. */
export const fix = notifyFix<IdentityCenterFinding, unknown>()({
  parts: [
    {
      when: where(
        'Where people do not sign in through one directory',
        '사람이 한 디렉터리로 로그인하지 않는 경우',
        'none',
        'workloadsOnly',
        'notAccepted',
        'accountInstance',
      ),
      steps: [
        {
          en: "In the organization's management account, enable IAM Identity Center for the organization, in the Region where it is to stay: its primary Region cannot be changed afterwards. Connect the directory that people are in already, if there is one.",
          ko: '조직의 관리 계정에서, 계속 쓸 리전을 골라 조직용 IAM Identity Center를 활성화합니다. 기본 리전은 나중에 바꿀 수 없습니다. 이미 쓰는 디렉터리가 있으면 연결합니다.',
        },
        {
          en: 'Assign a permission set for {account}: IAM Identity Center then makes its SAML provider there.',
          ko: '{account}에 권한 세트를 할당합니다. 그러면 IAM Identity Center가 그 계정에 SAML 공급자를 만듭니다.',
        },
        {
          en: 'Once people sign in that way, delete the IAM users that they used before, and their keys.',
          ko: '모두 그렇게 로그인하게 되면 전에 쓰던 IAM 사용자와 키를 삭제합니다.',
        },
      ],
    },
    {
      when: where('With an account instance', '계정 인스턴스가 있는 경우', 'accountInstance'),
      steps: [
        {
          en: 'Look which applications use the account instance, and leave it until they have moved: it cannot be turned into an organization instance.',
          ko: '계정 인스턴스를 쓰는 애플리케이션을 확인하고, 옮길 때까지 그대로 둡니다. 조직 인스턴스로 바꿀 수는 없습니다.',
        },
      ],
    },
    {
      when: where('With a SAML provider that has expired', '만료된 SAML 공급자가 있는 경우', 'expired'),
      steps: [
        {
          en: 'Upload the new metadata of the identity provider to the SAML provider that the verdict names, or delete the provider if nobody signs in through it.',
          ko: '판정에 나온 SAML 공급자에 자격 증명 공급자의 새 메타데이터를 올립니다. 아무도 쓰지 않으면 공급자를 삭제합니다.',
        },
      ],
    },
  ],
});
