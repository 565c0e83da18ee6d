import rule from '../../../rules/billing-alarm/rule.ts';
import type { Acts } from '../../support/aws/stand-in.ts';
import { fails } from '../../support/memory.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { type Rival, remediates, type Scenario } from '../support/remediation.ts';

const ALARMS = 'global/cloudwatch/describe-alarms.json';
const NAME = 'groundrules-estimated-charges';
const HOME = 'us-east-1';
const NOW = new Date('2026-11-22T09:00:00.000Z');

type Json = Readonly<Record<string, unknown>>;
type Readings = Record<string, unknown>;
interface Alarms {
  readonly MetricAlarms: readonly Json[];
  readonly CompositeAlarms: readonly Json[];
}
const alarmsIn = (readings: Readings) => readings[ALARMS] as Alarms;
const put = (readings: Readings, more: Partial<Alarms>) =>
  Object.assign(readings, { [ALARMS]: { ...alarmsIn(readings), ...more } });
const others = (readings: Readings, name: unknown) =>
  alarmsIn(readings).MetricAlarms.filter(({ AlarmName }) => AlarmName !== name);

function putAlarm(readings: Readings, alarm: Json): void {
  const made = {
    ActionsEnabled: true,
    StateValue: 'INSUFFICIENT_DATA',
    StateUpdatedTimestamp: NOW.toISOString(),
    ...alarm,
  };
  put(readings, { MetricAlarms: [...others(readings, alarm.AlarmName), made] });
}

/** As CloudWatch does it: an alarm is put over the one of its name, tells topics of its own Region, and one that is gone is an error. */
const acts: Acts = {
  'cloudwatch:PutMetricAlarm': (input, readings, { region }) => {
    const topics = input.AlarmActions as readonly string[];
    if (region !== HOME || !topics.every((topic) => topic.startsWith(`arn:aws:sns:${HOME}:`)))
      return fails('ValidationError');
    putAlarm(readings, input);
    return {};
  },
  'cloudwatch:DeleteAlarms': ({ AlarmNames }, readings, { region }) => {
    const [name] = AlarmNames as readonly string[];
    const rest = others(readings, name);
    if (region !== HOME || rest.length === alarmsIn(readings).MetricAlarms.length)
      return fails('ResourceNotFound');
    put(readings, { MetricAlarms: rest });
    return {};
  },
};

const alarm = (AlarmName: string, more: Json = {}): Json => ({
  AlarmName,
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  Threshold: 9000,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmActions: [`arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:theirs`],
  ...more,
});

/** An account with these alarms, and with no budget of its costs. */
const account =
  (...alarms: readonly Json[]): Scenario['found'] =>
  async (_, readings) => {
    put(readings, { MetricAlarms: [], CompositeAlarms: [] });
    for (const one of alarms) putAlarm(readings, one);
    readings['global/budgets/describe-budgets.json'] = {
      Budgets: [{ BudgetName: 'usage', BudgetType: 'USAGE', TimeUnit: 'MONTHLY' }],
    };
    readings['global/budgets/describe-budget-notifications-for-account.json'] = {
      BudgetNotificationsForAccount: [],
    };
    return MOTO_ACCOUNT;
  };

