/** `groundrules evaluate s3://bucket`, against a server that answers as S3 does; test/integration/delivered.test.ts asks moto. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bucketWith } from '../../account/live/bucket.ts';
import { DEFAULTS } from '../../account/live/clients.ts';
import { RUN_FOLDER } from '../../cli/fleet/run-folder.ts';
import { fleetFile } from '../../deploy/fleet/file.ts';
import { byDelivery } from '../../deploy/fleet/judge/enter.ts';
import { judgeAccount } from '../../deploy/fleet/judge/judge.ts';
import { resultsKey } from '../../deploy/fleet/layout.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import { rules } from '../../rules/index.ts';
import { bucketItem, folderOf, gone, groupItem, item, removeFolders } from '../account/snapshot/support.ts';
import { linesIn, memoryStore, silent } from '../deploy/fleet/support.ts';
import { ORGANIZATION } from '../deploy/support/organization.ts';
import { fileOf, historyKey, type Of, snapshotKey } from '../support/delivered.ts';
import { refuse, type S3Server, serveBucket } from '../support/s3-server.ts';
import { call, type Evaluated, evaluate, worldOf } from './support.ts';

const [ONE, OTHER, THIRD] = ['111122223333', '444455556666', '777788889999'] as const;
const GROUP = 'AWS::EC2::SecurityGroup';
const NOW = '2026-11-28T12:00:00Z';
const MORNING = '2026-11-28T08:00:00Z';
const LATER = '2026-11-28T10:00:00Z';

let server: S3Server;
const home = process.cwd();
const before = { ...process.env };
let folder: string;
beforeEach(async () => {
  server = await serveBucket('logs', 3);
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'us-east-1' },
  });
  folder = mkdtempSync(join(tmpdir(), 'groundrules-bucket-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  await server.stop();
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await removeFolders();
});

const of = (account: string, at = MORNING, region = 'us-east-1'): Of => ({ account, region, at });
const whose = ({ account, region, at }: Of) => ({
  awsAccountId: account,
  awsRegion: region,
  configurationItemCaptureTime: at,
});
const put = (key: string, bytes: Buffer) => void server.objects.set(key, bytes);
const putSnapshot = (place: Of, ...items: object[]) => put(snapshotKey(place), fileOf(...items));
/** A group that lets everybody in by SSH, or by HTTPS alone. */
const open = (id: string, place: Of) => groupItem(id, 22, whose(place));
const closed = (id: string, place: Of) => groupItem(id, 443, whose(place));

const judge = (path = 's3://logs', options: object = {}): Promise<Evaluated> =>
  evaluate([path], { rule: 'sg-open-ports', now: NOW, endpointUrl: server.endpoint, ...options });
const saidOf = ({ report }: Evaluated) => [
  ...report.results.map((one) => `${one.accountId} ${one.region} ${one.resourceId} ${one.compliance}`),
  ...report.errors.map((one) => `${one.accountId} ${one.resourceId} ${one.code}`),
];

function organization() {
  for (const account of [ONE, OTHER]) {
    for (const region of ['us-east-1', 'eu-west-1']) {
      const place = of(account, MORNING, region);
      putSnapshot(place, closed(`sg-1-${region}`, place), open(`sg-2-${region}`, place));
    }
    put(`AWSLogs/${account}/Config/ConfigWritabilityCheckFile`, Buffer.alloc(0));
  }
  put(`AWSLogs/${THIRD}/CloudTrail/us-east-1/2026/11/28/x.json.gz`, Buffer.alloc(0));
  const later = of(ONE, LATER);
  const history = fileOf(
    open('sg-1-us-east-1', later),
    groupItem('sg-2-us-east-1', 22, { ...whose(later), ...gone('ResourceDeleted', LATER) }),
  );
  put(historyKey(GROUP, later), history);
}

