import * as fc from 'fast-check';
import { isScan, parseSelector, type Segment, select } from '../../automation/document/selector.ts';

/** The response of the user guide's page "Using JSONPath in runbooks", shortened. */
const response = {
  Reservations: [
    {
      Instances: [
        {
          ImageId: 'ami-1',
          BlockDeviceMappings: [
            { Ebs: { DeleteOnTermination: true, VolumeId: 'vol-0' }, DeviceName: '/dev/xvda' },
          ],
          State: { Code: 16, Name: 'running' },
        },
      ],
      Groups: [],
    },
    {
      Instances: [
        {
          ImageId: 'ami-1',
          BlockDeviceMappings: [
            { Ebs: { DeleteOnTermination: true, VolumeId: 'vol-1' }, DeviceName: '/dev/xvda' },
          ],
          State: { Code: 80, Name: 'stopped' },
        },
      ],
      Groups: [],
    },
  ],
};

test.each([
  ['a String', '$.Reservations[0].Instances[0].ImageId', 'ami-1'],
  ['a Boolean', '$.Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.DeleteOnTermination', true],
  ['an Integer', '$.Reservations[0].Instances[0].State.Code', 16],
  ['a StringList by deep scan', '$.Reservations..BlockDeviceMappings..VolumeId', ['vol-0', 'vol-1']],
  ['a StringMap', '$.Reservations[1].Instances[0].State', { Code: 80, Name: 'stopped' }],
  [
    'a MapList by deep scan',
    '$.Reservations..Instances..State',
    [
      { Code: 16, Name: 'running' },
      { Code: 80, Name: 'stopped' },
    ],
  ],
  ['a list of one, which stays a list', '$.Reservations[0]..VolumeId', ['vol-0']],
  ['an empty list, where a scan finds nothing', '$..Nothing', []],
  ['an index after a scan, taken of every match', '$..Instances[0].ImageId', ['ami-1', 'ami-1']],
])('the user guide selects %s', (_what, selector, value) => {
  expect(select(response, parseSelector(selector))).toEqual({ found: true, value });
});

test.each([
  ['a gap', '$.Reservations[0].Nothing.More'],
  ['an index past the end', '$.Reservations[2]'],
  ['a name on a list', '$.Reservations.Instances'],
  ['an index on a map', '$.Reservations[0][0]'],
  ['what every object inherits', '$.toString'],
])('%s is not found', (_what, selector) => {
  expect(select(response, parseSelector(selector))).toEqual({ found: false });
});

test('null is not found', () => {
  expect(select({ a: null }, parseSelector('$.a'))).toEqual({ found: false });
});

type Path = readonly (string | number)[];
const NAMES = ['a', 'b', 'c'];

/** Every node of a value with the path to it, in the order of the text. */
const nodes = (value: unknown, path: Path = []): { path: Path; value: unknown }[] => [
  { path, value },
  ...(Array.isArray(value)
    ? value.flatMap((item, index) => nodes(item, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => nodes(item, [...path, key]))
      : []),
];

/** In how many ways a path can be read as what a selector says. */
function ways(path: Path, [segment, ...rest]: readonly Segment[]): number {
  if (!segment) return path.length === 0 ? 1 : 0;
  if (segment.kind === 'index') return path[0] === segment.index ? ways(path.slice(1), rest) : 0;
  if (segment.kind === 'child') return path[0] === segment.name ? ways(path.slice(1), rest) : 0;
  return path.reduce<number>(
    (sum, part, index) => sum + (part === segment.name ? ways(path.slice(index + 1), rest) : 0),
    0,
  );
}

const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.integer({ min: 0, max: 9 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }),
  ),
}));
const segment: fc.Arbitrary<Segment> = fc.oneof(
  fc.record({ kind: fc.constant('child' as const), name: fc.constantFrom(...NAMES) }),
  fc.record({ kind: fc.constant('scan' as const), name: fc.constantFrom(...NAMES) }),
  fc.record({ kind: fc.constant('index' as const), index: fc.integer({ min: 0, max: 2 }) }),
);
const spell = (segments: readonly Segment[]) =>
  `$${segments.map((one) => (one.kind === 'index' ? `[${one.index}]` : `${one.kind === 'scan' ? '..' : '.'}${one.name}`)).join('')}`;

test('a selector picks the nodes whose paths it spells', () => {
  let found = 0;
  fc.assert(
    fc.property(json, fc.array(segment, { minLength: 1, maxLength: 4 }), (value, segments) => {
      fc.pre(segments[0]?.kind !== 'index');
      const parsed = parseSelector(spell(segments));
      expect(parsed).toEqual(segments);
      const expected = nodes(value).flatMap((node) => Array(ways(node.path, segments)).fill(node.value));
      const selected = select(value, parsed);
      if (expected.length > 0) found++;
      if (!isScan(parsed)) {
        expect(selected).toEqual(
          expected.length > 0 ? { found: true, value: expected[0] } : { found: false },
        );
        return;
      }
      const list = (selected as { value: unknown[] }).value;
      // What comes after a scan is taken match by match, which need not be the order of the text.
      if (segments.findIndex(({ kind }) => kind === 'scan') === segments.length - 1)
        expect(list).toEqual(expected);
      else
        expect(list.map((one) => JSON.stringify(one)).sort()).toEqual(
          expected.map((one) => JSON.stringify(one)).sort(),
        );
    }),
    { numRuns: 5_000 },
  );
  expect(found).toBeGreaterThan(200);
});

test('text that is no selector is a SyntaxError, and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'$.[]0a*?@\'"():-') }), (text) => {
      try {
        expect(spell(parseSelector(text))).toBe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
    { numRuns: 5_000 },
  );
});
