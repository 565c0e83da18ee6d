import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { TrailLogRetentionFinding } from './rule.ts';

type TrailCase = Case<TrailLogRetentionFinding, unknown, undefined>;
const where = (
  kinds: readonly TrailLogRetentionFinding['kind'][],
  en: string,
  ko: string,
): When<TrailCase> => ({ en, ko, is: ({ findings }) => findings.some(({ kind }) => kinds.includes(kind)) });

/** Tells people: a lifecycle rule is somebody's decision on cost and on personal data. */
export const fix = notifyFix<TrailLogRetentionFinding, unknown>()({
  parts: [
    {
      when: where(
        ['shortRetention', 'fixedDate'],
        'Where a lifecycle rule deletes logs too early',
        '수명 주기 규칙이 로그를 너무 일찍 지우는 경우',
      ),
      steps: [
        {
          en: 'Open the bucket that the verdict names, Management, and the lifecycle rule. Ask whoever made it why the logs go: for their cost, move them to a cheaper storage class instead; for personal data, agree on a period.',
          ko: '판정에 나온 버킷의 관리 탭에서 수명 주기 규칙을 엽니다. 로그를 지우는 이유를 규칙을 만든 사람에게 확인합니다. 비용 때문이라면 지우는 대신 더 저렴한 스토리지 클래스로 옮기고, 개인정보 때문이라면 보관 기간을 합의합니다.',
        },
        {
          en: 'Let the rule expire the logs after minRetentionDays at the earliest, or give it a prefix that none of them has. Every other enabled rule of the bucket counts as well: the shortest one wins. Do it soon, because what has expired is gone.',
          ko: '로그가 minRetentionDays일이 지나서 만료되도록 규칙을 고치거나, 로그에 해당하지 않는 접두사를 지정합니다. 버킷의 다른 활성 규칙도 함께 적용되며 가장 짧은 기간이 이깁니다. 만료된 로그는 되살릴 수 없으므로 서두릅니다.',
        },
      ],
    },
    {
      when: where(['noBucket'], "Where the trail's bucket does not exist", '추적의 버킷이 없는 경우'),
      steps: [
        {
          en: "Find out in CloudTrail's event history who called DeleteBucket, and why. The last 90 days of management events are still in it: download what you need.",
          ko: 'CloudTrail 이벤트 기록에서 누가 왜 DeleteBucket을 호출했는지 확인합니다. 최근 90일의 관리 이벤트는 이벤트 기록에 남아 있으므로 필요한 것을 내려받습니다.',
        },
        {
          en: 'Edit the trail in the CloudTrail console, and let it create a bucket, or choose one of your own: the console writes the policy that CloudTrail needs.',
          ko: 'CloudTrail 콘솔에서 추적을 편집해 새 버킷을 만들거나 자신의 버킷을 선택합니다. CloudTrail에 필요한 버킷 정책은 콘솔이 추가합니다.',
        },
      ],
    },
    {
      when: where(['noTrail'], 'Where the account has no trail', '계정에 추적이 없는 경우'),
      steps: [
        {
          en: 'Create a trail of all Regions in the CloudTrail console, or let the organization have one: without a trail only the event history is left, which keeps 90 days.',
          ko: 'CloudTrail 콘솔에서 모든 리전에 적용되는 추적을 만들거나, 조직 추적을 쓰도록 합니다. 추적이 없으면 90일만 보관하는 이벤트 기록뿐입니다.',
        },
        {
          en: 'Give its bucket no lifecycle rule that deletes before minRetentionDays.',
          ko: '추적의 버킷에는 minRetentionDays일 전에 지우는 수명 주기 규칙을 두지 않습니다.',
        },
      ],
    },
  ],
});
