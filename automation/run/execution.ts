import type { AutomationDocument } from '../document/load.ts';
import type { Step } from '../document/schema.ts';

/** The words of SSM's AutomationExecutionStatus that a run here can have (AutomationExecution). */
export type Status = 'InProgress' | 'Waiting' | 'Success' | 'Failed' | 'TimedOut' | 'Cancelled' | 'Rejected';

/** Why a step failed, in the words of SSM's FailureDetails. */
export interface Failure {
  /** When: inputs resolved and checked, the call itself, or what came of it. */
  readonly stage: 'InputValidation' | 'Invocation' | 'PostVerification';
  readonly type: 'Action' | 'Permission' | 'Throttling' | 'Verification' | 'Internal';
  /** The AWS error code, where AWS said one: `InvalidGroup.NotFound`. */
  readonly code?: string;
  readonly message: string;
}

/** One step that ran; a loop's steps come once an iteration. */
export interface StepExecution {
  readonly name: string;
  readonly action: Step['action'];
  status: Status;
  /** How often it was tried, the first time included. */
  attempts: number;
  /** ISO 8601. */
  readonly startTime: string;
  endTime?: string;
  /** With every placeholder filled in. */
  inputs: unknown;
  /** What the step selected, and what its action puts out by itself. */
  outputs: Record<string, unknown>;
  failure?: Failure;
  /** The loop that a step belongs to. */
  readonly parent?: { readonly name: string; readonly iteration: number; readonly iteratorValue?: unknown };
}

/** The value of a document output whose step did not succeed, in SSM's own words. */
export const NO_OUTPUT = 'No output available yet because the step is not successfully executed';

/** The record of a run, ready for JSON. There is one however the run ends. */
export interface Execution {
  readonly executionId: string;
  readonly document: { readonly name: string; readonly sha256: string };
  readonly region: string;
  readonly accountId: string;
  /** Those that were given and the defaults of the others. Secrets are shown as `***`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  status: Status;
  readonly startTime: string;
  endTime?: string;
  readonly steps: StepExecution[];
  /** By `step.Output`; {@link NO_OUTPUT} where the step did not succeed. */
  outputs: Record<string, unknown>;
  /** Of the first critical step that failed. */
  failure?: Failure & { readonly step: string };
}

/** An API call of a step. */
export interface ApiRequest {
  /** As boto3 names it: `ec2`, `s3control`, `elbv2`. */
  readonly service: string;
  /** `DescribeSecurityGroups` or `describe_security_groups`. */
  readonly api: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The name of the step that asks. */
  readonly step: string;
  /** Aborted when the step's time is up, or the run is cancelled. */
  readonly signal: AbortSignal;
}
/** Answers as boto3 would: member names as AWS spells them, times as ISO 8601 text, blobs as text. */
export type Call = (request: ApiRequest) => Promise<Readonly<Record<string, unknown>>>;

export interface LambdaRequest {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly invocationType: 'RequestResponse' | 'Event' | 'DryRun';
  readonly logType?: 'None' | 'Tail';
  readonly clientContext?: string;
  /** JSON text. */
  readonly payload: string;
  readonly step: string;
  readonly signal: AbortSignal;
}
export interface LambdaResponse {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  /** JSON text. */
  readonly Payload?: string;
}
export type InvokeLambda = (request: LambdaRequest) => Promise<LambdaResponse>;

/** A question that a run cannot answer by itself: aws:approve, or the Resume of aws:pause. */
export interface ApprovalRequest {
  readonly action: 'aws:approve' | 'aws:pause';
  readonly step: string;
  readonly message?: string;
  readonly approvers: readonly string[];
  readonly signal: AbortSignal;
}

export interface Clock {
  now(): Date;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface RunOptions {
  /** Values of the document's own types. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly call: Call;
  readonly invokeLambda: InvokeLambda;
  readonly region: string;
  readonly accountId: string;
  /** `aws`, unless told otherwise. */
  readonly partition?: string;
  /** A random UUID, unless told otherwise. */
  readonly executionId?: string;
  readonly clock?: Clock;
  /** Who answers aws:approve and aws:pause. Nobody, when absent: both are refused. */
  readonly approve?: (request: ApprovalRequest) => Promise<boolean>;
  /** Where aws:executeAutomation finds its documents. A document with such a step is refused, when absent. */
  readonly findDocument?: (name: string, version: string | undefined) => Promise<AutomationDocument>;
  /** Parameter Store, for defaults such as `{{ ssm:name }}`. */
  readonly findParameter?: (name: string) => Promise<unknown>;
  /** Called when a step begins and when it ends, so that the record can be saved as it grows. When it fails, no further step runs. */
  readonly onStep?: (step: StepExecution, execution: Execution) => unknown;
  /** Cancels the run: the step's `onCancel` decides what else runs. */
  readonly signal?: AbortSignal;
}

/** A run that was refused before its first step: nothing has been called. */
export class AutomationError extends Error {
  override readonly name = 'AutomationError';
  /** SSM's own code for parameters; ours for an action that cannot run here. */
  readonly code: 'InvalidAutomationExecutionParameters' | 'UnsupportedAction';

  constructor(code: AutomationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
