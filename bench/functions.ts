import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { rules } from '../rules/index.ts';
import { ANSWERED } from './aws/answers.ts';
import { type LoopbackAws, lambdaEnvironment, loopbackAws } from './aws/server.ts';
import { bundle, bundleUrl, startContainer } from './container.ts';
import { changeEvent, isChangeTriggered, periodicEvent } from './events.ts';
import { median, number, printTable, ratio } from './table.ts';

const LIMITS = { kilobytes: 370, loading: 60, judging: 5 };
/** Fresh processes a function. */
const LOADS = 20;
/** Events before a container counts as warm, and events that are measured. */
const WARM_UP = 100;
const EVENTS = 200;

/** What the built functions weigh: their size, what loading them adds to a cold start, and a warm event. */
export async function functions(): Promise<void> {
  printSizes();
  printLoading();
  await printJudging();
}

function printSizes(): void {
  const rows = rules.map(({ id }) => {
    const kilobytes = statSync(bundle(id)).size / 1024;
    return [id, number(kilobytes), ...against(kilobytes, LIMITS.kilobytes)];
  });
  printTable(
    'Size of a function (dist/lambda/<rule>/index.mjs)',
    ['function', 'KB', 'limit', 'of limit'],
    rows,
    {
      note: '1 KB is 1,024 bytes; nothing is compressed. A function of more than four services may have 45 KB more for each.',
    },
  );
}

function printLoading(): void {
  const bareTimes: number[] = [];
  const programs = rules.map(({ id }) => ({ id, times: [] as number[] }));
  for (let round = 0; round < LOADS; round++) {
    bareTimes.push(timeProcess(''));
    for (const { id, times } of programs) times.push(timeProcess(`await import('${bundleUrl(id)}')`));
  }
  const bare = median(bareTimes);
  const rows = programs.map(({ id, times }) => {
    const loaded = median(times);
    const over = loaded - bare;
    return [id, number(loaded, 1), ratio(loaded, bare), number(over, 1), ...against(over, LIMITS.loading)];
  });
  printTable(
    `Loading a function in a fresh Node.js process (median of ${LOADS}, in turns with the bare process)`,
    ['function', 'ms', 'to bare', 'over bare, ms', 'limit', 'of limit'],
    [['(bare process)', number(bare, 1), ratio(bare, bare), '', '', ''], ...rows],
  );
}

async function printJudging(): Promise<void> {
  const aws = await loopbackAws(1);
  try {
    const rows: string[][] = [];
    for (const id of ANSWERED) {
      if (isChangeTriggered(id)) rows.push(await timeJudging(id, 'change', changeEvent(id, 1), aws));
      rows.push(await timeJudging(id, 'periodic', periodicEvent(id), aws));
    }
    printTable(
      `Judging one event in a warm container (median of ${EVENTS})`,
      ['function', 'event', 'ms', 'limit', 'of limit', 'AWS calls'],
      rows,
      {
        note: 'Without network: below the SDK, AWS answers from memory. The account has one resource.',
        texts: [0, 1],
      },
    );
  } finally {
    await aws.close();
  }
}

const against = (value: number, limit: number) => [number(limit), ratio(value, limit)];

/** Milliseconds from the start of a process that runs a program to its end. */
function timeProcess(program: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: lambdaEnvironment('http://127.0.0.1:9'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return performance.now() - started;
}

async function timeJudging(ruleId: string, kind: string, event: object, aws: LoopbackAws): Promise<string[]> {
  const container = await startContainer(ruleId, aws.url, { replay: true });
  try {
    aws.reset();
    await container.invoke(event);
    const calls = [...aws.calls.values()].reduce((sum, one) => sum + one, 0);
    for (let count = 1; count < WARM_UP; count++) await container.invoke(event);
    const times: number[] = [];
    for (let count = 0; count < EVENTS; count++) times.push(await container.invoke(event));
    const milliseconds = median(times);
    return [ruleId, kind, number(milliseconds, 2), ...against(milliseconds, LIMITS.judging), number(calls)];
  } finally {
    container.close();
  }
}
