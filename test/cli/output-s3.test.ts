/** `--output s3://…` against a server that answers as S3 does; test/integration/collect.test.ts puts into moto. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import os from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { partsOf, putReport } from '../../cli/evaluate/put.ts';
import type { Signal } from '../../cli/program/world.ts';
import { FORMAT_FILES, FORMAT_NAMES } from '../../report/formats/names.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { type Loopback, serve } from '../support/loopback.ts';
import { call, worldOf } from './support.ts';

interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: string;
  readonly type: string | undefined;
  readonly region: string | undefined;
  readonly text: string;
}
type Answer = (asked: Asked, outgoing: ServerResponse) => void;

let server: Loopback;
let asked: Asked[];
let answers: Answer[];
const before = { ...process.env };
beforeAll(async () => {
  server = await serve(async (incoming: IncomingMessage, outgoing) => {
    const one: Asked = {
      ...{ method: incoming.method, path: String(incoming.url).replace(/\?.*/, '') },
      query: String(incoming.url).replace(/^[^?]*\??/, ''),
      type: incoming.headers['content-type'],
      region: /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(incoming.headers.authorization))?.[1],
      text: await textOf(incoming),
    };
    asked.push(one);
    (answers.shift() ?? taken)(one, outgoing);
  });
});
beforeEach(() => {
  [asked, answers] = [[], []];
  const own = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, own);
  jest.restoreAllMocks();
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await server?.stop();
  await removeFolders();
});

const taken: Answer = (_, outgoing) => outgoing.writeHead(200, { ETag: '"x"' }).end();
const refused =
  (status: number, code: string, message: string, headers = {}): Answer =>
  (_, outgoing) =>
    outgoing
      .writeHead(status, { 'content-type': 'application/xml', ...headers })
      .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);

/** A new folder for temporary files: a test's own TMPDIR does not say where it is. */
async function useTemporaryFolder(): Promise<string> {
  const folder = await folderOf({});
  jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
  return folder;
}

async function put(output: string, format = 'json', more: object = {}) {
  const { world } = worldOf();
  const options = { sample: true, rule: 'root-mfa', format, output, endpointUrl: server.endpoint, ...more };
  return call('evaluate', [], options, world);
}
/** What was sent, whatever the SDK has put around it. */
const contentOf = ({ text }: Asked) => text.replace(/^[0-9a-f]+\r\n|\r\n0\r\n[\s\S]*$/g, '');

test('a report is put whole, in one piece, with its content type', async () => {
  expect(await put('s3://reports/today/root.json')).toBe(1);
  expect(asked).toMatchObject([
    { method: 'PUT', path: '/reports/today/root.json', type: 'application/json' },
  ]);
  expect(JSON.parse(contentOf(asked[0] as Asked))).toMatchObject({
    schemaVersion: '1.0',
    rules: ['root-mfa'],
  });
});

test.each([
  ['s3://reports', 'csv', ['/reports/results.csv']],
  ['s3://reports/a b/', 'html', ['/reports/a%20b/results.html']],
  ['s3://reports/x', 'json,csv', ['/reports/x/results.json', '/reports/x/results.csv']],
  ['s3://reports/한글/', 'junit', ['/reports/%ED%95%9C%EA%B8%80/results.junit.xml']],
])('%s as %s', async (output, format, paths) => {
  await put(output, format);
  expect(asked.map(({ path }) => path)).toEqual(paths);
});

