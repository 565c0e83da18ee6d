import fc from 'fast-check';
import { durationIn } from '../../../report/history/duration.ts';
import { FLAPPING, type History, historyOf } from '../../../report/history/history.ts';
import { type Run, Tracks } from '../../../report/history/run.ts';
import { ACCOUNT, DAY, days, daysOf, history, type RunOf, runOf, type Said } from './support.ts';

describe('one resource through runs ten days apart:', () => {
  // `≥`: it failed in the first run that looked.
  test.each<[situation: string, letters: string, fixed: number, toFix: string, open: string, left: number]>([
    ['it passes all along', 'PPP', 0, '', '', 0],
    ['it fails all along', 'FFF', 0, '', '≥20', 0],
    ['it began to fail', 'PFF', 0, '', '10', 0],
    ['it was fixed', 'PFFP', 1, '20', '', 0],
    ['it failed when somebody first looked, and was fixed', 'FFP', 1, '≥20', '', 0],
    ['nobody could tell in between, and it fails', 'PF?F', 0, '', '20', 0],
    ['nobody could tell in between, and it passes', 'PF?P', 1, '20', '', 0],
    ['nobody can tell now', 'PF?', 0, '', '10', 0],
    ['nobody could tell at first, so that nobody knows since when', '?FP', 1, '≥10', '', 0],
    ['it was not there at first', '-FP', 1, '10', '', 0],
    ['it did not apply at first', 'NFP', 1, '10', '', 0],
    ['it was waived, which is no fix', 'PFWW', 0, '', '20', 0],
    ['it was waived from the start, and was fixed', 'PWP', 1, '10', '', 0],
    ['it is gone, which is no fix', 'PF-', 0, '', '', 1],
    ['it does not apply any more, which is no fix', 'PFN', 0, '', '', 1],
    ['it was gone in between, and fails', 'PF-F', 0, '', '20', 0],
    ['it was gone in between, and passes', 'PF-P', 1, '20', '', 0],
    ['it was fixed twice', 'PFPFFP', 2, '15', '', 0],
    ['it was fixed, and fails again', 'PFPF', 1, '10', '0', 0],
  ])('%s (%s)', (_, letters, fixed, toFix, open, left) => {
    const { total, left: gone, open: shown } = history(daysOf(letters));
    const text = (age: { milliseconds: number; isAtLeast: boolean } | undefined) =>
      age ? `${age.isAtLeast ? '≥' : ''}${days(age.milliseconds)}` : '';
    expect([total.fixed, text(total.toFix), text(total.age), gone]).toEqual([fixed, toFix, open, left]);
    expect(total.open).toBe(open === '' ? 0 : 1);
    expect(shown).toHaveLength(open === '' || letters.endsWith('W') ? 0 : 1);
  });

  test.each<[letters: string, turns: number]>([
    ['PF', 0],
    ['PFP', 0],
    ['PFPF', 3],
    ['FPFP', 3],
    ['P?F-PNF', 3],
    ['PWPW', 3],
    ['FWFWF', 0],
    ['FFPPFFPP', 3],
    ['PFPFPFP', 6],
  ])('%s turns so often that it is named, or not: %i', (letters, turns) => {
    const { flapping } = history(daysOf(letters));
    expect(flapping.count).toBe(turns >= FLAPPING ? 1 : 0);
    expect(flapping.shown.map((one) => one.turns)).toEqual(turns >= FLAPPING ? [turns] : []);
  });

  test.each<[letters: string, points: string]>([
    ['PF', '0/1 1/1'],
    ['FW', '1/1 0/1'],
    ['F?P', '1/1 1/1+1 0/1'],
    ['W?', '0/1 0/1+1'],
    ['P?', '0/1 0/0'],
    ['?F', '0/0 1/1'],
    ['FN-', '1/1 0/0 0/0'],
  ])(
    '%s is %s: what fails, of what has a verdict, and what failed before and cannot be told',
    (letters, points) => {
      const { all, domains } = history(daysOf(letters));
      const text = all.points.map((point) =>
        point ? `${point.failing}/${point.judged}${point.carried > 0 ? `+${point.carried}` : ''}` : '',
      );
      expect(text.join(' ')).toBe(points);
      expect([...domains.keys()]).toEqual(['workloads']);
      expect(domains.get('workloads')?.points).toEqual(all.points);
    },
  );
});

