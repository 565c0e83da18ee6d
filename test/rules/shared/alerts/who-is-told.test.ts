import { AccountError, type PartialList } from '../../../../account/errors.ts';
import type { EventSelectors } from '../../../../account/services/cloudtrail/readings.ts';
import type { CompositeAlarm, MetricAlarm } from '../../../../account/services/cloudwatch/readings.ts';
import type { EventRule } from '../../../../account/services/events/readings.ts';
import type { MetricFilter } from '../../../../account/services/logs/readings.ts';
import type { Topic } from '../../../../account/services/sns/readings.ts';
import { isInAnyOf } from '../../../../rules/shared/alerts/alarms.ts';
import type { Target } from '../../../../rules/shared/alerts/event-rules.ts';
import { whyUnknown } from '../../../../rules/shared/alerts/messages.ts';
import { hangsOn, unseen } from '../../../../rules/shared/alerts/told.ts';
import type { LoggingTrail } from '../../../../rules/shared/alerts/trails.ts';
import { type Accepted, type RecordedEvent, whoIsTold } from '../../../../rules/shared/alerts/who-is-told.ts';
import { ACCOUNT, API_EVENT, SIGN_IN_EVENT } from './samples.ts';

const OTHER = '999988887777';
const HOME = 'us-east-1';
const DENIED = new AccountError('AccessDenied', 'iam:GetAccountSummary', 'denied');
const topicArn = (account = ACCOUNT) => `arn:aws:sns:${HOME}:${account}:alerts`;
const ruleArn = `arn:aws:events:${HOME}:${ACCOUNT}:rule/root`;
const publish = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sns:Publish',
  Resource: topicArn(),
  ...more,
});
const EVENTS = { Service: 'events.amazonaws.com' };
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const topic = (more: Partial<Topic> = {}): Topic => ({
  confirmedSubscriptions: 1,
  policy: policy(publish(EVENTS)),
  ...more,
});
const rule = (more: Partial<EventRule> = {}): EventRule => ({
  name: 'root',
  arn: ruleArn,
  state: 'ENABLED',
  pattern: '{"detail":{"userIdentity":{"type":["Root"]}}}',
  ...more,
});
const trail = (more: Partial<LoggingTrail> = {}): LoggingTrail => ({
  name: 'main',
  homeRegion: HOME,
  isMultiRegion: true,
  isLogging: true,
  selectors: {},
  ...more,
});
const GROUP = `arn:aws:logs:${HOME}:${ACCOUNT}:log-group:trail:*`;
const filter = (more: Partial<MetricFilter> = {}): MetricFilter => ({
  name: 'root-use',
  logGroup: 'trail',
  looksElsewhere: false,
  pattern: '{ $.userIdentity.type = "Root" }',
  metrics: [{ namespace: 'CIS', name: 'RootUse', value: '1', dimensions: {} }],
  ...more,
});
const METRIC = { namespace: 'CIS', name: 'RootUse', statistic: 'Sum', dimensions: {} };
const alarm = (more: Partial<MetricAlarm> = {}): MetricAlarm => ({
  name: 'root',
  arn: `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:root`,
  actionsEnabled: true,
  actions: [topicArn()],
  metric: METRIC,
  queries: [],
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  evaluationPeriods: 1,
  ...more,
});

