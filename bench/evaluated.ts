/** `groundrules evaluate` in a process of its own, and what it took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Results } from '../report/schema.ts';
import { COMMAND } from './snapshots.ts';

export interface Evaluated {
  readonly seconds: number;
  /** Seconds of the processor, user and system. */
  readonly processor: number;
  /** The process's resident set at its largest. */
  readonly megabytes: number;
  readonly results: Results;
}

/**
 * Runs the built command in a folder of its own.
 *
 * @param what its options, but for the format.
 * @param env beside the environment of this process.
 * @throws {Error} where it does not end with 1: every account here has something that is non-compliant.
 */
export async function evaluated(
  what: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Evaluated> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
  const usage = new URL('measured/usage.mjs', import.meta.url).href;
  const args = ['--import', usage, resolve(COMMAND), 'evaluate', ...what, '--format', 'json', '--quiet'];
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
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
  await rm(folder, { recursive: true });
  if (child.exitCode !== 1 || printed === '')
    throw new Error(`${child.exitCode}: ${complained}${printed.slice(-2000)}`);
  const { processor, memory } = JSON.parse(used) as { processor: number; memory: number };
  return {
    ...{ seconds, processor: processor / 1e6, megabytes: memory / 1024 },
    results: JSON.parse(printed) as Results,
  };
}