describe('runs that did not look at the same', () => {
  const one = { id: 'sg-1' };
  const other = { id: 'sg-2', accountId: '444455556666' };
  const both = [ACCOUNT, '444455556666'];

  test('are compared over what the last one judged too', () => {
    const { all, total, unrelated } = history([
      {
        day: 0,
        says: [
          [one, 'F'],
          [other, 'F'],
        ],
        accountIds: both,
      },
      { day: 10, says: [[other, 'P']], accountIds: ['444455556666'] },
      { day: 20, says: [[one, 'P']] },
    ]);
    expect(all.points.map((point) => point?.judged)).toEqual([1, 1]);
    expect([total.fixed, total.open, unrelated]).toEqual([1, 0, 1]);
  });

  test('have a line that breaks off, and nothing that began or was fixed for it', () => {
    const { all, total } = history([
      { day: 0, says: [[one, 'P']] },
      {
        day: 10,
        says: [
          [one, 'P'],
          [other, 'F'],
        ],
        accountIds: both,
      },
      {
        day: 20,
        says: [
          [one, 'P'],
          [other, 'F'],
        ],
        accountIds: both,
      },
    ]);
    expect(all.points.map((point) => point?.isApart)).toEqual([false, true, false]);
    expect([all.began, total.fixed]).toEqual([0, 0]);
    expect(total.age).toEqual({ milliseconds: 10 * DAY, isAtLeast: true });
  });

  test.each<[string, Partial<RunOf>]>([
    ['the account', { accountIds: ['444455556666', ACCOUNT].slice(0, 1) }],
    ['the rule', { rules: ['s3-public'] }],
    ['the Region', { regions: ['eu-west-1'] }],
  ])('without %s in between, what failed before fails still, and nothing turned', (_, without) => {
    const keep: RunOf['says'] = [
      [{ id: 'x', rule: 's3-public', accountId: '444455556666', region: 'eu-west-1' }, 'P'],
    ];
    const whole = {
      accountIds: both,
      rules: ['sg-open-ports', 's3-public'],
      regions: ['us-east-1', 'eu-west-1'],
    };
    const { total, all } = history([
      { ...whole, day: 0, says: [[one, 'P'], ...keep] },
      { ...whole, day: 10, says: [[one, 'F'], ...keep] },
      { ...whole, ...without, day: 20, says: keep },
      { ...whole, day: 30, says: [[one, 'P'], ...keep] },
    ]);
    expect(total.toFix).toEqual({ milliseconds: 20 * DAY, isAtLeast: false });
    expect(all.points.map((point) => point?.failing)).toEqual([0, 1, 0, 0]);
    expect(all.points.map((point) => point?.isApart)).toEqual([false, false, true, true]);
  });

  test.each(['us-east-1', 'global'])(
    'a list that nobody could read in %s makes nothing go away',
    (blindIn) => {
      const { total, left, all } = history([
        { day: 0, says: [[one, 'P']] },
        { day: 10, says: [[one, 'F']] },
        { day: 20, says: [], blindIn },
      ]);
      expect([total.open, left]).toEqual([1, 0]);
      expect(all.points.at(-1)).toMatchObject({ failing: 1, judged: 1, carried: 1 });
    },
  );

  test('a list that nobody could read elsewhere has no say', () => {
    const { left } = history([
      { day: 0, says: [[one, 'F']] },
      { day: 10, says: [], blindIn: 'eu-west-1' },
    ]);
    expect(left).toBe(1);
  });

  test('later ones, copies and the sample’s are not in it', () => {
    const tracks = new Tracks();
    const run = (more: Partial<RunOf>) => runOf(tracks, { day: 0, says: [[one, 'F']], ...more });
    const last = run({ day: 10, name: 'results.json' });
    const others = [
      run({}),
      run({ name: 'copy.json' }),
      run({ day: 10 }),
      run({ day: 20 }),
      run({ day: 5, sample: true }),
    ];
    const { runs, later, unrelated } = historyOf(tracks, others, last);
    expect(runs.map(({ name }) => name)).toEqual(['copy.json', 'results.json']);
    expect([later, unrelated]).toEqual([1, 0]);
  });
});

