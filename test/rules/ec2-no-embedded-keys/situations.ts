import rule from '../../../rules/ec2-no-embedded-keys/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';
import {
  base64,
  EXPORTED,
  gzip64,
  ID,
  mime,
  SECRET,
  SHOWN,
  script,
  TEMPORARY_ID,
  utf16,
  wrapped,
} from './packed.ts';

type Json = Record<string, unknown>;
const INSTANCES = 'us-east-1/ec2/describe-instances.json';
const TEMPLATES = 'us-east-1/ec2/describe-launch-template-versions.json';
const attribute = (id: string, region = 'us-east-1') =>
  `${region}/ec2/describe-instance-attribute/${id}.json`;
const ACCOUNT = '111122223333';

const instance = (InstanceId = 'i-0a', more: Json = {}): Json => ({
  InstanceId,
  InstanceType: 't3.micro',
  LaunchTime: '2026-10-01T00:00:00+00:00',
  State: { Code: 16, Name: 'running' },
  ...more,
});
const reserved = (...instances: Json[]): Json => ({
  Reservations: [{ ReservationId: 'r-0a', OwnerId: ACCOUNT, Groups: [], Instances: instances }],
});
const NO_TEMPLATES = { [TEMPLATES]: { LaunchTemplateVersions: [] } };
const userDataOf = (Value: string | undefined, id = 'i-0a'): Json => ({
  [attribute(id)]: { InstanceId: id, UserData: Value === undefined ? {} : { Value } },
});
/** One instance with this user data. */
const has = (Value: string | undefined): Json => ({
  [INSTANCES]: reserved(instance()),
  ...userDataOf(Value),
  ...NO_TEMPLATES,
});
const text = (...lines: string[]) => has(base64(script(...lines)));

const version = (VersionNumber: number, isDefault: boolean, UserData?: string, more: Json = {}): Json => ({
  LaunchTemplateId: 'lt-0a',
  LaunchTemplateName: 'web',
  VersionNumber,
  CreateTime: '2026-10-01T00:00:00+00:00',
  CreatedBy: `arn:aws:iam::${ACCOUNT}:user/seo`,
  DefaultVersion: isDefault,
  LaunchTemplateData: { InstanceType: 't3.micro', ...(UserData !== undefined && { UserData }) },
  ...more,
});
const templates = (...versions: unknown[]): Json => ({
  [INSTANCES]: { Reservations: [] },
  [TEMPLATES]: { LaunchTemplateVersions: versions },
});
const KEY = base64(EXPORTED);
const CLEAN = base64(script('yum -y update'));

const OK: Says = ['COMPLIANT', ''];
const inLine = (line: number, key = SHOWN, where = 'user data') =>
  `${where} has the access key ${key} in line ${line}`;
const secretIn = (line: number, where = 'user data') => `${where} has a secret access key in line ${line}`;
const wrong = (...sentences: string[]): Says => ['NON_COMPLIANT', sentences.join('; ')];
const FOUND = wrong(inLine(2));
const unknown = (code: string): Says => ['UNKNOWN', code];
const MALFORMED = unknown('Malformed');
const kept = (UserDataDigest: Json): Json => ({
  ...has(undefined),
  [attribute('i-0a')]: { InstanceId: 'i-0a', UserDataDigest },
});
const COLLECTED = { filesOnly: '`collect` writes what it found, and AWS knows no such answer' };
const KEPT = { Kind: 'accessKey', Line: 2, Key: SHOWN, Sha256: '0'.repeat(64) };

const nested = (times: number): string =>
  times === 0 ? EXPORTED : script(`echo ${base64(nested(times - 1) + '#'.repeat(48))} | base64 -d`);
const MIB = 1024 * 1024;

type Row = [string, Json, Says | Record<string, Says>, Record<string, string>?, Partial<Situation>?];

