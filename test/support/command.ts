import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(__dirname, '../..');
/** What `npm run build` makes of cli/. */
export const BIN = join(ROOT, 'dist', 'cli', 'groundrules.mjs');

/** `npm test` has built everything; a test that is run by itself builds what it lacks. */
export function built(file: string, what: 'cli' | 'deploy' | 'functions'): void {
  if (existsSync(file)) return;
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts', what], { cwd: ROOT });
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** All that the process finds in its environment beside PATH and an empty home. */
  readonly env?: Readonly<Record<string, string>>;
  /** What comes in on standard input; nothing, unless told. */
  readonly input?: string | Buffer;
  /** Another path to the same program. */
  readonly bin?: string;
  /** Nobody reads what it prints, as in `… | true`. */
  readonly unread?: boolean;
}

/** Runs the built command in a process of its own, to its end. */
export async function groundrules(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { cwd = ROOT, env, input = '', bin = BIN, unread = false } = options;
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: environment(env) });
  const status = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // A command that reads none of it may be gone before it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  if (unread) child.stdout.destroy();
  const [stdout, stderr] = await Promise.all([unread ? '' : text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}

/** Nobody's credentials, Region, colours or width: only what a test gives. */
export const environment = (env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: join(tmpdir(), 'groundrules-nobody'),
  TMPDIR: tmpdir(),
  AWS_EC2_METADATA_DISABLED: 'true',
  ...env,
});
