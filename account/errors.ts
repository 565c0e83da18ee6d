import type { ReadName } from './reads.ts';

/**
 * A reading that did not succeed: "could not tell". It names the API and, where there is one, the resource,
 * and is never taken for an answer. A configuration that AWS says does not exist is not an error: it reads `null`.
 */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  /** The AWS error code (`AccessDenied`, `NoSuchBucket`, `Throttling`, …), or one of {@link OWN_CODES}. */
  readonly code: string;
  /** The API that was asked, as IAM and CloudTrail spell the service: `s3:GetBucketPolicy`. */
  readonly api: ReadName;
  /** The bucket, user, trail or prefix list that was asked about. */
  readonly resource: string | undefined;

  constructor(code: string, api: ReadName, message: string, resource?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.api = api;
    this.resource = resource;
  }
}

/** Codes that are not AWS's: nobody read it; what was read makes no sense; the answer lacks what was asked for. */
export const OWN_CODES = {
  notCollected: 'NotCollected',
  malformed: 'Malformed',
  incomplete: 'IncompleteAnswer',
} as const;

export const isAccountError = (error: unknown, ...codes: string[]): error is AccountError =>
  error instanceof AccountError && (codes.length === 0 || codes.includes(error.code));

/** Nobody read it: the file is not in the snapshot. Unlike a denial, asking again elsewhere may help. */
export const isNotCollected = (error: unknown): error is AccountError =>
  isAccountError(error, OWN_CODES.notCollected);

/** The codes with which AWS's services say the same: the caller lacks a permission. An AccountError says `AccessDenied`. */
const DENIALS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Forbidden',
  'ForbiddenException',
  'UnauthorizedOperation',
]);
export const isDenial = (code: string): boolean => DENIALS.has(code);
