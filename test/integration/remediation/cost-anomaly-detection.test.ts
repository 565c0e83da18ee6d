import { TO_COME } from '../../../rules/cost-anomaly-detection/fix.ts';
import rule from '../../../rules/cost-anomaly-detection/rule.ts';
import type { Acts } from '../../support/aws/stand-in.ts';
import { fails } from '../../support/memory.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { type Rival, remediates, type Scenario } from '../support/remediation.ts';

const MONITORS = 'global/ce/get-anomaly-monitors.json';
const SUBSCRIPTIONS = 'global/ce/get-anomaly-subscriptions.json';
const OURS = 'groundrules-cost-anomalies';

type Json = Readonly<Record<string, unknown>>;
type Readings = Record<string, unknown>;
const monitorsIn = (readings: Readings) =>
  (readings[MONITORS] as { AnomalyMonitors: Json[] }).AnomalyMonitors;
const subscriptionsIn = (readings: Readings) =>
  (readings[SUBSCRIPTIONS] as { AnomalySubscriptions: Json[] }).AnomalySubscriptions;
const put = (readings: Readings, monitors: readonly Json[], subscriptions: readonly Json[]) =>
  Object.assign(readings, {
    [MONITORS]: { AnomalyMonitors: monitors },
    [SUBSCRIPTIONS]: { AnomalySubscriptions: subscriptions },
  });
const isByService = ({ MonitorDimension }: Json) => MonitorDimension === 'SERVICE';

let made = 0;
const arnOf = (kind: string) =>
  `arn:aws:ce::${MOTO_ACCOUNT}:${kind}/${(++made).toString(16).padStart(8, '0')}`;

function watch(readings: Readings, monitor: Json): string {
  const MonitorArn = arnOf('anomalymonitor');
  put(readings, [...monitorsIn(readings), { MonitorArn, ...monitor }], subscriptionsIn(readings));
  return MonitorArn;
}

function subscribe(readings: Readings, subscription: Json): string {
  const SubscriptionArn = arnOf('anomalysubscription');
  const Subscribers = (subscription.Subscribers as Json[]).map((one) => ({ Status: 'CONFIRMED', ...one }));
  const all = [...subscriptionsIn(readings), { SubscriptionArn, ...subscription, Subscribers }];
  put(readings, monitorsIn(readings), all);
  return SubscriptionArn;
}

/** As Cost Explorer does it: one monitor by service; two subscriptions may have one name; a topic is told at once, a mailbox is not. */
const acts: Acts = {
  'ce:CreateAnomalyMonitor': ({ AnomalyMonitor }, readings) => {
    const monitor = AnomalyMonitor as Json;
    return isByService(monitor) && monitorsIn(readings).some(isByService)
      ? fails('LimitExceededException')
      : { MonitorArn: watch(readings, monitor) };
  },
  'ce:CreateAnomalySubscription': ({ AnomalySubscription }, readings) => {
    const subscription = AnomalySubscription as Json;
    const arns = subscription.MonitorArnList as string[];
    const types = (subscription.Subscribers as Json[]).map(({ Type }) => Type);
    if (!arns.every((arn) => monitorsIn(readings).some(({ MonitorArn }) => MonitorArn === arn)))
      return fails('UnknownMonitorException');
    return types.every((type) => (type === 'SNS') === (subscription.Frequency === 'IMMEDIATE'))
      ? { SubscriptionArn: subscribe(readings, subscription) }
      : fails('ValidationException');
  },
  'ce:DeleteAnomalySubscription': ({ SubscriptionArn }, readings) => {
    const rest = subscriptionsIn(readings).filter((one) => one.SubscriptionArn !== SubscriptionArn);
    if (rest.length === subscriptionsIn(readings).length) return fails('UnknownSubscriptionException');
    put(readings, monitorsIn(readings), rest);
    return {};
  },
  'ce:DeleteAnomalyMonitor': ({ MonitorArn }, readings) => {
    const rest = monitorsIn(readings).filter((one) => one.MonitorArn !== MonitorArn);
    if (rest.length === monitorsIn(readings).length) return fails('UnknownMonitorException');
    put(readings, rest, subscriptionsIn(readings));
    return {};
  },
};

const byService = (MonitorName: string): Json => ({
  MonitorName,
  MonitorType: 'DIMENSIONAL',
  MonitorDimension: 'SERVICE',
});
const amount = (value: string) => ({
  Dimensions: {
    Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
    MatchOptions: ['GREATER_THAN_OR_EQUAL'],
    Values: [value],
  },
});
const theirs = (MonitorArn: unknown, more: Json = {}): Json => ({
  SubscriptionName: 'moonjar-theirs',
  MonitorArnList: [MonitorArn],
  Subscribers: [{ Type: 'EMAIL', Address: 'theirs@moonjar.example' }],
  Frequency: 'WEEKLY',
  ThresholdExpression: amount('7'),
  ...more,
});

/** An account with these monitors, and subscriptions to the first of them. */
const account =
  (monitors: readonly Json[] = [], ...subscriptions: readonly Json[]): Scenario['found'] =>
  async (_, readings) => {
    put(readings, [], []);
    const [first] = monitors.map((one) => watch(readings, one));
    for (const more of subscriptions) subscribe(readings, theirs(first, more));
    return MOTO_ACCOUNT;
  };