test('every format has a type, and none is empty', async () => {
  await put('s3://reports/all/', FORMAT_NAMES.join(','));
  expect(asked.map(({ path }) => path)).toEqual(
    FORMAT_NAMES.map((name) => `/reports/all/${FORMAT_FILES[name]}`),
  );
  for (const { type, text } of asked)
    expect([type, text.length > 10]).toEqual([expect.stringMatching(/^\w+\//), true]);
});

test('a comparison goes there, too', async () => {
  const results = join(await folderOf({}), 'results.json');
  await call('evaluate', [], { sample: true, rule: 'root-mfa', format: 'json', output: results });
  const options = { output: 's3://reports/week/', format: 'sarif', endpointUrl: server.endpoint };
  expect(await call('compare', [results, results], options)).toBe(0);
  expect(asked.map(({ path, type }) => [path, type])).toEqual([
    ['/reports/week/comparison.sarif', 'application/sarif+json'],
  ]);
});

test('a bucket of another Region is asked there, from the start', async () => {
  answers = [refused(301, 'PermanentRedirect', 'elsewhere', { 'x-amz-bucket-region': 'eu-west-1' })];
  await put('s3://reports/a.json');
  expect(asked.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1']);
  expect(JSON.parse(contentOf(asked[1] as Asked)).rules).toEqual(['root-mfa']);
});

test('what passes by itself is tried again, with the whole report', async () => {
  answers = [refused(503, 'SlowDown', 'slow down')];
  await put('s3://reports/a.json');
  expect(asked).toHaveLength(2);
  expect(contentOf(asked[1] as Asked)).toBe(contentOf(asked[0] as Asked));
});

describe('where it cannot be put, the error says what to do, and the report is kept for its user alone:', () => {
  test.each([
    [
      'no bucket',
      refused(404, 'NoSuchBucket', 'gone'),
      /--output s3:\/\/reports\/a\.json: there is no bucket reports \(NoSuchBucket\)/,
    ],
    [
      'denied',
      refused(403, 'AccessDenied', 'Access Denied'),
      /access denied \(Access Denied\)\. Allow s3:PutObject on arn:aws:s3:::reports\/a\.json/,
    ],
    [
      'too large',
      refused(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum'),
      /exceeds the maximum/,
    ],
    ['expired credentials', refused(400, 'ExpiredToken', 'expired'), /AWS did not accept the credentials/],
  ])('%s', async (_, answer, message) => {
    answers = [answer];
    await useTemporaryFolder();
    const error = (await put('s3://reports/a.json').catch((thrown: Error) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'Usage', message: expect.stringMatching(message) });
    const [, folder = ''] = /What was written is in (\S+)$/.exec(error.message) ?? [];
    expect(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')).rules).toEqual(['root-mfa']);
    expect(asked).toHaveLength(1);
  });
});

test('nothing is put, and nothing stays, where judging fails or all went well', async () => {
  const folder = await useTemporaryFolder();
  await expect(
    put('s3://reports/a.json', 'json', { sample: undefined, live: undefined, config: 'no.json' }),
  ).rejects.toThrow();
  await expect(
    call('evaluate', ['nowhere'], {
      format: 'json',
      output: 's3://reports/a.json',
      endpointUrl: server.endpoint,
    }),
  ).rejects.toThrow();
  expect(asked).toEqual([]);
  await put('s3://reports/a.json');
  expect(os.tmpdir).toHaveBeenCalled();
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync('s3:')).toBe(false);
});

test.each([
  ['', {}],
  [', with a history, which has the run', { history: 'runs' }],
])('a signal while a report is put ends it, and the report stays where it was written%s', async (_, more) => {
  const folder = await useTemporaryFolder();
  const history = 'history' in more ? join(await folderOf({}), more.history) : undefined;
  const takers = new Set<(signal: Signal) => void>();
  const { world, notes } = worldOf({
    onInterrupt: (_, take) => {
      takers.add(take);
      return () => takers.delete(take);
    },
  });
  answers = [
    () => {
      for (const take of takers) take('SIGTERM');
    },
  ];
  const options = {
    format: 'json,csv',
    output: 's3://reports/',
    rule: ['root-mfa'],
    endpointUrl: server.endpoint,
  };
  await expect(call('evaluate', [], { ...options, sample: true, history }, world)).rejects.toThrow(
    'the process would end with 143',
  );
  expect(asked).toMatchObject([{ method: 'PUT', path: '/reports/results.json' }]);
  const [written = ''] = readdirSync(folder);
  expect(notes).toContain(
    `--output s3://reports/results.json: interrupted. What was written is in ${join(folder, written)}`,
  );
  expect(readdirSync(join(folder, written)).sort()).toEqual(['results.csv', 'results.json']);
  expect(takers.size).toBe(0);
  if (history !== undefined) expect(readdirSync(history)).toEqual([expect.stringMatching(/^\d.*\.json$/)]);
});

test.each(['s3:', 's3://', 's3:///key', 's3://B/key', 's3:/reports/x', 'S3://reports/x'])(
  '%s names no bucket',
  async (output) => {
    await expect(put(output)).rejects.toThrow(/expected s3:\/\/bucket\/prefix\//);
    expect(asked).toEqual([]);
  },
);

test('commands that write folders refuse it', async () => {
  await expect(call('collect', [], { output: 's3://reports/' })).rejects.toThrow(/aws s3 sync/);
});

describe('in parts', () => {
  const xml =
    (body: string): Answer =>
    (_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
  const begun = xml('<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
  const done = xml('<CompleteMultipartUploadResult><ETag>"all"</ETag></CompleteMultipartUploadResult>');
  const part =
    (number: number): Answer =>
    (_, outgoing) =>
      outgoing.writeHead(200, { ETag: `"part-${number}"` }).end();
  const abort: Answer = (_, outgoing) => outgoing.writeHead(204).end();
  const CONTENT = `${'a'.repeat(100)}${'b'.repeat(100)}${'c'.repeat(50)}`;
  const putParts = async (signal?: AbortSignal) => {
    const file = join(await folderOf({ 'x.json': CONTENT }), 'x.json');
    const upload = { bucket: 'reports', key: 'x.json', file, contentType: 'application/json' };
    return putReport(
      upload,
      { endpointUrl: server.endpoint },
      { atOnce: 249, part: 100, ...(signal && { signal }) },
    );
  };
  const said = () => asked.map(({ method, query }) => `${method} ${query.replace(/&?x-id=\w+/, '')}`);
  const PARTS = [1, 2, 3].map((number) => `PUT partNumber=${number}&uploadId=u1`);

  test('what is too large for one piece is put, each part once, and then made one', async () => {
    answers = [begun, part(1), refused(503, 'SlowDown', 'slow down'), part(2), part(3), done];
    await putParts();
    expect(said()).toEqual([
      'POST uploads=',
      ...[PARTS[0], PARTS[1], PARTS[1], PARTS[2]],
      'POST uploadId=u1',
    ]);
    expect([1, 3, 4].map((at) => contentOf(asked[at] as Asked)).join('')).toBe(CONTENT);
    expect(asked[0]?.type).toBe('application/json');
    const order = [...(asked[5]?.text ?? '').matchAll(/(?:<PartNumber>|part-)(\d+)/g)].map(([, one]) => one);
    expect(order.sort()).toEqual(['1', '1', '2', '2', '3', '3']);
  });

  test('a failure midway takes away what is there, and says what failed', async () => {
    answers = [begun, part(1), refused(403, 'AccessDenied', 'Access Denied'), abort];
    await expect(putParts()).rejects.toThrow(
      /^--output s3:\/\/reports\/x\.json: .*access denied \(Access Denied\)\. Allow s3:PutObject(?!.*Parts of it)/,
    );
    expect(said()).toEqual(['POST uploads=', PARTS[0], PARTS[1], 'DELETE uploadId=u1']);
  });

  describe('an interruption', () => {
    const stop = new Error('interrupted');
    const interrupting =
      (control: AbortController, answer: Answer | undefined): Answer =>
      (one, outgoing) => {
        control.abort(stop);
        answer?.(one, outgoing);
      };
    const TAKEN_AWAY = /^--output s3:\/\/reports\/x\.json: interrupted$/;

    test.each<[string, (control: AbortController) => Answer[], asked: string[]]>([
      [
        'while a part is on its way',
        (control) => [begun, part(1), interrupting(control, undefined), abort],
        ['POST uploads=', PARTS[0] as string, PARTS[1] as string, 'DELETE uploadId=u1'],
      ],
      [
        'while S3 is too busy for a part',
        (control) => [begun, interrupting(control, refused(503, 'SlowDown', 'slow down')), abort],
        ['POST uploads=', PARTS[0] as string, 'DELETE uploadId=u1'],
      ],
      [
        'while S3 begins: nothing has its id until it has answered',
        (control) => [interrupting(control, begun), abort],
        ['POST uploads=', 'DELETE uploadId=u1'],
      ],
    ])('%s takes away what is there', async (_situation, answersOf, expected) => {
      const control = new AbortController();
      answers = answersOf(control);
      await expect(putParts(control.signal)).rejects.toMatchObject({
        code: 'Usage',
        message: expect.stringMatching(TAKEN_AWAY),
      });
      expect(said()).toEqual(expected);
    });

    test('while the parts become one lets them', async () => {
      const control = new AbortController();
      answers = [begun, part(1), part(2), part(3), interrupting(control, done)];
      await putParts(control.signal);
      expect(said().at(-1)).toBe('POST uploadId=u1');
    });

    test('before anything has begun asks nothing', async () => {
      await expect(putParts(AbortSignal.abort(stop))).rejects.toThrow(TAKEN_AWAY);
      expect(asked).toEqual([]);
    });
  });

  test('a failure that S3 says with status 200, when the parts become one, is tried again', async () => {
    const failed = xml('<Error><Code>InternalError</Code><Message>try again</Message></Error>');
    answers = [begun, part(1), part(2), part(3), failed, done];
    await putParts();
    expect(said().slice(4)).toEqual(['POST uploadId=u1', 'POST uploadId=u1']);
  });

  test('where it cannot be taken away, the error says how', async () => {
    const denied = refused(403, 'AccessDenied', 'Access Denied');
    answers = [begun, denied, denied];
    await expect(putParts()).rejects.toThrow(
      /Parts of it are in the bucket.*abort-multipart-upload --bucket reports --key 'x\.json' --upload-id u1/,
    );
  });

  test.each([
    [6 * 1024 ** 3, 64 * 1024 ** 2, 96],
    [5 * 1024 ** 4, 549_755_814, 10_000],
  ])('%d bytes are parts of at most %d', (size, longest, count) => {
    const parts = partsOf(size, 64 * 1024 ** 2);
    expect([parts.length, Math.max(...parts.map(({ length }) => length))]).toEqual([count, longest]);
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(size);
    expect(parts.every(({ start }, at) => at === 0 || start === (parts[at - 1]?.start ?? 0) + longest)).toBe(
      true,
    );
  });
});
