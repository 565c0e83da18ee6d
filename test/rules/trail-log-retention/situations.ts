import rule from '../../../rules/trail-log-retention/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situations } from '../../support/situations.ts';
import { lock, OTHER, trail, unlocked } from '../../support/trails.ts';

type Json = Record<string, unknown>;
const TRAILS = 'us-east-1/cloudtrail/describe-trails.json';
const LIFECYCLE = 'global/s3api/get-bucket-lifecycle-configuration/logs.json';
const VERSIONING = 'global/s3api/get-bucket-versioning/logs.json';
const LOCK = 'global/s3api/get-object-lock-configuration/logs.json';
const OWN = `AWSLogs/${ACCOUNT}/CloudTrail/`;

const enabled = (more: Json): Json => ({ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, ...more });
const expire = (Days: unknown, more: Json = {}) => enabled({ Expiration: { Days }, ...more });
const noncurrent = (NoncurrentDays: number, more: Json = {}) => ({
  NoncurrentVersionExpiration: { NoncurrentDays, ...more },
});
const at = (Prefix: string) => expire(90, { Filter: { Prefix } });

const trails = (one: object = trail()): Json => ({ [TRAILS]: { trailList: [one] } });
const rules = (...Rules: Json[]): Json => ({ ...trails(), [LIFECYCLE]: { Rules } });
const off = { [VERSIONING]: {}, [LOCK]: unlocked };
const suspended = { [VERSIONING]: { Status: 'Suspended' }, [LOCK]: unlocked };
const versions = { [VERSIONING]: { Status: 'Enabled' }, [LOCK]: unlocked };
const locked = (Days: number, Mode = 'GOVERNANCE') => ({ ...versions, [LOCK]: lock({ Mode, Days }) });
const none = { ...trails(), [LIFECYCLE]: fails('NoSuchLifecycleConfiguration') };

const OK: Says = ['COMPLIANT', ''];
const after = (days: number, wanted = 365): Says => [
  'NON_COMPLIANT',
  `bucket logs deletes CloudTrail logs after ${days} days (rule "old"; at least ${wanted} wanted)`,
];
const FIXED: Says = [
  'NON_COMPLIANT',
  'bucket logs deletes CloudTrail logs at a fixed date (rule "old"; at least 365 days wanted)',
];
const unknown = (code: string): Says => ['UNKNOWN', code];
const date = (at: string, more: Json = {}) => enabled({ Expiration: { Date: at }, ...more });
const days = (minRetentionDays: string) => ({ minRetentionDays });
const prefixed = (S3KeyPrefix: string) => ({ ...trail(), S3KeyPrefix });
const organization = trail('main', 'us-east-1', { organization: true });