test('every account and Region is judged by its newest snapshot, with the histories laid over, the worst of each first', async () => {
  organization();
  const said = await judge();
  expect(said.status).toBe(1);
  expect(saidOf(said)).toEqual([
    `${ONE} eu-west-1 sg-2-eu-west-1 NON_COMPLIANT`,
    `${ONE} us-east-1 sg-1-us-east-1 NON_COMPLIANT`,
    `${ONE} eu-west-1 sg-1-eu-west-1 COMPLIANT`,
    `${ONE} us-east-1 sg-2-us-east-1 NOT_APPLICABLE`,
    `${OTHER} eu-west-1 sg-2-eu-west-1 NON_COMPLIANT`,
    `${OTHER} us-east-1 sg-2-us-east-1 NON_COMPLIANT`,
    `${OTHER} eu-west-1 sg-1-eu-west-1 COMPLIANT`,
    `${OTHER} us-east-1 sg-1-us-east-1 COMPLIANT`,
  ]);
  expect(said.report).toMatchObject({
    accountIds: [ONE, OTHER],
    inputs: [
      {
        accountId: ONE,
        source: 's3://logs',
        regions: ['eu-west-1', 'us-east-1'],
        delivered: { 'us-east-1': '2026-11-28T10:00:00.000Z' },
      },
      { accountId: OTHER },
    ],
  });
  expect(said.notes).toEqual([
    `${THIRD} left out: AWS Config delivers nothing of it to this bucket`,
    // One list of the accounts, one of what is beside them, one each of their Regions, and one of the day in each of four.
    's3://logs: 9 lists and 5 objects, 0.0 MB',
  ]);
  expect(existsSync(RUN_FOLDER)).toBe(false);
});

test("a fleet's function says of an account what the command says", async () => {
  organization();
  const regions = ['us-east-1', 'eu-west-1'];
  const { report } = await judge('s3://logs', { account: [ONE], region: regions });
  const store = memoryStore();
  const config = { ...DEFAULTS, endpoint: server.endpoint };
  const bucket = bucketWith('logs', { config, region: 'us-east-1', requesterPays: false });
  const judgeOne = judgeAccount({
    rules: rules.filter(({ id }) => id === 'sg-open-ports'),
    settings: fleetFile(readSettings({ regions, organization: { ...ORGANIZATION, fleet: {} } })),
    ...{ waivers: [], store, log: silent, now: () => new Date(NOW) },
    enter: byDelivery({ bucket, regions }),
  });
  const account = { id: ONE, units: [], delivered: [`AWSLogs/${ONE}/Config/`] };
  await judgeOne({ day: '2026-11-28', run: 'run-1', account });
  const [head, ...lines] = await linesIn(store, resultsKey('2026-11-28', ONE));
  const results = lines.map(({ run, kind, asOf, judgedAt, organizationalUnit, ...line }) => line);
  expect(JSON.parse(JSON.stringify(results))).toEqual(report.results);
  expect((head as { delivered?: object }).delivered).toEqual({
    'eu-west-1': '2026-11-28T08:00:00.000Z',
    'us-east-1': '2026-11-28T10:00:00.000Z',
  });
});

test.each<[options: object, accounts: string[]]>([
  [{ account: ONE }, [ONE]],
  [{ exclude: ONE }, [OTHER]],
])('accounts are chosen: %j', async (options, accounts) => {
  organization();
  const { report } = await judge('s3://logs', options);
  expect(report.accountIds).toEqual(accounts);
});

test('a Region is chosen, and one that no account has is refused', async () => {
  organization();
  const { report } = await judge('s3://logs', { region: 'eu-west-1' });
  expect([...new Set(report.results.map(({ region }) => region))]).toEqual(['eu-west-1']);
  await expect(judge('s3://logs', { region: 'ap-south-1' })).rejects.toThrow(
    '--region ap-south-1: s3://logs has nothing of this Region',
  );
  expect(existsSync(RUN_FOLDER)).toBe(false);
});

test('of the other Regions nothing is read, unless a rule reads what may lie in any', async () => {
  organization();
  const eastAsked = () => server.asked.filter((asked) => asked.includes('us-east-1')).length;
  const { report } = await judge('s3://logs', { region: 'eu-west-1' });
  expect(report.results).toHaveLength(4);
  expect(eastAsked()).toBe(0);
  // The account's Block Public Access is in the files of one Region alone.
  const east = of(ONE);
  const block = item('AWS::S3::AccountPublicAccessBlock', ONE, {
    ...whose(east),
    configuration: Object.fromEntries(
      ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'].map((name) => [
        name,
        true,
      ]),
    ),
  });
  putSnapshot(east, block);
  const west = of(ONE, MORNING, 'eu-west-1');
  putSnapshot(west, closed('sg-1', west), bucketItem('bk', whose(west)));
  const both = { rule: ['sg-open-ports', 's3-public'], region: 'eu-west-1', account: ONE };
  expect(saidOf(await judge('s3://logs', both)).sort()).toEqual([
    `${ONE} eu-west-1 bk COMPLIANT`,
    `${ONE} eu-west-1 sg-1 COMPLIANT`,
  ]);
  expect(eastAsked()).toBeGreaterThan(0);
});

