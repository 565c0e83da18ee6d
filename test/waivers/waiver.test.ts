import fc from 'fast-check';
import {
  isExpired,
  isExpiring,
  isUndecided,
  type Waivable,
  type Waiver,
  waiversOf,
  withTags,
} from '../../waivers/waiver.ts';

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

type Case = [is: 'waived' | 'not waived', situation: string, waivers: Waiver[], one: Waivable];
const byTag = (key: string, value?: string, more: Partial<Waiver> = {}) =>
  waiver({ resource: '*', tag: { key, value }, ...more });
const tagged = (tags: Record<string, string>) => failure({ tags });
const TAGGED: Case[] = [
  ['waived', 'tagged so', [byTag('Stage', 'dev')], tagged({ Stage: 'dev' })],
  ['waived', 'tagged so, among others', [byTag('Stage', 'dev')], tagged({ Name: 'x', Stage: 'dev' })],
  ['waived', 'tagged with the key, whatever the value', [byTag('Stage')], tagged({ Stage: 'prod' })],
  ['waived', 'tagged with an empty value', [byTag('Stage', '')], tagged({ Stage: '' })],
  [
    'not waived',
    'tagged with a value where an empty one counts',
    [byTag('Stage', '')],
    tagged({ Stage: 'x' }),
  ],
  ['not waived', 'tagged with another value', [byTag('Stage', 'dev')], tagged({ Stage: 'prod' })],
  [
    'not waived',
    'tagged with another letter case of the value',
    [byTag('Stage', 'dev')],
    tagged({ Stage: 'Dev' }),
  ],
  ['not waived', 'tagged with another letter case of the key', [byTag('Stage')], tagged({ stage: 'dev' })],
  ['not waived', 'without tags', [byTag('Stage')], tagged({})],
  ['not waived', 'of unknown tags', [byTag('Stage')], failure()],
  ['not waived', 'tagged as a glob would match', [byTag('Stage', 'd*')], tagged({ Stage: 'dev' })],
  ['waived', 'tagged with what looks like a glob', [byTag('*', 'd?')], tagged({ '*': 'd?' })],
  ['not waived', 'tagged, while a key of every object is waived', [byTag('constructor')], tagged({ a: 'b' })],
  ['not waived', 'tagged, while __proto__ is waived', [byTag('__proto__')], tagged({ a: 'b' })],
  ['waived', 'tagged __proto__', [byTag('__proto__', 'x')], tagged(JSON.parse('{"__proto__":"x"}'))],
  [
    'not waived',
    'tagged so, in another account',
    [byTag('a', 'b', { account: '999999999999' })],
    tagged({ a: 'b' }),
  ],
  [
    'not waived',
    'tagged so, and not of that name',
    [byTag('a', 'b', { resource: 'sg-2' })],
    tagged({ a: 'b' }),
  ],
  ['waived', 'tagged so, and of that name', [byTag('a', 'b', { resource: 'sg-*' })], tagged({ a: 'b' })],
  [
    'not waived',
    'tagged so, by a waiver that has expired',
    [byTag('a', 'b', { until: '2026-12-31' })],
    tagged({ a: 'b' }),
  ],
  ['waived', 'of unknown tags, and named by another waiver', [byTag('a'), waiver()], failure()],
];

const UNIT = 'ou-ab12-11111111';
const ofUnit = (more: Partial<Waiver> = {}) => waiver({ organizationalUnit: UNIT, ...more });
const within = (...units: string[]) => failure({ units });
const IN_UNITS: Case[] = [
  ['waived', 'in the unit', [ofUnit()], within('r-ab12', UNIT)],
  ['waived', 'in a unit below it', [ofUnit()], within('r-ab12', UNIT, 'ou-ab12-22222222')],
  ['waived', 'in the root', [ofUnit({ organizationalUnit: 'r-ab12' })], within('r-ab12', UNIT)],
  ['not waived', 'in another unit', [ofUnit()], within('r-ab12', 'ou-ab12-22222222')],
  ['not waived', 'in a unit that begins like it', [ofUnit()], within('r-ab12', `${UNIT}1`)],
  ['not waived', 'in the root alone', [ofUnit()], within('r-ab12')],
  ['not waived', 'in units that nobody knows', [ofUnit()], failure()],
  ['not waived', 'in the unit, and another resource', [ofUnit({ resource: 'sg-2' })], within(UNIT)],
  [
    'waived',
    'in the unit, and tagged so',
    [ofUnit({ tag: { key: 'a' } })],
    { ...within(UNIT), tags: { a: '' } },
  ],
  ['not waived', 'in the unit, and of unknown tags', [ofUnit({ tag: { key: 'a' } })], within(UNIT)],
];

