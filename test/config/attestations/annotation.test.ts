import fc from 'fast-check';
import {
  type Attestation,
  callerName,
  isKeptWhole,
  oneLine,
  readAttestation,
  writeAttestation,
} from '../../../config/attestations/annotation.ts';
import { addDays, dateOf, isDate } from '../../../config/attestations/date.ts';

const marks = ['until', 'lapsed', 'not met'] as const;
const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map(dateOf);
/** Every kind of text: pairs, lone halves of pairs, newlines, semicolons, our own words. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('😀', '; by ', 'until 2027-01-01', '…', '\n', '가', ';'), { maxLength: 150 })
    .map((all) => all.join('')),
);
const attestation: fc.Arbitrary<Attestation> = fc.record({
  mark: fc.constantFrom(...marks),
  date,
  by: text,
  evidence: text,
});

test('any evidence, by anyone: never too long, never broken, and the date comes back', () => {
  fc.assert(
    fc.property(attestation, (given) => {
      const written = writeAttestation(given);
      expect(written.length).toBeLessThanOrEqual(256);
      expect(written.length).toBeGreaterThan(0);
      expect(written).not.toMatch(/\p{Surrogate}/u);
      expect(written).not.toMatch(/\p{Cc}/u);
      const read = readAttestation(written);
      expect(read).toMatchObject({ mark: given.mark, date: given.date });
      const whole = oneLine(given.evidence);
      const kept = read?.evidence ?? '';
      if (isKeptWhole(given)) expect(kept).toBe(whole);
      else {
        expect(kept.endsWith('…')).toBe(true);
        expect(whole.startsWith(kept.slice(0, -1))).toBe(true);
        // All the room there is: but for half a character, and spaces at the cut.
        expect(written.length).toBeGreaterThan(256 - 4);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what was read can be written again without a change', () => {
  fc.assert(
    fc.property(attestation, (given) => {
      const once = writeAttestation(given);
      expect(writeAttestation(readAttestation(once) as Attestation)).toBe(once);
    }),
  );
});

test('it reads like a sentence, in 256 characters', () => {
  const given = {
    mark: 'until',
    date: '2027-11-22',
    by: 'Admin/alice',
    evidence: ' https://wiki/plan \n',
  } as const;
  expect(writeAttestation(given)).toBe('until 2027-11-22; by Admin/alice; https://wiki/plan');
  expect(isKeptWhole(given)).toBe(true);
  const long = { ...given, evidence: 'x'.repeat(300) };
  expect(writeAttestation(long)).toBe(`until 2027-11-22; by Admin/alice; ${'x'.repeat(221)}…`);
  expect(writeAttestation(long)).toHaveLength(256);
  expect(isKeptWhole(long)).toBe(false);
});

const cuts: [string, string][] = [
  ['between the halves of a pair', `${'x'.repeat(220)}😀${'y'.repeat(50)}`],
  ['before a pair', `${'x'.repeat(221)}😀${'y'.repeat(50)}`],
  ['after a pair', `${'x'.repeat(219)}😀${'y'.repeat(50)}`],
];
test.each(cuts)('a cut %s leaves whole characters', (_where, evidence) => {
  const written = writeAttestation({ mark: 'until', date: '2027-11-22', by: 'Admin/alice', evidence });
  expect(written).not.toMatch(/\p{Surrogate}|\uFFFD/u);
  expect(written.length).toBeGreaterThanOrEqual(255);
});

test('a long name keeps its end, and leaves room for the evidence', () => {
  const by = `AWSReservedSSO_${'VeryLong'.repeat(8)}_0123456789abcdef/somebody@example.com`;
  const written = writeAttestation({ mark: 'until', date: '2027-11-22', by, evidence: 'https://wiki/plan' });
  expect(written).toMatch(/; by ….*_0123456789abcdef\/somebody@example\.com; https:\/\/wiki\/plan$/);
  expect(readAttestation(written)?.by).toHaveLength(80);
});

const foreign = [
  '',
  'done',
  'until tomorrow; by bob; yes',
  'until 2027-02-30; by bob; no such day',
  'until 2027-11-22, by bob, commas',
  'UNTIL 2027-11-22; by bob; shouting',
  ' until 2027-11-22; by bob; a space before',
  'until 2027-11-22; by bob',
];
test.each(foreign)('%j is not one of ours', (annotation) => {
  expect(readAttestation(annotation)).toBeUndefined();
});

test.each([
  ['arn:aws:sts::123456789012:assumed-role/Admin/alice', 'Admin/alice'],
  ['arn:aws-cn:iam::123456789012:user/people/bob', 'user/people/bob'],
  ['arn:aws:iam::123456789012:root', 'root'],
  ['arn:aws:sts::123456789012:federated-user/carol', 'federated-user/carol'],
])('%s is %s', (arn, name) => expect(callerName(arn)).toBe(name));

test.each([
  ['2024-02-29', true],
  ['2027-02-29', false],
  ['2027-13-01', false],
  ['2027-1-1', false],
  ['2027-01-01T00:00:00Z', false],
])('%s: %s', (day, is) => expect(isDate(day)).toBe(is));

test('days are counted over the ends of months and years', () => {
  expect(addDays('2026-11-22', 365)).toBe('2027-11-22');
  expect(addDays('2027-11-22', 365)).toBe('2028-11-21');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});
