import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type LiveSize, liveAnswers } from './aws/live.ts';
import { lambdaEnvironment, loopbackAws } from './aws/server.ts';
import { COMMAND } from './snapshots.ts';
import { median, number, printTable } from './table.ts';

/** Milliseconds before each answer. */
const LATENCY = 20;
const ROUNDS = 3;
const RULES = ['root-mfa', 'access-key-age', 'sg-open-ports', 's3-public', 'trail-object-lock'];

type Size = Omit<LiveSize, 'block'>;
const SIZES: Readonly<Record<string, Size>> = {
  small: { buckets: 20, groups: 40, users: 20 },
  medium: { buckets: 200, groups: 500, users: 200 },
  large: { buckets: 1_000, groups: 3_000, users: 1_000 },
};

/** What each size is meant to take where the account blocks public access. */
const MEANT: Readonly<Record<string, string>> = {
  small: '0.45 s',
  medium: '0.8 s',
  large: '2.4 s, 1.8 s of processor, 1,500 calls',
};

/** `groundrules evaluate --live` of an account of two Regions, in which AWS answers each call after a fixed time. */
export async function live(): Promise<void> {
  const rows: string[][] = [];
  const apis = new Map<string, Map<string, number>>();
  for (const [name, size] of Object.entries(SIZES)) {
    for (const block of ['account', 'buckets', 'none'] as const) {
      const runs: Awaited<ReturnType<typeof run>>[] = [];
      for (let round = 0; round < ROUNDS; round++) runs.push(await run({ ...size, block }));
      const of = (figure: (one: (typeof runs)[number]) => number) => median(runs.map(figure));
      const [{ calls, failing } = { calls: new Map<string, number>(), failing: 0 }] = runs;
      const made = [...calls.values()].reduce((sum, one) => sum + one, 0);
      for (const [api, times] of calls)
        apis.set(api, (apis.get(api) ?? new Map()).set(`${name} ${block}`, times));
      rows.push([
        ...[
          name,
          block,
          number(
            of(({ seconds }) => seconds),
            2,
          ),
          number(
            of(({ processor }) => processor),
            2,
          ),
        ],
        ...[number(of(({ megabytes }) => megabytes)), number(made), number(failing)],
        block === 'account' ? (MEANT[name] ?? '') : '',
      ]);
    }
  }
  printTable(
    `groundrules evaluate --live, ${RULES.length} rules, two Regions, ${LATENCY} ms a call, median of ${ROUNDS}`,
    [
      'account',
      'blocked by',
      'seconds',
      'processor, s',
      'peak memory, MB',
      'calls',
      'non-compliant',
      'meant',
    ],
    rows,
    {
      note: 'Buckets, security groups and users: 20, 40, 20; 200, 500, 200; 1,000, 3,000, 1,000.',
      texts: [0, 1, 7],
    },
  );
  const columns = ['large account', 'large buckets', 'large none'];
  printTable(
    'Calls of the large account, by what blocks',
    ['API', 'account', 'buckets', 'none'],
    [...apis]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([api, times]) => [api, ...columns.map((one) => number(times.get(one) ?? 0))]),
  );
}

async function run(size: LiveSize) {
  const aws = await loopbackAws(0, LATENCY, liveAnswers(size));
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
  const usage = new URL('measured/usage.mjs', import.meta.url).href;
  const what = ['--live', ...RULES.flatMap((rule) => ['--rule', rule]), '--format', 'json', '--quiet'];
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', usage, resolve(COMMAND), 'evaluate', ...what], {
    cwd: folder,
    env: { ...process.env, ...lambdaEnvironment(aws.url) },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const [printed, complained, used] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    exit,
  ]);
  const seconds = (performance.now() - started) / 1000;
  const calls = new Map(aws.calls);
  await aws.close();
  await rm(folder, { recursive: true });
  if (child.exitCode !== 1 || printed === '')
    throw new Error(`${child.exitCode}: ${complained}${printed.slice(-2000)}`);
  const { summary } = JSON.parse(printed) as { summary: { nonCompliant: number } };
  const { processor, memory } = JSON.parse(used) as { processor: number; memory: number };
  return {
    seconds,
    processor: processor / 1e6,
    megabytes: memory / 1024,
    calls,
    failing: summary.nonCompliant,
  };
}
