import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountError } from '../../account/errors.ts';
import type { LiveSource } from '../../account/live/source.ts';
import { nameOf, pathOf, type Reading } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';
import { snapshotSource } from '../../account/snapshot/source.ts';
import { type CollectOptions, type CollectProgress, collect } from '../../cli/collect/collect.ts';
import { parameter, words } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';
import unusedAccessAnalyzer from '../../rules/unused-access-analyzer/rule.ts';
import { ACCOUNT, Failure, fails } from '../support/memory.ts';
import { readingOf } from '../support/readings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const REGIONS = ['eu-west-1', 'us-east-1'];

/** A live account that answers these, by their path in a snapshot, and denies all else. */
function account(answers: Record<string, unknown>): LiveSource & { asked: string[] } {
  const asked: string[] = [];
  const source = {
    accountId: ACCOUNT,
    regions: REGIONS,
    asked,
    serves: ({ service }: Reading) => service.name !== 'organizations',
    async ask(reading: Reading, target = {}) {
      const path = pathOf(reading, target);
      const name = nameOf(reading);
      asked.push(path);
      const answer = answers[path] ?? fails('AccessDenied');
      if (answer instanceof Error) throw answer;
      if (!(answer instanceof Failure)) return answer as object;
      const cause = Object.assign(new Error('so it is'), {
        name: answer.code,
        $metadata: { httpStatusCode: 400 },
      });
      throw new AccountError(answer.code, name, `${name}: ${answer.code}`, undefined, { cause });
    },
    read: () => Promise.reject(new Error('collect writes down what AWS said: it asks')),
  };
  return source;
}

const rule = (...reads: string[]) => ({ id: 'a-rule', reads: reads.map(readingOf) }) as unknown as AnyRule;
const run = (source: LiveSource, options: Partial<CollectOptions>) =>
  collect({ source, rules: [], folder, now: new Date('2026-11-20T09:00:00Z'), ...options });
const json = (file: string) => JSON.parse(readFileSync(join(folder, ACCOUNT, file), 'utf8'));
const files = () =>
  readdirSync(join(folder, ACCOUNT), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.\w+$/.test(file))
    .sort();

