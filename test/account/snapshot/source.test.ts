import { symlinkSync } from 'node:fs';
import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AccountError } from '../../../account/errors.ts';
import type { AnyTarget } from '../../../account/reading.ts';
import { snapshotSource } from '../../../account/snapshot/source.ts';
import { readingOf } from '../../support/readings.ts';
import { ACCOUNT, accountFolder, type Files, folderOf, removeFolders } from './support.ts';

afterAll(removeFolders);

const open = async (files: Files) => snapshotSource(await accountFolder(files));
const failure = async (reading: Promise<unknown>): Promise<AccountError> =>
  reading.then(
    (answer) => {
      throw new Error(`expected an error, got ${JSON.stringify(answer)}`);
    },
    (error) => error,
  );

const REPORT = `user,arn,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated
<root_account>,arn:aws:iam::${ACCOUNT}:root,not_supported,true,false,N/A,false,N/A
`;
const ROWS = [expect.objectContaining({ user: '<root_account>', mfa_active: 'true' })];
const base64 = Buffer.from(REPORT).toString('base64');
const POLICY = 'global/s3api/get-bucket-policy/logs';

describe('an answer', () => {
  const cases: [situation: string, files: Files, name: string, target: AnyTarget, answer: unknown][] = [
    ['once an account', { 'global/iam/list-users.json': { Users: [] } }, 'iam:ListUsers', {}, { Users: [] }],
    [
      'of a Region',
      { 'eu-west-1/ec2/describe-security-groups.json': { SecurityGroups: [1] } },
      'ec2:DescribeSecurityGroups',
      { region: 'eu-west-1' },
      { SecurityGroups: [1] },
    ],
    [
      'of one bucket',
      { [`${POLICY}.json`]: { Policy: '{}' } },
      's3:GetBucketPolicy',
      { id: 'logs' },
      { Policy: '{}' },
    ],
    [
      'with a byte order mark',
      { [`${POLICY}.json`]: '\uFEFF{"Policy":"{}"}' },
      's3:GetBucketPolicy',
      { id: 'logs' },
      { Policy: '{}' },
    ],
    [
      'compressed, though its name does not say so',
      { [`${POLICY}.json`]: gzipSync('{"Policy":"{}"}') },
      's3:GetBucketPolicy',
      { id: 'logs' },
      { Policy: '{}' },
    ],
    [
      'the decoded credential report',
      { 'global/iam/get-credential-report.csv': REPORT },
      'iam:GetCredentialReport',
      {},
      ROWS,
    ],
    [
      'the credential report as the command prints it',
      {
        'global/iam/get-credential-report.csv': JSON.stringify({ Content: base64, ReportFormat: 'text/csv' }),
      },
      'iam:GetCredentialReport',
      {},
      ROWS,
    ],
    [
      'the credential report’s Content alone',
      { 'global/iam/get-credential-report.csv': `${base64}\n` },
      'iam:GetCredentialReport',
      {},
      ROWS,
    ],
    [
      'the credential report as the command prints it, by that name',
      {
        'global/iam/get-credential-report.json': { Content: base64, ReportFormat: 'text/csv' },
      },
      'iam:GetCredentialReport',
      {},
      ROWS,
    ],
    ...[';', '\t'].map((separator): (typeof cases)[number] => [
      `the credential report as a spreadsheet saves it, with ${JSON.stringify(separator)}`,
      { 'global/iam/get-credential-report.csv': `\uFEFF${REPORT.replaceAll(',', separator)}` },
      'iam:GetCredentialReport',
      {},
      ROWS,
    ]),
    [
      'a policy by itself, as --query Policy --output text leaves it',
      { [`${POLICY}.json`]: '{"Statement": []}\n' },
      's3:GetBucketPolicy',
      { id: 'logs' },
      { Policy: '{"Statement": []}\n' },
    ],
    [
      'as Windows PowerShell writes it',
      { [`${POLICY}.json`]: Buffer.from('\uFEFF{"Policy":"{}"}', 'utf16le') },
      's3:GetBucketPolicy',
      { id: 'logs' },
      { Policy: '{}' },
    ],
    [
      'beside an error for the same file: the file counts',
      {
        [`${POLICY}.json`]: { Policy: '{}' },
        'errors.json': [{ file: `${POLICY}.json`, code: 'AccessDenied', message: '' }],
      },
      's3:GetBucketPolicy',
      { id: 'logs' },
      { Policy: '{}' },
    ],
  ];
  test.each(cases)('%s', async (_, files, name, target, answer) => {
    expect(await (await open(files)).read(readingOf(name), target)).toEqual(answer);
  });
});

