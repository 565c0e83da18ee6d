import type { Account } from '../../account/account.ts';
import {
  allBudgets,
  type Budget,
  type BudgetAlert,
  budgetAlerts,
} from '../../account/services/budgets/readings.ts';
import { defineFix, type FixContext, type Plan, type UndoContext, type Verified } from '../fix.ts';
import { optionalAmount, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { subscriberOptions, type Told, topicWarning } from '../shared/subscribers.ts';
import { type BudgetFinding, messages } from './findings.ts';

const options = {
  MonthlyLimit: parameter(optionalAmount(), '', {
    en: 'What the account may cost a month, in US dollars.',
    ko: '계정이 한 달에 써도 되는 금액(미국 달러).',
  }),
  ...subscriberOptions,
};
const reads = [allBudgets, budgetAlerts] as const;
type Asks = (typeof reads)[number];
/** The rule's parameters that the budget has to fit. */
interface Wants {
  readonly minBudgets: number;
  readonly maxThresholdPercent: number;
}
type Context = FixContext<Wants, typeof options, Asks>;

/** The budget that the document makes: it knows this one again by its name. */
const NAME = 'groundrules-monthly-cost';

interface Subscriber {
  readonly SubscriptionType: 'EMAIL' | 'SNS';
  readonly Address: string;
}

/** What the document's selectors find. */
interface Inputs {
  readonly Amount: string;
  /** Thresholds, in percent of the limit. */
  readonly Actual: number;
  readonly Forecasted: number;
  readonly Subscribers: readonly Subscriber[];
}

interface Before {
  /** What the run makes. */
  readonly put: Pick<Inputs, 'Amount' | 'Actual' | 'Forecasted'>;
}

/** Makes a cost budget of the whole account, which tells somebody before, and when, its limit is reached. */
export const fix = defineFix<BudgetFinding, Wants>()({
  needs: ['MonthlyLimit', ['EmailAddress', 'TopicArn']],
  summary: {
    changes: {
      en: 'Creates a monthly cost budget of the whole account, with alerts at 80 % of the actual and 100 % of the forecasted costs.',
      ko: '계정 전체의 월간 비용 예산을 만들고, 실제 비용 80 %와 예상 비용 100 %에 알림을 둡니다.',
    },
    breaks: { en: 'Nothing.', ko: '없음.' },
    undo: { en: 'Deletes the budget that the run created.', ko: '실행이 만든 예산을 삭제합니다.' },
    automatic: {
      sensible: true,
      why: {
        en: 'With a limit and a mailbox or a topic of your own.',
        ko: '한도와 메일함 또는 주제를 지정했을 때.',
      },
    },
  },
  options,
  reads,
  inputs: {
    Amount: '1',
    Actual: 80,
    Forecasted: 100,
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: '-' }],
  } as Inputs,
  plan,
  undo,
  verify,
});

async function plan({ resource, findings }: Verdict<BudgetFinding>, context: Context): Promise<Plan<Inputs>> {
  const { options: given, parameters, agreed } = context;
  // The last reading before the change.
  const there = await find(agreed?.account ?? context.account);
  const refusals = [
    ...missing(given),
    ...tooFew(findings, parameters.minBudgets),
    ...(there ? [taken(findings)] : []),
  ];
  if (refusals.length > 0 || given.MonthlyLimit === undefined) return { steps: [], refusals };
  const { maxThresholdPercent } = parameters;
  const put = {
    Amount: String(given.MonthlyLimit),
    Actual: Math.min(80, maxThresholdPercent),
    Forecasted: Math.min(100, maxThresholdPercent),
  };
  const Subscribers = subscribersOf(given);
  const told = Subscribers.map(({ Address }) => Address).join(' and ');
  return {
    steps: [
      {
        api: 'budgets:CreateBudget',
        input: { AccountId: resource.id, ...budgetOf(put, Subscribers) },
        why: `a budget ${NAME} of ${put.Amount} US dollars a month, of which ${told} hears at ${put.Actual} % of the actual and ${put.Forecasted} % of the forecasted costs`,
      },
    ],
    inputs: { ...put, Subscribers },
    before: { put } satisfies Before,
    warnings: given.TopicArn === undefined ? [] : [topicWarning(given.TopicArn, 'budgets.amazonaws.com')],
  };
}

const subscribersOf = ({ EmailAddress, TopicArn }: Told): Subscriber[] => [
  ...(EmailAddress === undefined ? [] : [{ SubscriptionType: 'EMAIL', Address: EmailAddress } as const]),
  ...(TopicArn === undefined ? [] : [{ SubscriptionType: 'SNS', Address: TopicArn } as const]),
];