const userData: Row[] = [
  ['no user data', has(undefined), OK],
  ['empty user data', has(''), OK],
  ['user data without a key', has(CLEAN), OK],
  ['the id of a key', has(KEY), FOUND],
  [
    'the id of a temporary key',
    text(`export AWS_ACCESS_KEY_ID=${TEMPORARY_ID}`),
    wrong(inLine(2, 'ASIA…WXYZ')),
  ],
  ['a secret without its id', text(`export AWS_SECRET_ACCESS_KEY=${SECRET}`), wrong(secretIn(2))],
  [
    'an id and its secret in one line',
    text(`AWS_ACCESS_KEY_ID=${ID} AWS_SECRET_ACCESS_KEY="${SECRET}" ./run`),
    wrong(inLine(2), secretIn(2)),
  ],
  [
    'a credentials file',
    text(
      'cat > ~/.aws/credentials <<E',
      '[default]',
      `aws_access_key_id = ${ID}`,
      `aws_secret_access_key = ${SECRET}`,
    ),
    wrong(inLine(4), secretIn(5)),
  ],
  ['a secret in JSON', text(`{"SecretAccessKey": "${SECRET}"}`), wrong(secretIn(2))],
  [
    'a secret in JSON in a shell',
    text(`echo "{\\"SecretAccessKey\\": \\"${SECRET}\\"}"`),
    wrong(secretIn(2)),
  ],
  ['a secret in PowerShell', text(`Set-AWSCredential -SecretKey ${SECRET}`), wrong(secretIn(2))],
  ['a secret in YAML', text(`  aws_secret_key: '${SECRET}'`), wrong(secretIn(2))],
  ['a secret in XML', text(`<SecretAccessKey>${SECRET}</SecretAccessKey>`), wrong(secretIn(2))],
  ['a secret in Python', text(`os.environ["AWS_SECRET_ACCESS_KEY"] = "${SECRET}"`), wrong(secretIn(2))],
  ['aws configure set', text(`aws configure set aws_secret_access_key ${SECRET}`), wrong(secretIn(2))],
  ['the id in a URL of Hadoop', text(`distcp s3n://${ID}:secret@bucket/x`), FOUND],
  ['the id in quotes', text(`key: "${ID}"`), FOUND],
  ['the same id twice', text(`A=${ID}`, `B=${ID}`), wrong(inLine(2), inLine(3))],
  ['lines of Windows', has(base64(`<powershell>\r\n$k = '${ID}'\r\n</powershell>\r\n`)), FOUND],
];

const packed: Row[] = [
  ['in gzip', has(gzip64(EXPORTED)), FOUND],
  ['in base64 with line breaks', has(wrapped(KEY, 20)), FOUND],
  ['in a MIME part', has(base64(mime('base64', wrapped(base64(EXPORTED))))), wrong(inLine(8))],
  [
    'in a MIME part that is quoted',
    has(base64(mime('Quoted-Printable', `export K=3D${ID.slice(0, 9)}=\r\n${ID.slice(9)}`))),
    wrong(inLine(8)),
  ],
  ['in a MIME part that is plain', has(base64(mime('7bit', EXPORTED))), wrong(inLine(9))],
  ['in a MIME part with gzip', has(base64(mime('base64', gzip64(EXPORTED)))), wrong(inLine(8))],
  [
    'in a file of cloud-config',
    has(
      base64(
        `#cloud-config\nwrite_files:\n- encoding: b64\n  content: ${base64(EXPORTED + '#'.repeat(20))}\n`,
      ),
    ),
    wrong(inLine(4)),
  ],
  [
    'in a file of cloud-config with gzip, in lines',
    has(
      base64(
        `#cloud-config\nwrite_files:\n- encoding: gz+b64\n  content: |\n    ${wrapped(gzip64(EXPORTED), 60).replaceAll('\n', '\n    ')}\n  path: /x\n`,
      ),
    ),
    wrong(inLine(5)),
  ],
  [
    'a key across two lines of base64',
    has(base64(script(`base64 -d <<E\n${wrapped(base64(`${'#'.repeat(50)} ${ID} ${'#'.repeat(30)}`))}\nE`))),
    wrong(inLine(3)),
  ],
  ['base64 of base64', has(base64(KEY)), wrong(inLine(1))],
  ['base64 of base64, short', has(base64(base64(ID))), wrong(inLine(1))],
  ['in UTF-16', has(base64(utf16(EXPORTED))), FOUND],
  [
    'in an encoded command of PowerShell',
    text(`powershell -EncodedCommand ${base64(utf16(EXPORTED))}`),
    FOUND,
  ],
  ['two deep', has(base64(nested(2))), FOUND],
  ['three deep', has(base64(nested(3))), FOUND],
  ['four deep', has(base64(nested(4))), MALFORMED],
  [
    'a hash three deep',
    has(
      base64(
        script(
          `echo ${base64(script(`echo ${base64(script(`echo ${base64('0123456789abcdef'.repeat(4))}`))}`))}`,
        ),
      ),
    ),
    OK,
  ],
  ['1 MiB unpacked', has(gzip64(Buffer.alloc(MIB, ' '))), OK],
  ['more than 1 MiB unpacked', has(gzip64(Buffer.alloc(MIB + 1, ' '))), MALFORMED],
  [
    'two parts that are more than 1 MiB together',
    text(...[0, 1].map(() => `echo ${gzip64(Buffer.alloc(MIB * 0.6, ' '))} | base64 -d | zcat`)),
    MALFORMED,
  ],
  [
    'more than 1 MiB unpacked beside a key',
    text(`export AWS_ACCESS_KEY_ID=${ID}`, `echo ${gzip64(Buffer.alloc(MIB + 1, ' '))} | base64 -d | zcat`),
    FOUND,
  ],
  [
    'gzip that is cut',
    has(base64(Buffer.from(gzip64(EXPORTED.repeat(9)), 'base64').subarray(0, 40))),
    MALFORMED,
  ],
  ['no base64', has('#!/bin/bash\nexport x=1'), MALFORMED],
  ['base64 that is cut', has(KEY.slice(0, -5)), MALFORMED],
];

