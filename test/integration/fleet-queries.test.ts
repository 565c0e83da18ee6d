/** A fleet's views and saved queries, asked of result files as the functions write them, by DuckDB in Athena's place. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resultsKey, runKey } from '../../deploy/fleet/layout.ts';
import { packed } from '../../deploy/fleet/lines.ts';
import type { RunLine } from '../../deploy/fleet/report/report.ts';
import { QUESTIONS, RESULT_COLUMNS, RUN_COLUMNS, VIEWS } from '../../deploy/fleet/tables.ts';
import { toResult } from '../../report/result.ts';
import { type Said, unjudged } from '../../report/said.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule, Compliance } from '../../rules/rule.ts';
import { PYTHON } from './support/moto.ts';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const ruleOf = (id: string) => rules.find((one) => one.id === id) as AnyRule;
const GROUPS = ruleOf('sg-open-ports');
const ROOT = ruleOf('root-mfa');

const ACCOUNTS = {
  blue: { id: '111111111111', name: 'blue', units: ['Root', 'Workloads'] },
  green: { id: '222222222222', name: 'green', units: ['Root', 'Workloads'] },
  shut: { id: '333333333333', name: 'shut', units: ['Root'] },
};
type Name = keyof typeof ACCOUNTS;

const group = (account: Name, id: string, compliance: Compliance, waived = false): Said => {
  const resource = { type: 'AWS::EC2::SecurityGroup', id, region: 'eu-west-1' };
  // The kind of a finding may be another on another day.
  const findings = compliance === 'NON_COMPLIANT' ? [{ kind: 'openPorts' }] : [];
  const result = toResult(GROUPS, ACCOUNTS[account].id, { compliance, resource, findings: [] });
  const worst = findings[0]?.kind ?? '-';
  const waivers = [{ reason: 'r', ticket: 't', owner: 'o', until: '2030-01-01' }];
  return {
    result: {
      ...result,
      findingId: result.findingId.replace(/-$/, worst),
      ...(waived && { waivers }),
    },
  };
};
const root = (account: Name, compliance: Compliance): Said => {
  const { id } = ACCOUNTS[account];
  const resource = { type: 'AWS::::Account', id, region: 'global' };
  return { result: toResult(ROOT, id, { compliance, resource, findings: [] }) };
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-results-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(key: string, body: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, key)), { recursive: true });
  writeFileSync(join(folder, key), body);
}

async function day(
  ago: number,
  said: Partial<Record<Name, readonly Said[]>>,
  { isWhole = true, hour = '02' } = {},
): Promise<void> {
  for (const [name, lines] of Object.entries(said) as [Name, readonly Said[]][]) {
    const { id, units } = ACCOUNTS[name];
    const account = { id, name, units: units.map((unit) => ({ id: `ou-${unit}`, name: unit })) };
    const at = `${daysAgo(ago)}T${hour}:23:00.500Z`;
    const deliveredAt = `${daysAgo(name === 'green' ? ago + 3 : ago)}T01:00:00.000Z`;
    const delivered = {
      asOf: deliveredAt,
      judgedAt: at,
      delivered: { 'eu-west-1': deliveredAt },
      deliveredAt,
    };
    const entered = name !== 'shut';
    // Of the last one, as lines were before they said when they were made.
    const times = entered ? delivered : { asOf: at, judgedAt: undefined as unknown as string };
    const of = { run: `run-${ago}-${hour}`, ...times };
    const body = await packed({ account, entered, regions: ['eu-west-1'], said: lines, ...of });
    put(resultsKey(daysAgo(ago), id), body);
  }
  if (!isWhole) return;
  const counts = { compliant: 1, nonCompliant: 2, notApplicable: 0, waived: 0, couldNotTell: 0 };
  const line: RunLine = {
    ...{ run: `run-${ago}-${hour}`, started: `${daysAgo(ago)}T${hour}:23:00Z`, ended: '' },
    ...{ accounts: 3, notEntered: 1, notFinished: 0, ...counts },
    ...{ critical: 0, high: 2, medium: 0, low: 0, failure: null },
  };
  put(runKey(daysAgo(ago)), `${JSON.stringify(line)}\n`);
}

interface Answers {
  readonly views: Readonly<Record<string, readonly (readonly [name: string, type: string])[]>>;
  readonly answers: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

function ask(): Answers {
  const input = JSON.stringify({
    tables: [
      { name: 'results', files: join(folder, 'results/*/*/*.jsonl.gz'), columns: RESULT_COLUMNS },
      { name: 'runs', files: join(folder, 'runs/*/run.json'), columns: RUN_COLUMNS },
    ],
    views: VIEWS,
    questions: QUESTIONS,
  });
  const script = join(__dirname, 'support/ask_results.py');
  const { status, stdout, stderr } = spawnSync(PYTHON, [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answers;
}

const DUCK: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  'array<struct<id:string,title:string>>': 'STRUCT(id VARCHAR, title VARCHAR)[]',
};