test('severities have their own numbers, and the median is between the two in the middle', () => {
  const [low, high] = [
    { id: 'sg-low', severity: 'LOW' as const },
    { id: 'sg-high', severity: 'HIGH' as const },
  ];
  const { severities, total } = history([
    {
      day: 0,
      says: [
        [low, 'P'],
        [high, 'P'],
      ],
    },
    {
      day: 10,
      says: [
        [low, 'F'],
        [high, 'F'],
      ],
    },
    {
      day: 20,
      says: [
        [low, 'F'],
        [high, 'P'],
      ],
    },
    {
      day: 40,
      says: [
        [low, 'P'],
        [high, 'P'],
      ],
    },
  ]);
  expect(days(severities.get('HIGH')?.toFix?.milliseconds)).toBe(10);
  expect(days(severities.get('LOW')?.toFix?.milliseconds)).toBe(30);
  expect(severities.get('CRITICAL')).toEqual({ fixed: 0, open: 0, waived: 0 });
  expect(days(total.toFix?.milliseconds)).toBe(20);
});

test('a resource is called as the newest run calls it, whatever order they are read in', () => {
  const tracks = new Tracks();
  const one = {
    rule: 'sg-open-ports',
    accountId: ACCOUNT,
    region: 'global',
    resourceType: 'T',
    resourceId: 'x',
  };
  const number = tracks.numberOf(one, 'LOW');
  for (const at of [1, 3, 2]) tracks.name(number, { resourceName: `name ${at}`, severity: 'LOW' }, at, 0);
  expect(tracks.all[number]).toMatchObject({ resourceName: 'name 3' });
});

test('durations are in words of their language, rounded down', () => {
  const said = (milliseconds: number, isAtLeast = false) => [
    durationIn('en', { milliseconds, isAtLeast }),
    durationIn('ko', { milliseconds, isAtLeast }),
  ];
  expect(said(1.99 * DAY)).toEqual(['1.9 days', '1.9일']);
  expect(said(41.9 * DAY, true)).toEqual(['≥ 41 days', '≥ 41일']);
  expect(said(DAY)).toEqual(['1 day', '1일']);
  expect(said(DAY / 2)).toEqual(['12 hours', '12시간']);
  expect(said(0)).toEqual(['0 minutes', '0분']);
});

