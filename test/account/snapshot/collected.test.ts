import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { partial } from '../../../account/errors.ts';
import { nameOf, pathOf, type Reading } from '../../../account/reading.ts';
import { READINGS } from '../../../account/services/index.ts';
import { bucketsInView } from '../../../account/services/s3/buckets.ts';
import { bucketAcl } from '../../../account/services/s3/readings.ts';
import { snapshotAccount } from '../../../account/snapshot/account.ts';
import { readingAt } from '../../../account/snapshot/collected.ts';
import { snapshotSource } from '../../../account/snapshot/source.ts';
import { openSnapshotWriter } from '../../../account/snapshot/write.ts';
import { evaluate } from '../../cli/support.ts';
import { readingOf } from '../../support/readings.ts';
import {
  ACCOUNT,
  bucketItem,
  describedGroup,
  type Files,
  folderOf,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const FIRST = new Date('2026-10-01T09:00:00Z');
const LAST = new Date('2026-11-20T09:00:00Z');
const flags = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const BLOCK = { PublicAccessBlockConfiguration: Object.fromEntries(flags.map((flag) => [flag, true])) };
const GROUPS = (region: string) => `${region}/ec2/describe-security-groups.json`;
const web = { SecurityGroups: [describedGroup('sg-web', 443)] };
const WHOLE: Readonly<Record<string, object>> = {
  'global/s3api/list-buckets.json': { Buckets: [{ Name: 'shop' }] },
  'global/s3control/get-public-access-block.json': BLOCK,
  [GROUPS('us-east-1')]: web,
  [GROUPS('eu-west-1')]: web,
};

interface Run {
  readonly at: Date;
  readonly regions?: readonly string[];
  readonly rules?: readonly string[];
  readonly files?: readonly string[];
  /** Stopped before its end. */
  readonly killed?: true;
}

/** Collects into a folder as `groundrules collect` does, several times over. */
async function collected(...runs: Run[]): Promise<string> {
  const folder = await folderOf({});
  for (const {
    at,
    regions = ['eu-west-1', 'us-east-1'],
    files = Object.keys(WHOLE),
    killed,
    rules = ['all'],
  } of runs) {
    const readings = [
      ...new Set((killed ? Object.keys(WHOLE) : files).map((file) => nameOf(readingAt(file) as Reading))),
    ];
    const writer = await openSnapshotWriter({
      folder,
      accountId: ACCOUNT,
      intention: { collectedAt: at, regions, rules, readings, version: '0' },
      canRead: () => true,
    });
    for (const file of files) await writer.answer(file, WHOLE[file] as object, at);
    if (!killed) await writer.finish();
  }
  return join(folder, ACCOUNT);
}

/** What two rules find, and what they say that they cannot tell. */
async function judge(folder: string, rule: string[] = ['s3-public', 'sg-open-ports']) {
  const { status, said, report } = await evaluate([folder], { rule });
  return { status, said, messages: report.errors.map(({ message }) => message), report };
}

test('a whole collection is judged as of its beginning', async () => {
  const { status, said, report } = await judge(await collected({ at: LAST }));
  expect(said).toEqual(['s3-public shop: COMPLIANT', ...Array(2).fill('sg-open-ports sg-web: COMPLIANT')]);
  expect([status, report.now]).toEqual([0, LAST.toISOString()]);
});

describe('what was to be collected and is not there is an error', () => {
  const LISTED = ['global/s3api/list-buckets.json', 'global/s3control/get-public-access-block.json'];
  const cases: [situation: string, runs: Run[], spoil: (folder: string) => void, errors: RegExp[]][] = [
    [
      'a collection that was killed before it read anything',
      [{ at: LAST, files: [], killed: true }],
      () => {},
      [
        /list-buckets\.json was not read: "groundrules collect", which began at 2026-11-20.*not come to its end/,
        /eu-west-1.*not read/,
        /us-east-1.*not read/,
      ],
    ],
    [
      'one that was killed after some of it: nobody knows which of it',
      [{ at: LAST, files: LISTED, killed: true }],
      () => {},
      [/list-buckets/, /eu-west-1/, /us-east-1/],
    ],
    [
      'one that was killed on top of a whole one: that does not stand in for it',
      [{ at: FIRST }, { at: LAST, files: [], killed: true }],
      () => {},
      [/list-buckets/, /eu-west-1/, /us-east-1/],
    ],
    [
      'a smaller one on top of a whole one: old facts do not get its date',
      [
        { at: FIRST },
        { at: LAST, regions: ['us-east-1'], rules: ['sg-open-ports'], files: [GROUPS('us-east-1')] },
      ],
      () => {},
      [
        /list-buckets\.json is of 2026-10-01.*which began at 2026-11-20.*read what sg-open-ports read in us-east-1 only: collect that, too/,
        /eu-west-1\/ec2\/describe-security-groups\.json is of 2026-10-01/,
      ],
    ],
    [
      'a Region’s folder that was taken away',
      [{ at: LAST }],
      (folder) => rmSync(join(folder, 'eu-west-1'), { recursive: true }),
      [/eu-west-1\/ec2\/describe-security-groups\.json is not in the snapshot any more/],
    ],
    [
      'a Region’s folder by another name: both are named',
      [{ at: LAST }],
      (folder) => renameSync(join(folder, 'eu-west-1'), join(folder, 'EU-WEST-1')),
      [
        /EU-WEST-1 is no Region's name: rename the folder to eu-west-1/,
        /eu-west-1\/ec2.*not in the snapshot any more/,
      ],
    ],
    [
      'a link in the place of a Region’s folder, even to another Region’s',
      [{ at: LAST }],
      (folder) => {
        rmSync(join(folder, 'eu-west-1'), { recursive: true });
        symlinkSync('us-east-1', join(folder, 'eu-west-1'));
      },
      [/eu-west-1 is a link, where a Region's folder is expected: copy what it leads to/],
    ],
    [
      'one answer, which somebody deleted',
      [{ at: LAST }],
      (folder) => rmSync(join(folder, 'global/s3api/list-buckets.json')),
      [/list-buckets\.json is not in the snapshot any more: collect it again/],
    ],
  ];
  test.each(cases)('%s', async (_, runs, spoil, errors) => {
    const folder = await collected(...runs);
    spoil(folder);
    const { status, messages } = await judge(folder);
    expect(status).toBe(2);
    expect(messages).toHaveLength(errors.length);
    for (const error of errors) expect(messages).toContainEqual(expect.stringMatching(error));
  });

  test('but a rule all of whose readings the last collection has is judged', async () => {
    const folder = await collected({ at: FIRST }, { at: LAST, files: Object.keys(WHOLE).slice(2) });
    expect(await judge(folder, ['sg-open-ports'])).toMatchObject({ status: 0 });
    expect(await judge(folder, ['s3-public'])).toMatchObject({ status: 2 });
  });

  test('an interrupted collection is whole once it is run again', async () => {
    const folder = await collected({ at: FIRST }, { at: FIRST, files: [], killed: true }, { at: LAST });
    expect(await judge(folder)).toMatchObject({ status: 0 });
  });

  test('what a person put into the folder afterwards counts', async () => {
    const folder = await collected({ at: LAST, files: Object.keys(WHOLE).slice(0, 2) });
    mkdirSync(join(folder, 'us-east-1/ec2'), { recursive: true });
    writeFileSync(join(folder, GROUPS('us-east-1')), JSON.stringify(web));
    expect(await judge(folder, ['sg-open-ports'])).toMatchObject({
      messages: [expect.stringContaining('eu-west-1')],
      said: ['sg-open-ports 111122223333: NotCollected', 'sg-open-ports sg-web: COMPLIANT'],
    });
  });
});

describe('the Regions in view', () => {
  const there: Files = Object.fromEntries(
    [GROUPS('us-east-1'), GROUPS('eu-west-1')].map((file) => [`${ACCOUNT}/${file}`, web]),
  );
  const viewed = async (note: object | undefined, more: Files = {}) => {
    const noted = note && { [`${ACCOUNT}/collected.json`]: { collectedAt: LAST, ...note } };
    return snapshotSource(join(await folderOf({ ...there, ...noted, ...more }), ACCOUNT));
  };

  test.each<[situation: string, note: object | undefined, view: string[]]>([
    ['the folders without collected.json', undefined, ['eu-west-1', 'us-east-1']],
    ['the folders where it names none', {}, ['eu-west-1', 'us-east-1']],
    ['the folders where it names an empty list', { regions: [] }, ['eu-west-1', 'us-east-1']],
    ['those that it names, and no other folder', { regions: ['eu-west-1'] }, ['eu-west-1']],
    ['one that it names and that has no folder', { regions: ['ap-northeast-2'] }, ['ap-northeast-2']],
    [
      'those of an earlier collection, too, as far as it says so',
      { regions: ['eu-west-1'], files: {}, earlier: { 'us-east-1/x.json': FIRST }, earlierRegions: [] },
      ['eu-west-1'],
    ],
    [
      'those of its earlier files where an earlier build wrote it',
      { regions: ['eu-west-1'], files: {}, earlier: { 'us-east-1/x.json': FIRST } },
      ['eu-west-1', 'us-east-1'],
    ],
  ])('%s', async (_, note, view) => {
    expect((await viewed(note)).regions).toEqual(view);
  });

  test('an error of a Region beyond the view does not bring it there', async () => {
    const error = { file: 'us-west-2/config/x.json', code: 'AccessDenied' };
    const more = { [`${ACCOUNT}/errors.json`]: [error] };
    expect((await viewed({ regions: ['eu-west-1'] }, more)).regions).toEqual(['eu-west-1']);
  });

  test('files of AWS Config, which only a person puts there, do', async () => {
    const more = { [`${ACCOUNT}/us-west-2/config/a.json`]: snapshotFile() };
    expect((await viewed({ regions: ['eu-west-1'] }, more)).regions).toEqual(['eu-west-1', 'us-west-2']);
  });

  test('what is asked of a folder beyond the view is read', async () => {
    const source = await viewed({ regions: ['eu-west-1'] });
    const groups = readingOf('ec2:DescribeSecurityGroups');
    expect(await source.read(groups, { region: 'us-east-1' })).toEqual(web);
  });

  test('a name that is no Region’s is in view as an error', async () => {
    const source = await viewed({ regions: ['eu-west-1', 'US-EAST-1'] });
    expect(source.regions).toEqual(['US-EAST-1', 'eu-west-1']);
    await expect(
      source.read(readingOf('ec2:DescribeSecurityGroups'), { region: 'US-EAST-1' }),
    ).rejects.toThrow("collected.json: US-EAST-1 is no Region's name");
  });

  test('a Region that an earlier collection looked into alone stays out of it', async () => {
    const beyond = { regions: ['eu-west-1'], files: [GROUPS('us-east-1'), GROUPS('eu-west-1')] };
    const folder = await collected(
      { at: FIRST, ...beyond },
      { at: LAST, ...beyond, files: [GROUPS('eu-west-1')] },
    );
    const source = snapshotSource(folder);
    expect(source.regions).toEqual(['eu-west-1']);
    await expect(
      source.read(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' }),
    ).rejects.toMatchObject({ code: 'IncompleteSnapshot' });
  });

  test('one of which an interrupted collection has not read anything yet is said not to have been read', async () => {
    const folder = await collected({ at: LAST, regions: ['eu-west-1'], files: [], killed: true });
    await expect(
      snapshotSource(folder).read(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' }),
    ).rejects.toMatchObject({ code: 'IncompleteSnapshot', message: expect.stringContaining('was not read') });
  });
});

describe('each answer has its own time', () => {
  const BUCKETS = 's3:ListBuckets';
  test('that of the collection that read it, and a later file’s own', async () => {
    const folder = await collected({ at: FIRST }, { at: LAST, files: [GROUPS('us-east-1')] });
    const source = snapshotSource(folder);
    expect(await source.readAt(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' })).toEqual(
      LAST,
    );
    expect(await source.readAt(readingOf(BUCKETS))).toEqual(FIRST);
    const byHand = join(folder, pathOf(readingOf('iam:ListUsers')));
    mkdirSync(join(byHand, '..'), { recursive: true });
    writeFileSync(byHand, '{}');
    const time = new Date('2026-11-25T00:00:00Z');
    utimesSync(byHand, time, time);
    expect(await source.readAt(readingOf('iam:ListUsers'))).toEqual(time);
    expect(await source.readAt(readingOf('iam:GetAccountSummary'))).toBeUndefined();
  });

  test('an item of AWS Config that is newer than an old answer counts, and nothing of the old list', async () => {
    const folder = await collected({ at: FIRST }, { at: LAST, files: [GROUPS('us-east-1')] });
    mkdirSync(join(folder, 'us-east-1/config'), { recursive: true });
    const items = snapshotFile(bucketItem('open', { configurationItemCaptureTime: '2026-10-15T00:00:00Z' }));
    writeFileSync(join(folder, 'us-east-1/config/a.json'), JSON.stringify(items));
    const { account } = snapshotAccount(folder);
    const { values, errors } = await partial(bucketsInView(account));
    expect(values.map(({ name }) => name)).toEqual(['open']);
    expect(errors).toMatchObject([{ code: 'IncompleteSnapshot', api: BUCKETS }]);
    expect(await account.read(bucketAcl, { id: 'open' })).toEqual([
      { grantee: 'AllUsers', permission: 'READ' },
    ]);
  });
});

describe('collected.json of an earlier build, or of a person', () => {
  const files: Files = Object.fromEntries(
    Object.entries(WHOLE).map(([name, value]) => [`${ACCOUNT}/${name}`, value]),
  );
  test.each([
    ['has a time', {}],
    ['has Regions, too', { regions: ['us-east-1', 'eu-west-1'], version: '0.1.0' }],
  ])('%s: everything is of then', async (_, more) => {
    const note = { [`${ACCOUNT}/collected.json`]: { collectedAt: LAST, ...more } };
    expect(await judge(join(await folderOf({ ...files, ...note }), ACCOUNT))).toMatchObject({ status: 0 });
  });

  test('names a Region that is not there', async () => {
    const note = { [`${ACCOUNT}/collected.json`]: { collectedAt: LAST, regions: ['ap-northeast-2'] } };
    const { status, messages } = await judge(join(await folderOf({ ...files, ...note }), ACCOUNT));
    expect([status, messages]).toEqual([2, [expect.stringContaining('ap-northeast-2/ec2/')]]);
  });

  test('none at all: as before', async () => {
    expect(await judge(join(await folderOf(files), ACCOUNT))).toMatchObject({ status: 0 });
  });
});

test('every reading’s path tells the reading', () => {
  for (const reading of READINGS) {
    const id = reading.about?.options.map(() => 'an.id').join('/');
    const target = { region: 'us-east-1', ...(id !== undefined && { id }) };
    expect(readingAt(pathOf(reading, target))).toBe(reading);
  }
  expect(readingAt('us-east-1/config/a.json')).toBeUndefined();
  expect(readingAt('global/iam/list-users.json.partial-7')).toBeUndefined();
});
