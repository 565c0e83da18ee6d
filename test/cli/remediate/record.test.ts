import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordKey } from '../../../cli/remediate/key.ts';
import {
  changesOf,
  checkRecordFile,
  type ExecutionRecord,
  readRecord,
  recordFile,
  saveRecord,
} from '../../../cli/remediate/record.ts';
import { folderOf, removeFolders } from '../../account/snapshot/support.ts';

afterAll(removeFolders);
const key: RecordKey = { id: '0123456789abcdef', bytes: Buffer.alloc(32, 7) };

const step = (name: string, more: object = {}) => ({
  name,
  action: 'aws:executeAwsApi',
  status: 'Success',
  attempts: 1,
  startTime: '2026-11-22T09:00:00.000Z',
  inputs: { Service: 's3', Api: 'PutPublicAccessBlock' },
  outputs: {},
  ...more,
});
const record = (more: object = {}) =>
  ({
    schemaVersion: '1.0',
    rule: 's3-public',
    resourceId: 'logs',
    executionId: 'e7a2c0de-0000-4000-8000-000000000000',
    document: { name: 'Groundrules-S3Public', sha256: '0' },
    region: 'us-east-1',
    accountId: '123456789012',
    parameters: { BucketName: 'logs', Mode: 'Apply' },
    status: 'Success',
    startTime: '2026-11-22T09:00:00.000Z',
    steps: [step('Block')],
    outputs: {},
    ...more,
  }) as unknown as ExecutionRecord;

describe('saving', () => {
  test('makes the folder, for its owner alone, and leaves nothing else behind', async () => {
    const folder = join(await folderOf({}), 'runs');
    const file = join(folder, 'one.json');
    await saveRecord(file, record(), key);
    await saveRecord(file, record({ status: 'Failed' }), key);
    expect(readdirSync(folder)).toEqual(['one.json']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(record({ status: 'Failed' }));
    expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test('that fails leaves what was there', async () => {
    const folder = await folderOf({});
    const file = join(folder, 'one.json');
    mkdirSync(file);
    await expect(saveRecord(file, record(), key)).rejects.toThrow(/EISDIR|EPERM|ENOTEMPTY/);
    expect(readdirSync(folder)).toEqual(['one.json']);
  });

  test('refuses to begin on a file that is there', async () => {
    const folder = await folderOf({ 'one.json': record() });
    expect(() => checkRecordFile(join(folder, 'one.json'))).toThrow(/may be what undoes an earlier run/);
    expect(() => checkRecordFile(join(folder, 'other.json'))).not.toThrow();
    expect(() => checkRecordFile(undefined)).not.toThrow();
  });
});

test.each([
  ['moonjar-logs', 'moonjar-logs'],
  ['arn:aws:cloudtrail:eu-west-1:1:trail/audit', 'arn_aws_cloudtrail_eu-west-1_1_trail_audit'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['버킷\n', '_'],
  ['x'.repeat(300), 'x'.repeat(80)],
])('the file of %j lies in the folder', (id, name) => {
  const at = new Date('2026-11-22T09:08:07.654Z');
  expect(recordFile('s3-public', id, at, 'e-1')).toBe(
    join('groundrules-executions', `s3-public-${name}-20261122T090807Z-e-1.json`),
  );
});

describe('reading', () => {
  const wrong: [situation: string, content: unknown, message: RegExp][] = [
    ['no JSON', '{"rule":', /not JSON \(.*\): expected the record of a run with --apply$/],
    ['a list', [], /not the record of an execution/],
    ['null', 'null', /not the record of an execution/],
    ['something else', { schemaVersion: '1.0', results: [] }, /not the record of an execution \(rule: /],
    ['steps that are none', record({ steps: [1] }), /not the record of an execution \(steps\.0/],
    [
      'another pack’s document',
      record({ document: { name: 'AWS-StopEC2Instance' } }),
      /it is of AWS-StopEC2Instance/,
    ],
    [
      'a version of its own',
      record({ schemaVersion: '2.0' }),
      /schemaVersion is "2.0", and this build reads 1.0: undo it with the version of groundrules that wrote it/,
    ],
    ['no version', record({ schemaVersion: undefined }), /not the record of an execution \(schemaVersion: /],
    [
      'the rule of another document',
      record({ rule: 'sg-open-ports' }),
      /rule is "sg-open-ports", document.name is Groundrules-S3Public/,
    ],
    [
      'a Region that is none',
      record({ region: 'nowhere' }),
      /\(region: not an AWS Region such as us-east-1\)/,
    ],
    ['a preview', record({ parameters: { Mode: 'Preview' } }), /it is of a preview, which changed nothing/],
  ];
  test.each(wrong)('%s', async (_situation, content, message) => {
    const file = join(await folderOf({ 'r.json': content }), 'r.json');
    await expect(readRecord(file, key)).rejects.toThrow(message);
    await expect(readRecord(file, key)).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringContaining(file),
    });
  });

  test('a file that is not there, or that is a folder', async () => {
    await expect(readRecord('/nowhere.json', key)).rejects.toThrow(
      '--undo /nowhere.json: there is no such file',
    );
    await expect(readRecord('/', key)).rejects.toThrow(/EISDIR/);
  });

  test('gives back what was saved', async () => {
    const file = join(await folderOf({}), 'r.json');
    await saveRecord(file, record(), key);
    expect(await readRecord(file, key)).toEqual({
      record: { ...record(), signature: expect.objectContaining({ key: key.id }) },
    });
  });
});

describe('what a run changed', () => {
  const cases: [situation: string, step: object, counts: boolean][] = [
    ['a change', {}, true],
    [
      'one that failed: it may have had its effect',
      { status: 'Failed', failure: { stage: 'Invocation' } },
      true,
    ],
    ['one under way when the machine went', { status: 'InProgress', attempts: 0 }, true],
    ['one that was never sent', { status: 'Failed', failure: { stage: 'InputValidation' } }, false],
    ['a look', { inputs: { Service: 'sts', Api: 'GetCallerIdentity' } }, false],
    ['a look, as boto3 spells it', { inputs: { Service: 'ec2', Api: 'describe_vpcs' } }, false],
    ['the plan', { action: 'aws:invokeLambdaFunction', inputs: { InputPayload: { task: 'plan' } } }, false],
    [
      'a function that changes',
      { action: 'aws:invokeLambdaFunction', inputs: { InputPayload: { task: 'apply' } } },
      true,
    ],
  ];
  test.each(cases)('%s: %s', (_situation, more, counts) => {
    expect(changesOf(record({ steps: [step('Block', more)] }))).toHaveLength(counts ? 1 : 0);
  });
});

test('a folder that cannot be made', async () => {
  await expect(saveRecord('/dev/null/runs/one.json', record(), key)).rejects.toThrow(/ENOTDIR|EEXIST/);
});
