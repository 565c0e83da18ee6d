import rule from '../../../rules/cost-anomaly-detection/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const MONITORS = 'global/ce/get-anomaly-monitors.json';
const SUBSCRIPTIONS = 'global/ce/get-anomaly-subscriptions.json';
const ORGANIZATION = 'global/organizations/describe-organization.json';

const arn = (id: string) => `arn:aws:ce::${ACCOUNT}:anomalymonitor/${id}`;
const monitor = (more: Json = {}): Json => ({
  MonitorArn: arn('0a1b'),
  MonitorName: 'services',
  MonitorType: 'DIMENSIONAL',
  MonitorDimension: 'SERVICE',
  CreationDate: '2026-01-01',
  ...more,
});
const custom = (MonitorSpecification: Json | undefined, more: Json = {}) =>
  monitor({ MonitorType: 'CUSTOM', MonitorDimension: undefined, MonitorSpecification, ...more });
const accounts = (...Values: string[]) => ({ Dimensions: { Key: 'LINKED_ACCOUNT', Values } });
const TAGGED = custom({ Tags: { Key: 'team', Values: ['shop'] } });
const mail = (more: Json = {}): Json => ({
  Address: 'finops@example.com',
  Type: 'EMAIL',
  Status: 'CONFIRMED',
  ...more,
});
const impact = (kind: 'ABSOLUTE' | 'PERCENTAGE', value: string): Json => ({
  Dimensions: {
    Key: `ANOMALY_TOTAL_IMPACT_${kind}`,
    MatchOptions: ['GREATER_THAN_OR_EQUAL'],
    Values: [value],
  },
});
const subscription = (more: Json = {}): Json => ({
  SubscriptionArn: `arn:aws:ce::${ACCOUNT}:anomalysubscription/0c`,
  AccountId: ACCOUNT,
  MonitorArnList: [arn('0a1b')],
  Subscribers: [mail()],
  Frequency: 'DAILY',
  ThresholdExpression: impact('ABSOLUTE', '100'),
  SubscriptionName: 's',
  ...more,
});
const says = (monitors: Json[], subscriptions: Json[]): Json => ({
  [MONITORS]: { AnomalyMonitors: monitors },
  [SUBSCRIPTIONS]: { AnomalySubscriptions: subscriptions },
});
const watched = (more: Json = {}) => says([monitor(more)], [subscription()]);
const subscribed = (more: Json = {}) => says([monitor()], [subscription(more)]);
const one = (only: Json) => says([only], [subscription()]);
const organization = (MasterAccountId: string) => ({
  [ORGANIZATION]: { Organization: { Id: 'o-a1b2c3d4e5', MasterAccountId } },
});

