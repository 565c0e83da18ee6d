import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { RootAlertFinding } from './findings.ts';

type AlertCase = Case<RootAlertFinding, unknown, undefined>;
const where = (en: string, ko: string, ...kinds: RootAlertFinding['kind'][]): When<AlertCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some(({ kind }) => kinds.includes(kind)),
});

/** Tells people: whom an alert goes to, and whether they confirm it, is theirs to say. */
export const fix = notifyFix<RootAlertFinding, unknown>()({
  parts: [
    {
      when: where('Without a trail', '추적이 없는 경우', 'noTrail'),
      steps: [
        {
          en: 'Create a trail of all Regions that logs management events, or start the one that there is: without it neither EventBridge nor a metric filter gets an event of root.',
          ko: '모든 리전의 관리 이벤트를 기록하는 추적을 만들거나 있는 추적의 로깅을 시작합니다. 추적이 없으면 EventBridge도 지표 필터도 루트의 이벤트를 받지 못합니다.',
        },
      ],
    },
    {
      when: where(
        'Where no alert covers it',
        '해당하는 알림이 없는 경우',
        'partly',
        'notCovered',
        'noRule',
        'noLogGroup',
        'noFilter',
        'noTrail',
        'notAccepted',
      ),
      steps: [
        {
          en: 'In us-east-1 (the Region of the global services in other partitions), create an SNS topic, let events.amazonaws.com publish in its policy, and subscribe whoever has to know. Do not encrypt it with alias/aws/sns.',
          ko: 'us-east-1(다른 파티션은 글로벌 서비스의 리전)에 SNS 주제를 만들고, 정책에서 events.amazonaws.com의 게시를 허용하고, 알아야 할 사람을 구독시킵니다. alias/aws/sns로 암호화하지 않습니다.',
        },
        {
          en: 'There, create an EventBridge rule on the default bus with the pattern {"detail-type":["AWS Console Sign In via CloudTrail","AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}} and the topic as its target.',
          ko: '같은 리전의 기본 버스에 패턴이 {"detail-type":["AWS Console Sign In via CloudTrail","AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}이고 그 주제가 대상인 EventBridge 규칙을 만듭니다.',
        },
        {
          en: 'Confirm the subscription: until then nobody gets anything.',
          ko: '구독을 확인합니다. 확인하기 전에는 아무도 알림을 받지 못합니다.',
        },
      ],
    },
    {
      when: where(
        'Where an alert reaches nobody',
        '알림이 아무에게도 가지 않는 경우',
        'ruleOff',
        'nobody',
        'noTopic',
        'unconfirmed',
        'topicKey',
        'topicPolicy',
        'noMetric',
        'noAlarm',
        'threshold',
        'datapoints',
        'actionsOff',
        'noAction',
      ),
      steps: [
        {
          en: "Put right what the verdict names: enable the rule, give it a topic as target, confirm the subscription, let events.amazonaws.com publish in the topic's policy, use a key of your own in place of alias/aws/sns, or set the alarm so that one event sets it off and an action tells somebody.",
          ko: '판정에 나온 것을 바로잡습니다. 규칙을 켜고, 주제를 대상으로 지정하고, 구독을 확인하고, 주제 정책에서 events.amazonaws.com의 게시를 허용하고, alias/aws/sns 대신 자체 키를 쓰거나, 이벤트 하나로 경보가 울려 누군가에게 알리도록 경보를 설정합니다.',
        },
      ],
    },
  ],
});
