import rule from '../../rules/guardduty-root-alert/rule.ts';
import { answerTask, type PlanAnswer } from '../../tasks/answer.ts';
import { ACCOUNT, fails, memorySource } from '../support/memory.ts';

const NAME = 'groundrules-guardduty-root';
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:${NAME}`;
const EMAIL = 'root-alerts@moonjar.example';

const on = (region: string, DetectorIds: string[]) => ({
  [`${region}/guardduty/list-detectors.json`]: { DetectorIds },
  [`${region}/guardduty/get-detector/d.json`]: { Status: 'ENABLED' },
  [`${region}/guardduty/list-filters/d.json`]: { FilterNames: [] },
  [`${region}/events/list-rules.json`]: { Rules: [] },
  [`${region}/sns/get-topic-attributes/${NAME}.json`]: fails('NotFound'),
  [`${region}/sns/list-subscriptions-by-topic/${NAME}.json`]: fails('NotFound'),
});
const readings = { ...on('us-east-1', ['d']), ...on('eu-west-1', ['d']), ...on('eu-north-1', []) };
const planned = async (options: object) =>
  (await answerTask(
    rule,
    {
      task: 'plan',
      resourceId: ACCOUNT,
      mode: 'Apply',
      parameters: { regions: 'us-east-1,eu-west-1,eu-north-1' },
      options,
    },
    {
      open: () => memorySource(readings),
      region: 'us-east-1',
      accountId: ACCOUNT,
      now: () => new Date(),
      sleep: async () => {},
    },
  )) as PlanAnswer;

test('each gets its own, and where GuardDuty is off none', async () => {
  const { plan, message } = await planned({ NotificationEmail: EMAIL });
  const made = [
    'sns:CreateTopic',
    'sns:SetTopicAttributes',
    'sns:Subscribe',
    'events:PutRule',
    'events:PutTargets',
  ];
  expect(plan.steps.map(({ api, region }) => [api, region])).toEqual(
    ['us-east-1', 'eu-west-1'].flatMap((region) => made.map((api) => [api, region])),
  );
  expect(message).toMatch(/Refused: GuardDuty is not on in eu-north-1/);
  expect(message).toMatch(/waiting for the confirmation: root-alerts@moonjar\.example/);
});

test('a topic serves its own Region alone', async () => {
  const { plan } = await planned({ TopicArn: TOPIC.replace('us-east-1', 'ap-south-1') });
  expect(plan.steps).toEqual([]);
  expect(plan.refusals?.join(' ')).toMatch(/is no topic in us-east-1, eu-west-1/);
});
