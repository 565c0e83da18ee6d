/** Runs a tool as a process of its own, and says what it took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { PYTHON } from '../../scripts/moto.ts';
import type { Tool } from './tools/tool.ts';

export interface Figures {
  readonly status: number;
  readonly seconds: number;
  /** User and system time, in seconds, of all its threads and processes. */
  readonly processor: number;
  /** The resident set at its largest. */
  readonly megabytes: number;
}

/** How much of what a tool printed is shown when it fails. */
const TAIL_LINES = 25;

/**
 * @param folder where the tool runs, and writes: empty before.
 * @throws with the end of what it printed, where it did not end as it ends when all is well.
 */
export async function measured(tool: Tool, folder: string, endpoint: string): Promise<Figures> {
  const { program, args, env } = tool.command(folder);
  const [figures, log] = [join(folder, 'figures.json'), join(folder, 'log.txt')];
  const script = resolve('bench/peers/measure.py');
  const child = spawn(PYTHON, [script, figures, log, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      // Nothing of whoever runs this: no profile, no credentials, no settings of the tools.
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      LC_ALL: 'C.UTF-8',
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
  });
  const ended = once(child, 'exit');
  const complaint = await text(child.stderr);
  const [code] = await ended;
  const said = () => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  if (code !== 0) throw new Error(`${tool.name} could not be started (${program}): ${complaint}`);
  const took = JSON.parse(readFileSync(figures, 'utf8')) as Figures;
  if (!tool.endsWith.includes(took.status)) {
    throw new Error(`${tool.name} ended with status ${took.status}. The end of what it printed:\n${said()}`);
  }
  return took;
}