const noKeys: Row[] = [
  ["AWS's example id", text(`K=${['AKIA', 'IOSFODNN7EXAMPLE'].join('')}`), OK],
  ["AWS's other example id", text(`K=${['AKIA', 'I44QH8DHBEXAMPLE'].join('')}`), OK],
  [
    "AWS's example secret",
    text(`aws_secret_access_key=${['wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'].join('')}`),
    OK,
  ],
  ['an id of one character', text(`K=AKIA${'A'.repeat(16)}`), OK],
  ['an id with XXXX', text(`K=${ID.slice(0, 12)}XXXXWXYZ`), OK],
  ['an id that may be there', has(KEY), OK, { ignoreKeyIds: `x, ${ID}` }],
  ['another id that may be there', has(KEY), FOUND, { ignoreKeyIds: TEMPORARY_ID }],
  [
    'the secret of an id that may be there',
    text(`aws configure set aws_access_key_id ${ID}; aws configure set aws_secret_access_key ${SECRET}`),
    wrong(secretIn(2)),
    { ignoreKeyIds: ID },
  ],
  [
    'a presigned URL',
    text(`curl "https://b.s3.amazonaws.com/x?X-Amz-Credential=${ID}%2F20261101%2Fus-east-1"`),
    OK,
  ],
  ['a presigned URL with slashes', text(`curl "https://b/x?X-Amz-Credential=${ID}/20261101/us-east-1"`), OK],
  ['an older presigned URL', text(`curl "https://b/x?AWSAccessKeyId=${ID}&Expires=1&Signature=x"`), OK],
  [
    'an older presigned URL that ends so',
    text(`curl "https://b/x?Expires=1&Signature=x&AWSAccessKeyId=${ID}"`),
    OK,
  ],
  ['a root key file', text(`AWSAccessKeyId=${ID}`), FOUND],
  [
    'a signature',
    text(`Authorization: AWS4-HMAC-SHA256 Credential=${ID}/20261101/us-east-1/s3/aws4_request`),
    OK,
  ],
  ['the words only', text('# set aws_secret_access_key and AKIA before you run this'), OK],
  [
    'a reference to Secrets Manager',
    text('export AWS_SECRET_ACCESS_KEY=$(aws secretsmanager get-secret-value --secret-id x)'),
    OK,
  ],
  [
    'a dynamic reference',
    text('aws_secret_access_key={{resolve:secretsmanager:MySecret:SecretString:password}}'),
    OK,
  ],
  ['a variable', text(`aws_secret_access_key = \${SECRET_OF_THE_APPLICATION_THAT_RUNS_HERE}`), OK],
  ['a placeholder', text('aws_secret_access_key = <your secret access key of forty characters>'), OK],
  ['a secret that is too short', text(`aws_secret_access_key = ${SECRET.slice(1)}`), OK],
  ['a secret that is too long', text(`aws_secret_access_key = ${SECRET}A`), OK],
  ['forty characters without a name', text(`git checkout ${'0123456789'.repeat(4)}`), OK],
  ['an id inside a longer word', text(`x=A${ID}`, `y=${ID}A`, `z=_${ID}`, `p=/${ID}`, `q=${ID}=`), OK],
  ['an id in small letters', text(`K=${ID.toLowerCase()}`), OK],
  ['a certificate with an id inside', text(wrapped(`MIIB${'Z'.repeat(20)}${ID}${'Z'.repeat(80)}`, 64)), OK],
];

