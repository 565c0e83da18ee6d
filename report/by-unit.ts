/** Verdicts counted by organizational unit: `--group-by ou`. */
import type { Language } from './both.ts';
import { printable } from './printable.ts';
import { type Result, type ResultError, SEVERITIES } from './result.ts';

interface Counts {
  readonly accounts: Set<string>;
  readonly severities: Record<(typeof SEVERITIES)[number], number>;
  errors: number;
  compliant: number;
}

/** What is waived is not counted among what is non-compliant: nobody has to do anything about it. */
export class ByUnit {
  readonly #units = new Map<string, Counts>();

  add(one: Result | ResultError): void {
    const unit = one.organizationalUnit ?? '';
    const counts = this.#units.get(unit) ?? noCounts();
    this.#units.set(unit, counts);
    counts.accounts.add(one.accountId);
    if (!('compliance' in one)) counts.errors++;
    else if (one.compliance === 'COMPLIANT') counts.compliant++;
    else if (one.compliance === 'NON_COMPLIANT' && !one.waivers) counts.severities[one.severity]++;
  }

  /** A line a unit, in the order of the tree. */
  rows(): string[][] {
    return [...this.#units]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([unit, { accounts, severities, errors, compliant }]) => [
        unit === '' ? '–' : printable(unit),
        ...[accounts.size, ...SEVERITIES.map((severity) => severities[severity]), errors, compliant].map(
          String,
        ),
      ]);
  }
}

const noCounts = (): Counts => ({
  accounts: new Set(),
  severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
  errors: 0,
  compliant: 0,
});

export const byUnitWords = {
  en: {
    title: 'BY ORGANIZATIONAL UNIT',
    head: ['UNIT', 'ACCOUNTS', ...SEVERITIES, 'COULD NOT TELL', 'COMPLIANT'],
  },
  ko: {
    title: '조직 단위별',
    head: ['조직 단위', '계정', ...SEVERITIES, '판정할 수 없음', '준수'],
  },
} satisfies Record<Language, object>;
