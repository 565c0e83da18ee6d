import { join } from 'node:path';
import {
  type Choice,
  checkLeft,
  checkResources,
  fixable,
  readResults,
} from '../../../cli/remediate/results.ts';
import { folderOf, removeFolders } from '../../account/snapshot/support.ts';

afterAll(removeFolders);

const US = '123456789012';
const result = (resourceId: string, more: object = {}) => ({
  rule: 's3-public',
  accountId: US,
  region: 'us-east-1',
  resourceType: 'AWS::S3::Bucket',
  resourceId,
  compliance: 'NON_COMPLIANT',
  severity: 'CRITICAL',
  annotation: '',
  findings: [],
  ...more,
});
const report = (results: object[], more: object = {}) => ({
  schemaVersion: '1.0',
  results,
  errors: [],
  ...more,
});
const read = async (content: unknown) =>
  readResults(join(await folderOf({ 'r.json': content }), 'r.json'), process.stdin);
const found = async (results: object[], options: object = {}, more: object = {}) =>
  fixable(await read(report(results, more)), { accountId: US, rules: [], ...options });
const ids = ({ found }: Awaited<ReturnType<typeof fixable>>) => found.map(({ resourceId }) => resourceId);

test('worst first, then as they came', async () => {
  const of = (severity: string, ...names: string[]) => names.map((name) => result(name, { severity }));
  const results = [
    ...of('LOW', 'a'),
    ...of('HIGH', 'c', 'b'),
    ...of('MEDIUM', 'd'),
    ...of('CRITICAL', 'f', 'e'),
  ];
  expect(ids(await found(results))).toEqual(['f', 'e', 'c', 'b', 'd', 'a']);
});

const cases: [situation: string, result: object, options: object, leftOut: RegExp | undefined][] = [
  [
    'another account',
    result('x', { accountId: '210987654321' }),
    {},
    /^left out: 1 of account 210987654321: the credentials are of 123456789012$/,
  ],
  [
    'a rule without a fix',
    result('x', { rule: 'ec2-imdsv2-check' }),
    {},
    /^left out: 1 of ec2-imdsv2-check, which has no fix here$/,
  ],
  ['a Region that is none', result('x', { region: '$(reboot)' }), {}, /which is no Region$/],
  [
    'another Region than --region',
    result('x'),
    { region: 'eu-west-1' },
    /^left out: 1 in us-east-1: --region is eu-west-1$/,
  ],
  ['a rule that was not asked for', result('x'), { rules: ['root-mfa'] }, undefined],
  ['what is COMPLIANT', result('x', { compliance: 'COMPLIANT' }), {}, undefined],
];
test.each(cases)('leaves out %s', async (_situation, one, options, message) => {
  const { found: left, leftOut } = await found([one], options);
  expect(left).toEqual([]);
  expect(leftOut).toHaveLength(message ? 1 : 0);
  if (message) expect(leftOut[0]?.en).toMatch(message);
});

test('global resources are in every Region', async () => {
  const user = result('AIDA1', { rule: 'access-key-age', region: 'global' });
  expect(ids(await found([user], { region: 'eu-west-1' }))).toEqual(['AIDA1']);
});

test('the same resource twice is one thing to fix, in two Regions it is two', async () => {
  const trail = (region: string) => result('audit', { rule: 'trail-object-lock', region });
  expect(ids(await found([trail('us-east-1'), trail('us-east-1'), trail('eu-west-1')]))).toEqual([
    'audit',
    'audit',
  ]);
});

