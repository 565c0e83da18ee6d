import { fix, TO_COME } from '../../rules/cost-anomaly-detection/fix.ts';
import { ACCOUNT, memoryAccount } from '../support/memory.ts';

const MONITORS = 'global/ce/get-anomaly-monitors.json';
const SUBSCRIPTIONS = 'global/ce/get-anomaly-subscriptions.json';
const RESOURCE = { type: 'AWS::::Account', id: ACCOUNT, name: ACCOUNT, region: 'global' };
const NOW = new Date('2026-11-22T00:00:00Z');
const SERVICES = `arn:aws:ce::${ACCOUNT}:anomalymonitor/0a`;
const EmailAddress = 'cost@moonjar.example';
const MAIL = { Type: 'EMAIL', Address: EmailAddress, Frequency: 'DAILY', Threshold: '100' };
type Json = Record<string, unknown>;

const monitor = (more: Json = {}): Json => ({
  MonitorArn: SERVICES,
  MonitorName: 'groundrules-services',
  MonitorType: 'DIMENSIONAL',
  MonitorDimension: 'SERVICE',
  ...more,
});
const amount = (value: string, more: Json = {}): Json => ({
  Dimensions: {
    Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
    MatchOptions: ['GREATER_THAN_OR_EQUAL'],
    Values: [value],
    ...more,
  },
});
const subscription = (more: Json = {}): Json => ({
  SubscriptionArn: `arn:aws:ce::${ACCOUNT}:anomalysubscription/0c`,
  SubscriptionName: 'groundrules-cost-anomalies',
  MonitorArnList: [SERVICES],
  Subscribers: [{ Type: 'EMAIL', Address: EmailAddress, Status: 'CONFIRMED' }],
  Frequency: 'DAILY',
  ThresholdExpression: amount('100'),
  ...more,
});
const has = (AnomalyMonitors: Json[], AnomalySubscriptions: Json[] = []) =>
  memoryAccount({ [MONITORS]: { AnomalyMonitors }, [SUBSCRIPTIONS]: { AnomalySubscriptions } });

const planOf = (account: ReturnType<typeof has>, options: object = {}, more: object = {}, agreed?: object) =>
  fix.plan(
    { resource: RESOURCE, compliance: 'NON_COMPLIANT', findings: [{ kind: 'noMonitor' }] },
    {
      account,
      parameters: {
        requireSubscription: true,
        acceptPartialMonitors: false,
        maxThresholdUsd: undefined,
        ...more,
      },
      options: { EmailAddress, TopicArn: undefined, ThresholdUsd: 100, ...options },
      caller: '',
      now: NOW,
      ...(agreed && { agreed: { account, isUnderWay: false, ...agreed } as never }),
    },
  );
const apisOf = async (...asked: Parameters<typeof planOf>) =>
  (await planOf(...asked)).steps.map(({ api }) => api);

test('a monitor is made first, and its ARN is still to come', async () => {
  const { steps, before, inputs } = await planOf(has([]));
  expect(steps.map(({ api }) => api)).toEqual(['ce:CreateAnomalyMonitor', 'ce:CreateAnomalySubscription']);
  expect(steps[1]?.input).toMatchObject({ AnomalySubscription: { MonitorArnList: [TO_COME] } });
  expect(inputs).toEqual({ Watches: true, ...MAIL });
  expect(before).toEqual({ monitor: true, subscription: MAIL });
});

test("one that watches the account is subscribed to as it is; the run's own before others", async () => {
  const other = monitor({ MonitorArn: 'arn:other', MonitorDimension: 'LINKED_ACCOUNT' });
  expect((await planOf(has([other]))).inputs).toMatchObject({ Watches: false, MonitorArn: 'arn:other' });
  expect((await planOf(has([other, monitor()]))).inputs).toMatchObject({ MonitorArn: SERVICES });
  const byTag = monitor({ MonitorDimension: 'TAG', MonitorSpecification: { Tags: { Key: 'team' } } });
  expect((await planOf(has([byTag]))).inputs).toMatchObject({ Watches: true });
  expect((await planOf(has([byTag]), {}, { acceptPartialMonitors: true })).inputs).toMatchObject({
    Watches: false,
  });
});

test.each([
  [{ ThresholdUsd: 100 }, {}, '100'],
  [{ ThresholdUsd: 100 }, { maxThresholdUsd: 50 }, '50'],
  [{ ThresholdUsd: 20 }, { maxThresholdUsd: 50 }, '20'],
  [{ ThresholdUsd: 100 }, { maxThresholdUsd: 0 }, '0'],
])('%j and %j: from %s US dollars on', async (options, wants, Threshold) => {
  expect((await planOf(has([]), options, wants)).inputs).toMatchObject({ Threshold });
});

