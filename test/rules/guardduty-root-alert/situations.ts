import rule from '../../../rules/guardduty-root-alert/rule.ts';
import { HERE, OTHER, policyFor, rules, snsTarget, THERE, targets, topic } from '../../support/alerts.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const TYPE = 'Policy:IAMUser/RootCredentialUsage';
const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';

/** GuardDuty, on, with these filters by name. */
const on = (filters: Readonly<Record<string, Json>> = {}, region = HERE, Status = 'ENABLED'): Json => ({
  [`${region}/guardduty/list-detectors.json`]: { DetectorIds: [DETECTOR] },
  [`${region}/guardduty/get-detector/${DETECTOR}.json`]: {
    CreatedAt: '2026-01-05T00:00:00Z',
    FindingPublishingFrequency: 'SIX_HOURS',
    ServiceRole: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
    Status,
    Tags: {},
  },
  [`${region}/guardduty/list-filters/${DETECTOR}.json`]: { FilterNames: Object.keys(filters) },
  ...Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [
      `${region}/guardduty/get-filter/${DETECTOR}/${name}.json`,
      { Name: name, Action: 'ARCHIVE', Rank: 1, Tags: {}, ...filter },
    ]),
  ),
});
const criteria = (Criterion: Json, more: Json = {}): Json => ({ FindingCriteria: { Criterion }, ...more });
const filtered = (Criterion: Json, more: Json = {}): Json =>
  world({}, on({ noise: criteria(Criterion, more) }));

const pattern = (detail?: Json): Json => ({
  source: ['aws.guardduty'],
  'detail-type': ['GuardDuty Finding'],
  ...(detail && { detail }),
});
/** A rule with this pattern, its topic, and GuardDuty. */
const routed = (EventPattern: Json, rule: Json = {}, region = HERE): Json => ({
  ...rules([{ Name: 'findings', EventPattern: JSON.stringify(EventPattern), ...rule }], region),
  ...targets('findings', snsTarget({ region }), region),
  ...topic(policyFor('events', region), {}, region),
});
const world = (more: Json = {}, detector: Json = on()): Json => ({
  ...detector,
  ...routed(pattern()),
  ...more,
});
const good = world();
const FILTERS = `${HERE}/guardduty/list-filters/${DETECTOR}.json`;
const ADMIN = `${HERE}/guardduty/get-administrator-account/${DETECTOR}.json`;
const administered = (RelationshipStatus: string, AccountId = OTHER): Json => ({
  [ADMIN]: {
    Administrator: { AccountId, InvitationId: 'x', RelationshipStatus, InvitedAt: '2026-01-05T00:00:00Z' },
  },
});

const OK: Says = ['COMPLIANT', ''];
const wrong = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];
const NO_RULE = "no EventBridge rule matches GuardDuty's finding on root's use (us-east-1)";
const tooHigh = wrong(
  /^rule findings asks for a severity that the finding on root's use does not have: it is 2 \(us-east-1\)/,
);
const SUPPRESSED = wrong(
  "filter noise archives the finding on root's use, which then goes to nobody (us-east-1)",
);

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];

