import rule from '../../../rules/budget-alert/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const BUDGETS = 'global/budgets/describe-budgets.json';
const ALERTS = 'global/budgets/describe-budget-notifications-for-account.json';
const ORGANIZATION = 'global/organizations/describe-organization.json';

const budget = (more: Json = {}): Json => ({
  BudgetName: 'monthly',
  BudgetLimit: { Amount: '500.0', Unit: 'USD' },
  TimeUnit: 'MONTHLY',
  BudgetType: 'COST',
  CostFilters: {},
  TimePeriod: { Start: '2026-01-01T00:00:00+00:00', End: '2087-06-15T00:00:00+00:00' },
  HealthStatus: { Status: 'HEALTHY' },
  ...more,
});
const named = (BudgetName: string, more: Json = {}) => budget({ BudgetName, ...more });
const alert = (more: Json = {}): Json => ({
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold: 80,
  ThresholdType: 'PERCENTAGE',
  NotificationState: 'OK',
  ...more,
});
const alerts = (BudgetName = 'monthly', ...some: Json[]): Json => ({ BudgetName, Notifications: some });
const says = (budgets: Json[], notifications: Json[]): Json => ({
  [BUDGETS]: { Budgets: budgets },
  [ALERTS]: { BudgetNotificationsForAccount: notifications },
});
/** One budget with one good alert. */
const one = (more: Json = {}) => says([budget(more)], [alerts('monthly', alert())]);
/** A good budget with this alert. */
const alerting = (...some: Json[]) => says([budget()], [alerts('monthly', ...some)]);
const dimension = (Key: string, Values: string[], more: Json = {}) => ({
  Dimensions: { Key, Values, ...more },
});
/** As `--show-filter-expression` prints it. */
const expressed = (FilterExpression: Json) => one({ CostFilters: undefined, FilterExpression });
const organization = (MasterAccountId: string) => ({
  [ORGANIZATION]: { Organization: { Id: 'o-a1b2c3d4e5', MasterAccountId } },
});

const OK: Says = ['COMPLIANT', ''];
const nc = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const none = (rest: string) => nc(`no cost budget with an alert at or below 100 %: ${rest}`);
const filtered = (by: string) => none(`"monthly" watches only ${by}`);
const LATE = none('"monthly" has no alert that comes in time');
const unknown = (code: string): Says => ['UNKNOWN', code];
const covered = { payerCovers: 'true' };
const NOT_REQUIRED = { requireNotification: 'false' };
const COVERED: Says = [
  'NOT_APPLICABLE',
  'a member of an organization whose management account 999988887777 is taken to do this for all (payerCovers)',
];
const FILES_ONLY = 'AWS gives it as its model has it: only a person writes it so';

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const counting: Row[] = [
  ['a monthly budget with an alert at 80 %', one(), OK],
  ['a threshold exactly at the limit', alerting(alert({ Threshold: 100 })), OK],
  ['a threshold above the limit', alerting(alert({ Threshold: 100.1 })), LATE],
  ['a threshold above a lower limit', one(), nc(/at or below 50 %/), { maxThresholdPercent: '50' }],
  [
    'a threshold of 120 %, where that is in time',
    alerting(alert({ Threshold: 120 })),
    OK,
    { maxThresholdPercent: '120' },
  ],
  ['an alert without a type of threshold', alerting(alert({ ThresholdType: undefined })), OK],
  ['a forecast alone', alerting(alert({ NotificationType: 'FORECASTED', Threshold: 100 })), OK],
  ['an alert that has gone off', alerting(alert({ NotificationState: 'ALARM' })), OK],
  ['an alert on less than', alerting(alert({ ComparisonOperator: 'LESS_THAN' })), LATE],
  ['an alert on equal to', alerting(alert({ ComparisonOperator: 'EQUAL_TO' })), LATE],
  ['a late alert beside one in time', alerting(alert({ Threshold: 500 }), alert()), OK],
  ['an amount at the limit', alerting(alert({ ThresholdType: 'ABSOLUTE_VALUE', Threshold: 500 })), OK],
  ['an amount above the limit', alerting(alert({ ThresholdType: 'ABSOLUTE_VALUE', Threshold: 501 })), LATE],
  [
    'an amount at a share of the limit that binary has no number for',
    says(
      [budget({ BudgetLimit: { Amount: '0.7', Unit: 'USD' } })],
      [alerts('monthly', alert({ ThresholdType: 'ABSOLUTE_VALUE', Threshold: 0.49 }))],
    ),
    OK,
    { maxThresholdPercent: '70' },
  ],
  [
    'an amount, and no limit to compare it with',
    says(
      [budget({ BudgetLimit: undefined })],
      [alerts('monthly', alert({ ThresholdType: 'ABSOLUTE_VALUE', Threshold: 1 }))],
    ),
    LATE,
  ],
  ['a percentage, and no limit that is printed', one({ BudgetLimit: undefined }), OK],
  [
    'the template of zero spend',
    says(
      [named('My Zero-Spend Budget', { BudgetLimit: { Amount: '1.0', Unit: 'USD' } })],
      [alerts('My Zero-Spend Budget', alert({ ThresholdType: 'ABSOLUTE_VALUE', Threshold: 0.01 }))],
    ),
    OK,
  ],
  ['a budget without an alert', says([budget()], []), none('"monthly" has no alert')],
  ['a budget whose alerts are an empty list', says([budget()], [alerts()]), none('"monthly" has no alert')],
  [
    'the alert of another budget',
    says([budget()], [alerts('monthly-2', alert())]),
    none('"monthly" has no alert'),
  ],
  ['no list of alerts in the answer', { ...one(), [ALERTS]: {} }, none('"monthly" has no alert')],
  ['a budget without an alert, which needs none', says([budget()], []), OK, NOT_REQUIRED],
  ['the alerts of a budget in two parts', says([budget()], [alerts(), alerts('monthly', alert())]), OK],
];