const trail = (name: string, more: object = {}) => ({
  Name: name,
  TrailARN: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/${name}`,
  HomeRegion: 'eu-west-1',
  S3BucketName: `${name}-logs`,
  ...more,
});
const shop = {
  'global/iam/list-users.json': { Users: [{ UserName: 'ann' }, { UserName: 'bob' }] },
  'global/iam/list-access-keys/ann.json': { AccessKeyMetadata: [{ CreateDate: new Date(0) }] },
  'global/iam/list-access-keys/bob.json': { AccessKeyMetadata: [] },
  'global/iam/get-credential-report.csv': 'user,arn\n',
  'global/s3api/list-buckets.json': { Buckets: [{ Name: 'website' }, { Name: 'payroll' }] },
  'global/s3api/get-bucket-policy/website.json': { Policy: '{}' },
  'global/s3api/get-bucket-policy/payroll.json': fails('NoSuchBucketPolicy'),
  'eu-west-1/ec2/describe-security-groups.json': {
    SecurityGroups: [
      { IpPermissions: [{ PrefixListIds: [{ PrefixListId: 'pl-1' }] }] },
      { IpPermissions: [{ PrefixListIds: [{ PrefixListId: 'pl-1' }, { PrefixListId: 'pl-2' }] }, {}] },
    ],
  },
  'us-east-1/ec2/describe-security-groups.json': { SecurityGroups: [] },
  'eu-west-1/ec2/get-managed-prefix-list-entries/pl-1.json': { Entries: [] },
  'eu-west-1/ec2/get-managed-prefix-list-entries/pl-2.json': { Entries: [] },
  'eu-west-1/cloudtrail/describe-trails.json': {
    trailList: [
      trail('audit'),
      trail('company', { TrailARN: 'arn:aws:cloudtrail:eu-west-1:999999999999:trail/company' }),
    ],
  },
  'us-east-1/cloudtrail/describe-trails.json': { trailList: [trail('audit')] },
  'global/s3api/get-object-lock-configuration/audit-logs.json': fails('NoSuchBucket'),
};

describe('what is collected', () => {
  const cases: [situation: string, reads: string[], paths: string[]][] = [
    [
      'a reading of the account, as text where it is text',
      ['iam:GetCredentialReport'],
      ['global/iam/get-credential-report.csv'],
    ],
    [
      'the keys of every user, and for that the users',
      ['iam:ListAccessKeys'],
      [
        'global/iam/list-access-keys/ann.json',
        'global/iam/list-access-keys/bob.json',
        'global/iam/list-users.json',
      ],
    ],
    [
      'the groups of every Region, and each prefix list that one names',
      ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
      [
        'eu-west-1/ec2/describe-security-groups.json',
        'eu-west-1/ec2/get-managed-prefix-list-entries/pl-1.json',
        'eu-west-1/ec2/get-managed-prefix-list-entries/pl-2.json',
        'us-east-1/ec2/describe-security-groups.json',
      ],
    ],
    [
      'the policy of every bucket',
      ['s3:ListBuckets', 's3:GetBucketPolicy'],
      [
        'global/s3api/get-bucket-policy/payroll.json',
        'global/s3api/get-bucket-policy/website.json',
        'global/s3api/list-buckets.json',
      ],
    ],
    [
      'the bucket of each trail of the account at its home, of nobody else’s trails',
      ['cloudtrail:DescribeTrails', 's3:GetObjectLockConfiguration'],
      [
        'eu-west-1/cloudtrail/describe-trails.json',
        'global/s3api/get-object-lock-configuration/audit-logs.json',
        'us-east-1/cloudtrail/describe-trails.json',
      ],
    ],
    ['nothing that only a hand-made snapshot has', ['organizations:DescribeEffectivePolicy'], []],
  ];
  test.each(cases)('%s', async (_situation, reads, paths) => {
    const source = account(shop);
    const { unread } = await run(source, { rules: [rule(...reads)] });
    expect(source.asked.sort()).toEqual(paths);
    expect(unread).toEqual([]);
  });

  test('several rules ask once for what they share', async () => {
    const source = account(shop);
    await run(source, { rules: [rule('s3:ListBuckets', 's3:GetBucketPolicy'), rule('s3:GetBucketPolicy')] });
    expect(source.asked).toHaveLength(3);
  });

  test('each rule’s buckets are asked what that rule reads', async () => {
    const source = account(shop);
    await run(source, {
      rules: [
        rule('s3:ListBuckets', 's3:GetBucketPolicy'),
        rule('cloudtrail:DescribeTrails', 's3:GetObjectLockConfiguration'),
      ],
    });
    expect(source.asked.filter((path) => /get-(bucket|object)/.test(path)).sort()).toEqual([
      'global/s3api/get-bucket-policy/payroll.json',
      'global/s3api/get-bucket-policy/website.json',
      'global/s3api/get-object-lock-configuration/audit-logs.json',
    ]);
  });

  test('with --all, everything about everything but other accounts’ buckets', async () => {
    const source = account(shop);
    await run(source, { all: true });
    expect(source.asked).toEqual(
      expect.arrayContaining([
        'eu-west-1/cloudtrail/get-trail-status/audit.json',
        'global/iam/list-user-tags/bob.json',
        'global/s3api/get-bucket-website/payroll.json',
        'global/s3control/get-public-access-block.json',
      ]),
    );
    // The organization's trail is asked about, the buckets that trails write to are not.
    const others = source.asked.filter((path) => path.includes('audit-logs') || path.includes('company'));
    expect(others.sort()).toEqual([
      'eu-west-1/cloudtrail/get-event-selectors/company.json',
      'eu-west-1/cloudtrail/get-trail-status/company.json',
    ]);
    expect(new Set(source.asked).size).toBe(source.asked.length);
  });

  test('an id that would lead out of the folder is not asked about', async () => {
    const source = account({ 'global/iam/list-users.json': { Users: [{ UserName: '../../bob' }] } });
    await run(source, { rules: [rule('iam:ListAccessKeys')] });
    expect(source.asked).toEqual(['global/iam/list-users.json']);
  });
});

describe('of a rule that looks into Regions beyond the view', () => {
  const looks = (regions: Beyond['regions'], ...reads: string[]) =>
    ({
      ...rule('ec2:DescribeRegions', ...reads),
      parameters: { further: parameter(words(), '', { en: '', ko: '' }) },
      beyond: { reads: reads.map(readingOf), regions },
    }) as unknown as AnyRule;
  type Beyond = NonNullable<AnyRule['beyond']>;
  const GROUPS = ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'];
  const there = {
    ...shop,
    'global/ec2/describe-regions.json': {
      Regions: [
        { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
        { RegionName: 'sa-east-1', OptInStatus: 'opted-in' },
        { RegionName: 'af-south-1', OptInStatus: 'not-opted-in' },
      ],
    },
    'sa-east-1/ec2/describe-security-groups.json': {
      SecurityGroups: [{ IpPermissions: [{ PrefixListIds: [{ PrefixListId: 'pl-3' }] }] }],
    },
    'sa-east-1/ec2/get-managed-prefix-list-entries/pl-3.json': { Entries: [] },
  };
  const inSaoPaulo = (asked: readonly string[]) =>
    asked.filter((path) => path.startsWith('sa-east-1/')).sort();
  const BOTH = [
    'sa-east-1/ec2/describe-security-groups.json',
    'sa-east-1/ec2/get-managed-prefix-list-entries/pl-3.json',
  ];

  test('its readings are asked there, and what they name; the view stays as it was', async () => {
    const source = account(there);
    const { unread } = await run(source, { rules: [looks((_, { enabled = [] }) => enabled, ...GROUPS)] });
    expect(inSaoPaulo(source.asked)).toEqual(BOTH);
    expect(source.asked.filter((path) => path.startsWith('af-'))).toEqual([]);
    expect(new Set(source.asked).size).toBe(source.asked.length);
    expect(unread).toEqual([]);
    expect(json('collected.json').regions).toEqual(REGIONS);
    expect(snapshotSource(join(folder, ACCOUNT)).regions).toEqual(REGIONS);
  });

  test('those that its parameters name; nothing that could lead out of the folder', async () => {
    const source = account(there);
    const parameters = { 'a-rule': { further: 'sa-east-1,eu-west-1,../us-west-2' } };
    await run(source, {
      rules: [looks(({ further }) => further as readonly string[], ...GROUPS)],
      parameters,
    });
    expect(inSaoPaulo(source.asked)).toEqual(BOTH);
    expect(source.asked.filter((path) => path.includes('..'))).toEqual([]);
  });

  test('where the list of Regions is denied, it says so', async () => {
    const enabled: unknown[] = [];
    const regions: Beyond['regions'] = (_, known) => {
      enabled.push(known);
      return [];
    };
    await run(account(shop), { rules: [looks(regions, ...GROUPS)] });
    expect(enabled).toEqual([{ view: REGIONS }]);
  });

  test('the other rules ask nothing there', async () => {
    const source = account({ ...there, 'sa-east-1/cloudtrail/describe-trails.json': { trailList: [] } });
    const rules = [
      looks(() => ['sa-east-1'], 'ec2:DescribeSecurityGroups'),
      rule('cloudtrail:DescribeTrails'),
    ];
    await run(source, { rules });
    expect(inSaoPaulo(source.asked)).toEqual(['sa-east-1/ec2/describe-security-groups.json']);
  });
});

test('unused-access-analyzer looks into analyzerRegions', async () => {
  const path = 'sa-east-1/accessanalyzer/list-analyzers.json';
  const source = account({ [path]: { analyzers: [] } });
  const parameters = { 'unused-access-analyzer': { analyzerRegions: 'sa-east-1' } };
  await run(source, { rules: [unusedAccessAnalyzer], parameters });
  expect(source.asked).toContain(path);
});

describe('what AWS lets only other accounts ask for', () => {
  /** What AWS says of the only reading that is asked for. */
  const said = async (name: string, code: string, message = 'so it is') => {
    const reading = readingOf(name);
    const cause = Object.assign(new Error(message), {
      name: code === 'AccessDenied' ? 'AccessDeniedException' : code,
      $metadata: { httpStatusCode: 400 },
    });
    const error = new AccountError(code, name, `${name}: ${message}`, undefined, { cause });
    const source = { ...account({ [pathOf(reading)]: error }), serves: () => true };
    const { absent, notForIt, unread } = await run(source, { rules: [rule(name)] });
    return { absent, notForIt, unread: unread.map((one) => one.code) };
  };
  const ANSWER = { absent: 0, notForIt: 1, unread: [] };
  const declared = READINGS.flatMap((reading) =>
    Object.entries(reading.settled ?? {}).map(([code, words]) => [nameOf(reading), code, words] as const),
  );

  test.each(declared)('%s: %s is an answer, and is written down', async (name, code, words) => {
    expect(await said(name, code, `${words}.`)).toEqual(ANSWER);
    expect(json('errors.json')).toHaveLength(1);
  });

  test.each(declared.filter(([, , words]) => words !== ''))(
    '%s: %s in other words is none',
    async (name, code) => {
      const other = 'User: ann is not authorized to perform: x because no identity-based policy allows it';
      expect(await said(name, code, other)).toEqual({ ...ANSWER, notForIt: 0, unread: [`${code}Exception`] });
    },
  );

  test('a code of another reading says nothing', async () => {
    const code = 'AccountNotManagementOrDelegatedAdministratorException';
    expect(await said('iam:ListUsers', code)).toEqual({ absent: 0, notForIt: 0, unread: [code] });
  });

  test('what no Region of the partition has', async () => {
    const source = { ...account({}), serves: () => true };
    const error = new AccountError('NotInPartition', 'ce:GetAnomalyMonitors', 'there is none');
    source.ask = () => Promise.reject(error);
    const { notForIt, unread } = await run(source, { rules: [rule('ce:GetAnomalyMonitors')] });
    expect([notForIt, unread]).toEqual([1, []]);
  });

  test('no code says both that there is none and that the account cannot ask', () => {
    const both = READINGS.filter(({ none = [], settled = {} }) => none.some((code) => code in settled));
    expect(both).toEqual([]);
    expect(declared.length).toBeGreaterThan(0);
  });
});

describe('what is written', () => {
  test('answers, what does not exist, what was denied, and when', async () => {
    const source = account({
      ...shop,
      'global/s3api/get-bucket-policy/website.json': fails('AccessDenied'),
    });
    const collected = await run(source, { rules: [rule('s3:GetBucketPolicy', 'iam:ListAccessKeys')] });

    const denied = {
      file: 'global/s3api/get-bucket-policy/website.json',
      code: 'AccessDenied',
      message: 'An error occurred (AccessDenied) when calling the GetBucketPolicy operation: so it is',
    };
    expect(collected).toEqual({
      folder: join(folder, ACCOUNT),
      files: 4,
      absent: 1,
      notForIt: 0,
      unread: [denied],
    });
    expect(json('errors.json')).toEqual([
      expect.objectContaining({
        file: 'global/s3api/get-bucket-policy/payroll.json',
        code: 'NoSuchBucketPolicy',
      }),
      denied,
    ]);
    expect(json('global/iam/list-access-keys/ann.json')).toEqual({
      AccessKeyMetadata: [{ CreateDate: '1970-01-01T00:00:00+00:00' }],
    });
    const { files: times, ...note } = json('collected.json');
    expect(note).toEqual({
      state: 'complete',
      collectedAt: '2026-11-20T09:00:00.000Z',
      regions: REGIONS,
      rules: ['a-rule'],
      readings: ['iam:ListAccessKeys', 'iam:ListUsers', 's3:GetBucketPolicy', 's3:ListBuckets'],
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      earlier: {},
    });
    expect(Object.keys(times).sort()).toEqual(source.asked.sort());
  });

  test('a denied list is one error, not one for each thing it would have named', async () => {
    const { unread } = await run(account({}), { rules: [rule('s3:ListBuckets', 's3:GetBucketAcl')] });
    expect(unread.map(({ file }) => file)).toEqual(['global/s3api/list-buckets.json']);
  });

  test('a bug halfway ends the run, and what was read until then is there', async () => {
    const bug = new TypeError('x is not a function');
    const source = account({ ...shop, 'global/s3api/get-bucket-policy/website.json': bug });
    await expect(run(source, { rules: [rule('s3:ListBuckets', 's3:GetBucketPolicy')] })).rejects.toBe(bug);
    expect(files()).toEqual(
      expect.arrayContaining(['errors.json', join('global', 's3api', 'list-buckets.json')]),
    );
    expect(json('collected.json')).toMatchObject({ state: 'collecting' });
    expect(Object.keys(json('collected.json').files)).toContain('global/s3api/list-buckets.json');
  });

  test('what is intended is there before anything is asked, and how far it came when it is interrupted', async () => {
    const source = account(shop);
    const abort = new AbortController();
    const states: unknown[] = [];
    const { ask } = source;
    source.ask = (reading, target) => {
      states.push(json('collected.json').state);
      if (reading === readingOf('s3:GetBucketPolicy')) abort.abort();
      return ask(reading, target);
    };
    const rules = [rule('s3:ListBuckets', 's3:GetBucketPolicy')];
    await expect(run(source, { rules, signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(new Set(states)).toEqual(new Set(['collecting']));
    const { state, files: times } = json('collected.json');
    expect(state).toBe('collecting');
    expect(Object.keys(times)).toContain('global/s3api/list-buckets.json');
  });

  test('no half-written file stays behind', async () => {
    await run(account(shop), { all: true });
    expect(files().filter((file) => file.includes('partial'))).toEqual([]);
  });
});

test('progress counts up to the end of each phase', async () => {
  const said: CollectProgress[] = [];
  await run(account(shop), {
    rules: [rule('s3:ListBuckets', 's3:GetBucketPolicy')],
    onProgress: (progress) => said.push(progress),
  });
  expect(said).toEqual([
    { phase: 'lists', done: 0, total: 1 },
    { phase: 'lists', done: 1, total: 1 },
    { phase: 'resources', done: 0, total: 2 },
    { phase: 'resources', done: 1, total: 2 },
    { phase: 'resources', done: 2, total: 2 },
  ]);
});
