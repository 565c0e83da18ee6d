import { isDenial } from '../../account/errors.ts';
import type { Failure } from './execution.ts';

/** A step failed. */
export class StepError extends Error {
  override readonly name = 'StepError';
  /** AWS's own code where an API refused the call, else the kind of the failure. */
  readonly code: string;
  readonly failure: Failure;
  /** What the step ends as, when it is not tried again. */
  readonly status: 'Failed' | 'TimedOut' | 'Rejected';

  constructor(failure: Failure, status: StepError['status'] = 'Failed', options?: ErrorOptions) {
    super(failure.message, options);
    this.code = failure.code ?? failure.type;
    this.failure = failure;
    this.status = status;
  }
}

/** Inputs that the action does not take. Trying again would not help. */
export const invalidInput = (message: string) =>
  new StepError({ stage: 'InputValidation', type: 'Verification', message });

/** An answer does not have what the document expects. */
export const unverified = (message: string) =>
  new StepError({ stage: 'PostVerification', type: 'Verification', message });

export const timedOut = (seconds: number) =>
  new StepError(
    { stage: 'Invocation', type: 'Action', message: `no answer within ${seconds} s` },
    'TimedOut',
  );

/** Somebody cancelled the run. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly code = 'Cancelled';
}

/** Whatever an API call throws, as a step's failure. */
export function asStepError(error: unknown): StepError {
  if (error instanceof StepError) return error;
  const { code, message } = nameOf(error);
  return new StepError(
    { stage: 'Invocation', type: typeOf(code), ...(code && { code }), message },
    'Failed',
    {
      cause: error,
    },
  );
}

function nameOf(error: unknown): { code?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = Reflect.get(error, 'code') ?? (error.name === 'Error' ? undefined : error.name);
  return { ...(typeof code === 'string' && { code }), message: error.message };
}

function typeOf(code = ''): Failure['type'] {
  if (isDenial(code)) return 'Permission';
  return /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown/i.test(code) ? 'Throttling' : 'Action';
}