test('of an account that has nothing in the Regions that were named, the bucket is said to have none', async () => {
  const west = of(ONE, MORNING, 'eu-west-1');
  putSnapshot(west, closed('sg-a', west));
  putSnapshot(of(OTHER), closed('sg-b', of(OTHER)));
  const { report } = await judge('s3://logs', { region: 'eu-west-1' });
  expect(report.errors.map(({ accountId, message }) => [accountId, message])).toEqual([
    [OTHER, `s3://logs has nothing of account ${OTHER} in eu-west-1`],
  ]);
});

test('an account, a Region of it and a single file can be named; the same bucket twice is one', async () => {
  organization();
  const of1 = `s3://logs/AWSLogs/${ONE}/Config/eu-west-1`;
  expect(saidOf(await judge(of1))).toHaveLength(2);
  expect(saidOf(await judge(`s3://logs/AWSLogs/${OTHER}`))).toHaveLength(4);
  const file = `s3://logs/${snapshotKey(of(ONE))}`;
  expect(saidOf(await judge(file))).toEqual([
    `${ONE} us-east-1 sg-2-us-east-1 NON_COMPLIANT`,
    `${ONE} us-east-1 sg-1-us-east-1 COMPLIANT`,
  ]);
  const twice = await evaluate(['s3://logs', of1], {
    rule: 'sg-open-ports',
    now: NOW,
    endpointUrl: server.endpoint,
  });
  expect(saidOf(twice)).toHaveLength(8);
});

test.each<[situation: string, isCut: boolean, code: string]>([
  ['may not be read', false, 'AccessDenied'],
  ['is cut', true, 'Malformed'],
])('what was closed before a history that %s is no longer known to be', async (_, isCut, code) => {
  putSnapshot(of(ONE), closed('sg-a', of(ONE)));
  putSnapshot(of(OTHER), closed('sg-b', of(OTHER)));
  const key = historyKey(GROUP, of(ONE, LATER));
  const bytes = fileOf(open('sg-a', of(ONE, LATER)), open('sg-z', of(ONE, LATER)));
  put(key, isCut ? bytes.subarray(0, 100) : bytes);
  server.before = (asked, outgoing) =>
    !isCut && asked === `GET ${key}` && refuse(outgoing, 403, 'AccessDenied', 'no');
  const said = await judge();
  expect(said.status).toBe(2);
  expect(saidOf(said).sort()).toEqual([
    `${ONE} ${ONE} ${code}`,
    `${ONE} sg-a ${code}`,
    `${OTHER} us-east-1 sg-b COMPLIANT`,
  ]);
  expect(said.report).toMatchObject({
    inputs: [{ delivered: { 'us-east-1': new Date(MORNING).toISOString() } }, {}],
  });
});

test('a cut file is "could not tell" of its Region, and of nothing else', async () => {
  organization();
  const key = snapshotKey(of(OTHER));
  put(key, (server.objects.get(key) as Buffer).subarray(0, 100));
  const said = await judge();
  expect(said.status).toBe(2);
  expect(said.report.errors).toMatchObject([
    { accountId: OTHER, code: 'Malformed', message: expect.stringContaining(`s3://logs/${key}`) },
  ]);
  const others = saidOf(said).filter((one) => one.startsWith(`${OTHER} us-east-1`));
  expect(others.filter((one) => one.endsWith(' COMPLIANT'))).toEqual([]);
  expect(saidOf(said).filter((one) => one.startsWith(`${OTHER} eu-west-1`))).toHaveLength(2);
});

test.each<
  [
    situation: string,
    what: RegExp,
    refused: Parameters<typeof refuse> extends [unknown, ...infer R] ? R : never,
    code: string,
    permission: string,
  ]
