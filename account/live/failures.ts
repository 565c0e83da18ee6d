import { types } from 'node:util';
import { AccountError, isAccountError, isDenial, isThrottling, OWN_CODES } from '../errors.ts';
import { type AnyTarget, actionsOf, adviceOf, nameOf, ofWhat, type Reading } from '../reading.ts';

/** A call did not reach AWS, or had no answer: these are not AWS's own errors. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
  /** `NetworkError`, `Timeout`, `CredentialsError`, … */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The fields of the SDK's errors that are read here. */
interface SdkError extends Error {
  /** AWS's own code, where the protocol has one; the SDK's class name differs for some (`NoSuchEntityException`). */
  readonly Code?: string;
  /** Node's, for what never reached AWS: `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/** The names that an SDK error goes by, AWS's own code first. */
export const codesOf = (error: unknown): string[] => {
  const { Code, name } = error as SdkError;
  return [Code, name].filter((code): code is string => typeof code === 'string');
};

/** AWS refused the credentials themselves, whatever they may do. */
const REJECTED = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'InvalidToken',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
/** Node's codes for a program's mistakes, rather than for connections and certificates. */
const OWN_MISTAKE = /^ERR_(?!TLS|SSL|INVALID_URL)/;
const TIMED_OUT = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'AbortError',
  'ETIMEDOUT',
]);

/**
 * Says in one code and one sentence what went wrong with a call, and what to do about it.
 *
 * @param actions IAM actions that the call needs.
 * @returns `undefined` for what is no failure of a call but a bug.
 */
export function explain(error: unknown, actions: readonly string[]): LiveError | undefined {
  if (error instanceof LiveError) return error;
  if (isAccountError(error)) return new LiveError(error.code, error.message, { cause: error });
  if (!types.isNativeError(error)) return undefined;
  const sdk = error as SdkError;
  const [code = 'UnknownError'] = codesOf(error);
  const says = message(sdk);
  const give = (as: string, advice: string) => new LiveError(as, advice, { cause: error });

  if (/CredentialsProviderError|TokenProviderError/.test(error.name)) {
    return give('CredentialsError', `no AWS credentials (${says}). Sign in, or name a profile that has some`);
  }
  if (TIMED_OUT.has(code) || TIMED_OUT.has(sdk.code ?? '')) {
    return give('Timeout', `AWS did not answer in time (${says}). Look at the network, and try again`);
  }
  if (sdk.$metadata?.httpStatusCode === undefined) {
    return sdk.code === undefined || OWN_MISTAKE.test(sdk.code)
      ? undefined
      : give(
          'NetworkError',
          `AWS was not reached (${says || sdk.code}). Look at the network and the endpoint`,
        );
  }
  if (REJECTED.has(code)) {
    return give(
      'CredentialsError',
      `AWS did not accept the credentials (${code}: ${says}). Renew them; in a Region that the account has not enabled none are accepted`,
    );
  }
  if (isDenial(code)) {
    return give(
      'AccessDenied',
      `access denied (${says}). Allow ${actions.join(' and ')} to whoever runs this`,
    );
  }
  if (isThrottling(code)) {
    return give(
      code,
      `AWS throttled the call, ${sdk.$metadata.attempts ?? 1} times in all (${says}). Try again later, or read fewer Regions at a time`,
    );
  }
  // The answer is no JSON or XML, as from a captive portal. The SDK's two parsers say so in different words.
  if (error.name === 'SyntaxError' || says.startsWith('@aws-sdk XML parse error')) {
    return give(OWN_CODES.malformed, `what answered does not speak this API (${says}). Look at the endpoint`);
  }
  return give(code, says || `AWS answered ${sdk.$metadata.httpStatusCode}`);
}

/**
 * Makes a call that is no reading.
 *
 * @param action that it needs, such as `sts:AssumeRole`.
 * @param otherwise what one can do instead.
 * @throws {LiveError} which begins with the action.
 */
export async function called<T>(action: string, send: () => Promise<T>, otherwise?: string): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const failure = explain(error, [action]);
    if (!failure) throw error;
    const advice = [failure.message, otherwise].filter(Boolean).join('. ');
    throw new LiveError(failure.code, `${action}: ${advice}`, { cause: error });
  }
}

/**
 * The error of a reading, as an AccountError.
 *
 * @throws the error itself when it is a bug rather than a failure of the call.
 */
export function accountError(error: unknown, reading: Reading, target: AnyTarget): AccountError {
  if (error instanceof AccountError) return error;
  const failure = explain(error, actionsOf(reading));
  if (!failure) throw error;
  const more = failure.code === 'AccessDenied' ? adviceOf(reading, failure.message) : undefined;
  const says = more?.isAll ? `access denied (${message(error as Error)})` : failure.message;
  const { region, id } = target;
  // S3 answers some requests with 404 and no body, so that there is no code.
  const code = failure.code === 'NotFound' && reading.service.name === 's3' ? 'NoSuchBucket' : failure.code;
  const asked = `${nameOf(reading)}${ofWhat(reading, target)}${region ? ` in ${region}` : ''}`;
  const whole = `${asked}: ${says}${more ? `. ${more.advice}` : ''}`;
  return new AccountError(code, nameOf(reading), whole, id ?? reading.variant, {
    cause: failure.cause ?? error,
  });
}

/**
 * The failure in the `aws` command's words: the code as AWS gave it, and the line that the command prints.
 *
 * @example
 * awsWords(error) // { code: 'NoSuchBucketPolicy', message: 'An error occurred (NoSuchBucketPolicy) when calling …' }
 */
export function awsWords(error: AccountError): { readonly code: string; readonly message: string } {
  const sdk = error.cause as SdkError | undefined;
  if (sdk?.$metadata?.httpStatusCode === undefined) return { code: error.code, message: error.message };
  const code = error.code === 'NoSuchBucket' ? error.code : (codesOf(sdk)[0] ?? error.code);
  const operation = error.api.slice(error.api.indexOf(':') + 1);
  return {
    code,
    message: `An error occurred (${code}) when calling the ${operation} operation: ${message(sdk)}`,
  };
}

/** EC2 adds the encoded request to a denial, and the SDK adds notes for programmers: both are cut. */
const message = (error: Error): string =>
  error.message
    .replace(
      /\s*(Encoded authorization failure message|Deserialization error: to see the raw response).*$/s,
      '',
    )
    .replace(/\.\s*$/, '');
