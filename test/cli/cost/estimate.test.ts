import fc from 'fast-check';
import { controls } from '../../../catalogue/index.ts';
import { callsOf, DEFAULTS } from '../../../cli/cost/assumptions.ts';
import { Counts } from '../../../cli/cost/counts.ts';
import { estimate } from '../../../cli/cost/estimate.ts';
import { TYPES } from '../../../cli/cost/inventories.ts';
import { type Item, type Usage, type Use, usageOf } from '../../../cli/cost/usage.ts';
import { sizeOf } from '../../../deploy/account/sizes.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';
import { rules } from '../../../rules/index.ts';
import rootMfa from '../../../rules/root-mfa/rule.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import s3Public from '../../../rules/s3-public/rule.ts';

const [someControl] = controls;
const ALONE = { scale: 1, freeTier: false };

/** A Region's use of one thing, for one control. */
function using(price: Use['price'], monthly: number, once = 0, more: Partial<Usage> = {}): Usage {
  const item: Item =
    price === 'config-pack-evaluation' ? 'evaluations' : price === 'alarm' ? 'alarms' : 'findings';
  const control = someControl as (typeof controls)[number];
  return {
    accountId: '111122223333',
    region: 'us-east-1',
    controls: [{ control, resources: 1 }],
    uses: [{ item, price, monthly, once, ...(item !== 'alarms' && { control: control.id }) }],
    unknown: [],
    ...more,
  };
}
const evaluations = (monthly: number, once = 0, more: Partial<Usage> = {}) =>
  using('config-pack-evaluation', monthly, once, more);

describe('prices of quantities', () => {
  test('tiers are an account’s and a Region’s', () => {
    // 100,000 × 0.001 + 260,000 × 0.0008
    expect(estimate([evaluations(360_000)], ALONE).usd).toBeCloseTo(308, 9);
    // Two Regions of 60,000: each in the first tier.
    const regions = [evaluations(60_000), evaluations(60_000, 0, { region: 'eu-west-1' })];
    expect(estimate(regions, ALONE)).toMatchObject({ usd: 120, readings: [{ usd: 240 }] });
  });

  test('an organization may share its tiers', () => {
    const accounts = [evaluations(60_000), evaluations(60_000, 0, { accountId: '444455556666' })];
    // Alone 2 × $60; together 100,000 × 0.001 + 20,000 × 0.0008.
    expect(estimate(accounts, ALONE).usd).toBeCloseTo(120, 9);
    expect(estimate(accounts, ALONE).readings.at(-1)?.usd).toBeCloseTo(116, 9);
    // 5,000 accounts of 4,000: alone 20 million × 0.001; together 100 + 320 + 19,500,000 × 0.0005.
    const many = estimate([evaluations(4_000)], { scale: 5_000, freeTier: false });
    expect(many.usd).toBeCloseTo(20_000, 6);
    expect(many.readings.at(-1)?.usd).toBeCloseTo(10_170, 6);
  });

  test('findings have their free ten thousand in each account, whoever shares what', () => {
    const [one] = [using('security-hub-event', 12_000)];
    // 2,000 × 0.00003, a hundred times.
    const hundred = estimate([one as Usage], { scale: 100, freeTier: false });
    expect(hundred.usd).toBeCloseTo(6, 9);
    expect(hundred.readings).toHaveLength(1);
  });

  test('the first month costs what its evaluations come to on top', () => {
    // 99,000 a month; 101,000 in the first: 1,000 × 0.001 + 1,000 × 0.0008.
    expect(estimate([evaluations(99_000, 2_000)], ALONE).onceUsd).toBeCloseTo(1.8, 9);
  });

  test('the free tier is one for all accounts', () => {
    const alarms = [using('alarm', 15), using('alarm', 15, 0, { accountId: '444455556666' })];
    expect(estimate(alarms, ALONE).usd).toBeCloseTo(3, 9);
    // 30 − 10
    expect(estimate(alarms, { scale: 1, freeTier: true }).usd).toBeCloseTo(2, 9);
    // 3,000 − 10
    expect(estimate(alarms, { scale: 100, freeTier: true }).usd).toBeCloseTo(299, 9);
    expect(estimate([using('alarm', 4)], { scale: 1, freeTier: true }).usd).toBe(0);
  });

  test('nothing costs nothing', () => {
    expect(estimate([], ALONE)).toMatchObject({ usd: 0, onceUsd: 0, items: [], controls: [], sharedUsd: 0 });
  });
});