const PART = ['Service', 'Region', 'TagKeyValue', 'AZ', 'CostCategory', 'PurchaseType'];
const watching: Row[] = [
  ...PART.map((key): Row => [`a filter on ${key}`, one({ CostFilters: { [key]: ['x'] } }), filtered(key)]),
  [
    'a filter, which is accepted',
    one({ CostFilters: { Service: ['x'] } }),
    OK,
    { acceptFilteredBudgets: 'true' },
  ],
  ['a filter on this account', one({ CostFilters: { LinkedAccount: [ACCOUNT] } }), OK],
  ['a filter on several accounts', one({ CostFilters: { LinkedAccount: ['999988887777', ACCOUNT] } }), OK],
  [
    'a filter on another account',
    one({ CostFilters: { LinkedAccount: ['999988887777'] } }),
    filtered('LinkedAccount'),
  ],
  ['a filter on no account', one({ CostFilters: { LinkedAccount: [] } }), filtered('LinkedAccount')],
  ['a filter on record types', one({ CostFilters: { RecordType: ['Usage'] } }), OK],
  [
    'a filter on record types and one on a service',
    one({ CostFilters: { RecordType: ['Usage'], Service: ['x'] } }),
    filtered('Service'),
  ],
  [
    'a filter on this account that is no list',
    one({ CostFilters: { LinkedAccount: ACCOUNT } }),
    OK,
    {},
    { filesOnly: FILES_ONLY },
  ],
  ['no filter of either kind', one({ CostFilters: undefined }), OK],
  ['an expression on this account', expressed(dimension('LINKED_ACCOUNT', [ACCOUNT])), OK],
  [
    'an expression on another account',
    expressed(dimension('LINKED_ACCOUNT', ['999988887777'])),
    filtered('LINKED_ACCOUNT'),
  ],
  [
    'an expression on accounts that begin so',
    expressed(dimension('LINKED_ACCOUNT', [ACCOUNT], { MatchOptions: ['STARTS_WITH'] })),
    filtered('LINKED_ACCOUNT'),
  ],
  [
    'an expression on this account, exactly',
    expressed(dimension('LINKED_ACCOUNT', [ACCOUNT], { MatchOptions: ['EQUALS'] })),
    OK,
  ],
  ['an expression on record types', expressed(dimension('RECORD_TYPE', ['Usage', 'Tax'])), OK],
  ['an expression on a service', expressed(dimension('SERVICE', ['x'])), filtered('SERVICE')],
  ['an expression on a tag', expressed({ Tags: { Key: 'team', Values: ['x'] } }), filtered('Tags')],
  [
    'an expression on a cost category',
    expressed({ CostCategories: { Key: 'team', Values: ['x'] } }),
    filtered('CostCategories'),
  ],
  [
    'an expression on what is not of a record type',
    expressed({ Not: dimension('RECORD_TYPE', ['Credit']) }),
    filtered('Not'),
  ],
  [
    'this account, and record types',
    expressed({ And: [dimension('LINKED_ACCOUNT', [ACCOUNT]), dimension('RECORD_TYPE', ['Usage'])] }),
    OK,
  ],
  [
    'this account, and a service',
    expressed({ And: [dimension('LINKED_ACCOUNT', [ACCOUNT]), dimension('SERVICE', ['x'])] }),
    filtered('SERVICE'),
  ],
  [
    'this account, or another',
    expressed({
      Or: [dimension('LINKED_ACCOUNT', ['999988887777']), dimension('LINKED_ACCOUNT', [ACCOUNT])],
    }),
    OK,
  ],
  [
    'a service, or another',
    expressed({ Or: [dimension('SERVICE', ['x']), dimension('SERVICE', ['y'])] }),
    filtered('SERVICE'),
  ],
  ['an expression that is empty', expressed({}), OK],
  [
    'a filter of each kind, of which one is of a service',
    one({ CostFilters: { Service: ['x'] }, FilterExpression: dimension('RECORD_TYPE', ['Usage']) }),
    filtered('Service'),
  ],
  [
    'a billing view of its own',
    one({ BillingViewArn: `arn:aws:billing::${ACCOUNT}:billingview/custom-1` }),
    filtered('a billing view'),
  ],
  [
    "the account's own billing view",
    one({ BillingViewArn: `arn:aws:billing::${ACCOUNT}:billingview/primary` }),
    OK,
  ],
];

