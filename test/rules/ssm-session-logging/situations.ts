import rule from '../../../rules/ssm-session-logging/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const NAME = 'SSM-SessionManagerRunShell';
const HERE = 'us-east-1';
const THERE = 'eu-west-1';
const BOTH = { regions: [HERE, THERE] };
const NONE = fails('InvalidDocument');

/** Logs to CloudWatch Logs, as the console sets it up. */
const LOGGED = {
  s3BucketName: '',
  s3KeyPrefix: '',
  s3EncryptionEnabled: true,
  cloudWatchLogGroupName: '/ssm/sessions',
  cloudWatchEncryptionEnabled: true,
  cloudWatchStreamingEnabled: true,
  kmsKeyId: '',
  runAsEnabled: false,
  idleSessionTimeout: '20',
};
const S3 = { cloudWatchLogGroupName: '', s3BucketName: 'sessions', s3EncryptionEnabled: true };
const printed = (Content: unknown, Name = NAME) => ({
  Name,
  DocumentVersion: '1',
  Status: 'Active',
  DocumentType: 'Session',
  DocumentFormat: 'JSON',
  Content: typeof Content === 'string' ? Content : JSON.stringify(Content),
});
const content = (inputs: Json | null | undefined, more: Json = {}) => ({
  schemaVersion: '1.0',
  description: 'Document to hold regional settings for Session Manager',
  sessionType: 'Standard_Stream',
  inputs,
  ...more,
});
const preferences = (more: Json = {}) => printed(content({ ...LOGGED, ...more }));
const nodes = (...ids: string[]) => ({
  InstanceInformationList: ids.map((InstanceId) => ({
    InstanceId,
    PingStatus: 'Online',
    PlatformType: 'Linux',
    ResourceType: InstanceId.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance',
  })),
});
const region = (name: string, document: unknown, list?: unknown, documentName = NAME): Json => ({
  [`${name}/ssm/get-document/${documentName}.json`]: document,
  ...(list !== undefined && { [`${name}/ssm/describe-instance-information.json`]: list }),
});
const here = (document: unknown, list: unknown = nodes('i-0a1b'), documentName?: string) =>
  region(HERE, document, list, documentName);

const OK: Says = ['COMPLIANT', ''];
const bad = (...what: string[]): Says => ['NON_COMPLIANT', what.join('; ')];
const unknown = (code: string): Says => ['UNKNOWN', code];
const UNUSED: Says = ['NOT_APPLICABLE', 'no Region in view logs sessions, and none has a managed node'];
const NO_PREFERENCES = `us-east-1: no ${NAME}, so that sessions are not logged`;
const NOWHERE = 'us-east-1: sessions are logged neither to CloudWatch Logs nor to S3';
const open = (where: string) => `us-east-1: logs in ${where} need not be encrypted`;
const ALWAYS = { whereUsedOnly: 'false' };
const PLAIN = { requireEncryption: 'false' };

