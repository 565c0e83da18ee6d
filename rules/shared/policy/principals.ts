import type { Principal, Principals } from './parse.ts';

/**
 * The canonical user id that S3 gives to everybody who does not sign a request
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html).
 */
const ANONYMOUS_USER = '65a011a29cdf8ec533ec3d1ccaae921c';

/**
 * Whether a principal is somebody in particular. Federated ones never are: AWS's own example of a public policy is
 * `{"Federated": "graph.facebook.com"}` (S3, "The meaning of public"), and anyone can sign up with an identity provider.
 */
const isFixed = ({ type, value }: Principal): boolean =>
  type !== 'Federated' &&
  !/[*?]|\$\{/.test(value) &&
  !(type === 'CanonicalUser' && value.toLowerCase() === ANONYMOUS_USER);

/** Whether a statement's principals may be anybody. One public member makes the list public. */
export const isOpen = ({ not, entries }: Principals): boolean =>
  not || !entries.every((principal) => isFixed(principal));

/** Whether a Deny on these principals reaches every stranger: `*`, or everyone but somebody in particular. */
export const isEveryStranger = ({ not, entries }: Principals): boolean =>
  not
    ? entries.length > 0 && entries.every(isFixed)
    : entries.some(({ type, value }) => type === 'AWS' && value === '*');

/** The principals in a person's words: `anyone`, `anyone but 111122223333`, `Federated graph.facebook.com`. */
export function describe({ not, entries }: Principals): string {
  if (not) return `anyone but ${entries.map(({ value }) => value).join(', ')}`;
  const open = entries.find((principal) => !isFixed(principal));
  if (!open || (open.type === 'AWS' && open.value === '*')) return 'anyone';
  return open.type === 'AWS' ? open.value : `${open.type} ${open.value}`;
}
