import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccount } from '../../account/open.ts';
import { type AnyTarget, type Reading, nameOf as readingName } from '../../account/reading.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { snapshotSource } from '../../account/snapshot/source.ts';
import type { Source } from '../../account/source.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { judged } from '../support/memory.ts';
import { readingOf } from '../support/readings.ts';
import { SANDBOX, type SampleVerdict, SHOP, sampleOf } from '../support/sample.ts';

const EXAMPLES = join(__dirname, '../../examples');

const folderOf = (account: string) => join(EXAMPLES, 'sample-account', account);
const jsonOf = (account: string, file: string) =>
  JSON.parse(readFileSync(join(folderOf(account), file), 'utf8'));
const { collectedAt } = jsonOf(SHOP, 'collected.json');

const ruleOf = (id: string) => rules.find((rule) => rule.id === id) as AnyRule;

async function verdicts(accountId: string, id: string, { parameters = {}, now = collectedAt } = {}) {
  const { account } = snapshotAccount(folderOf(accountId));
  return judged(ruleOf(id), account, parameters, { now: new Date(now) });
}

/** The name a person knows the resource by; groups are told apart by Region, since both have a `default`. */
const nameOf = ({ type, id, name, region }: { type: string; id: string; name?: string; region: string }) => {
  if (type === 'AWS::::Account') return 'the account';
  return name === 'default' ? `default of ${region}` : (name ?? id);
};

type Row = readonly [rule: string, ...SampleVerdict];

/** Rule, resource, verdict, and what its annotation (or the error) says; by account. */
const EXPECTED: Readonly<Record<string, readonly Row[]>> = Object.fromEntries(
  ([SHOP, SANDBOX] as const).map((account): [string, Row[]] => [
    account,
    rules.flatMap(({ id }) => sampleOf(id)[account].map((verdict): Row => [id, ...verdict])),
  ]),
);

/** Every rule on every account. */
const RUNS = Object.keys(EXPECTED).flatMap((account) =>
  rules.map((rule) => ({ account, id: rule.id, rule })),
);

const sorted = <T extends { resource: string }>(rows: T[]) =>
  rows.sort((a, b) => (a.resource < b.resource ? -1 : 1));

test('there is an expectation for every account in the sample, and all were collected at once', () => {
  const accounts = readdirSync(join(EXAMPLES, 'sample-account')).sort();
  expect(accounts).toEqual(Object.keys(EXPECTED).sort());
  expect(accounts.map((account) => jsonOf(account, 'collected.json').collectedAt)).toEqual(
    accounts.map(() => collectedAt),
  );
});

test.each(RUNS)('$id says of $account what it should', async ({ account, id }) => {
  const said = (await verdicts(account, id)).map((one) => ({
    resource: nameOf(one),
    compliance: one.compliance,
    says: one.annotation,
  }));
  const expected = (EXPECTED[account] as readonly Row[])
    .filter(([rule]) => rule === id)
    .map(([, resource, compliance, says]) => ({
      resource,
      compliance,
      says: says === '' ? '' : expect.stringContaining(says),
    }));
  expect(sorted(said)).toEqual(sorted(expected));
});

test.each(rules)('$id has a good and a bad case', ({ id }) => {
  const verdicts = Object.values(EXPECTED).flatMap((rows) => rows.filter(([rule]) => rule === id));
  expect(verdicts.map(([, , compliance]) => compliance)).toEqual(
    expect.arrayContaining(['COMPLIANT', 'NON_COMPLIANT']),
  );
});

test('a virtual device is not enough for those who ask for hardware', async () => {
  expect(await verdicts(SHOP, 'root-mfa', { parameters: { requireHardware: 'true' } })).toMatchObject([
    { compliance: 'NON_COMPLIANT', annotation: expect.stringContaining('root-account-mfa-device') },
  ]);
});

test('a public website passes when it is meant to be one', async () => {
  const said = await verdicts(SHOP, 's3-public', { parameters: { allowPublicWebsite: 'true' } });
  const compliant = said.filter(({ compliance }) => compliance === 'COMPLIANT').map(nameOf);
  expect(compliant).toEqual(expect.arrayContaining(['moonjar-shop-website', 'moonjar-flash-sale']));
  expect(compliant).not.toContain('moonjar-partner-feed');
});

// Keys and the last use of root only get older, a green check of Trusted Advisor holds for a month, and a metric is of its days: no
// other verdict of the sample depends on the day.
const OF_THE_DAY = ['trusted-advisor', 'root-last-used', 'unused-resources'];
test.each(RUNS.filter(({ id }) => !OF_THE_DAY.includes(id)))(
  '$id says the same of $account a year later, but for the key in its warning window',
  async ({ account, id }) => {
    const brief = (said: Awaited<ReturnType<typeof verdicts>>) =>
      said.filter(({ name }) => name !== 'minseo.lee').map((one) => [nameOf(one), one.compliance]);
    const later = await verdicts(account, id, { now: '2027-11-20T09:00:00Z' });
    expect(brief(later)).toEqual(brief(await verdicts(account, id)));
  },
);

