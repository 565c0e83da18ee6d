import type { Account } from '../../account/account.ts';
import {
  type AnomalyMonitor,
  type AnomalySubscription,
  anomalyMonitors,
  anomalySubscriptions,
} from '../../account/services/ce/readings.ts';
import {
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { integer, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { subscriberOptions, type Told, topicWarning } from '../shared/subscribers.ts';
import { coverageOf, isEnough } from './coverage.ts';
import type { AnomalyFinding } from './findings.ts';

const options = {
  ...subscriberOptions,
  ThresholdUsd: parameter(integer(0, 10_000_000_000), '100', {
    en: 'From which amount in US dollars on AWS tells of an anomaly. `maxThresholdUsd`, where that is lower.',
    ko: 'AWS가 이상을 알리기 시작하는 금액(미국 달러). `maxThresholdUsd`가 더 낮으면 그 값.',
  }),
};
const reads = [anomalyMonitors, anomalySubscriptions] as const;
type Asks = (typeof reads)[number];
/** The rule's parameters that the fix has to fit. */
interface Wants {
  readonly requireSubscription: boolean;
  readonly acceptPartialMonitors: boolean;
  readonly maxThresholdUsd: number | undefined;
}
type Context = FixContext<Wants, typeof options, Asks>;

/** What the document makes: it knows these again by their names. */
const MONITOR = 'groundrules-services';
const SUBSCRIPTION = 'groundrules-cost-anomalies';
/** Stands in a plan for the ARN that AWS is yet to give. */
export const TO_COME = `the ARN of ${MONITOR}`;
const WATCHES = `a monitor ${MONITOR} of all AWS services`;

/** A subscription, but for its monitor. */
interface Subscription {
  readonly Type: 'EMAIL' | 'SNS';
  readonly Address: string;
  /** Cost Explorer takes IMMEDIATE of topics alone, and the others of mail alone. */
  readonly Frequency: 'DAILY' | 'IMMEDIATE';
  /** US dollars. */
  readonly Threshold: string;
}

/** What the document's selectors find. */
interface Inputs extends Subscription {
  /** Whether the run makes a monitor first. */
  readonly Watches: boolean;
  /** The monitor to subscribe to. */
  readonly MonitorArn: string;
  /** Undo: the subscriptions and the monitor to delete, and whether there are any. */
  readonly Subscriptions: readonly string[];
  readonly Unsubscribes: boolean;
  readonly Unwatches: boolean;
}

/** What the run makes. */
interface Before {
  readonly monitor: boolean;
  readonly subscription: Subscription | null;
}

/** Makes a monitor where none watches all of the account, and subscribes somebody. */
export const fix = defineFix<AnomalyFinding, Wants>()({
  needs: [['EmailAddress', 'TopicArn']],
  summary: {
    changes: {
      en: 'Creates an anomaly monitor of all AWS services where none watches all of the account, and subscribes a mailbox or a topic.',
      ko: '계정 전체를 보는 모니터가 없으면 모든 AWS 서비스의 이상 모니터를 만들고, 메일함이나 주제를 구독시킵니다.',
    },
    breaks: { en: 'Nothing.', ko: '없음.' },
    undo: {
      en: 'Deletes the subscription and the monitor that the run created.',
      ko: '실행이 만든 구독과 모니터를 삭제합니다.',
    },
    automatic: {
      sensible: true,
      why: { en: 'With a mailbox or a topic of your own.', ko: '메일함이나 주제를 지정했을 때.' },
    },
  },
  options,
  reads,
  inputs: {
    Watches: false,
    MonitorArn: '-',
    Type: 'EMAIL',
    Address: '-',
    Frequency: 'DAILY',
    Threshold: '100',
    Subscriptions: ['-'],
    Unsubscribes: false,
    Unwatches: false,
  } as Inputs,
  plan,
  // The monitor was all that was missing, or somebody else has subscribed since.
  async passed(_verdict, { account, agreed }: Context) {
    if (!agreed?.isUnderWay) return { steps: [] };
    const { monitor } = agreed.before as Before;
    return { steps: [], made: monitor && (await madeMonitor(account)) ? [WATCHES] : [] };
  },
  undo,
  verify,
});

async function plan({ resource }: Verdict<AnomalyFinding>, context: Context): Promise<Plan<Inputs>> {
  const { parameters, options: given, agreed } = context;
  const earlier = agreed?.before as Before | undefined;
  const account = agreed?.account ?? context.account;
  const monitors = await account.read(anomalyMonitors);
  const enough = monitors.filter((one) =>
    isEnough(coverageOf(one, resource.id), parameters.acceptPartialMonitors),
  );
  const watching = enough.find(isMade) ?? enough[0];
  // No more than was agreed; and once a monitor was to be made, it is there, or nothing follows.
  if (!watching && (agreed?.isUnderWay || earlier?.monitor === false)) return { steps: [] };
  const subscription = parameters.requireSubscription ? subscriptionOf(given, parameters) : null;
  const refusals = [
    ...(parameters.requireSubscription ? unclear(given) : []),
    // The last reading before the change.
    ...(parameters.requireSubscription ? await taken(account) : []),
  ];
  const made = earlier?.monitor && watching && isMade(watching) ? [WATCHES] : undefined;
  const under = agreed?.isUnderWay && made ? { made } : {};
  if (refusals.length > 0) return { steps: [], refusals, ...under };
  const before: Before = {
    monitor: agreed?.isUnderWay ? (earlier?.monitor ?? false) : !watching,
    subscription,
  };
  return {
    steps: [
      ...(watching ? [] : [watch()]),
      ...(subscription ? [subscribe(subscription, watching?.arn ?? TO_COME)] : []),
    ],
    ...under,
    inputs: { Watches: !watching, ...(watching && { MonitorArn: watching.arn }), ...subscription },
    before,
    ...(!agreed && { warnings: warningsOf(subscription) }),
  };
}

const watch = (): PlanStep => ({
  api: 'ce:CreateAnomalyMonitor',
  input: {
    AnomalyMonitor: { MonitorName: MONITOR, MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE' },
  },
  why: WATCHES,
});

const subscribe = ({ Type, Address, Frequency, Threshold }: Subscription, monitor: string): PlanStep => ({
  api: 'ce:CreateAnomalySubscription',
  input: {
    AnomalySubscription: {
      SubscriptionName: SUBSCRIPTION,
      MonitorArnList: [monitor],
      Subscribers: [{ Type, Address }],
      Frequency,
      ThresholdExpression: {
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [Threshold],
        },
      },
    },
  },
  why: `a subscription ${SUBSCRIPTION}, by which ${Address} hears ${Frequency === 'DAILY' ? 'once a day' : 'at once'} of anomalies of ${Threshold} US dollars or more`,
});

function subscriptionOf(
  { EmailAddress, TopicArn, ThresholdUsd }: Context['options'],
  { maxThresholdUsd = ThresholdUsd }: Wants,
): Subscription {
  const Threshold = String(Math.min(ThresholdUsd, maxThresholdUsd));
  return TopicArn === undefined
    ? { Type: 'EMAIL', Address: EmailAddress ?? '', Frequency: 'DAILY', Threshold }
    : { Type: 'SNS', Address: TopicArn, Frequency: 'IMMEDIATE', Threshold };
}

function unclear({ EmailAddress, TopicArn }: Told): string[] {
  if (EmailAddress === undefined && TopicArn === undefined)
    return ['whom AWS should tell cannot be made up. Set EmailAddress or TopicArn.'];
  return EmailAddress !== undefined && TopicArn !== undefined
    ? ['one subscription is for mail or for a topic. Set EmailAddress or TopicArn, not both.']
    : [];
}

async function taken(account: Account<typeof anomalySubscriptions>): Promise<string[]> {
  const all = await account.read(anomalySubscriptions);
  return all.some(({ name }) => name === SUBSCRIPTION)
    ? [
        `there is a subscription ${SUBSCRIPTION} already, which is left as it is. Change what is wrong with it, or delete it.`,
      ]
    : [];
}

const warningsOf = (subscription: Subscription | null): string[] => [
  ...(subscription?.Type === 'SNS' ? [topicWarning(subscription.Address, 'costalerts.amazonaws.com')] : []),
  'A new monitor finds nothing in its first day, and in the first ten of a service.',
];

const isMade = ({ name, type, dimension }: AnomalyMonitor): boolean =>
  name === MONITOR && type === 'DIMENSIONAL' && dimension === 'SERVICE';

const madeMonitor = async (account: Account<typeof anomalyMonitors>) =>
  (await account.read(anomalyMonitors)).find(isMade);

/** More than one where an answer was lost, because Cost Explorer may take the second attempt as another subscription. */
const ours = (all: readonly AnomalySubscription[], put: Subscription | null): AnomalySubscription[] =>
  put === null ? [] : all.filter((one) => isSame(one, put));

/** With nobody who was added since, and at the same amount. */
function isSame({ name, frequency, told, monitors, expression }: AnomalySubscription, put: Subscription) {
  const { Dimensions, ...more } = expression ?? {};
  return (
    name === SUBSCRIPTION &&
    frequency === put.Frequency &&
    monitors.length === 1 &&
    told.length === 1 &&
    told[0]?.type === put.Type &&
    told[0].address === put.Address &&
    Object.values(more).every((one) => one == null) &&
    Dimensions?.Key === 'ANOMALY_TOTAL_IMPACT_ABSOLUTE' &&
    Dimensions.Values.length === 1 &&
    Number(Dimensions.Values[0]) === Number(put.Threshold)
  );
}

/** What there is of what the run made, and nobody else has taken over. */
async function left({ monitor, subscription }: Before, account: Account<Asks>) {
  const made = monitor ? await madeMonitor(account) : undefined;
  const all = subscription || made ? await account.read(anomalySubscriptions) : [];
  const own = ours(all, subscription);
  const isUsed = all.some((one) => !own.includes(one) && made && one.monitors.includes(made.arn));
  return { made, own, isUsed, all };
}

async function undo(before: Before, { account }: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const { made, own, isUsed, all } = await left(before, account);
  const others = before.subscription
    ? all.filter((one) => one.name === SUBSCRIPTION && !own.includes(one))
    : [];
  const monitor = isUsed ? undefined : made;
  return {
    steps: [
      ...own.map(({ arn }) => ({
        api: 'ce:DeleteAnomalySubscription',
        input: { SubscriptionArn: arn },
        why: `The subscription ${SUBSCRIPTION} (${arn}) is deleted`,
      })),
      ...(monitor
        ? [
            {
              api: 'ce:DeleteAnomalyMonitor',
              input: { MonitorArn: monitor.arn },
              why: `The monitor ${MONITOR} is deleted, with what it has learnt`,
            },
          ]
        : []),
    ],
    inputs: {
      ...(own.length > 0 && { Subscriptions: own.map(({ arn }) => arn) }),
      Unsubscribes: own.length > 0,
      ...(monitor && { MonitorArn: monitor.arn }),
      Unwatches: monitor !== undefined,
    },
    warnings: [
      ...(made && isUsed
        ? [`The monitor ${MONITOR} stays, because somebody else has subscribed to it.`]
        : []),
      ...others.map(
        ({ arn }) =>
          `The subscription ${SUBSCRIPTION} (${arn}) stays, because somebody else has created or changed it.`,
      ),
    ],
  };
}

async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const { made, own, all } = await left(before, account);
  const subscription = own.length > 0 ? before.subscription : null;
  const isTheirs =
    before.subscription !== null && all.some((one) => one.name === SUBSCRIPTION && !own.includes(one));
  return {
    before: made || subscription ? ({ monitor: made !== undefined, subscription } satisfies Before) : null,
    made: changes.filter((change) => (change === WATCHES ? made : subscription)),
    others: isTheirs
      ? [`There is a subscription ${SUBSCRIPTION} that somebody else has created, or changed, meanwhile.`]
      : [],
  };
}
