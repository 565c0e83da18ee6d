import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ACCOUNT,
  type Files,
  folderOf,
  groupItem,
  item,
  LATER,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { call, evaluate, worldOf } from './support.ts';

afterAll(removeFolders);

const OTHER = '444455556666';
const web = { [`${ACCOUNT}/us-east-1/config/c.json`]: snapshotFile(groupItem('sg-web', 443)) };
const ONE_RULE = { rule: ['sg-open-ports'] };

/** The folder of an account, in a folder with nothing else; without files an empty one. */
async function folder(accountId: string, files: Files = {}): Promise<string> {
  const path = join(await folderOf(files), accountId);
  await mkdir(path, { recursive: true });
  return path;
}

const ofOther = (value: Readonly<Record<string, unknown>>) => ({
  ...value,
  awsAccountId: OTHER,
  configurationItemCaptureTime: LATER,
});
const kinesis = snapshotFile(ofOther(item('AWS::Kinesis::Stream', 'orders') as never));
const inEurope = (collectedAt: string, ...regions: string[]) => ({
  [`${OTHER}/collected.json`]: { collectedAt },
  ...Object.fromEntries(
    regions.map((region) => [`${OTHER}/${region}/ec2/describe-security-groups.json`, { SecurityGroups: [] }]),
  ),
});

describe('what nothing can be said of costs nothing of what is given beside it', () => {
  const cases: [situation: string, paths: () => Promise<string[]>, why: RegExp, options?: object][] = [
    [
      'an empty account folder',
      async () => [await folder(OTHER)],
      /444455556666: an account's folder with nothing in it: run "groundrules collect"/,
    ],
    [
      'a Config file of what no rule reports on',
      async () => [join(await folderOf({ 'k.json': kinesis }), 'k.json')],
      /k\.json: no rule reports on what is in it \(AWS::Kinesis::Stream\)\. They report on/,
      {},
    ],
    [
      'two snapshots of an account, each with a Region that the other lacks',
      async () => [
        await folder(OTHER, inEurope('2026-11-01T00:00:00Z', 'eu-west-1')),
        await folder(OTHER, inEurope('2026-11-20T00:00:00Z', 'eu-west-2')),
      ],
      /account 444455556666 is in .*: evaluate one of them, or put the Regions into one folder/,
    ],
    [
      'a snapshot of Regions alone where the settings have no rule run',
      async () => [await folder(OTHER, inEurope('2026-11-01T00:00:00Z', 'eu-west-1'))],
      /eu-west-1, and .* has the rules run in us-east-1 alone/,
      { ...ONE_RULE, config: 'settings' },
    ],
  ];

  const withSettings = async (options: object) =>
    'config' in options
      ? {
          ...options,
          config: join(
            await folderOf({ 's.json': { homeRegion: 'us-east-1', regions: ['us-east-1'] } }),
            's.json',
          ),
        }
      : options;

  test.each(cases)('%s', async (_situation, paths, why, given = ONE_RULE) => {
    const bad = await paths();
    const options = await withSettings(given);
    const good = await folder(ACCOUNT, web);
    for (const all of [
      [good, ...bad],
      [...bad, good],
    ]) {
      const { report, status, notes } = await evaluate(all, options);
      expect(report.results).toContainEqual(
        expect.objectContaining({ resourceId: 'sg-web', compliance: 'COMPLIANT' }),
      );
      expect(report.errors.filter(({ accountId }) => accountId === OTHER)).toContainEqual(
        expect.objectContaining({
          ...{ rule: 'sg-open-ports', resourceId: OTHER, code: 'NotCollected' },
          message: expect.stringMatching(why),
        }),
      );
      expect(report.accountIds).toContain(OTHER);
      expect(status).toBe(2);
      expect(notes).toContainEqual(
        expect.stringMatching(new RegExp(`^could not be judged, while the others are: .*${why.source}`)),
      );
    }
  });

  test.each(cases)(
    '%s, and nothing else: that is the error',
    async (_situation, paths, why, given = ONE_RULE) => {
      await expect(evaluate(await paths(), await withSettings(given))).rejects.toThrow(why);
    },
  );
});

