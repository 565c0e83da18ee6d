import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { configSnapshot } from './generate-snapshot.ts';
import { COMMAND } from './snapshots.ts';
import { number, printTable } from './table.ts';

const ACCOUNT = '123456789012';
const MB = 1024 ** 2;

/** What is read, and how it is made. */
interface Case {
  readonly name: string;
  /** Makes it in a folder, and gives the path to evaluate. */
  readonly make: (folder: string) => Promise<string>;
}

/** So many AWS Config files with one security group each. */
const smallFiles = (count: number): Case => ({
  name: `${number(count)} Config files of one group`,
  async make(folder) {
    const root = join(folder, ACCOUNT, 'us-east-1', 'config');
    let whole = '';
    for (const part of configSnapshot({ securityGroups: count })) whole += part;
    const { configurationItems } = JSON.parse(whole) as { configurationItems: unknown[] };
    for (const [index, item] of configurationItems.entries()) {
      const day = join(root, String(Math.floor(index / 1000)));
      if (index % 1000 === 0) await mkdir(day, { recursive: true });
      await writeFile(join(day, `${index}.json`), JSON.stringify({ configurationItems: [item] }));
    }
    return join(folder, ACCOUNT);
  },
});

function* repeated(before: string, megabyte: string, count: number, after: string): Generator<string> {
  yield before;
  for (let index = 0; index < count; index++) yield megabyte;
  yield after;
}

/** A gzip file of one JSON document, by what its text repeats. */
const packed = (name: string, before: string, megabyte: string, megabytes: number, after: string): Case => ({
  name,
  async make(folder) {
    const file = join(folder, 'snapshot.json.gz');
    const out = createWriteStream(file);
    await pipeline(Readable.from(repeated(before, megabyte, megabytes, after)), createGzip(), out);
    return file;
  },
});

const CASES: readonly Case[] = [
  smallFiles(16_000),
  smallFiles(100_000),
  packed(
    'a gzip file that holds 18 GB of spaces',
    '{"configurationItems":[',
    ' '.repeat(MB),
    18 * 1024,
    ']}',
  ),
  packed('a string of 3 GB', '{"configurationItems":[{"a":"', 'x'.repeat(MB), 3 * 1024, '"}]}'),
  packed(
    'a member of 3 GB that is skipped',
    '{"note":"',
    'x'.repeat(MB),
    3 * 1024,
    '","configurationItems":[]}',
  ),
  packed('64 million arrays inside of each other', '[', '['.repeat(MB), 64, ''),
];

/** `groundrules evaluate` on what would take all memory and time if nothing limited it. */
export async function hostile(): Promise<void> {
  const rows: string[][] = [];
  for (const { name, make } of CASES) {
    const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    const path = await make(folder);
    const { size } = await stat(path);
    const { seconds, megabytes, said } = await runEvaluate(path);
    rows.push([name, number(size / MB, 1), number(seconds, 1), number(megabytes), said]);
    await rm(folder, { recursive: true });
    process.off('exit', remove);
  }
  printTable(
    'groundrules evaluate on many small files, and on files made to take all memory',
    ['', 'file, MB', 'seconds', 'peak memory, MB', 'what it ends with'],
    rows,
    { note: 'From the start of the process to its end; memory is the resident set at its largest.' },
  );
}

async function runEvaluate(path: string) {
  const args = [COMMAND, 'evaluate', path, '--rule', 'sg-open-ports', '--format', 'json'];
  const memory = new URL('measured/memory.mjs', import.meta.url).href;
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', memory, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [printed, complained, kilobytes] = await Promise.all([
    summaryOf(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, 'exit'),
  ]);
  const seconds = (performance.now() - started) / 1000;
  const said = printed ?? complained.trim().split('\n').at(-1)?.replace(path, '…').slice(0, 90) ?? '';
  return { seconds, megabytes: Number(kilobytes) / 1024, said };
}

/** How many results there are, without keeping them. */
async function summaryOf(output: Readable): Promise<string | undefined> {
  let end = '';
  for await (const chunk of output) end = (end + String(chunk)).slice(-4096);
  const [, counts] = /"summary":\{([^{}]*)/.exec(end) ?? [];
  return counts?.replaceAll('"', '').split(',').slice(0, 4).join(', ');
}
