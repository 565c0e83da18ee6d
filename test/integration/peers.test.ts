/** The comparison's own parts: account, proxy and counting, with Groundrules alone. The peers are not installed for it. */
import { accountOf, RULES, SIZES } from '../../bench/peers/account/account.ts';
import { type Emulated, emulate } from '../../bench/peers/emulated.ts';
import { groundrules } from '../../bench/peers/tools/groundrules.ts';
import { keyOf, type Tool, type Verdicts } from '../../bench/peers/tools/tool.ts';
import { BIN, built } from '../support/command.ts';

let emulated: Emulated;
beforeAll(async () => {
  await built(BIN, 'cli');
  emulated = await emulate('small');
}, 130_000);
afterAll(() => emulated?.close());

const sorted = (verdicts: Verdicts) => [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1));
const sum = (calls: ReadonlyMap<string, number>) => [...calls.values()].reduce((all, one) => all + one, 0);

test('Groundrules gives the right verdict on each resource, and asks the emulated AWS only once', async () => {
  const first = await emulated.judge(groundrules, 0);
  expect(first.passedOn.length).toBeGreaterThan(0);
  expect(sorted(first.verdicts)).toEqual(
    sorted(new Map(emulated.right.map((one) => [keyOf(one.rule, one.resource), one.verdict]))),
  );
  expect(first.calls.get('s3:ListBuckets')).toBe(1);
  expect(first.calls.get('ec2:DescribeSecurityGroups')).toBe(2);
  // Each API has its name: none is a path.
  expect([...first.calls.keys()].filter((api) => !/^[a-z0-9]+:[A-Z]\w+$/.test(api))).toEqual([]);

  const again = await emulated.replayed(groundrules, 20);
  expect(again.passedOn).toEqual([]);
  expect([...again.calls.keys()].sort()).toEqual([...first.calls.keys()].sort());
  expect(sorted(again.verdicts)).toEqual(sorted(first.verdicts));
  // The list of buckets, and what is asked about one of them: not at the same time.
  expect(again.seconds).toBeGreaterThan(0.04);
  expect(again.processor).toBeGreaterThan(0.1);
  expect(again.megabytes).toBeGreaterThan(30);
  expect(sum(again.calls)).toBeGreaterThan(50);
});

test('a tool that fails is said with the end of what it printed', async () => {
  const broken: Tool = {
    ...groundrules,
    name: 'Broken',
    command: () => ({
      program: process.execPath,
      args: ['-e', 'console.error("no such check"); process.exit(3)'],
    }),
  };
  await expect(emulated.judge(broken, 0)).rejects.toThrow(/Broken ended with status 3\..*no such check/s);
  const absent: Tool = { ...broken, command: () => ({ program: '/nowhere/prowler', args: [] }) };
  await expect(emulated.judge(absent, 0)).rejects.toThrow('Broken could not be started (/nowhere/prowler)');
});

test('each size has its counts, and of each rule what is right and what is wrong', () => {
  for (const [size, { buckets, groups, users }] of Object.entries(SIZES)) {
    const { plan, right } = accountOf(size as keyof typeof SIZES);
    expect([plan.buckets.length + plan.trails.length, plan.groups.length, plan.users.length]).toEqual([
      buckets,
      groups,
      users,
    ]);
    for (const rule of RULES) {
      const verdicts = new Set(right.filter((one) => one.rule === rule).map((one) => one.verdict));
      expect([rule, verdicts.size]).toEqual([rule, rule === 'root-mfa' ? 1 : 2]);
    }
    expect(new Set(right.map((one) => keyOf(one.rule, one.resource))).size).toBe(right.length);
  }
});