const makesTheirs: Rival = {
  does: 'creates the monitor by service',
  async strike(_client, _id, readings) {
    if (monitorsIn(readings).some(isByService)) return false;
    watch(readings, byService('moonjar-theirs'));
    return true;
  },
  holds: (now) => expect(now[MONITORS]).toMatch(/"MonitorName":"moonjar-theirs"/),
  duringUndo: true,
};
const subscribes: Rival = {
  does: 'subscribes to whatever watches the services',
  async strike(_client, _id, readings) {
    const monitor = monitorsIn(readings).find(isByService);
    const isThere = subscriptionsIn(readings).some(({ SubscriptionName }) => SubscriptionName !== OURS);
    if (!monitor || isThere) return false;
    subscribe(readings, theirs(monitor.MonitorArn));
    return true;
  },
  holds(now) {
    const [theirs] = (JSON.parse(now[SUBSCRIPTIONS] ?? '') as { AnomalySubscriptions: Json[] })
      .AnomalySubscriptions;
    expect(theirs).toMatchObject({ SubscriptionName: 'moonjar-theirs' });
    expect(now[MONITORS]).toContain((theirs as { MonitorArnList: string[] }).MonitorArnList[0]);
  },
  duringUndo: true,
};
const joins: Rival = {
  does: 'adds a subscriber to the subscription',
  async strike(_client, _id, readings) {
    const ours = subscriptionsIn(readings).find(({ SubscriptionName }) => SubscriptionName === OURS);
    if (!ours) return false;
    const Subscribers = [
      ...(ours.Subscribers as Json[]),
      { Type: 'EMAIL', Address: 'theirs@moonjar.example' },
    ];
    const all = subscriptionsIn(readings).map((one) => (one === ours ? { ...ours, Subscribers } : one));
    put(readings, monitorsIn(readings), all);
    return true;
  },
  holds: (now) => expect(now[SUBSCRIPTIONS]).toMatch(/theirs@moonjar\.example/),
  duringUndo: true,
};

const EmailAddress = 'cost@moonjar.example';
const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;
const changes = /^global\/ce\//;
const toCome = { is: /:anomalymonitor\//, said: TO_COME };
const byTag: Json = {
  MonitorName: 'moonjar-team',
  MonitorType: 'CUSTOM',
  MonitorSpecification: { Tags: { Key: 'team', Values: ['web'] } },
};

remediates({
  rule,
  lacking: { services: ['ce'], acts },
  scenarios: [
    {
      situation: 'no monitor, in no organization',
      found: account(),
      parameters: { EmailAddress, payerCovers: 'true' },
      changes,
      toCome,
      message:
        /^Changed: a monitor groundrules-services of all AWS services; a subscription groundrules-cost-anomalies, by which cost@moonjar\.example hears once a day of anomalies of 100 US dollars or more/,
      rivals: [makesTheirs, subscribes, joins],
    },
    {
      situation: 'a monitor of everything to which nobody is subscribed',
      found: account([byService('Default-Services-Monitor')]),
      parameters: { TopicArn, ThresholdUsd: '40' },
      changes: /^global\/ce\/get-anomaly-subscriptions/,
      message: /hears at once of anomalies of 40 US dollars .* has to let costalerts\.amazonaws\.com publish/,
      faults: true,
      rivals: [subscribes, joins],
    },
    {
      situation: 'a monitor of one tag, and a subscription to that',
      found: account([byTag], {}),
      parameters: { EmailAddress },
      changes,
      toCome,
    },
    {
      situation: 'a subscription whose subscriber has declined',
      found: account([byService('services')], {
        Subscribers: [{ Type: 'EMAIL', Address: 'gone@moonjar.example', Status: 'DECLINED' }],
      }),
      parameters: { EmailAddress },
      changes: /^global\/ce\/get-anomaly-subscriptions/,
    },
    {
      situation: 'a subscription from a higher amount on than the rule takes',
      found: account([byService('services')], { ThresholdExpression: amount('5000') }),
      parameters: { EmailAddress, maxThresholdUsd: '50' },
      changes: /^global\/ce\/get-anomaly-subscriptions/,
      message: /of anomalies of 50 US dollars or more/,
    },
    {
      situation: 'no monitor, where nobody has to be subscribed',
      found: account(),
      parameters: { requireSubscription: 'false' },
      changes: /^global\/ce\/get-anomaly-monitors/,
      message: /^Changed: a monitor groundrules-services of all AWS services\./,
    },
  ],
  refusals: [
    {
      situation: 'nobody says whom AWS should tell',
      found: account(),
      message: /Set EmailAddress or TopicArn\./,
    },
    {
      situation: 'a mailbox and a topic',
      found: account(),
      parameters: { EmailAddress, TopicArn },
      message: /one subscription is for mail or for a topic\. Set EmailAddress or TopicArn, not both\./,
    },
    {
      situation: 'a subscription of the same name, to another monitor',
      found: account([byTag], { SubscriptionName: OURS }),
      parameters: { EmailAddress },
      message: /there is a subscription groundrules-cost-anomalies already, which is left as it is/,
    },
  ],
});
