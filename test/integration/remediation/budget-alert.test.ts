import rule from '../../../rules/budget-alert/rule.ts';
import type { Acts } from '../../support/aws/stand-in.ts';
import { fails } from '../../support/memory.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { type Rival, remediates, type Scenario } from '../support/remediation.ts';

const BUDGETS = 'global/budgets/describe-budgets.json';
const ALERTS = 'global/budgets/describe-budget-notifications-for-account.json';
const NAME = 'groundrules-monthly-cost';

interface Budget {
  readonly BudgetName: string;
  readonly [member: string]: unknown;
}
interface Alert {
  readonly Notification: object;
  readonly Subscribers: readonly object[];
}
type Readings = Record<string, unknown>;

const budgetsIn = (readings: Readings) => (readings[BUDGETS] as { Budgets: readonly Budget[] }).Budgets;
const alertsIn = (readings: Readings) =>
  (readings[ALERTS] as { BudgetNotificationsForAccount: readonly Budget[] }).BudgetNotificationsForAccount;
const put = (readings: Readings, Budgets: readonly Budget[], Alerts: readonly Budget[]) =>
  Object.assign(readings, {
    [BUDGETS]: { Budgets },
    [ALERTS]: { BudgetNotificationsForAccount: Alerts },
  });

function create(readings: Readings, Budget: Budget, alerts: readonly Alert[]) {
  const made = { CostFilters: {}, HealthStatus: { Status: 'HEALTHY' }, ...Budget };
  const Notifications = alerts.map(({ Notification }) => ({ NotificationState: 'OK', ...Notification }));
  put(
    readings,
    [...budgetsIn(readings), made],
    [...alertsIn(readings), { BudgetName: Budget.BudgetName, Notifications }],
  );
}

/** As AWS Budgets does it: a name is there once, each alert has somebody to tell, and what is deleted takes its alerts along. */
const acts: Acts = {
  'budgets:CreateBudget': ({ AccountId, Budget, NotificationsWithSubscribers }, readings) => {
    const budget = Budget as Budget;
    const alerts = NotificationsWithSubscribers as readonly Alert[];
    if (AccountId !== MOTO_ACCOUNT) return fails('AccessDeniedException');
    if (budgetsIn(readings).some(({ BudgetName }) => BudgetName === budget.BudgetName))
      return fails('DuplicateRecordException');
    if (!alerts.every(({ Subscribers }) => Subscribers.length > 0)) return fails('InvalidParameterException');
    create(readings, budget, alerts);
    return {};
  },
  'budgets:DeleteBudget': ({ AccountId, BudgetName }, readings) => {
    const rest = (all: readonly Budget[]) => all.filter((one) => one.BudgetName !== BudgetName);
    const budgets = rest(budgetsIn(readings));
    if (AccountId !== MOTO_ACCOUNT || budgets.length === budgetsIn(readings).length)
      return fails('NotFoundException');
    put(readings, budgets, rest(alertsIn(readings)));
    return {};
  },
};

/** An account with budgets of these types, none of which tells anybody. */
const account =
  (...budgets: Partial<Budget>[]): Scenario['found'] =>
  async (_, readings) => {
    const all = budgets.map((one, index): Budget => {
      const BudgetLimit = { Amount: '100.0', Unit: 'USD' };
      return { BudgetName: `moonjar-${index}`, BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit, ...one };
    });
    put(readings, all, []);
    return MOTO_ACCOUNT;
  };

const told = (NotificationType: string, Threshold: number): Alert => ({
  Notification: {
    NotificationType,
    Threshold,
    ComparisonOperator: 'GREATER_THAN',
    ThresholdType: 'PERCENTAGE',
  },
  Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'theirs@moonjar.example' }],
});

/** @returns whether there was none of the name. */
function creates(readings: Readings, BudgetName: string): boolean {
  if (budgetsIn(readings).some((one) => one.BudgetName === BudgetName)) return false;
  const BudgetLimit = { Amount: '9000', Unit: 'USD' };
  create(readings, { BudgetName, BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit }, [
    told('ACTUAL', 50),
  ]);
  return true;
}

