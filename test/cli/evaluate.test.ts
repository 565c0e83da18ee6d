import { join } from 'node:path';
import {
  ACCOUNT,
  bucketItem,
  folderOf,
  gone,
  groupItem,
  LATER,
  NEWER,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { change, lambdaEvent } from '../config/support/lambda.ts';
import { call, evaluate } from './support.ts';

afterAll(removeFolders);

/** A Config file with a group that is open on each of these ports, alone in a folder. */
async function groups(...ports: number[]): Promise<string> {
  const items = ports.map((port) => groupItem(`sg-${port}`, port));
  return join(await folderOf({ 'snapshot.json': snapshotFile(...items) }), 'snapshot.json');
}

describe('the exit status', () => {
  const cases: [situation: string, ports: number[], options: object, status: number][] = [
    ['0: nothing is non-compliant', [443], {}, 0],
    ['1: something is', [443, 22], {}, 1],
    ['2: something could not be judged', [443], { rule: ['root-mfa'] }, 2],
    ['2 wins over 1', [22], { rule: ['sg-open-ports', 'root-mfa'] }, 2],
    [
      '0 with --exit-zero, whatever was found',
      [22],
      { rule: ['sg-open-ports', 'root-mfa'], exitZero: true },
      0,
    ],
  ];
  test.each(cases)('%s', async (_situation, ports, options, status) => {
    expect((await evaluate([await groups(...ports)], options)).status).toBe(status);
  });
});

describe('parameters', () => {
  const port22 = '{"sg-open-ports":{"allowedTcpPorts":"22"}}';
  test('of the command line count', async () => {
    const { said } = await evaluate([await groups(22, 443)], { parameters: port22 });
    expect(said).toEqual(['sg-open-ports sg-22: COMPLIANT', 'sg-open-ports sg-443: NON_COMPLIANT']);
  });

  test('of the command line win over an event’s own', async () => {
    const event = lambdaEvent(change(groupItem('sg-22', 22)), {
      accountId: ACCOUNT,
      ruleParameters: '{"allowedTcpPorts":"443"}',
    });
    const path = join(await folderOf({ event }), 'event');
    expect((await evaluate([path])).said).toEqual(['sg-open-ports sg-22: NON_COMPLIANT']);
    expect((await evaluate([path], { parameters: port22 })).said).toEqual(['sg-open-ports sg-22: COMPLIANT']);
  });

  test('of an event that the rule has not got are refused', async () => {
    const event = lambdaEvent(change(groupItem('sg-22', 22)), {
      accountId: ACCOUNT,
      ruleParameters: '{"ports":"443"}',
    });
    const path = join(await folderOf({ event }), 'event');
    await expect(evaluate([path])).rejects.toMatchObject({
      code: 'InvalidParameters',
      message: expect.stringMatching(/^sg-open-ports: there is no parameter "ports"/),
    });
  });
});

describe('the time', () => {
  const NOW = '2026-11-22T09:00:00.000Z';
  const collected = { [`${ACCOUNT}/collected.json`]: { collectedAt: '2026-11-10T00:00:00Z' } };
  test('is the one that is given', async () => {
    const { report } = await evaluate([await folderOf(collected)], { now: NOW });
    expect(report.now).toBe(NOW);
  });
  test('is that of the collection, otherwise', async () => {
    const { report } = await evaluate([await folderOf(collected)]);
    expect(report.now).toBe('2026-11-10T00:00:00.000Z');
  });
  test('is that of the newest item in Config files', async () => {
    const items = [groupItem('sg-1', 443), { ...groupItem('sg-2', 443), ...NEWER }];
    const path = join(await folderOf({ file: snapshotFile(...items) }), 'file');
    expect((await evaluate([path])).report.now).toBe(NEWER.configurationItemCaptureTime);
  });
  test('is now, for all else', async () => {
    const before = Date.now();
    const path = join(await folderOf({ event: change(groupItem('sg-22', 22)) }), 'event');
    const { report } = await evaluate([path]);
    expect(Date.parse(report.now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(report.now)).toBeLessThanOrEqual(Date.now());
  });
});

describe('a wrong call is refused before anything is read', () => {
  const cases: [situation: string, options: object, message: RegExp][] = [
    ['a rule that does not exist', { rule: ['sg'] }, /no rule "sg"/],
    ['a Region that is none', { region: ['useast1'] }, /--region useast1/],
    ['a time that is none', { now: 'soon' }, /--now soon/],
    [
      'a format that does not exist',
      { format: 'xml' },
      /--format xml: expected table, json, csv, .* or html/,
    ],
    ['parameters of the wrong form', { parameters: '{"root-mfa":{"x":1}}' }, /no parameter "x"/],
  ];
  test.each(cases)('%s', async (_situation, options, message) => {
    await expect(call('evaluate', ['/nowhere'], options)).rejects.toThrow(message);
  });

  test('a report that cannot be written', async () => {
    const output = join(await folderOf({}), 'nowhere', 'report.json');
    await expect(call('evaluate', [await groups(443)], { output })).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(
        /^--output .*report\.json: there is no folder .*nowhere: make it first$/,
      ),
    });
  });
});

