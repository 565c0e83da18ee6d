import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccount } from '../../account/read-account.ts';
import type { ReadName } from '../../account/reads.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { snapshotSource } from '../../account/snapshot/source.ts';
import type { Source } from '../../account/source.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { judged } from '../support/memory.ts';

const EXAMPLES = join(__dirname, '../../examples');
const ACCOUNT = '123456789012';
const FOLDER = join(EXAMPLES, 'sample-account', ACCOUNT);
const { collectedAt } = JSON.parse(readFileSync(join(FOLDER, 'collected.json'), 'utf8'));

const ruleOf = (id: string) => rules.find((rule) => rule.id === id) as AnyRule;

async function verdicts(id: string, { parameters = {}, now = collectedAt } = {}) {
  const { account } = await snapshotAccount(FOLDER);
  return judged(ruleOf(id), account, parameters, { now: new Date(now) });
}

/** The name a person knows the resource by; groups are told apart by Region, since both have a `default`. */
const nameOf = ({ type, id, name, region }: { type: string; id: string; name?: string; region: string }) => {
  if (type === 'AWS::::Account') return 'the account';
  return name === 'default' ? `default of ${region}` : (name ?? id);
};

/** Rule, resource, verdict, and what its annotation (or the error) says. */
const EXPECTED: [rule: string, resource: string, compliance: string, says: string][] = [
  ['root-mfa', 'the account', 'COMPLIANT', ''],

  ['s3-public', 'moonjar-shop-website', 'NON_COMPLIANT', 'PublicReadGetObject'],
  ['s3-public', 'moonjar-partner-feed', 'NON_COMPLIANT', '128.0.0.0/1'],
  ['s3-public', 'moonjar-press-kit', 'NON_COMPLIANT', 'READ to AllUsers'],
  ['s3-public', 'moonjar-flash-sale', 'NON_COMPLIANT', 'PublicReadGetObject'],
  ['s3-public', 'moonjar-payroll', 'UNKNOWN', 'GetBucketPolicy'],
  ['s3-public', 'moonjar-newsletter', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-invoices', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-backups', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-old-uploads', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-shop-images', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-audit-logs-123456789012', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-order-events', 'COMPLIANT', ''],
  ['s3-public', 'moonjar-trail-2021', 'COMPLIANT', ''],

  ['sg-open-ports', 'legacy-bastion', 'NON_COMPLIANT', 'tcp 22 open to 0.0.0.0/0'],
  ['sg-open-ports', 'accounting-rdp', 'NON_COMPLIANT', 'tcp 3389 open to'],
  ['sg-open-ports', 'shop-cache', 'NON_COMPLIANT', 'tcp 6379-6380 open to ::/0'],
  ['sg-open-ports', 'warehouse-tunnel', 'NON_COMPLIANT', 'gre open to 0.0.0.0/0'],
  ['sg-open-ports', 'partner-feed', 'NON_COMPLIANT', 'tcp 8443 open to 198.18.0.0/15'],
  ['sg-open-ports', 'flash-sale-origin', 'NON_COMPLIANT', 'tcp 81-442 open to 0.0.0.0/0'],
  ['sg-open-ports', 'warehouse-printers', 'UNKNOWN', 'GetManagedPrefixListEntries'],
  ['sg-open-ports', 'office-ssh', 'COMPLIANT', ''],
  ['sg-open-ports', 'report-notebook', 'COMPLIANT', ''],
  ['sg-open-ports', 'mail-gateway', 'COMPLIANT', ''],
  ['sg-open-ports', 'shop-alb', 'COMPLIANT', ''],
  ['sg-open-ports', 'shop-app', 'COMPLIANT', ''],
  ['sg-open-ports', 'shop-db', 'COMPLIANT', ''],
  ['sg-open-ports', 'default of ap-northeast-2', 'COMPLIANT', ''],
  ['sg-open-ports', 'default of us-east-1', 'COMPLIANT', ''],

  ['access-key-age', 'ci-deploy', 'NON_COMPLIANT', 'AKIACIDEPLOYUEXAMPLE is 400 days old'],
  ['access-key-age', 'inventory-sync', 'NON_COMPLIANT', 'AKIAINVENTOR1EXAMPLE is 927 days old'],
  ['access-key-age', 'minseo.lee', 'COMPLIANT', '2026-11-26T02:15:30'],
  ['access-key-age', 'haneul.park', 'COMPLIANT', ''],
  ['access-key-age', 'jiwoo.kim', 'COMPLIANT', ''],
  ['access-key-age', 'seoyeon.choi', 'COMPLIANT', ''],
  ['access-key-age', 'the account', 'COMPLIANT', ''],

  ['trail-object-lock', 'default-trail', 'NON_COMPLIANT', 'moonjar-trail-2021'],
  ['trail-object-lock', 'order-events', 'NON_COMPLIANT', '90 days'],
  ['trail-object-lock', 'central-copy', 'UNKNOWN', 'AccessDenied'],
  ['trail-object-lock', 'org-trail', 'NOT_APPLICABLE', '111122223333'],
  ['trail-object-lock', 'moonjar-audit', 'COMPLIANT', ''],
];

