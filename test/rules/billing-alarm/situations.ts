import rule from '../../../rules/billing-alarm/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const ALARMS = 'global/cloudwatch/describe-alarms.json';
const BUDGETS = 'global/budgets/describe-budgets.json';
const ALERTS = 'global/budgets/describe-budget-notifications-for-account.json';
const ORGANIZATION = 'global/organizations/describe-organization.json';

const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${name}`;
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:ops`;
const by = (currency = 'USD', ...more: Json[]) => [{ Name: 'Currency', Value: currency }, ...more];
const base = (more: Json = {}): Json => ({
  AlarmName: 'bill',
  AlarmArn: arn('bill'),
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  StateValue: 'OK',
  StateUpdatedTimestamp: '2026-06-29T10:11:12+00:00',
  EvaluationPeriods: 1,
  Threshold: 100,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  ...more,
});
const alarm = (more: Json = {}): Json =>
  base({
    MetricName: 'EstimatedCharges',
    Namespace: 'AWS/Billing',
    Statistic: 'Maximum',
    Dimensions: by(),
    Period: 21600,
    ...more,
  });
const charges = (Id: string, more: Json = {}, Dimensions: Json[] = by()): Json => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges', Dimensions },
    Period: 21600,
    Stat: 'Maximum',
  },
  ReturnData: true,
  ...more,
});
const cpu = (Id: string, more: Json = {}): Json => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions: [] },
    Period: 300,
    Stat: 'Average',
  },
  ReturnData: true,
  ...more,
});
const queries = (Metrics: Json[], more: Json = {}) => base({ Metrics, ...more });
const composite = (AlarmRule: string, more: Json = {}): Json => ({
  AlarmName: 'money',
  AlarmArn: arn('money'),
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  AlarmRule,
  StateValue: 'OK',
  ...more,
});
const says = (MetricAlarms: Json[], CompositeAlarms: Json[] = []): Json => ({
  [ALARMS]: { MetricAlarms, CompositeAlarms },
  ...withoutBudget,
});
const withoutBudget = { [BUDGETS]: { Budgets: [] }, [ALERTS]: { BudgetNotificationsForAccount: [] } };
const budget = (more: Json = {}) => ({
  [BUDGETS]: {
    Budgets: [
      {
        BudgetName: 'monthly',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '500.0', Unit: 'USD' },
        ...more,
      },
    ],
  },
  [ALERTS]: {
    BudgetNotificationsForAccount: [
      {
        BudgetName: 'monthly',
        Notifications: [
          {
            NotificationType: 'ACTUAL',
            ComparisonOperator: 'GREATER_THAN',
            Threshold: 80,
            ThresholdType: 'PERCENTAGE',
          },
        ],
      },
    ],
  },
});
const one = (more: Json = {}) => says([alarm(more)]);
const organization = (MasterAccountId: string) => ({
  [ORGANIZATION]: { Organization: { Id: 'o-a1b2c3d4e5', MasterAccountId } },
});

