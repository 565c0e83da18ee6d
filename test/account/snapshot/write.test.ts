import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Intention } from '../../../account/snapshot/collected.ts';
import { asCommandPrints, openSnapshotWriter } from '../../../account/snapshot/write.ts';

const ACCOUNT = '111122223333';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (file: string) => join(folder, ACCOUNT, file);
const text = (file: string) => readFileSync(path(file), 'utf8');
const files = () =>
  readdirSync(join(folder, ACCOUNT), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

describe('an answer is printed as the aws command prints it', () => {
  const cases: [situation: string, answer: object, printed: string][] = [
    ['four spaces, a line at the end', { Users: [] }, '{\n    "Users": []\n}\n'],
    [
      'a time with its offset',
      { At: new Date('2026-11-20T09:00:00Z') },
      '{\n    "At": "2026-11-20T09:00:00+00:00"\n}\n',
    ],
    [
      'a time with its fraction, where it has one',
      { At: new Date('2026-11-20T09:00:00.25Z') },
      '{\n    "At": "2026-11-20T09:00:00.250+00:00"\n}\n',
    ],
    ['bytes in base64', { Seed: new Uint8Array([1, 2, 3]) }, '{\n    "Seed": "AQID"\n}\n'],
    ['nothing for what is not there', { Policy: undefined }, '{}\n'],
  ];
  test.each(cases)('%s', (_situation, answer, printed) => {
    expect(asCommandPrints(answer)).toBe(printed);
  });
});

const AT = new Date('2026-11-20T09:00:00Z');
const LATER = new Date('2026-11-20T09:00:01Z');
const open = (intention: Partial<Intention> = {}) =>
  openSnapshotWriter({
    folder,
    accountId: ACCOUNT,
    intention: {
      collectedAt: AT,
      regions: ['us-east-1'],
      rules: ['a-rule'],
      readings: ['iam:ListUsers'],
      version: '0.1.0',
      ...intention,
    },
    canRead: ({ service }) => service.name !== 'organizations',
  });
const collected = () => JSON.parse(text('collected.json'));

describe('a snapshot', () => {
  const words = (file: string, code = 'AccessDenied') => ({
    file,
    code,
    message: `An error occurred (${code})`,
  });
  const USERS = 'global/iam/list-users.json';
  const ACL = 'global/s3api/get-bucket-acl/z.json';
  const POLICY = 'global/s3api/get-bucket-policy/b.json';

  test('says first of all what is intended, and has its answers at once, each with its time', async () => {
    const writer = await open();
    const intended = {
      state: 'collecting',
      collectedAt: AT.toISOString(),
      regions: ['us-east-1'],
      rules: ['a-rule'],
      readings: ['iam:ListUsers'],
      version: '0.1.0',
    };
    expect(collected()).toEqual({ ...intended, files: {}, earlier: {} });
    await writer.answer(USERS, { Users: [] }, AT);
    await writer.answer('global/iam/get-credential-report.csv', 'user,arn\n', LATER);
    expect(files()).toEqual(['collected.json', 'get-credential-report.csv', 'list-users.json']);
    expect(text('global/iam/get-credential-report.csv')).toBe('user,arn\n');

    await writer.error(words(POLICY, 'NoSuchBucketPolicy'), AT);
    await writer.error(words(ACL), LATER);
    await writer.save();
    const times = {
      'global/iam/get-credential-report.csv': LATER.toISOString(),
      [USERS]: AT.toISOString(),
      [ACL]: LATER.toISOString(),
      [POLICY]: AT.toISOString(),
    };
    expect(JSON.parse(text('errors.json'))).toEqual([words(ACL), words(POLICY, 'NoSuchBucketPolicy')]);
    expect(collected()).toEqual({ ...intended, files: times, earlier: {} });
    await writer.finish();
    expect(collected()).toEqual({ ...intended, state: 'complete', files: times, earlier: {} });
  });

  test('that is collected again says what is so now, and of all else of when it is', async () => {
    const first = await open();
    await first.answer('global/s3api/get-bucket-policy/was-there.json', { Policy: '{}' }, AT);
    await first.answer(USERS, {}, AT);
    await first.error(words('global/s3api/get-bucket-policy/was-denied.json'), AT);
    await first.error(words(ACL), AT);
    await first.finish();
    mkdirSync(path('us-east-1/config'), { recursive: true });
    writeFileSync(path('us-east-1/config/history.json'), '{}');
    writeFileSync(path(`${USERS}.partial-17`), '{"Us');

    const second = await open({ collectedAt: LATER });
    expect(collected()).toMatchObject({ state: 'collecting', files: {} });
    expect(Object.keys(collected().earlier)).toHaveLength(4);
    const [there, denied] = ['was-there', 'was-denied'].map(
      (name) => `global/s3api/get-bucket-policy/${name}.json`,
    ) as [string, string];
    await second.error(words(there, 'NoSuchBucketPolicy'), LATER);
    await second.answer(denied, { Policy: '{}' }, LATER);
    await second.finish();

    expect(files()).toEqual([
      'collected.json',
      'errors.json',
      'history.json',
      'list-users.json',
      'was-denied.json',
    ]);
    expect(JSON.parse(text('errors.json'))).toEqual([words(ACL), words(there, 'NoSuchBucketPolicy')]);
    expect(collected()).toMatchObject({
      files: { [denied]: LATER.toISOString(), [there]: LATER.toISOString() },
      earlier: { [ACL]: AT.toISOString(), [USERS]: AT.toISOString() },
    });
  });

  const EARLIER = new Date('2026-01-02T03:04:05Z');
  test.each<[situation: string, note: object | string | undefined, at: Date]>([
    [
      'of an earlier build: as old as its collection',
      { collectedAt: '2026-02-02T00:00:00Z' },
      new Date('2026-02-02'),
    ],
    ['made by hand: as old as the file', undefined, EARLIER],
    ['whose collected.json is broken: as old as the file', '{', EARLIER],
  ])('on top of one %s', async (_, note, at) => {
    mkdirSync(path('global/iam'), { recursive: true });
    mkdirSync(path('global/organizations/describe-effective-policy'), { recursive: true });
    for (const file of [USERS, 'global/organizations/describe-effective-policy/S3_POLICY.json']) {
      writeFileSync(path(file), '{}');
      utimesSync(path(file), EARLIER, EARLIER);
    }
    if (note) writeFileSync(path('collected.json'), typeof note === 'string' ? note : JSON.stringify(note));
    await open();
    // What no collection reads is a person's, and none of its business.
    expect(collected().earlier).toEqual({ [USERS]: at.toISOString() });
  });

  test('writes errors.json anew where somebody broke it', async () => {
    mkdirSync(join(folder, ACCOUNT));
    writeFileSync(path('errors.json'), '[{');
    const writer = await open();
    await writer.finish();
    expect(text('errors.json')).toBe('[]\n');
  });

  test('is readable by its owner alone, in a folder that was there, too', async () => {
    mkdirSync(join(folder, ACCOUNT), { mode: 0o755 });
    const writer = await open();
    await writer.answer(USERS, {}, AT);
    await writer.finish();
    const modes = ['', 'global', 'global/iam', USERS, 'errors.json', 'collected.json'].map((file) =>
      (statSync(path(file)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '700', '700', '600', '600', '600']);
  });
});