interface World {
  readonly trails?: readonly (LoggingTrail | AccountError)[] | AccountError;
  readonly rules?: readonly EventRule[] | AccountError;
  readonly elsewhere?: readonly EventRule[];
  readonly targets?: readonly Target[] | AccountError;
  readonly farTargets?: readonly Target[];
  readonly topic?: Topic | AccountError | null;
  readonly filters?: readonly MetricFilter[] | AccountError;
  readonly alarms?: readonly MetricAlarm[] | AccountError;
  readonly composite?: readonly CompositeAlarm[];
  readonly accepted?: Partial<Accepted>;
  readonly unconfirmed?: boolean;
  readonly trusted?: string[];
}
/** Of a list, what could be read of it. */
const part = <T extends object>(list: readonly (T | AccountError)[] | AccountError): PartialList<T> => {
  const all = list instanceof AccountError ? [list] : list;
  return {
    values: all.filter((one): one is T => !(one instanceof AccountError)),
    errors: all.filter((one) => one instanceof AccountError),
  };
};
const told = (world: World, event: object = SIGN_IN_EVENT) =>
  whoIsTold(
    event as RecordedEvent,
    HOME,
    {
      trails: async () => part(world.trails ?? [trail()]),
      rules: async (region) => part(region === HOME ? (world.rules ?? [rule()]) : (world.elsewhere ?? [])),
      targets: async (region) =>
        part(region === HOME ? (world.targets ?? [{ arn: topicArn() }]) : (world.farTargets ?? [])),
      topic: async () => (world.topic === undefined ? topic() : world.topic),
      filters: async () => part(world.filters ?? []),
      alarms: async () => {
        const { values, errors } = part(world.alarms ?? []);
        return { metric: values, composite: world.composite ?? [], errors };
      },
    },
    {
      accountId: ACCOUNT,
      requiresConfirmed: !world.unconfirmed,
      trustedAccounts: world.trusted ?? [],
      about: 'root',
    },
    { eventBridge: true, metricFilter: true, ...world.accepted },
  );
const selectors = (given: EventSelectors) => ({ trails: [trail({ selectors: given })] });
const basic = (readWriteType: string, more: object = {}) =>
  selectors({ basic: [{ includesManagementEvents: true, readWriteType, excludedSources: [], ...more }] });
const advanced = (...fields: [field: string, operator: string, ...values: string[]][]) =>
  selectors({
    advanced: [
      {
        fields: fields.map(([field, operator, ...values]) => ({ field, operators: { [operator]: values } })),
      },
    ],
  });
const bus = (region: string, account = ACCOUNT, name = 'default') => ({
  arn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
});
const FAR = 'ap-northeast-2';
/** CloudWatch's way alone. */
const logs = (more: World): World => ({
  rules: [],
  trails: [trail({ logGroupArn: GROUP })],
  filters: [filter()],
  alarms: [alarm()],
  ...more,
});