type Row = [string, Json, Says, Record<string, string>?, string?];
const kept: Row[] = [
  ['no lifecycle configuration', none, OK],
  ['an empty one', rules(), OK, {}, 'S3 takes no configuration without rules'],
  ['a rule that deletes after 90 days', { ...rules(expire(90)), ...off }, after(90)],
  ['exactly as long as is wanted', { ...rules(expire(365)), ...off }, OK],
  ['a day too short', { ...rules(expire(364)), ...off }, after(364)],
  ['90 days, which are enough', { ...rules(expire(90)), ...off }, OK, days('90')],
  [
    'long enough, where nothing else may be read',
    { ...rules(expire(400)), [VERSIONING]: denied, [LOCK]: denied },
    OK,
  ],
  ['a rule that is disabled', rules(expire(1, { Status: 'Disabled' })), OK],
  ['transitions alone', rules(enabled({ Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] })), OK],
  [
    'uploads that are given up',
    rules(enabled({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } })),
    OK,
  ],
  ['delete markers alone', rules(enabled({ Expiration: { ExpiredObjectDeleteMarker: true } })), OK],
  ['old versions alone', { ...rules(enabled(noncurrent(1))), ...versions }, OK],
  ['the shorter of two', { ...rules(expire(400, { ID: 'long' }), expire(90)), ...off }, after(90)],
  ['versioning that is suspended', { ...rules(expire(90, noncurrent(400))), ...suspended }, after(90)],
  ['versions that are kept for ever', { ...rules(expire(90)), ...versions }, OK],
  ['versions that go too early', { ...rules(expire(90, noncurrent(30))), ...versions }, after(120)],
  ['versions that are kept just long enough', { ...rules(expire(90, noncurrent(275))), ...versions }, OK],
  [
    'versions that go by another rule',
    { ...rules(expire(90), enabled({ ID: 'versions', ...noncurrent(30) })), ...versions },
    after(120),
  ],
  [
    'versions of which one is kept',
    { ...rules(expire(90, noncurrent(30, { NewerNoncurrentVersions: 1 }))), ...versions },
    OK,
  ],
  ['a date', { ...rules(date('2026-12-31T00:00:00Z')), ...off }, FIXED],
  ['a date that is past', { ...rules(date('2020-01-01T00:00:00.000Z')), ...off }, FIXED],
  [
    'a date, and versions that are kept for ever',
    { ...rules(date('2026-12-31T00:00:00Z')), ...versions },
    OK,
  ],
  [
    'a date, and versions that go too early',
    { ...rules(date('2026-12-31T00:00:00Z', noncurrent(30))), ...versions },
    FIXED,
  ],
  [
    'a date, and versions that are kept long enough',
    { ...rules(date('2026-12-31T00:00:00Z', noncurrent(365))), ...versions },
    OK,
  ],
  ['a lock that keeps them', { ...rules(expire(90, noncurrent(1))), ...locked(365) }, OK],
  [
    'a lock of a year',
    { ...rules(expire(90, noncurrent(1))), ...versions, [LOCK]: lock({ Mode: 'GOVERNANCE', Years: 1 }) },
    OK,
  ],
  ['a lock in the stronger mode', { ...rules(expire(90, noncurrent(1))), ...locked(365, 'COMPLIANCE') }, OK],
  ['a lock that is too short', { ...rules(expire(90, noncurrent(1))), ...locked(100) }, after(100)],
  [
    'a lock without a retention',
    { ...rules(expire(90, noncurrent(1))), ...versions, [LOCK]: lock() },
    after(91),
  ],
];
const applies: Row[] = [
  ['the prefix of all logs', { ...rules(at('AWSLogs/')), ...off }, after(90)],
  ['the prefix of the trail', { ...rules(at(OWN)), ...off }, after(90)],
  ['the prefix of one Region', { ...rules(at(`${OWN}us-east-1/`)), ...off }, after(90)],
  ['half a word', { ...rules(at('AWSL')), ...off }, after(90)],
  ['the prefix of another account', rules(at(`AWSLogs/${OTHER}/`)), OK],
  ['the prefix of AWS Config', rules(at(`AWSLogs/${ACCOUNT}/Config/`)), OK],
  ['the prefix of digests', rules(at(`AWSLogs/${ACCOUNT}/CloudTrail-Digest/`)), OK],
  ['an old prefix', { ...rules(expire(90, { Filter: undefined, Prefix: 'AWSLogs/' })), ...off }, after(90)],
  ['no prefix', { ...rules(expire(90, { Filter: {} })), ...off }, after(90)],
  ['a tag', rules(expire(90, { Filter: { Tag: { Key: 'a', Value: 'b' } } })), OK],
  [
    'a prefix and a tag',
    rules(expire(90, { Filter: { And: { Prefix: '', Tags: [{ Key: 'a', Value: 'b' }] } } })),
    OK,
  ],
  [
    'a prefix and a size',
    { ...rules(expire(90, { Filter: { And: { Prefix: 'AWSLogs/', ObjectSizeGreaterThan: 1 } } })), ...off },
    after(90),
  ],
  ['a size', { ...rules(expire(90, { Filter: { ObjectSizeLessThan: 9999 } })), ...off }, after(90)],
  [
    'the key prefix of the trail',
    { ...rules(at('audit/')), ...off, ...trails(prefixed('audit')) },
    after(90),
  ],
  ['another key prefix', { ...rules(at('tmp/')), ...trails(prefixed('audit')) }, OK],
  ['logs without the key prefix', { ...rules(at('AWSLogs/')), ...trails(prefixed('audit')) }, OK],
  [
    "an organization's trail, and one member's logs",
    { ...rules(at(`AWSLogs/o-abc/${OTHER}/`)), ...off, ...trails(organization) },
    after(90),
  ],
  [
    "an organization's trail, and one Region of one member",
    { ...rules(at(`AWSLogs/o-abc/${OTHER}/CloudTrail/us-east-1/`)), ...off, ...trails(organization) },
    after(90),
  ],
  [
    "an organization's trail, and what AWS Config writes beside it",
    { ...rules(at(`AWSLogs/${OTHER}/Config/`)), ...trails(organization) },
    OK,
  ],
  [
    "an organization's trail, and its digests",
    { ...rules(at(`AWSLogs/o-abc/${OTHER}/CloudTrail-Digest/`)), ...trails(organization) },
    OK,
  ],
];
const unread: Row[] = [
  ['no rules where rules should be', { ...trails(), [LIFECYCLE]: {} }, unknown('Malformed')],
  [
    'a rule that makes no sense beside one that is too short',
    { ...rules(expire(0), expire(90)), ...off },
    after(90),
  ],
  [
    'a rule that makes no sense beside one that is long enough',
    rules(expire(0), expire(400)),
    unknown('Malformed'),
  ],
  [
    'versioning that may not be read, and a lock, which only a bucket with versions has',
    { ...rules(expire(90, noncurrent(275))), [VERSIONING]: denied, [LOCK]: lock() },
    OK,
  ],
  [
    'versioning that may not be read and could keep them, and a lock that is long enough',
    { ...rules(expire(90)), ...locked(365), [VERSIONING]: denied },
    OK,
  ],
  [
    'versioning and lock that may not be read, and versions could keep them',
    { ...rules(expire(90)), [VERSIONING]: denied, [LOCK]: denied },
    unknown('AccessDenied'),
  ],
  [
    'versioning that may not be read, and could keep them',
    { ...rules(expire(90)), ...off, [VERSIONING]: denied },
    unknown('AccessDenied'),
  ],
  [
    'versioning that may not be read, and could not',
    { ...rules(expire(90, noncurrent(30))), ...off, [VERSIONING]: denied },
    after(120),
  ],
  [
    'neither may be read, and versions could not keep them',
    { ...rules(expire(90, noncurrent(30))), [VERSIONING]: denied, [LOCK]: denied },
    after(120),
  ],
  [
    'versioning that may not be read, and a lock',
    { ...rules(expire(90, noncurrent(30))), ...locked(365), [VERSIONING]: denied },
    OK,
  ],
  [
    'a lock that may not be read',
    { ...rules(expire(90, noncurrent(30))), ...versions, [LOCK]: denied },
    unknown('AccessDenied'),
  ],
  [
    'a lock that may not be read, without versions',
    { ...rules(expire(90)), ...off, [LOCK]: denied },
    after(90),
  ],
  [
    'no such bucket',
    { ...trails(), [LIFECYCLE]: fails('NoSuchBucket') },
    ['NON_COMPLIANT', "bucket logs does not exist: the trail's logs are lost"],
  ],
  ['a lifecycle that may not be read', { ...trails(), [LIFECYCLE]: denied }, unknown('AccessDenied')],
  ['a lifecycle that was not collected', trails(), unknown('NotCollected')],
  ['a rule without a status', rules(expire(90, { Status: undefined })), unknown('Malformed')],
  ['zero days', rules(expire(0)), unknown('Malformed')],
  ['half a day', rules(expire(0.5)), unknown('Malformed')],
  ['days that are text', rules(expire('90')), unknown('Malformed'), {}, "AWS's model has numbers only"],
];
const outside: Row[] = [
  [
    "another account's trail",
    trails(trail('main', 'us-east-1', { owner: OTHER, organization: true })),
    ['NOT_APPLICABLE', `organization trail of account ${OTHER}, and judged there`],
  ],
  [
    'a bucket that does not count',
    { ...rules(expire(1)), ...off },
    ['NOT_APPLICABLE', 'exempt by parameter excludeBuckets'],
    { excludeBuckets: 'logs' },
  ],
  ['no trail', { [TRAILS]: { trailList: [] } }, ['NON_COMPLIANT', 'no trail in us-east-1']],
  [
    'no trail, which is right',
    { [TRAILS]: { trailList: [] } },
    ['COMPLIANT', 'no trail in us-east-1'],
    { noTrailVerdict: 'COMPLIANT' },
  ],
  ['trails that may not be read', { [TRAILS]: denied }, unknown('AccessDenied')],
];

