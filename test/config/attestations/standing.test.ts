import type { Reading } from '../../../config/attestations/process-checks.ts';
import { type Standing, standingOf } from '../../../config/attestations/standing.ts';

const now = new Date('2026-11-20T23:59:59Z');
const options = { reviewEveryDays: 90, now, lapsingDays: 30 };
const recorded = (compliance: string, annotation: string, at?: string): Reading => ({
  kind: 'recorded',
  recorded: { compliance: compliance as 'COMPLIANT', annotation, at: at ? new Date(at) : undefined },
});

const cases: [situation: string, reading: Reading, standing: Standing][] = [
  [
    'a date far off',
    recorded('COMPLIANT', 'until 2027-01-31; by a; e'),
    { state: 'attested', compliance: 'COMPLIANT', until: '2027-01-31', by: 'a', evidence: 'e' },
  ],
  [
    'one day more than about to lapse',
    recorded('COMPLIANT', 'until 2026-12-21; by a; e'),
    { state: 'attested' } as Standing,
  ],
  [
    'about to lapse, the first day',
    recorded('COMPLIANT', 'until 2026-12-20; by a; e'),
    { state: 'about to lapse' } as Standing,
  ],
  // It holds the whole day.
  [
    'the last day, a second before midnight',
    recorded('COMPLIANT', 'until 2026-11-20; by a; e'),
    { state: 'about to lapse' } as Standing,
  ],
  [
    'the day after',
    recorded('COMPLIANT', 'until 2026-11-19; by a; e'),
    { state: 'lapsed', until: '2026-11-19' } as Standing,
  ],
  [
    'not applicable lapses, too',
    recorded('NOT_APPLICABLE', 'until 2026-11-19; by a; e'),
    { state: 'lapsed', compliance: 'NOT_APPLICABLE' } as Standing,
  ],
  [
    'set NON_COMPLIANT by the function',
    recorded('NON_COMPLIANT', 'lapsed 2026-11-01; by a; e'),
    { state: 'lapsed', until: '2026-11-01', by: 'a' } as Standing,
  ],
  [
    'said to be unmet',
    recorded('NON_COMPLIANT', 'not met 2026-11-01; by a; e'),
    { state: 'not met', by: 'a' } as Standing,
  ],
  [
    'NON_COMPLIANT whatever date it bears',
    recorded('NON_COMPLIANT', 'until 2099-01-01; by a; e'),
    { state: 'not met' } as Standing,
  ],
  [
    'from the console, with words of its own: the review interval counts',
    recorded('COMPLIANT', 'done in May', '2026-10-01T10:00:00Z'),
    {
      state: 'attested',
      compliance: 'COMPLIANT',
      until: '2026-12-30',
      isAssumed: true,
      evidence: 'done in May',
    },
  ],
  [
    'from the console, without any, long ago',
    recorded('COMPLIANT', '', '2026-01-01T10:00:00Z'),
    { state: 'lapsed', compliance: 'COMPLIANT', until: '2026-04-01', isAssumed: true },
  ],
  // What says "lapsed" is no date to hold to.
  [
    'COMPLIANT over a lapsed annotation',
    recorded('COMPLIANT', 'lapsed 2026-01-01; by a; e', '2026-10-01T10:00:00Z'),
    { state: 'attested', isAssumed: true } as Standing,
  ],
  ['neither date nor time', recorded('COMPLIANT', 'done'), { state: 'could not tell' } as Standing],
  ['nothing', { kind: 'nothing' }, { state: 'unattested' }],
  [
    'nothing to be seen',
    { kind: 'not shown', why: 'refused' },
    { state: 'could not tell', why: 'unattested, or NOT_APPLICABLE: refused' },
  ],
];
test.each(cases)('%s', (_situation, reading, standing) => {
  expect(standingOf(reading, options)).toMatchObject(standing);
});

test('what is not said stays unsaid', () => {
  expect(Object.keys(standingOf(recorded('COMPLIANT', '', '2026-11-01T00:00:00Z'), options)).sort()).toEqual([
    'compliance',
    'isAssumed',
    'state',
    'until',
  ]);
});