const OK: Says = ['COMPLIANT', ''];
const nc = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const NO_MONITOR = nc('Cost Anomaly Detection has no monitor');
const PART = nc('no anomaly monitor watches all of the account: "services" sees a part');
const NOBODY = nc('nobody is subscribed to the anomaly monitor');
const DECLINED = nc('the anomaly subscription has no subscriber who takes it');
const HIGH = nc('no anomaly subscription tells of anomalies of 100 US dollars');
const unknown = (code: string): Says => ['UNKNOWN', code];
const max = { maxThresholdUsd: '100' };
const partly = { acceptPartialMonitors: 'true' };
const notRequired = { requireSubscription: 'false' };
const covered = { payerCovers: 'true' };
const COVERED: Says = ['NOT_APPLICABLE', /management account 999988887777/];
const FILES_ONLY = 'AWS gives it as its model has it: only a person writes it so';

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const monitors: Row[] = [
  ['a monitor of services, and a subscription', watched(), OK],
  ['a monitor of linked accounts', watched({ MonitorDimension: 'LINKED_ACCOUNT' }), OK],
  ['a monitor of a tag', watched({ MonitorDimension: 'TAG' }), PART],
  ['a monitor of a cost category', watched({ MonitorDimension: 'COST_CATEGORY' }), PART],
  ['a monitor of a tag, which is accepted', watched({ MonitorDimension: 'TAG' }), OK, partly],
  ['a custom monitor of a tag', one(TAGGED), PART],
  ['a custom monitor of a tag, which is accepted', one(TAGGED), OK, partly],
  ['a custom monitor of a cost category', one(custom({ CostCategories: { Key: 'x', Values: ['y'] } })), PART],
  ['a custom monitor of this account', one(custom(accounts(ACCOUNT))), OK],
  ['a custom monitor of several accounts', one(custom(accounts('999988887777', ACCOUNT))), OK],
  ['a custom monitor of another account', one(custom(accounts('999988887777'))), PART],
  [
    'a custom monitor of another account, where partial ones are accepted',
    one(custom(accounts('999988887777'))),
    PART,
    partly,
  ],
  [
    'a custom monitor of all that has no account such as this one',
    one(custom({ Dimensions: { Key: 'LINKED_ACCOUNT', Values: [ACCOUNT], MatchOptions: ['ABSENT'] } })),
    PART,
  ],
  [
    'a custom monitor of this account, which says that it is equal',
    one(custom({ Dimensions: { Key: 'LINKED_ACCOUNT', Values: [ACCOUNT], MatchOptions: ['EQUALS'] } })),
    OK,
  ],
  ['this account or another', one(custom({ Or: [accounts('999988887777'), accounts(ACCOUNT)] })), OK],
  [
    'this account, and of it what is tagged',
    one(custom({ And: [accounts(ACCOUNT), { Tags: { Key: 'team', Values: ['x'] } }] })),
    PART,
  ],
  ['a custom monitor without a specification', one(custom(undefined)), unknown('Malformed')],
  [
    'a dimensional monitor without a dimension',
    watched({ MonitorDimension: undefined }),
    unknown('Malformed'),
  ],
  ['a type in small letters', watched({ MonitorType: 'dimensional', MonitorDimension: 'service' }), OK],
  ['no monitor', says([], []), NO_MONITOR],
  ['no monitor, and a subscription', says([], [subscription()]), NO_MONITOR],
  [
    'a partial monitor beside one of all',
    says([TAGGED, monitor({ MonitorArn: arn('1') })], [subscription({ MonitorArnList: [arn('1')] })]),
    OK,
  ],
];

const subscriptions: Row[] = [
  ['no subscription', says([monitor()], []), NOBODY],
  ['no subscription, which is not required', says([monitor()], []), OK, notRequired],
  ['a subscription to another monitor', subscribed({ MonitorArnList: [arn('9')] }), NOBODY],
  ['a subscription to nothing', subscribed({ MonitorArnList: [] }), NOBODY],
  [
    'a subscription to the partial monitor only',
    says([monitor({ MonitorArn: arn('1') }), TAGGED], [subscription()]),
    NOBODY,
  ],
  ['a subscriber who has declined', subscribed({ Subscribers: [mail({ Status: 'DECLINED' })] }), DECLINED],
  [
    'two subscribers, of whom one has declined',
    subscribed({ Subscribers: [mail({ Status: 'DECLINED' }), mail()] }),
    OK,
  ],
  ['no subscriber', subscribed({ Subscribers: [] }), DECLINED],
  ['a subscriber without a status', subscribed({ Subscribers: [mail({ Status: undefined })] }), OK],
  [
    'a topic, at once',
    subscribed({
      Frequency: 'IMMEDIATE',
      Subscribers: [{ Address: `arn:aws:sns:us-east-1:${ACCOUNT}:cost`, Type: 'SNS', Status: 'CONFIRMED' }],
    }),
    OK,
  ],
  ['weekly mails', subscribed({ Frequency: 'WEEKLY' }), OK],
  [
    'the second of two subscriptions',
    says([monitor()], [subscription({ Subscribers: [] }), subscription()]),
    OK,
  ],
];

