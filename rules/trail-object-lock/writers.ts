import { covers } from '../shared/policy/globs.ts';
import { type Patterns, type Principal, type Principals, parsePolicy } from '../shared/policy/parse.ts';
import { describe } from '../shared/policy/principals.ts';

/** Who besides the account itself may write objects to its bucket: those whom Object Lock would affect. */
export interface Writers {
  /** AWS Config. */
  readonly config: boolean;
  /** S3, delivering server access logs. */
  readonly logging: boolean;
  /** All others that are no AWS service, in a person's words: `account 444455556666`, `anyone`. */
  readonly outsiders: readonly string[];
}

export const NOBODY: Writers = { config: false, logging: false, outsiders: [] };

/**
 * Whom a bucket's policy lets write. It ignores resources, conditions and Deny statements: somebody who is named in a
 * policy was meant to write, and one name too many only costs a question.
 *
 * @param accountId the bucket owner's: its own principals are left out.
 * @throws {MalformedPolicyError} when the text is not a policy.
 */
export function writersOf(policyText: string, accountId: string): Writers {
  const allows = parsePolicy(policyText).filter(
    ({ effect, actions }) => effect === 'Allow' && mayPut(actions),
  );
  const open = allows.map(({ principals }) => principals).filter(isAnyone);
  const named = allows.flatMap(({ principals }) => (isAnyone(principals) ? [] : principals.entries));
  const services = named.flatMap(({ type, value }) => (type === 'Service' ? [value] : []));
  const outsiders = named.flatMap((principal) => outsiderOf(principal, accountId));
  return {
    config: services.some((service) => /^(?:config\b|\*)/.test(service)),
    logging: open.length > 0 || services.some((service) => /^(?:logging\.s3\b|\*)/.test(service)),
    outsiders: [...new Set([...open.map(describe), ...outsiders])],
  };
}

/** Whether it reaches AWS services, too, unlike somebody in particular: `"*"`, or everyone but some. */
const isAnyone = ({ not, entries }: Principals): boolean =>
  not || entries.some(({ type, value }) => type === 'AWS' && value === '*');

/** Actions compare without regard to case. */
function mayPut({ not, values }: Patterns): boolean {
  const isNamed = values.some((value) => covers(value.toLowerCase(), 's3:putobject'));
  return not ? !isNamed : isNamed;
}

function outsiderOf({ type, value }: Principal, accountId: string): string[] {
  if (type === 'Service') return [];
  if (type !== 'AWS') return [`${type} ${value}`];
  const account = /^\d{12}$/.test(value) ? value : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1];
  if (account === accountId) return [];
  return [account === undefined ? value : `account ${account}`];
}
