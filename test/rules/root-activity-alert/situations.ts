import rule from '../../../rules/root-activity-alert/rule.ts';
import {
  alarm,
  alarms,
  article,
  busIn,
  CATCH_ALL,
  filters,
  GROUP,
  HERE,
  mainTrail,
  OTHER,
  policyFor,
  rules,
  selectors,
  snsTarget,
  THERE,
  targets,
  topic,
  topicArn,
  trail,
  trails,
} from '../../support/alerts.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const OK: Says = ['COMPLIANT', ''];
const wrong = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];
const SIGN_IN = { coverage: 'SIGN_IN' };
const ANY = { coverage: 'ANY' };

/** A trail of all Regions, one rule with this pattern, its topic, and no metric filter. */
const world = (pattern: Json, more: Json = {}, rule: Json = {}): Json => ({
  ...mainTrail(),
  ...rules([{ Name: 'root', EventPattern: JSON.stringify(pattern), ...rule }]),
  ...targets('root', snsTarget()),
  ...topic(),
  ...filters([]),
  ...alarms([]),
  ...more,
});
const root = (more: Json = {}): Json => ({ detail: { userIdentity: { type: ['Root'] }, ...more } });
const good = world(CATCH_ALL);
/** A metric filter with this pattern on the trail's group, its alarm and topic, and no rule. */
const watched = (filterPattern: string, more: Json = {}): Json => ({
  ...mainTrail({ CloudWatchLogsLogGroupArn: GROUP }),
  ...rules([]),
  ...filters([{ filterPattern }]),
  ...alarms([alarm()]),
  ...topic(policyFor('none')),
  ...more,
});
const CIS =
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }';

const MISSES = "root does not match root's sign-in and API calls";
const NO_RULE = /no EventBridge rule in us-east-1 matches root's sign-in and API calls/;
const NO_TRAIL =
  "no trail logs root's sign-in and API calls as a management event, so that no alert can see it";
const topicOf = (more: Json) => ({ ...topic(policyFor('events'), more) });

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];

/** A live account is asked for all pages, and answers in AWS's own form. */
const FILES = { filesOnly: 'no answer of a live account is so' };