const sorted = <T extends { resource: string }>(rows: T[]) =>
  rows.sort((a, b) => (a.resource < b.resource ? -1 : 1));

test.each([...new Set(EXPECTED.map(([rule]) => rule))])(
  '%s says of the sample what it should',
  async (id) => {
    const said = (await verdicts(id)).map((one) => ({
      resource: nameOf(one),
      compliance: one.compliance,
      says: one.annotation,
    }));
    const expected = EXPECTED.filter(([rule]) => rule === id).map(([, resource, compliance, says]) => ({
      resource,
      compliance,
      says: says === '' ? '' : expect.stringContaining(says),
    }));
    expect(sorted(said)).toEqual(sorted(expected));
  },
);

test('a virtual device is not enough for those who ask for hardware', async () => {
  expect(await verdicts('root-mfa', { parameters: { requireHardware: 'true' } })).toMatchObject([
    { compliance: 'NON_COMPLIANT', annotation: expect.stringContaining('root-account-mfa-device') },
  ]);
});

test('a public website passes when it is meant to be one', async () => {
  const said = await verdicts('s3-public', { parameters: { allowPublicWebsite: 'true' } });
  const compliant = said.filter(({ compliance }) => compliance === 'COMPLIANT').map(nameOf);
  expect(compliant).toEqual(expect.arrayContaining(['moonjar-shop-website', 'moonjar-flash-sale']));
  expect(compliant).not.toContain('moonjar-partner-feed');
});

// Keys only get older: no other verdict of the sample depends on the day.
test.each(rules)('$id says the same a year later, but for the key in its warning window', async ({ id }) => {
  const brief = (said: Awaited<ReturnType<typeof verdicts>>) =>
    said.filter(({ name }) => name !== 'minseo.lee').map((one) => [nameOf(one), one.compliance]);
  const later = await verdicts(id, { now: '2027-11-20T09:00:00Z' });
  expect(brief(later)).toEqual(brief(await verdicts(id)));
});

test('the page tells the same verdicts', () => {
  const sections = readFileSync(join(EXAMPLES, 'README.md'), 'utf8').split(/^\*\*(?=[a-z0-9-]+\*\*)/m);
  const told = sections.slice(1).flatMap((section) =>
    [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+\|$/gm)]
      .map(([, names, verdict]) => [(names as string).trim(), (verdict as string).trim()] as const)
      .filter(([, verdict]) => verdict !== 'verdict')
      .flatMap(([names, verdict]) =>
        names.split(', ').map((name) => `${section.split('**')[0]} ${name} ${verdict.split(',')[0]}`),
      ),
  );
  const single = EXPECTED.filter(
    ([, resource]) => !/^default of|audit-logs|^moonjar-order|^moonjar-trail|images$/.test(resource),
  );
  const missing = single
    .map(
      ([rule, resource, verdict]) =>
        `${rule} ${resource} ${verdict === 'UNKNOWN' ? 'could not tell' : verdict}`,
    )
    .filter((line) => !told.includes(line));
  expect(missing).toEqual([]);
});

// What a rule does not declare, its function may not read: the policy and `collect` follow from the declaration.
test.each(rules)('$id asks for nothing that it does not declare', async (rule) => {
  const asked = new Set<ReadName>();
  const source: Source = snapshotSource(FOLDER);
  const recording: Source = {
    accountId: source.accountId,
    regions: source.regions,
    everyRegion: true,
    read: (name, target) => {
      asked.add(name);
      return source.read(name, target);
    },
  };
  await judged(rule, readAccount(recording), {}, { now: new Date(collectedAt) });
  // A snapshot may hold the organization's own setting; a live account's already includes it (aws-facts §9.2).
  asked.delete('organizations:DescribeEffectivePolicy');
  expect([...asked].filter((name) => !rule.reads.includes(name))).toEqual([]);
  expect(asked.size).toBeGreaterThan(0);
});

test('everything in it is made up', () => {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const text = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
  const ids = text.match(/\b(AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g) ?? [];
  expect(ids.filter((id) => !id.endsWith('EXAMPLE'))).toEqual([]);
  expect(ids.length).toBeGreaterThan(10);
  const accounts = new Set(text.match(/(?<=:)\d{12}(?=[:"])/g));
  expect([...accounts].sort()).toEqual(['111122223333', ACCOUNT, '777788889999']);
});