const states: Row[] = [
  ...['terminated', 'shutting-down'].map(
    (Name): Row => [
      `${Name}`,
      { ...has(KEY), [INSTANCES]: reserved(instance('i-0a', { State: { Code: 48, Name } })) },
      {},
    ],
  ),
  ...['stopped', 'stopping', 'pending'].map(
    (Name): Row => [
      `${Name}`,
      { ...has(KEY), [INSTANCES]: reserved(instance('i-0a', { State: { Code: 80, Name } })) },
      FOUND,
    ],
  ),
  ['no instances and no templates', { [INSTANCES]: { Reservations: [] }, ...NO_TEMPLATES }, {}],
  [
    'exempt',
    { ...has(KEY), [INSTANCES]: reserved(instance('i-0a', { Tags: [{ Key: 'decoy', Value: '' }] })) },
    ['NOT_APPLICABLE', 'exempt by tag decoy'],
    { exemptTagKey: 'decoy' },
  ],
  ['without the tag that exempts', has(KEY), FOUND, { exemptTagKey: 'decoy' }],
  ['user data that may not be read', { ...has(KEY), [attribute('i-0a')]: denied }, unknown('AccessDenied')],
  [
    'user data that nobody collected',
    { ...has(KEY), [attribute('i-0a')]: undefined },
    unknown('NotCollected'),
  ],
  ['an instance that is gone', { ...has(KEY), [attribute('i-0a')]: fails('InvalidInstanceID.NotFound') }, {}],
  ['an answer without user data', { ...has(KEY), [attribute('i-0a')]: { InstanceId: 'i-0a' } }, MALFORMED],
  [
    'an answer cut by --query',
    { ...has(KEY), [attribute('i-0a')]: KEY },
    MALFORMED,
    {},
    { filesOnly: 'no answer of AWS' },
  ],
  [
    'several instances, in several reservations',
    {
      [INSTANCES]: {
        Reservations: [
          ...(reserved(instance('i-0a'), instance('i-0b')).Reservations as Json[]),
          ...(reserved(instance('i-0c')).Reservations as Json[]),
        ],
      },
      ...userDataOf(KEY, 'i-0a'),
      ...userDataOf(CLEAN, 'i-0b'),
      [attribute('i-0c')]: denied,
      ...NO_TEMPLATES,
    },
    { 'i-0a': FOUND, 'i-0b': OK, 'i-0c': unknown('AccessDenied') },
  ],
  [
    'an instance without a state',
    { ...has(KEY), [INSTANCES]: reserved(instance('i-0b', { State: undefined }), instance()) },
    { 'i-0a': FOUND, 'i-0b': MALFORMED },
  ],
  [
    'instances that may not be listed',
    { ...templates(version(1, true, KEY)), [INSTANCES]: denied },
    { [ACCOUNT]: unknown('AccessDenied'), 'lt-0a': wrong(inLine(2, SHOWN, 'version 1')) },
  ],
  [
    'a list of instances that goes on',
    { ...has(KEY), [INSTANCES]: { ...reserved(instance()), NextToken: 'x' } },
    { [ACCOUNT]: unknown('CutAnswer'), 'i-0a': FOUND },
    {},
    { filesOnly: 'the SDK reads all pages' },
  ],
];

