import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { World } from '../../cli/program/world.ts';
import { PageMaker, sourcesOf } from '../../cli/serve/page.ts';
import { policy } from '../../report/formats/html/page.ts';
import type { Results } from '../../report/schema.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call, worldOf } from './support.ts';

jest.setTimeout(60_000);
const serving: Serving[] = [];
afterEach(async () => {
  for (const one of serving.splice(0)) await one.end();
});
afterAll(removeFolders);

interface Serving {
  readonly url: URL;
  readonly notes: readonly string[];
  /** Ctrl-C; gives the exit status. */
  end(): Promise<number>;
}

/** Serves, until the end of the test. */
async function served(
  args: readonly string[],
  options: object = {},
  own: Partial<World> = {},
): Promise<Serving> {
  let interrupt: (signal: 'SIGINT') => void = () => {};
  let said: (text: string) => void = () => {};
  const url = new Promise<string>((settle) => {
    said = settle;
  });
  const { world, notes } = worldOf({
    print: (text) => said(text),
    onInterrupt: (_, take) => {
      interrupt = take;
      return () => {};
    },
    ...own,
  });
  const ended = call('serve', args, { port: '0', ...options }, world);
  const one = {
    url: new URL((await Promise.race([url, ended.then(() => '')])).trim()),
    notes,
    end: () => {
      interrupt('SIGINT');
      return ended;
    },
  };
  serving.push(one);
  return one;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function ask(
  { url }: Serving,
  { path = '/', method = 'GET', headers = {} }: { path?: string; method?: string; headers?: object } = {},
): Promise<Answer> {
  return new Promise((settle, fail) => {
    const { hostname: host, port } = url;
    const asked = request({ host, port, path, method, headers: { ...headers }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => settle({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', fail).end();
  });
}

let sample: Results;
/** The results of the sample, changed, in a file; of the time that is said. */
async function results(
  change: (all: Results) => Results = (all) => all,
  folder?: string,
  name = 'results.json',
) {
  if (!sample) {
    const file = join(await folderOf({}), 'sample.json');
    await call('evaluate', [], { sample: true, config: false, format: 'json', output: file });
    sample = JSON.parse(readFileSync(file, 'utf8')) as Results;
  }
  const file = join(folder ?? (await folderOf({})), name);
  writeFileSync(`${file}.part`, JSON.stringify(change(structuredClone(sample))));
  renameSync(`${file}.part`, file);
  return file;
}

/** So many days before the sample, with all that is COMPLIANT now failing, or as it is. */
const earlier =
  (days: number, isWorse = true) =>
  (all: Results): Results => {
    const back = (time: string) => new Date(Date.parse(time) - days * 86_400_000).toISOString();
    return {
      ...all,
      generatedAt: back(all.generatedAt),
      now: all.now && back(all.now),
      ...(all.inputs && { inputs: all.inputs.map((input) => ({ ...input, asOf: back(input.asOf) })) }),
      results: all.results.map((one) =>
        isWorse && one.compliance === 'COMPLIANT' ? { ...one, compliance: 'NON_COMPLIANT' } : one,
      ),
    };
  };

describe('the page', () => {
  test('is the report of the results, as evaluate --format html makes it', async () => {
    const file = await results();
    const html = join(await folderOf({}), 'report.html');
    await call('evaluate', [], { sample: true, config: false, format: 'html', output: html });
    const { text } = await ask(await served([file]));
    // But for the time at which each was made, and the order of its rows: a file has what could not be judged at its end.
    const mainOf = (page: string) =>
      (/<main>.*<\/main>/s.exec(page)?.[0] ?? '').replace(/<time datetime="[^"]*">[^<]*<\/time>/g, '');
    const made = readFileSync(html, 'utf8');
    expect(mainOf(text).length).toBeGreaterThan(50_000);
    expect(mainOf(text) === mainOf(made)).toBe(true);
    expect(text.length).toBe(made.length);
    expect(text).not.toContain('id="history"');
  });

  test('has the history of the folder, and names what it cannot read', async () => {
    const folder = await folderOf({});
    const file = await results();
    await results(earlier(14), folder, 'first.json');
    writeFileSync(join(folder, 'second.json.gz'), gzipSync(readFileSync(await results(earlier(7)))));
    writeFileSync(join(folder, 'broken.json'), '{"schemaVersion":"1.0",');
    await results((all) => ({ ...all, schemaVersion: '2.0' as never }), folder, 'newer.json');
    await results(
      (all) => ({ ...all, results: [{ ...all.results[0], severity: 'BAD' } as never] }),
      folder,
      'odd.json',
    );
    writeFileSync(join(folder, 'notes.txt'), 'nothing');
    const { text } = await ask(await served([file], { history: folder }));
    expect(text).toContain('id="history"');
    expect(text).toContain('3 runs, from 2026-11-06 to 2026-11-20.');
    expect(text).toContain('3 files could not be read');
    expect(text).toMatch(/broken\.json<\/span> the text ends/);
    expect(text).toMatch(/newer\.json<\/span> schemaVersion: 2\.0/);
    expect(text).toMatch(/odd\.json<\/span> results\.0\.severity: /);
    expect(text).not.toContain('notes.txt');
  });

  test('is of the newest run where a folder is served, and in Korean where that is asked for', async () => {
    const folder = await folderOf({});
    await results(earlier(7), folder, 'z-earlier.json');
    await results((all) => all, folder, 'a-later.json');
    const { text } = await ask(await served([folder], { lang: 'ko' }));
    expect(text).toContain('<html lang="ko">');
    expect(text).toContain('실행 2회');
    expect((await ask(await served([folder], { history: false }))).text).not.toContain('id="history"');
  });

  test('shows a new run, a changed file and one that is gone without a restart', async () => {
    const folder = await folderOf({});
    const file = await results();
    const one = await served([file], { history: folder });
    expect((await ask(one)).text).toContain('The history begins with this run');
    await results(earlier(7), folder, 'new.json');
    expect((await ask(one)).text).toContain('2 runs, from 2026-11-13');
    await results(earlier(9), folder, 'new.json');
    expect((await ask(one)).text).toContain('2 runs, from 2026-11-11');
    rmSync(join(folder, 'new.json'));
    expect((await ask(one)).text).toContain('The history begins with this run');
    // The results themselves.
    writeFileSync(file, '{"schemaVersion":"1.0","results":[]');
    const broken = await ask(one);
    expect([broken.status, broken.headers['content-type']]).toEqual([500, 'text/plain; charset=utf-8']);
    expect(broken.text).toContain(`${file}: the text ends`);
    await results((all) => ({ ...all, sample: false }), join(file, '..'));
    expect((await ask(one)).text).not.toContain('sample accounts that come with Groundrules');
  });

  test('is there before a large history was read, says so, and shows no trend until all of it was', async () => {
    const folder = await folderOf({});
    const pad = ' '.repeat(9 * 1024 * 1024);
    // The newest has the name that is read last, and its time in its beginning alone.
    await results(earlier(7), folder, 'b.json');
    for (const name of ['a.json', 'c.json']) {
      const file = await results(earlier(name === 'a.json' ? 14 : 0, false), folder, name);
      writeFileSync(file, readFileSync(file, 'utf8').replace(/}$/, `${pad}}`));
    }
    const { world } = worldOf();
    const maker = new PageMaker(sourcesOf(folder, undefined, undefined), world);
    const text = async () => (await maker.page()).body.toString();
    const first = await text();
    expect(first).toContain('2 of 3 runs had not been read when this page was made');
    expect(first).toMatch(/<time datetime="2026-11-20/);
    expect(first).not.toMatch(/3 runs, from|class="trend/);
    while (maker.isReading()) await new Promise((settle) => setTimeout(settle, 20));
    expect(await text()).toContain('3 runs, from 2026-11-06 to 2026-11-20.');
    await maker.close();
  });

  test('says what has changed since a baseline', async () => {
    const baseline = await results(earlier(7));
    const { text } = await ask(await served([await results()], { baseline }));
    expect(text).toMatch(/change-fixed"><strong>[1-9]/);
  });

  test('is made of a file of before there were waivers by tag, too', async () => {
    const waivers = { file: 'groundrules.waivers.yaml', expired: [], expiring: [], unused: [] };
    const file = await results((all) => ({ ...all, summary: { ...all.summary, waivers: waivers as never } }));
    expect((await ask(await served([file]))).status).toBe(200);
  });

  test('is asked for by several at once, and made once', async () => {
    const one = await served([await results()]);
    const answers = await Promise.all([1, 2, 3].map(() => ask(one)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
});

describe('the server', () => {
  // Of those that only ask: one is enough.
  let one: Serving;
  beforeAll(async () => {
    one = await served([await results()]);
    serving.pop();
  });
  afterAll(() => one.end());

  test('sends what keeps the page to itself', async () => {
    const { status, headers } = await ask(one);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policy()}; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('answers 304 until something has changed', async () => {
    const file = await results();
    const other = await served([file]);
    const { headers } = await ask(other);
    const tag = headers.etag as string;
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await ask(other, { headers: { 'If-None-Match': known } });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
    }
    expect((await ask(other, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
    await results(earlier(1), join(file, '..'));
    const changed = await ask(other, { headers: { 'If-None-Match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(tag);
  });

  test('HEAD has the headers of GET, and nothing else', async () => {
    const [head, get] = [await ask(one, { method: 'HEAD' }), await ask(one)];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.etag).toBe(get.headers.etag);
    expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(get.text));
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    const { status, headers } = await ask(one, { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test.each([
    '/results.json',
    '/../results.json',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/groundrules-history/',
    'http://127.0.0.1/etc/passwd',
    '*',
    '/.',
    '/\\..\\x',
  ])('%s is nothing that is there', async (path) => {
    const { status, text } = await ask(one, { path });
    expect([status, text]).toEqual([404, 'There is one page here: /\n']);
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    'localhost',
    'localhost:1',
    '127.0.0.1:1',
    '[::1]:PORT',
    '169.254.169.254:PORT',
  ])('a page of %s that leads here gets nothing', async (host) => {
    const { status, text } = await ask(one, { headers: { Host: host.replace('PORT', one.url.port) } });
    expect(status).toBe(421);
    expect(text).not.toContain('html');
  });

  test('who names no host gets nothing', async () => {
    const { url } = one;
    const socket = connect(Number(url.port), url.hostname).end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 421 /);
  });

  test('localhost is this machine too, in any letter case', async () => {
    expect((await ask(one, { headers: { Host: `LocalHost:${one.url.port}` } })).status).toBe(200);
    expect(one.url.hostname).toBe('127.0.0.1');
  });

  test('ends with 0 by Ctrl-C, and nobody is answered any more', async () => {
    const other = await served([await results()]);
    expect(await other.end()).toBe(0);
    await expect(ask(other)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('takes the next port where the usual one is in use, and says so of one that was asked for', async () => {
    const file = await results();
    const [first, second] = [
      await served([file], { port: undefined }),
      await served([file], { port: undefined }),
    ];
    expect(second.url.port).not.toBe(first.url.port);
    await expect(served([file], { port: first.url.port })).rejects.toThrow(
      `--port ${first.url.port}: it is in use`,
    );
  });
});

describe('a wrong call:', () => {
  const cases: [string, () => Promise<string[]> | string[], object, RegExp][] = [
    ['a file that is not there', () => ['no.json'], {}, /^no\.json: there is no such file$/],
    ['standard input', () => ['-'], {}, /give a file/],
    ['nothing to show', () => [], { history: false }, /there is nothing to show/],
    [
      'a history that is not there',
      () => [],
      { history: 'no-folder' },
      /--history no-folder: there is no such folder/,
    ],
    ['a folder without results', async () => [await folderOf({})], {}, /there are no results in it/],
    ['something else', () => ['package.json'], {}, /package\.json: results: there is none; expected what/],
    [
      'a field that is wrong',
      async () => [await results((all) => ({ ...all, rules: 'all' as never }))],
      {},
      /: rules: /,
    ],
    [
      'a field of a result that is wrong',
      async () => [
        await results((all) => ({
          ...all,
          results: [all.results[0], { ...all.results[1], page: 7 }] as never,
        })),
      ],
      {},
      /: results\.1\.page: /,
    ],
    [
      'errors that are none',
      async () => [await results((all) => ({ ...all, errors: {} as never }))],
      {},
      /: errors: expected an array/,
    ],
    [
      'a baseline that is none',
      async () => [await results()],
      { baseline: 'package.json' },
      /package\.json: /,
    ],
    ['a port that is none', () => ['x'], { port: '80a' }, /--port 80a: expected a number/],
    ['a port beyond the last', () => ['x'], { port: '65536' }, /--port 65536: expected a number/],
  ];
  test.each(cases)('%s', async (_, args, options, message) => {
    await expect(served(await args(), options)).rejects.toThrow(message);
  });
});

describe('evaluate --history', () => {
  const evaluated = (history: string, more: object = {}, own: Partial<World> = {}) =>
    call('evaluate', [], { sample: true, config: false, history, ...more }, worldOf(own).world);
  const now = () => new Date('2026-11-28T22:26:18.123Z');

  test('keeps what --format json prints, under the time, for its owner alone', async () => {
    const folder = join(await folderOf({}), 'deep', 'groundrules-history');
    const output = join(await folderOf({}), 'results.json');
    await evaluated(folder, { format: 'json', output }, { now });
    expect(readdirSync(folder)).toEqual(['2026-11-28T22-26-18Z.json']);
    expect(readFileSync(join(folder, '2026-11-28T22-26-18Z.json'), 'utf8')).toBe(
      readFileSync(output, 'utf8'),
    );
  });

  test('several in one second each have a file', async () => {
    const folder = await folderOf({});
    await Promise.all([1, 2, 3].map(() => evaluated(folder, {}, { now })));
    expect(readdirSync(folder).sort()).toEqual([
      '2026-11-28T22-26-18Z-2.json',
      '2026-11-28T22-26-18Z-3.json',
      '2026-11-28T22-26-18Z.json',
    ]);
  });

  test('a run that failed leaves nothing', async () => {
    const folder = await folderOf({});
    const failing = call('evaluate', ['no-such-folder'], { history: folder }, worldOf().world);
    await expect(failing).rejects.toThrow('no-such-folder');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('puts the history into the page, the run itself in it once', async () => {
    const folder = await folderOf({});
    await results(earlier(7), folder, 'earlier.json');
    const output = join(await folderOf({}), 'report.html');
    for (const runs of [2, 2]) {
      await evaluated(folder, { format: 'html', output });
      expect(readFileSync(output, 'utf8')).toContain(`${runs} runs, from 2026-11-13 to 2026-11-20.`);
      // Only of the earlier one: both of now are of the same time and the same accounts.
      for (const name of readdirSync(folder)) if (name !== 'earlier.json') rmSync(join(folder, name));
    }
  });

  test('says what is wrong with the folder', async () => {
    const file = join(await folderOf({ x: 'y' }), 'x');
    await expect(evaluated(file)).rejects.toThrow(`--history ${file}: `);
  });
});

test('a link that leads out of the history is named, and not followed', async () => {
  const folder = await folderOf({});
  symlinkSync(await results(earlier(7)), join(folder, 'link.json'));
  mkdirSync(join(folder, 'folder.json'));
  const { text } = await ask(await served([await results()], { history: folder }));
  expect(text).toMatch(/link\.json<\/span> a link that leads out/);
  expect(text).toMatch(/folder\.json<\/span> a folder, where a file is expected/);
});
