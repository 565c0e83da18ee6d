import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { GuardDutyFinding } from './findings.ts';

type AlertCase = Case<GuardDutyFinding, unknown, undefined>;
const where = (en: string, ko: string, ...kinds: GuardDutyFinding['kind'][]): When<AlertCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some(({ kind }) => kinds.includes(kind)),
});

/** Tells people: GuardDuty is paid for, and whose filter it is and whom an alert goes to is theirs to say. */
export const fix = notifyFix<GuardDutyFinding, unknown>()({
  parts: [
    {
      when: where('Without GuardDuty', 'GuardDuty가 꺼져 있는 경우', 'notEnabled'),
      steps: [
        {
          en: 'Turn GuardDuty on in the Region that the verdict names, for this account or for the organization. It is paid for by what it analyzes.',
          ko: '판정에 나온 리전에서 이 계정 또는 조직에 GuardDuty를 켭니다. 분석량에 따라 요금이 부과됩니다.',
        },
      ],
    },
    {
      when: where('With a filter that hides it', '필터가 결과를 숨기는 경우', 'suppressed'),
      steps: [
        {
          en: "Find out whose suppression rule it is, and take the finding on root's use out of it: an archived finding goes to nobody.",
          ko: '억제 규칙을 만든 사람을 확인하고 루트 사용 결과를 규칙에서 뺍니다. 보관 처리된 결과는 아무에게도 가지 않습니다.',
        },
      ],
    },
    {
      when: where(
        'Where nobody is told',
        '아무에게도 알리지 않는 경우',
        'noRule',
        'notCovered',
        'severityTooHigh',
        'ruleOff',
        'nobody',
        'noTopic',
        'unconfirmed',
        'topicKey',
        'topicPolicy',
      ),
      steps: [
        {
          en: 'In the Region that the verdict names, create an EventBridge rule with the pattern {"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"],"detail":{"type":["Policy:IAMUser/RootCredentialUsage"]}}, or put the one right that the verdict names: root\'s use is of severity 2, below what most rules ask for.',
          ko: '판정에 나온 리전에 패턴이 {"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"],"detail":{"type":["Policy:IAMUser/RootCredentialUsage"]}}인 EventBridge 규칙을 만들거나, 판정에 나온 규칙을 바로잡습니다. 루트 사용의 심각도는 2로, 대부분의 규칙이 요구하는 값보다 낮습니다.',
        },
        {
          en: 'Give it an SNS topic as target whose policy lets events.amazonaws.com publish and which is not encrypted with alias/aws/sns, subscribe whoever has to know, and confirm the subscription.',
          ko: '정책이 events.amazonaws.com의 게시를 허용하고 alias/aws/sns로 암호화하지 않은 SNS 주제를 대상으로 지정하고, 알아야 할 사람을 구독시켜 구독을 확인합니다.',
        },
      ],
    },
  ],
});