const QUIET: SettingsInput = { notifications: { alarms: false, dashboard: false } };

function usageWith(
  given: Readonly<Record<string, number>>,
  input: SettingsInput = QUIET,
  assumptions = DEFAULTS,
): Usage {
  const counts = new Counts();
  for (const [type, count] of Object.entries(given)) counts.set(type, 'us-east-1', count);
  const inventory = { accountId: '111122223333', regions: ['us-east-1'], counts };
  return usageOf(inventory, 'us-east-1', readSettings(input), assumptions);
}
const controlOf = (usage: Usage, id: string) =>
  estimate([usage], ALONE).controls.find(({ control }) => control === id);

describe('what a control uses', () => {
  const groups = usageWith({ 'AWS::EC2::SecurityGroup': 100 });

  test('a rule of ours: changes, daily runs, a function', () => {
    const row = controlOf(groups, 'sg-open-ports');
    expect(row).toMatchObject({
      resources: 100,
      // 100 × 0.1 × 30.4 changes, 100 × 30.4 results of daily runs.
      evaluations: 304 + 3_040,
      // 100 × 5 %
      complianceItems: 5,
      // One a change, one a day.
      invocations: 304 + 30.4,
      findings: 0,
      atLeast: false,
    });
    // Calls of a daily run: 2 and a PutEvaluations (docs/benchmarks.md), and 3 for the sweep; of a change 2.
    // It has 1,024 MB (deploy/account/sizes.ts).
    const daily = 0.3 + 0.007 + 6 * 0.05;
    const change = 0.3 + 0.007 + 2 * 0.05;
    const gigabytes = (334.4 * 2_000) / 1e9;
    const usd =
      3_344 * 0.001 +
      5 * 0.003 +
      334.4 * 0.0000002 +
      (30.4 * daily + 304 * change) * 0.0000133334 +
      gigabytes * 0.5 +
      gigabytes * (90 / 30.4) * 0.03;
    expect(row?.usd).toBeCloseTo(usd, 9);
  });

  const managed = controls.filter(
    (control) =>
      control.kind === 'managed' &&
      String(control.resourceTypes) === 'AWS::EC2::SecurityGroup' &&
      !control.off,
  );
  test.each(managed.map(({ id }) => id))('a managed rule by its trigger: %s', (id) => {
    const { trigger } = managed.find((one) => one.id === id) as { trigger: string };
    const changes = trigger === 'periodic' ? 0 : 304;
    const daily = trigger === 'change' ? 0 : 3_040;
    expect(controlOf(groups, id)).toMatchObject({ evaluations: changes + daily, invocations: 0 });
  });

  test('the account is one result', () => {
    expect(controlOf(groups, 'root-mfa')).toMatchObject({ resources: 1, evaluations: 30.4, atLeast: false });
  });

  test('users and root', () => {
    const users = usageWith({ 'AWS::IAM::User': 12 });
    expect(controlOf(users, 'access-key-age')).toMatchObject({ resources: 13, evaluations: 13 * 30.4 });
  });

  test('trails, or the account where there is none', () => {
    const of = (count: number) =>
      controlOf(usageWith({ 'AWS::CloudTrail::Trail': count }), 'trail-object-lock');
    expect(of(0)).toMatchObject({ resources: 1 });
    expect(of(1)).toMatchObject({ resources: 1 });
    expect(of(3)).toMatchObject({ resources: 3, atLeast: false });
  });

  test('a process check costs nothing', () => {
    expect(controlOf(groups, 'root-dual-control')).toMatchObject({ evaluations: 0, usd: 0, atLeast: false });
  });

  test('what nobody counted is not in the sum, and says so', () => {
    expect(controlOf(groups, 'rds-not-public')).toMatchObject({ resources: 0, usd: 0, atLeast: true });
    expect(estimate([groups], ALONE).atLeast).toBe(true);
    expect(groups.unknown).toContainEqual(
      expect.objectContaining({ control: 'rds-not-public', resourceType: 'AWS::RDS::DBInstance' }),
    );
    const all = usageWith(Object.fromEntries(TYPES.map((type) => [type, 0])));
    expect(all.unknown).toEqual([]);
    expect(estimate([all], ALONE).atLeast).toBe(false);
  });
});