const TYPES = [
  'USAGE',
  'RI_UTILIZATION',
  'RI_COVERAGE',
  'SAVINGS_PLANS_UTILIZATION',
  'SAVINGS_PLANS_COVERAGE',
];
const period = (Start: unknown, End: unknown) => one({ TimePeriod: { Start, End } });
const ended = none('"monthly" has ended');
const others: Row[] = [
  ...TYPES.map(
    (type): Row => [
      `a budget of the type ${type}`,
      one({ BudgetType: type }),
      none(`"monthly" is a ${type} budget`),
    ],
  ),
  ...['DAILY', 'QUARTERLY', 'ANNUALLY', 'CUSTOM'].map(
    (TimeUnit): Row => [`a budget by ${TimeUnit}`, one({ TimeUnit }), OK],
  ),
  ['a budget that has ended', period('2019-01-01T00:00:00+00:00', '2020-01-01T00:00:00+00:00'), ended],
  ['a budget that ends now', period('2019-01-01T00:00:00+00:00', '2026-11-22T00:00:00+00:00'), ended],
  ['a budget that ended, in seconds', period(1546300800, 1577836800), ended],
  ['a budget in force, in seconds', period(1767225600, 3706473600), OK],
  ['a budget that begins now', period('2026-11-22T00:00:00+00:00', undefined), OK],
  [
    'a budget that has not begun',
    period('2027-01-01T00:00:00+00:00', undefined),
    none('"monthly" has not begun'),
  ],
  ['a budget without a period', one({ TimePeriod: undefined }), OK],
  ['a budget without a start', period(undefined, '2087-06-15T00:00:00+00:00'), OK],
  [
    'a budget that AWS does not evaluate any more',
    one({ HealthStatus: { Status: 'UNHEALTHY', StatusReason: 'FILTER_INVALID' } }),
    none('"monthly" is UNHEALTHY (FILTER_INVALID), so AWS does not evaluate it'),
  ],
  ['a budget without a health', one({ HealthStatus: undefined }), OK],
  ['a health that nobody knows', one({ HealthStatus: { Status: 'PALE' } }), unknown('Malformed')],
  [
    'a budget that adjusts itself',
    one({
      AutoAdjustData: { AutoAdjustType: 'HISTORICAL', HistoricalOptions: { BudgetAdjustmentPeriod: 3 } },
    }),
    OK,
  ],
  [
    'limits that are planned',
    one({ PlannedBudgetLimits: { '1767225600': { Amount: '500.0', Unit: 'USD' } } }),
    OK,
  ],
  ['no budget', says([], []), nc('the account has no budget')],
  ['no list of budgets in the answer', { [BUDGETS]: {} }, nc('the account has no budget')],
  [
    'budgets that AWS does not find',
    { [BUDGETS]: fails('NotFoundException') },
    nc('the account has no budget'),
  ],
  [
    'alerts that AWS does not find',
    { ...one(), [ALERTS]: fails('NotFoundException') },
    none('"monthly" has no alert'),
  ],
  [
    'two budgets that miss by one thing each',
    says(
      [named('ec2-only', { CostFilters: { Service: ['x'] } }), named('annual')],
      [alerts('ec2-only', alert())],
    ),
    none('"ec2-only" watches only Service; "annual" has no alert'),
  ],
  [
    'the nearest miss first',
    says(
      [named('usage', { BudgetType: 'USAGE', CostFilters: { Service: ['x'] } }), named('annual')],
      [alerts('usage', alert())],
    ),
    none('"annual" has no alert; "usage" is a USAGE budget'),
  ],
  [
    'one that misses beside one that counts',
    says([named('other'), budget()], [alerts('monthly', alert())]),
    OK,
  ],
  [
    'one of two that are wanted',
    one(),
    nc('1 cost budget with an alert at or below 100 %, where 2 are wanted'),
    { minBudgets: '2' },
  ],
  [
    'one of two that are wanted, and one that misses',
    says([budget(), named('annual')], [alerts('monthly', alert())]),
    nc('1 cost budget with an alert at or below 100 %, where 2 are wanted; "annual" has no alert'),
    { minBudgets: '2' },
  ],
  [
    'two of two that are wanted',
    says([budget(), named('annual')], [alerts('monthly', alert()), alerts('annual', alert())]),
    OK,
    { minBudgets: '2' },
  ],
  [
    'a budget that is not as wanted, without alerts being asked for',
    says([budget({ BudgetType: 'USAGE' })], []),
    nc('no cost budget: "monthly" is a USAGE budget'),
    NOT_REQUIRED,
  ],
  ['words in small letters', one({ BudgetType: 'cost', HealthStatus: { Status: 'healthy' } }), OK],
];

