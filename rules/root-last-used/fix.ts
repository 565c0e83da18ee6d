import { notifyFix } from '../shared/notify/fix.ts';
import type { LastUsedFinding } from './findings.ts';

/** Tells people: a use that was cannot be undone, and whether it was approved is for them to say. */
export const fix = notifyFix<LastUsedFinding, object>()({
  steps: [
    {
      en: 'Find out who used root of {account}, and what for: CloudTrail\'s event history in us-east-1 has its sign-ins ("User name" root), and each Region what it did there.',
      ko: '{account}의 루트를 누가 왜 사용했는지 확인합니다. us-east-1의 CloudTrail 이벤트 기록("사용자 이름" root)에 로그인이, 각 리전의 기록에 그곳에서 한 작업이 있습니다.',
    },
    {
      en: "If nobody can say, treat it as an incident: change root's password, delete its access keys, check its MFA devices and the account's e-mail address.",
      ko: '아무도 설명하지 못하면 침해로 보고 대응합니다. 루트의 암호를 바꾸고 액세스 키를 삭제하며, MFA 디바이스와 계정의 이메일 주소를 점검합니다.',
    },
    {
      en: 'If it was approved, write down by whom, and set the parameter approvedUseUntil to the end of what was approved.',
      ko: '승인된 사용이면 승인자를 기록하고 파라미터 approvedUseUntil을 승인된 기간의 끝으로 설정합니다.',
    },
    {
      en: 'If it was everyday work, move it to an IAM role or IAM Identity Center, and delete access keys of root.',
      ko: '일상 업무였다면 IAM 역할이나 IAM Identity Center로 옮기고 루트의 액세스 키를 삭제합니다.',
    },
  ],
});
