import rule from '../../../rules/config-recorder-enabled/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const HERE = 'us-east-1';
const THERE = 'ap-northeast-2';
const REGIONS = 'global/ec2/describe-regions.json';
const RECORDERS = (region = HERE) => `${region}/configservice/describe-configuration-recorders.json`;
const STATUS = (region = HERE) => `${region}/configservice/describe-configuration-recorder-status.json`;
const CHANNELS = (region = HERE) => `${region}/configservice/describe-delivery-channels.json`;
const LINKED_ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
const IAM = ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy'];

const enabled = (...regions: (string | [name: string, status: string])[]): Json => ({
  [REGIONS]: {
    Regions: regions.map((one) => {
      const [RegionName, OptInStatus] = typeof one === 'string' ? [one, 'opt-in-not-required'] : one;
      return { RegionName, OptInStatus, Endpoint: `ec2.${RegionName}.amazonaws.com` };
    }),
  },
});
const all = (includeGlobalResourceTypes = true): Json => ({
  allSupported: true,
  includeGlobalResourceTypes,
  resourceTypes: [],
  exclusionByResourceTypes: { resourceTypes: [] },
  recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
});
const only = (...resourceTypes: string[]): Json => ({
  ...all(false),
  allSupported: false,
  resourceTypes,
  recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
});
const without = (...resourceTypes: string[]): Json => ({
  ...all(false),
  allSupported: false,
  exclusionByResourceTypes: { resourceTypes },
  recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
});
const recorder = (recordingGroup: Json | undefined = all(), more: Json = {}): Json => ({
  arn: `arn:aws:config:us-east-1:${ACCOUNT}:configuration-recorder/default/abc`,
  name: 'default',
  roleARN: LINKED_ROLE,
  recordingGroup,
  recordingMode: { recordingFrequency: 'CONTINUOUS' },
  recordingScope: 'PAID',
  ...more,
});
const linked = recorder(only('AWS::EC2::Instance'), {
  name: 'AWSConfigurationRecorderForCloudWatch',
  servicePrincipal: 'observabilityadmin.amazonaws.com',
  recordingScope: 'INTERNAL',
});
const recorders = (list: readonly Json[], region = HERE): Json => ({
  [RECORDERS(region)]: { ConfigurationRecorders: list },
});
const status = (more: Json = {}, region = HERE): Json => ({
  [STATUS(region)]: {
    ConfigurationRecordersStatus: [
      {
        name: 'default',
        lastStartTime: '2026-01-05T00:00:00Z',
        recording: true,
        lastStatus: 'SUCCESS',
        lastStatusChangeTime: '2026-11-20T00:00:00Z',
        ...more,
      },
    ],
  },
});
const channel = (region = HERE): Json => ({
  [CHANNELS(region)]: { DeliveryChannels: [{ name: 'default', s3BucketName: 'config-logs' }] },
});
const noChannel = (region = HERE): Json => ({ [CHANNELS(region)]: { DeliveryChannels: [] } });
const region = (name = HERE, group: Json = all()): Json => ({
  ...recorders([recorder(group)], name),
  ...status({}, name),
  ...channel(name),
});
const none = (name = HERE): Json => ({
  ...recorders([], name),
  [STATUS(name)]: { ConfigurationRecordersStatus: [] },
  ...noChannel(name),
});
const good: Json = { ...enabled(HERE), ...region() };
const both: Json = { ...enabled(HERE, THERE), ...region(HERE), ...region(THERE, all(false)) };
const deniedThere: Json = { [RECORDERS(THERE)]: denied, [STATUS(THERE)]: denied, [CHANNELS(THERE)]: denied };
const statusWithout = (...left: string[]): Json => {
  const [path = '', answer] = Object.entries(status())[0] ?? [];
  const [one] = (answer as { ConfigurationRecordersStatus: Json[] }).ConfigurationRecordersStatus;
  return {
    [path]: {
      ConfigurationRecordersStatus: [
        Object.fromEntries(Object.entries(one as Json).filter(([name]) => !left.includes(name))),
      ],
    },
  };
};

