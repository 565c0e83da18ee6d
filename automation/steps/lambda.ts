import type { LambdaResponse } from '../run/execution.ts';
import { invalidInput, StepError, unverified } from '../run/failure.ts';
import { type Action, atMost } from './action.ts';

/** Limits of "Automation actions reference", aws:invokeLambdaFunction. */
const LAMBDA_SECONDS = 300;
const MAX_PAYLOAD_BYTES = 200 * 1024;

export const invokeLambdaFunction: Action<'aws:invokeLambdaFunction'> = {
  limit: atMost(LAMBDA_SECONDS),
  run: async (inputs, { options, signal }, step) => {
    const { FunctionName, Qualifier, InvocationType, LogType, ClientContext } = inputs;
    const response = await options.invokeLambda({
      functionName: FunctionName,
      ...(Qualifier !== undefined && { qualifier: Qualifier }),
      invocationType: (InvocationType ?? 'RequestResponse') as 'RequestResponse',
      ...(LogType !== undefined && { logType: LogType as 'None' }),
      ...(ClientContext !== undefined && { clientContext: ClientContext }),
      payload: payloadOf(inputs.InputPayload, inputs.Payload),
      step: step.name,
      signal,
    });
    const bytes = Buffer.byteLength(response.Payload ?? '');
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw unverified(`${FunctionName} answered with ${bytes} bytes, SSM takes ${MAX_PAYLOAD_BYTES}`);
    }
    // Unverified whether SSM fails the step by itself; a plan that went wrong must never count as "nothing to do".
    if (response.FunctionError) throw functionError(FunctionName, response);
    // The output Payload is JSON text, but selectors see into it: `$.Payload.x`.
    const { Payload, ...others } = response;
    return {
      payload: { ...others, ...(Payload !== undefined && { Payload: parsed(Payload) }) },
      outputs: { ...response },
    };
  },
};

/** "If you define both InputPayload and Payload for the action, InputPayload takes precedence." */
function payloadOf(inputPayload: unknown, payload: string | undefined): string {
  if (inputPayload !== undefined) return JSON.stringify(inputPayload);
  if (payload === undefined) return '{}';
  if (parsed(payload) === payload)
    throw invalidInput('Payload is no JSON text: use InputPayload for values of any kind');
  return payload;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function functionError(name: string, { FunctionError, Payload = '' }: LambdaResponse): StepError {
  const error = parsed(Payload) as { errorType?: unknown; errorMessage?: unknown } | null;
  const said = [error?.errorType, error?.errorMessage].filter((part) => typeof part === 'string').join(': ');
  return new StepError({
    stage: 'Invocation',
    type: 'Action',
    ...(typeof error?.errorType === 'string' && { code: error.errorType }),
    message: `${name} failed (${FunctionError})${said && `: ${said}`}`,
  });
}
