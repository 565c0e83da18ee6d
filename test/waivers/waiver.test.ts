import fc from 'fast-check';
import { isExpired, isExpiring, type Waivable, type Waiver, waiversOf } from '../../waivers/waiver.ts';

const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  ...{ rule: 'sg-open-ports', resource: 'sg-1', reason: 'r', ticket: 't', owner: 'o' },
  ...{ until: '2027-03-31', line: 2 },
  ...more,
});
const failure = (more: Partial<Waivable> = {}): Waivable => ({
  ...{ rule: 'sg-open-ports', accountId: '111122223333', region: 'us-east-1' },
  ...{ resourceId: 'sg-1', resourceName: 'web', compliance: 'NON_COMPLIANT' },
  findings: [{ kind: 'openPorts' }],
  ...more,
});
const NOW = new Date('2027-01-01T00:00:00Z');

describe('a failure is', () => {
  const cases: [is: 'waived' | 'not waived', situation: string, waivers: Waiver[], one: Waivable][] = [
    ['waived', 'named by its id', [waiver()], failure()],
    ['waived', 'named by its name', [waiver({ resource: 'web' })], failure()],
    ['waived', 'matched by *', [waiver({ resource: 'w*' })], failure()],
    ['waived', 'matched by ?', [waiver({ resource: 'sg-?' })], failure()],
    ['not waived', 'another resource', [waiver({ resource: 'sg-2' })], failure()],
    ['not waived', 'only partly matched', [waiver({ resource: 'sg' })], failure()],
    [
      'not waived',
      'called like the glob of another',
      [waiver({ resource: 'we?' })],
      failure({ resourceName: 'w*' }),
    ],
    ['not waived', 'of another rule', [waiver({ rule: 's3-public' })], failure()],
    ['waived', 'in the account', [waiver({ account: '111122223333' })], failure()],
    ['not waived', 'in another account', [waiver({ account: '999999999999' })], failure()],
    ['waived', 'in the Region', [waiver({ region: 'us-east-1' })], failure()],
    ['not waived', 'in another Region', [waiver({ region: 'eu-west-1' })], failure()],
    ['waived', 'of the kind', [waiver({ kind: 'openPorts' })], failure()],
    ['not waived', 'of another kind', [waiver({ kind: 'allTraffic' })], failure()],
    [
      'not waived',
      'of the kind, and of another besides',
      [waiver({ kind: 'openPorts' })],
      failure({ findings: [{ kind: 'openPorts' }, { kind: 'allTraffic' }] }),
    ],
    [
      'waived',
      'of two kinds, each with a waiver',
      [waiver({ kind: 'openPorts' }), waiver({ kind: 'allTraffic' })],
      failure({ findings: [{ kind: 'openPorts' }, { kind: 'allTraffic' }] }),
    ],
    [
      'not waived',
      'of two kinds, one of whose waivers has expired',
      [waiver({ kind: 'openPorts' }), waiver({ kind: 'allTraffic', until: '2026-12-31' })],
      failure({ findings: [{ kind: 'openPorts' }, { kind: 'allTraffic' }] }),
    ],
    ['waived', 'on the last day', [waiver({ until: '2027-01-01' })], failure()],
    ['not waived', 'the day after', [waiver({ until: '2026-12-31' })], failure()],
    ['not waived', 'right anyway', [waiver()], failure({ compliance: 'COMPLIANT' })],
    ['not waived', 'not applicable', [waiver()], failure({ compliance: 'NOT_APPLICABLE' })],
    ['not waived', 'without any waiver', [], failure()],
  ];
  test.each(cases)('%s: %s', (is, _situation, waivers, one) => {
    expect(waiversOf(waivers, one, NOW).length > 0).toBe(is === 'waived');
  });
});

test('a waiver holds to the last moment of its day in UTC, and ends within two weeks of then', () => {
  const at = (time: string) => new Date(time);
  const { until } = waiver();
  expect(isExpired({ until }, at('2027-03-31T23:59:59.999Z'))).toBe(false);
  expect(isExpired({ until }, at('2027-04-01T00:00:00.000Z'))).toBe(true);
  expect(isExpiring({ until }, at('2027-03-17T23:59:59.999Z'))).toBe(false);
  expect(isExpiring({ until }, at('2027-03-18T00:00:00.000Z'))).toBe(true);
  expect(isExpiring({ until }, at('2027-04-01T00:00:00.000Z'))).toBe(false);
});

const kinds = fc.constantFrom('openPorts', 'allTraffic');
const anyWaiver = fc.record({
  resource: fc.constantFrom('sg-1', 'web', '*', 'sg-?', 'sg-2'),
  account: fc.constantFrom(undefined, '111122223333', '999999999999'),
  kind: fc.option(kinds, { nil: undefined }),
  until: fc.constantFrom('2026-06-30', '2026-12-31', '2027-01-01', '2027-06-30'),
});
const anyFailure = fc.record({
  compliance: fc.constantFrom('COMPLIANT' as const, 'NON_COMPLIANT' as const, 'NOT_APPLICABLE' as const),
  resourceId: fc.constantFrom('sg-1', 'sg-2'),
  findings: fc.array(
    kinds.map((kind) => ({ kind })),
    { maxLength: 3 },
  ),
});
const some = fc.array(
  anyWaiver.map((more) => waiver(more)),
  { maxLength: 5 },
);

test('an expired waiver makes no difference, whatever else there is', () => {
  fc.assert(
    fc.property(some, anyFailure, (waivers, more) => {
      const left = waivers.filter((one) => !isExpired(one, NOW));
      expect(waiversOf(waivers, failure(more), NOW)).toEqual(waiversOf(left, failure(more), NOW));
    }),
  );
});

test('only a failure is ever waived, and each of its findings by a waiver that holds', () => {
  fc.assert(
    fc.property(some, anyFailure, (waivers, more) => {
      const by = waiversOf(waivers, failure(more), NOW);
      if (by.length === 0) return;
      expect(more.compliance).toBe('NON_COMPLIANT');
      for (const { kind } of more.findings) {
        expect(by.some((one) => one.kind === undefined || one.kind === kind)).toBe(true);
      }
    }),
  );
});