>([
  [
    'a file',
    /^GET .*444455556666_Config_us-east-1/,
    [403, 'AccessDenied', 'no'],
    'AccessDenied',
    's3:GetObject on arn:aws:s3:::logs/AWSLogs/444455556666',
  ],
  [
    'its key',
    /^GET .*444455556666_Config_us-east-1/,
    [403, 'AccessDenied', 'not authorized to perform: kms:Decrypt'],
    'AccessDenied',
    'kms:Decrypt',
  ],
  [
    'a Region',
    /^LIST AWSLogs\/444455556666\/Config\/us-east-1/,
    [403, 'AccessDenied', 'no'],
    'AccessDenied',
    's3:ListBucket on arn:aws:s3:::logs',
  ],
  [
    'an account',
    /^LIST AWSLogs\/444455556666\/Config\/$/,
    [403, 'AccessDenied', 'no'],
    'AccessDenied',
    's3:ListBucket on arn:aws:s3:::logs',
  ],
])(
  '%s that may not be read is an error of that account, and the others go on',
  async (_, what, refused, code, permission) => {
    organization();
    server.before = (asked, outgoing) => what.test(asked) && refuse(outgoing, ...refused);
    const said = await judge();
    expect(said.status).toBe(2);
    expect(said.report.errors).toMatchObject([
      { accountId: OTHER, code, message: expect.stringContaining(permission) },
    ]);
    expect(saidOf(said).filter((one) => one.startsWith(ONE))).toHaveLength(4);
  },
);

test('an account without a snapshot is never a clean one', async () => {
  organization();
  for (const key of [...server.objects.keys()])
    if (key.includes(`${OTHER}_Config`)) server.objects.delete(key);
  put(`AWSLogs/${OTHER}/Config/us-east-1/2026/11/28/ConfigHistory/notes.txt`, Buffer.alloc(0));
  const said = await judge();
  expect(said.report.errors).toMatchObject([{ accountId: OTHER, code: 'NoSnapshot' }]);
  expect(said.status).toBe(2);
});

test('rules that the bucket has nothing for are left out, and counted', async () => {
  organization();
  const { report, notes } = await judge('s3://logs', { rule: undefined });
  expect(report.rules).toContain('sg-open-ports');
  expect(report.rules).not.toContain('root-mfa');
  const left = rules.length - report.rules.length;
  expect(notes[1]).toBe(
    `${left} rules left out: AWS Config recorded nothing of what they report on (--with-live asks the accounts)`,
  );
  const named = await judge('s3://logs', { rule: 'root-mfa' });
  expect(named.report.errors.map(({ accountId, code }) => [accountId, code])).toEqual([
    [ONE, 'NotCollected'],
    [OTHER, 'NotCollected'],
  ]);
});

test('an account of which no rule can say anything is an error of it, and a rule without anything in some is named', async () => {
  putSnapshot(of(ONE), closed('sg-a', of(ONE)), bucketItem('bk', whose(of(ONE))));
  putSnapshot(of(OTHER), closed('sg-b', of(OTHER)));
  putSnapshot(of(THIRD));
  const { status, report, notes } = await judge('s3://logs', { rule: undefined });
  expect(status).toBe(2);
  const silent = report.errors.filter(({ accountId }) => accountId === THIRD);
  expect(silent.map(({ rule }) => rule)).toContain('sg-open-ports');
  expect(new Set(silent.map(({ message }) => message))).toEqual(
    new Set([
      expect.stringContaining(`account ${THIRD}: AWS Config recorded nothing that a rule reports on`),
    ]),
  );
  expect(notes.join('\n')).toMatch(/recorded nothing of what they report on: .*s3-public in 1 of 3 accounts/);
  for (const key of [...server.objects.keys()]) if (!key.includes(THIRD)) server.objects.delete(key);
  await expect(judge('s3://logs', { rule: undefined })).rejects.toThrow('no rule reports on what is in it');
});

test('what a Region of years ago shows is not judged as of today', async () => {
  const old = of(ONE, '2023-05-05T05:00:00Z', 'eu-west-1');
  putSnapshot(old, closed('sg-e', old));
  putSnapshot(of(ONE), closed('sg-a', of(ONE)));
  const said = await judge();
  expect(said.status).toBe(2);
  expect(saidOf(said)).toEqual([`${ONE} us-east-1 sg-a COMPLIANT`, `${ONE} ${ONE} NoSnapshot`]);
  expect(said.report).toHaveProperty('inputs.0.delivered', { 'us-east-1': '2026-11-28T08:00:00.000Z' });
});