test('a path that was taken for a value of --rule or --region is judged', async () => {
  const path = await groups(443);
  expect((await evaluate([], { rule: ['sg-open-ports', path] })).said).toHaveLength(1);
  expect((await evaluate([], { region: ['us-east-1', path] })).said).toHaveLength(1);
});

describe('--region, of files', () => {
  const places = ['us-east-1', 'eu-west-1'];
  const group = (awsRegion: string) => groupItem(`sg-${awsRegion}`, 22, { awsRegion });
  const bucket = (awsRegion: string) =>
    bucketItem(`bucket-${awsRegion}`, {
      awsRegion,
      supplementaryConfiguration: {
        AccessControlList: '{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}',
        BucketPolicy: { policyText: '{"Statement":[]}' },
      },
    });
  const removed = (awsRegion: string) =>
    groupItem(`sg-gone-${awsRegion}`, 22, { awsRegion, ...gone('ResourceDeleted', LATER) });
  const flags = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  const unblocked = {
    PublicAccessBlockConfiguration: Object.fromEntries(flags.map((flag) => [flag, false])),
  };
  const items = places.flatMap((region) => [group(region), bucket(region), removed(region)]);
  const inDublin = [
    's3-public bucket-eu-west-1: NON_COMPLIANT',
    'sg-open-ports sg-eu-west-1: NON_COMPLIANT',
    'sg-open-ports sg-gone-eu-west-1: NOT_APPLICABLE',
  ];
  const options = { rule: ['s3-public', 'sg-open-ports'] };

  test('a snapshot folder shows the Regions that are asked for, no others', async () => {
    const folder = await folderOf({
      [`${ACCOUNT}/global/s3control/get-public-access-block.json`]: unblocked,
      ...Object.fromEntries(
        places.map((region) => [
          `${ACCOUNT}/${region}/config/snapshot.json`,
          snapshotFile(...items.filter(({ awsRegion }) => awsRegion === region)),
        ]),
      ),
    });
    expect((await evaluate([folder], options)).said).toHaveLength(6);
    expect((await evaluate([folder], { ...options, region: ['eu-west-1'] })).said).toEqual(inDublin);
  });

  test('so does a Config file', async () => {
    const path = join(await folderOf({ file: snapshotFile(...items) }), 'file');
    expect((await evaluate([path], { rule: ['sg-open-ports'], region: ['eu-west-1'] })).said).toEqual(
      inDublin.filter((line) => line.startsWith('sg-')),
    );
  });

  test('a Region that they have nothing of is refused: it would look like one where all is well', async () => {
    const path = join(await folderOf({ file: snapshotFile(...items) }), 'file');
    await expect(evaluate([path], { region: ['eu-west-1', 'eu-west-3'] })).rejects.toMatchObject({
      code: 'Usage',
      message: `--region eu-west-3: ${path} has nothing of this Region`,
    });
  });

  test('where there are many files, an error names some of them', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `file${index}`);
    const folder = await folderOf(Object.fromEntries(names.map((name) => [name, snapshotFile(...items)])));
    const paths = names.map((name) => join(folder, name));
    const first = `${paths.slice(0, 8).join(', ')}, …`;
    await expect(evaluate(paths, { region: ['eu-west-3'] })).rejects.toThrow(
      `--region eu-west-3: ${first} has nothing of this Region`,
    );
    await expect(evaluate(paths, { account: ['999999999999'] })).rejects.toThrow(
      `--account 999999999999: ${first} is of account ${ACCOUNT}`,
    );
  });

  test('a path that is given twice is judged once', async () => {
    const path = join(await folderOf({ file: snapshotFile(...items) }), 'file');
    const options = { rule: ['sg-open-ports'] };
    expect((await evaluate([path, path], options)).said).toEqual((await evaluate([path], options)).said);
  });
});
