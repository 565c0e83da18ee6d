import rule from '../../rules/root-activity-alert/rule.ts';
import { answerTask, type PlanAnswer } from '../../tasks/answer.ts';
import { ACCOUNT, denied, fails, memorySource } from '../support/memory.ts';

const NAME = 'groundrules-root-activity';
const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${rest}`;
const TOPIC = arn('sns', NAME);
const PATTERN =
  '{"detail-type":["AWS Console Sign In via CloudTrail","AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}';
const EMAIL = { NotificationEmail: 'root-alerts@moonjar.example' };

const trail = {
  'us-east-1/cloudtrail/describe-trails.json': {
    trailList: [
      {
        Name: 'main',
        TrailARN: arn('cloudtrail', 'trail/main'),
        HomeRegion: 'us-east-1',
        IsMultiRegionTrail: true,
        S3BucketName: 'logs',
      },
    ],
  },
  'us-east-1/cloudtrail/get-trail-status/main.json': { IsLogging: true },
  'us-east-1/cloudtrail/get-event-selectors/main.json': { TrailARN: arn('cloudtrail', 'trail/main') },
};
const nothing = {
  ...trail,
  'us-east-1/events/list-rules.json': { Rules: [] },
  'us-east-1/logs/describe-metric-filters.json': { metricFilters: [] },
  'us-east-1/cloudwatch/describe-alarms.json': { MetricAlarms: [], CompositeAlarms: [] },
  [`us-east-1/sns/get-topic-attributes/${NAME}.json`]: fails('NotFound'),
  [`us-east-1/sns/list-subscriptions-by-topic/${NAME}.json`]: fails('NotFound'),
};
const withRule = (rule: object, Targets: object[], Name = NAME) => ({
  'us-east-1/events/list-rules.json': {
    Rules: [{ Name, Arn: arn('events', `rule/${Name}`), EventPattern: PATTERN, State: 'ENABLED', ...rule }],
  },
  [`us-east-1/events/list-targets-by-rule/${Name}.json`]: { Targets },
});
const withTopic = (Statement: object[], confirmed: number, Subscriptions: object[] = []) => ({
  [`us-east-1/sns/get-topic-attributes/${NAME}.json`]: {
    Attributes: { Policy: JSON.stringify({ Statement }), SubscriptionsConfirmed: String(confirmed) },
  },
  [`us-east-1/sns/list-subscriptions-by-topic/${NAME}.json`]: { Subscriptions },
});
const open = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: TOPIC,
};
const shut = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TOPIC };

async function planned(
  readings: object,
  options: object = EMAIL,
  parameters: object = {},
): Promise<PlanAnswer> {
  const event = { task: 'plan', resourceId: ACCOUNT, mode: 'Apply', parameters, options };
  const known = {
    open: () => memorySource({ ...nothing, ...readings }, { regions: ['ap-northeast-2'] }),
    region: 'ap-northeast-2',
    accountId: ACCOUNT,
    now: () => new Date(),
    sleep: async () => {},
  };
  return (await answerTask(rule, event, known)) as PlanAnswer;
}
const ALL = [
  'sns:CreateTopic',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
  'events:PutRule',
  'events:PutTargets',
];

test.each<[situation: string, readings: object, calls: string[], parameters?: object]>([
  ['nothing is there', {}, ALL],
  ['only the topic is there, shut', withTopic([], 0), ALL.slice(1)],
  ['only the topic is there, open', withTopic([open], 0), ALL.slice(2)],
  [
    'somebody is subscribed, in capitals',
    withTopic([open], 1, [
      { SubscriptionArn: `${TOPIC}:1`, Protocol: 'email', Endpoint: 'Root-Alerts@moonjar.example' },
    ]),
    ALL.slice(3),
  ],
  [
    'the rule is there, without a target',
    { ...withTopic([open], 1), ...withRule({}, []) },
    ['sns:Subscribe', 'events:PutTargets'],
  ],
  [
    'the rule is off, and has another target',
    {
      ...withTopic([open], 1),
      ...withRule({ State: 'DISABLED' }, [{ Id: 'sns', Arn: arn('logs', 'log-group:/x') }]),
    },
    ['sns:Subscribe', 'events:EnableRule', 'events:PutTargets'],
  ],
  [
    'a rule of another name would do',
    { ...withTopic([open], 1), ...withRule({ State: 'DISABLED' }, [{ Id: 'x', Arn: TOPIC }], 'theirs') },
    ['events:EnableRule'],
  ],
  [
    'a rule of another name would do for signing in, which is all that counts',
    {
      ...withTopic([open], 1),
      ...withRule(
        {
          State: 'DISABLED',
          EventPattern: '{"source":["aws.signin"],"detail":{"userIdentity":{"type":["Root"]}}}',
        },
        [{ Id: 'x', Arn: TOPIC }],
        'theirs',
      ),
    },
    ['events:EnableRule'],
    { coverage: 'ANY' },
  ],
  [
    'a rule of another name would do for signing in alone',
    {
      ...withTopic([open], 1),
      ...withRule(
        {
          State: 'DISABLED',
          EventPattern: '{"source":["aws.signin"],"detail":{"userIdentity":{"type":["Root"]}}}',
        },
        [{ Id: 'x', Arn: TOPIC }],
        'theirs',
      ),
    },
    ['sns:Subscribe', 'events:PutRule', 'events:PutTargets'],
  ],
])('where %s, it makes what is not', async (...[, readings, calls, parameters]) => {
  const { plan } = await planned(readings, EMAIL, parameters);
  expect(plan.steps.map(({ api }) => api)).toEqual(calls);
  expect([...new Set(plan.steps.map(({ region }) => region))]).toEqual(['us-east-1']);
});

test('it takes another id for its target where its own is taken', async () => {
  const { plan } = await planned({
    ...withTopic([open], 1),
    ...withRule({}, [{ Id: 'sns', Arn: arn('logs', 'log-group:/x') }]),
  });
  expect(plan.steps.at(-1)?.input).toEqual({ Rule: NAME, Targets: [{ Id: 'groundrules', Arn: TOPIC }] });
});

test('it takes the next free id, however many are taken', async () => {
  const Arn = arn('logs', 'log-group:/x');
  const { plan } = await planned({
    ...withTopic([open], 1),
    ...withRule(
      {},
      ['sns', 'groundrules', 'groundrules-2'].map((Id) => ({ Id, Arn })),
    ),
  });
  expect(plan.steps.at(-1)?.input).toMatchObject({ Targets: [{ Id: 'groundrules-3', Arn: TOPIC }] });
});

test('IAM knows no resource for Unsubscribe', () => {
  expect(rule.fix.byFunction?.changes).toMatchObject({ 'sns:Unsubscribe': ['*'] });
  expect(rule.fix.byFunction?.named?.TopicArn).not.toContain('sns:Unsubscribe');
});

test('its rule gets calls that only read where such a call counts', async () => {
  const rules = async (eventNames: string) => {
    const { plan } = await planned({}, EMAIL, { eventNames });
    return plan.steps.find(({ api }) => api === 'events:PutRule')?.input;
  };
  expect(await rules('s3:PutBucketPolicy')).toEqual({ Name: NAME, EventPattern: PATTERN, State: 'ENABLED' });
  expect(await rules('s3:PutBucketPolicy,iam:ListUsers')).toMatchObject({
    State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
  });
});

test.each<[situation: string, readings: object, message: RegExp, options?: object, parameters?: object]>([
  [
    'a Deny shuts EventBridge out',
    withTopic([open, shut], 1),
    /Refused: the policy of topic groundrules-root-activity keeps EventBridge out/,
  ],
  [
    'the policy has another statement by the name of its own',
    withTopic([{ ...shut, Sid: 'GroundrulesEventBridge', Action: 'sns:Subscribe' }], 1),
    /Refused: the policy of topic groundrules-root-activity has a statement GroundrulesEventBridge that says something else/,
  ],
  [
    'its rule has as many targets as it may have',
    {
      ...withTopic([open], 1),
      ...withRule(
        {},
        ['1', '2', '3', '4', '5'].map((Id) => ({ Id, Arn: arn('logs', `log-group:/${Id}`) })),
      ),
    },
    /Refused: rule groundrules-root-activity has 5 targets, and EventBridge takes no more/,
  ],
  [
    'its rule gets no calls that only read',
    { ...withTopic([open], 1), ...withRule({}, []) },
    /set its state to ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS/,
    EMAIL,
    { eventNames: 'iam:ListUsers' },
  ],
  [
    'all is there, and nobody has confirmed',
    {
      ...withTopic([open], 0, [
        { SubscriptionArn: 'PendingConfirmation', Protocol: 'email', Endpoint: 'team@moonjar.example' },
      ]),
      ...withRule({}, [{ Id: 'sns', Arn: TOPIC }]),
    },
    /waiting for the confirmation: team@moonjar\.example gets a message/,
    {},
  ],
  [
    'all is there, and nobody is subscribed to a topic of theirs',
    { ...withTopic([open], 0), ...withRule({}, [{ Id: 'sns', Arn: TOPIC }]) },
    /has no confirmed subscription \(us-east-1\): subscribe whoever has to know/,
    { TopicArn: TOPIC },
  ],
])('where %s, it changes nothing and says so', async (...[, readings, message, options, parameters]) => {
  const answer = await planned(readings, options, parameters);
  expect([answer.decision, answer.plan.steps, answer.message]).toEqual([
    'Refuse',
    [],
    expect.stringMatching(message),
  ]);
});

test('what it cannot read is a failure, not nothing to do', async () => {
  const unread = { [`us-east-1/sns/list-subscriptions-by-topic/${NAME}.json`]: denied };
  await expect(planned(unread)).rejects.toThrow(/sns:ListSubscriptionsByTopic/);
});