describe('settings and assumptions', () => {
  const buckets = { 'AWS::S3::Bucket': 40 };
  const itemOf = (usage: Usage, item: Item) =>
    estimate([usage], ALONE).items.find((one) => one.item === item);

  test('Security Hub: a finding for each verdict that changes, and a queue that is asked day and night', () => {
    expect(itemOf(usageWith(buckets), 'findings')).toBeUndefined();
    const usage = usageWith(buckets, { ...QUIET, securityHub: { findings: true } });
    expect(controlOf(usage, 's3-public')).toMatchObject({ findings: 2 });
    const findings = itemOf(usage, 'findings')?.quantity ?? 0;
    // Sent, received, deleted; 5 connections × 3 a minute.
    expect(itemOf(usage, 'queue')?.quantity).toBeCloseTo(3 * findings + 15 * 60 * 24 * 30.4, 6);
    expect(itemOf(usage, 'queue')?.usd).toBeCloseTo((3 * findings + 656_640) * 0.0000004, 9);
  });

  test('the recorder, if asked for: of what was counted', () => {
    const record = (recorder: 'continuous' | 'daily', changesPerDay: number) =>
      itemOf(usageWith(buckets, QUIET, { ...DEFAULTS, recorder, changesPerDay }), 'recorder');
    expect(itemOf(usageWith(buckets), 'recorder')).toBeUndefined();
    // 40 × 0.1 × 30.4 × $0.003
    expect(record('continuous', 0.1)).toMatchObject({ quantity: 121.6 });
    expect(record('continuous', 0.1)?.usd).toBeCloseTo(0.3648, 9);
    // No more than one a day: 40 × 30.4 × $0.012.
    expect(record('daily', 5)?.usd).toBeCloseTo(14.592, 9);
    expect(record('continuous', 5)?.quantity).toBeCloseTo(6_080, 6);
  });

  test('a function’s memory, and the longest it may run', () => {
    const computing = (input: SettingsInput) =>
      itemOf(usageWith({ 'AWS::S3::Bucket': 1_000_000 }, input), 'computing');
    const small = computing({ ...QUIET, functions: { timeoutSeconds: 3, memoryMegabytes: 512 } });
    const large = computing({ ...QUIET, functions: { timeoutSeconds: 3, memoryMegabytes: 1024 } });
    expect(large?.quantity).toBeCloseTo(2 * (small?.quantity ?? 0), 6);
    const long = computing({ ...QUIET, functions: { timeoutSeconds: 900, memoryMegabytes: 512 } });
    expect(long?.quantity).toBeGreaterThan(small?.quantity ?? Number.NaN);
  });

  test('a function is reckoned with the memory that it is deployed with', () => {
    const computing = (control: string, memoryMegabytes?: number) => {
      const settings = readSettings({ functions: memoryMegabytes ? { memoryMegabytes } : {} });
      const counts = new Counts();
      counts.set('AWS::S3::Bucket', 'us-east-1', 10);
      const { uses } = usageOf(
        { accountId: '1', regions: ['us-east-1'], counts },
        'us-east-1',
        settings,
        DEFAULTS,
      );
      return uses.find((use) => use.item === 'computing' && use.control === control)?.monthly;
    };
    for (const rule of [s3Public, rootMfa]) {
      expect(computing(rule.id)).toBeGreaterThan(0);
      expect(computing(rule.id)).toBe(computing(rule.id, sizeOf(rule).memoryMegabytes));
    }
    expect(sizeOf(s3Public).memoryMegabytes).toBe(2 * sizeOf(rootMfa).memoryMegabytes);
  });

  test('the dashboard is one, of the home Region', () => {
    const settings = readSettings({ regions: ['us-east-1', 'eu-west-1'] });
    const inventory = { accountId: '1', regions: settings.regions, counts: new Counts() };
    const dashboards = settings.regions.map((region) =>
      itemOf(usageOf(inventory, region, settings, DEFAULTS), 'dashboard'),
    );
    expect(dashboards.map((one) => one?.quantity)).toEqual([1, undefined]);
  });

  test('global resources are judged in the home Region alone', () => {
    const counts = new Counts();
    counts.set('AWS::IAM::User', 'global', 5);
    const settings = readSettings({ ...QUIET, regions: ['us-east-1', 'eu-west-1'] });
    const usages = settings.regions.map((region) =>
      usageOf({ accountId: '1', regions: [], counts }, region, settings, DEFAULTS),
    );
    expect(
      estimate(usages, ALONE).controls.find(({ control }) => control === 'access-key-age'),
    ).toMatchObject({
      resources: 6,
    });
  });
});

