/** Whether an attestation holds today. */
import { readAttestation } from './annotation.ts';
import { addDays, dateOf } from './date.ts';
import type { Reading } from './process-checks.ts';

export const STATES = [
  'could not tell',
  'lapsed',
  'not met',
  'unattested',
  'about to lapse',
  'attested',
] as const;
export type State = (typeof STATES)[number];

export interface Standing {
  readonly state: State;
  readonly compliance?: string;
  /** `YYYY-MM-DD`: the last day that it holds, or held. */
  readonly until?: string;
  /**
   * Somebody wrote the annotation in another form, without a date: this one is the review interval after it was
   * recorded.
   */
  readonly isAssumed?: true;
  readonly by?: string;
  readonly evidence?: string;
  /** Why it could not be told. */
  readonly why?: string;
}

export interface StandingOptions {
  /** How long an attestation without a date of its own holds. */
  readonly reviewEveryDays: number;
  readonly now: Date;
  /** From how many days before its end an attestation is about to lapse. */
  readonly lapsingDays: number;
}

export function standingOf(reading: Reading, options: StandingOptions): Standing {
  if (reading.kind === 'nothing') return { state: 'unattested' };
  if (reading.kind === 'not shown') {
    return { state: 'could not tell', why: `unattested, or NOT_APPLICABLE: ${reading.why}` };
  }
  const { compliance, annotation, at } = reading.recorded;
  const said = readAttestation(annotation);
  const about = {
    compliance,
    ...(said ? { by: said.by, evidence: said.evidence } : annotation && { evidence: annotation }),
  };
  if (compliance === 'NON_COMPLIANT') {
    return said?.mark === 'lapsed'
      ? { state: 'lapsed', ...about, until: said.date }
      : { state: 'not met', ...about };
  }
  const today = dateOf(options.now);
  if (said?.mark === 'until')
    return { state: stateOn(said.date, today, options), ...about, until: said.date };
  if (!at) {
    return {
      state: 'could not tell',
      ...about,
      why: 'neither its annotation nor AWS Config says since when',
    };
  }
  const until = addDays(dateOf(at), options.reviewEveryDays);
  return { state: stateOn(until, today, options), ...about, until, isAssumed: true };
}

function stateOn(until: string, today: string, { lapsingDays }: StandingOptions): State {
  if (until < today) return 'lapsed';
  return until <= addDays(today, lapsingDays) ? 'about to lapse' : 'attested';
}
