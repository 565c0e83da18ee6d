import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Results } from '../report/schema.ts';
import { startOrganization } from './aws/organization.ts';
import { COMMAND } from './snapshots.ts';
import { number, printTable } from './table.ts';

const SIZES = [250, 1_000, 4_000];

/** `groundrules evaluate --organization` of accounts that answer at once: what is left is the command's own. */
export async function organization(): Promise<void> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    const { seconds, processor, megabytes, calls, failing } = await judgeOrganization(size);
    const figures = [seconds, size / seconds, (processor / size) * 1000, megabytes];
    rows.push([number(size), ...figures.map((one) => number(one, 1)), number(calls), number(failing)]);
  }
  printTable(
    'groundrules evaluate --organization, one rule, one Region, as many accounts at a time as bring more answers',
    [
      'accounts',
      'seconds',
      'a second',
      'processor, ms an account',
      'peak memory, MB',
      'calls',
      'non-compliant',
    ],
    rows,
    { note: 'AWS answers at once, in another process; an account here has one security group.' },
  );
}

/** Runs the command over so many accounts, in a process of its own. */
export async function judgeOrganization(size: number) {
  const aws = await startOrganization(size);
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
  const usage = new URL('measured/usage.mjs', import.meta.url).href;
  const what = ['--organization', '--rule', 'sg-open-ports', '--region', 'us-east-1', '--format', 'json'];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', usage, resolve(COMMAND), 'evaluate', ...what, '--quiet'],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...{ AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: 'us-east-1' },
        ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  const exit = once(child, 'exit');
  const [printed, complained, used] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    exit,
  ]);
  const seconds = (performance.now() - started) / 1000;
  aws.close();
  await rm(folder, { recursive: true });
  if (child.exitCode !== 1 || printed === '') throw new Error(complained);
  const { summary, results } = JSON.parse(printed) as Results;
  const { processor, memory } = JSON.parse(used) as { processor: number; memory: number };
  return {
    ...{ seconds, processor: processor / 1e6, megabytes: memory / 1024 },
    ...{ calls: aws.calls(), failing: summary.nonCompliant },
    accountIds: results.map(({ accountId }) => accountId),
  };
}