describe('a template that cannot be read, among others', () => {
  const head = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n";
  const good = `${head}  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: web}\n`;
  const bad = `${head}  Web:\n    Type: AWS::EC2::SecurityGroup\n   Properties: {}\n`;

  test('costs nothing of them, given one by one or as a folder', async () => {
    const files = await folderOf({ 'good.yaml': good, 'in/bad.yaml': bad, 'in/deep/worse.yaml': bad });
    const names = ['good.yaml', 'in/bad.yaml', 'in/deep/worse.yaml'].map((name) => join(files, name));
    for (const paths of [[files], names]) {
      const { report, status, notes } = await evaluate(paths);
      expect(report.results).toMatchObject([{ rule: 'sg-open-ports', resourceId: 'Web' }]);
      expect(report.errors).toMatchObject(
        names.slice(1).map((file) => ({
          ...{ rule: 'sg-open-ports', code: 'NotCollected', location: { file, line: 1 } },
          message: expect.stringMatching(/yaml: line 5, column 1: /),
        })),
      );
      expect(new Set(report.errors.map(({ findingId }) => findingId)).size).toBe(2);
      expect(status).toBe(2);
      expect(notes).toContainEqual(
        expect.stringMatching(/^could not be judged, while .*worse\.yaml: line 5/),
      );
    }
  });

  test('beside an account, is told of by the rules that look at templates', async () => {
    const files = await folderOf({ 'bad.yaml': bad });
    const { report } = await evaluate([await folder(ACCOUNT, web), join(files, 'bad.yaml')]);
    const told = report.errors.filter(({ location }) => location).map(({ rule }) => rule);
    expect(told).toContain('sg-open-ports');
    expect(told).not.toContain('root-mfa');
  });

  test('and nothing else: that is the error', async () => {
    const files = await folderOf({ 'bad.yaml': bad });
    for (const path of [files, join(files, 'bad.yaml')])
      await expect(evaluate([path])).rejects.toThrow(/bad\.yaml: line 5, column 1: /);
  });
});

test('several empty account folders, and nothing else, are an error', async () => {
  const both = [await folder(ACCOUNT), await folder(OTHER)];
  await expect(evaluate(both, ONE_RULE)).rejects.toThrow(
    /111122223333: an account's folder with nothing in it/,
  );
});

test('an empty folder of an account that has another one is no account of its own', async () => {
  const [full, empty] = [await folder(ACCOUNT, web), await folder(ACCOUNT)];
  for (const paths of [
    [full, empty],
    [empty, full],
  ]) {
    const { said, notes, status } = await evaluate(paths, ONE_RULE);
    expect(said).toEqual(['sg-open-ports sg-web: COMPLIANT']);
    expect(status).toBe(0);
    expect(notes).toContainEqual(expect.stringContaining(`judged once, from ${full}`));
  }
});

test('the time of the report is that of what is judged', async () => {
  const files = { ...web, [`${ACCOUNT}/collected.json`]: { collectedAt: '2026-11-01T00:00:00.000Z' } };
  const { report } = await evaluate([await folder(ACCOUNT, files), await folder(OTHER)], ONE_RULE);
  expect(report.now).toBe('2026-11-01T00:00:00.000Z');
});

test('in Korean', async () => {
  const { world, notes } = worldOf({ language: 'ko' });
  const paths = [await folder(ACCOUNT, web), await folder(OTHER)];
  expect(await call('evaluate', paths, { ...ONE_RULE, lang: 'ko' }, world)).toBe(2);
  expect(notes).toContainEqual(
    expect.stringMatching(/^판정하지 못했고, 나머지는 판정합니다: .*444455556666: 계정 폴더가 비어/),
  );
});