describe('whatever the runs say', () => {
  const said = fc.constantFrom<Said>('F', 'P', 'W', 'N', '?', '-');
  const RESOURCES = ['a', 'b', 'c', 'd'].map((id, at) => ({
    id,
    accountId: at < 2 ? ACCOUNT : '444455556666',
    region: at % 2 === 0 ? 'us-east-1' : 'eu-west-1',
  }));
  const run = fc.record({
    letters: fc.tuple(said, said, said, said),
    accountIds: fc.constantFrom([ACCOUNT], [ACCOUNT, '444455556666']),
    regions: fc.constantFrom(['us-east-1'], ['us-east-1', 'eu-west-1']),
    blindIn: fc.option(fc.constantFrom('us-east-1', 'global'), { nil: undefined, freq: 5 }),
  });
  const runs = fc.array(run, { minLength: 1, maxLength: 8 }).map((all) =>
    all.map(({ letters, accountIds, regions, blindIn }, day): RunOf => {
      const seen = RESOURCES.map((resource, at) => [resource, letters[at] as Said] as const).filter(
        ([{ accountId, region }]) =>
          new Set<string>(accountIds).has(accountId) && new Set<string>(regions).has(region),
      );
      return { day, says: seen, accountIds, regions, ...(blindIn !== undefined && { blindIn }) };
    }),
  );
  const holds = (check: (all: readonly RunOf[], of: History) => void) =>
    fc.assert(
      fc.property(runs, (all) => check(all, history(all))),
      { numRuns: 100 },
    );

  test('the order of the files does not matter, nor a copy', () => {
    holds((all, expected) => {
      const tracks = new Tracks();
      const shuffled = [...all.slice(0, -1)].reverse();
      const built = [...shuffled, ...shuffled.slice(0, 1)].map((one) => runOf(tracks, one));
      const last = runOf(tracks, all.at(-1) as RunOf);
      expect(withoutInternals(historyOf(tracks, built, last))).toEqual(withoutInternals(expected));
    });
  });

  test('nothing is fixed that was not seen to pass after it was seen to fail', () => {
    holds((all, { total }) => {
      const most = RESOURCES.map(({ id }) => {
        const letters = all.map(({ says }) => says.find(([one]) => one.id === id)?.[1] ?? '-').join('');
        return (
          letters
            .replace(/[^FWP]/g, '')
            .replace(/W/g, 'F')
            .replace(/(.)\1+/g, '$1')
            .match(/FP/g)?.length ?? 0
        );
      });
      expect(total.fixed).toBeLessThanOrEqual(most.reduce((sum, count) => sum + count, 0));
    });
  });

  test('what fails in the last run is open, and the last point says as many', () => {
    holds((all, { total, all: trend, left }) => {
      const { says } = all.at(-1) as RunOf;
      const failing = says.filter(([, one]) => one === 'F').length;
      const waived = says.filter(([, one]) => one === 'W').length;
      const last = trend.points.at(-1);
      expect(total.open).toBeGreaterThanOrEqual(failing + waived);
      expect((last?.failing ?? 0) + (last?.waived ?? 0)).toBe(total.open);
      expect(last?.waived ?? 0).toBe(total.waived);
      expect(total.open + left).toBeLessThanOrEqual(RESOURCES.length);
    });
  });

  test('the numbers of a point are of each other, and of the domains', () => {
    holds((_, { all, domains }) => {
      for (const [at, point] of all.points.entries()) {
        if (!point) continue;
        expect(point.failing + point.waived).toBeLessThanOrEqual(point.judged);
        expect(point.carried).toBeLessThanOrEqual(point.failing + point.waived);
        const sum = [...domains.values()].reduce((whole, one) => whole + (one.points[at]?.judged ?? 0), 0);
        expect(sum).toBe(point.judged);
      }
    });
  });

  test('a run in which nobody could tell anything ends nothing, and fixes nothing', () => {
    holds((all, { total, flapping }) => {
      const last = all.at(-1) as RunOf;
      const blind: RunOf = {
        ...last,
        says: last.says.map(([one]) => [one, '?']),
        blindIn: 'global',
        day: 100,
      };
      const between = history([...all.slice(0, -1), { ...blind, day: all.length - 1.5 }, last]);
      expect(between.total.fixed).toBe(total.fixed);
      expect(between.flapping.count).toBe(flapping.count);
      expect(history([...all, blind]).total.open).toBeGreaterThanOrEqual(total.open);
    });
  });

  test('what no run names any more is forgotten, and the history is the same', () => {
    holds((all, expected) => {
      const tracks = new Tracks();
      runOf(tracks, { day: 0, says: [[{ id: 'gone' }, 'F']] });
      const [copy, built] = tracks.compacted(all.map((one) => runOf(tracks, one)));
      expect(copy.all.some(({ resourceId }) => resourceId === 'gone')).toBe(false);
      const again = historyOf(copy, built.slice(0, -1), built.at(-1) as Run);
      expect(withoutInternals(again)).toEqual(withoutInternals(expected));
    });
  });
});

/** Whose number a track is does not matter. */
const withoutInternals = (one: History): unknown =>
  JSON.parse(JSON.stringify({ ...one, domains: [...one.domains], severities: [...one.severities] }));
