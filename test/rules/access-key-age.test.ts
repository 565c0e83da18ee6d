import fc from 'fast-check';
import { ago, DAY, key, NOW, type Reported, run, users, type World } from '../support/access-keys.ts';
import { denied, type Said } from '../support/memory.ts';
import { cases } from './access-key-age/cases.ts';

describe('access-key-age', () => {
  test.each(cases)('$title → $says', async ({ reported, fresh, parameters, now, says, annotation, code }) => {
    const world: World = { report: { alice: reported }, ...(fresh && { keys: { alice: fresh } }) };
    const said = users(await run(world, parameters, now ? { now: new Date(now) } : {}));

    expect(said.map(({ compliance }) => compliance)).toEqual(says === 'nothing' ? [] : [says]);
    const [alice] = said;
    if (!alice) return;
    expect(alice).toMatchObject({ id: 'AIDAALICE', name: 'alice', region: 'global' });
    expect(alice.code).toBe(code);
    if (annotation instanceof RegExp) expect(alice.annotation).toMatch(annotation);
    else if (annotation !== undefined) expect(alice.annotation).toBe(annotation);
  });
  describe('the exemption tag', () => {
    const old: Reported[] = [[true, ago(200)]];
    const one = async (world: World) =>
      users(await run(world, { exemptTagKey: 'key-age-exempt' }))[0] as Said;

    test('leaves the user out, old key or not', async () => {
      const said = await one({ report: { alice: old }, tags: { alice: { 'key-age-exempt': '' } } });
      expect(said).toMatchObject({
        compliance: 'NOT_APPLICABLE',
        annotation: 'exempt by tag key-age-exempt',
      });
    });

    test('is compared exactly', async () => {
      const said = await one({ report: { alice: old }, tags: { alice: { 'Key-Age-Exempt': 'true' } } });
      expect(said.compliance).toBe('NON_COMPLIANT');
    });

    test('unreadable, on a failing user: could not tell', async () => {
      const said = await one({ report: { alice: old }, tags: { alice: denied } });
      expect(said).toMatchObject({ compliance: 'UNKNOWN', code: 'AccessDenied' });
    });

    test('unreadable, on a passing user: still passes', async () => {
      const said = await one({ report: { alice: [] }, tags: { alice: denied } });
      expect(said.compliance).toBe('COMPLIANT');
    });
  });

  describe('for any keys', () => {
    const age = fc.integer({ min: 0, max: 200 * DAY });
    const keysOf = fc.array(fc.record({ age, active: fc.boolean() }), { maxLength: 2 });
    type Keys = readonly { age: number; active: boolean }[];
    const worldOf = (keys: Keys): World => {
      const at = ({ age }: { age: number }) => new Date(NOW.getTime() - age).toISOString();
      return {
        report: { alice: keys.map((one): Reported => [one.active, at(one)]) },
        keys: {
          alice: keys.map((one, n) => key(at(one), one.active ? 'Active' : 'Inactive', `AKIA${n}`)),
        },
      };
    };
    const alice = async (world: World, parameters = {}, now = NOW) =>
      users(await run(world, parameters, { now }))[0] as Said;

    test('whatever was activated or deactivated since the report, the fresh list decides', async () => {
      const changes = fc.array(fc.boolean(), { minLength: 2, maxLength: 2 });
      await fc.assert(
        fc.asyncProperty(keysOf, changes, async (keys, changed) => {
          const since = keys.map((one, n) => ({ ...one, active: one.active !== changed[n] }));
          const { report } = worldOf(keys);
          const said = await alice({ ...worldOf(since), ...(report && { report }) });
          expect(said.compliance).toBe((await alice(worldOf(since))).compliance);
        }),
      );
    });

    test('who fails goes on failing, until something changes', async () => {
      await fc.assert(
        fc.asyncProperty(keysOf, fc.integer({ min: 0, max: 400 * DAY }), async (keys, later) => {
          const before = await alice(worldOf(keys));
          const after = await alice(worldOf(keys), {}, new Date(NOW.getTime() + later));
          if (before.compliance === 'NON_COMPLIANT') expect(after.compliance).toBe('NON_COMPLIANT');
        }),
      );
    });

    test('the announced moment is the last one at which the key passes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 80 * DAY, max: 90 * DAY }), async (age) => {
          const world = worldOf([{ age, active: true }]);
          const { annotation } = await alice(world);
          const failsAt = new Date(annotation.replace(/.*fails after /, '')).getTime();
          expect((await alice(world, {}, new Date(failsAt))).compliance).toBe('COMPLIANT');
          expect((await alice(world, {}, new Date(failsAt + 1))).compliance).toBe('NON_COMPLIANT');
        }),
      );
    });

    test('a longer limit never fails more', async () => {
      const limit = fc.integer({ min: 0, max: 200 });
      await fc.assert(
        fc.asyncProperty(keysOf, limit, limit, async (keys, one, other) => {
          const [short, long] = [Math.min(one, other), Math.max(one, other)];
          const strict = await alice(worldOf(keys), { maxAgeDays: short });
          const lenient = await alice(worldOf(keys), { maxAgeDays: long });
          if (strict.compliance === 'COMPLIANT') expect(lenient.compliance).toBe('COMPLIANT');
        }),
      );
    });

    test('which key is number 1 does not matter', async () => {
      await fc.assert(
        fc.asyncProperty(keysOf, async (keys) => {
          const [one, other] = [await alice(worldOf(keys)), await alice(worldOf([...keys].reverse()))];
          expect(other.compliance).toBe(one.compliance);
        }),
      );
    });

    test('the report and the fresh list agree where nothing has changed in between', async () => {
      await fc.assert(
        fc.asyncProperty(keysOf, async (keys) => {
          const { report } = worldOf(keys);
          const byReport = await alice({ ...(report && { report }) });
          expect((await alice(worldOf(keys))).compliance).toBe(byReport.compliance);
        }),
      );
    });
  });
});