// Jest would take a parameter that a case lacks for a callback: hence the rest.
test.each<[situation: string, world: World, expected: unknown, nearest?: string]>([
  ['a rule, a topic, a trail', {}, true],
  [
    'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    { rules: [rule({ state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' })] },
    true,
  ],
  ['the rule is off', { rules: [rule({ state: 'DISABLED' })] }, false, 'ruleOff'],
  [
    'another pattern',
    { rules: [rule({ pattern: '{"detail":{"userIdentity":{"type":["root"]}}}' })] },
    false,
    'notCovered',
  ],
  ['a schedule', { rules: [{ name: 'nightly', arn: 'x', state: 'ENABLED' }] }, false, 'noRule'],
  ['no rule', { rules: [] }, false, 'noRule'],
  [
    'a rule that is about something else',
    { rules: [rule({ pattern: '{"source":["aws.ec2"]}' })], accepted: { metricFilter: false } },
    false,
    'noRule',
  ],
  ['a state that the answer leaves out', { rules: [{ ...rule(), state: undefined }] as never }, 'unknown'],
  ['a part of the rules', { rules: [DENIED, rule()] as never }, true],
  ['a part of the targets', { targets: [DENIED, { arn: topicArn(), roleArn: 'r' }] as never }, true],
  ['a pattern that nobody knows', { rules: [rule({ pattern: '{"x":[{"starts-with":1}]}' })] }, 'unknown'],
  ['one rule of two', { rules: [rule({ state: 'DISABLED' }), rule()] }, true],
  ['no target', { targets: [] }, false, 'nobody'],
  ['a log group', { targets: [{ arn: `arn:aws:logs:${HOME}:${ACCOUNT}:log-group:x` }] }, false, 'nobody'],
  ['a function', { targets: [{ arn: `arn:aws:lambda:${HOME}:${ACCOUNT}:function:x` }] }, true],
  [
    'an API destination',
    { targets: [{ arn: `arn:aws:events:${HOME}:${ACCOUNT}:api-destination/x/1` }] },
    true,
  ],
  ['targets denied', { targets: DENIED }, 'unknown'],
  ['rules denied, no filter', { rules: DENIED }, 'unknown'],
  ['EventBridge not accepted', { accepted: { eventBridge: false } }, false, 'noLogGroup'],
  ['neither accepted', { accepted: { eventBridge: false, metricFilter: false } }, false, 'notAccepted'],
  [
    'the bus of another Region',
    {
      targets: [bus(FAR)],
      elsewhere: [rule({ name: 'far' })],
      farTargets: [{ arn: topicArn(), roleArn: 'r' }],
    },
    true,
  ],
  ['… where no rule is', { targets: [bus(FAR)] }, false, 'noRule'],
  [
    '… which sends it on',
    { targets: [bus(FAR)], elsewhere: [rule()], farTargets: [bus('eu-west-1')] },
    false,
    'nobody',
  ],
  ['its own bus', { targets: [bus(HOME)] }, 'unknown'],
  ['a bus with a name', { targets: [bus(FAR, ACCOUNT, 'audit')] }, 'unknown'],
  ['a bus of another account', { targets: [bus(HOME, OTHER)] }, 'unknown'],
  ['… that is trusted', { targets: [bus(HOME, OTHER)], trusted: [OTHER] }, true],
  ['a topic of another account', { targets: [{ arn: topicArn(OTHER) }] }, 'unknown'],
  ['… that is trusted', { targets: [{ arn: topicArn(OTHER) }], trusted: [OTHER] }, true],
  ['no trail', { trails: [] }, false, 'noTrail'],
  ['trails denied', { trails: DENIED }, 'unknown'],
  [
    'trails denied, and no rule',
    { trails: DENIED, rules: [], accepted: { metricFilter: false } },
    false,
    'noRule',
  ],
  ['the state of the trail denied', { trails: [trail({ isLogging: DENIED })] }, 'unknown'],
  ['its selectors denied', { trails: [trail({ selectors: DENIED })] }, 'unknown'],
  [
    'its selectors denied, and not logging',
    { trails: [trail({ isLogging: false, selectors: DENIED })] },
    false,
    'noTrail',
  ],
  [
    'its state denied, and nobody told',
    { trails: [trail({ isLogging: DENIED })], rules: [] },
    false,
    'noRule',
  ],
  ['a trail that nobody could read', { trails: [DENIED] }, 'unknown'],
  ['… beside one that logs', { trails: [DENIED, trail()] }, true],
  ['not logging', { trails: [trail({ isLogging: false })] }, false, 'noTrail'],
  [
    'a trail of another Region',
    { trails: [trail({ homeRegion: FAR, isMultiRegion: false })] },
    false,
    'noTrail',
  ],
  ['a trail of all Regions, from another', { trails: [trail({ homeRegion: FAR })] }, true],
  ['WriteOnly', basic('WriteOnly'), true],
  ['ReadOnly', basic('ReadOnly'), false, 'noTrail'],
  ['data events only', basic('All', { includesManagementEvents: false }), false, 'noTrail'],
  ['without this source', basic('All', { excludedSources: ['signin.amazonaws.com'] }), false, 'noTrail'],
  ['advanced: all management events', advanced(['eventCategory', 'Equals', 'Management']), true],
  [
    'advanced: data events',
    advanced(['eventCategory', 'Equals', 'Data'], ['resources.type', 'Equals', 'x']),
    false,
    'noTrail',
  ],
  [
    'advanced: reading',
    advanced(['eventCategory', 'Equals', 'Management'], ['readOnly', 'Equals', 'true']),
    false,
    'noTrail',
  ],
  [
    'advanced: writing',
    advanced(['eventCategory', 'Equals', 'Management'], ['readOnly', 'Equals', 'false']),
    true,
  ],
  [
    'advanced: but KMS',
    advanced(['eventCategory', 'Equals', 'Management'], ['eventSource', 'NotEquals', 'kms.amazonaws.com']),
    true,
  ],
  ['advanced: but root', advanced(['userIdentity.arn', 'NotEndsWith', ':root']), false, 'noTrail'],
  [
    'advanced: a field that nobody knows',
    advanced(['sessionCredentialFromConsole', 'Equals', 'true']),
    'unknown',
  ],
])('told by EventBridge: %s', async (_, world, ...[expected, nearest]) => {
  const { answer, misses } = await told(world);
  expect([answer, answer === false ? misses[0]?.kind : undefined]).toEqual([expected, nearest]);
});