test.each<[is: boolean, situation: string, waiver: Waiver, one: Waivable]>([
  [true, 'unknown units', ofUnit(), failure()],
  [true, 'unknown tags, in the unit', ofUnit({ tag: { key: 'a' } }), within(UNIT)],
  [true, 'unknown units, tagged so', ofUnit({ tag: { key: 'a' } }), tagged({ a: '' })],
  [true, 'both unknown', ofUnit({ tag: { key: 'a' } }), failure()],
  [false, 'unknown tags, in another unit', ofUnit({ tag: { key: 'a' } }), within('r-ab12')],
  [false, 'unknown units, tagged otherwise', ofUnit({ tag: { key: 'a' } }), tagged({ b: '' })],
  [false, 'unknown units, another resource', ofUnit({ resource: 'sg-2' }), failure()],
  [false, 'both known, and it is', ofUnit(), within(UNIT)],
  [false, 'both known, and it is not', ofUnit(), within('r-ab12')],
])('nobody can tell (%s): %s', (is, _situation, one, other) => {
  expect(isUndecided(one, other)).toBe(is);
});

describe('a failure is', () => {
  const cases: Case[] = [
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
    ...TAGGED,
    ...IN_UNITS,
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
const someTags = fc.dictionary(fc.constantFrom('a', 'b', 'toString'), fc.constantFrom('', 'x', '*'), {
  maxKeys: 2,
});
const anyWaiver = fc.record({
  tag: fc.option(
    fc.record({
      key: fc.constantFrom('a', 'b', 'toString'),
      value: fc.option(fc.constantFrom('', 'x', '*'), { nil: undefined }),
    }),
    { nil: undefined },
  ),
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

test('tags that nobody knows waive nothing, and whoever hangs on them is undecided', () => {
  fc.assert(
    fc.property(some, anyFailure, someTags, (waivers, more, tags) => {
      const one = failure(more);
      const byName = waivers.filter(({ tag }) => !tag);
      expect(waiversOf(waivers, one, NOW)).toEqual(waiversOf(byName, one, NOW));
      const known = { ...one, tags };
      for (const each of waivers) {
        expect(isUndecided(each, known)).toBe(false);
        // Without its tag it would be about the failure: that is what hangs on the tag.
        const { tag, ...untagged } = each;
        const would = waiversOf([{ ...untagged, until: '2027-06-30', kind: undefined }], one, NOW).length > 0;
        if (isUndecided(each, one)) expect([tag !== undefined, would]).toEqual([true, true]);
      }
    }),
  );
});

describe('tags are asked for', () => {
  const ask = async (waivers: Waiver[], one: Waivable, tags: () => Promise<Record<string, string>>) => {
    const asked = jest.fn(tags);
    return { one: await withTags(waivers, one, asked), calls: asked.mock.calls.length };
  };
  const dev = async () => ({ Stage: 'dev' });
  const cases: [situation: string, calls: number, waivers: Waiver[], one: Waivable][] = [
    ['where a waiver by tag may be about the failure', 1, [byTag('Stage', 'dev')], failure()],
    ['once, for all waivers', 1, [byTag('Stage', 'dev'), byTag('Owner')], failure()],
    ['never without a waiver by tag', 0, [waiver()], failure()],
    ['never for another resource', 0, [byTag('Stage', 'dev', { resource: 'sg-2' })], failure()],
    ['never for what passes', 0, [byTag('Stage')], failure({ compliance: 'COMPLIANT' })],
    ['never where they are known', 0, [byTag('Stage')], failure({ tags: {} })],
  ];
  test.each(cases)('%s', async (_situation, calls, waivers, one) => {
    expect((await ask(waivers, one, dev)).calls).toBe(calls);
  });

  test('and are unknown where they cannot be read', async () => {
    const denied = async () => {
      throw new Error('AccessDenied');
    };
    const { one } = await ask([byTag('Stage')], failure(), denied);
    expect(one.tags).toBeUndefined();
  });
});
