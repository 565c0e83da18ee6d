import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import { billingAlarms } from '../../account/services/billing/readings.ts';
import { allBudgets, budgetAlerts } from '../../account/services/budgets/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant } from '../judgement.ts';
import { boolean, currency, optionalAmount, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { countBudgets } from '../shared/budgets.ts';
import { judgeUnlessPayerCovers, payerCoversParameter } from '../shared/payer.ts';
import { isOnCharges, missesOf } from './alarms.ts';
import { type AlarmFinding, type AlarmMiss, messages } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  maxThreshold: parameter(optionalAmount(), '', {
    en: 'The highest amount above which the alarm may go off. Empty: any amount.',
    ko: '경보가 울리는 가장 높은 금액. 비워 두면 금액을 따지지 않습니다.',
  }),
  currency: parameter(currency(), 'USD', {
    en: 'The currency of the charges, as the metric names it.',
    ko: '지표에 나오는 요금의 통화.',
  }),
  acceptBudgetInstead: parameter(boolean(), 'true', {
    en: 'Whether a cost budget with an alert, as budget-alert wants it by default, does as well.',
    ko: 'budget-alert가 기본값으로 요구하는 알림 있는 비용 예산으로 대신할 수 있는지 여부.',
  }),
  payerCovers: payerCoversParameter('false'),
};
type Values = ParameterValues<typeof parameters>;

const reads = [billingAlarms, allBudgets, budgetAlerts, organization] as const;
type View = Account<(typeof reads)[number]>;

/** An alarm on the estimated charges tells somebody, or a budget does. */
export default defineRule<typeof parameters, AlarmFinding>()({
  id: 'billing-alarm',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) =>
    judgeUnlessPayerCovers(account, context, {
      payerCovers: values.payerCovers,
      judge: () => judgeCharges(account, values, context.now),
    }),

  fix,
  calls: { fixed: 2, each: 0 },
});

/** As budget-alert has them by default. */
const BUDGETS = {
  minBudgets: 1,
  requireNotification: true,
  maxThresholdPercent: 100,
  acceptFilteredBudgets: false,
};

async function judgeCharges(account: View, values: Values, now: Date): Promise<Judgement<AlarmFinding>> {
  const resource = accountResource(account);
  const { counts, misses, doubt } = await alarmsOf(account, values, now);
  if (counts) return compliant(resource);
  if (values.acceptBudgetInstead) {
    const budgets = await countBudgets(account, BUDGETS, now);
    if (budgets.count > 0) return compliant(resource, [{ kind: 'budgetInstead' }]);
    if (budgets.doubt) return couldNotTell(resource, budgets.doubt);
  }
  if (doubt) return couldNotTell(resource, doubt);
  return nonCompliant<AlarmFinding>(resource, misses.length > 0 ? misses : [{ kind: 'noAlarm' }]);
}

interface Alarms {
  readonly counts: boolean;
  /** One an alarm, the nearest miss first. */
  readonly misses: readonly AlarmMiss[];
  /** Why there may be one that counts. */
  readonly doubt: AccountError | undefined;
}

async function alarmsOf(account: View, wants: Values, now: Date): Promise<Alarms> {
  const { values, errors } = await partial(account.read(billingAlarms).then((one) => [one]));
  const [answer] = values;
  const composites = answer?.composite ?? [];
  const seen = (answer?.metric ?? [])
    .filter((one) => isOnCharges(one, account.id))
    .map((one) => missesOf(one, { account, wants, composites, now }));
  const whole = seen.filter(({ misses }) => misses.length === 0);
  const isOdd = answer?.isBroken || whole.some(({ isDoubtful }) => isDoubtful);
  return {
    counts: whole.some(({ isDoubtful }) => !isDoubtful),
    misses: seen
      .map(({ misses }) => misses)
      .sort((one, other) => one.length - other.length)
      .flatMap(([first]) => first ?? []),
    doubt: errors[0] ?? (isOdd ? odd() : undefined),
  };
}

const odd = () =>
  new AccountError(
    OWN_CODES.malformed,
    'billing:DescribeAlarms',
    'billing:DescribeAlarms: an alarm is not in the form that CloudWatch has, or does not say since when it has no data',
  );
