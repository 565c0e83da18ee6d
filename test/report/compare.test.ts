import fc from 'fast-check';
import { apply, type Change, compare, type Evaluated, isWaived } from '../../report/compare.ts';
import { compareRows, DifferenceRows, EvaluatedRows } from '../../report/compare-rows.ts';
import type { Result } from '../../report/result.ts';
import { error, result } from './support.ts';

const bad = result();
const good = result({ compliance: 'COMPLIANT', annotation: '', findings: [] });
const none = result({ compliance: 'NOT_APPLICABLE', annotation: 'exempt', findings: [] });
const doubt = error({
  ...{ rule: bad.rule, region: bad.region, resourceType: bad.resourceType, resourceId: bad.resourceId },
});
const worse = result({ annotation: 'all traffic open to 0.0.0.0/0', findings: [{ kind: 'allTraffic' }] });
const of = (...all: (typeof bad | typeof doubt)[]): Evaluated => ({
  results: all.filter((one): one is typeof bad => 'compliance' in one),
  errors: all.filter((one): one is typeof doubt => 'code' in one),
});

describe('what becomes of a resource is', () => {
  const cases: [change: Change | undefined, situation: string, before: Evaluated, after: Evaluated][] = [
    ['new', 'it was right', of(good), of(bad)],
    ['new', 'it was not there', of(), of(bad)],
    ['new', 'nobody could tell', of(doubt), of(bad)],
    ['new', 'the rule did not apply', of(none), of(bad)],
    ['still', 'it fails as before', of(bad), of(bad)],
    ['still', 'a finding has one more field', of(bad), of({ ...bad, page: 'elsewhere' })],
    ['changed', 'it fails for another reason', of(bad), of(worse)],
    ['fixed', 'it is right now', of(bad), of(good)],
    ['unjudged', 'it failed, and nobody can tell any more', of(bad), of(doubt)],
    ['unjudged', 'it failed, and nobody looked', of(bad), of()],
    ['unjudged', 'it failed, and is exempt now', of(bad), of(none)],
    ['unjudged', 'it was right, and nobody can tell any more', of(good), of(doubt)],
    ['unjudged', 'it was right, and nobody looked', of(good), of()],
    ['unjudged', 'it was right, and there is a doubt beside it', of(good), of(good, doubt)],
    ['still', 'it fails, and there is a doubt beside it', of(bad), of(bad, doubt)],
    ['other', 'it is there now, and right', of(), of(good)],
    ['other', 'somebody can tell now, and it is right', of(doubt), of(good)],
    [undefined, 'it is right as before', of(good), of(good)],
    [undefined, 'nobody can tell, as before', of(doubt), of(doubt)],
    [undefined, 'there is nothing', of(), of()],
  ];
  test.each(cases)('%s: %s', (change, _situation, before, after) => {
    expect(compare(before, after).map((one) => one.change)).toEqual(change === undefined ? [] : [change]);
  });
});

test('what follows from a rule and its page is no difference of the account, and what a waiver or AWS Config says is one', () => {
  const later = {
    ...good,
    page: 'elsewhere',
    controls: [],
    frameworks: {},
    fix: 'other',
    findingId: 'other',
  };
  expect(compare(of(good), of(later))).toEqual([]);
  const stored = { compliance: null, recordedAt: null, why: 'older' as const };
  expect(compare(of(good), of({ ...good, stored })).map(({ change }) => change)).toEqual(['other']);
  const by = [{ reason: 'r', ticket: 't', owner: 'o', until: '2027-03-31' }];
  const [one] = compare(of(good), of({ ...bad, waivers: by }));
  expect([one?.change, one && isWaived(one)]).toEqual(['new', true]);
  const [other] = compare(of(good), of({ ...bad, waivers: by }, worse));
  expect(other && isWaived(other)).toBe(false);
});

test('the same resource in another account, Region or rule is another', () => {
  const others = [
    result({ accountId: '999999999999' }),
    result({ region: 'eu-west-1' }),
    result({ rule: 's3-public' }),
    result({ resourceType: 'AWS::S3::Bucket' }),
  ];
  for (const other of others) {
    expect(compare(of(bad), of(other)).map(({ change }) => change)).toEqual(['new', 'unjudged']);
  }
});