test.each<[situation: string, topic: Topic | AccountError | null, expected: unknown, nearest?: string]>([
  ['pending only', topic({ confirmedSubscriptions: 0 }), false, 'unconfirmed'],
  ['gone', null, false, 'noTopic'],
  ['denied', DENIED, 'unknown'],
  ['alias/aws/sns', topic({ kmsKeyId: 'alias/aws/sns' }), false, 'topicKey'],
  ['… as an ARN', topic({ kmsKeyId: `arn:aws:kms:${HOME}:${ACCOUNT}:alias/aws/sns` }), false, 'topicKey'],
  ['a key of its own', topic({ kmsKeyId: 'alias/alerts' }), true],
  [
    "SNS's default policy",
    topic({
      policy: policy(publish({ AWS: '*' }, { Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } } })),
    }),
    false,
    'topicPolicy',
  ],
  ['everybody', topic({ policy: policy(publish('*')) }), true],
  ['sns:*', topic({ policy: policy(publish(EVENTS, { Action: 'SNS:*', Resource: '*' })) }), true],
  [
    'another service',
    topic({ policy: policy(publish({ Service: 's3.amazonaws.com' })) }),
    false,
    'topicPolicy',
  ],
  [
    'another topic',
    topic({ policy: policy(publish(EVENTS, { Resource: `${topicArn()}2` })) }),
    false,
    'topicPolicy',
  ],
  [
    'this rule',
    topic({ policy: policy(publish(EVENTS, { Condition: { ArnLike: { 'aws:SourceArn': ruleArn } } })) }),
    true,
  ],
  [
    'another rule',
    topic({
      policy: policy(publish(EVENTS, { Condition: { ArnLike: { 'aws:SourceArn': `${ruleArn}2` } } })),
    }),
    false,
    'topicPolicy',
  ],
  [
    'this account',
    topic({
      policy: policy(publish(EVENTS, { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } })),
    }),
    true,
  ],
  [
    'an organization',
    topic({ policy: policy(publish(EVENTS, { Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } })) }),
    'unknown',
  ],
  [
    'a Deny',
    topic({ policy: policy(publish(EVENTS), publish('*', { Effect: 'Deny' })) }),
    false,
    'topicPolicy',
  ],
  [
    'a Deny without TLS',
    topic({
      policy: policy(
        publish(EVENTS),
        publish('*', { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ),
    }),
    true,
  ],
  [
    'all but somebody',
    topic({ policy: policy({ Effect: 'Allow', NotPrincipal: { AWS: OTHER }, Action: '*', Resource: '*' }) }),
    'unknown',
  ],
  ['no policy in the answer', { confirmedSubscriptions: 1 }, 'unknown'],
  ['no count of subscriptions in the answer', { policy: policy(publish(EVENTS)) }, 'unknown'],
  ['what is no policy', topic({ policy: '{' }), 'unknown'],
])('by a topic: %s', async (_, one, ...[expected, nearest]) => {
  const { answer, misses } = await told({ topic: one });
  expect([answer, answer === false ? misses[0]?.kind : undefined]).toEqual([expected, nearest]);
});

test('what a topic need not have', async () => {
  const pending = topic({ confirmedSubscriptions: 0 });
  expect((await told({ topic: pending, unconfirmed: true })).answer).toBe(true);
  expect(
    (await told({ topic: topic({ policy: policy() }), targets: [{ arn: topicArn(), roleArn: 'r' }] })).answer,
  ).toBe(true);
  expect((await told(logs({ topic: topic({ policy: policy() }) }))).answer).toBe(true);
});

