import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { readWaivers, WaiverError } from '../../waivers/read.ts';

const NOW = new Date('2027-01-01T00:00:00Z');
const known = {
  kinds: { 'sg-open-ports': ['openPorts', 'allTraffic'], 's3-public': ['publicAcl'] },
  hint: (word: string, words: readonly string[]) => ` [${word} of ${words.length}]`,
};
const read = (content: string) => readWaivers(content, { file: 'w.yaml', now: NOW, known });

const GOOD = `# What we live with.
waivers:
  - rule: sg-open-ports
    resource: legacy-*   # the old ones
    account: "111122223333"
    region: us-east-1
    kind: openPorts
    reason: only the office can reach it
    ticket: SEC-12
    owner: jiwoo.kim
    until: 2027-03-31
  - { rule: s3-public, resource: site, reason: a website, ticket: SEC-13, owner: web, until: 2026-01-31 }
`;

const tagged = (tag: string) => GOOD.replace('resource: legacy-*   # the old ones', `tag: ${tag}`);

test('reads a tag, and takes one alone for whatever carries it', () => {
  const [one] = read(tagged('{ key: Stage, value: "" }'));
  expect(one).toMatchObject({ resource: '*', tag: { key: 'Stage', value: '' } });
  const both = GOOD.replace('resource: legacy-*', 'tag: { key: Stage }\n    resource: legacy-*');
  expect(read(both)[0]).toMatchObject({ resource: 'legacy-*', tag: { key: 'Stage' } });
});

test('reads a unit, by its id', () => {
  const inUnit = (id: string) => GOOD.replace('account: "111122223333"', `organizationalUnit: ${id}`);
  expect(read(inUnit('ou-ab12-11111111'))[0]).toMatchObject({ organizationalUnit: 'ou-ab12-11111111' });
  expect(read(inUnit('r-ab12'))[0]).toMatchObject({ organizationalUnit: 'r-ab12' });
  expect(() => read(inUnit('Production'))).toThrow(/^w\.yaml:5:25: .*organizationalUnit: expected the id of/);
});

test('reads every field, and where each waiver is', () => {
  expect(read(GOOD)).toEqual([
    {
      ...{ rule: 'sg-open-ports', resource: 'legacy-*', account: '111122223333', region: 'us-east-1' },
      ...{ kind: 'openPorts', reason: 'only the office can reach it', ticket: 'SEC-12', owner: 'jiwoo.kim' },
      ...{ until: '2027-03-31', line: 3 },
    },
    // One that has expired is read all the same: it is told.
    {
      ...{ rule: 's3-public', resource: 'site', reason: 'a website', ticket: 'SEC-13', owner: 'web' },
      ...{ until: '2026-01-31', line: 12 },
    },
  ]);
  expect(read('waivers: []\n')).toEqual([]);
});

