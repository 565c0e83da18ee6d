/** How many accounts a command goes through at a time: as many as make AWS answer more. */
import type { Speed } from './walk.ts';

export interface Pacing extends Speed {
  /** To be called with each answer of AWS. */
  answered(): void;
}

/** @param concurrency what somebody said; nothing where the answers are to say it. */
export function openPacing(concurrency: number | undefined): Pacing {
  if (concurrency !== undefined) return { limit: concurrency, answered() {} };
  let onChange = (_limit: number) => {};
  const pace = new Pace((limit) => onChange(limit), performance.now());
  return {
    limit: pace.limit,
    answered: () => pace.answered(performance.now()),
    onChange(tell) {
      onChange = tell;
    },
  };
}

const WINDOW_MS = 2_000;
/** Fewer answers than this in a window say nothing of how fast AWS is. */
const ENOUGH = 20;
const [FIRST, LEAST, MOST] = [8, 4, 64] as const;
/** Windows in which a rate stands for what there was, before more accounts are tried again. */
const PATIENCE = 5;

/**
 * Looks at the answers a second, window by window. While more accounts at a time brought more answers, still more are
 * tried; where they brought none, the last number that did counts. AWS throttling, a busy processor and a slow network
 * all show in the same figure: calls that wait to be sent again are not answered.
 */
export class Pace {
  #limit: number = FIRST;
  #answers = 0;
  #since: number;
  /** The most answers a second so far, and with how many accounts at a time. */
  #best = { rate: 0, limit: FIRST as number };
  #idle = 0;
  readonly #onChange: (limit: number) => void;

  /**
   * @param onChange gets how many accounts may be under way from now on.
   * @param now in milliseconds.
   */
  constructor(onChange: (limit: number) => void, now: number) {
    this.#onChange = onChange;
    this.#since = now;
  }

  get limit(): number {
    return this.#limit;
  }

  /** AWS has answered a call. */
  answered(now: number): void {
    this.#answers++;
    const passed = now - this.#since;
    if (passed < WINDOW_MS || this.#answers < ENOUGH) return;
    this.#judge(this.#answers / (passed / 1000));
    this.#answers = 0;
    this.#since = now;
  }

  #judge(rate: number): void {
    const { rate: most, limit } = this.#best;
    if (rate > most * 1.1) {
      this.#best = { rate, limit: this.#limit };
      this.#idle = 0;
      this.#change(Math.ceil(this.#limit * 1.5));
    } else if (this.#limit > limit) {
      // More accounts brought no more answers.
      this.#change(limit);
    } else if (rate < most * 0.7) {
      this.#change(Math.floor(this.#limit * 0.75));
      this.#best = { rate, limit: this.#limit };
    } else if (++this.#idle >= PATIENCE) {
      this.#idle = 0;
      this.#best = { rate, limit: this.#limit };
      this.#change(this.#limit + 2);
    }
  }

  #change(limit: number): void {
    const next = Math.min(MOST, Math.max(LEAST, limit));
    if (next === this.#limit) return;
    this.#limit = next;
    this.#onChange(next);
  }
}
