import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordKey } from '../../../cli/remediate/key.ts';
import { type ReadRecord, readRecord } from '../../../cli/remediate/record.ts';
import { doubt, sealed } from '../../../cli/remediate/seal.ts';
import { folderOf, removeFolders } from '../../account/snapshot/support.ts';
import { note } from '../../support/figures.ts';
import { mutations } from '../../support/mutations.ts';

afterAll(removeFolders);

const key: RecordKey = { id: '0123456789abcdef', bytes: Buffer.alloc(32, 7) };
const other: RecordKey = { id: 'fedcba9876543210', bytes: Buffer.alloc(32, 8) };

/** A record as a run leaves it, with something of every type that JSON has. */
const RECORD = {
  schemaVersion: '1.0',
  rule: 'sg-open-ports',
  resourceId: 'sg-0123456789abcdef0',
  executionId: 'e7a2c0de-0000-4000-8000-000000000000',
  document: { name: 'Groundrules-SgOpenPorts', sha256: 'ab'.repeat(32) },
  region: 'ap-northeast-2',
  accountId: '123456789012',
  parameters: { GroupId: 'sg-0123456789abcdef0', Mode: 'Apply', allowedTcpPorts: '80,443', exemptTagKey: '' },
  status: 'Failed',
  startTime: '2026-11-22T09:00:00.000Z',
  endTime: '2026-11-22T09:00:09.000Z',
  steps: [
    {
      name: 'Plan',
      action: 'aws:invokeLambdaFunction',
      status: 'Success',
      attempts: 1,
      startTime: '2026-11-22T09:00:00.000Z',
      inputs: { FunctionName: 'groundrules-sg-open-ports', InputPayload: { task: 'plan', options: {} } },
      outputs: {
        Decision: 'Change',
        Before: '{"rule":"sg-open-ports","state":{"removed":[{"from":22,"to":22}]}}',
        Names: ['웹 서버', 'caf\u00e9 \ufffd'],
      },
    },
    {
      name: 'Revoke',
      action: 'aws:executeAwsApi',
      status: 'Failed',
      attempts: 3,
      startTime: '2026-11-22T09:00:01.000Z',
      inputs: { Service: 'ec2', Api: 'RevokeSecurityGroupIngress', DryRun: false, Nothing: null },
      outputs: {},
      failure: { stage: 'Invocation', type: 'Action', message: 'cut off' },
      parent: { name: 'Each', iteration: 1, iteratorValue: 22.5 },
    },
  ],
  outputs: { 'Plan.Before': '{"rule":"sg-open-ports"}', 'Report.Applied': '[]' },
  failure: { step: 'Revoke', stage: 'Invocation', type: 'Action', message: 'cut off' },
};
const TEXT = sealed(RECORD, key);

let file: string;
beforeAll(async () => {
  file = join(await folderOf({}), 'record.json');
});
/** What comes of reading it: why it is doubted, or why it is refused. */
async function said(bytes: string | Buffer, mine: RecordKey | undefined = key): Promise<string | undefined> {
  writeFileSync(file, bytes);
  try {
    const read: ReadRecord = await readRecord(file, mine);
    return read.doubt?.en;
  } catch (error) {
    // Nothing else than a refusal: a crash is none.
    expect(error).toMatchObject({ name: 'UsageError' });
    return (error as Error).message;
  }
}

test('a record as it was written is believed', async () => {
  expect(await said(TEXT)).toBeUndefined();
});