// Jest would take a parameter that a case lacks for a callback: hence the rest.
test.each<[situation: string, world: World, expected: unknown, nearest?: string]>([
  ['filter, alarm, topic', {}, true],
  ['sign-in only', { filters: [filter({ pattern: '{ $.eventName = "ConsoleLogin" }' })] }, true],
  [
    'another pattern',
    { filters: [filter({ pattern: '{ $.userIdentity.type = "root" }' })] },
    false,
    'notCovered',
  ],
  ['terms', { filters: [filter({ pattern: 'Root' })] }, 'unknown'],
  ['no filter', { filters: [] }, false, 'noFilter'],
  ['a filter of another group', { filters: [filter({ logGroup: 'app' })] }, false, 'noFilter'],
  ['filters denied', { filters: DENIED }, 'unknown'],
  ['no metric', { filters: [filter({ metrics: [] })] }, false, 'noMetric'],
  [
    'a metric of zeros',
    {
      filters: [filter({ metrics: [{ namespace: 'CIS', name: 'RootUse', value: '0', dimensions: {} }] })],
    },
    false,
    'noMetric',
  ],
  [
    'a metric of a field',
    {
      filters: [filter({ metrics: [{ namespace: 'CIS', name: 'RootUse', value: '$.n', dimensions: {} }] })],
    },
    'unknown',
  ],
  ['the trail has no group', { trails: [trail()] }, false, 'noLogGroup'],
  [
    'a group of another account',
    { trails: [trail({ logGroupArn: GROUP.replace(ACCOUNT, OTHER) })] },
    'unknown',
  ],
  [
    '… that is trusted',
    { trails: [trail({ logGroupArn: GROUP.replace(ACCOUNT, OTHER) })], trusted: [OTHER] },
    true,
  ],
  ['no alarm', { alarms: [] }, false, 'noAlarm'],
  [
    'an alarm of another namespace',
    { alarms: [alarm({ metric: { ...METRIC, namespace: 'x' } })] },
    false,
    'noAlarm',
  ],
  [
    'an alarm on dimensions that the filter has not',
    { alarms: [alarm({ metric: { ...METRIC, dimensions: { Event: 'ConsoleLogin' } } })] },
    false,
    'noAlarm',
  ],
  ['alarms denied', { alarms: DENIED }, 'unknown'],
  ['actions off', { alarms: [alarm({ actionsEnabled: false })] }, false, 'actionsOff'],
  ['no action', { alarms: [alarm({ actions: [] })] }, false, 'noAction'],
  [
    'an action that tells nobody',
    { alarms: [alarm({ actions: ['arn:aws:automate:us-east-1:ec2:stop'] })] },
    false,
    'noAction',
  ],
  ['a function', { alarms: [alarm({ actions: [`arn:aws:lambda:${HOME}:${ACCOUNT}:function:x`] })] }, true],
  [
    'an incident',
    { alarms: [alarm({ actions: [`arn:aws:ssm-incidents::${ACCOUNT}:response-plan/x`] })] },
    true,
  ],
  ['a topic of another account', { alarms: [alarm({ actions: [topicArn(OTHER)] })] }, 'unknown'],
  ['threshold 5', { alarms: [alarm({ threshold: 5 })] }, false, 'threshold'],
  ['> 1', { alarms: [alarm({ comparison: 'GreaterThanThreshold' })] }, false, 'threshold'],
  ['> 0', { alarms: [alarm({ comparison: 'GreaterThanThreshold', threshold: 0 })] }, true],
  ['< 1', { alarms: [alarm({ comparison: 'LessThanThreshold' })] }, false, 'threshold'],
  ['an anomaly', { alarms: [alarm({ comparison: 'GreaterThanUpperThreshold' })] }, 'unknown'],
  ['a percentile', { alarms: [alarm({ metric: { ...METRIC, statistic: 'p99' } })] }, 'unknown'],
  ['an average', { alarms: [alarm({ metric: { ...METRIC, statistic: 'Average' } })] }, true],
  ['3 datapoints', { alarms: [alarm({ evaluationPeriods: 3 })] }, false, 'datapoints'],
  ['1 of 3 datapoints', { alarms: [alarm({ evaluationPeriods: 3, datapointsToAlarm: 1 })] }, true],
  ['one of two alarms', { alarms: [alarm({ actions: [] }), alarm()] }, true],
])('told by CloudWatch: %s', async (_, world, ...[expected, nearest]) => {
  const { answer, misses } = await told(logs({ accepted: { eventBridge: false }, ...world }));
  expect([answer, answer === false ? misses[0]?.kind : undefined]).toEqual([expected, nearest]);
});

test.each<[situation: string, queries: MetricAlarm['queries'], expected: unknown]>([
  ['the metric itself', [{ id: 'm', metric: METRIC, returnsData: true }], true],
  [
    'filled',
    [
      { id: 'm', metric: METRIC, returnsData: false },
      { id: 'e', expression: 'FILL(m, 0)', returnsData: true },
    ],
    true,
  ],
  [
    'summed',
    [
      { id: 'm', metric: METRIC, returnsData: false },
      { id: 'e', expression: 'SUM(METRICS())', returnsData: true },
    ],
    true,
  ],
  [
    'a rate',
    [
      { id: 'm', metric: METRIC, returnsData: false },
      { id: 'e', expression: 'm / PERIOD(m)', returnsData: true },
    ],
    'unknown',
  ],
])('metric math: %s', async (_, queries, expected) => {
  const { metric: __, ...math } = alarm({ queries });
  expect((await told(logs({ alarms: [math] }))).answer).toBe(expected);
});