test('… nor in a copy of the bucket, which is as of its newest file unless --now says otherwise', async () => {
  const copy = await folderOf({});
  const putInCopy = (place: Of, ...items: object[]) =>
    writeAt(join(copy, snapshotKey(place)), fileOf(...items));
  const old = of(ONE, '2023-05-05T05:00:00Z', 'eu-west-1');
  const unchanged = of(ONE, '2026-09-01T00:00:00Z');
  await putInCopy(old, closed('sg-e', old));
  await putInCopy(of(ONE), closed('sg-a', unchanged));
  await putInCopy(of(OTHER, '2026-10-20T08:00:00Z'), closed('sg-b', of(OTHER, '2026-10-01T08:00:00Z')));
  const said = await judge(copy, { now: undefined });
  expect(saidOf(said)).toEqual([
    `${ONE} us-east-1 sg-a COMPLIANT`,
    `${ONE} ${ONE} NoSnapshot`,
    `${OTHER} ${OTHER} NoSnapshot`,
  ]);
  expect(said.status).toBe(2);
  expect(said.report).toHaveProperty('inputs.0.asOf', '2026-11-28T08:00:00.000Z');
  expect(said.report.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('--now 2023-05-05T23:59:59Z judges by that'),
    expect.stringContaining(`no snapshot of account ${OTHER} in us-east-1 in the 31 days before`),
  ]);
  expect(saidOf(await judge(copy, { now: '2026-10-21T08:00:00Z' }))).toEqual([
    `${OTHER} us-east-1 sg-b COMPLIANT`,
    `${ONE} ${ONE} NoSnapshot`,
    `${ONE} ${ONE} NoSnapshot`,
  ]);
  // All of it is old: it is a copy of then.
  expect(saidOf(await judge(join(copy, 'AWSLogs', OTHER), { now: undefined }))).toEqual([
    `${OTHER} us-east-1 sg-b COMPLIANT`,
  ]);
});

test('accounts that cannot be asked leave no run to go on with', async () => {
  putSnapshot(of(ONE), closed('sg-a', of(ONE)));
  server.before = (_, outgoing, { method }) =>
    method === 'POST' && refuse(outgoing, 403, 'ExpiredToken', 'expired');
  await expect(judge('s3://logs', { withLive: true })).rejects.toThrow('sts:GetCallerIdentity');
  expect(existsSync(RUN_FOLDER)).toBe(false);
});

test('a Region that may not be listed is why nobody knows the users', async () => {
  putSnapshot(of(ONE), closed('sg-a', of(ONE)));
  putSnapshot(of(ONE, MORNING, 'eu-west-1'));
  server.before = (asked, outgoing) =>
    asked.startsWith(`LIST AWSLogs/${ONE}/Config/eu-west-1`) && refuse(outgoing, 403, 'AccessDenied', 'no');
  const { report } = await judge('s3://logs', { rule: 'iam-policy-conditions' });
  expect(report.errors).not.toEqual([]);
  for (const { code, message } of report.errors) {
    expect([code, message]).toEqual(['AccessDenied', expect.stringContaining('s3:ListBucket')]);
  }
});

test('an item of another account is told of, and nobody is to move it', async () => {
  putSnapshot(of(ONE), closed('sg-a', of(ONE)), open('sg-b', of(OTHER)));
  const { report } = await judge();
  expect(report.errors).toMatchObject([
    {
      message: expect.stringMatching(
        `has items of account ${OTHER}, among what AWS Config delivered of account ${ONE}: they are not judged$`,
      ),
    },
  ]);
});

test('files that are days old are judged as of then, and said to be', async () => {
  const old = of(ONE, '2026-11-21T08:00:00Z');
  putSnapshot(old, open('sg-1', old));
  const said = await judge();
  expect(said.notes[0]).toContain(
    `in 1 Regions of accounts, so that they are judged as they were then: ${ONE} us-east-1 (2026-11-21T08:00Z)`,
  );
  const { report } = await judge('s3://logs', { now: undefined });
  expect(report).toMatchObject({ inputs: [{ asOf: '2026-11-21T08:00:00.000Z' }] });
  expect((await judge('s3://logs', { now: '2026-11-22T08:00:00Z' })).notes.join()).not.toContain('hours old');
});

test.each<[problem: string, path: string, options: object]>([
  ['expected AWSLogs/ with a folder an account in it; found other/', 's3://logs', {}],
  ['s3://nowhere: there is no such bucket', 's3://nowhere', {}],
  ['s3://logs/AWSLogs/1234: expected the bucket', 's3://logs/AWSLogs/1234', {}],
  ['expected s3://bucket/prefix/, with the name of a bucket', 's3://', {}],
  ['--role-name: no account is entered, unless with --with-live', 's3://logs', { roleName: 'Audit' }],
  ['--with-live fills in what a bucket of AWS Config lacks', '.', { withLive: true }],
  ['--organization: a bucket has its accounts', 's3://logs', { organization: true, withLive: true }],
  ['--organization: a bucket has its accounts', 's3://logs', { organization: true }],
  ['--live judges the account of the credentials', 's3://logs', { live: true }],
])('%s', async (problem, path, options) => {
  put('other/x', Buffer.alloc(0));
  await expect(judge(path, options)).rejects.toThrow(problem);
});

