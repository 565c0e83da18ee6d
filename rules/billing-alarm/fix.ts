import type { Account } from '../../account/account.ts';
import { billingAlarms, type MetricAlarm } from '../../account/services/billing/readings.ts';
import { defineFix, type FixContext, type Plan, type UndoContext, type Verified } from '../fix.ts';
import { optionalAmount, optionalText, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { isOnCharges, missesOf } from './alarms.ts';
import { type AlarmFinding, messages } from './findings.ts';

const options = {
  Threshold: parameter(optionalAmount(), '', {
    en: 'Above which charges of a month the alarm goes off, in the currency of the rule. `maxThreshold`, where that is lower.',
    ko: '한 달 요금이 이 금액(규칙의 통화)을 넘으면 경보가 울립니다. `maxThreshold`가 더 낮으면 그 값.',
  }),
  TopicArn: parameter(optionalText(), '', {
    en: 'The SNS topic of us-east-1 that the alarm tells.',
    ko: '경보를 받을 us-east-1의 SNS 주제.',
  }),
};
const reads = [billingAlarms] as const;
type Asks = (typeof reads)[number];
/** The rule's parameters that the alarm has to fit. */
interface Wants {
  readonly maxThreshold: number | undefined;
  readonly currency: string;
}
type Context = FixContext<Wants, typeof options, Asks>;

/** The only Region that has the metric. */
const REGION = 'us-east-1';
/** The alarm that the fix makes: it knows this one again by its name. */
const NAME = 'groundrules-estimated-charges';

/** What the run puts. */
interface Before {
  readonly put: { readonly threshold: number; readonly currency: string; readonly topic: string };
}

/**
 * Makes an alarm on the estimated charges. Their metric is in one Region, and a step of a document calls its own alone, so that
 * the function makes it.
 */
export const fix = defineFix<AlarmFinding, Wants>()({
  needs: ['Threshold', 'TopicArn'],
  summary: {
    changes: {
      en: 'Creates an alarm on the estimated charges in us-east-1, which tells an SNS topic.',
      ko: 'us-east-1에 예상 요금 경보를 만들어 SNS 주제로 알립니다.',
    },
    breaks: {
      en: 'Nothing. $0.10 a month after the tenth alarm.',
      ko: '없음. 열 개가 넘는 경보는 월 0.10달러.',
    },
    undo: { en: 'Deletes the alarm that the run created.', ko: '실행이 만든 경보를 삭제합니다.' },
    automatic: {
      sensible: true,
      why: {
        en: 'With an amount and a topic of your own, once billing alerts are turned on.',
        ko: '금액과 주제를 지정하고 결제 알림을 켠 뒤에.',
      },
    },
  },
  options,
  reads,
  inputs: {},
  byFunction: {
    approval: false,
    regions: 'global',
    changes: {
      'cloudwatch:PutMetricAlarm': [
        'arn:{partition}:cloudwatch:{region}:{account}:alarm:groundrules-estimated-charges',
      ],
      'cloudwatch:DeleteAlarms': [
        'arn:{partition}:cloudwatch:{region}:{account}:alarm:groundrules-estimated-charges',
      ],
    },
  },
  plan,
  undo,
  carried: (before: Before, carriedOut: readonly string[]) =>
    carriedOut.some((sentence) => sentence.startsWith(`an alarm ${NAME} in `)) ? before : null,
  verify,
});

async function plan({ findings }: Verdict<AlarmFinding>, context: Context): Promise<Plan> {
  const { account, options: given, parameters, agreed } = context;
  const { Threshold, TopicArn } = given;
  const refusals = [
    ...unclear(given),
    ...(await blindOnes(findings, context)).map(withoutData),
    // The last reading before the change, which would overwrite an alarm of the name.
    ...((await isTaken(agreed?.account ?? account)) ? [taken(findings)] : []),
  ];
  if (refusals.length > 0 || Threshold === undefined || TopicArn === undefined)
    return { steps: [], refusals };
  const { currency, maxThreshold = Threshold } = parameters;
  const put = { threshold: Math.min(Threshold, maxThreshold), currency, topic: TopicArn };
  return {
    steps: [
      {
        api: 'cloudwatch:PutMetricAlarm',
        input: alarmOf(put),
        region: REGION,
        why: `an alarm ${NAME} in ${REGION}, which tells ${TopicArn} once the charges of a month are above ${put.threshold} ${currency}`,
      },
    ],
    before: { put } satisfies Before,
    warnings: [
      ALERTS,
      `Nobody looks whether ${TopicArn} lets CloudWatch publish, and has a subscription that is confirmed.`,
    ],
  };
}

const ALERTS =
  'The metric is there only once "Receive CloudWatch billing alerts" is turned on in the billing preferences (in an organization those of the management account): only the console can, and it cannot be turned off again. Without data for two days the alarm does not count.';

const DESCRIPTION = 'The estimated charges of a month. Made by Groundrules.';
/** Six hours in seconds: how often AWS computes the charges. */
const PERIOD = 21_600;

const alarmOf = ({ threshold, currency, topic }: Before['put']) => ({
  AlarmName: NAME,
  AlarmDescription: DESCRIPTION,
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: currency }],
  Statistic: 'Maximum',
  Period: PERIOD,
  EvaluationPeriods: 1,
  Threshold: threshold,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  AlarmActions: [topic],
});