test('an average over periods without a match, where the filter says zero for them, is not known', async () => {
  const metrics = [{ namespace: 'CIS', name: 'RootUse', value: '1', defaultValue: 0, dimensions: {} }];
  const world = (statistic: string) =>
    logs({ filters: [filter({ metrics })], alarms: [alarm({ metric: { ...METRIC, statistic } })] });
  expect((await told(world('Average'))).answer).toBe('unknown');
  expect((await told(world('Sum'))).answer).toBe(true);
});

test('an alarm without actions of its own acts through a composite alarm', async () => {
  const composite = {
    name: 'any',
    rule: 'ALARM("root") OR ALARM(other)',
    actionsEnabled: true,
    actions: [topicArn()],
  };
  const alarms = [alarm({ actions: [] })];
  expect((await told(logs({ alarms, composite: [composite] }))).answer).toBe(true);
  expect(
    (await told(logs({ alarms, composite: [{ ...composite, rule: 'ALARM(root) AND ALARM(other)' }] })))
      .answer,
  ).toBe(false);
  expect(
    (await told(logs({ alarms, composite: [{ ...composite, actionsEnabled: false }] }))).misses[0]?.kind,
  ).toBe('noAction');
});

test.each([
  ['ALARM(root)', true],
  ['(ALARM("root")) or ALARM(x)', true],
  [`ALARM(${alarm().arn})`, true],
  ['ALARM("other")', false],
  ['NOT ALARM(root)', false],
  ['OK(root) OR ALARM(root)', false],
  ['TRUE', false],
])('%s sounds with the alarm: %p', (rule, expected) => {
  expect(isInAnyOf(rule, alarm())).toBe(expected);
});

test('what suffices is not undone by what nobody could read', async () => {
  expect(
    (await told({ filters: DENIED, alarms: DENIED, trails: [trail({ logGroupArn: GROUP })] })).answer,
  ).toBe(true);
  expect((await told(logs({ rules: DENIED }))).answer).toBe(true);
  const { answer, errors } = await told(logs({ rules: DENIED, alarms: [] }));
  expect([answer, errors]).toEqual(['unknown', [DENIED]]);
});

test('sign-in and use are two questions', async () => {
  const article = rule({
    pattern:
      '{"detail-type":["AWS Console Sign In via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}',
  });
  expect((await told({ rules: [article] }, SIGN_IN_EVENT)).answer).toBe(true);
  expect(await told({ rules: [article] }, API_EVENT)).toMatchObject({
    answer: false,
    misses: [{ kind: 'notCovered', at: 'root' }, { kind: 'noLogGroup' }],
  });
});

test('accounts to trust are asked for only where another account decides', () => {
  const of = "root's use";
  const { message: elsewhere } = whyUnknown(unseen('arn:aws:sns:us-east-1:999988887777:ops', 'a:B'), of);
  expect(elsewhere).toContain('999988887777:ops, which this account does not show. Name the accounts');
  const { message: pattern } = whyUnknown(hangsOn('unknown', 'notCovered', 'root-use', 'a:B'), of);
  expect(pattern).toMatch(/hangs on what the pattern of root-use matches, which this account does not show$/);
});

test('"could not tell" names the API that leaves it open', async () => {
  const apiOf = async (world: Parameters<typeof told>[0]) => whyUnknown(await told(world), 'it').api;
  const open = '{"detail":{"userIdentity":{"type":[{"strange":"x"}]}}}';
  expect(await apiOf({ rules: [rule({ pattern: open })] })).toBe('events:ListRules');
  expect(await apiOf(logs({ filters: [filter({ pattern: 'Root' })] }))).toBe('logs:DescribeMetricFilters');
  expect(await apiOf(logs({ alarms: [alarm({ actions: [topicArn(OTHER)] })] }))).toBe(
    'cloudwatch:DescribeAlarms',
  );
});
