import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Summary } from '../report/result.ts';
import { writeConfigSnapshot } from './generate-snapshot.ts';
import { number, printTable, ratio } from './table.ts';

export const COMMAND = 'dist/cli/groundrules.mjs';
const HUNDRED_THOUSAND = 100_000;
const MILLION = 1_000_000;
/** Of the hundred thousand. */
const LIMITS = { seconds: 6, megabytes: 500 };

interface Measured {
  readonly groups: number;
  readonly fileMegabytes: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly results: number;
  readonly errors: number;
}

/** `groundrules evaluate` on AWS Config snapshots of a hundred thousand and a million security groups. */
export async function snapshots(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
  // Whoever has seen enough presses Ctrl+C: a gigabyte must not stay behind.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));

  const hundred = await run(folder, HUNDRED_THOUSAND);
  const million = await run(folder, MILLION);
  printTable(
    'groundrules evaluate on an AWS Config snapshot of security groups (.json.gz, --format json)',
    ['', 'seconds', 'peak memory, MB', 'groups a second', 'file, MB', 'results', 'errors'],
    [
      cells(hundred),
      ['limit', number(LIMITS.seconds), number(LIMITS.megabytes)],
      ['of limit', ratio(hundred.seconds, LIMITS.seconds), ratio(hundred.megabytes, LIMITS.megabytes)],
      cells(million),
      ['to the first', ratio(million.seconds, hundred.seconds), ratio(million.megabytes, hundred.megabytes)],
    ].map((row) => [...row, '', '', '', ''].slice(0, 7)),
    {
      note: 'From the start of the process to its end; memory is the resident set at its largest. 1 MB is 1,048,576 bytes.',
    },
  );
}

const cells = ({ groups, seconds, megabytes, fileMegabytes, results, errors }: Measured) => [
  `${number(groups)} groups`,
  number(seconds, 1),
  number(megabytes),
  number(groups / seconds),
  number(fileMegabytes),
  number(results),
  number(errors),
];

async function run(folder: string, groups: number): Promise<Measured> {
  const file = join(folder, `${groups}.json.gz`);
  const output = join(folder, `${groups}.results.json`);
  await writeConfigSnapshot(file, { securityGroups: groups });
  const { size } = await stat(file);
  const { seconds, megabytes } = await runEvaluate(file, output);
  const { errors, compliant, nonCompliant, notApplicable } = await summaryOf(output);
  await Promise.all([rm(file), rm(output)]);
  const results = compliant + nonCompliant + notApplicable;
  return { groups, fileMegabytes: size / 1024 ** 2, seconds, megabytes, results, errors };
}

async function runEvaluate(file: string, output: string) {
  const args = [COMMAND, 'evaluate', file, '--format', 'json', '--output', output, '--exit-zero'];
  const memory = new URL('measured/memory.mjs', import.meta.url).href;
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', memory, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const [kilobytes, [status]] = await Promise.all([text(child.stdio[3] as Readable), once(child, 'exit')]);
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`groundrules evaluate ended with ${status}`);
  return { seconds, megabytes: Number(kilobytes) / 1024 };
}

/** The report's last line has the numbers; a million results before it need not be read for them. */
async function summaryOf(output: string): Promise<Summary> {
  const file = await open(output);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 4096);
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
    const [, summary] = /"summary":(\{(?:[^{}]|\{[^{}]*\})*\})/.exec(buffer.toString()) ?? [];
    if (!summary) throw new Error(`${output} has no summary`);
    return JSON.parse(summary);
  } finally {
    await file.close();
  }
}
