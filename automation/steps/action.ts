import type { AutomationDocument } from '../document/load.ts';
import type { Step, StepOf } from '../document/schema.ts';
import type { Clock, Execution, RunOptions } from '../run/execution.ts';

/** What a step may use while it runs. */
export interface StepContext {
  readonly document: AutomationDocument;
  readonly options: RunOptions;
  readonly clock: Clock;
  /** Aborted when the step's time is up, or the run is cancelled. */
  readonly signal: AbortSignal;
  /** The document's variables, which aws:updateVariable changes. */
  readonly variables: Map<string, unknown>;
  /** Runs another document, with the same caller and clock. */
  readonly start: (
    document: AutomationDocument,
    parameters: Record<string, unknown>,
    signal: AbortSignal,
  ) => Promise<Execution>;
}

export interface StepResult {
  /** What the step's own selectors look at. */
  readonly payload?: unknown;
  /** The outputs that the action has by itself. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Where a branch goes. */
  readonly next?: string | undefined;
}

/** An action that steps may have. Its inputs come with every placeholder filled in, and checked again. */
export interface Action<Name extends Step['action']> {
  /** Seconds for one attempt, given the step's own timeoutSeconds. No limit, when absent. */
  readonly limit?: (timeoutSeconds: number | undefined) => number;
  /** Whether it stops by itself when its signal is aborted, so that the run waits for it. */
  readonly unwinds?: boolean;
  run(inputs: StepOf<Name>['inputs'], context: StepContext, step: StepOf<Name>): Promise<StepResult>;
}

/** At most so many seconds, fewer when the step says so. */
export const atMost =
  (seconds: number) =>
  (timeoutSeconds = seconds) =>
    Math.min(seconds, timeoutSeconds);
/** So many seconds, unless the step says otherwise. */
export const byDefault =
  (seconds: number) =>
  (timeoutSeconds = seconds) =>
    timeoutSeconds;
