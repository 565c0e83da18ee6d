import { ANSWERED } from './aws/answers.ts';
import { loopbackAws } from './aws/server.ts';
import { startContainer } from './container.ts';
import { changeEvent, isChangeTriggered, periodicEvent } from './events.ts';
import { number, printTable } from './table.ts';

/** How many users, security groups, buckets and trails the account has. */
const SIZES = [10, 100, 1000];

/** Looks for results of resources that are gone, after a periodic run. */
const SWEEP = 'config:GetComplianceDetailsByConfigRule';

/** Calls by API. */
type Calls = ReadonlyMap<string, number>;

/** What a run may cost, where a number is meant, and how that is put. */
interface Limit {
  readonly words: string;
  readonly of: (size: number) => number;
}

/** The one setting that some resources need (Block Public Access, a prefix list) is read once a container. */
const CHANGES: Limit = { words: '1 an event, 1 setting', of: (size) => size + 1 };
const PERIODIC: Readonly<Record<string, Limit>> = {
  'access-key-age': {
    words: '4 + ⌈N/1000⌉ + ⌈N/100⌉',
    of: (size) => 4 + Math.ceil(size / 1000) + Math.ceil(size / 100),
  },
};

/** How often a function asks AWS as its resources grow, by API: on the wire, so pages and retries count. */
export async function calls(): Promise<void> {
  const rows: string[][] = [];
  for (const id of ANSWERED) {
    if (isChangeTriggered(id)) {
      const counts = await countAll(id, (size) =>
        Array.from({ length: size }, (_, index) => changeEvent(id, index)),
      );
      rows.push(...rowsOf(`${id}, a change of each`, counts, CHANGES));
    }
    const counts = await countAll(id, () => [periodicEvent(id)]);
    rows.push(...rowsOf(`${id}, one periodic run`, counts, PERIODIC[id]));
  }
  printTable('AWS calls for N resources', ['function', 'API', ...SIZES.map((size) => number(size))], rows, {
    note: [
      'All events of a column go to one container. One resource in ten needs more than the first look: its security group names',
      "a prefix list, its bucket has a public policy, or deletes old objects. No user has an old key. AWS allows five trails a Region; root-mfa's resource",
      'is the account. "Together" leaves out the sweep for results of resources that are gone, which reads 100 results a call.',
    ].join('\n'),
    texts: [0, 1],
  });
}

const countAll = (ruleId: string, eventsOf: (size: number) => readonly object[]): Promise<Calls[]> =>
  Promise.all(SIZES.map((size) => count(ruleId, size, eventsOf(size))));

async function count(ruleId: string, size: number, events: readonly object[]): Promise<Calls> {
  const aws = await loopbackAws(size);
  const container = await startContainer(ruleId, aws.url);
  try {
    for (const event of events) await container.invoke(event);
    return new Map(aws.calls);
  } finally {
    container.close();
    await aws.close();
  }
}

/** One row an API, and what they come to. */
function rowsOf(title: string, counts: readonly Calls[], limit: Limit | undefined): string[][] {
  const apis = [...new Set(counts.flatMap((one) => [...one.keys()]))]
    .filter((api) => api !== SWEEP)
    .sort(readsFirst);
  const figures = (of: (called: Calls, size: number) => number) =>
    counts.map((called, index) => number(of(called, SIZES[index] ?? 0)));
  const times = (api: string) => (called: Calls) => called.get(api) ?? 0;
  const together = (called: Calls) => apis.reduce((sum, api) => sum + times(api)(called), 0);
  const lines = [
    ...apis.map((api) => [api, ...figures(times(api))]),
    ['together', ...figures(together)],
    ...(limit ? [[`limit: ${limit.words}`, ...figures((_, size) => limit.of(size))]] : []),
    ...(counts.some((called) => called.has(SWEEP)) ? [[`sweep: ${SWEEP}`, ...figures(times(SWEEP))]] : []),
  ];
  return lines.map((line, index) => [index === 0 ? title : '', ...line]);
}

const readsFirst = (a: string, b: string) =>
  Number(a.startsWith('config:')) - Number(b.startsWith('config:')) || a.localeCompare(b);
