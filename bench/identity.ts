import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { authorizationPages, credentialReportOf } from './identity-answer.ts';
import { number, printTable, ratio } from './table.ts';

const SIZE = { users: 1000, roles: 500, policies: 800 };
/** What an identity run may take. */
const LIMIT = { seconds: 1.5, megabytes: 200 };

/** All identity rules of one `evaluate` over a large account, from one authorization answer. */
export async function identity(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-bench-'));
  try {
    const program = join(folder, 'identity.mjs');
    const entry = new URL('measured/identity.ts', import.meta.url).pathname;
    await build({
      entryPoints: [entry],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      minify: true,
    });
    let bytes = 0;
    const files = [...authorizationPages(SIZE)].map((page, index) => {
      const text = JSON.stringify(page);
      bytes += Buffer.byteLength(text);
      const file = join(folder, `${index}.json`);
      writeFileSync(file, text);
      return file;
    });
    const report = join(folder, 'report.csv');
    writeFileSync(report, credentialReportOf(SIZE.users));
    const { measured, megabytes } = measure(program, [report, ...files]);
    if (measured.asked !== 1) throw new Error(`the answer was read ${measured.asked} times`);
    const rules = Object.entries(measured.took);
    const seconds = rules.reduce((sum, [, took]) => sum + took, measured.gather) / 1000;
    printTable(
      `Identity rules over ${number(SIZE.users)} users, ${number(SIZE.roles)} roles and ${number(SIZE.policies)} policies, from ${number(bytes / 1e6)} MB of answers read once`,
      ['', 'measured', 'limit', 'of limit', 'verdicts'],
      [
        ['seconds', number(seconds, 2), number(LIMIT.seconds, 1), ratio(seconds, LIMIT.seconds), ''],
        ['… to take the pages', number(measured.gather / 1000, 2), '', '', ''],
        ...rules.map(([id, took]) => [
          `… ${id}`,
          number(took / 1000, 2),
          '',
          '',
          Object.entries(measured.verdicts[id] ?? {})
            .map(([compliance, count]) => `${number(count)} ${compliance}`)
            .join(', '),
        ]),
        ['… of processor time, with the start of Node.js', number(measured.processor, 2), '', '', ''],
        [
          'peak memory, MB',
          number(megabytes),
          number(LIMIT.megabytes),
          ratio(megabytes, LIMIT.megabytes),
          '',
        ],
      ],
      { note: 'Memory is the resident set of the whole process at its largest.' },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(program: string, files: readonly string[]) {
  const memory = new URL('measured/memory.mjs', import.meta.url).href;
  const { stdout, stderr, output, status } = spawnSync(
    process.execPath,
    ['--import', memory, program, ...files],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  const measured = JSON.parse(stdout) as {
    readonly asked: number;
    /** Milliseconds. */
    readonly gather: number;
    readonly took: Readonly<Record<string, number>>;
    readonly verdicts: Readonly<Record<string, Readonly<Record<string, number>>>>;
    /** Seconds. */
    readonly processor: number;
  };
  return { measured, megabytes: Number(output[3]) / 1024 };
}
