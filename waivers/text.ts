import { isByTagAlone, type Waiver } from './waiver.ts';

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

/** What a waiver is about: `sg-0*`, `tag Stage=dev`, `sg-0*, tag Stage`. */
export const subjectText = (
  { resource, tag }: Pick<Waiver, 'resource' | 'tag'>,
  word: string = 'tag',
): string =>
  [
    ...(isByTagAlone({ resource, tag }) ? [] : [resource]),
    ...(tag ? [`${word} ${tag.key}${tag.value === undefined ? '' : `=${tag.value}`}`] : []),
  ].join(', ');