const ELSEWHERE = 'eu-west-1/cloudtrail/describe-trails.json';
const far = (bucket: string) => trail('far', 'eu-west-1', { bucket });
const short = { 'global/s3api/get-bucket-lifecycle-configuration/far-logs.json': { Rules: [expire(30)] } };
const farOff = { 'global/s3api/get-bucket-versioning/far-logs.json': {} };
const FAR: Says = [
  'NON_COMPLIANT',
  'bucket far-logs deletes CloudTrail logs after 30 days (rule "old"; at least 365 wanted)',
];
const both = (one: object[] | object, other: object[] | object): Json => ({
  [TRAILS]: Array.isArray(one) ? { trailList: one } : one,
  [ELSEWHERE]: Array.isArray(other) ? { trailList: other } : other,
});
const regions: [string, Json, Record<string, Says>, Record<string, string>?][] = [
  [
    'a trail in each Region, by the bucket of each',
    { ...none, ...both([trail(), far('far-logs')], [trail(), far('far-logs')]), ...short, ...farOff },
    { main: OK, far: FAR },
  ],
  [
    'one bucket of two trails',
    { ...rules(expire(90)), ...off, ...both([trail()], [far('logs')]) },
    { main: after(90), far: after(90) },
  ],
  [
    'a bucket that does not count, of one of the two',
    { ...none, ...both([trail()], [far('far-logs')]), ...short, ...farOff },
    { main: OK, far: ['NOT_APPLICABLE', 'exempt by parameter excludeBuckets'] },
    { excludeBuckets: 'far-logs' },
  ],
  [
    'no trail in either',
    both([], []),
    { [ACCOUNT]: ['NON_COMPLIANT', 'no trail in eu-west-1 or us-east-1'] },
  ],
  [
    'a Region whose trails may not be read, and a trail in the other',
    { ...rules(expire(90)), ...off, ...both([trail()], denied) },
    { main: after(90), [ACCOUNT]: unknown('AccessDenied') },
  ],
  [
    'trails that are at home elsewhere',
    both([trail('main', 'ap-northeast-2')], [trail('main', 'ap-northeast-2')]),
    {
      [ACCOUNT]: ['NOT_APPLICABLE', 'no trail is at home in view; judged at home: main in ap-northeast-2'],
    },
  ],
];

const situations: Situations = {
  rule,
  situations: [
    ...[...kept, ...applies, ...unread, ...outside].map(
      ([situation, readings, says, parameters = {}, filesOnly]) => ({
        situation,
        readings,
        says,
        parameters,
        regions: ['us-east-1'],
        ...(filesOnly === undefined ? {} : { filesOnly }),
      }),
    ),
    ...regions.map(([situation, readings, says, parameters = {}]) => ({
      situation,
      readings,
      says,
      parameters,
      regions: ['eu-west-1', 'us-east-1'],
    })),
  ],
};
export default situations;
