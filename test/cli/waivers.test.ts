import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT, accountFolder, folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call, evaluate, worldOf } from './support.ts';

afterAll(removeFolders);

const NOW = '2026-11-28T00:00:00Z';
const entry = (fields: object) => JSON.stringify({ reason: 'r', ticket: 'SEC-1', owner: 'o', ...fields });
async function file(...entries: object[]): Promise<string> {
  const path = join(await folderOf({}), 'waivers.yaml');
  writeFileSync(path, `waivers:\n${entries.map((one) => `  - ${entry(one)}\n`).join('')}`);
  return path;
}
const sample = (waivers: string, more: object = {}) =>
  evaluate([], { sample: true, rule: ['sg-open-ports'], onError: 'ignore', now: NOW, waivers, ...more });
const ALL = { rule: 'sg-open-ports', resource: '*' };

test('what is waived is NON_COMPLIANT still, with the waiver beside it, and does not fail the run', async () => {
  const waivers = await file({ ...ALL, until: '2026-12-31' });
  const { status, report } = await sample(waivers);
  const bad = report.results.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  expect(status).toBe(0);
  expect(bad.length).toBeGreaterThan(3);
  for (const { waivers: by } of bad) {
    expect(by).toEqual([{ reason: 'r', ticket: 'SEC-1', owner: 'o', until: '2026-12-31' }]);
  }
  expect(report.summary).toMatchObject({ nonCompliant: bad.length, waived: bad.length, failing: 0 });
  expect(
    report.results.filter(({ compliance }) => compliance !== 'NON_COMPLIANT').some((one) => one.waivers),
  ).toBe(false);
});

test('a waiver never makes "could not tell" pass', async () => {
  const waivers = await file({ ...ALL, until: '2026-12-31' });
  const { status, report } = await sample(waivers, { onError: 'fail' });
  expect(report.errors.length).toBeGreaterThan(0);
  expect(status).toBe(2);
});

test('an expired waiver waives nothing, and is told', async () => {
  const waivers = await file({ ...ALL, until: '2026-11-27' });
  const { status, report } = await sample(waivers);
  expect(status).toBe(1);
  expect(report.summary).toMatchObject({
    waived: 0,
    waivers: {
      file: waivers,
      expired: [{ line: 2, rule: 'sg-open-ports', until: '2026-11-27' }],
      unused: [],
    },
  });
});