const OK: Says = ['COMPLIANT', ''];
const BUDGET: Says = ['COMPLIANT', 'a cost budget with an alert takes the place of the alarm'];
const nc = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const NONE = nc('no CloudWatch alarm on the estimated charges (AWS/Billing EstimatedCharges in us-east-1)');
const PART = nc('"bill" is of a part of the charges only');
const OFF = nc('"bill" has its actions turned off');
const NO_ACTION = nc('"bill" has no alarm action');
const unknown = (code: string): Says => ['UNKNOWN', code];
const max = { maxThreshold: '100' };
const noBudgets = { acceptBudgetInstead: 'false' };
const covered = { payerCovers: 'true' };
const COVERED: Says = ['NOT_APPLICABLE', /management account 999988887777/];

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const metrics: Row[] = [
  ['an alarm on the charges', one(), OK],
  ['an alarm that has gone off', one({ StateValue: 'ALARM' }), OK],
  ['no alarm', says([]), NONE],
  ['an alarm on something else', one({ Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }), NONE],
  ['a metric of the same name elsewhere', one({ Namespace: 'Custom' }), NONE],
  ['another metric of billing', one({ MetricName: 'Other' }), NONE],
  ['charges in euros', one({ Dimensions: by('EUR') }), nc('"bill" is not of charges in USD')],
  ['charges in euros, which are asked for', one({ Dimensions: by('EUR') }), OK, { currency: 'eur' }],
  ['no currency', one({ Dimensions: [] }), nc('"bill" is not of charges in USD')],
  ['one service', one({ Dimensions: by('USD', { Name: 'ServiceName', Value: 'AmazonEC2' }) }), PART],
  ['this account by its id', one({ Dimensions: by('USD', { Name: 'LinkedAccount', Value: ACCOUNT }) }), OK],
  [
    'another account by its id',
    one({ Dimensions: by('USD', { Name: 'LinkedAccount', Value: '999988887777' }) }),
    nc('"bill" is of another account\'s charges'),
  ],
  ['a query of the charges', says([queries([charges('m1')])]), OK],
  ['a query of the charges of this account', says([queries([charges('m1', { AccountId: ACCOUNT })])]), OK],
  ['a query of another account', says([queries([charges('m1', { AccountId: '999988887777' })])]), NONE],
  [
    'a query of one service',
    says([queries([charges('m1', {}, by('USD', { Name: 'ServiceName', Value: 'AmazonEC2' }))])]),
    PART,
  ],
  ['a query of something else', says([queries([cpu('m1')])]), NONE],
  [
    'an expression of the charges',
    says([
      queries([charges('m1', { ReturnData: false }), { Id: 'e1', Expression: 'RATE(m1)', ReturnData: true }]),
    ]),
    OK,
  ],
  [
    'an expression of another that is of the charges',
    says([
      queries([
        charges('m1', { ReturnData: false }),
        { Id: 'e1', Expression: 'm1 * 2', ReturnData: false },
        { Id: 'e2', Expression: 'e1 + 1', ReturnData: true },
      ]),
    ]),
    OK,
  ],
  [
    'an expression of all metrics',
    says([
      queries([
        charges('m1', { ReturnData: false }),
        { Id: 'e1', Expression: 'SUM(METRICS())', ReturnData: true },
      ]),
    ]),
    OK,
  ],
  [
    'an expression of something else, beside the charges',
    says([
      queries([
        charges('m1', { ReturnData: false }),
        cpu('m10', { ReturnData: false }),
        { Id: 'e1', Expression: 'm10 * 2', ReturnData: true },
      ]),
    ]),
    PART,
  ],
  [
    'an expression of the charges, and a limit',
    says([
      queries([charges('m1', { ReturnData: false }), { Id: 'e1', Expression: 'RATE(m1)', ReturnData: true }]),
    ]),
    nc('"bill" does not compare the charges themselves with at most 100'),
    max,
  ],
  ['a query of the charges, and a limit', says([queries([charges('m1')])]), OK, max],
  [
    'a band around the charges',
    says([
      queries([charges('m1'), { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)', ReturnData: true }], {
        Threshold: undefined,
        ThresholdMetricId: 'ad1',
        ComparisonOperator: 'GreaterThanUpperThreshold',
      }),
    ]),
    OK,
  ],
  [
    'a band around the charges, and a limit',
    says([
      queries([charges('m1'), { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)', ReturnData: true }], {
        Threshold: undefined,
        ThresholdMetricId: 'ad1',
        ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      }),
    ]),
    nc(/does not compare/),
    max,
  ],
];

const limits: Row[] = [
  ['at least, too', one({ ComparisonOperator: 'GreaterThanOrEqualToThreshold' }), OK],
  ...['LessThanThreshold', 'LessThanOrEqualToThreshold', 'LessThanLowerThreshold'].map(
    (ComparisonOperator): Row => [
      `the comparison ${ComparisonOperator}`,
      one({ ComparisonOperator }),
      nc('"bill" does not go off above its threshold'),
    ],
  ),
  ['a threshold at the limit', one(), OK, max],
  ['a threshold above the limit', one({ Threshold: 100.5 }), nc('"bill" goes off above 100 only'), max],
  ['a threshold at a limit with cents', one({ Threshold: 99.5 }), OK, { maxThreshold: '99.5' }],
  ['a high threshold, and no limit', one({ Threshold: 1e6 }), OK],
  ...['Average', 'Sum', 'Minimum'].map(
    (Statistic): Row => [`the statistic ${Statistic}`, one({ Statistic }), OK],
  ),
  ['a percentile', one({ Statistic: undefined, ExtendedStatistic: 'p90' }), OK],
  ['how many samples there are', one({ Statistic: 'SampleCount' }), nc('"bill" counts samples, not charges')],
  ['missing data that is no breach', one({ TreatMissingData: 'notBreaching' }), OK],
];

