import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../automation/index.ts';

/** The pause before a step's next attempt is no use to a test; deadlines are much longer. */
export const quickClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => pause(milliseconds > 4_000 ? milliseconds : 0, undefined, { signal }),
};
