import type { ResourceRef } from './account.ts';

/**
 * A reading that did not succeed: "could not tell". It names the API and, where there is one, the resource,
 * and is never taken for an answer. A configuration that AWS says does not exist is not an error: it reads `null`.
 */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  /** The AWS error code (`AccessDenied`, `NoSuchBucket`, `Throttling`, …), or one of {@link OWN_CODES}. */
  readonly code: string;
  /** The API that was asked, as IAM and CloudTrail spell the service: `s3:GetBucketPolicy`. */
  readonly api: string;
  /** The bucket, user, trail or prefix list that was asked about. */
  readonly resource: string | undefined;
  /**
   * The resource that cannot be judged because of it, if the reading was not about that resource: one element of a
   * list, one Region.
   */
  readonly about: ResourceRef | undefined;

  constructor(
    code: string,
    api: string,
    message: string,
    resource?: string,
    options?: ErrorOptions & { readonly about?: ResourceRef },
  ) {
    super(message, options);
    this.code = code;
    this.api = api;
    this.resource = resource;
    this.about = options?.about;
  }
}

/**
 * A list that is not complete: one error for each part of it that could not be read. What could be read came before
 * the error, from a list that comes one by one, or is in `rest`. As an AccountError it looks like its first error.
 */
export class IncompleteListError<T = unknown> extends AccountError {
  readonly errors: readonly AccountError[];
  readonly rest: readonly T[];

  constructor(errors: readonly [AccountError, ...AccountError[]], rest: readonly T[] = []) {
    const [first] = errors;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more that cannot be read)` : '';
    super(first.code, first.api, `${first.message}${more}`, first.resource, { cause: first });
    this.errors = errors;
    this.rest = rest;
  }
}

/** A list as far as it could be read. */
export interface PartialList<T> {
  readonly values: readonly T[];
  /** Why there is no more of it. */
  readonly errors: readonly AccountError[];
}

/**
 * The end of a list that comes one by one.
 *
 * @throws {IncompleteListError} when there are errors.
 */
export function checkComplete<T>(errors: readonly AccountError[], rest: readonly T[] = []): void {
  const [first, ...more] = errors;
  if (first) throw new IncompleteListError([first, ...more], rest);
}

/**
 * The list as a whole.
 *
 * @throws {IncompleteListError} with the part that could be read, when it is not complete.
 */
export function complete<T>({ values, errors }: PartialList<T>): readonly T[] {
  checkComplete(errors, values);
  return values;
}

/**
 * The part of a list that could be read, and the errors. An error that is not an AccountError is a bug, and is
 * thrown.
 */
export async function partial<T>(list: AsyncIterable<T> | Promise<readonly T[]>): Promise<PartialList<T>> {
  const values: T[] = [];
  try {
    // A million are too many to be the arguments of a call.
    if (list instanceof Promise) for (const value of await list) values.push(value);
    else for await (const value of list) values.push(value);
  } catch (error) {
    if (error instanceof IncompleteListError) {
      return { values: [...values, ...(error.rest as readonly T[])], errors: error.errors };
    }
    if (error instanceof AccountError) return { values, errors: [error] };
    throw error;
  }
  return { values, errors: [] };
}

/**
 * Our own codes, in this order: nobody read it; the answer makes no sense; the answer lacks what was asked for; the
 * answer says that there is more (see cut.ts); the snapshot should have it, and lacks it or has an older one; no
 * Region of the account's partition has the API; a template does not say it before it is deployed.
 */
export const OWN_CODES = {
  notCollected: 'NotCollected',
  malformed: 'Malformed',
  incomplete: 'IncompleteAnswer',
  cut: 'CutAnswer',
  incompleteSnapshot: 'IncompleteSnapshot',
  notInPartition: 'NotInPartition',
  unresolved: 'Unresolved',
} as const;

export const isAccountError = (error: unknown, ...codes: string[]): error is AccountError =>
  error instanceof AccountError && (codes.length === 0 || isOneOf(codes, error.code));

/** Whether a code is among these, with and without the ending `Exception`: AWS's references leave it out where its models have it. */
export const isOneOf = (codes: readonly string[], code: string): boolean =>
  codes.some((one) => bare(one) === bare(code));

const bare = (code: string) => code.replace(/Exception$/, '');

/** Nobody read it: the file is not in the snapshot. Unlike a denial, asking again elsewhere may help. */
export const isNotCollected = (error: unknown): error is AccountError =>
  isAccountError(error, OWN_CODES.notCollected);

/** The codes with which AWS's services say the same: the caller lacks a permission. An AccountError says `AccessDenied`. */
const DENIALS = ['AccessDenied', 'AuthorizationError', 'Forbidden', 'UnauthorizedOperation'];
export const isDenial = (code: string): boolean => isOneOf(DENIALS, code);

/** The codes with which AWS's services say that there were too many calls. */
export const isThrottling = (code: string): boolean =>
  /^(Throttl\w*|RequestLimitExceeded|TooManyRequests\w*|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|RequestThrottled\w*)$/.test(
    code,
  );