const inTemplates: Row[] = [
  ['a template without user data', templates(version(1, true)), OK],
  ['a template without a key', templates(version(1, true, CLEAN)), OK],
  ['a version that is both, once', templates(version(3, true, KEY)), wrong(inLine(2, SHOWN, 'version 3'))],
  [
    'a version that is both, twice',
    templates(version(3, true, KEY), version(3, true, KEY)),
    wrong(inLine(2, SHOWN, 'version 3')),
  ],
  [
    'in the default version',
    templates(version(1, true, KEY), version(3, false, CLEAN)),
    wrong(inLine(2, SHOWN, 'version 1')),
  ],
  [
    'in the latest version',
    templates(version(1, true, CLEAN), version(3, false, KEY)),
    wrong(inLine(2, SHOWN, 'version 3')),
  ],
  [
    'in both versions',
    templates(version(3, false, KEY), version(1, true, KEY)),
    wrong(inLine(2, SHOWN, 'version 1'), inLine(2, SHOWN, 'version 3')),
  ],
  [
    'in an older version',
    templates(version(1, false, KEY), version(2, true, CLEAN), version(3, false, CLEAN)),
    OK,
  ],
  ['a template without a default version', templates(version(3, false, CLEAN)), unknown('IncompleteAnswer')],
  [
    'a template without a default version, with a key',
    templates(version(3, false, KEY)),
    wrong(inLine(2, SHOWN, 'version 3')),
  ],
  [
    'a secret in a template',
    templates(version(1, true, base64(script(`secret_access_key: ${SECRET}`)))),
    wrong(secretIn(2, 'version 1')),
  ],
  ['user data of a template that is no base64', templates(version(1, true, 'not base64!')), MALFORMED],
  [
    'one version that is no base64, and a key',
    templates(version(1, true, 'not base64!'), version(2, false, KEY)),
    wrong(inLine(2, SHOWN, 'version 2')),
  ],
  [
    'a tag does not exempt a template',
    templates(version(1, true, KEY)),
    wrong(inLine(2, SHOWN, 'version 1')),
    { exemptTagKey: 'decoy' },
  ],
  [
    'templates that may not be listed',
    { ...has(KEY), [TEMPLATES]: denied },
    { [ACCOUNT]: unknown('AccessDenied'), 'i-0a': FOUND },
  ],
  [
    'two templates',
    templates(version(1, true, KEY), version(1, true, CLEAN, { LaunchTemplateId: 'lt-0b' })),
    { 'lt-0a': wrong(inLine(2, SHOWN, 'version 1')), 'lt-0b': OK },
  ],
  [
    'a version without a number',
    templates(version(1, true, CLEAN), { ...version(2, false), VersionNumber: undefined }),
    MALFORMED,
  ],
  [
    'a version without a number, and a key',
    templates(version(1, true, KEY), { ...version(2, false), VersionNumber: undefined }),
    wrong(inLine(2, SHOWN, 'version 1')),
  ],
  [
    'a list of versions that goes on',
    {
      ...templates(version(1, true, CLEAN)),
      [TEMPLATES]: { LaunchTemplateVersions: [version(1, true, CLEAN)], NextToken: 'x' },
    },
    { [ACCOUNT]: unknown('CutAnswer') },
  ],
];

const digests: Row[] = [
  ['what was found, kept without a key', kept({ Keys: [] }), OK, {}, COLLECTED],
  [
    'what was found, kept with a key',
    kept({ Keys: [KEPT, { Kind: 'secretKey', Line: 3 }] }),
    wrong(inLine(2), secretIn(3)),
    {},
    COLLECTED,
  ],
  [
    'what was found, kept, of user data that is too large',
    kept({ Keys: [], Unread: 'tooLarge' }),
    MALFORMED,
    {},
    COLLECTED,
  ],
  [
    'what was found, kept in a form that nobody knows',
    kept({ Keys: [{ Kind: 'password' }] }),
    MALFORMED,
    {},
    COLLECTED,
  ],
  [
    'what was found in a template, kept',
    templates(version(1, true, undefined, { LaunchTemplateData: { UserDataDigest: { Keys: [KEPT] } } })),
    wrong(inLine(2, SHOWN, 'version 1')),
    {},
    COLLECTED,
  ],
];

const situations: Situations = {
  rule,
  situations: [
    ...[...userData, ...packed, ...noKeys, ...states, ...inTemplates, ...digests].map(
      ([situation, readings, says, parameters = {}, more = {}]) => ({
        situation,
        readings,
        parameters,
        ...more,
        says,
      }),
    ),
    {
      situation: 'a key in each of two Regions, one of which cannot be listed',
      readings: {
        ...has(KEY),
        'eu-west-1/ec2/describe-instances.json': denied,
        'eu-west-1/ec2/describe-launch-template-versions.json': { LaunchTemplateVersions: [] },
      },
      regions: ['eu-west-1', 'us-east-1'],
      says: { [ACCOUNT]: unknown('AccessDenied'), 'i-0a': FOUND },
    },
  ],
};
export default situations;
