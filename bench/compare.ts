import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { toResult } from '../report/result.ts';
import { compliant, nonCompliant } from '../rules/judgement.ts';
import rule from '../rules/sg-open-ports/rule.ts';
import { FINDING } from './formats.ts';
import { COMMAND } from './snapshots.ts';
import { number, printTable } from './table.ts';

const HUNDRED_THOUSAND = 100_000;
const MILLION = 1_000_000;
const LIMIT = 400;
const MEGABYTE = 1024 * 1024;
const ACCOUNT = '111122223333';

/** `groundrules compare` of two files of a hundred thousand and a million results each. */
export async function compare(): Promise<void> {
  const rows: string[][] = [];
  for (const count of [HUNDRED_THOUSAND, MILLION]) {
    rows.push(await measured(count));
  }
  printTable(
    'groundrules compare (--format json) of two files of results, one of ten failing, and of these one of ten new, fixed or changed',
    [
      'results in each',
      ...['both files, MB', 'seconds', 'processor', 'peak memory, MB', 'limit, MB', 'written, MB'],
    ],
    rows,
  );
}

async function measured(count: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-compare-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const [before, after, output] = ['before', 'after', 'output'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await pipeline(Readable.from(resultsOf(count, 0)), createWriteStream(before));
    await pipeline(Readable.from(resultsOf(count, 1)), createWriteStream(after));
    const usage = new URL('measured/usage.mjs', import.meta.url).href;
    const args = ['compare', before, after, '--format', 'json', '--output', output, '--quiet'];
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', usage, COMMAND, ...args], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    const [used, [status]] = await Promise.all([text(child.stdio[3] as Readable), once(child, 'exit')]);
    if (status !== 1) throw new Error(`groundrules compare ended with ${status}`);
    const seconds = (performance.now() - started) / 1000;
    const { processor, memory } = JSON.parse(used) as { processor: number; memory: number };
    return [
      number(count),
      number((statSync(before).size + statSync(after).size) / MEGABYTE),
      ...[number(seconds, 1), number(processor / 1e6, 1), number(memory / 1024), number(LIMIT)],
      number(statSync(output).size / MEGABYTE),
    ];
  } finally {
    remove();
    process.off('exit', remove);
  }
}

/** Groups in another order each time, as accounts are walked. */
function* resultsOf(count: number, turn: 0 | 1): Generator<string> {
  const at = '2026-11-28T00:00:00.000Z';
  const head = { schemaVersion: '1.0', generatedAt: at, accountIds: [ACCOUNT], now: at, rules: [rule.id] };
  yield `${JSON.stringify({ ...head, sample: false, settings: null }).slice(0, -1)},\n"results":[`;
  let chunk = '';
  for (let index = 0; index < count; index++) {
    const id = turn === 0 ? index : count - 1 - index;
    chunk += `${index === 0 ? '' : ','}\n${JSON.stringify(resultOf(id, turn))}`;
    if (chunk.length < MEGABYTE / 4) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}\n],\n"errors":[]}\n`;
}

function resultOf(id: number, turn: 0 | 1) {
  const group = { type: 'AWS::EC2::SecurityGroup', id: `sg-${id}`, name: `group ${id}`, region: 'us-east-1' };
  const kind = id % 100;
  const isFailing = kind < 8 || (kind === 8 && turn === 0) || (kind === 9 && turn === 1);
  if (!isFailing) return toResult(rule, ACCOUNT, compliant(group));
  const port = kind === 7 ? 22 + turn : 22;
  return toResult(rule, ACCOUNT, nonCompliant(group, [{ ...FINDING, fromPort: port, toPort: port }]));
}
