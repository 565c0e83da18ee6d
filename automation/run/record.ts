import type { AutomationDocument } from '../document/load.ts';
import type { Step } from '../document/schema.ts';
import {
  type Clock,
  type Execution,
  NO_OUTPUT,
  type RunOptions,
  type Status,
  type StepExecution,
} from './execution.ts';
import type { StepError } from './failure.ts';
import { redactor } from './parameters.ts';

/** The record could not be saved, and going on would lose what Undo needs for the next change. */
export class Halted extends Error {
  override readonly name = 'Halted';
  readonly code = 'Halted';
}

/** Keeps the record of a run, and hands it out as it grows. */
export class Recorder {
  readonly execution: Execution;
  readonly #document: AutomationDocument;
  readonly #clock: Clock;
  readonly #onStep: RunOptions['onStep'];
  readonly #hide: <T>(value: T) => T;

  constructor(
    document: AutomationDocument,
    parameters: Readonly<Record<string, unknown>>,
    executionId: string,
    clock: Clock,
    { region, accountId, onStep }: RunOptions,
  ) {
    this.#document = document;
    this.#clock = clock;
    this.#onStep = onStep;
    this.#hide = redactor(parameters);
    this.execution = {
      executionId,
      document: { name: document.where, sha256: document.sha256 },
      region,
      accountId,
      parameters: this.#hide(parameters),
      status: 'InProgress',
      startTime: this.now(),
      steps: [],
      outputs: Object.fromEntries(document.outputs.map((name) => [name, NO_OUTPUT])),
    };
  }

  now(): string {
    return this.#clock.now().toISOString();
  }

  async begin(step: Step, inputs: unknown, parent?: StepExecution['parent']): Promise<StepExecution> {
    const record: StepExecution = {
      name: step.name,
      action: step.action,
      status: step.action === 'aws:approve' || step.action === 'aws:pause' ? 'Waiting' : 'InProgress',
      attempts: 0,
      startTime: this.now(),
      inputs: this.#hide(inputs),
      outputs: {},
      ...(parent && { parent: this.#hide(parent) }),
    };
    this.execution.steps.push(record);
    await this.#tell(record);
    return record;
  }

  /** Keeps what is known so far, even if the step fails later. */
  keep(record: StepExecution, outputs: Readonly<Record<string, unknown>>): void {
    Object.assign(record.outputs, this.#hide(outputs));
  }

  async end(record: StepExecution, status: Status, error?: StepError): Promise<void> {
    record.status = status;
    record.endTime = this.now();
    if (error) record.failure = this.#hide(error.failure);
    if (status === 'Success' && !record.parent) {
      for (const output of this.#document.outputs) {
        const [step, name = ''] = output.split('.');
        if (step === record.name && Object.hasOwn(record.outputs, name)) {
          this.execution.outputs[output] = record.outputs[name];
        }
      }
    }
    await this.#tell(record);
  }

  /** Notes that a critical step failed. The first one decides the status of the run. */
  fail(step: Step, error: StepError): void {
    this.#failed ??= error.status;
    this.execution.failure ??= { step: step.name, ...this.#hide(error.failure) };
  }
  #failed: Status | undefined;

  finish(status: Status = this.#failed ?? 'Success'): Execution {
    this.execution.status = status;
    this.execution.endTime = this.now();
    return this.execution;
  }

  halt({ message }: Halted): Execution {
    const step = this.execution.steps.at(-1)?.name ?? '';
    for (const record of this.execution.steps) {
      record.endTime ??= this.now();
      if (record.status === 'InProgress' || record.status === 'Waiting') record.status = 'Failed';
    }
    this.execution.failure = { step, stage: 'PostVerification', type: 'Internal', message };
    return this.finish('Failed');
  }

  async #tell(record: StepExecution): Promise<void> {
    try {
      await this.#onStep?.(record, this.execution);
    } catch (error) {
      throw new Halted(`the record could not be saved: ${(error as Error).message}`, { cause: error });
    }
  }
}