test('accounts that the bucket has not, and paths beside it, are refused', async () => {
  organization();
  await expect(judge('s3://logs', { account: '999999999999' })).rejects.toThrow(
    'account 999999999999: the bucket has nothing of it',
  );
  await expect(judge('s3://logs', { account: ONE, exclude: ONE })).rejects.toThrow(
    'no account is left to judge',
  );
  await expect(evaluate(['s3://logs', folder], { endpointUrl: server.endpoint })).rejects.toThrow(
    'a bucket is judged alone',
  );
});

test('what could not be listed is tried again with --resume, and nothing else is', async () => {
  organization();
  server.before = (asked, outgoing) =>
    asked === `LIST AWSLogs/${OTHER}/Config/` && refuse(outgoing, 403, 'AccessDenied', 'no');
  expect((await judge()).status).toBe(2);
  server.before = () => false;
  server.asked.length = 0;
  const again = await judge('s3://logs', { resume: true });
  expect(saidOf(again)).toHaveLength(8);
  expect(server.asked.some((asked) => asked.includes(ONE))).toBe(false);
  expect(existsSync(RUN_FOLDER)).toBe(false);
});

describe('an account of which AWS Config recorded nothing is named in a copy of the bucket', () => {
  const copyOf = async (...accounts: readonly (readonly [account: string, ...items: object[]])[]) => {
    const copy = await folderOf({});
    for (const [account, ...items] of accounts)
      await writeAt(join(copy, snapshotKey(of(account))), fileOf(...items));
    return copy;
  };
  const GROUPS = [ONE, closed('sg-a', of(ONE))] as const;
  test.each([
    ['beside another', [GROUPS, [THIRD]]],
    ['alone', [[THIRD]]],
    [
      'of what no rule reports on alone',
      [GROUPS, [THIRD, item('AWS::Lambda::Function', 'x', whose(of(THIRD)))]],
    ],
  ] as const)('%s', async (_, accounts) => {
    const copy = await copyOf(...accounts);
    for (const rule of [undefined, 'sg-open-ports']) {
      const { status, report } = await judge(copy, { rule });
      expect(status).toBe(2);
      expect(report.accountIds).toContain(THIRD);
      const silent = report.errors.filter(({ accountId }) => accountId === THIRD);
      expect(silent.map((one) => one.rule)).toContain('sg-open-ports');
      expect(silent.map(({ message }) => message)[0]).toMatch(
        new RegExp(`account ${THIRD}: AWS Config recorded nothing that a rule reports on.* with --live$`),
      );
    }
    const { world, text } = worldOf();
    const groups = await copyOf(GROUPS);
    await call('compare', [groups, copy], { format: 'json' }, world);
    const told = JSON.parse(text()).differences.filter(
      (one: { accountId: string }) => one.accountId === THIRD,
    );
    expect(told.map((one: { is: string }) => one.is)).toContain('COULD_NOT_TELL');
  });
});