test('what was not agreed on is not made', async () => {
  const before = { monitor: false, subscription: MAIL };
  // The monitor that was to be subscribed to is gone.
  expect(await planOf(has([]), {}, {}, { before })).toEqual({ steps: [] });
  // The monitor was to be made, and is not there.
  const half = { monitor: true, subscription: MAIL };
  expect(await planOf(has([]), {}, {}, { before: half, isUnderWay: true })).toEqual({ steps: [] });
});

test('the second half says what the first has made, whatever comes of it', async () => {
  const before = { monitor: true, subscription: MAIL };
  const made = ['a monitor groundrules-services of all AWS services'];
  expect(await planOf(has([monitor()]), {}, {}, { before, isUnderWay: true })).toMatchObject({
    made,
    before,
    steps: [{ api: 'ce:CreateAnomalySubscription' }],
  });
  const taken = has([monitor()], [subscription({ Frequency: 'WEEKLY' })]);
  expect(await planOf(taken, {}, {}, { before, isUnderWay: true })).toMatchObject({
    made,
    steps: [],
    refusals: [expect.stringMatching(/is left as it is/)],
  });
  // Somebody else has made a monitor of another name: it is none of the run's.
  const theirs = has([monitor({ MonitorName: 'theirs' })]);
  expect(await planOf(theirs, {}, {}, { before, isUnderWay: true })).not.toHaveProperty('made');
});

test('where nobody has to be subscribed, the monitor is all, and nobody is needed', async () => {
  const options = { EmailAddress: undefined };
  expect(await apisOf(has([]), options, { requireSubscription: false })).toEqual(['ce:CreateAnomalyMonitor']);
  expect(await planOf(has([]), options)).toMatchObject({
    steps: [],
    refusals: [expect.stringMatching(/^whom/)],
  });
});

const undo = (account: ReturnType<typeof has>, before: object = { monitor: true, subscription: MAIL }) =>
  fix.undo(before as never, { account, resource: RESOURCE, now: NOW });
const undone = async (...asked: Parameters<typeof undo>) =>
  (await undo(...asked)).steps.map(({ api, input }) => [api, ...Object.values(input)]);
const OURS = subscription().SubscriptionArn;

test('Undo deletes what the run made, twice where AWS has it twice', async () => {
  const twice = subscription({
    SubscriptionArn: 'arn:again',
    Subscribers: [{ Type: 'EMAIL', Address: EmailAddress }],
  });
  expect(await undone(has([monitor()], [subscription(), twice]))).toEqual([
    ['ce:DeleteAnomalySubscription', OURS],
    ['ce:DeleteAnomalySubscription', 'arn:again'],
    ['ce:DeleteAnomalyMonitor', SERVICES],
  ]);
  expect(await undone(has([monitor()], [subscription()]), { monitor: false, subscription: MAIL })).toEqual([
    ['ce:DeleteAnomalySubscription', OURS],
  ]);
  expect(await undone(has([monitor()], [subscription()]), { monitor: true, subscription: null })).toEqual([]);
  expect(await undone(has([]))).toEqual([]);
});

test.each<[string, Json]>([
  [
    'another subscriber',
    {
      Subscribers: [...(subscription().Subscribers as Json[]), { Type: 'EMAIL', Address: 'more@x.example' }],
    },
  ],
  ['somebody else alone', { Subscribers: [{ Type: 'EMAIL', Address: 'more@x.example' }] }],
  ['another frequency', { Frequency: 'WEEKLY' }],
  ['another amount', { ThresholdExpression: amount('99') }],
  ['a percentage', { ThresholdExpression: amount('100', { Key: 'ANOMALY_TOTAL_IMPACT_PERCENTAGE' }) }],
  ['a second condition', { ThresholdExpression: { And: [amount('100'), amount('5')] } }],
  ['no condition', { ThresholdExpression: undefined }],
  ['a second monitor', { MonitorArnList: [SERVICES, 'arn:other'] }],
  ['another name', { SubscriptionName: 'theirs' }],
])('Undo leaves a subscription with %s alone, and the monitor that it is of', async (_what, more) => {
  const { steps, warnings } = await undo(has([monitor()], [subscription(more)]));
  expect(steps).toEqual([]);
  const said = [expect.stringMatching(/stays, because somebody else has subscribed to it/)];
  const changed =
    /^The subscription groundrules-cost-anomalies \(arn:.*\) stays, because somebody else has created or changed it\.$/;
  if (!('SubscriptionName' in more)) said.push(expect.stringMatching(changed));
  expect(warnings).toEqual(said);
});

test('Undo leaves a monitor of another name or kind alone', async () => {
  for (const more of [{ MonitorName: 'theirs' }, { MonitorDimension: 'LINKED_ACCOUNT' }])
    expect(await undone(has([monitor(more)], []))).toEqual([]);
});
