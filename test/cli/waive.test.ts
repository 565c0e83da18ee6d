import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { withWaiver } from '../../waivers/edit.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call, evaluate, worldOf } from './support.ts';

afterAll(removeFolders);

const NOW = new Date('2026-11-28T00:00:00Z');
const WHY = {
  until: '2026-12-31',
  reason: 'the public web site',
  ticket: 'SEC-42',
  owner: 'web@example.com',
};
const inFolder = async () => join(await folderOf({}), 'groundrules.waivers.yaml');

async function waive(waivers: string, rule: string, resource: string | undefined, more: object = {}) {
  const { world, text } = worldOf({ now: () => NOW });
  const status = await call(
    'waive',
    resource === undefined ? [rule] : [rule, resource],
    { ...WHY, waivers, ...more },
    world,
  );
  return { status, text: text() };
}
async function list(waivers: string, more: object = {}) {
  const { world, text } = worldOf({ now: () => NOW });
  await call('waivers', [], { waivers, ...more }, world);
  return text();
}

test('a waiver that was added is followed by the next evaluation', async () => {
  const file = await inFolder();
  const { report: before } = await evaluate([], { sample: true, rule: ['sg-open-ports'], onError: 'ignore' });
  const bad = before.results.find(({ compliance }) => compliance === 'NON_COMPLIANT');
  const resource = String(bad?.resourceId);
  expect(await waive(file, 'sg-open-ports', resource)).toEqual({
    status: 0,
    text: `${file}:3: sg-open-ports ${resource} is waived until 2026-12-31 (SEC-42)\n`,
  });
  const { report } = await evaluate([], {
    sample: true,
    rule: ['sg-open-ports'],
    onError: 'ignore',
    now: NOW.toISOString(),
    waivers: file,
  });
  expect(report.summary).toMatchObject({ waived: 1, failing: before.summary.nonCompliant - 1 });
});

test('what the file says already stays, comments and all', async () => {
  const file = await inFolder();
  const before = `# Ours.
waivers:
  # Until the new site is there.
  - rule: s3-public
    resource: www-site # the bucket
    account: "012345678901"
    reason: public
    ticket: SEC-1
    owner: web
    until: 2027-01-31
`;
  writeFileSync(file, before);
  await waive(file, 'sg-open-ports', 'sg-0*', {
    ...{ account: '001234567890', ou: 'ou-ab12-11111111', region: 'eu-west-1' },
  });
  expect(readFileSync(file, 'utf8')).toBe(`${before}  - rule: sg-open-ports
    resource: sg-0*
    account: "001234567890"
    organizationalUnit: ou-ab12-11111111
    region: eu-west-1
    reason: the public web site
    ticket: SEC-42
    owner: web@example.com
    until: 2026-12-31
`);
});

test('whatever text somebody gives comes back as it was', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /\S/.test(text));
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          ...{ resource: word, reason: word, owner: word },
          tag: fc.record({ key: word, value: fc.string({ unit: 'grapheme' }) }),
        }),
        { minLength: 1 },
      ),
      (all) => {
        const { parse } = jest.requireActual<typeof import('yaml')>('yaml');
        let text: string | undefined;
        for (const one of all)
          text = withWaiver(text, { rule: 'r', ticket: 't', until: '2026-12-31', ...one });
        expect(parse(text ?? '').waivers).toMatchObject(
          all.map(({ resource, ...one }) => (resource === '*' ? one : { resource, ...one })),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('a waiver by tag has no resource in the file, and is listed by its tag', async () => {
  const file = await inFolder();
  expect((await waive(file, 'sg-open-ports', undefined, { tag: 'Stage=dev' })).text).toBe(
    `${file}:3: sg-open-ports tag Stage=dev is waived until 2026-12-31 (SEC-42)\n`,
  );
  await waive(file, 'sg-open-ports', 'sg-0*', { tag: 'Owner' });
  await waive(file, 's3-public', undefined, { tag: 'url=a=b' });
  await waive(file, 's3-public', undefined, { tag: 'empty=' });
  const { parse } = jest.requireActual<typeof import('yaml')>('yaml');
  const { waivers } = parse(readFileSync(file, 'utf8'));
  expect(waivers.map(({ resource, tag }: { resource?: string; tag: object }) => ({ resource, tag }))).toEqual(
    [
      { tag: { key: 'Stage', value: 'dev' } },
      { resource: 'sg-0*', tag: { key: 'Owner' } },
      { tag: { key: 'url', value: 'a=b' } },
      { tag: { key: 'empty', value: '' } },
    ],
  );
  const text = await list(file);
  for (const about of ['tag Stage=dev', 'sg-0*, tag Owner', 'tag url=a=b']) expect(text).toContain(about);
  await expect(waive(file, 'sg-open-ports', undefined, { tag: 'Stage=dev' })).rejects.toThrow(
    /waives that until/,
  );
  await expect(waive(file, 'sg-open-ports', undefined, { tag: '=dev' })).rejects.toThrow(
    /tag\.key: is empty/,
  );
  await expect(waive(file, 'sg-open-ports', undefined)).rejects.toThrow(/--tag/);
});

test.each([
  [
    'there already',
    {},
    'sg-open-ports',
    /groundrules\.waivers\.yaml:\d+ waives that until 2026-12-31 \(SEC-42\)/,
  ],
  ['over', { until: '2026-11-27' }, 'root-mfa', /--until 2026-11-27 is over/],
  ['for longer than a year', { until: '2027-12-31' }, 'root-mfa', /more than a year away/],
  ['until no day', { until: '2027-02-30' }, 'root-mfa', /there is no such day/],
  ['of no rule', {}, 'sg-open-port', /there is no rule sg-open-port \(did you mean sg-open-ports\?\)/],
  ['of no kind', { kind: 'opn' }, 'root-mfa', /root-mfa finds nothing of kind opn/],
  ['without a reason', { reason: ' ' }, 'root-mfa', /reason: is empty/],
  ['of half an account', { account: '1234' }, 'root-mfa', /expected twelve digits/],
])('a waiver that is %s is refused, and the file stays as it is', async (_, more, rule, message) => {
  const file = await inFolder();
  await waive(file, 'sg-open-ports', 'sg-1');
  const before = readFileSync(file, 'utf8');
  await expect(waive(file, rule, 'sg-1', more)).rejects.toThrow(message);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('one that has expired is no obstacle to a new one', async () => {
  const file = await inFolder();
  writeFileSync(
    file,
    'waivers: [{rule: root-mfa, resource: "*", reason: r, ticket: T-1, owner: o, until: 2026-01-01}]\n',
  );
  await waive(file, 'root-mfa', '*');
  expect(await list(file)).toContain('2026-12-31');
});

test('the list says which end first, and which have ended', async () => {
  const file = await inFolder();
  await waive(file, 'root-mfa', '123456789012', { until: '2027-03-31' });
  await waive(file, 's3-public', 'www', { until: '2026-12-01' });
  const text = await list(file);
  expect(text.indexOf('s3-public')).toBeLessThan(text.indexOf('root-mfa'));
  expect(text).toContain('2026-12-01, ends in 4 days');
  expect(await list(file, { status: 'expired' })).toBe(`${file}: no waiver is expired\n`);
  expect(JSON.parse(await list(file, { status: 'expiring', format: 'json' }))).toMatchObject({
    waivers: [{ rule: 's3-public', status: 'expiring', until: '2026-12-01' }],
  });
});

test('a file that is not there is named', async () => {
  await expect(list('nowhere.yaml')).rejects.toThrow(/nowhere\.yaml: there is no such file \(/);
});
