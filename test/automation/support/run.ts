import { loadDocument } from '../../../automation/document/load.ts';
import type { ApiRequest, Clock, LambdaRequest, RunOptions } from '../../../automation/run/execution.ts';
import { runAutomation } from '../../../automation/run/run.ts';

/** Time that passes only when everybody sleeps: each sleeper is woken in turn, once nothing else is left to do. */
export function virtualClock(start = '2026-01-02T03:04:05.000Z') {
  let now = Date.parse(start);
  let sleepers: { until: number; wake: () => void }[] = [];
  const slept: number[] = [];
  let isTurning = false;
  const turn = () => {
    isTurning = true;
    // Twice, so that whatever the last one woke has had its turn.
    setImmediate(() =>
      setImmediate(() => {
        isTurning = false;
        sleepers.sort((a, b) => a.until - b.until);
        const next = sleepers.shift();
        if (!next) return;
        now = Math.max(now, next.until);
        next.wake();
        if (sleepers.length > 0) turn();
      }),
    );
  };
  const clock: Clock = {
    now: () => new Date(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        slept.push(milliseconds);
        const onAbort = () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(signal.reason);
        };
        const wake = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        const sleeper = { until: now + milliseconds, wake };
        sleepers.push(sleeper);
        signal.addEventListener('abort', onAbort);
        if (!isTurning) turn();
      }),
  };
  return { ...clock, slept, seconds: () => (now - Date.parse(start)) / 1000 };
}

/** What a fake API gives for a call; a function is asked, an error thrown. */
export type Answer = object | Error | ((request: ApiRequest) => object | Promise<object>);

/** An error as AWS's come: with a code. */
export const awsError = (code: string, message = code) => Object.assign(new Error(message), { code });

/** Runs a document text against answers by `service:Api`; each list is used up one call at a time, its last item stays. */
export async function run(
  text: string,
  answers: Readonly<Record<string, Answer | readonly Answer[]>> = {},
  options: Partial<RunOptions> = {},
) {
  const calls: ApiRequest[] = [];
  const invocations: LambdaRequest[] = [];
  const used = new Map<string, number>();
  const clock = virtualClock();
  const answer = async (key: string, request: ApiRequest): Promise<Record<string, unknown>> => {
    const listed = answers[key];
    if (listed === undefined) throw new Error(`the test has no answer for ${key}`);
    const list = (Array.isArray(listed) ? listed : [listed]) as readonly Answer[];
    const count = used.get(key) ?? 0;
    used.set(key, count + 1);
    const one = list[Math.min(count, list.length - 1)] as Answer;
    if (one instanceof Error) throw one;
    return (typeof one === 'function' ? await one(request) : one) as Record<string, unknown>;
  };
  const execution = await runAutomation(loadDocument(text, 'test'), {
    region: 'eu-west-1',
    accountId: '123456789012',
    executionId: 'e-1',
    clock,
    call: (request) => {
      calls.push(request);
      return answer(`${request.service}:${request.api}`, request);
    },
    invokeLambda: async (request) => {
      invocations.push(request);
      const request_ = { ...request, service: 'lambda', api: request.functionName, input: {} };
      return (await answer(`lambda:${request.functionName}`, request_)) as never;
    },
    ...options,
  });
  return { execution, calls, invocations, clock, ran: execution.steps.map(({ name }) => name) };
}

/** A document of these steps, given as YAML list items. */
export const steps = (mainSteps: string, rest = '') => `schemaVersion: '0.3'
${rest.trim()}
mainSteps:
${mainSteps.replace(/^\n+/, '').trimEnd()}
`;

/** A step that calls sts, and changes nothing. */
export const ask = (name: string, more = '') => `- name: ${name}
  action: aws:executeAwsApi
  inputs: { Service: sts, Api: GetCallerIdentity }
${more && `${more}\n`}`;
