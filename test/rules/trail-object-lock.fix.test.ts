import fc from 'fast-check';
import type { ResourceRef } from '../../account/account.ts';
import type { Plan } from '../../rules/fix.ts';
import { fix } from '../../rules/trail-object-lock/fix.ts';
import rule from '../../rules/trail-object-lock/rule.ts';
import { ACCOUNT, denied, fails, judged, memoryAccount } from '../support/memory.ts';
import {
  lock,
  OTHER,
  planFor,
  type Readings,
  readingsOf,
  trail,
  unlocked,
  VERSIONING,
  world,
} from '../support/trails.ts';

interface Retention {
  readonly Mode: string;
  readonly Days?: number;
  readonly Years?: number;
}

const now = new Date(0);
const resource: ResourceRef = { type: 'AWS::CloudTrail::Trail', id: 'main', region: 'us-east-1' };
/** The calls of a plan, without whose bucket it is. */
const calls = ({ steps }: Plan) =>
  steps.map(({ api, input: { Bucket, ExpectedBucketOwner, ...rest } }) => {
    expect([Bucket, ExpectedBucketOwner]).toEqual(['logs', ACCOUNT]);
    return [api, rest];
  });
const versioningOn = ['s3:PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } }];
const put = (retention?: Retention) => ['s3:PutObjectLockConfiguration', lock(retention)];
const governance = (Days: number) => ({ Mode: 'GOVERNANCE', Days });
const compliance = (Days: number) => ({ Mode: 'COMPLIANCE', Days });
const allowed = { AllowCompliance: 'true' };

describe('the plan', () => {
  test.each<[situation: string, readings: Readings, calls: unknown[], inputs: object]>([
    [
      'a bucket that never had versioning: versioning first',
      world(unlocked),
      [versioningOn, put(governance(365))],
      { Versioning: true },
    ],
    [
      'suspended versioning',
      world(unlocked, { [VERSIONING]: { Status: 'Suspended' } }),
      [versioningOn, put(governance(365))],
      { Versioning: true },
    ],
    [
      'versioning that is on',
      world(unlocked, { [VERSIONING]: { Status: 'Enabled' } }),
      [put(governance(365))],
      { Versioning: false },
    ],
    [
      'Object Lock, which has versioning already',
      world(lock(), { [VERSIONING]: denied }),
      [put(governance(365))],
      { Versioning: false },
    ],
    ['a retention that is too short', world(lock(governance(30))), [put(governance(365))], {}],
  ])('%s', async (_, readings, expected, inputs) => {
    const plan = await planFor(readings);
    expect(calls(plan)).toEqual(expected);
    expect(plan.inputs).toMatchObject({ Bucket: 'logs', Mode: 'GOVERNANCE', Days: 365, Years: 0, ...inputs });
  });

  test.each<[situation: string, set: Retention, wanted: Readings, becomes: Retention]>([
    ['keeps a length that is longer', governance(400), { mode: 'COMPLIANCE' }, compliance(400)],
    [
      'keeps years that are long enough',
      { Mode: 'GOVERNANCE', Years: 3 },
      { mode: 'COMPLIANCE' },
      { Mode: 'COMPLIANCE', Years: 3 },
    ],
    ['keeps COMPLIANCE where GOVERNANCE would do', compliance(30), {}, compliance(365)],
    [
      'takes years to hold leap days',
      { Mode: 'GOVERNANCE', Years: 8 },
      { minRetentionDays: '2921' },
      governance(2922),
    ],
  ])('%s', async (_, set, wanted, becomes) => {
    expect(calls(await planFor(world(lock(set)), wanted, allowed))).toEqual([put(becomes)]);
  });

  test('whatever is set: never shorter, never weaker, and COMPLIANT afterwards', async () => {
    const length = fc.oneof(
      fc.record({ Days: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({ Years: fc.integer({ min: 1, max: 10 }) }),
    );
    const mode = fc.constantFrom('GOVERNANCE', 'COMPLIANCE');
    const parameters = fc.record({ minRetentionDays: fc.integer({ min: 1, max: 3000 }), mode });
    const days = ({ Days, Years = 0 }: Retention) => Days ?? Years * 365;
    await fc.assert(
      fc.asyncProperty(length, mode, parameters, async (present, Mode, values) => {
        const before = { Mode, ...present };
        const [call] = calls(await planFor(world(lock(before)), values, allowed));
        if (!call) return;
        const after = call[1] as ReturnType<typeof lock>;
        const set = after.ObjectLockConfiguration.Rule?.DefaultRetention as Retention;
        expect(days(set)).toBeGreaterThanOrEqual(days(before));
        if (Mode === 'COMPLIANCE') expect(set.Mode).toBe('COMPLIANCE');
        const [said] = await judged(rule, memoryAccount(world(after)), values);
        expect(said?.compliance).toBe('COMPLIANT');
      }),
    );
  });

  test('says what nobody can take back', async () => {
    expect((await planFor(world(unlocked))).warnings).toEqual([
      'Object Lock cannot be turned off again, nor versioning be suspended.',
    ]);
    expect((await planFor(world(lock(governance(30))))).warnings).toEqual([]);
    const forGood = await planFor(world(lock(compliance(30))), {}, allowed);
    expect(forGood.warnings).toEqual([expect.stringContaining('Not even root')]);
  });

  test.each<[situation: string, readings: Readings, says: RegExp]>([
    ['a bucket that is gone', world(fails('NoSuchBucket')), /Bucket logs does not exist/],
    ['no trail', readingsOf({ regions: { 'us-east-1': [] } }), /create-trail/],
  ])('%s is for a person', async (_, readings, says) => {
    expect(await planFor(readings)).toEqual({ steps: [], manual: [expect.stringMatching(says)] });
  });

  test("an organization's trail of another account is left alone", async () => {
    const shown = readingsOf({ regions: { 'us-east-1': [trail('org', 'us-east-1', { owner: OTHER })] } });
    expect(await planFor(shown)).toEqual({ steps: [] });
  });

  test('asked by ARN, it answers by ARN', async () => {
    const id = trail().TrailARN;
    const asked = { resource: { ...resource, id } };
    const said = await judged(rule, memoryAccount(world(unlocked)), {}, asked);
    expect(said).toMatchObject([{ id, name: 'main', compliance: 'NON_COMPLIANT' }]);
  });

  test('asked by ARN of a trail that makes no sense, it cannot tell', async () => {
    const id = trail().TrailARN;
    const shown = readingsOf({ regions: { 'us-east-1': [{ ...trail(), S3BucketName: 7 }, trail('other')] } });
    const said = await judged(rule, memoryAccount(shown), {}, { resource: { ...resource, id } });
    expect(said).toMatchObject([{ id, compliance: 'UNKNOWN', code: 'Malformed' }]);
  });
});

describe('undo', () => {
  const undoOf = (plan: Plan, state: unknown): Promise<Plan> | Plan =>
    fix.undo(JSON.parse(JSON.stringify(plan.before ?? null)) as never, {
      account: memoryAccount(world(state)),
      resource,
      now,
    });

  test.each<
    [situation: string, before: unknown, options: Readings, state: unknown, back: Retention | undefined]
  >([
    ['takes the default away where there was none', lock(), {}, lock(governance(365)), undefined],
    ['takes the default away where Object Lock was off', unlocked, {}, lock(governance(365)), undefined],
    ['brings back the one before', lock(governance(30)), {}, lock(governance(365)), governance(30)],
    [
      'brings back years',
      lock({ Mode: 'COMPLIANCE', Years: 1 }),
      { minRetentionDays: '400' },
      lock(compliance(400)),
      { Mode: 'COMPLIANCE', Years: 1 },
    ],
  ])('%s', async (_, before, parameters, state, back) => {
    const plan = await planFor(world(before), parameters, allowed);
    const undone = await undoOf(plan, state);
    expect(calls(undone)).toEqual([put(back)]);
    expect({ ...fix.inputs, ...undone.inputs }).toMatchObject({
      Bucket: 'logs',
      Days: back?.Days ?? 0,
      Years: back?.Years ?? 0,
    });
    expect(undone.warnings).toEqual([expect.stringContaining('stay on')]);
  });

  test.each<[situation: string, state: unknown, warnings: unknown[]]>([
    ['a longer one that somebody set since', lock(governance(500)), [expect.stringContaining('500 days')]],
    ['a stronger one', lock(compliance(365)), [expect.stringContaining('COMPLIANCE')]],
    ['a default that somebody took away', lock(), []],
    ['the one before, which is back already', lock(governance(30)), []],
    ['a bucket that was deleted', fails('NoSuchBucket'), []],
  ])('leaves alone %s', async (_, state, warnings) => {
    const undone = await undoOf(await planFor(world(lock(governance(30)))), state);
    expect(undone.steps).toEqual([]);
    expect(undone.warnings ?? []).toEqual(warnings);
  });

  test('does not guess what it cannot read', async () => {
    const plan = await planFor(world(lock()));
    await expect(undoOf(plan, denied)).rejects.toMatchObject({ api: 's3:GetObjectLockConfiguration' });
  });
});
