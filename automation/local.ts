/** What a document needs around it to run here: its functions, and the executions that its Undo asks for. */
import { configHandler, type OpenSource } from '../config/handler.ts';
import { functionName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Call, Execution, InvokeLambda } from './run/execution.ts';

export interface FunctionOptions {
  readonly rules: readonly AnyRule[];
  readonly open: OpenSource;
  readonly region: string;
  readonly accountId: string;
  /** How the functions wait for a change to be seen. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => Date;
}

/** Invokes the rules' functions here, with JSON in and out as AWS Lambda would. Errors become its FunctionError. */
export function localFunctions({
  rules,
  open,
  region,
  accountId,
  ...options
}: FunctionOptions): InvokeLambda {
  const functions = new Map(
    rules.map((rule) => [
      functionName(rule.id),
      configHandler(rule, open, { ...options, env: { AWS_REGION: region } }),
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

/** Answers GetAutomationExecution for executions that ran here, and passes all else on. */
export const remembering =
  (call: Call, executions: readonly Execution[]): Call =>
  async (request) => {
    const id = request.input.AutomationExecutionId;
    const isAsked = request.service === 'ssm' && request.api === 'GetAutomationExecution';
    const execution = isAsked ? executions.find(({ executionId }) => executionId === id) : undefined;
    return execution ? { AutomationExecution: asPrinted(execution) } : call(request);
  };

/** An execution as SSM's API gives it: outputs are lists of texts. */
function asPrinted({ executionId, document, status, outputs, steps }: Execution) {
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
    AutomationExecutionStatus: status,
    Outputs: printed(outputs),
    StepExecutions: steps.map((step) => ({ StepName: step.name, Outputs: printed(step.outputs) })),
  };
}
