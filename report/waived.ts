import { waivedText as text } from '../waivers/text.ts';
import type { Language } from './both.ts';
import { reportWords } from './formats/words.ts';
import { printable } from './printable.ts';
import type { WaivedBy } from './result.ts';

/** `waived until 2027-03-31 (SEC-12, jiwoo.kim): only the office can reach it`, in a line that a terminal can show. */
export const waivedText = (by: WaivedBy): string => printable(text(by));

/** The same for people. */
export const waivedIn =
  (language: Language) =>
  (by: WaivedBy): string =>
    printable(reportWords[language].waived(by));