const OK: Says = ['COMPLIANT', ''];
const wrong = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];
const NO_GLOBAL = 'no Region records all four of AWS::IAM::User, Group, Role and Policy';
const LISTED = 'the recorder default in us-east-1 records listed resource types only';

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['a recorder of all types with a channel, IAM included', good, OK],
  [
    'one that records once a day',
    { ...good, ...recorders([recorder(all(), { recordingMode: { recordingFrequency: 'DAILY' } })]) },
    OK,
  ],
  ['two Regions, of which one records IAM', both, OK],
  ['no recorder', { ...enabled(HERE), ...none() }, wrong('no configuration recorder in us-east-1')],
  [
    'no recorder, in AWS’s other words',
    { ...enabled(HERE), [RECORDERS()]: fails('NoSuchConfigurationRecorderException') },
    wrong('no configuration recorder in us-east-1'),
  ],
  [
    'a service-linked recorder alone',
    { ...good, ...recorders([linked]) },
    wrong('no configuration recorder in us-east-1'),
  ],
  [
    'a service-linked recorder that does not say whose it is',
    { ...good, ...recorders([{ ...linked, servicePrincipal: undefined }]) },
    wrong('no configuration recorder in us-east-1'),
  ],
  ['a service-linked recorder beside a good one', { ...good, ...recorders([linked, recorder()]) }, OK],
  [
    'a stopped recorder',
    { ...good, ...status({ recording: false }) },
    wrong('the recorder default in us-east-1 is stopped'),
  ],
  [
    'a recorder that fails',
    { ...good, ...status({ lastStatus: 'FAILURE', lastErrorCode: 'AccessDenied' }) },
    wrong('the recorder default in us-east-1 fails: AccessDenied'),
  ],
  [
    'a recorder that fails, in another letter case and without a code',
    { ...good, ...status({ lastStatus: 'Failure' }) },
    wrong('the recorder default in us-east-1 fails'),
  ],
  ['a recorder whose delivery is pending', { ...good, ...status({ lastStatus: 'Pending' }) }, OK],
  ['a recorder without a last status', { ...good, ...statusWithout('lastStatus') }, OK],
  ['a last status that does not apply', { ...good, ...status({ lastStatus: 'NotApplicable' }) }, OK],
  [
    'a last status that AWS does not have',
    { ...good, ...status({ lastStatus: 'ODD' }) },
    unknown('Malformed'),
  ],
  [
    'a status that does not say whether it records',
    { ...good, ...statusWithout('recording') },
    unknown('Malformed'),
  ],
  [
    'a status without the recorder’s name',
    { ...good, ...status({ name: 'other' }) },
    unknown('IncompleteAnswer'),
  ],
  [
    'no status at all',
    { ...good, [STATUS()]: { ConfigurationRecordersStatus: [] } },
    unknown('IncompleteAnswer'),
  ],
  ['no delivery channel', { ...good, ...noChannel() }, wrong('no delivery channel in us-east-1')],
  [
    'no delivery channel, in AWS’s other words',
    { ...good, [CHANNELS()]: fails('NoSuchDeliveryChannelException') },
    wrong('no delivery channel in us-east-1'),
  ],
  ['a list of types', { ...good, ...region(HERE, only('AWS::EC2::Instance', ...IAM)) }, wrong(LISTED)],
  [
    'a list of types that does not have IAM: both are wrong',
    { ...good, ...region(HERE, only('AWS::EC2::Instance')) },
    wrong(`${LISTED}; ${NO_GLOBAL}`),
  ],
  [
    'an old recorder with a list of types and no strategy',
    {
      ...good,
      ...region(HERE, { allSupported: false, includeGlobalResourceTypes: false, resourceTypes: IAM }),
    },
    wrong(LISTED),
  ],
  [
    'a list of types with all of IAM, where that suffices',
    { ...good, ...region(HERE, only(...IAM)) },
    OK,
    { requireAllTypes: 'false' },
  ],
  [
    'an exclusion of a type',
    { ...good, ...region(HERE, without('AWS::EC2::Volume')) },
    wrong('the recorder default in us-east-1 leaves out AWS::EC2::Volume'),
  ],
  [
    'an exclusion of many types',
    { ...good, ...region(HERE, without('A::B::C', 'A::B::D', 'A::B::E', 'A::B::F', 'A::B::G')) },
    wrong('the recorder default in us-east-1 leaves out A::B::C, A::B::D, A::B::E and 2 more'),
  ],
  [
    'an exclusion of nothing: IAM is recorded, whatever includeGlobalResourceTypes says',
    { ...good, ...region(HERE, without()) },
    OK,
  ],
  [
    'an exclusion of ResourceCompliance alone',
    { ...good, ...region(HERE, without('AWS::Config::ResourceCompliance')) },
    OK,
  ],
  ['an exclusion of IAM, which another Region records', { ...both, ...region(THERE, without(...IAM)) }, OK],
  [
    'an exclusion of IAM, which no Region records',
    { ...good, ...region(HERE, without(...IAM)) },
    wrong(NO_GLOBAL),
  ],
  ['IAM in no Region', { ...both, ...region(HERE, all(false)) }, wrong(NO_GLOBAL)],
  ['three of IAM’s four types', { ...good, ...region(HERE, without('AWS::IAM::Policy')) }, wrong(NO_GLOBAL)],
  [
    'IAM’s four types in two Regions together, in neither all of them',
    {
      ...enabled(HERE, THERE),
      ...region(HERE, without('AWS::IAM::User')),
      ...region(THERE, without('AWS::IAM::Role')),
    },
    wrong(NO_GLOBAL),
  ],
  [
    'IAM in no Region, and nobody wants it',
    { ...good, ...region(HERE, all(false)) },
    OK,
    { requireGlobalTypesInOneRegion: 'false' },
  ],
  [
    'IAM in a Region alone that AWS Config cannot record it in',
    { ...enabled('me-central-1'), ...region('me-central-1') },
    wrong(NO_GLOBAL),
    {},
    { regions: ['me-central-1'] },
  ],
  [
    'all types without a strategy, as an old recorder has them',
    { ...good, ...region(HERE, { allSupported: true, includeGlobalResourceTypes: true, resourceTypes: [] }) },
    OK,
  ],
  [
    'a strategy that AWS does not have',
    { ...good, ...region(HERE, { ...all(), recordingStrategy: { useOnly: 'ODD' } }) },
    unknown('IncompleteAnswer'),
  ],
  [
    'a recorder that does not say what it records',
    { ...good, ...recorders([{ ...recorder(), recordingGroup: undefined }]) },
    unknown('IncompleteAnswer'),
  ],
  [
    'a recorder that does not say what it records, and nobody asks',
    { ...good, ...recorders([{ ...recorder(), recordingGroup: undefined }]) },
    OK,
    { requireAllTypes: 'false', requireGlobalTypesInOneRegion: 'false' },
  ],
  [
    'a recorder without a name',
    { ...good, ...recorders([{ ...recorder(), name: undefined }]) },
    unknown('Malformed'),
  ],
  [
    'a role of its own',
    { ...good, ...recorders([recorder(all(), { roleARN: `arn:aws:iam::${ACCOUNT}:role/config` })]) },
    OK,
  ],
  [
    'a role of its own, where the service-linked one is required',
    { ...good, ...recorders([recorder(all(), { roleARN: `arn:aws:iam::${ACCOUNT}:role/config` })]) },
    wrong('the recorder default in us-east-1 does not run as the service-linked role of AWS Config'),
    { requireServiceLinkedRole: 'TRUE' },
  ],
  ['the service-linked role, where it is required', good, OK, { requireServiceLinkedRole: 'true' }],
  [
    'no role in the answer, where one is required',
    { ...good, ...recorders([recorder(all(), { roleARN: undefined })]) },
    unknown('IncompleteAnswer'),
    { requireServiceLinkedRole: 'true' },
  ],
  [
    'a recorder here, none in another enabled Region beyond the view',
    { ...both, ...none(THERE) },
    wrong('no configuration recorder in ap-northeast-2'),
  ],
  ['a Region that is not opted in', { ...enabled(HERE, [THERE, 'not-opted-in']), ...region() }, OK],
  [
    'a Region that is opted in',
    { ...enabled(HERE, [THERE, 'opted-in']), ...region(), ...none(THERE) },
    wrong('no configuration recorder in ap-northeast-2'),
  ],
  ['a Region that the parameter leaves out', { ...both, ...none(THERE) }, OK, { regions: HERE }],
  [
    'the Regions of the parameter, in another letter case',
    { ...both, ...none(THERE) },
    OK,
    { regions: ' US-EAST-1 ' },
  ],
  [
    'a Region that only the parameter names',
    { ...good, ...none(THERE) },
    wrong('no configuration recorder in ap-northeast-2'),
    { regions: `${HERE},${THERE}` },
  ],
  ['a Region that was not collected', { ...enabled(HERE, THERE), ...region() }, unknown('NotCollected')],
  ['one Region denied, the other fine', { ...both, ...deniedThere }, unknown('AccessDenied')],
  [
    'one Region denied, the other stopped',
    { ...both, ...deniedThere, ...status({ recording: false }) },
    wrong('the recorder default in us-east-1 is stopped'),
  ],
  [
    'one Region denied, which may record IAM',
    { ...both, ...deniedThere, ...region(HERE, all(false)) },
    unknown('AccessDenied'),
  ],
  ['the denied Region left out', { ...both, ...deniedThere }, OK, { excludeRegions: THERE.toUpperCase() }],
  ['the Region that records IAM left out', both, wrong(NO_GLOBAL), { excludeRegions: HERE }],
  ['every Region left out', good, unknown('NotCollected'), { excludeRegions: HERE }],
  ['the status denied', { ...good, [STATUS()]: denied }, unknown('AccessDenied')],
  [
    'the status denied, and some types only',
    { ...good, ...region(HERE, only(...IAM)), [STATUS()]: denied },
    wrong(LISTED),
  ],
  ['the channels denied', { ...good, [CHANNELS()]: denied }, unknown('AccessDenied')],
  [
    'the channels denied, and the recorder stopped',
    { ...good, ...status({ recording: false }), [CHANNELS()]: denied },
    wrong('the recorder default in us-east-1 is stopped'),
  ],
  [
    'the recorders denied, the rest is of no use',
    { ...good, [RECORDERS()]: denied },
    unknown('AccessDenied'),
  ],
  ['the Regions denied', { ...good, [REGIONS]: denied }, unknown('AccessDenied')],
  [
    'the Regions denied, and no recorder here',
    { ...none(), [REGIONS]: denied },
    wrong('no configuration recorder in us-east-1'),
  ],
  ['the Regions denied, and others named', { ...good, [REGIONS]: denied }, OK, { regions: HERE }],
  [
    'the Regions cut',
    { ...good, [REGIONS]: { Regions: [{ RegionName: HERE }], NextToken: 'more' } },
    unknown('CutAnswer'),
    {},
    { filesOnly: 'EC2 gives all Regions in one answer' },
  ],
  ['no Region in the list', { ...good, ...enabled() }, unknown('NotCollected')],
  [
    'the list of Regions not collected: those in view',
    { ...region() },
    OK,
    {},
    { filesOnly: 'a live account has the list' },
  ],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters, more]) => ({
    situation,
    readings,
    says,
    ...(parameters && { parameters }),
    ...more,
  })),
};
export default situations;
