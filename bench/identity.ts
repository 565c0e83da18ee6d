import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { authorizationPages, credentialReportOf, instancesOf } from './identity-answer.ts';
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
    const instances = join(folder, 'instances.json');
    writeFileSync(instances, JSON.stringify(instancesOf(SIZE.roles)));
    const { measured, megabytes } = measure(program, [report, instances, ...files]);
    if (measured.asked !== 1) throw new Error(`the answer was read ${measured.asked} times`);
    const parts = Object.entries(measured.took);
    const sum = (of: 'clock' | 'processor') => parts.reduce((all, [, took]) => all + took[of], 0);
    printTable(
      `Identity rules over ${number(SIZE.users)} users, ${number(SIZE.roles)} roles and ${number(SIZE.policies)} policies, from ${number(bytes / 1e6)} MB of answers read once`,
      ['', 'measured', 'limit', 'of limit', 'processor', 'verdicts'],
      [
        [
          'seconds',
          number(sum('clock'), 2),
          number(LIMIT.seconds, 1),
          ratio(sum('clock'), LIMIT.seconds),
          number(sum('processor'), 2),
          '',
        ],
        ...parts.map(([part, took]) => [
          `… ${part}`,
          number(took.clock, 2),
          '',
          '',
          number(took.processor, 2),
          Object.entries(measured.verdicts[part] ?? {})
            .map(([compliance, count]) => `${number(count)} ${compliance}`)
            .join(', '),
        ]),
        [
          'peak memory, MB',
          number(megabytes),
          number(LIMIT.megabytes),
          ratio(megabytes, LIMIT.megabytes),
          '',
          '',
        ],
      ],
      {
        note: 'Memory is the resident set of the whole process at its largest; processor time is that of all its threads, the garbage collector included.',
      },
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
    /** Seconds. */
    readonly took: Readonly<Record<string, { readonly clock: number; readonly processor: number }>>;
    readonly verdicts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  return { measured, megabytes: Number(output[3]) / 1024 };
}
