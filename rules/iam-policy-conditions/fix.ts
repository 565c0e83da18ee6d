import { notifyFix } from '../shared/notify/fix.ts';
import type { PolicyFinding } from './findings.ts';

/** Tells people: which condition fits, only who wrote the policy knows. */
export const fix = notifyFix<PolicyFinding, unknown>()({
  steps: [
    {
      en: 'Open the policy {resource} in the IAM console of account {account}, and the statements that the verdict names. "Last accessed" shows which services its users really use.',
      ko: '계정 {account}의 IAM 콘솔에서 정책 {resource}을(를) 열고 판정에 나온 문을 확인합니다. "마지막 액세스"에서 실제로 쓰는 서비스를 볼 수 있습니다.',
    },
    {
      en: 'Take out the actions that nobody needs. Where the statement needs only some resources, name them in Resource: a named resource needs no condition.',
      ko: '필요 없는 작업은 뺍니다. 일부 리소스에만 필요하다면 Resource에 그 리소스를 지정합니다. 리소스를 지정하면 조건이 없어도 됩니다.',
    },
    {
      en: 'Give what is left a condition. For people: Bool aws:MultiFactorAuthPresent true (not BoolIfExists, which lets access keys through). For workloads: aws:SourceVpce, aws:SourceIp, aws:PrincipalTag or aws:PrincipalOrgID. For iam:PassRole: iam:PassedToService.',
      ko: '남은 작업에는 조건을 붙입니다. 사람이 쓰는 권한이면 Bool aws:MultiFactorAuthPresent true(액세스 키를 통과시키는 BoolIfExists는 안 됩니다), 워크로드이면 aws:SourceVpce, aws:SourceIp, aws:PrincipalTag, aws:PrincipalOrgID, iam:PassRole이면 iam:PassedToService를 씁니다.',
    },
    {
      en: 'Save it as a new default version, and try with one of its users what has to keep working. The version before can be made the default again.',
      ko: '새 기본 버전으로 저장하고, 계속되어야 하는 작업을 사용자 한 명으로 시험합니다. 문제가 있으면 이전 버전을 다시 기본으로 지정합니다.',
    },
  ],
});