describe('what is wanted of it', () => {
  const results = [
    result('moonjar-website', { severity: 'CRITICAL' }),
    result('moonjar-logs', { severity: 'HIGH' }),
    result('AIDA1', {
      rule: 'access-key-age',
      region: 'global',
      resourceName: 'minseo.lee',
      severity: 'MEDIUM',
    }),
    result('arn:aws:cloudtrail:us-east-1:123456789012:trail/main', {
      rule: 'trail-object-lock',
      severity: 'LOW',
    }),
  ];
  const wanted = async (choice: Partial<Choice>) => {
    const content = await read(report(results));
    const names = checkResources(content, { rules: [], ...choice }).map(({ resourceId }) => resourceId);
    // With the account known it is the same.
    expect(ids(fixable(content, { accountId: US, rules: [], ...choice }))).toEqual(names);
    return names.map((name) => name.replace(/.*\//, ''));
  };

  test.each<[what: string, choice: Partial<Choice>, ids: string[]]>([
    ['a severity, and what is worse', { severity: 'HIGH' }, ['moonjar-website', 'moonjar-logs']],
    ['the worst alone', { severity: 'CRITICAL' }, ['moonjar-website']],
    ['the least: everything', { severity: 'LOW' }, ['moonjar-website', 'moonjar-logs', 'AIDA1', 'main']],
    ['an id', { resources: ['moonjar-logs'] }, ['moonjar-logs']],
    ['a name', { resources: ['minseo.*'] }, ['AIDA1']],
    ['a pattern over slashes and colons', { resources: ['arn:*main'] }, ['main']],
    ['one character', { resources: ['AIDA?'] }, ['AIDA1']],
    ['several', { resources: ['*-logs', 'AIDA*'] }, ['moonjar-logs', 'AIDA1']],
    ['both', { severity: 'HIGH', resources: ['moonjar-*'] }, ['moonjar-website', 'moonjar-logs']],
  ])('%s', async (_what, choice, expected) => {
    expect(await wanted(choice)).toEqual(expected);
  });

  test.each<[choice: Partial<Choice>, message: string]>([
    [
      { resources: ['moonjar-websit'] },
      '--resource moonjar-websit: it matches nothing that --from has as NON_COMPLIANT (did you mean moonjar-website?)',
    ],
    [
      { resources: ['moonjar-*', 'x*'] },
      '--resource x*: it matches nothing that --from has as NON_COMPLIANT',
    ],
    // No wildcard: a bucket's name has dots, and its letters are small.
    [{ resources: ['MOONJAR-LOGS'] }, '--resource MOONJAR-LOGS: it matches nothing'],
    [{ resources: ['[m]*'] }, '--resource [m]*: it matches nothing'],
    [
      { resources: ['AIDA1'], severity: 'HIGH' },
      '--resource AIDA1: it matches only what --rule or --severity leaves out',
    ],
    [{ resources: ['AIDA1'], rules: ['s3-public'] }, 'it matches only what --rule or --severity leaves out'],
  ])('%j is refused', async (choice, message) => {
    await expect(wanted(choice)).rejects.toThrow(message);
  });

  test('a pattern of which nothing can be fixed is refused, too', async () => {
    const { found: left } = await found(results, { region: 'eu-west-1' });
    expect(() => checkLeft(left, ['minseo*'])).not.toThrow();
    expect(() => checkLeft(left, ['minseo*', 'moonjar-*'])).toThrow(
      '--resource moonjar-*: it matches only what is left out',
    );
  });
});

test('says how many could not be judged', async () => {
  const { leftOut } = await found([], {}, { errors: [{}, {}] });
  expect(leftOut.map(({ en }) => en)).toEqual(['left out: 2 that could not be judged']);
});

test.each([
  ['no JSON', '{', /^--from .*r\.json: .*; expected what "groundrules evaluate --format json" writes$/],
  ['a snapshot', { fileVersion: '1.0', configurationItems: [] }, /schemaVersion: /],
  ['a result without an id', report([{ ...result('x'), resourceId: undefined }]), /results\.0\.resourceId: /],
  ['a version of its own', { ...report([]), schemaVersion: '2.0' }, /schemaVersion: /],
  ['a severity of its own', report([result('x', { severity: 'EXTREME' })]), /results\.0\.severity: /],
])('refuses %s', async (_situation, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('refuses a file that is not there', async () => {
  await expect(readResults('/nowhere.json', process.stdin)).rejects.toThrow(
    '--from /nowhere.json: there is no such file',
  );
});
