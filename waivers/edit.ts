import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import { isByTagAlone, type Waiver } from './waiver.ts';

export type NewWaiver = Omit<Waiver, 'line'>;

/** What a file of its own begins with. */
const HEAD =
  '# yaml-language-server: $schema=./node_modules/groundrules/groundrules.waivers.schema.json\nwaivers:\n';

/** In the order in which people read them. */
const FIELDS = [
  ...[
    'rule',
    'resource',
    'tag',
    'account',
    'organizationalUnit',
    'region',
    'kind',
    'reason',
    'ticket',
    'owner',
    'until',
  ],
] as (keyof NewWaiver)[];

/** Of which two waivers say the same, whatever their reasons. */
const SUBJECT = ['rule', 'resource', 'account', 'organizationalUnit', 'region', 'kind'] as const;
export const isSameSubject = (one: NewWaiver, other: NewWaiver): boolean =>
  SUBJECT.every((field) => one[field] === other[field]) &&
  one.tag?.key === other.tag?.key &&
  one.tag?.value === other.tag?.value;

/**
 * The file with one more waiver at its end; comments and everything else stay as they are.
 *
 * @param content of a file that {@link readWaivers} understands; `undefined` where there is none yet.
 */
export function withWaiver(content: string | undefined, waiver: NewWaiver): string {
  const document: Document = parseDocument(content?.trim() ? content : `${HEAD}  []\n`);
  const isSaid = (field: keyof NewWaiver) =>
    waiver[field] !== undefined && !(field === 'resource' && isByTagAlone(waiver));
  const fields = FIELDS.filter(isSaid).map((field) => [field, waiver[field]]);
  const node = document.createNode(Object.fromEntries(fields));
  const account = isMap(node) ? node.get('account', true) : undefined;
  // Twelve digits without quotes would be a number.
  if (account) Object.assign(account, { type: 'QUOTE_DOUBLE' });
  const list = document.get('waivers');
  if (isSeq(list)) {
    list.flow = false;
    list.add(node);
  } else document.set('waivers', document.createNode([node]));
  return document.toString({ lineWidth: 0 });
}