describe('a record is refused', () => {
  test('whose any field is changed, removed, added or of another type, each by its name', async () => {
    let tried = 0;
    const believed: string[] = [];
    const unnamed: string[] = [];
    for (const { path, what, value } of mutations(JSON.parse(TEXT))) {
      tried += 1;
      // As its writer would write it, so that nothing but the content is another.
      const why = await said(`${JSON.stringify(value, null, 2)}\n`);
      if (why === undefined) believed.push(`${path}: ${what}`);
      else if (!why.includes(String(path.split(/[.[]/)[0]))) unnamed.push(`${path}: ${what}: ${why}`);
    }
    expect(believed).toEqual([]);
    expect(unnamed).toEqual([]);
    expect(tried).toBeGreaterThan(800);
    note('forged', 'a record with a field changed, removed, added or of another type', {
      tried,
      believed: 0,
    });
  }, 60_000);

  test('of which any byte is another', async () => {
    const bytes = Buffer.from(TEXT);
    const believed: string[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      const bit = 1 << (at % 8);
      flipped[at] = (flipped[at] as number) ^ bit;
      if ((await said(flipped)) === undefined) believed.push(`byte ${at}, bit ${bit}`);
    }
    expect(believed).toEqual([]);
    note('forged', 'a record with a bit of each byte flipped', { tried: bytes.length, believed: 0 });
  }, 60_000);

  test('that is cut off anywhere, or goes on', async () => {
    const bytes = Buffer.from(TEXT);
    const believed: number[] = [];
    for (let end = 0; end < bytes.length; end += 7) {
      if ((await said(bytes.subarray(0, end))) === undefined) believed.push(end);
    }
    expect(believed).toEqual([]);
    for (const more of ['\n', ' ', '\u0000', '{}']) expect(await said(`${TEXT}${more}`)).toBeDefined();
  }, 60_000);

  const { signature, ...content } = JSON.parse(TEXT);
  const again = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const forged = { ...content, outputs: { ...content.outputs, 'Plan.Before': '{"rule":"s3-public"}' } };
  const cases: [situation: string, text: string, mine: RecordKey | undefined, message: RegExp][] = [
    ['without a signature', again(content), key, /^signature is missing/],
    ['whose signature is no object', again({ ...content, signature: 'x' }), key, /^signature: /],
    [
      'of another algorithm',
      again({ ...content, signature: { ...signature, algorithm: 'none' } }),
      key,
      /^signature\.algorithm: /,
    ],
    [
      'with nothing for a signature',
      again({ ...content, signature: { ...signature, value: '' } }),
      key,
      /^signature\.value: /,
    ],
    [
      'with more beside the signature',
      again({ ...content, signature: { ...signature, more: 1 } }),
      key,
      /^signature: /,
    ],
    [
      'signed with another key',
      sealed(RECORD, other),
      key,
      /^signature\.key is fedcba9876543210, yours is 0123456789abcdef/,
    ],
    [
      'signed with another key that says it is yours',
      sealed(RECORD, { ...other, id: key.id }),
      key,
      /^signature\.value /,
    ],
    ['when there is no key', TEXT, undefined, /^signature\.key is 0123456789abcdef, and you have no key/],
    [
      'whose Before is another',
      again({ ...forged, signature }),
      key,
      /^outputs\.Plan\.Before was changed since it was signed$/,
    ],
    [
      'whose Before and its hash are others',
      sealed(forged, other)
        .replace(/"value": ".*"/, `"value": "${signature.value}"`)
        .replace(other.id, key.id),
      key,
      /^signature\.value /,
    ],
    ['that is written otherwise', JSON.stringify(JSON.parse(TEXT)), key, /^line 1: the file was changed/],
    ['with other ends of lines', TEXT.replaceAll('\n', '\r\n'), key, /^line 1: the file was changed/],
    ['with a mark in front', `\ufeff${TEXT}`, key, /not JSON/],
    [
      'with a member twice',
      TEXT.replace('"status": "Failed",\n  "start', '"status": "Success",\n  "status": "Failed",\n  "start'),
      key,
      /^line \d+: the file was changed/,
    ],
    [
      'with its members in another order',
      again(Object.fromEntries([...Object.entries(content).reverse(), ['signature', signature]])),
      key,
      /^signature\.value is not of this content/,
    ],
  ];
  test.each(cases)('%s', async (_situation, text, mine, message) => {
    writeFileSync(file, text);
    const why = mine ? await said(text, mine) : (await readRecord(file, undefined)).doubt?.en;
    expect(why).toMatch(message);
  });

  test('says no more than a line of many changes', () => {
    const value = { ...content, steps: [], parameters: {}, signature };
    const why = doubt(Buffer.from(again(value)), value, key)?.en;
    expect(why).toMatch(/^parameters\.GroupId was removed, .*, and \d more since it was signed$/);
  });
});