describe('an error that was written down', () => {
  const spellings = [
    `${POLICY}.json`,
    `./${POLICY}.json`,
    `${ACCOUNT}/${POLICY}.json`,
    `./${ACCOUNT}/${POLICY}.json`,
    POLICY,
    `${POLICY}.json`.replaceAll('/', '\\'),
  ];
  test.each(spellings)('“there is none” reads null: %s', async (file) => {
    const source = await open({ 'errors.json': [{ file, code: 'NoSuchBucketPolicy', message: 'none' }] });
    expect(await source.read(readingOf('s3:GetBucketPolicy'), { id: 'logs' })).toBeNull();
  });

  test('a denial is an error with the code of AWS', async () => {
    const source = await open({
      'errors.json': [{ file: `${POLICY}.json`, code: 'AccessDenied', message: 'no way' }],
    });
    const error = await failure(source.read(readingOf('s3:GetBucketPolicy'), { id: 'logs' }));
    expect(error).toMatchObject({
      name: 'AccountError',
      code: 'AccessDenied',
      api: 's3:GetBucketPolicy',
      resource: 'logs',
    });
    expect(error.message).toContain(`when the snapshot was made: no way (errors.json: ${POLICY}.json)`);
  });

  test('a file that says null is malformed, and not “there is none”', async () => {
    const source = await open({ [`${POLICY}.json`]: 'null' });
    expect(await failure(source.read(readingOf('s3:GetBucketPolicy'), { id: 'logs' }))).toMatchObject({
      code: 'Malformed',
    });
  });

  test('a code that means “none” elsewhere does not here', async () => {
    const source = await open({ 'errors.json': [{ file: `${POLICY}.json`, code: 'NoSuchTagSet' }] });
    expect(await failure(source.read(readingOf('s3:GetBucketPolicy'), { id: 'logs' }))).toMatchObject({
      code: 'NoSuchTagSet',
    });
  });

  test('a bucket with a dot in its name is not taken for an extension', async () => {
    const source = await open({
      'errors.json': [{ file: 'global/s3api/get-bucket-policy/logs.old', code: 'NoSuchBucketPolicy' }],
    });
    expect(await source.read(readingOf('s3:GetBucketPolicy'), { id: 'logs.old' })).toBeNull();
    expect(await failure(source.read(readingOf('s3:GetBucketPolicy'), { id: 'logs' }))).toMatchObject({
      code: 'NotCollected',
    });
  });
});