/** What the page says in one row, of several resources. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'moonjar-shop-images and the three log buckets': [
    'moonjar-shop-images',
    'moonjar-audit-logs-123456789012',
    'moonjar-order-events',
    'moonjar-trail-2021',
  ],
  'the default groups': ['default of ap-northeast-2', 'default of us-east-1'],
};

/** `account rule resource verdict` for every row of the page's tables, which are by rule or have a column for it. */
function toldOnThePage(): string[] {
  let account = '';
  let rule = '';
  const told: string[] = [];
  for (const line of readFileSync(join(EXAMPLES, 'README.md'), 'utf8').split('\n')) {
    account = /^## (\d{12})/.exec(line)?.[1] ?? account;
    rule = /^\*\*([a-z0-9-]+)\*\*/.exec(line)?.[1] ?? rule;
    const cells = line.split('|').slice(1, -1);
    const [of, names = '', verdict = ''] = [...(cells.length === 4 ? [] : [rule]), ...cells].map((cell) =>
      cell.trim(),
    );
    if (!account || cells.length === 0 || verdict === 'verdict' || /^-+$/.test(verdict)) continue;
    const resources = names.split(', ').flatMap((name) => TOGETHER[name] ?? [name]);
    told.push(...resources.map((name) => `${account} ${of} ${name} ${verdict.split(',')[0]}`));
  }
  return told;
}

test('the page tells the same verdicts, and no others', () => {
  const expected = Object.entries(EXPECTED).flatMap(([account, rows]) =>
    rows.map(([rule, resource, verdict]) =>
      [account, rule, resource, verdict === 'UNKNOWN' ? 'could not tell' : verdict].join(' '),
    ),
  );
  // Nothing is said of a user who is gone, and the page says why.
  const gone = `${SHOP} access-key-age temp-contractor not reported`;
  expect(toldOnThePage().sort()).toEqual([...expected, gone].sort());
});

// What a rule does not declare, its function may not read: the policy and `collect` follow from the declaration.
test.each(RUNS)('$id asks $account for nothing that it does not declare', async ({ account, rule }) => {
  const asked = new Set<Reading>();
  const source: Source = snapshotSource(folderOf(account));
  const recording: Source = {
    accountId: source.accountId,
    regions: source.regions,
    everyRegion: true,
    read: (reading, target) => {
      asked.add(reading);
      return source.read(reading, target);
    },
  };
  await judged(rule, readAccount(recording), {}, { now: new Date(collectedAt) });
  expect([...asked].filter((reading) => !rule.reads.includes(reading)).map(readingName)).toEqual([]);
  expect(asked.size).toBeGreaterThan(0);
});

test('the sandbox was read whole: every reading is an answer, or there is none', async () => {
  const source = snapshotSource(folderOf(SANDBOX));
  const users = jsonOf(SANDBOX, 'global/iam/list-users.json').Users as { UserName: string }[];
  const buckets = jsonOf(SANDBOX, 'global/s3api/list-buckets.json').Buckets as { Name: string }[];
  // It has no prefix lists and no trails, whose entries and status could be asked for.
  const ids: Readonly<Record<string, readonly string[]>> = {
    iam: users.map(({ UserName }) => UserName),
    s3: buckets.map(({ Name }) => Name),
  };
  const targetsOf = ({ service, about, regional }: Reading): AnyTarget[] => {
    if (about && typeof about.from !== 'string' && 'ids' in about.from) {
      const regions = regional ? source.regions.map((region) => ({ region })) : [{}];
      return about.from.ids.flatMap((id) => regions.map((where) => ({ ...where, id })));
    }
    if (about) return (ids[service.name] ?? []).map((id) => ({ id }));
    return regional ? source.regions.map((region) => ({ region })) : [{}];
  };

  // What only fixes read is asked of live accounts alone.
  const collected = new Set<Reading>([
    ...rules.flatMap(({ reads }) => reads),
    readingOf('s3:GetBucketVersioning'),
    readingOf('organizations:DescribeEffectivePolicy'),
  ]);
  let none = 0;
  for (const reading of collected) {
    for (const target of targetsOf(reading)) if ((await source.read(reading, target)) === null) none++;
  }
  expect(none).toBe(jsonOf(SANDBOX, 'errors.json').length);
});

test.each([
  [SHOP, ['111122223333', SHOP, '777788889999']],
  [SANDBOX, [SANDBOX]],
])('everything in %s is made up', (account, accounts) => {
  const files = readdirSync(folderOf(account), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const text = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
  const ids = text.match(/\b(AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g) ?? [];
  expect(ids.filter((id) => !id.endsWith('EXAMPLE'))).toEqual([]);
  expect(ids.length).toBeGreaterThan(0);
  expect([...new Set(text.match(/(?<=:)\d{12}(?=[:"])/g))].sort()).toEqual(accounts);
});
