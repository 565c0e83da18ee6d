/** What the runs of the tools took, as medians, and how it is printed. */
import { median, number, printTable, ratio } from '../table.ts';
import { SIZES, type Size } from './account/account.ts';
import type { Compared } from './compare.ts';
import type { Judged } from './emulated.ts';
import type { Tool, ToolId } from './tools/tool.ts';

/** A measured run, and how busy the machine was before it. */
export interface Run extends Judged {
  readonly load: number;
}

/** Medians of the runs of a tool. */
export interface Figures {
  readonly tool: ToolId;
  readonly name: string;
  readonly version: string;
  readonly runs: number;
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
  readonly calls: number;
  readonly load: number;
  readonly apis: Readonly<Record<string, number>>;
}

export function figuresOf({ id, name, version }: Tool, runs: readonly Run[]): Figures {
  const of = (figure: (run: Run) => number, digits: number) =>
    Number(median(runs.map(figure)).toFixed(digits));
  const [last] = runs.slice(-1);
  const apis = Object.fromEntries([...(last?.calls ?? [])].sort(([, a], [, b]) => b - a));
  return {
    ...{ tool: id, name, version, runs: runs.length },
    seconds: of(({ seconds }) => seconds, 2),
    processor: of(({ processor }) => processor, 2),
    megabytes: of(({ megabytes }) => megabytes, 0),
    calls: of(({ calls }) => [...calls.values()].reduce((sum, one) => sum + one, 0), 0),
    load: of(({ load }) => load, 1),
    apis,
  };
}

export const HEAD = [
  'tool',
  'runs',
  'seconds',
  'to Groundrules',
  'processor, s',
  'to Groundrules',
  'peak memory, MB',
  'calls',
  'load',
];

/** A row of {@link HEAD} each. */
export function rowsOf(figures: readonly Figures[]): string[][] {
  const ours = figures.find(({ tool }) => tool === 'groundrules');
  const to = (value: number, own: number | undefined) => (own === undefined ? '' : ratio(value, own));
  return figures.map((one) => [
    `${one.name} ${one.version}`,
    number(one.runs),
    number(one.seconds, 2),
    to(one.seconds, ours?.seconds),
    number(one.processor, 2),
    to(one.processor, ours?.processor),
    ...[number(one.megabytes), number(one.calls), number(one.load, 1)],
  ]);
}

export function printFigures(
  size: Size,
  figures: readonly Figures[],
  { latency }: { latency: number },
): void {
  const { buckets, groups, users } = SIZES[size];
  printTable(
    `${size}: ${buckets} buckets, ${groups} security groups, ${users} users, ${latency} ms a call`,
    HEAD,
    rowsOf(figures),
    {
      note: 'Medians. Load is the machine’s average of a minute before each run.',
    },
  );
  for (const { name, apis } of figures) {
    printTable(
      `Calls of ${name}`,
      ['API', 'calls'],
      Object.entries(apis).map(([api, calls]) => [api, number(calls)]),
    );
  }
}

export function printCompared({ scores, differences }: Compared): void {
  printTable(
    'Kinds of resources',
    ['tool', 'rule', 'right', 'missed', 'false alarms', 'never promised'],
    scores.map((one) => [
      one.tool,
      one.rule,
      ...[one.right, one.missed, one.falseAlarms, one.notPromised].map((count) => number(count)),
    ]),
    { texts: [0, 1] },
  );
  printTable(
    'Differences from what is right',
    ['tool', 'rule', 'what', 'right', 'said', 'it is'],
    differences.map(({ tool, rule, is, right, said, nature }) => [tool, rule, is, right, said, nature]),
    { texts: [0, 1, 2, 3, 4, 5] },
  );
}
