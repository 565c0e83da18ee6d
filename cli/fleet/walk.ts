/** Goes through the accounts, some at a time, and says how it goes. */
import pLimit from 'p-limit';
import { both } from '../../report/both.ts';
import type { World } from '../program/world.ts';
import type { Place } from './open.ts';

/** How many accounts at a time: as many as somebody said, or as the pace of the answers says. */
export interface Speed {
  readonly limit: number;
  /** Gets whom to tell when there may be more of them, or fewer. */
  onChange?(tell: (limit: number) => void): void;
}

/**
 * @param work of an account; it takes what keeps one account from being read for itself, and rejects with what ends the run.
 * @param signal ends it before the next account.
 */
export async function eachPlace<P extends Pick<Place, 'accountId'>>(
  places: readonly P[],
  speed: Speed,
  work: (place: P) => Promise<void>,
  { now, progress }: Pick<World, 'now' | 'progress'>,
  signal?: AbortSignal,
): Promise<void> {
  const begun = now().getTime();
  let done = 0;
  const tell = () => {
    const minutes = (now().getTime() - begun) / 60_000;
    const left = done > 0 ? (places.length - done) * (minutes / done) : undefined;
    progress.step(
      both(
        (language) =>
          `${WORDS[language].count(done, places.length)}${paceOf(done / minutes, left, language)}`,
      ),
      { done, total: places.length },
    );
  };
  tell();
  const limit = pLimit({ concurrency: speed.limit, rejectOnClear: true });
  speed.onChange?.((most) => {
    limit.concurrency = most;
  });
  const one = async (place: P) => {
    signal?.throwIfAborted();
    await work(place);
    done++;
    tell();
  };
  try {
    await Promise.all(places.map((place) => limit(one, place)));
  } finally {
    limit.clearQueue();
  }
}

const WORDS = {
  en: {
    count: (done: number, total: number) => `${done} of ${total} accounts`,
    pace: (rate: string, left: string) => `, ${rate} a minute, about ${left} left`,
  },
  ko: {
    count: (done: number, total: number) => `계정 ${total}개 중 ${done}개`,
    pace: (rate: string, left: string) => `, 분당 ${rate}개, 약 ${left} 남음`,
  },
};
const UNITS = { en: { h: ' h', min: ' min', s: ' s' }, ko: { h: '시간', min: '분', s: '초' } };

/** How many a minute, and how long it will take: once the first is done, and until the last is. */
function paceOf(rate: number, left: number | undefined, language: 'en' | 'ko'): string {
  if (left === undefined || left === 0 || !Number.isFinite(rate)) return '';
  return WORDS[language].pace(rate < 10 ? rate.toFixed(1) : String(Math.round(rate)), timeOf(left, language));
}

/** @param minutes more than none. */
function timeOf(minutes: number, language: 'en' | 'ko'): string {
  const { h, min, s } = UNITS[language];
  if (minutes < 1) return `${Math.max(1, Math.round(minutes * 60))}${s}`;
  if (minutes < 90) return `${Math.round(minutes)}${min}`;
  return `${(minutes / 60).toFixed(1)}${h}`;
}