test('the usual questions have the answers that the files have', async () => {
  const locked = new Error('access denied');
  const shut = unjudged(ACCOUNTS.shut.id, [GROUPS, ROOT], locked);
  const F = 'NON_COMPLIANT';
  const P = 'COMPLIANT';
  await day(40, { blue: [group('blue', 'sg-old', F)] });
  await day(30, { blue: [group('blue', 'sg-old', F), group('blue', 'sg-again', F)] });
  await day(20, { blue: [group('blue', 'sg-old', F), group('blue', 'sg-again', P)] });
  await day(9, {
    blue: [group('blue', 'sg-old', F), group('blue', 'sg-again', F), group('blue', 'sg-fixed', F)],
    green: [root('green', F), group('green', 'sg-waived', F), group('green', 'sg-gone', F)],
    shut: [group('shut', 'sg-shut', F)],
  });
  // A week before the newest whole day is this day's, and not the one's between them.
  await day(4, { blue: [group('blue', 'sg-fixed', P)] });
  await day(1, {
    blue: [
      ...[group('blue', 'sg-old', F), group('blue', 'sg-again', F), group('blue', 'sg-fixed', P)],
      ...[group('blue', 'sg-new', F), root('blue', P)],
    ],
    green: [root('green', P), group('green', 'sg-waived', F, true)],
    shut,
  });
  // A run that is under way.
  await day(0, { blue: [group('blue', 'sg-today', F), group('blue', 'sg-old', P)] }, { isWhole: false });

  const { views, answers } = ask();
  for (const { name, columns } of VIEWS) {
    expect({ name, columns: views[name] }).toEqual({
      name,
      columns: columns.map(([column, type]) => [column, DUCK[type]]),
    });
  }
  expect(answers['failing-accounts-by-control']).toEqual(
    GROUPS_CONTROLS.map((control) => expect.objectContaining({ control, accounts: 1, resources: 3 })),
  );
  expect(
    answers['oldest-failures']?.map(({ failing_since, resource_id }) => [resource_id, failing_since]),
  ).toEqual([
    ['sg-old', daysAgo(40)],
    ['sg-again', daysAgo(9)],
    ['sg-new', daysAgo(1)],
  ]);
  const changes = answers['changed-this-week']?.map(({ change, resource_id }) => `${change} ${resource_id}`);
  expect(changes?.sort()).toEqual(
    [
      ...[`fixed ${ACCOUNTS.green.id}`, 'fixed sg-fixed', 'new sg-new'],
      ...['not judged any more sg-gone', 'not judged any more sg-shut', 'waived sg-waived'],
    ].sort(),
  );
  expect(answers['score-by-unit']).toEqual([
    // Three of seven: the waived one does not pass.
    {
      ...{ organizational_unit: 'Root/Workloads', accounts: 2, passing: 3, failing: 3, waived: 1 },
      ...{ could_not_tell: 0, score: 42.9 },
    },
    {
      ...{ organizational_unit: 'Root', accounts: 1, passing: 0, failing: 0, waived: 0 },
      ...{ could_not_tell: 2, score: null },
    },
  ]);
  expect(answers['accounts-without-verdicts']).toEqual([
    {
      ...{ account_id: ACCOUNTS.shut.id, account_name: 'shut', organizational_unit: 'Root' },
      says: 'access denied',
    },
  ]);
  expect(answers['old-deliveries']).toEqual([
    {
      ...{ account_id: ACCOUNTS.green.id, account_name: 'green', organizational_unit: 'Root/Workloads' },
      delivered_at: `${daysAgo(4)}T01:00:00.000Z`,
    },
  ]);
  expect(answers.runs?.map(({ day }) => day)).toEqual([1, 4, 9, 20, 30, 40].map(daysAgo));
});

test.each([
  ['in the first week nothing is new', [], []],
  ['of an earlier day, what it had not is new', [20], ['new sg-new']],
  ['a day of more than a month ago is none', [40], []],
])('%s', async (_, earlier, expected) => {
  for (const ago of earlier) await day(ago, { blue: [group('blue', 'sg-old', 'NON_COMPLIANT')] });
  await day(4, { blue: [group('blue', 'sg-old', 'NON_COMPLIANT')] });
  await day(1, {
    blue: [group('blue', 'sg-old', 'NON_COMPLIANT'), group('blue', 'sg-new', 'NON_COMPLIANT')],
  });
  const { answers } = ask();
  expect(answers['changed-this-week']?.map(({ change, resource_id }) => `${change} ${resource_id}`)).toEqual(
    expected,
  );
});

test('of two runs on a day each account has its newest lines, and one that has left has none when the second has ended', async () => {
  const F = 'NON_COMPLIANT';
  const locked = unjudged(ACCOUNTS.shut.id, [GROUPS], new Error('access denied'));
  const failing = () =>
    ask()
      .answers['oldest-failures']?.map(({ resource_id }) => resource_id as string)
      .sort();
  await day(1, {
    blue: [group('blue', 'sg-first', F)],
    green: [group('green', 'sg-left', F)],
    shut: locked,
  });
  await day(1, { blue: [group('blue', 'sg-second', F)] }, { isWhole: false, hour: '09' });
  expect(failing()).toEqual(['sg-left', 'sg-second']);
  await day(1, { blue: [group('blue', 'sg-second', F)] }, { hour: '09' });
  expect(failing()).toEqual(['sg-second']);
  const { answers } = ask();
  expect(answers['accounts-without-verdicts']).toEqual([]);
  expect(answers['score-by-unit']).toEqual([expect.objectContaining({ accounts: 1, failing: 1 })]);
});

const GROUPS_CONTROLS = (() => {
  const { result } = group('blue', 'sg', 'COMPLIANT') as Extract<Said, { result: unknown }>;
  return result.controls.map(({ id }) => id).sort();
})();
