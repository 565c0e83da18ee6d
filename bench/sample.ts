import { spawnSync } from 'node:child_process';
import { COMMAND } from './snapshots.ts';
import { median, number, printTable, ratio } from './table.ts';

const LIMIT = { seconds: 1 };
const ROUNDS = 15;

/** `groundrules evaluate` on the sample accounts, by all rules: what somebody meets first. */
export async function sample(): Promise<void> {
  const runs = Array.from({ length: ROUNDS }, run);
  const figures = (of: (one: ReturnType<typeof run>) => number, digits: number) => {
    const all = runs.map(of);
    return [median(all), Math.min(...all), Math.max(...all)].map((one) => number(one, digits));
  };
  printTable(
    `groundrules evaluate on the sample accounts, ${ROUNDS} times`,
    ['', 'median', 'least', 'most'],
    [
      ['seconds', ...figures(({ seconds }) => seconds, 2)],
      ['limit', number(LIMIT.seconds)],
      ['of limit', ratio(median(runs.map(({ seconds }) => seconds)), LIMIT.seconds)],
      ['processor time, s', ...figures(({ processor }) => processor, 2)],
      ['peak memory, MB', ...figures(({ megabytes }) => megabytes, 0)],
    ].map((row) => [...row, '', ''].slice(0, 4)),
    { note: 'From the start of the process to its end; processor time is that of all its threads.' },
  );
}

function run() {
  const usage = new URL('measured/usage.mjs', import.meta.url).href;
  const started = performance.now();
  const { output, status, stderr } = spawnSync(
    process.execPath,
    ['--import', usage, COMMAND, 'evaluate', '--sample', '--exit-zero'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { processor, memory } = JSON.parse(output[3] ?? '') as { processor: number; memory: number };
  return { seconds, processor: processor / 1e6, megabytes: memory / 1024 };
}
