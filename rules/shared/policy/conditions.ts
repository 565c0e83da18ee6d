/**
 * Which conditions keep strangers out, after AWS's definition of a public policy (S3, "The meaning of public"): those
 * that hold a key of its list to fixed values. What the list does not name (aws:Referer, aws:PrincipalTag,
 * aws:SecureTransport, aws:PrincipalOrgPaths, …) restricts nobody here, even where it narrows something;
 * {@link isLeftOpen} tells where S3's own word may be another.
 */

import type { Condition } from './parse.ts';
import { broadRange } from './ranges.ts';

interface Key {
  /** Operators that compare what this key holds; the String operators compare anything. */
  readonly family?: 'arn' | 'ip';
  readonly isFixed?: (value: string) => boolean;
  /** Not fixed, but not every stranger's either, of a key that the definition does not name: left open. */
  readonly isNarrow?: (value: string) => boolean;
  /** The caller writes it into the request: it may narrow an Allow as AWS says, but a Deny by it proves nothing. */
  readonly chosenByCaller?: true;
}

const hasNoWildcard = (value: string) => !/[*?]|\$\{/.test(value);
/** For requests that nobody signed, these keys hold the word `anonymous` (IAM User Guide, global condition keys). */
const isSomebody = (value: string) => hasNoWildcard(value) && value.toLowerCase() !== 'anonymous';
/** All fixed but the access point's name, which may hold wildcards: the account's points are the account's own. */
const isAccessPoint = (value: string) =>
  /^arn:[a-z0-9-]+:s3:[a-z0-9-]*:\d{12}:accesspoint\/[^$]+$/.test(value);

/** The principals of one account, whichever. */
const isOfAnAccount = (value: string) => /^arn:[a-z0-9-]+:(?:iam|sts)::\d{12}:/.test(value);

const KEYS = new Map<string, Key>([
  ['aws:sourceip', { family: 'ip' }],
  ['aws:sourcearn', { family: 'arn' }],
  ['aws:sourcevpc', {}],
  ['aws:sourcevpce', {}],
  // Since 2025, and so not on S3's list of 2023: each is narrower than a key of the list, or as narrow. AWS
  // asks its customers to use the first instead of aws:SourceVpc, which other accounts' VPCs may share.
  ['aws:sourcevpcarn', { family: 'arn' }],
  ['aws:vpceaccount', {}],
  ['aws:vpceorgid', {}],
  ['aws:sourceorgid', {}],
  ['aws:sourceowner', {}],
  ['aws:sourceaccount', {}],
  ['aws:userid', { isFixed: isSomebody }],
  ['aws:principalorgid', {}],
  ['aws:principalarn', { family: 'arn', isNarrow: isOfAnAccount }],
  ['aws:principalaccount', { isFixed: isSomebody }],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', { family: 'arn', chosenByCaller: true }],
  ['s3:dataaccesspointaccount', {}],
  ['s3:dataaccesspointarn', { family: 'arn', isFixed: isAccessPoint }],
]);

const COMPARES = new Map<string, 'string' | 'arn' | 'ip'>([
  ['stringequals', 'string'],
  ['stringequalsignorecase', 'string'],
  ['stringlike', 'string'],
  ['arnequals', 'arn'],
  ['arnlike', 'arn'],
  ['ipaddress', 'ip'],
]);

/** `stringnotlike` → `stringlike`; undefined for an operator that is not the negation of one above. */
const negated = (operator: string): string | undefined =>
  /^(?:(?:string|arn)not|notip)/.test(operator) ? operator.replace('not', '') : undefined;

/**
 * Why a condition of an Allow lets strangers in; undefined when it keeps them out. `…IfExists`, `ForAllValues:` and
 * the negated operators are true for a request without the key, so they restrict nobody.
 */
export function whyOpen(condition: Condition): string | undefined {
  const { operator, key, set, ifExists, values, written } = condition;
  const compares = COMPARES.get(operator);
  if (!compares || ifExists || set === 'forallvalues') return `${written.operator} restricts nobody`;
  // A condition without values is never met: the statement grants nothing.
  return values.length === 0 ? undefined : whyNotFixed(KEYS.get(key), compares, condition);
}

/**
 * Whether a Deny with this condition still denies every stranger: its negation holds a key to fixed values. A request
 * without the key is denied, too: that is why `ForAnyValue:`, false without one, does not count.
 */
export function deniesStrangers(condition: Condition): boolean {
  const compares = COMPARES.get(negated(condition.operator) ?? '');
  const key = KEYS.get(condition.key);
  return (
    compares !== undefined &&
    condition.set !== 'foranyvalue' &&
    condition.values.length > 0 &&
    !key?.chosenByCaller &&
    whyNotFixed(key, compares, condition) === undefined
  );
}

/**
 * Keys that a stranger brings along as the policy wants them: what the request says about itself, when and how it comes,
 * and what the stranger's own account says of the stranger. So are all keys of S3's own that are not in {@link KEYS}.
 */
const ANYBODYS =
  /^(?:s3:|aws:(?:securetransport|referer|useragent|currenttime|epochtime|tokenissuetime|requestedregion|multifactorauth|tagkeys|requesttag|principaltag|principaltype|resource))/;

/**
 * Whether AWS's definition leaves open that this condition keeps strangers out, although {@link whyOpen} says that it does
 * not (of an Allow), or {@link deniesStrangers} (of a Deny): it goes by a key that the definition does not name, such as
 * aws:PrincipalOrgPaths. What strangers get past in any case is not left open: an Allow that is true without the key, or of
 * all values but some; a Deny that is not, or that they can arrange to miss.
 */
export function isLeftOpen(effect: 'Allow' | 'Deny', condition: Condition): boolean {
  const { key, operator, set, ifExists, values } = condition;
  if (key === '' || values.length === 0) return false;
  const isNegated = operator.includes('not');
  const isFalse = values.every((value) => value.toLowerCase() === 'false');
  const known = KEYS.get(key);
  if (known) {
    const { isFixed = hasNoWildcard, isNarrow } = known;
    if (!isNarrow || !values.every((value) => isFixed(value) || isNarrow(value))) return false;
  }
  if (effect === 'Allow') {
    const needsKey = !ifExists && set !== 'forallvalues' && !isNegated;
    return needsKey && (operator !== 'null' || (isFalse && !known));
  }
  if (ANYBODYS.test(key) || set === 'foranyvalue') return false;
  if (operator === 'bool' || operator === 'null') return !known && isFalse === (operator === 'bool');
  return isNegated;
}

function whyNotFixed(
  key: Key | undefined,
  compares: 'string' | 'arn' | 'ip',
  { values, written }: Condition,
): string | undefined {
  if (!key) return `${written.key || written.operator} restricts nobody`;
  if (compares !== 'string' && compares !== key.family)
    return `${written.operator} does not compare ${written.key}`;
  if (key.family === 'ip') {
    const broad = broadRange(values);
    return broad && `${written.key} ${broad}`;
  }
  const open = values.find((value) => !(key.isFixed ?? hasNoWildcard)(value));
  return open === undefined ? undefined : `${written.key} ${open} is not fixed`;
}