describe('an error that the aws command printed in the answer’s place', () => {
  const NONE =
    'An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist';
  const policyOf = async (text: string | Buffer) =>
    (await open({ [`${POLICY}.json`]: text })).read(readingOf('s3:GetBucketPolicy'), { id: 'logs' });

  test.each([
    ['after an empty line', `\n${NONE}\n`],
    ['as the command’s version 2 prints it', `aws: [ERROR]: ${NONE}`],
    ['after retries', NONE.replace('operation:', 'operation (reached max retries: 4):')],
    [
      'with what PowerShell puts around it',
      `aws : \r\n${NONE}\r\nAt line:1 char:1\r\n+ aws s3api get-bucket-policy\r\n`,
    ],
    ['in UTF-16', Buffer.from(`\uFEFF${NONE}`, 'utf16le')],
  ])('“there is none” reads null: %s', async (_, text) => {
    expect(await policyOf(text)).toBeNull();
  });

  test('a denial is one, and where it stands is said', async () => {
    const text = 'An error occurred (AccessDenied) when calling the GetBucketPolicy operation: no way\n';
    const error = await failure(policyOf(text));
    expect(error.code).toBe('AccessDenied');
    expect(error.message).toBe(
      `s3:GetBucketPolicy of logs: AccessDenied when the snapshot was made: no way (${POLICY}.json)`,
    );
  });

  test.each([
    [
      'another command’s error says nothing of this reading',
      NONE.replace('GetBucketPolicy operation', 'GetBucketPolicyStatus operation'),
      /logs\.json: the error of another command \(NoSuchBucketPolicy of GetBucketPolicyStatus\)/,
    ],
    [
      'no credentials',
      'Unable to locate credentials. You can …',
      /the aws command's own words \(Unable to locate/,
    ],
    ['an unknown option', '\nusage: aws [options] <command>', /the aws command's own words \(usage: aws/],
    ['YAML', 'Policy: "{}"', /logs\.json: YAML, as --output yaml prints it, .* --output json/],
    ['text', 'POLICY\t{}', /--output text prints it/],
  ])('%s', async (_, text, message) => {
    expect(await failure(policyOf(text))).toMatchObject({
      code: 'Malformed',
      message: expect.stringMatching(message),
    });
  });

  test('a policy that speaks of such an error is a policy', async () => {
    expect(await policyOf(JSON.stringify({ Policy: NONE }))).toEqual({ Policy: NONE });
  });
});

describe('a file that leads out of the folder', () => {
  test('is refused, and nothing of it gets into the message', async () => {
    const folder = await accountFolder({ 'global/s3api/get-bucket-policy/x.json': {}, secret: '' });
    symlinkSync('/etc/passwd', join(folder, `${POLICY}.json`));
    const error = await failure(snapshotSource(folder).read(readingOf('s3:GetBucketPolicy'), { id: 'logs' }));
    expect(error.code).toBe('Malformed');
    expect(error.message).toMatch(/logs\.json: a link that leads out of the snapshot/);
    expect(error.message).not.toContain('root');
  });

  test.each(['errors.json', 'collected.json'])('%s, too', async (file) => {
    const folder = await accountFolder({});
    symlinkSync('/etc/passwd', join(folder, file));
    expect(() => snapshotSource(folder)).toThrow(/a link that leads out of the snapshot/);
  });
});

describe('what nobody collected', () => {
  const cases: [name: string, target: AnyTarget, file: string, command: string][] = [
    ['iam:GetAccountSummary', {}, 'global/iam/get-account-summary.json', 'aws iam get-account-summary'],
    [
      'iam:ListAccessKeys',
      { id: 'kim' },
      'global/iam/list-access-keys/kim.json',
      'aws iam list-access-keys --user-name kim',
    ],
    [
      's3:GetBucketAcl',
      { id: 'logs' },
      'global/s3api/get-bucket-acl/logs.json',
      'aws s3api get-bucket-acl --bucket logs',
    ],
    [
      's3control:GetPublicAccessBlock',
      {},
      'global/s3control/get-public-access-block.json',
      `aws s3control get-public-access-block --account-id ${ACCOUNT}`,
    ],
    [
      'ec2:GetManagedPrefixListEntries',
      { region: 'us-east-1', id: 'pl-1' },
      'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json',
      'aws ec2 get-managed-prefix-list-entries --prefix-list-id pl-1 --region us-east-1',
    ],
    [
      'iam:GetCredentialReport',
      {},
      'global/iam/get-credential-report.csv',
      'aws iam get-credential-report --query Content --output text | base64 --decode',
    ],
  ];
  test.each(cases)(
    '%s %j: the message names the file and the command that makes it',
    async (name, target, file, command) => {
      const error = await failure((await open({})).read(readingOf(name), target));
      expect(error).toMatchObject({ name: 'AccountError', code: 'NotCollected', api: name });
      expect(error.message).toContain(`no ${file} `);
      expect(error.message).toContain(`"${command}"`);
    },
  );

  test('a name that leads out of the folder', async () => {
    const source = await open({ 'global/iam/secret.json': { Policy: '{}' } });
    const error = await failure(source.read(readingOf('s3:GetBucketPolicy'), { id: '../../iam/secret' }));
    expect(error.code).toBe('NotCollected');
  });
});

describe('a file without a letter', () => {
  const VERSIONING = 'global/s3api/get-bucket-versioning/logs';
  const versioning = async (files: Files) =>
    (await open(files)).read(readingOf('s3:GetBucketVersioning'), { id: 'logs' });

  test.each(['', '\n', '\uFEFF\r\n'])(
    'is an answer without a member, where there may be one: %j',
    async (text) => {
      expect(await versioning({ [`${VERSIONING}.json`]: text })).toEqual({});
      const budgets = (await open({ 'global/budgets/describe-budgets.json': text })).read(
        readingOf('budgets:DescribeBudgets'),
      );
      expect(await budgets).toEqual({});
    },
  );

  test('is none where the command is known to have failed', async () => {
    const errors = JSON.stringify([
      { file: `${VERSIONING}.json`, code: 'AccessDenied', message: 'Access Denied' },
    ]);
    const error = await failure(versioning({ [`${VERSIONING}.json`]: '', 'errors.json': errors }));
    expect(error).toMatchObject({ code: 'AccessDenied', api: 's3:GetBucketVersioning' });
  });
});

describe('what makes no sense', () => {
  const cases: [situation: string, files: Files, message: RegExp][] = [
    [
      'JSON with an error',
      { [`${POLICY}.json`]: '{"Policy": oops}' },
      /get-bucket-policy\/logs\.json: Unexpected token/,
    ],
    ['JSON that ends early', { [`${POLICY}.json`]: '{"Policy": ' }, /logs\.json: .* at position 11/],
    ['an empty file', { [`${POLICY}.json`]: '' }, /the file is empty/],
    [
      'a folder in place of the file',
      { [`${POLICY}.json/x`]: '' },
      /get-bucket-policy\/logs\.json: a folder, where a file is expected/,
    ],
  ];
  test.each(cases)('%s', async (_, files, message) => {
    const error = await failure((await open(files)).read(readingOf('s3:GetBucketPolicy'), { id: 'logs' }));
    expect(error).toMatchObject({
      name: 'AccountError',
      code: 'Malformed',
      api: 's3:GetBucketPolicy',
      resource: 'logs',
    });
    expect(error.message).toMatch(message);
  });
});

describe('the folder', () => {
  test('its Regions are the folders with a Region’s name', async () => {
    const names = [
      'us-gov-west-1',
      'ap-northeast-2',
      'eusc-de-east-1',
      'us-iso-east-1',
      'global',
      'notes',
      'us-2',
    ];
    const source = await open(Object.fromEntries(names.map((name) => [`${name}/x/y.json`, {}])));
    expect(source.regions).toEqual(['ap-northeast-2', 'eusc-de-east-1', 'us-gov-west-1', 'us-iso-east-1']);
    expect(source.everyRegion).toBe(true);
    expect(source.accountId).toBe(ACCOUNT);
  });

  test('a Region of which nothing but errors is there is in view, too', async () => {
    const source = await open({
      'us-east-1/x/y.json': {},
      'errors.json': [
        { file: 'eu-west-1/ec2/describe-security-groups.json', code: 'UnauthorizedOperation' },
        { file: `.\\${ACCOUNT}\\eu-west-3\\cloudtrail\\describe-trails.json`, code: 'AccessDenied' },
        { file: 'global/iam/list-users.json', code: 'AccessDenied' },
        { file: 'us-east-1/cloudtrail/describe-trails', code: 'AccessDenied' },
      ],
    });
    expect(source.regions).toEqual(['eu-west-1', 'eu-west-3', 'us-east-1']);
  });

  test('has to be named by an account id', async () => {
    const folder = await folderOf({});
    expect(() => snapshotSource(folder)).toThrow(expect.objectContaining({ code: 'NotASnapshot' }));
  });

  test('has to be there', async () => {
    const folder = join(await folderOf({}), ACCOUNT);
    expect(() => snapshotSource(folder)).toThrow(expect.objectContaining({ code: 'NotFound' }));
  });

  test.each([
    ['a collected.json without a time', 'collected.json', { collectedAt: 'yesterday' }, '{"collectedAt"'],
    ['an errors.json that is no list', 'errors.json', {}, '[{"file", "code", "message"}]: the file'],
    ['an errors.json that is no JSON', 'errors.json', '[', '[{"file", "code", "message"}]: Unexpected end'],
    ['an errors.json that is empty', 'errors.json', '', '[{"file", "code", "message"}]'],
    [
      'an entry of it without a code',
      'errors.json',
      [{ file: 'x' }],
      '[{"file", "code", "message"}]: 0.code',
    ],
  ])('%s: refused at once, by name', async (_, file, content, expected) => {
    await expect(open({ [file]: content })).rejects.toMatchObject({
      name: 'SnapshotError',
      code: 'Malformed',
      message: expect.stringContaining(`${ACCOUNT}/${file}: expected ${expected}`),
    });
  });
});

describe('how old an answer is', () => {
  const files = {
    [`${POLICY}.json`]: { Policy: '{}' },
    'errors.json': [{ file: 'global/s3api/get-bucket-acl/logs.json', code: 'AccessDenied' }],
  };

  test('as old as the collection', async () => {
    const source = await open({ ...files, 'collected.json': { collectedAt: '2026-11-20T09:00:00Z' } });
    expect(source.collectedAt).toEqual(new Date('2026-11-20T09:00:00Z'));
    expect(await source.readAt(readingOf('s3:GetBucketPolicy'), { id: 'logs' })).toEqual(source.collectedAt);
    expect(await source.readAt(readingOf('s3:GetBucketAcl'), { id: 'logs' })).toEqual(source.collectedAt);
    expect(await source.readAt(readingOf('s3:GetBucketTagging'), { id: 'logs' })).toBeUndefined();
  });

  test('or as the file, where a person made it', async () => {
    const source = await open(files);
    const time = new Date('2020-01-02T03:04:05Z');
    await utimes(join(source.folder, `${POLICY}.json`), time, time);
    expect(await source.readAt(readingOf('s3:GetBucketPolicy'), { id: 'logs' })).toEqual(time);
    const errors = (await stat(join(source.folder, 'errors.json'))).mtime;
    expect(await source.readAt(readingOf('s3:GetBucketAcl'), { id: 'logs' })).toEqual(errors);
  });
});
