/** Whatever an account's names, Sids and messages hold, no command hands it to the terminal: the bytes are looked at. */
import { join } from 'node:path';
import {
  ACCOUNT,
  accountFolder,
  bucketItem,
  folderOf,
  groupItem,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { BIN, built, groundrules, type RunOptions } from '../support/command.ts';
import { ALL_HOSTILE, HOSTILE, harmIn } from '../support/hostile.ts';

jest.setTimeout(120_000);
beforeAll(() => built(BIN, 'cli'), 120_000);
afterAll(removeFolders);

/** One name for each kind of evil. */
const groups = HOSTILE.map(([, text], at) =>
  groupItem(`sg-${at}`, 22, {
    resourceName: text,
    tags: { [text]: text },
    configuration: { ...(groupItem(`sg-${at}`, 22).configuration ?? {}), groupName: text, description: text },
  }),
);
const bucket = bucketItem('logs', {
  supplementaryConfiguration: {
    BucketPolicy: {
      policyText: JSON.stringify({
        Statement: [
          {
            Sid: ALL_HOSTILE,
            Effect: 'Allow',
            Principal: '*',
            Action: ['s3:GetObject', ALL_HOSTILE],
            Resource: '*',
          },
        ],
      }),
    },
  },
});
const items = snapshotFile(...groups, bucket, groupItem(`sg-${ALL_HOSTILE}`, 22));
const header = 'user,arn,user_creation_time,access_key_1_active,access_key_1_last_rotated';
const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;
const folder = () =>
  accountFolder({
    'us-east-1/config/snapshot.json': items,
    'global/iam/list-users.json': {
      Users: [{ UserName: ALL_HOSTILE, UserId: 'AIDA1', Arn: 'arn:x', CreateDate: '2020-01-01T00:00:00Z' }],
    },
    'global/iam/get-credential-report.csv': `${header}\n${csv(ALL_HOSTILE)},arn:x,2020-01-01T00:00:00Z,true,2020-01-01T00:00:00Z\n`,
    'errors.json': [
      { file: 'global/iam/get-account-summary.json', code: ALL_HOSTILE, message: ALL_HOSTILE },
      { file: 'global/s3control/get-public-access-block.json', code: 'AccessDenied', message: ALL_HOSTILE },
      { file: ALL_HOSTILE, code: 'AccessDenied', message: ALL_HOSTILE },
    ],
  });

async function harmOf(args: readonly string[], options: RunOptions = {}) {
  const colours = options.env?.FORCE_COLOR !== undefined;
  const ran = await groundrules(args, options);
  expect(harmIn(ran.stdout + ran.stderr, { colours })).toEqual([]);
  return ran;
}

describe('evaluate', () => {
  test('a table, of a snapshot', async () => {
    const { stdout } = await harmOf(['evaluate', await folder()]);
    expect(stdout).toContain('\\u{1b}[2J');
    expect(stdout).toContain('\\u{202e}');
    // A line break in a name begins no line of the report.
    expect(stdout.match(/^0 non-compliant/gm)).toBeNull();
  });

  test.each([60, 200])('a table of %d columns, with colours', async (columns) => {
    await harmOf(['evaluate', await folder()], { env: { COLUMNS: String(columns), FORCE_COLOR: '1' } });
  });

  test('JSON, which says the same', async () => {
    const { stdout } = await harmOf(['evaluate', await folder(), '--format', 'json']);
    const { results } = JSON.parse(stdout) as { results: { resourceName?: string }[] };
    const names = results.map(({ resourceName }) => resourceName);
    for (const [, text] of HOSTILE) expect(names).toContain(text);
  });

  test('AWS Config’s file, and standard input', async () => {
    await harmOf(['evaluate', join(await folderOf({ 'c.json': items }), 'c.json')]);
    await harmOf(['evaluate', '-'], { input: JSON.stringify(groups[0]) });
  });
});

test('cost', async () => {
  await harmOf(['cost', await folder()]);
  await harmOf(['cost', await folder(), '--format', 'json']);
});

const typed = ALL_HOSTILE.replaceAll('\0', '');
const wrong: [what: string, args: (typed: string) => string[]][] = [
  ['a path', (text) => ['evaluate', text]],
  ['a rule', (text) => ['evaluate', '--rule', text]],
  ['a Region', (text) => ['evaluate', '--region', text]],
  ['a time', (text) => ['evaluate', '--now', text]],
  ['parameters', (text) => ['evaluate', '--parameters', text]],
  ['parameters, in JSON', (text) => ['evaluate', '--parameters', JSON.stringify({ [text]: {} })]],
  ['a format', (text) => ['evaluate', '--format', text]],
  ['an option', (text) => ['evaluate', `--${text}`]],
  ['a command', (text) => [text]],
  ['an output', (text) => ['evaluate', '--output', `/nowhere/${text}`]],
  ['a control', (text) => ['controls', text]],
  ['a framework', (text) => ['controls', '--framework', text]],
  ['a process check', (text) => ['attest', text, '--evidence', text]],
  ['a resource to fix', (text) => ['remediate', 's3-public', text]],
  ['a record', (text) => ['remediate', '--undo', text]],
  ['a count', (text) => ['cost', '--count', text]],
];
test.each(wrong)('what is typed wrong: %s', async (_what, args) => {
  const { status, stderr } = await harmOf(args(typed));
  expect(status).toBe(2);
  expect(stderr).not.toBe('');
});

test('what lies in a file that is no good', async () => {
  for (const content of [ALL_HOSTILE, { [ALL_HOSTILE]: ALL_HOSTILE }, { awsAccountId: ALL_HOSTILE }]) {
    const path = join(await folderOf({ 'x.json': content }), 'x.json');
    await harmOf(['evaluate', path]);
    await harmOf(['remediate', '--from', path]);
    await harmOf(['remediate', '--undo', path]);
  }
  const results = {
    schemaVersion: '1.0',
    results: [{ rule: ALL_HOSTILE, accountId: ACCOUNT, region: 'x', resourceId: 1 }],
  };
  await harmOf(['remediate', '--from', join(await folderOf({ 'r.json': results }), 'r.json')]);
});

test('what is typed wrong about an evaluation, and what it is called there', async () => {
  const one = {
    ...{ rule: 's3-public', accountId: ACCOUNT, region: 'us-east-1', compliance: 'NON_COMPLIANT' },
    ...{
      severity: 'HIGH',
      resourceType: 'AWS::S3::Bucket',
      resourceId: `${typed}s`,
      resourceName: ALL_HOSTILE,
    },
  };
  const path = join(await folderOf({ 'r.json': { schemaVersion: '1.0', results: [one] } }), 'r.json');
  for (const [option, said] of [
    ['--resource', '--resource '],
    ['--severity', '--severity '],
    ['--rule', 'there is no rule '],
  ] as const) {
    const { status, stderr } = await harmOf(['remediate', '--from', path, option, typed]);
    expect([status, stderr.split('\n')]).toEqual([2, [expect.stringContaining(said), '']]);
  }
});
