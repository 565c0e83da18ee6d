import { join } from 'node:path';
import { fixable, readResults } from '../../../cli/remediate/results.ts';
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
const read = async (content: unknown) => readResults(join(await folderOf({ 'r.json': content }), 'r.json'));
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
  if (message) expect(leftOut[0]).toMatch(message);
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

test('says how many could not be judged', async () => {
  const { leftOut } = await found([], {}, { errors: [{}, {}] });
  expect(leftOut).toEqual(['left out: 2 that could not be judged']);
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
  await expect(readResults('/nowhere.json')).rejects.toThrow('--from /nowhere.json: there is no such file');
});
