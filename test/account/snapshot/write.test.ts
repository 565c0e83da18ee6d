import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('a snapshot', () => {
  const words = (file: string, code = 'AccessDenied') => ({
    file,
    code,
    message: `An error occurred (${code})`,
  });

  test('has its answers at once, its errors sorted, and the time last', async () => {
    const writer = await openSnapshotWriter(folder, ACCOUNT);
    await writer.answer('global/iam/list-users.json', { Users: [] });
    await writer.answer('global/iam/get-credential-report.csv', 'user,arn\n');
    expect(files()).toEqual(['get-credential-report.csv', 'list-users.json']);
    expect(text('global/iam/get-credential-report.csv')).toBe('user,arn\n');

    await writer.error(words('global/s3api/get-bucket-policy/b.json', 'NoSuchBucketPolicy'));
    await writer.error(words('global/s3api/get-bucket-acl/z.json'));
    await writer.saveErrors();
    expect(JSON.parse(text('errors.json'))).toEqual([
      words('global/s3api/get-bucket-acl/z.json'),
      words('global/s3api/get-bucket-policy/b.json', 'NoSuchBucketPolicy'),
    ]);

    await writer.finish({
      collectedAt: new Date('2026-11-20T09:00:00Z'),
      regions: ['us-east-1'],
      version: '0.1.0',
    });
    expect(JSON.parse(text('collected.json'))).toEqual({
      collectedAt: '2026-11-20T09:00:00.000Z',
      regions: ['us-east-1'],
      version: '0.1.0',
    });
  });

  test('that is collected again says what is so now, and leaves alone what it was not asked', async () => {
    const first = await openSnapshotWriter(folder, ACCOUNT);
    await first.answer('global/s3api/get-bucket-policy/was-there.json', { Policy: '{}' });
    await first.error(words('global/s3api/get-bucket-policy/was-denied.json'));
    await first.error(words('global/s3api/get-bucket-acl/not-asked.json'));
    await first.saveErrors();
    await first.finish({ collectedAt: new Date(0), regions: [], version: '0.1.0' });
    mkdirSync(path('us-east-1/config'), { recursive: true });
    writeFileSync(path('us-east-1/config/history.json'), '{}');

    const second = await openSnapshotWriter(folder, ACCOUNT);
    expect(files()).not.toContain('collected.json');
    await second.error(words('global/s3api/get-bucket-policy/was-there.json', 'NoSuchBucketPolicy'));
    await second.answer('global/s3api/get-bucket-policy/was-denied.json', { Policy: '{}' });
    await second.saveErrors();

    expect(files()).toEqual(['errors.json', 'history.json', 'was-denied.json']);
    expect(JSON.parse(text('errors.json'))).toEqual([
      words('global/s3api/get-bucket-acl/not-asked.json'),
      words('global/s3api/get-bucket-policy/was-there.json', 'NoSuchBucketPolicy'),
    ]);
  });

  test('writes errors.json anew where somebody broke it', async () => {
    mkdirSync(join(folder, ACCOUNT));
    writeFileSync(path('errors.json'), '[{');
    const writer = await openSnapshotWriter(folder, ACCOUNT);
    await writer.saveErrors();
    expect(text('errors.json')).toBe('[]\n');
  });
});