const byRules: Row[] = [
  ['a rule for all that root does', good, OK],
  [
    'a rule that names both kinds of events',
    world({
      'detail-type': ['AWS Console Sign In via CloudTrail', 'AWS API Call via CloudTrail'],
      ...root(),
    }),
    OK,
  ],
  [
    "the rule of AWS's article: sign-in alone",
    world(article, {}, {}),
    wrong("rule root covers sign-in only: root's API calls raise no alert"),
  ],
  ["AWS's article, where sign-in is enough", world(article), OK, SIGN_IN],
  [
    'a rule for API calls alone',
    world({ 'detail-type': ['AWS API Call via CloudTrail'], ...root() }),
    wrong(/^rule root covers API calls only: root's sign-in raise no alert/),
  ],
  [
    'two rules, one for each',
    {
      ...world(article),
      ...rules([
        { Name: 'root', EventPattern: JSON.stringify(article) },
        {
          Name: 'calls',
          EventPattern: JSON.stringify({ 'detail-type': ['AWS API Call via CloudTrail'], ...root() }),
        },
      ]),
      ...targets('calls', snsTarget()),
    },
    OK,
  ],
  ['root in lower case', world({ detail: { userIdentity: { type: ['root'] } } }), wrong(MISSES)],
  [
    'root in any letter case',
    world({ detail: { userIdentity: { type: [{ 'equals-ignore-case': 'root' }] } } }),
    OK,
  ],
  [
    'ConsoleLogin only',
    world(root({ eventName: ['ConsoleLogin'] })),
    wrong(/^rule root covers sign-in only/),
  ],
  ['ConsoleLogin only, where sign-in is enough', world(root({ eventName: ['ConsoleLogin'] })), OK, SIGN_IN],
  [
    'sign-in without MFA only',
    world(root({ eventName: ['ConsoleLogin'], additionalEventData: { MFAUsed: ['No'] } })),
    wrong(/^root does not match root's sign-in/),
    SIGN_IN,
  ],
  [
    'failed sign-in only',
    world(root({ responseElements: { ConsoleLogin: ['Failure'] } })),
    wrong(new RegExp(`^${MISSES}`)),
  ],
  [
    'a pattern that leaves sessions of AssumeRoot out',
    world({
      detail: { userIdentity: { type: ['Root'], sessionContext: { assumedRoot: [{ exists: false }] } } },
    }),
    OK,
  ],
  [
    'the type, or the ARN',
    world({
      detail: {
        $or: [{ userIdentity: { type: ['Root'] } }, { userIdentity: { arn: [{ suffix: ':root' }] } }],
      },
    }),
    OK,
  ],
  [
    'anybody but users and roles',
    world({ detail: { userIdentity: { type: [{ 'anything-but': ['IAMUser', 'AssumedRole'] }] } } }),
    OK,
  ],
  ['another account', world({ account: [OTHER], ...root() }), wrong(new RegExp(`^${MISSES}`))],
  ['this account', world({ account: [ACCOUNT], ...root() }), OK],
  ['another Region', world({ region: ['ap-northeast-2'], ...root() }), wrong(new RegExp(`^${MISSES}`))],
  [
    'one office only',
    world(root({ sourceIPAddress: [{ cidr: '203.0.113.0/24' }] })),
    wrong(new RegExp(`^${MISSES}`)),
  ],
  ['anywhere but one office', world(root({ sourceIPAddress: [{ 'anything-but': ['198.51.100.7'] }] })), OK],
  ['a rule about something else', world({ source: ['aws.ec2'] }), wrong(NO_RULE)],
  [
    'an operator that nobody knows',
    world(root({ eventName: [{ 'starts-with': 'C' }] })),
    unknown('IncompleteAnswer'),
  ],
  ['no rule at all', { ...good, ...rules([]) }, wrong(NO_RULE)],
  [
    'a schedule',
    { ...good, ...rules([{ Name: 'nightly', ScheduleExpression: 'rate(1 day)' }]) },
    wrong(NO_RULE),
  ],
  ['a rule that is off', world(CATCH_ALL, {}, { State: 'DISABLED' }), wrong(/^rule root is off/)],
  [
    'a rule that asks for all management events',
    world(CATCH_ALL, {}, { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' }),
    OK,
  ],
  ['a rule of another bus', world(CATCH_ALL, {}, { EventBusName: 'audit' }), wrong(NO_RULE)],
  ['no target', { ...good, ...targets('root') }, wrong(/^rule root tells nobody/)],
  [
    'a rule that is gone meanwhile',
    { ...good, [`${HERE}/events/list-targets-by-rule/root.json`]: fails('ResourceNotFoundException') },
    wrong(/^rule root tells nobody/),
  ],
  [
    'a log group as the only target',
    {
      ...good,
      ...targets('root', { Id: 'log', Arn: `arn:aws:logs:${HERE}:${ACCOUNT}:log-group:/aws/events/root` }),
    },
    wrong(/^rule root tells nobody: it has no target, or a log group alone/),
  ],
  [
    'a function as target',
    { ...good, ...targets('root', { Id: 'fn', Arn: `arn:aws:lambda:${HERE}:${ACCOUNT}:function:notify` }) },
    OK,
  ],
  [
    'a rule in another Region only',
    { ...good, ...rules([]), ...rules([{ Name: 'root', EventPattern: JSON.stringify(CATCH_ALL) }], THERE) },
    wrong(NO_RULE),
  ],
  [
    'a rule that sends on to another Region, where a rule tells somebody',
    {
      ...good,
      ...targets('root', busIn(THERE)),
      ...rules(
        [
          {
            Name: 'far',
            EventPattern: JSON.stringify(CATCH_ALL),
            Arn: `arn:aws:events:${THERE}:${ACCOUNT}:rule/far`,
          },
        ],
        THERE,
      ),
      ...targets('far', snsTarget({ region: THERE }), THERE),
      ...topic(policyFor('events', THERE), {}, THERE),
    },
    OK,
  ],
  [
    'a rule that sends on to another Region, where nobody is told',
    { ...good, ...targets('root', busIn(THERE)), ...rules([], THERE) },
    wrong(/^no EventBridge rule in ap-northeast-2 matches|no EventBridge rule in ap-northeast-2/),
  ],
  [
    'a rule that sends on to a Region that nobody collected',
    { ...good, ...targets('root', busIn(THERE)) },
    unknown('NotCollected'),
  ],
  [
    'a bus of another account',
    { ...good, ...targets('root', busIn(HERE, OTHER)) },
    unknown('IncompleteAnswer'),
  ],
  [
    'a bus of a trusted account',
    { ...good, ...targets('root', busIn(HERE, OTHER)) },
    OK,
    { trustedAccounts: OTHER },
  ],
  [
    'a bus with a name',
    { ...good, ...targets('root', busIn(HERE, ACCOUNT, 'audit')) },
    unknown('IncompleteAnswer'),
  ],
];

const byTrails: Row[] = [
  ['no trail', { ...good, ...trails([]) }, wrong(NO_TRAIL)],
  [
    'a trail that does not log',
    { ...good, [`${HERE}/cloudtrail/get-trail-status/main.json`]: { IsLogging: false } },
    wrong(NO_TRAIL),
  ],
  [
    'a trail of another Region',
    {
      ...good,
      ...trails([
        trail({
          IsMultiRegionTrail: false,
          HomeRegion: THERE,
          TrailARN: `arn:aws:cloudtrail:${THERE}:${ACCOUNT}:trail/main`,
        }),
      ]),
    },
    wrong(NO_TRAIL),
  ],
  [
    'a trail of all Regions, at home in another',
    {
      ...good,
      ...trails([
        trail({ HomeRegion: THERE, TrailARN: `arn:aws:cloudtrail:${THERE}:${ACCOUNT}:trail/main` }),
      ]),
      ...mainTrail(
        { HomeRegion: THERE, TrailARN: `arn:aws:cloudtrail:${THERE}:${ACCOUNT}:trail/main` },
        THERE,
      ),
    },
    OK,
  ],
  ['a trail of this Region alone', { ...good, ...trails([trail({ IsMultiRegionTrail: false })]) }, OK],
  [
    "an organization's trail",
    {
      ...good,
      ...trails([
        trail({ IsOrganizationTrail: true, TrailARN: `arn:aws:cloudtrail:${HERE}:${OTHER}:trail/main` }),
      ]),
    },
    OK,
  ],
  [
    'data events only',
    {
      ...good,
      ...selectors({
        EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false, DataResources: [] }],
      }),
    },
    wrong(NO_TRAIL),
  ],
  [
    'events that only read',
    {
      ...good,
      ...selectors({ EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] }),
    },
    wrong(NO_TRAIL),
  ],
  [
    'events that write',
    {
      ...good,
      ...selectors({ EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] }),
    },
    OK,
  ],
  [
    'all but the events of a service',
    {
      ...good,
      ...selectors({
        EventSelectors: [
          {
            ReadWriteType: 'All',
            IncludeManagementEvents: true,
            ExcludeManagementEventSources: ['kms.amazonaws.com'],
          },
        ],
      }),
    },
    OK,
  ],
  ['no selectors', { ...good, ...selectors({ EventSelectors: [] }) }, OK],
  [
    'advanced selectors: management events',
    { ...good, ...selectors(advanced({ Field: 'eventCategory', Equals: ['Management'] })) },
    OK,
  ],
  [
    'advanced selectors: reading only',
    {
      ...good,
      ...selectors(
        advanced({ Field: 'eventCategory', Equals: ['Management'] }, { Field: 'readOnly', Equals: ['true'] }),
      ),
    },
    wrong(NO_TRAIL),
  ],
  [
    'advanced selectors: data events',
    {
      ...good,
      ...selectors(
        advanced(
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        ),
      ),
    },
    wrong(NO_TRAIL),
  ],
  [
    'advanced selectors: all but root',
    {
      ...good,
      ...selectors(
        advanced(
          { Field: 'eventCategory', Equals: ['Management'] },
          { Field: 'userIdentity.arn', NotEndsWith: [':root'] },
        ),
      ),
    },
    wrong(NO_TRAIL),
  ],
  [
    'a second trail that logs',
    {
      ...good,
      ...trails([
        trail({ Name: 'old', TrailARN: `arn:aws:cloudtrail:${HERE}:${ACCOUNT}:trail/old` }),
        trail(),
      ]),
      [`${HERE}/cloudtrail/get-trail-status/old.json`]: { IsLogging: false },
      [`${HERE}/cloudtrail/get-event-selectors/old.json`]: denied,
    },
    OK,
  ],
  [
    'trails that may not be read',
    { ...good, [`${HERE}/cloudtrail/describe-trails.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'the state of the trail may not be read',
    { ...good, [`${HERE}/cloudtrail/get-trail-status/main.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'the selectors of the trail may not be read',
    { ...good, [`${HERE}/cloudtrail/get-event-selectors/main.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'the state of the trail may not be read, and nobody would be told',
    { ...good, ...rules([]), [`${HERE}/cloudtrail/get-trail-status/main.json`]: denied },
    wrong(NO_RULE),
  ],
  ['nothing collected', {}, unknown('NotCollected')],
  [
    'a Region of the view, and nothing of us-east-1',
    { [`${THERE}/events/list-rules.json`]: { Rules: [] } },
    unknown('NotCollected'),
    {},
    { regions: [THERE] },
  ],
  ['a view of another Region', good, OK, {}, { regions: [THERE] }],
];
function advanced(...fields: Json[]): Json {
  return { AdvancedEventSelectors: [{ Name: 'one', FieldSelectors: fields }] };
}

const byTopics: Row[] = [
  [
    'a topic without a confirmed subscription',
    { ...good, ...topicOf({ SubscriptionsConfirmed: '0', SubscriptionsPending: '1' }) },
    wrong(/^topic alerts has no confirmed subscription/),
  ],
  [
    'no confirmed subscription, where none is asked for',
    { ...good, ...topicOf({ SubscriptionsConfirmed: '0' }) },
    OK,
    { requireConfirmedSubscription: 'false' },
  ],
  [
    'a topic that is gone',
    { ...good, [`${HERE}/sns/get-topic-attributes/alerts.json`]: fails('NotFound') },
    wrong(/^topic alerts does not exist/),
  ],
  [
    'a topic that may not be read',
    { ...good, [`${HERE}/sns/get-topic-attributes/alerts.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    "a topic under SNS's own key",
    { ...good, ...topicOf({ KmsMasterKeyId: 'alias/aws/sns' }) },
    wrong(/^topic alerts is encrypted with alias\/aws\/sns/),
  ],
  [
    "SNS's own key by its ARN",
    { ...good, ...topicOf({ KmsMasterKeyId: `arn:aws:kms:${HERE}:${ACCOUNT}:alias/aws/sns` }) },
    wrong(/^topic alerts is encrypted/),
  ],
  ['a key of its own', { ...good, ...topicOf({ KmsMasterKeyId: 'alias/alerts' }) }, OK],
  [
    "SNS's default policy",
    { ...good, ...topic(policyFor('owner')) },
    wrong(/^the policy of topic alerts does not let EventBridge publish/),
  ],
  [
    "SNS's default policy, and a role on the target",
    { ...good, ...topic(policyFor('owner')), ...targets('root', snsTarget({ role: true })) },
    OK,
  ],
  ['a policy for this account and this rule', { ...good, ...topic(policyFor('rule')) }, OK],
  [
    'a topic of another account',
    { ...good, ...targets('root', snsTarget({ account: OTHER })) },
    unknown('IncompleteAnswer'),
  ],
  [
    'a topic of a trusted account',
    { ...good, ...targets('root', snsTarget({ account: OTHER })) },
    OK,
    { trustedAccounts: `${OTHER}, 444455556666` },
  ],
  [
    'one topic of two',
    {
      ...good,
      ...targets('root', [snsTarget({ name: 'gone' }), snsTarget()]),
      [`${HERE}/sns/get-topic-attributes/gone.json`]: fails('NotFoundException'),
    },
    OK,
  ],
];

const byFilters: Row[] = [
  ["CIS's metric filter", watched(CIS), OK],
  [
    'its clauses in another order, without quotes and blanks',
    watched(
      '{($.eventType!=AwsServiceEvent)&&($.userIdentity.type=Root)&&($.userIdentity.invokedBy NOT EXISTS)}',
    ),
    OK,
  ],
  ['a wider filter', watched('{ $.userIdentity.type = "Root" }'), OK],
  ['a filter of all events', watched(''), OK],
  [
    'a filter for sign-in only',
    watched('{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }'),
    wrong(/^metric filter root-use covers sign-in only: root's API calls raise no alert/),
  ],
  [
    'a filter for sign-in only, where that is enough',
    watched('{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }'),
    OK,
    SIGN_IN,
  ],
  [
    'root in lower case in the filter',
    watched('{ $.userIdentity.type = "root" }'),
    wrong(/^root-use does not match root's/),
  ],
  [
    'a filter of API calls without parameters, where one kind of use is enough',
    watched('{ $.requestParameters IS NULL && $.eventName != "ConsoleLogin" }'),
    wrong(/no metric filter of log group trail matches root's sign-in and API calls/),
    ANY,
  ],
  [
    'a filter of sign-ins, and of API calls that answer nothing',
    watched(
      '{ $.userIdentity.type = "Root" && ($.eventName = "ConsoleLogin" || $.responseElements IS NULL) }',
    ),
    wrong(/^metric filter root-use covers sign-in only/),
  ],
  ['a filter of words', watched('Root'), unknown('IncompleteAnswer')],
  ['no alarm', watched(CIS, alarms([])), wrong(/^no alarm is on the metric of filter root-use/)],
  [
    'an alarm of another namespace',
    watched(CIS, alarms([alarm({ Namespace: 'Other' })])),
    wrong(/^no alarm is on the metric/),
  ],
  [
    'an alarm on a dimension that the filter does not set',
    watched(CIS, alarms([alarm({ Dimensions: [{ Name: 'Event', Value: 'CreateUser' }] })])),
    wrong(/^no alarm is on the metric/),
  ],
  [
    'actions that are off',
    watched(CIS, alarms([alarm({ ActionsEnabled: false })])),
    wrong(/^the actions of alarm root are off/),
  ],
  ['no action', watched(CIS, alarms([alarm({ AlarmActions: [] })])), wrong(/^alarm root tells nobody/)],
  [
    'a threshold of five',
    watched(CIS, alarms([alarm({ Threshold: 5 })])),
    wrong(/^alarm root is not set off by one event/),
  ],
  [
    'more than zero',
    watched(CIS, alarms([alarm({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 0 })])),
    OK,
  ],
  [
    'three datapoints',
    watched(CIS, alarms([alarm({ EvaluationPeriods: 3 })])),
    wrong(/^alarm root waits for more than one datapoint/),
  ],
  [
    'one datapoint of three',
    watched(CIS, alarms([alarm({ EvaluationPeriods: 3, DatapointsToAlarm: 1 })])),
    OK,
  ],
  ['metric math over it', watched(CIS, alarms([mathAlarm()])), OK],
  [
    'a composite alarm over an alarm without actions',
    watched(
      CIS,
      alarms(
        [alarm({ AlarmActions: [] })],
        [
          {
            AlarmName: 'any',
            AlarmArn: `arn:aws:cloudwatch:${HERE}:${ACCOUNT}:alarm:any`,
            AlarmRule: 'ALARM("root")',
            ActionsEnabled: true,
            AlarmActions: [topicArn()],
          },
        ],
      ),
    ),
    OK,
  ],
  [
    'a filter of another log group',
    watched(CIS, filters([{ filterPattern: CIS, logGroupName: 'app' }])),
    wrong(/no metric filter of log group trail matches/),
  ],
  ['a trail without a log group', watched(CIS, mainTrail()), wrong(/trail main delivers to no log group/)],
  [
    'a log group of another account',
    watched(CIS, mainTrail({ CloudWatchLogsLogGroupArn: GROUP.replace(ACCOUNT, OTHER) })),
    unknown('IncompleteAnswer'),
  ],
  [
    'a log group of a trusted account',
    watched(CIS, mainTrail({ CloudWatchLogsLogGroupArn: GROUP.replace(ACCOUNT, OTHER) })),
    OK,
    { trustedAccounts: OTHER },
  ],
  [
    'an alarm that tells an unconfirmed topic',
    watched(CIS, topic(policyFor('none'), { SubscriptionsConfirmed: '0' })),
    wrong(/^topic alerts has no confirmed subscription/),
  ],
  [
    'rules that may not be read, and a filter that works',
    watched(CIS, { [`${HERE}/events/list-rules.json`]: denied }),
    OK,
  ],
  [
    'a rule that works, and alarms that may not be read',
    {
      ...good,
      ...mainTrail({ CloudWatchLogsLogGroupArn: GROUP }),
      ...filters([{ filterPattern: CIS }]),
      [`${HERE}/cloudwatch/describe-alarms.json`]: denied,
    },
    OK,
  ],
  [
    'rules that may not be read, and no filter',
    { ...good, [`${HERE}/events/list-rules.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'targets that may not be read',
    { ...good, [`${HERE}/events/list-targets-by-rule/root.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'filters that may not be read',
    watched(CIS, { [`${HERE}/logs/describe-metric-filters.json`]: denied }),
    unknown('AccessDenied'),
  ],
  [
    'alarms that may not be read',
    watched(CIS, { [`${HERE}/cloudwatch/describe-alarms.json`]: denied }),
    unknown('AccessDenied'),
  ],
];
function mathAlarm(): Json {
  const { Namespace, MetricName, Statistic, ...rest } = alarm();
  return {
    ...rest,
    Metrics: [
      {
        Id: 'm',
        MetricStat: { Metric: { Namespace, MetricName, Dimensions: [] }, Period: 60, Stat: Statistic },
        ReturnData: false,
      },
      { Id: 'e', Expression: 'FILL(m, 0)', ReturnData: true },
    ],
  };
}

const byDimensions: Row[] = [
  [
    'an alarm on the filter’s dimension',
    counted({ Event: '$.eventName' }, [{ Name: 'Event', Value: 'ConsoleLogin' }]),
    OK,
    SIGN_IN,
  ],
  [
    'an alarm on another value of the dimension',
    counted({ Event: '$.eventName' }, [{ Name: 'Event', Value: 'CreateUser' }]),
    wrong(/^no alarm is on the metric/),
    SIGN_IN,
  ],
  [
    'an alarm without the filter’s dimension, which is another metric',
    counted({ Event: '$.eventName' }, []),
    wrong(/^no alarm is on the metric/),
    SIGN_IN,
  ],
];
function counted(dimensions: Json, Dimensions: readonly Json[]): Json {
  const metricTransformations = [
    { metricName: 'RootUse', metricNamespace: 'CIS', metricValue: '1', dimensions },
  ];
  return watched(CIS, {
    ...filters([{ filterPattern: CIS, metricTransformations }]),
    ...alarms([alarm({ Dimensions })]),
  });
}

const cut = (path: string): Json => ({ [path]: { ...(good[path] as Json), NextToken: 'more' } });
const RULES = `${HERE}/events/list-rules.json`;
const byAnswers: Row[] = [
  ['a part of the rules, with one that tells somebody', { ...good, ...cut(RULES) }, OK],
  [
    'a part of the rules, without one',
    { ...good, [RULES]: { Rules: [], NextToken: 'more' } },
    unknown('CutAnswer'),
  ],
  ['a part of the targets', { ...good, ...cut(`${HERE}/events/list-targets-by-rule/root.json`) }, OK],
  ['a rule whose state is left out', world(CATCH_ALL, {}, { State: undefined }), unknown('IncompleteAnswer')],
  [
    'a topic that does not say how many subscriptions it has',
    { ...good, ...topicOf({ SubscriptionsConfirmed: undefined }) },
    unknown('IncompleteAnswer'),
  ],
  [
    'a topic whose policy is left out',
    { ...good, ...topicOf({ Policy: undefined }) },
    unknown('IncompleteAnswer'),
  ],
  [
    'a pattern that is no JSON',
    world(CATCH_ALL, {}, { EventPattern: '{"detail":' }),
    unknown('IncompleteAnswer'),
  ],
  ['rules that are no list', { ...good, [RULES]: { Rules: 'none' } }, unknown('Malformed'), {}, FILES],
];

const byParameters: Row[] = [
  ['any alert, and sign-in raises one', world(article), OK, ANY],
  ['any alert, and none is there', { ...good, ...rules([]) }, wrong(NO_RULE), ANY],
  [
    'a named event that raises an alert',
    world({ source: ['aws.s3'], ...root() }),
    OK,
    { eventNames: 's3:PutBucketPolicy' },
  ],
  [
    'a named event that raises none',
    world({ source: ['aws.s3'], ...root() }),
    wrong(/^rule root covers s3:PutBucketPolicy only: root's iam:CreateUser raise no alert/),
    { eventNames: 's3:PutBucketPolicy, iam:CreateUser' },
  ],
  ['a named sign-in', world(article), OK, { eventNames: 'signin:ConsoleLogin', coverage: 'SIGN_IN_AND_API' }],
  [
    'a named call that only reads',
    world(CATCH_ALL),
    wrong(/^root does not match root's s3:ListBuckets/),
    { eventNames: 's3:ListBuckets' },
  ],
  [
    'a named call that only reads, for a rule that asks for all',
    world(CATCH_ALL, {}, { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' }),
    OK,
    { eventNames: 's3:ListBuckets' },
  ],
  ['rules do not count', good, wrong(/^trail main delivers to no log group/), { acceptEventBridge: 'false' }],
  [
    'filters do not count',
    watched(CIS),
    wrong(/^no EventBridge rule in us-east-1 matches/),
    { acceptMetricFilter: 'false' },
  ],
  [
    'nothing counts',
    {},
    wrong('neither EventBridge nor metric filters are accepted, so that nothing can pass'),
    { acceptEventBridge: 'false', acceptMetricFilter: 'false' },
  ],
];

const situations: Situations = {
  rule,
  situations: [
    ...byRules,
    ...byTrails,
    ...byTopics,
    ...byFilters,
    ...byDimensions,
    ...byAnswers,
    ...byParameters,
  ].map(([situation, readings, says, parameters = {}, more = {}]) => ({
    situation,
    readings,
    says,
    parameters,
    ...more,
  })),
};
export default situations;