const byRoute: Row[] = [
  ['on, without a filter, and a rule that tells somebody', good, OK],
  [
    'no detector',
    world({}, { [`${HERE}/guardduty/list-detectors.json`]: { DetectorIds: [] } }),
    wrong('GuardDuty is not on (us-east-1)'),
  ],
  ['a detector that is off', world({}, on({}, HERE, 'DISABLED')), wrong('GuardDuty is not on (us-east-1)')],
  [
    'no detector, and no rule',
    { ...on(), [`${HERE}/guardduty/list-detectors.json`]: { DetectorIds: [] }, ...rules([]) },
    wrong(`GuardDuty is not on (us-east-1); ${NO_RULE}`),
  ],
  ['no rule', { ...on(), ...rules([]) }, wrong(NO_RULE)],
  [
    'a rule that is off',
    { ...on(), ...routed(pattern(), { State: 'DISABLED' }) },
    wrong('rule findings is off (us-east-1)'),
  ],
  ['no target', world(targets('findings')), wrong(/^rule findings tells nobody/)],
  ['severity from 4', { ...on(), ...routed(pattern({ severity: [{ numeric: ['>=', 4] }] })) }, tooHigh],
  ['severity from 7', { ...on(), ...routed(pattern({ severity: [{ numeric: ['>=', 7] }] })) }, tooHigh],
  [
    'a list of severities from 4',
    { ...on(), ...routed(pattern({ severity: [4, 4.1, 4.2, 5, 7, 8.9] })) },
    tooHigh,
  ],
  ['severity from 1', { ...on(), ...routed(pattern({ severity: [{ numeric: ['>=', 1] }] })) }, OK],
  ['types of policies', { ...on(), ...routed(pattern({ type: [{ prefix: 'Policy:' }] })) }, OK],
  ['the very type', { ...on(), ...routed(pattern({ type: [TYPE] })) }, OK],
  [
    'other types',
    { ...on(), ...routed(pattern({ type: [{ prefix: 'UnauthorizedAccess' }] })) },
    wrong("findings does not match GuardDuty's finding on root's use (us-east-1)"),
  ],
  [
    'root alone',
    { ...on(), ...routed(pattern({ resource: { accessKeyDetails: { userType: ['Root'] } } })) },
    OK,
  ],
  [
    'one call of root alone',
    { ...on(), ...routed(pattern({ service: { action: { awsApiCallAction: { api: ['CreateUser'] } } } })) },
    wrong(/^findings does not match/),
  ],
  ['this detector alone', { ...on(), ...routed(pattern({ service: { detectorId: [DETECTOR] } })) }, OK],
  [
    'a rule in a state that AWS does not have',
    { ...on(), ...routed(pattern(), { State: 'PAUSED' }) },
    unknown('IncompleteAnswer'),
  ],
  [
    "a rule for Security Hub's import alone",
    {
      ...on(),
      ...routed({ source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'] }),
    },
    wrong(NO_RULE),
  ],
  [
    'another account',
    { ...on(), ...routed({ ...pattern(), account: [OTHER] }) },
    wrong(/^findings does not match/),
  ],
  [
    'a topic without a confirmed subscription',
    world(topic(policyFor('events'), { SubscriptionsConfirmed: '0', SubscriptionsPending: '1' })),
    wrong('topic alerts has no confirmed subscription (us-east-1)'),
  ],
  [
    '… where none is asked for',
    world(topic(policyFor('events'), { SubscriptionsConfirmed: '0' })),
    OK,
    { requireConfirmedSubscription: 'false' },
  ],
  [
    'a topic that is gone',
    world({ [`${HERE}/sns/get-topic-attributes/alerts.json`]: fails('NotFound') }),
    wrong('topic alerts does not exist (us-east-1)'),
  ],
  [
    "SNS's own key",
    world(topic(policyFor('events'), { KmsMasterKeyId: 'alias/aws/sns' })),
    wrong(/^topic alerts is encrypted with alias\/aws\/sns/),
  ],
  [
    "a topic with SNS's default policy",
    world(topic(policyFor('owner'))),
    wrong('the policy of topic alerts does not let EventBridge publish (us-east-1)'),
  ],
  [
    'a topic of another account',
    world(targets('findings', snsTarget({ account: OTHER }))),
    unknown('IncompleteAnswer'),
  ],
  [
    'a topic of a trusted account',
    world(targets('findings', snsTarget({ account: OTHER }))),
    OK,
    { trustedAccounts: OTHER },
  ],
  [
    'rules that may not be read',
    { ...good, [`${HERE}/events/list-rules.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'targets that may not be read',
    { ...good, [`${HERE}/events/list-targets-by-rule/findings.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'another type of finding',
    { ...on(), ...routed(pattern({ type: ['Stealth:IAMUser/CloudTrailLoggingDisabled'] })) },
    OK,
    { findingType: 'Stealth:IAMUser/CloudTrailLoggingDisabled' },
  ],
];

const byFilters: Row[] = [
  ['a filter that archives the type', filtered({ type: { Eq: [TYPE], Equals: [TYPE] } }), SUPPRESSED],
  ['a filter that archives low severities', filtered({ severity: { Lt: 4, LessThan: 4 } }), SUPPRESSED],
  [
    "a filter that archives root's",
    filtered({ 'resource.accessKeyDetails.userType': { Equals: ['Root'] } }),
    SUPPRESSED,
  ],
  [
    'a filter that archives what the console makes of it',
    filtered({ 'service.archived': { Eq: ['false'] }, type: { Eq: [TYPE] } }),
    SUPPRESSED,
  ],
  ['a filter that archives types of policies', filtered({ type: { Matches: ['Policy:*'] } }), SUPPRESSED],
  [
    'a filter that archives all but some types',
    filtered({ type: { Neq: ['Recon:EC2/PortProbeUnprotectedPort'] } }),
    SUPPRESSED,
  ],
  ['a filter that only groups', filtered({ type: { Eq: [TYPE] } }, { Action: 'NOOP' }), OK],
  [
    'a filter on the type and one address',
    filtered({
      type: { Eq: [TYPE] },
      'service.action.awsApiCallAction.remoteIpDetails.ipAddressV4': { Eq: ['198.51.100.7'] },
    }),
    [
      'COMPLIANT',
      "filter noise archives some findings on root's use, by service.action.awsApiCallAction.remoteIpDetails.ipAddressV4 (us-east-1)",
    ],
  ],
  ['a filter on another type', filtered({ type: { Eq: ['Recon:EC2/PortProbeUnprotectedPort'] } }), OK],
  ['a filter on another account', filtered({ accountId: { Eq: [OTHER] } }), OK],
  ['a filter on this account', filtered({ accountId: { Eq: [ACCOUNT] } }), SUPPRESSED],
  ['a filter on high severities', filtered({ severity: { Gte: 7 } }), OK],
  [
    'a filter on another Region and the type',
    filtered({ region: { Eq: ['eu-west-1'] }, type: { Eq: [TYPE] } }),
    OK,
  ],
  [
    'a filter of two, of which one archives it',
    world({}, on({ quiet: criteria({ type: { Eq: ['x'] } }), noise: criteria({ type: { Eq: [TYPE] } }) })),
    SUPPRESSED,
  ],
  [
    'detectors that may not be read',
    { ...good, [`${HERE}/guardduty/list-detectors.json`]: denied },
    unknown('AccessDenied'),
  ],
  [
    'a detector that may not be read',
    { ...good, [`${HERE}/guardduty/get-detector/${DETECTOR}.json`]: denied },
    unknown('AccessDenied'),
  ],
  ['filters that may not be read', { ...good, [FILTERS]: denied }, unknown('AccessDenied')],
  [
    'a filter that may not be read',
    {
      ...good,
      [FILTERS]: { FilterNames: ['noise'] },
      [`${HERE}/guardduty/get-filter/${DETECTOR}/noise.json`]: denied,
    },
    unknown('AccessDenied'),
  ],
  [
    'a filter that may not be read beside one that archives it',
    {
      ...filtered({ type: { Eq: [TYPE] } }),
      [FILTERS]: { FilterNames: ['other', 'noise'] },
      [`${HERE}/guardduty/get-filter/${DETECTOR}/other.json`]: denied,
    },
    SUPPRESSED,
  ],
  [
    'detectors that may not be read, and no rule',
    { ...good, ...rules([]), [`${HERE}/guardduty/list-detectors.json`]: denied },
    wrong(NO_RULE),
  ],
  [
    'rules that may not be read, and a filter that archives it',
    { ...filtered({ type: { Eq: [TYPE] } }), [`${HERE}/events/list-rules.json`]: denied },
    SUPPRESSED,
  ],
  ['nothing collected', {}, unknown('NotCollected')],
];

const bothRegions = { ...good, ...on({}, THERE), ...routed(pattern(), {}, THERE) };
const byRegions: Row[] = [
  ['two Regions', bothRegions, OK, { regions: `${HERE},${THERE}` }],
  [
    'two Regions, of which one has no rule',
    { ...bothRegions, ...rules([], THERE) },
    wrong("no EventBridge rule matches GuardDuty's finding on root's use (ap-northeast-2)"),
    { regions: `${HERE},${THERE}` },
  ],
  [
    'two Regions, of which one was not collected',
    good,
    unknown('NotCollected'),
    { regions: `${HERE},${THERE}` },
  ],
  [
    'two Regions, of which one was not collected and the other is wrong',
    { ...good, ...rules([]) },
    wrong(NO_RULE),
    { regions: `${THERE},${HERE}` },
  ],
  ['the Regions in view', bothRegions, OK, { regions: 'view' }, { regions: [HERE, THERE] }],
  [
    'the Regions in view, of which one is off',
    { ...bothRegions, [`${THERE}/guardduty/list-detectors.json`]: { DetectorIds: [] } },
    wrong('GuardDuty is not on (ap-northeast-2)'),
    { regions: 'VIEW' },
    { regions: [HERE, THERE] },
  ],
  ['a view of another Region', good, OK, {}, { regions: [THERE] }],
];

const COVERS = { adminCovers: 'true' };
const byAdministrator: Row[] = [
  [
    'a member without a rule, which its administrator covers',
    { ...on(), ...rules([]), ...administered('Enabled') },
    [
      'NOT_APPLICABLE',
      `no rule of its own: its GuardDuty administrator ${OTHER} is taken to cover it (us-east-1)`,
    ],
    COVERS,
  ],
  ['a member without a rule', { ...on(), ...rules([]), ...administered('Enabled') }, wrong(NO_RULE)],
  [
    'a member whose administrator has left',
    { ...on(), ...rules([]), ...administered('Removed') },
    wrong(NO_RULE),
    COVERS,
  ],
  ['an account without an administrator', { ...on(), ...rules([]), [ADMIN]: {} }, wrong(NO_RULE), COVERS],
  [
    'an administrator that may not be read',
    { ...on(), ...rules([]), [ADMIN]: denied },
    unknown('AccessDenied'),
    COVERS,
  ],
  [
    'a member without a rule whose detectors may not be listed, so that nobody knows of its administrator',
    { ...on(), ...rules([]), [`${HERE}/guardduty/list-detectors.json`]: denied },
    unknown('AccessDenied'),
    COVERS,
  ],
  ['a member that tells somebody itself', { ...good, ...administered('Enabled') }, OK, COVERS],
  [
    'a member without GuardDuty',
    { ...on(), [`${HERE}/guardduty/list-detectors.json`]: { DetectorIds: [] }, ...rules([]) },
    wrong(/^GuardDuty is not on/),
    COVERS,
  ],
  [
    'a member with a filter that archives it',
    { ...filtered({ type: { Eq: [TYPE] } }), ...administered('Enabled') },
    SUPPRESSED,
    COVERS,
  ],
];

const situations: Situations = {
  rule,
  situations: [...byRoute, ...byFilters, ...byRegions, ...byAdministrator].map(
    ([situation, readings, says, parameters = {}, more = {}]) => ({
      situation,
      readings,
      says,
      parameters,
      ...more,
    }),
  ),
};
export default situations;
