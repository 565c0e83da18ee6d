import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { authorizationPages } from './identity-answer.ts';
import { number, printTable, ratio } from './table.ts';

const SIZE = { users: 1000, roles: 500, policies: 800 };
/** What an identity run may take. */
const LIMIT = { seconds: 1.5, megabytes: 200 };

/** What the identity rules ask of every principal of a large account, from one authorization answer. */
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
    const { took, megabytes } = measure(program, files);
    const seconds = (took.gather + took.judge) / 1000;
    printTable(
      `What identity rules ask of ${number(SIZE.users)} users, ${number(SIZE.roles)} roles and ${number(SIZE.policies)} policies, from ${number(bytes / 1e6)} MB of answers`,
      ['', 'measured', 'limit', 'of limit'],
      [
        ['seconds', number(seconds, 2), number(LIMIT.seconds, 1), ratio(seconds, LIMIT.seconds)],
        ['… to take the pages', number(took.gather / 1000, 2), '', ''],
        ['… to ask', number(took.judge / 1000, 2), '', ''],
        ['… of processor time, with the start of Node.js', number(took.processor, 2), '', ''],
        ['peak memory, MB', number(megabytes), number(LIMIT.megabytes), ratio(megabytes, LIMIT.megabytes)],
        ['users without MFA', number(took.withoutMfa), '', ''],
        ['principals that may rule buckets', number(took.bucketAdministrators), '', ''],
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
  const took = JSON.parse(stdout) as {
    readonly gather: number;
    readonly judge: number;
    readonly processor: number;
    readonly withoutMfa: number;
    readonly bucketAdministrators: number;
  };
  return { took, megabytes: Number(output[3]) / 1024 };
}