const unread: Row[] = [
  ['budgets that may not be read', { ...one(), [BUDGETS]: denied }, unknown('AccessDenied')],
  [
    'budgets that may not be read, of a member',
    { ...one(), [BUDGETS]: denied, ...organization('999988887777') },
    unknown('AccessDenied'),
    covered,
  ],
  ['nothing collected', {}, unknown('NotCollected')],
  ['alerts that may not be read', { ...one(), [ALERTS]: denied }, unknown('AccessDenied')],
  ['alerts that nobody collected', { [BUDGETS]: one()[BUDGETS] }, unknown('NotCollected')],
  ['alerts that may not be read, and are not needed', { ...one(), [ALERTS]: denied }, OK, NOT_REQUIRED],
  [
    'alerts that may not be read, of a budget that misses anyway',
    { ...one({ BudgetType: 'USAGE' }), [ALERTS]: denied },
    none('"monthly" is a USAGE budget'),
  ],
  [
    'alerts that may not be read, and too few budgets anyway',
    { ...one(), [ALERTS]: denied },
    nc('0 cost budgets with an alert at or below 100 %, where 2 are wanted'),
    { minBudgets: '2' },
  ],
  [
    'a list of budgets that goes on, and one that counts',
    { ...one(), [BUDGETS]: { Budgets: [budget()], NextToken: 'more' } },
    OK,
  ],
  [
    'a list of budgets that goes on, and none that counts',
    { ...one(), [BUDGETS]: { Budgets: [budget({ BudgetType: 'USAGE' })], NextToken: 'more' } },
    unknown('CutAnswer'),
  ],
  [
    'a list of alerts that goes on',
    { ...one(), [ALERTS]: { BudgetNotificationsForAccount: [], NextToken: 'more' } },
    unknown('CutAnswer'),
  ],
  [
    'a budget that makes no sense beside one that counts',
    says([budget(), { BudgetName: 'odd' }], [alerts('monthly', alert())]),
    OK,
  ],
  [
    'a budget that makes no sense beside one that misses',
    says([budget({ BudgetType: 'USAGE' }), { BudgetName: 'odd' }], []),
    unknown('Malformed'),
  ],
  [
    'an alert that makes no sense',
    alerting(alert({ Threshold: 'much' })),
    unknown('Malformed'),
    {},
    { filesOnly: FILES_ONLY },
  ],
  ['a limit that is no number', one({ BudgetLimit: { Amount: 'much', Unit: 'USD' } }), unknown('Malformed')],
  [
    'budgets that are no list',
    { ...one(), [BUDGETS]: { Budgets: {} } },
    unknown('Malformed'),
    {},
    { filesOnly: FILES_ONLY },
  ],
];

const nothing = says([], []);
const payers: Row[] = [
  ['a member with nothing', { ...nothing, ...organization('999988887777') }, nc('the account has no budget')],
  [
    'a member with nothing, which is covered',
    { ...nothing, ...organization('999988887777') },
    COVERED,
    covered,
  ],
  [
    'a member with a budget that misses, which is covered',
    { ...says([budget()], []), ...organization('999988887777') },
    COVERED,
    covered,
  ],
  ['a member with a budget that counts', { ...one(), ...organization('999988887777') }, OK, covered],
  [
    'the management account',
    { ...nothing, ...organization(ACCOUNT) },
    nc('the account has no budget'),
    covered,
  ],
  [
    'an account in no organization',
    { ...nothing, [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') },
    nc('the account has no budget'),
    covered,
  ],
  [
    'an organization that may not be read',
    { ...nothing, [ORGANIZATION]: denied },
    unknown('AccessDenied'),
    covered,
  ],
  ['an organization that nobody collected', nothing, unknown('NotCollected'), covered],
  [
    'an organization that may not be read, and does not matter',
    { ...one(), [ORGANIZATION]: denied },
    OK,
    covered,
  ],
];

const situations: Situations = {
  rule,
  situations: [...counting, ...watching, ...others, ...unread, ...payers].map(
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