const thresholds: Row[] = [
  ['an amount at the limit', subscribed(), OK, max],
  ['an amount above the limit', subscribed({ ThresholdExpression: impact('ABSOLUTE', '100.01') }), HIGH, max],
  ['an amount, and no limit', subscribed({ ThresholdExpression: impact('ABSOLUTE', '100000') }), OK],
  ['a percentage', subscribed({ ThresholdExpression: impact('PERCENTAGE', '400') }), OK, max],
  [
    'a high amount or a percentage',
    subscribed({ ThresholdExpression: { Or: [impact('ABSOLUTE', '1000'), impact('PERCENTAGE', '40')] } }),
    OK,
    max,
  ],
  [
    'a high amount and a percentage',
    subscribed({ ThresholdExpression: { And: [impact('ABSOLUTE', '1000'), impact('PERCENTAGE', '40')] } }),
    HIGH,
    max,
  ],
  [
    'a low amount and a percentage',
    subscribed({ ThresholdExpression: { And: [impact('ABSOLUTE', '10'), impact('PERCENTAGE', '40')] } }),
    OK,
    max,
  ],
  [
    'an older threshold at the limit',
    subscribed({ ThresholdExpression: undefined, Threshold: 100 }),
    OK,
    max,
  ],
  ['an older threshold above it', subscribed({ ThresholdExpression: undefined, Threshold: 101 }), HIGH, max],
  [
    'an older threshold, and the expression that AWS goes by',
    subscribed({ Threshold: 1, ThresholdExpression: impact('ABSOLUTE', '1000') }),
    HIGH,
    max,
  ],
  ['no threshold', subscribed({ ThresholdExpression: undefined }), OK, max],
  ['an amount that is none', subscribed({ ThresholdExpression: impact('ABSOLUTE', 'much') }), HIGH, max],
  [
    'a limit of nothing',
    subscribed({ ThresholdExpression: impact('ABSOLUTE', '0') }),
    OK,
    { maxThresholdUsd: '0' },
  ],
];

const NOT_ENABLED = fails('AccessDeniedException');
const unread: Row[] = [
  ['monitors that may not be read', { ...watched(), [MONITORS]: denied }, unknown('AccessDenied')],
  [
    'Cost Explorer never opened',
    { [MONITORS]: NOT_ENABLED, [SUBSCRIPTIONS]: NOT_ENABLED },
    unknown('AccessDeniedException'),
  ],
  ['nothing collected', {}, unknown('NotCollected')],
  ['subscriptions that may not be read', { ...watched(), [SUBSCRIPTIONS]: denied }, unknown('AccessDenied')],
  ['subscriptions that nobody collected', { [MONITORS]: watched()[MONITORS] }, unknown('NotCollected')],
  [
    'subscriptions that may not be read, and no monitor',
    { ...says([], []), [SUBSCRIPTIONS]: denied },
    NO_MONITOR,
  ],
  [
    'subscriptions that may not be read, and are not required',
    { ...watched(), [SUBSCRIPTIONS]: denied },
    OK,
    notRequired,
  ],
  [
    'monitors that go on, and one that counts',
    { ...watched(), [MONITORS]: { AnomalyMonitors: [monitor()], NextPageToken: 'more' } },
    OK,
  ],
  [
    'monitors that go on, and none that counts',
    { ...watched(), [MONITORS]: { AnomalyMonitors: [], NextPageToken: 'more' } },
    unknown('CutAnswer'),
  ],
  [
    'subscriptions that go on, and none that counts',
    { ...watched(), [SUBSCRIPTIONS]: { AnomalySubscriptions: [], NextPageToken: 'more' } },
    unknown('CutAnswer'),
  ],
  [
    'a monitor that makes no sense beside one that counts',
    says([{ MonitorArn: arn('7') }, monitor()], [subscription()]),
    OK,
  ],
  ['a monitor that makes no sense', says([{ MonitorArn: arn('7') }], [subscription()]), unknown('Malformed')],
  ['an answer without its list', { ...watched(), [MONITORS]: {} }, unknown('Malformed'), {}],
  [
    'monitors that are no list',
    { ...watched(), [MONITORS]: { AnomalyMonitors: {} } },
    unknown('Malformed'),
    {},
    { filesOnly: FILES_ONLY },
  ],
];

const nothing = says([], []);
const payers: Row[] = [
  ['a member with nothing', { ...nothing, ...organization('999988887777') }, NO_MONITOR],
  [
    'a member with nothing, which is covered',
    { ...nothing, ...organization('999988887777') },
    COVERED,
    covered,
  ],
  ['a member that watches itself', { ...watched(), ...organization('999988887777') }, OK, covered],
  ['the management account', { ...nothing, ...organization(ACCOUNT) }, NO_MONITOR, covered],
  [
    'an account in no organization',
    { ...nothing, [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') },
    NO_MONITOR,
    covered,
  ],
  [
    'an organization that may not be read',
    { ...nothing, [ORGANIZATION]: denied },
    unknown('AccessDenied'),
    covered,
  ],
];

const situations: Situations = {
  rule,
  situations: [...monitors, ...subscriptions, ...thresholds, ...unread, ...payers].map(
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
