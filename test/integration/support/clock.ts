import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../automation/index.ts';

/** The pause before the next attempt, and between a change and the look at it, is no use to a test; deadlines are much longer. */
export const quickClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => pause(milliseconds > 10_000 ? milliseconds : 0, undefined, { signal }),
};
