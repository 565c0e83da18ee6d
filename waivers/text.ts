import type { Waiver } from './waiver.ts';

/** `waived until 2027-03-31 (SEC-12, jiwoo.kim): only the office can reach it` */
export const waivedText = ({
  until,
  ticket,
  owner,
  reason,
}: Pick<Waiver, 'until' | 'ticket' | 'owner' | 'reason'>): string =>
  `waived until ${until} (${ticket}, ${owner}): ${reason}`.replace(/\s+/g, ' ');

/** Whether a text is, or begins with, what {@link waivedText} gives. */
export const isWaivedText = (text: string): boolean => /^waived until \d{4}-\d{2}-\d{2} \(/.test(text);