describe('is an error with line and column:', () => {
  const cases: [situation: string, content: string, message: RegExp][] = [
    ['no YAML', 'waivers: [', /^w\.yaml:1:\d+: (?!.* at line)/],
    ['a key twice', 'waivers: []\nwaivers: []\n', /^w\.yaml:2:1: waivers: is there a second time$/],
    ['an empty file', '', /^w\.yaml:1:1: /],
    ['a list alone', '- rule: x\n', /^w\.yaml:1:1: the file: /],
    ['another top', 'waiver: []\n', /^w\.yaml:1:\d+: waiver: there is no such field \[waiver of 1\]/],
    [
      'no reason',
      GOOD.replace('    reason: only the office can reach it\n', ''),
      /^w\.yaml:3:5: waivers\.0\.reason: is missing/,
    ],
    ['no ticket', GOOD.replace(' ticket: SEC-13,', ''), /^w\.yaml:12:5: waivers\.1\.ticket: is missing/],
    ['no owner', GOOD.replace(' owner: web,', ''), /waivers\.1\.owner: is missing/],
    ['no end', GOOD.replace('    until: 2027-03-31\n', ''), /waivers\.0\.until: is missing/],
    [
      'neither resource nor tag',
      GOOD.replace('    resource: legacy-*   # the old ones\n', ''),
      /^w\.yaml:3:5: waivers\.0\.resource: is missing: .* unless a tag/,
    ],
    ['a tag without a key', tagged('{ value: dev }'), /^w\.yaml:4:10: waivers\.0\.tag\.key: is missing/],
    ['a tag with an empty key', tagged('{ key: " " }'), /waivers\.0\.tag\.key: is empty/],
    ['a tag that is a text', tagged('Stage=dev'), /^w\.yaml:4:10: waivers\.0\.tag: /],
    ['a number as a value', tagged('{ key: Year, value: 2027 }'), /^w\.yaml:4:30: .*value: expected a text/],
    [
      'a field of a tag that there is not',
      tagged('{ key: a, values: b }'),
      /waivers\.0\.tag\.values: there is no such field \[values of 2\]/,
    ],
    ['an empty reason', GOOD.replace('a website', "' '"), /^w\.yaml:12:48: waivers\.1\.reason: is empty/],
    [
      'a field that there is not',
      GOOD.replace('ticket: SEC-12', 'tickets: SEC-12'),
      /^w\.yaml:9:14: waivers\.0\.tickets: there is no such field \[tickets of 11\]/,
    ],
    [
      'a rule that there is not',
      GOOD.replace('rule: s3-public', 'rule: s3-publik'),
      /^w\.yaml:12:13: waivers\.1\.rule: there is no rule s3-publik \[s3-publik of 2\]/,
    ],
    [
      'a rule of every object',
      GOOD.replace('rule: s3-public', 'rule: constructor'),
      /there is no rule constructor/,
    ],
    [
      'a kind that the rule has not',
      GOOD.replace('kind: openPorts', 'kind: publicAcl'),
      /^w\.yaml:7:11: waivers\.0\.kind: sg-open-ports finds nothing of kind publicAcl/,
    ],
    [
      'an account without quotes',
      GOOD.replace('"111122223333"', '111122223333'),
      /^w\.yaml:5:14: .*expected .*in quotes/,
    ],
    [
      'an account with a digit too few',
      GOOD.replace('111122223333', '11112222333'),
      /expected twelve digits/,
    ],
    [
      'a time for a day',
      GOOD.replace('2027-03-31', '2027-03-31T00:00:00Z'),
      /^w\.yaml:11:12: .*expected a day/,
    ],
    ['a day that there is not', GOOD.replace('2027-03-31', '2027-02-30'), /there is no such day/],
    ['a year for a day', GOOD.replace('2027-03-31', '2027'), /expected a day/],
    [
      'an end of more than a year away',
      GOOD.replace('2027-03-31', '2028-01-03'),
      /^w\.yaml:11:12: .*2028-01-03 is more than a year away/,
    ],
  ];
  test.each(cases)('%s', (_situation, content, message) => {
    expect(() => read(content)).toThrow(WaiverError);
    expect(() => read(content)).toThrow(message);
  });
});

test('the published schema takes what is right, and not what lacks an end', () => {
  const path = join(__dirname, '../../groundrules.waivers.schema.json');
  const isWaivers = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(path, 'utf8')));
  expect(isWaivers(parse(GOOD))).toBe(true);
  expect(isWaivers(parse(GOOD.replace('    until: 2027-03-31\n', '')))).toBe(false);
  expect(isWaivers(parse(GOOD.replace('ticket: SEC-12', 'tickets: SEC-12')))).toBe(false);
  expect(isWaivers(parse(GOOD.replace('account: "111122223333"', 'organizationalUnit: r-ab12')))).toBe(true);
  expect(isWaivers(parse(tagged('{ key: Stage, value: dev }')))).toBe(true);
  expect(isWaivers(parse(GOOD.replace('account: "111122223333"', 'organizationalUnit: r-ab12')))).toBe(true);
  expect(isWaivers(parse(tagged('{ value: dev }')))).toBe(false);
  expect(isWaivers(parse(GOOD.replace('    resource: legacy-*   # the old ones\n', '')))).toBe(false);
});