describe('a bucket is judged as a folder of the same files', () => {
  const TYPES = [GROUP, 'AWS::S3::Bucket', 'AWS::IAM::User'] as const;
  const HOUR = 3_600_000;
  const timeOf = (hour: number) => new Date(Date.parse(NOW) + hour * HOUR).toISOString();
  const change = fc.record({
    account: fc.constantFrom(ONE, OTHER),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    type: fc.constantFrom(...TYPES),
    id: fc.constantFrom('1', '2', '3'),
    hour: fc.integer({ min: -60, max: -1 }),
    what: fc.constantFrom('good', 'bad', 'deleted', 'unrecorded', 'broken'),
  });
  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

  function itemOf({ type, id, what, ...place }: Change): object {
    const own = whose({ ...place, at: timeOf(place.hour) });
    const status = { deleted: 'ResourceDeleted', unrecorded: 'ResourceNotRecorded' }[what as string];
    const more = {
      ...own,
      ...(status && gone(status, timeOf(place.hour))),
      ...(what === 'broken' && { configuration: 7 }),
    };
    if (type === GROUP) return groupItem(`sg-${id}`, what === 'good' ? 443 : 22, more);
    if (type === 'AWS::S3::Bucket') return bucketItem(`bucket-${id}-${place.region}`, more);
    return item(type, `AIDA${id}`, {
      configuration: { userName: `user-${id}` },
      ...more,
      awsRegion: 'global',
    });
  }

  const sorted = ({ report, status }: Evaluated, path: string) => ({
    status,
    ...Object.fromEntries(
      (['results', 'errors'] as const).map((name) => [
        name,
        report[name]
          .map((one) => JSON.stringify(one).replaceAll(path, 's3://logs').replace(' --with-live', ' --live'))
          .sort(),
      ]),
    ),
  });

  test('whatever was delivered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 14 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        async (changes, isCut, isOld, isEmpty) => {
          server.objects.clear();
          if (isEmpty) putSnapshot({ account: THIRD, region: 'us-east-1', at: timeOf(-30) });
          for (const account of [ONE, OTHER]) {
            for (const region of ['us-east-1', 'eu-west-1']) {
              const here = changes.filter((one) => one.account === account && one.region === region);
              const at = timeOf(-30);
              const place = { account, region, at };
              const earlier = here.filter(({ hour }) => hour <= -30).map(itemOf);
              // Without a group, an account that has lost everything would have nothing to be judged by.
              putSnapshot(place, closed('sg-0', place), ...earlier);
              putSnapshot(
                { account, region, at: timeOf(-54) },
                open('sg-0', { account, region, at: timeOf(-54) }),
              );
              for (const one of here.filter(({ hour }) => hour > -30)) {
                const key = historyKey(one.type, { account, region, at: timeOf(one.hour) });
                const known = server.objects.get(key);
                const items = known ? JSON.parse(gunzipSync(known).toString()).configurationItems : [];
                put(key, fileOf(...items, itemOf(one)));
              }
            }
          }
          const cut = snapshotKey({ account: OTHER, region: 'eu-west-1', at: timeOf(-30) });
          if (isOld) {
            const whole = { account: ONE, region: 'eu-west-1' };
            for (const key of server.objects.keys())
              if (key.includes(`${ONE}_Config_eu-west-1_ConfigSnapshot`)) server.objects.delete(key);
            putSnapshot(
              { ...whole, at: timeOf(-24 * 40) },
              closed('sg-0', { ...whole, at: timeOf(-24 * 40) }),
            );
          }
          if (isCut) put(cut, (server.objects.get(cut) as Buffer).subarray(0, 60));
          const same = await folderOf({});
          for (const [key, bytes] of server.objects) await writeAt(join(same, key), bytes);
          const rules = { rule: ['sg-open-ports', 's3-public', 'access-key-age'] };
          const [there, here] = [await judge('s3://logs', rules), await judge(same, rules)];
          expect(sorted(there, 's3://logs')).toEqual(sorted(here, same));
          expect(here.report.accountIds.includes(THIRD)).toBe(isEmpty);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});

async function writeAt(path: string, bytes: Buffer): Promise<void> {
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, bytes);
}

test('what it takes is printed as a policy', async () => {
  const printed = async (options: object, args: readonly string[] = []) => {
    const { world, text } = worldOf();
    expect(await call('permissions', args, options, world)).toBe(0);
    return JSON.parse(text());
  };
  const { Statement } = await printed({ deliveryBucket: 's3://logs/central', partition: 'aws-us-gov' });
  expect(Statement).toMatchObject([
    {
      Action: ['s3:ListBucket'],
      Resource: 'arn:aws-us-gov:s3:::logs',
      Condition: { StringLike: { 's3:prefix': ['central/', 'central/AWSLogs/*', 'central/o-*/AWSLogs/*'] } },
    },
    {
      Action: ['s3:GetObject'],
      Resource: [
        'arn:aws-us-gov:s3:::logs/central/AWSLogs/*',
        'arn:aws-us-gov:s3:::logs/central/o-*/AWSLogs/*',
      ],
    },
    { Action: ['kms:Decrypt'], Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } } },
  ]);
  await expect(printed({ deliveryBucket: 's3://logs' }, ['collect'])).rejects.toThrow('is for evaluate');
  await expect(printed({ deliveryBucket: 's3://logs/AWSLogs/1' })).rejects.toThrow('expected the bucket');
});
