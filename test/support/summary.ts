import type { Summary } from '../../rules/fix.ts';

const word = { en: 'Nothing.', ko: '없음.' };

/** Of a fix that changes nothing worth a line. */
export const summary: Summary = {
  changes: word,
  breaks: word,
  undo: word,
  automatic: { sensible: false, why: word },
};
