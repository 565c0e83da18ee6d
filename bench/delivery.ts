import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { snapshotKey } from '../test/support/delivered.ts';
import { serveBucket } from '../test/support/s3-server.ts';
import { writeConfigSnapshot } from './generate-snapshot.ts';
import { COMMAND } from './snapshots.ts';
import { number, printTable } from './table.ts';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

/** What is measured: accounts, and what each has. All but the first have more than is held of an account's files. */
const CASES = [
  { accounts: 500, groups: 100 },
  { accounts: 1, groups: 100_000 },
  { accounts: 1, groups: 1_000_000 },
  { accounts: 1, buckets: 100_000 },
];

/** `groundrules evaluate s3://…` on a bucket of this machine. */
export async function delivery(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  const rows: string[][] = [];
  for (const { accounts, groups = 0, buckets = 0 } of CASES) {
    const { seconds, megabytes, stored, lists, gets, results } = await run(folder, {
      ...{ accounts, groups, buckets },
    });
    const figures = [
      number(seconds, 1),
      number(megabytes),
      number(stored),
      number(lists),
      number(gets),
      number(results),
    ];
    const what = buckets > 0 ? `${number(buckets)} buckets` : `${number(groups)} groups`;
    rows.push([`${number(accounts)} × ${what}`, ...figures]);
  }
  printTable(
    'groundrules evaluate s3://…, sg-open-ports and s3-public, one Region',
    ['accounts × what each has', 'seconds', 'peak memory, MB', 'bucket, MB', 'lists', 'objects', 'results'],
    rows,
    { note: 'S3 answers at once, from another process. From the start of the command to its end.' },
  );
}

async function run(
  folder: string,
  { accounts, groups, buckets }: Readonly<Record<'accounts' | 'groups' | 'buckets', number>>,
) {
  const server = await serveBucket('logs');
  const at = '2026-11-28T02:00:00Z';
  let stored = 0;
  for (let index = 0; index < accounts; index++) {
    const account = String(Number(ACCOUNT) + index);
    const file = join(folder, 'snapshot.json.gz');
    await writeConfigSnapshot(file, {
      securityGroups: groups,
      buckets,
      accountId: account,
      region: REGION,
      seed: index + 1,
    });
    const bytes = await readFile(file);
    stored += bytes.length / 1024 ** 2;
    server.objects.set(snapshotKey({ account, region: REGION, at }), bytes);
  }
  const where = await mkdtemp(join(folder, 'run-'));
  const memory = new URL('measured/memory.mjs', import.meta.url).href;
  const rules = ['--rule', buckets > 0 ? 's3-public' : 'sg-open-ports'];
  const args = ['s3://logs', ...rules, '--now', '2026-11-28T12:00:00Z', '--format', 'json'];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      memory,
      resolve(COMMAND),
      'evaluate',
      ...args,
      '--output',
      'results.json',
      '--exit-zero',
      '--quiet',
    ],
    {
      cwd: where,
      env: {
        ...process.env,
        ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: REGION },
        ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
      },
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    },
  );
  const [kilobytes, [status]] = await Promise.all([text(child.stdio[3] as Readable), once(child, 'exit')]);
  const seconds = (performance.now() - started) / 1000;
  const asked = server.asked.map((one) => one.split(' ')[0]);
  await server.stop();
  if (status !== 0) throw new Error(`groundrules evaluate ended with ${status}`);
  let results = 0;
  // One result a line: the whole of a million is no text for JSON.parse.
  for await (const line of createInterface({ input: createReadStream(join(where, 'results.json')) })) {
    if (/^\s*\{"rule":/.test(line)) results++;
  }
  await rm(where, { recursive: true });
  return {
    ...{ seconds, stored, megabytes: Number(kilobytes) / 1024, results },
    lists: asked.filter((one) => one === 'LIST').length,
    gets: asked.filter((one) => one === 'GET').length,
  };
}