/** A group that lets everyone in over SSH. */
const open = (GroupId: string, stage?: string) => ({
  ...{ GroupId, GroupName: GroupId, OwnerId: ACCOUNT, IpPermissionsEgress: [], VpcId: 'vpc-1' },
  IpPermissions: [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [] },
  ],
  Tags: stage === undefined ? [] : [{ Key: 'Stage', Value: stage }],
});
const bucket = { Name: 'www', CreationDate: '2026-01-01T00:00:00Z', BucketRegion: 'eu-west-1' };
const PUBLIC_POLICY = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::www/*' }],
});

describe('a waiver by tag', () => {
  const TAGGED = { rule: 'sg-open-ports', until: '2026-12-31' };
  test('waives what carries the tag, and nothing else', async () => {
    const SecurityGroups = [open('sg-1', 'dev'), open('sg-2', 'prod'), open('sg-3')];
    const folder = await accountFolder({
      'eu-west-1/ec2/describe-security-groups.json': { SecurityGroups },
      'collected.json': { collectedAt: NOW, regions: ['eu-west-1'] },
    });
    const waivers = await file({ ...TAGGED, tag: { key: 'Stage', value: 'dev' } });
    const { report } = await evaluate([folder], { rule: ['sg-open-ports'], now: NOW, waivers });
    expect(report.results.map(({ resourceId, waivers: by = [] }) => [resourceId, by.length])).toEqual([
      ['sg-1', 1],
      ['sg-2', 0],
      ['sg-3', 0],
    ]);
    expect(report.summary).toMatchObject({ waived: 1, failing: 2, waivers: { undecided: [], unused: [] } });
  });

  test('reads the tags of a bucket that fails, and is undecided where they are not there', async () => {
    const account = {
      'global/s3api/list-buckets.json': { Buckets: [bucket], Owner: { ID: 'me' } },
      'global/s3api/get-bucket-location/www.json': { LocationConstraint: 'eu-west-1' },
      'global/s3api/get-bucket-policy/www.json': { Policy: PUBLIC_POLICY },
      'global/s3api/get-public-access-block/www.json': { PublicAccessBlockConfiguration: {} },
      'global/s3control/get-public-access-block.json': { PublicAccessBlockConfiguration: {} },
      'collected.json': { collectedAt: NOW, regions: ['eu-west-1'] },
    };
    const waivers = await file({
      ...{ rule: 's3-public', until: '2026-12-31', tag: { key: 'Stage', value: 'dev' } },
    });
    const judged = async (tagging: object) => {
      const options = {
        rule: ['s3-public'],
        onError: 'ignore',
        now: NOW,
        waivers,
        failOnWaivers: 'undecided',
      };
      const { report, status } = await evaluate([await accountFolder({ ...account, ...tagging })], {
        ...options,
        failOn: 'critical',
      });
      const { waived, failing, waivers: told } = report.summary;
      return { waived, failing, undecided: told?.undecided, unused: told?.unused.length, status };
    };
    const tags = { TagSet: [{ Key: 'Stage', Value: 'dev' }] };
    expect(await judged({ 'global/s3api/get-bucket-tagging/www.json': tags })).toEqual({
      ...{ waived: 1, failing: 0, undecided: [], unused: 0, status: 0 },
    });
    expect(await judged({})).toEqual({
      ...{ waived: 0, failing: 1, unused: 0, status: 1 },
      undecided: [
        expect.objectContaining({
          line: 2,
          rule: 's3-public',
          resource: '*',
          tag: { key: 'Stage', value: 'dev' },
        }),
      ],
    });
  });

  test('that is undecided has an exit status, and is told', async () => {
    const waivers = await file(
      { rule: 'root-mfa', until: '2026-12-31', tag: { key: 'a' } },
      { rule: 'root-mfa', resource: '*', until: '2026-12-31' },
    );
    const { status, report, notes } = await evaluate([], {
      ...{
        sample: true,
        rule: ['root-mfa'],
        onError: 'ignore',
        now: NOW,
        waivers,
        failOnWaivers: 'undecided',
      },
    });
    expect(report.summary.waivers?.undecided).toHaveLength(1);
    expect(status).toBe(3);
    expect(notes.join('\n')).toMatch(
      /waivers\.yaml:2: undecided: root-mfa tag a, until 2026-12-31 \(SEC-1\): the tags/,
    );
  });
});

describe('--fail-on-waivers', () => {
  const cases: [status: number, which: string | undefined, situation: string, entries: object[]][] = [
    [
      3,
      'expired',
      'one that has expired',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, until: '2026-01-01' },
      ],
    ],
    [
      0,
      undefined,
      'one that has expired',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, until: '2026-01-01' },
      ],
    ],
    [0, 'expiring', 'one that ends in a month', [{ ...ALL, until: '2026-12-31' }]],
    [3, 'expired,expiring', 'one that ends in a week', [{ ...ALL, until: '2026-12-05' }]],
    [
      3,
      'unused',
      'one of nothing',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, resource: 'none', until: '2026-12-31' },
      ],
    ],
    [
      0,
      'unused',
      'one of a rule that was not judged',
      [
        { ...ALL, until: '2026-12-31' },
        { rule: 'root-mfa', resource: '*', until: '2026-12-31' },
      ],
    ],
    [
      0,
      'unused',
      'one of an account that was not judged',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, account: '999999999999', until: '2026-12-31' },
      ],
    ],
    [1, 'expired', 'one that has expired, beside a failure: 1 wins', [{ ...ALL, until: '2026-01-01' }]],
  ];
  test.each(cases)('gives %i for %s: %s', async (status, failOnWaivers, _situation, entries) => {
    expect((await sample(await file(...entries), { failOnWaivers })).status).toBe(status);
  });

  test('takes only what it knows', async () => {
    await expect(sample(await file(), { failOnWaivers: 'expird' })).rejects.toThrow(/did you mean expired/);
  });
});

test('a mistake in the file is an error with line and column, and nothing is judged', async () => {
  const waivers = await file({ ...ALL, until: '2026-13-31' });
  await expect(sample(waivers)).rejects.toThrow(
    /waivers\.yaml:2:\d+: waivers\.0\.until: there is no such day/,
  );
  await expect(sample('no.yaml')).rejects.toThrow(/--waivers no\.yaml: .*no such file/);
});

test('remediate --from leaves out what is waived', async () => {
  const waivers = await file({ ...ALL, until: '2026-12-31' });
  const output = join(await folderOf({}), 'results.json');
  const { world } = worldOf();
  await call(
    'evaluate',
    [],
    { sample: true, rule: ['sg-open-ports'], now: NOW, waivers, format: 'json', output },
    world,
  );
  const { fixable, readResults } = await import('../../cli/remediate/results.ts');
  const results = await readResults(output, world.input);
  const { found, leftOut } = fixable(results, { rules: [], accountId: '123456789012' });
  expect(found).toEqual([]);
  expect(leftOut.map(({ en }) => en).join()).toMatch(/left out: \d+ that are waived/);
});
