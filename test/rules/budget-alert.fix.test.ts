import type { BudgetFinding } from '../../rules/budget-alert/findings.ts';
import { fix } from '../../rules/budget-alert/fix.ts';
import { ACCOUNT, memoryAccount } from '../support/memory.ts';

const BUDGETS = 'global/budgets/describe-budgets.json';
const ALERTS = 'global/budgets/describe-budget-notifications-for-account.json';
const NAME = 'groundrules-monthly-cost';
const RESOURCE = { type: 'AWS::::Account', id: ACCOUNT, name: ACCOUNT, region: 'global' };
const NOW = new Date('2026-11-22T00:00:00Z');
const PUT = { Amount: '500', Actual: 80, Forecasted: 100 };
type Json = Record<string, unknown>;

const budget = (more: Json = {}): Json => ({
  BudgetName: NAME,
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '500.0', Unit: 'USD' },
  ...more,
});
const alert = (NotificationType: string, Threshold: number, more: Json = {}): Json => ({
  NotificationType,
  Threshold,
  ComparisonOperator: 'GREATER_THAN',
  ThresholdType: 'PERCENTAGE',
  ...more,
});
const OURS = [alert('ACTUAL', 80), alert('FORECASTED', 100)];
const has = (Budgets: Json[], Notifications: Json[] = OURS) =>
  memoryAccount({
    [BUDGETS]: { Budgets },
    [ALERTS]: { BudgetNotificationsForAccount: [{ BudgetName: NAME, Notifications }] },
  });

const planOf = (options: object, { findings = [{ kind: 'noBudget' }], budgets = [], ...wants }: Json = {}) =>
  fix.plan(
    { resource: RESOURCE, compliance: 'NON_COMPLIANT', findings: findings as BudgetFinding[] },
    {
      account: has(budgets as Json[]),
      parameters: { minBudgets: 1, maxThresholdPercent: 100, ...wants },
      options: { MonthlyLimit: undefined, EmailAddress: undefined, TopicArn: undefined, ...options },
      caller: '',
      now: NOW,
    },
  );
const EmailAddress = 'cost@moonjar.example';

test('the limit goes to AWS as the text that it was', async () => {
  for (const [limit, Amount] of [
    ['500', '500'],
    ['0.50', '0.5'],
    ['123456789012.99', '123456789012.99'],
  ] as const) {
    const MonthlyLimit = fix.options.MonthlyLimit.type.parse(limit);
    const { steps } = await planOf({ MonthlyLimit, EmailAddress });
    expect(steps[0]?.input).toMatchObject({
      AccountId: ACCOUNT,
      Budget: { BudgetLimit: { Amount, Unit: 'USD' } },
    });
  }
});

test('both alerts tell a mailbox and a topic, at the thresholds that the rule takes', async () => {
  const { steps } = await planOf(
    { MonthlyLimit: 500, EmailAddress, TopicArn: 'arn:aws:sns:us-east-1:111122223333:cost' },
    { maxThresholdPercent: 90 },
  );
  const Subscribers = [
    { SubscriptionType: 'EMAIL', Address: EmailAddress },
    { SubscriptionType: 'SNS', Address: 'arn:aws:sns:us-east-1:111122223333:cost' },
  ];
  expect(steps[0]?.input.NotificationsWithSubscribers).toEqual([
    { Notification: alert('ACTUAL', 80), Subscribers },
    { Notification: alert('FORECASTED', 90), Subscribers },
  ]);
});

test.each<[string, object, Json, RegExp]>([
  ['nobody says how much', { EmailAddress }, {}, /Set MonthlyLimit\.$/],
  ['nobody says whom', { MonthlyLimit: 500 }, {}, /Set EmailAddress or TopicArn\.$/],
  [
    'its name is taken',
    { MonthlyLimit: 500, EmailAddress },
    {
      budgets: [budget({ BudgetType: 'USAGE' })],
      findings: [{ kind: 'otherType', budget: NAME, type: 'USAGE' }],
    },
    /already, which is left as it is: "groundrules-monthly-cost" is a USAGE budget\./,
  ],
  [
    'two are missing',
    { MonthlyLimit: 500, EmailAddress },
    { findings: [{ kind: 'tooFew', count: 1, minBudgets: 3 }], minBudgets: 3 },
    /3 budgets are wanted \(minBudgets\), 1 is there/,
  ],
])('nothing is planned where %s', async (_situation, options, more, why) => {
  expect(await planOf(options, more)).toEqual({ steps: [], refusals: [expect.stringMatching(why)] });
});

const undo = (...found: Parameters<typeof has>) =>
  fix.undo({ put: PUT } as never, { account: has(...found), resource: RESOURCE, now: NOW });

test.each<[string, Parameters<typeof has>]>([
  ['as the run left it', [[budget()]]],
  [
    'as AWS shows it with what it fills in',
    [[budget({ CostFilters: {}, HealthStatus: { Status: 'HEALTHY' } })]],
  ],
  ['with alerts that AWS does not show yet, or that somebody has deleted', [[budget()], []]],
])('Undo deletes the budget %s', async (_situation, found) => {
  expect(await undo(...found)).toMatchObject({
    steps: [{ api: 'budgets:DeleteBudget', input: { AccountId: ACCOUNT, BudgetName: NAME } }],
  });
});

test.each<[string, string, Parameters<typeof has>]>([
  ['with another limit', 'its limit', [[budget({ BudgetLimit: { Amount: '501', Unit: 'USD' } })]]],
  ['in another currency', 'its limit', [[budget({ BudgetLimit: { Amount: '500', Unit: 'CNY' } })]]],
  ['of another type', 'its type', [[budget({ BudgetType: 'USAGE' })]]],
  ['of another period', 'its period', [[budget({ TimeUnit: 'DAILY' })]]],
  ['with a filter', 'its filters', [[budget({ CostFilters: { Service: ['Amazon EC2'] } })]]],
  [
    'with an expression',
    'its filters',
    [[budget({ FilterExpression: { Tags: { Key: 'team', Values: ['web'] } } })]],
  ],
  [
    'of another billing view',
    'its billing view',
    [[budget({ BillingViewArn: 'arn:aws:billing::111122223333:billingview/custom-1' })]],
  ],
  ['with one more alert', 'its alerts', [[budget()], [...OURS, alert('ACTUAL', 33)]]],
  [
    'with an alert at an amount',
    'its alerts',
    [[budget()], [alert('ACTUAL', 80, { ThresholdType: 'ABSOLUTE_VALUE' })]],
  ],
])(
  'Undo leaves a budget %s alone, and says that somebody has changed %s',
  async (_situation, what, found) => {
    const stays = `The budget ${NAME} stays, because somebody else has changed it since: ${what}.`;
    expect(await undo(...found)).toEqual({ steps: [], manual: [stays] });
  },
);

test('Undo has nothing to do where the budget is gone', async () => {
  expect(await undo([])).toEqual({ steps: [] });
});