const takesTheName: Rival = {
  does: 'creates a budget of the same name',
  strike: async (_client, _id, readings) => creates(readings, NAME),
  holds: (now) => expect(now[BUDGETS]).toMatch(/"Amount":"9000"/),
  duringUndo: true,
};
const makesTheirs: Rival = {
  does: 'creates a budget that counts',
  strike: async (_client, _id, readings) => creates(readings, 'moonjar-theirs'),
  holds: (now) => expect(now[BUDGETS]).toMatch(/"BudgetName":"moonjar-theirs"/),
  duringUndo: true,
};
const addsAnAlert: Rival = {
  does: 'adds an alert to the budget',
  async strike(_client, _id, readings) {
    const there = alertsIn(readings).find(({ BudgetName }) => BudgetName === NAME);
    if (!there) return false;
    const Notifications = [...(there.Notifications as object[]), told('ACTUAL', 33).Notification];
    put(
      readings,
      budgetsIn(readings),
      alertsIn(readings).map((one) => (one === there ? { ...there, Notifications } : one)),
    );
    return true;
  },
  holds: (now) => expect(now[ALERTS]).toMatch(/"Threshold":33/),
  duringUndo: true,
};
const raises: Rival = {
  does: 'raises the limit of the budget',
  async strike(_client, _id, readings) {
    if (!budgetsIn(readings).some(({ BudgetName }) => BudgetName === NAME)) return false;
    const BudgetLimit = { Amount: '750', Unit: 'USD' };
    put(
      readings,
      budgetsIn(readings).map((one) => (one.BudgetName === NAME ? { ...one, BudgetLimit } : one)),
      alertsIn(readings),
    );
    return true;
  },
  holds: (now) => expect(now[BUDGETS]).toMatch(/"Amount":"750"/),
  duringUndo: true,
};

const EmailAddress = 'cost@moonjar.example';
const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;
const changes = /^global\/budgets\//;

remediates({
  rule,
  now: () => new Date('2026-11-22T09:00:00.000Z'),
  lacking: { services: ['budgets'], acts },
  scenarios: [
    {
      situation: 'no budget, in no organization',
      found: account(),
      parameters: { MonthlyLimit: '500', EmailAddress, payerCovers: 'true' },
      changes,
      message:
        /^Changed: a budget groundrules-monthly-cost of 500 US dollars a month, of which cost@moonjar\.example hears at 80 % of the actual and 100 % of the forecasted/,
      rivals: [takesTheName, makesTheirs, addsAnAlert, raises],
    },
    {
      situation: 'budgets that do not count, and a mailbox and a topic',
      found: account({ BudgetType: 'USAGE' }, { CostFilters: { Service: ['Amazon EC2'] } }),
      parameters: { MonthlyLimit: '1234.5', EmailAddress, TopicArn },
      changes,
      message: /The policy of arn:aws:sns:us-east-1:\d+:cost has to let budgets\.amazonaws\.com publish/,
    },
    {
      situation: 'a topic alone, and alerts that are to come at half of the limit',
      found: account({}),
      parameters: { MonthlyLimit: '0.5', TopicArn, maxThresholdPercent: '50' },
      changes,
      message: /hears at 50 % of the actual and 50 % of the forecasted/,
    },
    {
      situation: 'the last of two that are wanted',
      found: async (client, readings) => {
        const id = await account()(client, readings);
        creates(readings, 'moonjar-theirs');
        return id;
      },
      parameters: { MonthlyLimit: '500', EmailAddress, minBudgets: '2' },
      changes,
    },
  ],
  refusals: [
    {
      situation: 'nobody says how much, and whom AWS should tell',
      found: account(),
      message: /Set MonthlyLimit, and EmailAddress or TopicArn\./,
    },
    {
      situation: 'nobody says whom AWS should tell',
      found: account(),
      parameters: { MonthlyLimit: '500' },
      message: /Set EmailAddress or TopicArn\./,
    },
    {
      situation: 'a budget of the same name, which nobody hears of',
      found: account({ BudgetName: NAME }),
      parameters: { MonthlyLimit: '500', EmailAddress },
      message: /is a budget groundrules-monthly-cost already, .*: "groundrules-monthly-cost" has no alert\./,
    },
    {
      situation: 'more budgets are wanted than the document makes',
      found: account(),
      parameters: { MonthlyLimit: '500', EmailAddress, minBudgets: '3' },
      message: /3 budgets are wanted \(minBudgets\), 0 are there, and this document makes one/,
    },
  ],
});