test('the calls of a periodic run are those that the benchmarks counted', () => {
  // docs/benchmarks.md, N = 10, 100, 1,000, without the sweep (2 calls and one for a hundred results).
  type Measured = [results: (size: number) => number, calls: number[]];
  const measured: Record<string, Measured> = {
    'root-mfa': [() => 1, [2, 2, 2]],
    's3-public': [(size) => size, [24, 213, 2112]],
    'sg-open-ports': [(size) => size, [3, 3, 12]],
    'access-key-age': [(size) => size + 1, [4, 5, 14]],
    'trail-log-retention': [(size) => size, [13, 112, 1111]],
    'trail-object-lock': [(size) => size, [12, 102, 1011]],
  };
  // What says that its calls grow with the account has been counted.
  const growing = rules.filter(({ calls }) => calls && calls.each > 0).map(({ id }) => id);
  // test/bench/asked.test.ts counts those two.
  const counted = [...Object.keys(measured), 'ec2-no-embedded-keys', 'unused-resources'];
  expect(counted).toEqual(expect.arrayContaining(growing));
  for (const [id, [results, calls]] of Object.entries(measured)) {
    const rule = rules.find((one) => one.id === id) as AnyRule;
    const sweep = (count: number) => 2 + Math.ceil(count / 100);
    // A tenth of a call has no exact number.
    const said = [10, 100, 1000].map((size) =>
      Number((callsOf(rule, results(size)) - sweep(results(size))).toFixed(6)),
    );
    expect([rule.id, ...said]).toEqual([rule.id, ...calls]);
  }
});

describe('properties', () => {
  const some = fc.record(
    Object.fromEntries(TYPES.map((type) => [type, fc.integer({ min: 0, max: 200_000 })])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, number>>;
  const more = fc.dictionary(fc.constantFrom(...TYPES), fc.integer({ min: 0, max: 200_000 }));
  const input: SettingsInput = { securityHub: {} };

  test('more resources never cost less, by any reading', () => {
    fc.assert(
      fc.property(
        some,
        more,
        fc.boolean(),
        fc.constantFrom(1, 2.5, 5_000),
        (counts, extra, freeTier, scale) => {
          const larger = Object.fromEntries(
            [...new Set([...Object.keys(counts), ...Object.keys(extra)])].map((type) => [
              type,
              (counts[type] ?? 0) + (extra[type] ?? 0),
            ]),
          );
          const [less, greater] = [counts, larger].map((one) =>
            estimate([usageWith(one, input)], { freeTier, scale }),
          );
          if (!less || !greater) throw new Error('two estimates');
          const rounding = 1e-9 * greater.usd;
          expect(greater.usd).toBeGreaterThanOrEqual(less.usd - rounding);
          expect(greater.onceUsd + greater.usd).toBeGreaterThanOrEqual(less.onceUsd + less.usd - rounding);
          expect(greater.readings[0]?.usd).toBeGreaterThanOrEqual(
            (less.readings[0]?.usd ?? 0) - 2 * rounding,
          );
          const [shared, sharedLess] = [greater, less].map(({ readings, usd }) => readings[1]?.usd ?? usd);
          expect(shared).toBeGreaterThanOrEqual((sharedLess ?? 0) - rounding - 0.005);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('items and controls add up to the sum', () => {
    fc.assert(
      fc.property(some, fc.boolean(), (counts, freeTier) => {
        const {
          usd,
          items,
          controls: rows,
          sharedUsd,
        } = estimate([usageWith(counts, input)], { freeTier, scale: 3 });
        const total = (all: readonly { usd: number }[]) => all.reduce((sum, one) => sum + one.usd, 0);
        expect(total(items)).toBeCloseTo(usd, 5);
        expect(total(rows) + sharedUsd).toBeCloseTo(usd, 5);
      }),
      { numRuns: 60 },
    );
  });
});