const quiet = (more: Json = {}) => alarm({ AlarmActions: [], ...more });
const told = (rule: string, more: Json = {}) => says([quiet()], [composite(rule, more)]);
const actions: Row[] = [
  ['actions that are turned off', one({ ActionsEnabled: false }), OFF],
  ['no action', one({ AlarmActions: [] }), NO_ACTION],
  ['actions on being well only', one({ AlarmActions: [], OKActions: [TOPIC] }), NO_ACTION],
  ['actions on no data only', one({ AlarmActions: [], InsufficientDataActions: [TOPIC] }), NO_ACTION],
  ['a composite alarm that has it by name', told('ALARM(bill)'), OK],
  ['a composite alarm that has it by a name in quotes', told('ALARM("bill")'), OK],
  ['a composite alarm that has it by its ARN', told(`ALARM("${arn('bill')}")`), OK],
  ['a composite alarm that has it by its ARN without quotes', told(`ALARM(${arn('bill')})`), OK],
  ['a composite alarm that has it or another', told('ALARM(cpu) OR ALARM(bill)'), OK],
  ['a composite alarm in parentheses', told('(ALARM("cpu") OR (ALARM("bill")))'), OK],
  ['a composite alarm that has it and another', told('ALARM(cpu) AND ALARM(bill)'), NO_ACTION],
  ['a composite alarm that has it, but not another', told('ALARM(bill) AND NOT ALARM(cpu)'), NO_ACTION],
  ['a composite alarm of its being well', told('OK(bill)'), NO_ACTION],
  ['a composite alarm of another', told('ALARM(bill2)'), NO_ACTION],
  [
    'a composite alarm whose actions are turned off',
    told('ALARM(bill)', { ActionsEnabled: false }),
    NO_ACTION,
  ],
  ['a composite alarm without an action', told('ALARM(bill)', { AlarmActions: [] }), NO_ACTION],
  [
    'a composite alarm of a composite alarm',
    says(
      [quiet()],
      [
        composite('ALARM(money)', { AlarmName: 'all', AlarmArn: arn('all') }),
        composite('ALARM(bill)', { AlarmActions: [] }),
      ],
    ),
    OK,
  ],
  [
    'actions turned off, and a composite alarm',
    says([alarm({ ActionsEnabled: false })], [composite('ALARM(bill)')]),
    OK,
  ],
];

const since = (StateUpdatedTimestamp: unknown) =>
  one({ StateValue: 'INSUFFICIENT_DATA', StateUpdatedTimestamp });
const NO_DATA = nc('"bill" has had no data for more than 2 days: billing alerts are not turned on');
const data: Row[] = [
  ['no data for months', since('2026-06-29T10:11:12+00:00'), NO_DATA],
  ['no data for a day', since('2026-11-21T00:00:00+00:00'), OK],
  ['no data for exactly two days', since('2026-11-20T00:00:00+00:00'), OK],
  ['no data for a second more', since('2026-11-19T23:59:59+00:00'), NO_DATA],
  ['no data, and nobody says since when', since(undefined), unknown('Malformed')],
  ...['EVALUATION_FAILURE', 'EVALUATION_ERROR'].map(
    (EvaluationState): Row => [
      `the evaluation ${EvaluationState}`,
      one({ EvaluationState }),
      nc('"bill" cannot be evaluated'),
    ],
  ),
  ['an evaluation of a part of the data', one({ EvaluationState: 'PARTIAL_DATA' }), OK],
  [
    'one that counts among others',
    says([quiet({ AlarmName: 'a' }), alarm({ AlarmName: 'b' }), alarm({ MetricName: 'x' })]),
    OK,
  ],
  [
    'the nearest miss first',
    says([quiet({ AlarmName: 'a', Statistic: 'SampleCount' }), quiet({ AlarmName: 'b' })]),
    nc('"b" has no alarm action; "a" counts samples, not charges'),
  ],
];

