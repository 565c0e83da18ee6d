/** What a document needs to run here: its functions, and the earlier executions that its Undo reads. */

import type { OpenSource } from '../config/answer.ts';
import { ruleHandler } from '../lambda/handler.ts';
import { functionName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';
import { documentHash, findRunIn, type Runs } from '../tasks/run.ts';
import type { AutomationDocument } from './document/load.ts';
import type { Call, Execution, InvokeLambda } from './run/execution.ts';

export interface FunctionOptions {
  readonly rules: readonly AnyRule[];
  readonly open: OpenSource;
  readonly region: string;
  readonly accountId: string;
  /** A rule's sentences in Korean. */
  readonly korean?: (rule: string) => AnyRule['messages'] | undefined;
  /** How the functions wait for a change to be seen. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => Date;
  /** The run that is under way, which a function that makes changes itself looks for. */
  readonly running?: () => Running | undefined;
}

export interface Running {
  readonly execution: Execution;
  readonly document: AutomationDocument;
}

/** Invokes the rules' functions here, with JSON in and out as AWS Lambda would. Errors become its FunctionError. */
export function localFunctions({
  rules,
  open,
  region,
  accountId,
  running = () => undefined,
  korean,
  ...options
}: FunctionOptions): InvokeLambda {
  const findRun = findRunIn(localRuns(running));
  const functions = new Map(
    rules.map((rule) => [
      functionName(rule.id),
      ruleHandler(rule, open, {
        ...options,
        findRun,
        korean: korean?.(rule.id),
        env: { AWS_REGION: region },
      }),
    ]),
  );
  return async (request) => {
    const handler = functions.get(request.functionName);
    if (!handler) throw new Error(`there is no function ${request.functionName} here`);
    const invokedFunctionArn = `arn:aws:lambda:${region}:${accountId}:function:${request.functionName}`;
    try {
      const answer = await handler(JSON.parse(request.payload), { invokedFunctionArn });
      return { StatusCode: 200, Payload: JSON.stringify(answer) };
    } catch (error) {
      const { name, message } = error as Error;
      const Payload = JSON.stringify({ errorType: name, errorMessage: message });
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload };
    }
  };
}

/**
 * The document is the package's own. It is read anew each time, because only one run is under way at a time. An earlier run
 * counts whatever its text was, because its record is signed.
 */
const localRuns = (running: () => Running | undefined): Runs => ({
  approvers: 'whoever runs it',
  get documentHash() {
    return documentHash(running()?.document);
  },
  document: async () => running()?.document,
  async execution(id) {
    const run = running();
    if (run?.execution.executionId !== id) throw new Error('no such run is under way here');
    return asPrinted(run.execution);
  },
});

/** Answers GetAutomationExecution for executions that ran here, and passes all else on. */
export const remembering =
  (call: Call, executions: readonly Execution[]): Call =>
  async (request) => {
    const id = request.input.AutomationExecutionId;
    const isAsked = request.service === 'ssm' && request.api === 'GetAutomationExecution';
    const execution = isAsked ? executions.find(({ executionId }) => executionId === id) : undefined;
    return execution ? { AutomationExecution: asPrinted(execution) } : call(request);
  };

/** An execution as SSM's API gives it: parameters and outputs are lists of texts. */
function asPrinted({ executionId, document, status, parameters, outputs, steps }: Execution) {
  const printed = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        [value].flat().map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
      ]),
    );
  return {
    AutomationExecutionId: executionId,
    DocumentName: document.name,
    DocumentVersion: '1',
    AutomationExecutionStatus: status,
    Parameters: printed(parameters),
    Outputs: printed(outputs),
    StepExecutions: steps.map((step) => ({
      StepName: step.name,
      Action: step.action,
      StepStatus: step.status,
      Outputs: printed(step.outputs),
    })),
  };
}
