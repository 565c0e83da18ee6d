/**
 * Runs SSM Automation documents here, as strictly as SSM does.
 *
 * @example
 * const document = loadDocument(text, 'Groundrules-S3Public');
 * const execution = await runAutomation(document, { parameters, call: awsCaller({ region }), invokeLambda, region, accountId });
 */

export { documentName, functionName, pascalCase } from '../rules/names.ts';
export { AwsCallError, awsCaller, lambdaInvoker } from './aws.ts';
export { DocumentError, type Problem, type ProblemCode } from './document/error.ts';
export { type AutomationDocument, loadDocument } from './document/load.ts';
export type { Step } from './document/schema.ts';
export { type FunctionOptions, localFunctions, type Running, remembering } from './local.ts';
export { PermissionsError, permissionsOf } from './permissions.ts';
export {
  type ApiRequest,
  type ApprovalRequest,
  AutomationError,
  type Call,
  type Clock,
  type Execution,
  type Failure,
  type InvokeLambda,
  type LambdaRequest,
  type LambdaResponse,
  NO_OUTPUT,
  type RunOptions,
  type Status,
  type StepExecution,
} from './run/execution.ts';
export { runAutomation } from './run/run.ts';