type Row = [string, Json, Situation['says'], Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['sessions that are logged to CloudWatch Logs', here(preferences()), OK],
  ['sessions that are logged, where nothing says whether there are nodes', region(HERE, preferences()), OK],
  ['sessions that are logged to S3 alone', here(preferences(S3)), OK],
  ['sessions that are logged to both', here(preferences({ s3BucketName: 'sessions' })), OK],
  ['flags that are texts', here(preferences({ cloudWatchEncryptionEnabled: 'true' })), OK],
  ['a flag that is a text in capitals', here(preferences({ cloudWatchEncryptionEnabled: 'True' })), OK],
  [
    'logs that come at the end of a session only',
    here(preferences({ cloudWatchStreamingEnabled: false })),
    OK,
  ],
  ['no preferences', here(NONE), bad(NO_PREFERENCES)],
  [
    'no preferences, and a node that does not answer',
    here(NONE, { InstanceInformationList: [{ InstanceId: 'i-0a1b', PingStatus: 'ConnectionLost' }] }),
    bad(NO_PREFERENCES),
  ],
  ['no preferences, and a node of ones own', here(NONE, nodes('mi-0a1b')), bad(NO_PREFERENCES)],
  ['no destination', here(preferences({ cloudWatchLogGroupName: '' })), bad(NOWHERE)],
  ['a destination that is blank', here(preferences({ cloudWatchLogGroupName: '  ' })), bad(NOWHERE)],
  ['destinations that are left out', here(printed(content({ idleSessionTimeout: '20' }))), bad(NOWHERE)],
  ['no inputs', here(printed(content(undefined))), bad(NOWHERE)],
  ['inputs that are null', here(printed(content(null))), bad(NOWHERE)],
  [
    'CloudWatch Logs without encryption',
    here(preferences({ cloudWatchEncryptionEnabled: false })),
    bad(open('CloudWatch Logs')),
  ],
  [
    'CloudWatch Logs without a word on encryption',
    here(preferences({ cloudWatchEncryptionEnabled: undefined })),
    bad(open('CloudWatch Logs')),
  ],
  ['S3 without encryption', here(preferences({ ...S3, s3EncryptionEnabled: false })), bad(open('S3'))],
  [
    'both, of which one is not encrypted',
    here(preferences({ s3BucketName: 'sessions', s3EncryptionEnabled: 'false' })),
    bad(open('S3')),
  ],
  [
    'both, of which neither is encrypted',
    here(
      preferences({
        s3BucketName: 'sessions',
        s3EncryptionEnabled: false,
        cloudWatchEncryptionEnabled: false,
      }),
    ),
    bad(open('CloudWatch Logs and S3')),
  ],
  [
    'both, of which one is not encrypted, where that is right',
    here(preferences({ s3BucketName: 'sessions', s3EncryptionEnabled: false })),
    OK,
    PLAIN,
  ],
  ['a flag of a destination that is not set', here(preferences({ s3EncryptionEnabled: false })), OK],
  [
    'a key that encrypts the channel, and not the log',
    here(preferences({ kmsKeyId: 'alias/channel', cloudWatchEncryptionEnabled: false })),
    bad(open('CloudWatch Logs')),
  ],
  ['nothing is logged, and there are no nodes', here(NONE, nodes()), UNUSED],
  [
    'logs without encryption, and there are no nodes',
    here(preferences({ cloudWatchEncryptionEnabled: false }), nodes()),
    UNUSED,
  ],
  [
    'nothing is logged, and there are no nodes, where that counts',
    here(NONE, nodes()),
    bad(NO_PREFERENCES),
    ALWAYS,
  ],
  ['nothing is logged, and the nodes may not be listed', here(NONE, denied), unknown('AccessDenied')],
  ['nothing is logged, and the nodes were not collected', region(HERE, NONE), unknown('NotCollected')],
  [
    'nothing is logged, and the nodes may not be listed, where they do not count',
    here(NONE, denied),
    bad(NO_PREFERENCES),
    ALWAYS,
  ],
  ['preferences that may not be read', here(denied), unknown('AccessDenied')],
  ['preferences that may not be read, and no nodes', here(denied, nodes()), unknown('AccessDenied')],
  ['nothing collected', {}, unknown('NotCollected')],
  [
    'Content in YAML',
    here(printed('schemaVersion: "1.0"\nsessionType: Standard_Stream\n')),
    unknown('Malformed'),
  ],
  ['Content that is a list', here(printed('[]')), unknown('Malformed')],
  ['inputs that are a list', here(printed({ ...content({}), inputs: [] })), unknown('Malformed')],
  ['no Content', here({ Name: NAME }), unknown('Malformed')],
  ['a destination that is a number', here(preferences({ s3BucketName: 7 })), unknown('Malformed')],
  ['no sessionType', here(printed(content(LOGGED, { sessionType: undefined }))), unknown('Malformed')],
  [
    'no sessionType, and no destination',
    here(printed(content({}, { sessionType: undefined }))),
    bad(NOWHERE),
  ],
  [
    'a document of another name',
    here(printed(content(LOGGED), 'Our-Sessions'), nodes('i-0a1b'), 'Our-Sessions'),
    OK,
    { documentName: 'Our-Sessions' },
  ],
  [
    'a document of another name, which forwards ports',
    here(printed(content(LOGGED, { sessionType: 'Port' }), 'Our-Sessions'), nodes('i-0a1b'), 'Our-Sessions'),
    bad('us-east-1: the document is of Port, not Standard_Stream'),
    { documentName: 'Our-Sessions' },
  ],
  [
    'a list of nodes that was cut, with one in it',
    here(NONE, { ...nodes('i-0a1b'), NextToken: 'more' }),
    bad(NO_PREFERENCES),
  ],
  [
    'a list of nodes that was cut, with none in it',
    here(NONE, { ...nodes(), NextToken: 'more' }),
    unknown('CutAnswer'),
  ],
  ['two Regions that log', { ...here(preferences()), ...region(THERE, preferences()) }, OK, {}, BOTH],
  [
    'one Region that logs, and one that is not used',
    { ...here(preferences()), ...region(THERE, NONE, nodes()) },
    OK,
    {},
    BOTH,
  ],
  [
    'one Region that logs, and one that is used',
    { ...here(preferences()), ...region(THERE, NONE, nodes('i-0a1b')) },
    bad(`eu-west-1: no ${NAME}, so that sessions are not logged`),
    {},
    BOTH,
  ],
  [
    'two Regions that are not used',
    { ...here(NONE, nodes()), ...region(THERE, NONE, nodes()) },
    UNUSED,
    {},
    BOTH,
  ],
  [
    'two Regions that are used',
    { ...here(NONE), ...region(THERE, preferences({ cloudWatchLogGroupName: '' }), nodes('i-0a1b')) },
    bad(NO_PREFERENCES, 'eu-west-1: sessions are logged neither to CloudWatch Logs nor to S3'),
    {},
    BOTH,
  ],
  [
    'one Region that may not be read, and one that is bad',
    { ...here(NONE), ...region(THERE, denied) },
    bad(NO_PREFERENCES),
    {},
    BOTH,
  ],
  [
    'one Region that may not be read, and one that logs',
    { ...here(preferences()), ...region(THERE, denied) },
    unknown('AccessDenied'),
    {},
    BOTH,
  ],
  [
    'one Region that may not be read, and one that is not used',
    { ...here(NONE, nodes()), ...region(THERE, denied) },
    unknown('AccessDenied'),
    {},
    BOTH,
  ],
  [
    'one Region whose nodes may not be listed, and one that is bad',
    { ...here(NONE), ...region(THERE, NONE, denied) },
    bad(NO_PREFERENCES),
    {},
    BOTH,
  ],
  ['no Region in view', {}, unknown('NotCollected'), {}, { regions: [] }],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters = {}, more = {}]) => ({
    situation,
    readings,
    says,
    parameters,
    ...more,
  })),
};
export default situations;
