import { printable } from './printable.ts';
import type { WaivedBy } from './result.ts';

/** `waived until 2027-03-31 (SEC-12, jiwoo.kim): only the office can reach it` */
export const waivedText = ({ until, ticket, owner, reason }: WaivedBy): string =>
  printable(`waived until ${until} (${ticket}, ${owner}): ${reason}`);
