import type { FixSummary } from '../../rules/fix.ts';

const word = { en: 'Nothing.', ko: '없음.' };

/** Of a fix that changes nothing worth a line. */
export const summary: FixSummary = {
  changes: word,
  breaks: word,
  undo: word,
  automatic: { sensible: false, why: word },
};