function unclear({ Threshold, TopicArn }: Context['options']): string[] {
  const unsaid = [
    ...(Threshold === undefined ? ['Threshold'] : []),
    ...(TopicArn === undefined ? ['TopicArn'] : []),
  ];
  if (unsaid.length > 0)
    return [
      `how much the account may cost, and whom the alarm should tell, cannot be made up. Set ${unsaid.join(' and ')}.`,
    ];
  return TopicArn?.startsWith(`arn:aws:sns:${REGION}:`)
    ? []
    : [
        `an alarm tells topics of its own Region alone, and the metric is in ${REGION} alone: ${TopicArn} is none of ${REGION}.`,
      ];
}

/** The alarms on the whole charges that have had no data for too long, whatever else is wrong with them. */
async function blindOnes(
  findings: readonly AlarmFinding[],
  { account, parameters: wants, now }: Context,
): Promise<string[]> {
  const { metric, composite: composites } = await alarmsOf(account);
  const seen = metric
    .filter((one) => isOnCharges(one, account.id))
    .filter((one) => {
      const kinds = missesOf(one, { account, wants, composites, now }).misses.map(({ kind }) => kind);
      return kinds.includes('noData') && !kinds.some((kind) => NOT_ALL.includes(kind));
    })
    .map(({ name }) => name);
  const told = findings.flatMap((one) => (one.kind === 'noData' ? [one.alarm] : []));
  return [...new Set([...told, ...seen])];
}

/** Another metric: the charges may well have data where it has none. */
const NOT_ALL: readonly string[] = ['wrongCurrency', 'oneService', 'otherAccount'];

/** Another alarm would have no data either, and would count until that shows. */
const withoutData = (alarm: string) =>
  `${messages.noData({ kind: 'noData', alarm })}. Only the console can turn them on, in an organization that of the management account: billing preferences, "Receive CloudWatch billing alerts".`;

/** Somebody else's, or one that somebody has changed. */
function taken(findings: readonly AlarmFinding[]): string {
  const own = findings.find((one) => 'alarm' in one && one.alarm === NAME);
  const why = own ? `: ${messages[own.kind](own as never)}` : '';
  return `there is an alarm ${NAME} already, which is left as it is${why}. Change what is wrong with it, or delete it.`;
}

const alarmsOf = (account: Account<typeof billingAlarms>) => account.read(billingAlarms);

/** Alarms of either kind share their names. */
async function isTaken(account: Account<typeof billingAlarms>): Promise<boolean> {
  const { metric, composite } = await alarmsOf(account);
  return [...metric, ...composite].some(({ name }) => name === NAME);
}

/** Undo and verification: the alarm, whether it is as the run put it, and whether another one rests on it. */
async function found(account: Account<typeof billingAlarms>, { put }: Before) {
  const { metric, composite } = await alarmsOf(account);
  const alarm = metric.find(({ name }) => name === NAME);
  return {
    alarm,
    isOurs: alarm !== undefined && isSame(alarm, put),
    isUsed: composite.some(({ rule }) => rule.includes(NAME)),
  };
}

function isSame(alarm: MetricAlarm, { threshold, currency, topic }: Before['put']): boolean {
  const { namespace, name, dimensions } = alarm.metric;
  const [dimension] = dimensions;
  return (
    namespace === 'AWS/Billing' &&
    name === 'EstimatedCharges' &&
    dimensions.length === 1 &&
    dimension?.Name === 'Currency' &&
    dimension.Value === currency &&
    alarm.queries.length === 0 &&
    alarm.statistic === 'Maximum' &&
    alarm.comparison === 'GreaterThanThreshold' &&
    alarm.threshold === threshold &&
    alarm.acts === 'yes' &&
    alarm.actions.length === 1 &&
    alarm.actions[0] === topic &&
    alarm.otherActions.length === 0 &&
    alarm.description === DESCRIPTION &&
    alarm.period === PERIOD &&
    alarm.evaluationPeriods === 1 &&
    (alarm.datapointsToAlarm ?? 1) === 1 &&
    alarm.missingData === 'missing'
  );
}

/** Deletes the alarm that the run made, unless somebody has changed it since, or lets another one rest on it. */
async function undo(before: Before, { account }: UndoContext<Asks>): Promise<Plan> {
  const { alarm, isOurs, isUsed } = await found(account, before);
  if (!alarm) return { steps: [] };
  if (!isOurs)
    return { steps: [], manual: [`The alarm ${NAME} stays, because somebody else has changed it since.`] };
  if (isUsed)
    return { steps: [], warnings: [`The alarm ${NAME} stays, because a composite alarm rests on it.`] };
  return {
    steps: [
      {
        api: 'cloudwatch:DeleteAlarms',
        input: { AlarmNames: [NAME] },
        region: REGION,
        why: `The alarm ${NAME} is deleted`,
      },
    ],
  };
}

async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const { alarm, isOurs } = await found(account, before);
  return {
    before: isOurs ? before : null,
    made: isOurs ? changes : [],
    others:
      alarm && !isOurs
        ? [`There is an alarm ${NAME} that somebody else has created, or changed, meanwhile.`]
        : [],
  };
}
