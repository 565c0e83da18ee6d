import { notifyFix } from '../shared/notify/fix.ts';
import type { MfaFinding } from './findings.ts';

/** Tells people. */
export const fix = notifyFix<MfaFinding, unknown>()({
  steps: [
    {
      en: 'Make sure that {resource} has an MFA device, or can register one: from then on nothing else is possible without MFA.',
      ko: '{resource}에 MFA 디바이스가 있는지, 없다면 등록할 수 있는지 확인합니다. 이후에는 MFA 없이 다른 작업을 할 수 없습니다.',
    },
    {
      en: 'Replace access keys that workloads use: requests that are signed with them have no MFA, and will be denied.',
      ko: '워크로드가 쓰는 액세스 키를 먼저 역할로 바꿉니다. 키로 서명한 요청에는 MFA가 없어 거부됩니다.',
    },
    {
      en: 'Make a policy that denies everything but the actions of allowedWithoutMfa on `*` where BoolIfExists aws:MultiFactorAuthPresent is false, attach it to a group, and add {resource} to the group.',
      ko: 'BoolIfExists aws:MultiFactorAuthPresent가 false일 때 allowedWithoutMfa의 작업을 제외한 모든 작업을 `*`에서 거부하는 정책을 만들고, 그룹에 연결한 뒤 {resource}을(를) 그룹에 넣습니다.',
    },
  ],
});