test('the worst comes first', () => {
  const after = of(
    result({ resourceId: 'a', severity: 'LOW' }),
    result({ resourceId: 'b', severity: 'CRITICAL' }),
    result({ resourceId: 'c', severity: 'HIGH' }),
  );
  expect(compare(of(), after).map(({ severity }) => severity)).toEqual(['CRITICAL', 'HIGH', 'LOW']);
});

const subject = {
  rule: fc.constantFrom('sg-open-ports', 's3-public'),
  region: fc.constantFrom('us-east-1', 'eu-west-1'),
  resourceId: fc.constantFrom('a', 'b', 'c', '__proto__'),
};
/** Whatever else an evaluation finds out, there or not. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const moreFields = {
  resourceName: fc.constantFrom('web', 'db'),
  severity: fc.constantFrom('HIGH' as const, 'LOW' as const),
  waivers: maybe(fc.constantFrom([], [{ reason: 'r', ticket: 't', owner: 'o', until: '2027-03-31' }])),
  recordedAt: maybe(fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z')),
  stored: maybe(fc.constant({ compliance: null, recordedAt: null, why: 'noResult' as const })),
};
const evaluated = fc.record({
  results: fc.array(
    fc
      .record({
        ...subject,
        compliance: fc.constantFrom(
          'COMPLIANT' as const,
          'NON_COMPLIANT' as const,
          'NOT_APPLICABLE' as const,
        ),
        annotation: fc.constantFrom('', 'x', 'y'),
        findings: fc.array(fc.record({ kind: fc.constantFrom('one', 'two') }), { maxLength: 2 }),
        ...moreFields,
      })
      .map((more) => result(more as Partial<Result>)),
  ),
  errors: fc.array(
    fc
      .record({ ...subject, code: fc.constantFrom('A', 'B'), api: fc.constantFrom('a', 'b') })
      .map((more) => error(more)),
  ),
});
const sorted = ({ results, errors }: Evaluated) =>
  [...results, ...errors].map((one) => JSON.stringify(one)).sort();

test('what changed, applied to what was, is what is', () => {
  fc.assert(
    fc.property(evaluated, evaluated, (before, after) => {
      expect(sorted(apply(before, compare(before, after)))).toEqual(sorted(after));
    }),
    { numRuns: 500 },
  );
});

test('nothing changes between an evaluation and itself', () => {
  fc.assert(
    fc.property(evaluated, (one) => {
      expect(compare(one, one).every(({ change }) => change === 'still')).toBe(true);
    }),
  );
});

test('what fails, and is not as before, is new or changed; and nothing is fixed that has no verdict', () => {
  fc.assert(
    fc.property(evaluated, evaluated, (before, after) => {
      for (const { change, was, is } of compare(before, after)) {
        expect(change === 'fixed').toBe(was === 'NON_COMPLIANT' && is === 'COMPLIANT');
        if (is === 'NON_COMPLIANT') expect(['new', 'changed', 'still']).toContain(change);
      }
    }),
  );
});

test('evaluations that do not fit in memory have the same differences, in the same order', async () => {
  const rowsOf = ({ results, errors }: Evaluated) => {
    const rows = new EvaluatedRows({ inMemory: 700 });
    for (const one of errors) rows.error(one);
    for (const one of results) rows.result(one);
    return rows;
  };
  await fc.assert(
    fc.asyncProperty(evaluated, evaluated, async (before, after) => {
      const differences = new DifferenceRows(700);
      const [was, is] = [rowsOf(before), rowsOf(after)];
      await compareRows(was, is, (one) => differences.add(one));
      const expected = JSON.parse(JSON.stringify(compare(before, after)));
      for (const _ of ['once', 'again']) {
        const said = [];
        for await (const one of differences) said.push(one);
        expect(said).toEqual(expected);
      }
      for (const one of [was, is, differences]) one.close();
    }),
  );
});
