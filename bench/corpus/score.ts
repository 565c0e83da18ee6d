/** What a tool said of situations, beside what is right to say. */
import type { Expected, Verdict } from './situations.ts';

/**
 * What became of a situation. `missed`: it fails, and the tool passes it. `falseAlarm`: it does not, and the tool fails it.
 * `guessed`: nobody can tell from what was read, and the tool has a verdict. `silent`: the tool has none where there is one.
 */
export const OUTCOMES = ['right', 'missed', 'falseAlarm', 'guessed', 'silent'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Tally = Record<Outcome, number>;

export const nothing = (): Tally => ({ right: 0, missed: 0, falseAlarm: 0, guessed: 0, silent: 0 });

const WORST = ['NON_COMPLIANT', 'COULD_NOT_TELL', 'COMPLIANT', 'NOT_APPLICABLE'] as const;

/** The verdict on a situation as a whole: the worst of its resources'. Without any resource nothing applies. */
export const wholeOf = (all: readonly Pick<Expected, 'verdict'>[]): Verdict =>
  WORST.find((one) => all.some(({ verdict }) => verdict === one)) ?? 'NOT_APPLICABLE';

/** Passing and not applying are one and the same to who looks for what fails. */
export function outcomeOf(expected: Verdict, said: Verdict): Outcome {
  if (said === 'COULD_NOT_TELL') return expected === said ? 'right' : 'silent';
  if (expected === 'COULD_NOT_TELL') return 'guessed';
  const fails = expected === 'NON_COMPLIANT';
  if (fails === (said === 'NON_COMPLIANT')) return 'right';
  return fails ? 'missed' : 'falseAlarm';
}

/** `AWS::S3::Bucket b (global): COMPLIANT`, in order, to compare resource by resource. */
export const lines = (all: readonly Expected[]): string =>
  all
    .map(
      ({ resourceType, resourceId, region, verdict }) =>
        `${resourceType} ${resourceId} (${region}): ${verdict}`,
    )
    .sort()
    .join('\n');