/** Without filters, so that it watches all that the account costs. */
const budgetOf = ({ Amount, Actual, Forecasted }: Before['put'], Subscribers: readonly Subscriber[]) => ({
  Budget: {
    BudgetName: NAME,
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount, Unit: 'USD' },
  },
  NotificationsWithSubscribers: [
    { Notification: alert('ACTUAL', Actual), Subscribers },
    { Notification: alert('FORECASTED', Forecasted), Subscribers },
  ],
});

const alert = (NotificationType: 'ACTUAL' | 'FORECASTED', Threshold: number) => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
  ThresholdType: 'PERCENTAGE',
});

function missing({ MonthlyLimit, ...told }: Context['options']): string[] {
  const unsaid = [
    ...(MonthlyLimit === undefined ? ['MonthlyLimit'] : []),
    ...(subscribersOf(told).length === 0 ? ['EmailAddress or TopicArn'] : []),
  ];
  return unsaid.length === 0
    ? []
    : [
        `how much the account may cost, and whom AWS should tell, cannot be made up. Set ${unsaid.join(', and ')}.`,
      ];
}

function tooFew(findings: readonly BudgetFinding[], minBudgets: number): string[] {
  const count = findings.find((one) => one.kind === 'tooFew')?.count ?? 0;
  return minBudgets - count <= 1
    ? []
    : [
        `${minBudgets} budgets are wanted (minBudgets), ${count} ${count === 1 ? 'is' : 'are'} there, and this document makes one. Create the others first.`,
      ];
}

/** Somebody else's, or one that somebody has changed: nothing here overwrites it. */
function taken(findings: readonly BudgetFinding[]): string {
  const own = findings.find((one) => 'budget' in one && one.budget === NAME);
  const why = own ? `: ${messages[own.kind]({ ...own, asked: undefined } as never)}` : '';
  return `there is a budget ${NAME} already, which is left as it is${why}. Change what is wrong with it, or delete it.`;
}

const find = (account: Account<typeof allBudgets>): Promise<Budget | null> => account.one(allBudgets, NAME);

/** Deletes the budget that the run made, unless somebody has changed it since. */
async function undo({ put }: Before, { account, resource }: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const changes = await changesOf(account, put);
  if (!changes) return { steps: [] };
  if (changes.length > 0) {
    const what = changes.join(', ');
    return {
      steps: [],
      manual: [`The budget ${NAME} stays, because somebody else has changed it since: ${what}.`],
    };
  }
  return {
    steps: [
      {
        api: 'budgets:DeleteBudget',
        input: { AccountId: resource.id, BudgetName: NAME },
        why: `The budget ${NAME} is deleted, with its alerts`,
      },
    ],
  };
}

/** What shows of the budget otherwise than the run put it, an alert that is not the run's own included; nothing where there is no budget. */
async function changesOf(
  account: Account<Asks>,
  { Amount, Actual, Forecasted }: Before['put'],
): Promise<string[] | undefined> {
  const now = await find(account);
  if (!now) return undefined;
  const all = (await account.read(budgetAlerts)) ?? [];
  const own = all.filter(({ budget }) => budget === NAME).flatMap(({ alerts }) => alerts);
  const isOwn = (one: BudgetAlert) =>
    isAlert(one, alert('ACTUAL', Actual)) || isAlert(one, alert('FORECASTED', Forecasted));
  return [
    ...(now.type === 'COST' ? [] : ['its type']),
    ...(now.every === 'MONTHLY' ? [] : ['its period']),
    ...(now.limit === Number(Amount) && now.unit === 'USD' ? [] : ['its limit']),
    ...(Object.keys(now.filters).length === 0 && now.expression === undefined ? [] : ['its filters']),
    ...(now.customView === undefined ? [] : ['its billing view']),
    ...(own.every(isOwn) ? [] : ['its alerts']),
  ];
}

const isAlert = (now: BudgetAlert, put: ReturnType<typeof alert>): boolean =>
  now.type === put.NotificationType &&
  now.comparison === put.ComparisonOperator &&
  now.threshold === put.Threshold &&
  now.thresholdType === put.ThresholdType;

async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const theirs = await changesOf(account, before.put);
  const ours = theirs?.length === 0;
  const isTheirs = theirs !== undefined && !ours;
  return {
    before: ours ? before : null,
    made: ours ? changes : [],
    others: isTheirs
      ? [`There is a budget ${NAME} that somebody else has created, or changed, meanwhile.`]
      : [],
  };
}
