/**
 * `npm run bench:peers -- --size small|medium|large`: Groundrules beside Prowler and Cloud Custodian, on the same emulated account,
 * each call answered after the same time. Needs no AWS account. docs/comparison.md says what it does, and what came of it.
 */
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { COMMAND } from '../snapshots.ts';
import { number } from '../table.ts';
import { isSize, SIZES, type Size } from './account/account.ts';
import { compared } from './compare.ts';
import { type Emulated, emulate, type Judged } from './emulated.ts';
import { figuresOf, printCompared, printFigures, type Run } from './figures.ts';
import { keep } from './kept.ts';
import { CUSTODIAN, custodian } from './tools/custodian.ts';
import { groundrules } from './tools/groundrules.ts';
import { install } from './tools/peer.ts';
import { PROWLER, prowler } from './tools/prowler.ts';
import { TOOL_IDS, type Tool, type ToolId } from './tools/tool.ts';

const TOOLS: Readonly<Record<ToolId, Tool>> = { groundrules, custodian, prowler };

const MINUTES: Readonly<Record<Size, number>> = { small: 3, medium: 8, large: 25 };

const whole = (text: string) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number');
  return value;
};
const options = new Command('bench:peers')
  .addOption(new Option('--size <size>', 'the account').choices(Object.keys(SIZES)).default('small'))
  .option('--rounds <n>', 'measured runs of each tool, in turns', whole, 3)
  .option('--latency <ms>', 'how long each call takes', whole, 20)
  .addOption(new Option('--tool <tool...>', 'these only').choices([...TOOL_IDS]).default([...TOOL_IDS]))
  .option('--keep', 'put the figures into docs/comparison.md (npm run docs)', false)
  .parse()
  .opts<{ size: string; rounds: number; latency: number; tool: ToolId[]; keep: boolean }>();

async function main() {
  const size: Size = isSize(options.size) ? options.size : 'small';
  const tools = TOOL_IDS.filter((id) => options.tool.includes(id)).map((id) => TOOLS[id]);
  if (!existsSync(COMMAND)) throw new Error(`${COMMAND} is missing: npm run build`);
  const { buckets, groups, users } = SIZES[size];
  console.log(`The ${size} account has ${buckets} buckets, ${groups} security groups and ${users} users. Each tool runs once for its calls to be
recorded, then ${options.rounds} times with ${options.latency} ms a call. That takes about ${MINUTES[size]} minutes, and the first time 3 more, to install
Prowler (2.5 GB) and Cloud Custodian into .venv-peers.`);
  if (tools.includes(custodian)) install(CUSTODIAN);
  if (tools.includes(prowler)) install(PROWLER);
  const emulated = await emulate(size);
  try {
    const first = new Map<ToolId, Judged>();
    for (const tool of tools) {
      first.set(tool.id, await emulated.judge(tool, 0));
      console.log(
        `${tool.name} ${tool.version}: recorded ${number(first.get(tool.id)?.passedOn.length ?? 0)} answers`,
      );
    }
    const measured = await rounds(emulated, tools, first);
    const figures = measured.map(({ tool, runs }) => figuresOf(tool, runs));
    printFigures(size, figures, options);
    const verdicts = new Map([...first].map(([id, one]) => [id, one.verdicts]));
    const result = compared(emulated.right, verdicts);
    printCompared(result);
    if (options.keep) keep(size, figures, result, options);
  } finally {
    await emulated.close();
  }
}

/** @throws where a tool says something else than when it was recorded. */
async function rounds(emulated: Emulated, tools: readonly Tool[], first: ReadonlyMap<ToolId, Judged>) {
  const all = tools.map((tool) => ({ tool, runs: [] as Run[] }));
  for (let round = 1; round <= options.rounds; round++) {
    for (const { tool, runs } of all) {
      const load = loadavg()[0] ?? 0;
      const judged = await emulated.replayed(tool, options.latency);
      console.log(
        `${tool.name}, round ${round}: ${number(judged.seconds, 2)} s, ${number(judged.processor, 2)} s of processor`,
      );
      if (textOf(judged) !== textOf(first.get(tool.id) as Judged)) {
        throw new Error(`${tool.name} says something else in round ${round} than when it was recorded`);
      }
      runs.push({ ...judged, load });
    }
  }
  return all;
}

const textOf = ({ verdicts }: Judged) => JSON.stringify([...verdicts].sort(([a], [b]) => (a < b ? -1 : 1)));

main().catch(({ message }: Error) => {
  console.error(message);
  process.exitCode = 1;
});