/** @returns whether there was none of the name. */
function creates(readings: Readings, name: string): boolean {
  if (others(readings, name).length < alarmsIn(readings).MetricAlarms.length) return false;
  putAlarm(readings, alarm(name));
  return true;
}
const takesTheName: Rival = {
  does: 'creates an alarm of the same name',
  strike: async (_client, _id, readings) => creates(readings, NAME),
  holds: (now) => expect(now[ALARMS]).toMatch(/"Threshold":9000/),
  duringUndo: true,
};
const makesTheirs: Rival = {
  does: 'creates an alarm that counts',
  strike: async (_client, _id, readings) => creates(readings, 'moonjar-theirs'),
  holds: (now) => expect(now[ALARMS]).toMatch(/"AlarmName":"moonjar-theirs"/),
  duringUndo: true,
};
/** @param to what the alarm has of it from then on. */
const changesIt = (does: string, to: Json): Rival => ({
  does,
  async strike(_client, _id, readings) {
    const ours = alarmsIn(readings).MetricAlarms.find(({ AlarmName }) => AlarmName === NAME);
    if (!ours) return false;
    put(readings, { MetricAlarms: [...others(readings, NAME), { ...ours, ...to }] });
    return true;
  },
  holds: (now) => expect(now[ALARMS]).toContain(JSON.stringify(to).slice(1, -1)),
  duringUndo: true,
});
const raises = changesIt('raises the amount of the alarm', { Threshold: 750 });
const explains = changesIt('says what the alarm is for', { AlarmDescription: 'Ask finance first.' });
const composes: Rival = {
  does: 'lets a composite alarm rest on the alarm',
  async strike(_client, _id, readings) {
    const isThere = others(readings, NAME).length < alarmsIn(readings).MetricAlarms.length;
    if (!isThere || alarmsIn(readings).CompositeAlarms.length > 0) return false;
    const AlarmActions = [`arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:theirs`];
    put(readings, {
      CompositeAlarms: [{ AlarmName: 'moonjar-any', AlarmRule: `ALARM("${NAME}")`, AlarmActions }],
    });
    return true;
  },
  holds(now) {
    expect(now[ALARMS]).toMatch(/"AlarmName":"moonjar-any"/);
    expect(now[ALARMS]).toContain(`"AlarmName":"${NAME}"`);
  },
  duringUndo: true,
};

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;
const changes = /^global\/cloudwatch\//;

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['monitoring', 'budgets'], acts },
  scenarios: [
    {
      situation: 'no alarm and no cost budget, in no organization',
      found: account(),
      parameters: { Threshold: '500', TopicArn, payerCovers: 'true' },
      changes,
      message:
        /^Changed: an alarm groundrules-estimated-charges in us-east-1, which tells arn:aws:sns:us-east-1:\d+:cost once the charges of a month are above 500 USD\. .*"Receive CloudWatch billing alerts"/,
      rivals: [takesTheName, makesTheirs, raises, explains, composes],
    },
    {
      situation: 'an alarm that tells nobody, and one that goes off too late',
      found: account(alarm('quiet', { AlarmActions: [] }), alarm('late')),
      parameters: { Threshold: '500', TopicArn, maxThreshold: '99.5' },
      changes,
      message: /above 99\.5 USD/,
    },
    {
      situation: 'an alarm in another currency',
      found: account(alarm('dollars')),
      parameters: { Threshold: '500', TopicArn, currency: 'EUR', acceptBudgetInstead: 'false' },
      changes,
      message: /above 500 EUR/,
    },
  ],
  refusals: [
    {
      situation: 'nobody says how much, and whom',
      found: account(),
      message: /Set Threshold and TopicArn\./,
    },
    {
      situation: 'a topic of another Region',
      found: account(),
      parameters: { Threshold: '500', TopicArn: `arn:aws:sns:ap-northeast-2:${MOTO_ACCOUNT}:cost` },
      message: /ap-northeast-2:\d+:cost is none of us-east-1/,
    },
    {
      situation: 'an alarm of the same name, which tells nobody',
      found: account(alarm(NAME, { AlarmActions: [] })),
      parameters: { Threshold: '500', TopicArn },
      message: /already, which is left as it is: "groundrules-estimated-charges" has no alarm action\./,
    },
    {
      situation: 'billing alerts are not turned on',
      found: account(alarm('blind', { StateUpdatedTimestamp: '2026-11-01T00:00:00Z' })),
      parameters: { Threshold: '500', TopicArn },
      message: /"blind" has had no data .* Only the console can turn them on/,
    },
  ],
});
