import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { reportIn } from '../report/formats/index.ts';
import { toResult } from '../report/result.ts';
import { compliant, nonCompliant } from '../rules/judgement.ts';
import rule from '../rules/sg-open-ports/rule.ts';
import { FINDING } from './formats.ts';
import { COMMAND } from './snapshots.ts';
import { number, printTable } from './table.ts';

const RUNS = 100;
const RESULTS = 5_000;
const ACCOUNT = '111122223333';
const DAY = 86_400_000;
const MEGABYTE = 1024 * 1024;

/** `groundrules serve` with a hundred days of history: how long who opens the page waits, and what it needs of memory. */
export async function history(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-history-'));
  let server: ChildProcess | undefined;
  try {
    const runs = join(folder, 'runs');
    mkdirSync(runs);
    for (let day = 0; day < RUNS; day++) await write(join(runs, `${day}.json`), day);
    const { size } = statSync(join(runs, '0.json'));
    const start = performance.now();
    server = spawn(process.execPath, [COMMAND, 'serve', runs, '--port', '0', '--quiet']);
    const [said] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const url = said.toString().trim();
    const ready = performance.now() - start;
    const first = await ask(url);
    const whole = await untilWhole(url);
    const trend = performance.now() - start;
    const again = await ask(url);
    const unchanged = await ask(url, { 'If-None-Match': again.tag });
    await write(join(runs, `${RUNS}.json`), RUNS);
    const one = await ask(url);
    printTable(
      `groundrules serve with ${number(RUNS)} runs of ${number(RESULTS)} results (${number((RUNS * size) / MEGABYTE)} MB)`,
      ['', 'seconds', 'limit'],
      [
        ['from the command to its address: the newest run is read', number(ready / 1000, 1), '10'],
        ['the first page, while the others are read', number(first.seconds, 2), '10'],
        [`until it has the trend, loaded once a second (${whole} times)`, number(trend / 1000, 1), ''],
        ['the page, as it was made', number(again.seconds, 2), '0.2'],
        ['the page, unchanged (304)', number(unchanged.seconds, 2), '0.1'],
        ['the page after one more run', number(one.seconds, 1), '2'],
      ],
      {
        note: `The page has ${number(again.bytes / MEGABYTE, 1)} MB; the process at most ${memoryOf(server)} in memory (limit 500 MB).`,
      },
    );
  } finally {
    server?.kill('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads the page until it has the history of all runs. Gives how often. */
async function untilWhole(url: string): Promise<number> {
  for (let times = 1; ; times++) {
    if ((await (await fetch(url)).text()).includes(`${RUNS} runs, from `)) return times;
    await new Promise((settle) => setTimeout(settle, 1000));
  }
}

async function ask(url: string, headers: Record<string, string> = {}) {
  const start = performance.now();
  const response = await fetch(url, { headers });
  const bytes = (await response.arrayBuffer()).byteLength;
  return { bytes, seconds: (performance.now() - start) / 1000, tag: response.headers.get('etag') ?? '' };
}

/** The largest resident set, where the system tells it of another process. */
function memoryOf({ pid }: ChildProcess): string {
  if (process.platform !== 'linux') return 'an unknown amount';
  const [, kilobytes = ''] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return `${number(Number(kilobytes) / 1024)} MB`;
}

/** A run a day: of each three groups one passes always, one fails until its day, and one from its day on. */
async function write(file: string, day: number): Promise<void> {
  const out = createWriteStream(file);
  const report = reportIn('json', out, { colour: false, width: 140, pageText: () => '' });
  const at = new Date(Date.UTC(2026, 0, 1) + day * DAY);
  await report.begin({
    ...{ generatedAt: at, now: at, accountIds: [ACCOUNT], rules: [rule.id], sample: false, settings: null },
    controls: { judged: 1, all: 139 },
  });
  let failing = 0;
  for (let id = 0; id < RESULTS; id++) {
    const resource = {
      ...{ type: 'AWS::EC2::SecurityGroup', id: `sg-${id}`, name: `group ${id}`, region: 'us-east-1' },
    };
    const turns = id % RUNS;
    const isFailing = id % 3 === 1 ? day < turns : id % 3 === 2 && day >= turns;
    if (isFailing) failing++;
    const verdict = isFailing ? nonCompliant(resource, [FINDING]) : compliant(resource);
    await report.result(toResult(rule, ACCOUNT, verdict));
  }
  await report.end({
    ...{ compliant: RESULTS - failing, nonCompliant: failing, notApplicable: 0, errors: 0 },
    severities: { CRITICAL: 0, HIGH: failing, MEDIUM: 0, LOW: 0 },
    ...{ waived: 0, waivers: null, failing, failOn: 'LOW', onError: 'fail' },
  });
  out.end();
  await finished(out);
}
