import { type LiveSize, liveAnswers } from './aws/live.ts';
import { lambdaEnvironment, loopbackAws } from './aws/server.ts';
import { evaluated } from './evaluated.ts';
import { median, number, printTable } from './table.ts';

/** Milliseconds before each answer. */
const LATENCY = 20;
const ROUNDS = 3;
const RULES = ['root-mfa', 'access-key-age', 'sg-open-ports', 's3-public', 'trail-object-lock'];

type Size = Omit<LiveSize, 'block'>;
const SIZES: Readonly<Record<string, Size>> = {
  small: { buckets: 20, groups: 40, users: 20 },
  medium: { buckets: 200, groups: 500, users: 200 },
  large: { buckets: 1_000, groups: 3_000, users: 1_000 },
};

/** What each size is meant to take where the account blocks public access. */
const MEANT: Readonly<Record<string, string>> = {
  small: '0.45 s',
  medium: '0.8 s',
  large: '2.4 s, 1.8 s of processor, 1,500 calls',
};

/** `groundrules evaluate --live` of an account of two Regions, in which AWS answers each call after a fixed time. */
export async function live(): Promise<void> {
  const rows: string[][] = [];
  const apis = new Map<string, Map<string, number>>();
  for (const [name, size] of Object.entries(SIZES)) {
    for (const block of ['account', 'buckets', 'none'] as const) {
      const runs: Awaited<ReturnType<typeof run>>[] = [];
      for (let round = 0; round < ROUNDS; round++) runs.push(await run({ ...size, block }));
      const of = (figure: (one: (typeof runs)[number]) => number) => median(runs.map(figure));
      const [{ calls, failing } = { calls: new Map<string, number>(), failing: 0 }] = runs;
      const made = [...calls.values()].reduce((sum, one) => sum + one, 0);
      for (const [api, times] of calls)
        apis.set(api, (apis.get(api) ?? new Map()).set(`${name} ${block}`, times));
      rows.push([
        ...[
          name,
          block,
          number(
            of(({ seconds }) => seconds),
            2,
          ),
          number(
            of(({ processor }) => processor),
            2,
          ),
        ],
        ...[number(of(({ megabytes }) => megabytes)), number(made), number(failing)],
        block === 'account' ? (MEANT[name] ?? '') : '',
      ]);
    }
  }
  printTable(
    `groundrules evaluate --live, ${RULES.length} rules, two Regions, ${LATENCY} ms a call, median of ${ROUNDS}`,
    [
      'account',
      'blocked by',
      'seconds',
      'processor, s',
      'peak memory, MB',
      'calls',
      'non-compliant',
      'meant',
    ],
    rows,
    {
      note: 'Buckets, security groups and users: 20, 40, 20; 200, 500, 200; 1,000, 3,000, 1,000.',
      texts: [0, 1, 7],
    },
  );
  const columns = ['large account', 'large buckets', 'large none'];
  printTable(
    'Calls of the large account, by what blocks',
    ['API', 'account', 'buckets', 'none'],
    [...apis]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([api, times]) => [api, ...columns.map((one) => number(times.get(one) ?? 0))]),
  );
}

async function run(size: LiveSize) {
  const aws = await loopbackAws(0, LATENCY, liveAnswers(size));
  const what = ['--live', ...RULES.flatMap((rule) => ['--rule', rule])];
  const { results, ...figures } = await evaluated(what, lambdaEnvironment(aws.url));
  const calls = new Map(aws.calls);
  await aws.close();
  return { ...figures, calls, failing: results.summary.nonCompliant };
}