const budgets: Row[] = [
  ['no alarm, and a budget', { ...says([]), ...budget() }, BUDGET],
  ['an alarm without an action, and a budget', { ...says([quiet()]), ...budget() }, BUDGET],
  ['no alarm, and a budget that is not accepted', { ...says([]), ...budget() }, NONE, noBudgets],
  [
    'no alarm, and a budget of one service',
    { ...says([]), ...budget({ CostFilters: { Service: ['x'] } }) },
    NONE,
  ],
  [
    'no alarm, and a budget that ended',
    { ...says([]), ...budget({ TimePeriod: { End: '2020-01-01T00:00:00+00:00' } }) },
    NONE,
  ],
  ['no alarm, and budgets that may not be read', { ...says([]), [BUDGETS]: denied }, unknown('AccessDenied')],
  [
    'no alarm, and budgets that may not be read and do not matter',
    { ...says([]), [BUDGETS]: denied },
    NONE,
    noBudgets,
  ],
  [
    'no alarm, and alerts that may not be read',
    { ...says([]), ...budget(), [ALERTS]: denied },
    unknown('AccessDenied'),
  ],
  ['an alarm, and budgets that may not be read', { ...one(), [BUDGETS]: denied }, OK],
  ['alarms that may not be read, and a budget', { ...budget(), [ALARMS]: denied }, BUDGET],
  [
    'alarms that may not be read, and no budget',
    { ...withoutBudget, [ALARMS]: denied },
    unknown('AccessDenied'),
  ],
  [
    'alarms that may not be read, and a budget that is not accepted',
    { ...budget(), [ALARMS]: denied },
    unknown('AccessDenied'),
    noBudgets,
  ],
  ['nothing collected', {}, unknown('NotCollected')],
];

const odd: Row[] = [
  [
    'alarms that go on, and one that counts',
    { ...withoutBudget, [ALARMS]: { MetricAlarms: [alarm()], CompositeAlarms: [], NextToken: 'more' } },
    OK,
  ],
  [
    'alarms that go on, and none that counts',
    { ...withoutBudget, [ALARMS]: { MetricAlarms: [], CompositeAlarms: [], NextToken: 'more' } },
    unknown('CutAnswer'),
  ],
  ['an alarm that makes no sense beside one that counts', says([{ AlarmName: 'odd' }, alarm()]), OK],
  ['an alarm that makes no sense', says([{ AlarmName: 'odd' }]), unknown('Malformed')],
  [
    'metric alarms alone, as they are printed unless asked otherwise',
    { ...withoutBudget, [ALARMS]: { MetricAlarms: [alarm()] } },
    OK,
  ],
  [
    'an answer without metric alarms',
    { ...withoutBudget, [ALARMS]: { CompositeAlarms: [] } },
    unknown('Malformed'),
    {},
    { filesOnly: 'The function asks for both kinds, and AWS gives both.' },
  ],
];

const payers: Row[] = [
  ['a member with nothing', { ...says([]), ...organization('999988887777') }, NONE],
  [
    'a member with nothing, which is covered',
    { ...says([]), ...organization('999988887777') },
    COVERED,
    covered,
  ],
  ['a member with an alarm', { ...one(), ...organization('999988887777') }, OK, covered],
  ['the management account', { ...says([]), ...organization(ACCOUNT) }, NONE, covered],
  [
    'an account in no organization',
    { ...says([]), [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') },
    NONE,
    covered,
  ],
  [
    'an organization that may not be read',
    { ...says([]), [ORGANIZATION]: denied },
    unknown('AccessDenied'),
    covered,
  ],
];

const situations: Situations = {
  rule,
  situations: [...metrics, ...limits, ...actions, ...data, ...budgets, ...odd, ...payers].map(
    ([situation, readings, verdict, parameters = {}, more = {}]) => ({
      situation,
      readings,
      says: verdict,
      parameters,
      ...more,
    }),
  ),
};
export default situations;
