import { isLeftOpen, whyOpen } from './conditions.ts';
import { isClosed } from './denies.ts';
import { type Patterns, parsePolicy, type Statement } from './parse.ts';

export { MalformedPolicyError } from './parse.ts';

import { describe, isOpen } from './principals.ts';

/** An Allow that lets strangers in. */
export interface PublicStatement {
  /** Its place in the policy, from 0. */
  readonly statement: number;
  readonly sid?: string;
  /** Whom it lets in, in a person's words: `anyone`. */
  readonly principal: string;
  readonly actions: Patterns;
  /** Why its conditions do not help; empty when it has none. */
  readonly why: string;
  /**
   * AWS's definition does not name the keys of its conditions, or of those of a Deny, so that they may keep strangers
   * out. It counts as public, and S3's own verdict decides.
   */
  readonly isLeftOpen?: true;
}

/**
 * The statements that make a bucket policy public, in AWS's sense
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html):
 * start from public, and call an Allow non-public only if its principals or one of its conditions are held to fixed
 * values, or Deny statements provably close it. Where AWS's text leaves a case open, the answer is public, and
 * `isLeftOpen` where S3 may know better.
 *
 * @example
 * publicStatements('{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}')
 * // [{ statement: 0, principal: 'anyone', actions: { not: false, values: ['s3:GetObject'] }, why: '' }]
 * @param bucket the name of the policy's bucket, where it is known: Deny statements close an Allow of more than the bucket
 * if they cover the bucket and its objects.
 * @throws {MalformedPolicyError} when the text is not a policy.
 */
export function publicStatements(policyText: string, bucket?: string): PublicStatement[] {
  const statements = parsePolicy(policyText);
  return statements
    .filter((statement) => isPublic(statement, statements, bucket))
    .map((statement) => ({
      statement: statement.index,
      ...(statement.sid !== undefined && { sid: statement.sid }),
      principal: describe(statement.principals),
      actions: statement.actions,
      why: statement.conditions.map(whyOpen).join(', '),
      ...(!isPublic(statement, statements, bucket, true) && { isLeftOpen: true }),
    }));
}

/** With `lenient`, conditions that AWS's definition leaves open count as restrictions. */
const isPublic = (
  statement: Statement,
  statements: readonly Statement[],
  bucket?: string,
  lenient = false,
): boolean =>
  statement.effect === 'Allow' &&
  isOpen(statement.principals) &&
  statement.conditions.every((condition) => whyOpen(condition) !== undefined) &&
  !(lenient && statement.conditions.some((condition) => isLeftOpen('Allow', condition))) &&
  !isClosed(statement, statements, bucket, lenient);

/**
 * Whom besides the public a policy lets in from outside the account. RestrictPublicBuckets cuts them off, too: while
 * a policy is public, it leaves the bucket to AWS services and the owner's account (S3, "The meaning of public").
 *
 * @param accountId the bucket owner's.
 * @param bucket as for {@link publicStatements}.
 * @throws {MalformedPolicyError} when the text is not a policy.
 */
export function outsiders(policyText: string, accountId: string, bucket?: string): string[] {
  const statements = parsePolicy(policyText);
  const named = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      if (isOpen(statement.principals)) {
        if (isPublic(statement, statements, bucket)) return [];
        return [`whom statement ${statement.sid ?? statement.index} lets in`];
      }
      return statement.principals.entries.flatMap(({ type, value }) => {
        if (type === 'Service') return [];
        if (type === 'CanonicalUser') return [`canonical user ${value}`];
        const account = /^\d{12}$/.test(value) ? value : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1];
        // Principals without an account: a CloudFront origin access identity, or the id of a deleted principal.
        if (account === undefined) return [value];
        return account === accountId ? [] : [`account ${account}`];
      });
    });
  return [...new Set(named)];
}
