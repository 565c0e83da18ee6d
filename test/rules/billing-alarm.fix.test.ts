import type { AlarmFinding } from '../../rules/billing-alarm/findings.ts';
import { fix } from '../../rules/billing-alarm/fix.ts';
import { ACCOUNT, memoryAccount } from '../support/memory.ts';

const NAME = 'groundrules-estimated-charges';
const RESOURCE = { type: 'AWS::::Account', id: ACCOUNT, name: ACCOUNT, region: 'global' };
const NOW = new Date('2026-11-22T00:00:00Z');
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:cost`;
const PUT = { threshold: 500, currency: 'USD', topic: TOPIC };
type Json = Record<string, unknown>;

const alarm = (more: Json = {}): Json => ({
  AlarmName: NAME,
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  StateValue: 'OK',
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
  Statistic: 'Maximum',
  Threshold: 500,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmDescription: 'The estimated charges of a month. Made by Groundrules.',
  Period: 21_600,
  EvaluationPeriods: 1,
  ...more,
});
const has = (MetricAlarms: Json[], CompositeAlarms: Json[] = []) =>
  memoryAccount({ 'global/cloudwatch/describe-alarms.json': { MetricAlarms, CompositeAlarms } });

/** Without data for more than two days. */
const blind = (more: Json = {}) =>
  alarm({
    AlarmName: 'blind',
    StateValue: 'INSUFFICIENT_DATA',
    StateUpdatedTimestamp: '2026-11-19T23:00:00Z',
    ...more,
  });

const planOf = (
  options: object,
  wants: object = {},
  account = has([]),
  findings: AlarmFinding[] = [{ kind: 'noAlarm' }],
) =>
  fix.plan(
    { resource: RESOURCE, compliance: 'NON_COMPLIANT', findings },
    {
      account,
      parameters: { maxThreshold: undefined, currency: 'USD', ...wants },
      options: { Threshold: undefined, TopicArn: undefined, ...options },
      caller: '',
      now: NOW,
    },
  );
const told = { Threshold: 500, TopicArn: TOPIC };

test('the alarm is put in the Region that has the metric, wherever the document runs', async () => {
  const { steps, before } = await planOf(told, { maxThreshold: 99.5, currency: 'EUR' });
  expect(steps).toMatchObject([
    {
      api: 'cloudwatch:PutMetricAlarm',
      region: 'us-east-1',
      input: {
        AlarmName: NAME,
        Dimensions: [{ Name: 'Currency', Value: 'EUR' }],
        Threshold: 99.5,
        AlarmActions: [TOPIC],
      },
    },
  ]);
  expect(before).toEqual({ put: { threshold: 99.5, currency: 'EUR', topic: TOPIC } });
});

test.each<[string, object, ReturnType<typeof has>, AlarmFinding[], RegExp]>([
  ['nobody says how much', { TopicArn: TOPIC }, has([]), [], /Set Threshold\.$/],
  ['nobody says whom', { Threshold: 500 }, has([]), [], /Set TopicArn\.$/],
  [
    'the topic is of another Region',
    { ...told, TopicArn: TOPIC.replace('us-east-1', 'us-east-2') },
    has([]),
    [],
    /none of us-east-1\.$/,
  ],
  [
    'the topic is of another partition',
    { ...told, TopicArn: `arn:aws-cn:sns:cn-northwest-1:${ACCOUNT}:cost` },
    has([]),
    [],
    /none of us-east-1\.$/,
  ],
  ['an alarm has the name', told, has([alarm({ Threshold: 9 })]), [], /^there is an alarm/],
  [
    'a composite alarm has the name',
    told,
    has([], [{ AlarmName: NAME, AlarmRule: 'FALSE' }]),
    [],
    /^there is an/,
  ],
  [
    'an alarm has no data',
    told,
    has([]),
    [{ kind: 'noData', alarm: 'blind' }],
    /^"blind" has had no data .*Only the console can/,
  ],
  [
    'an alarm that does not act has no data',
    told,
    has([blind({ ActionsEnabled: false })]),
    [{ kind: 'actionsOff', alarm: 'blind' }],
    /^"blind" has had no data .*Only the console can/,
  ],
  [
    'an alarm that goes off too high has no data',
    told,
    has([blind({ Threshold: 10_000, ActionsEnabled: false })]),
    [],
    /^"blind" has had no data/,
  ],
])('nothing is planned where %s', async (_situation, options, account, findings, why) => {
  expect(await planOf(options, {}, account, findings)).toEqual({
    steps: [],
    refusals: [expect.stringMatching(why)],
  });
});

test.each<[string, Json]>([
  ['of another currency', { Dimensions: [{ Name: 'Currency', Value: 'EUR' }] }],
  [
    'of one service',
    {
      Dimensions: [
        { Name: 'Currency', Value: 'USD' },
        { Name: 'ServiceName', Value: 'S3' },
      ],
    },
  ],
  ['for less than two days', { StateUpdatedTimestamp: '2026-11-21T00:00:00Z' }],
])('an alarm without data %s keeps none from being put', async (_what, more) => {
  const { steps, refusals } = await planOf(told, {}, has([blind({ ActionsEnabled: false, ...more })]));
  expect(refusals ?? []).toEqual([]);
  expect(steps).toHaveLength(1);
});

const undo = (...found: Parameters<typeof has>) =>
  fix.undo({ put: PUT } as never, { account: has(...found), resource: RESOURCE, now: NOW });

test('Undo deletes the alarm that the run put', async () => {
  expect(await undo([alarm()])).toMatchObject({
    steps: [{ api: 'cloudwatch:DeleteAlarms', region: 'us-east-1', input: { AlarmNames: [NAME] } }],
  });
});

test.each<[string, Json]>([
  ['another amount', { Threshold: 501 }],
  ['another topic', { AlarmActions: [`${TOPIC}s`] }],
  ['one more topic', { AlarmActions: [TOPIC, `${TOPIC}s`] }],
  ['its actions off', { ActionsEnabled: false }],
  ['another currency', { Dimensions: [{ Name: 'Currency', Value: 'EUR' }] }],
  [
    'one more dimension',
    {
      Dimensions: [
        { Name: 'Currency', Value: 'USD' },
        { Name: 'ServiceName', Value: 'S3' },
      ],
    },
  ],
  ['another metric', { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }],
  ['another comparison', { ComparisonOperator: 'LessThanThreshold' }],
  ['another statistic', { Statistic: 'Average' }],
  ['queries', { Metrics: [{ Id: 'm', Expression: 'SUM(METRICS())' }] }],
  ['another description', { AlarmDescription: 'Ask finance first.' }],
  ['another period', { Period: 86_400 }],
  ['a period that makes no sense', { Period: '21600' }],
  ['more periods', { EvaluationPeriods: 2 }],
  ['more data points', { EvaluationPeriods: 1, DatapointsToAlarm: 2 }],
  ['missing data that counts', { TreatMissingData: 'breaching' }],
  ['somebody to tell that all is well', { OKActions: [TOPIC] }],
  ['somebody to tell that data is missing', { InsufficientDataActions: [TOPIC] }],
  ['actions that make no sense', { OKActions: [5] }],
])('Undo leaves an alarm with %s alone', async (_what, more) => {
  expect(await undo([alarm(more)])).toEqual({
    steps: [],
    manual: [`The alarm ${NAME} stays, because somebody else has changed it since.`],
  });
});

test('Undo has nothing to do where the alarm is gone', async () => {
  expect(await undo([alarm({ AlarmName: 'theirs' })])).toEqual({ steps: [] });
});

test('Undo leaves an alarm alone on which a composite one rests', async () => {
  expect(await undo([alarm()], [{ AlarmName: 'any', AlarmRule: `ALARM(${NAME}) OR ALARM(other)` }])).toEqual({
    steps: [],
    warnings: [expect.stringMatching(/stays, because a composite alarm rests on it/)],
  });
});
