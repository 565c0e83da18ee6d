import { successor, targetOf } from '../document/flow.ts';
import type { AutomationDocument } from '../document/load.ts';
import type { Reference } from '../document/placeholder.ts';
import { inputsOf, type LoopStep, type Step } from '../document/schema.ts';
import { parseSelector, select } from '../document/selector.ts';
import { type DataType, isOfType, typeName } from '../document/values.ts';
import type { Action, StepContext, StepResult } from '../steps/action.ts';
import { holds } from '../steps/branch.ts';
import { ACTIONS } from '../steps/index.ts';
import { deadline, withTimeout } from './clock.ts';
import type { StepExecution } from './execution.ts';
import { asStepError, Cancelled, invalidInput, StepError, unverified } from './failure.ts';
import { Halted, type Recorder } from './record.ts';
import { resolve } from './values.ts';

/** "Automation runs the cancellation workflow for a maximum of two minutes." */
const CANCEL_SECONDS = 120;
const MAX_ITERATIONS = 100;

/** A list of steps that runs: the document's, or one iteration of a loop. */
interface Frame {
  readonly steps: readonly Step[];
  readonly signal: AbortSignal;
  /** The outputs of the steps that succeeded, those outside a loop included. */
  readonly outputs: Map<string, Readonly<Record<string, unknown>>>;
  readonly parent?: NonNullable<StepExecution['parent']>;
}

/** A step of a loop failed. The loop follows that step's `onFailure`, if it has one. */
class IterationFailed extends StepError {
  readonly onFailure: string | undefined;
  constructor(step: Step, iteration: number, error: StepError) {
    const message = `${step.name} in iteration ${iteration}: ${error.failure.message}`;
    super({ ...error.failure, message }, error.status, { cause: error });
    this.onFailure = step.onFailure;
  }
}

type Common = Omit<StepContext, 'signal'>;

/** Runs a document's steps, one after the other, as it says. */
export class Runner {
  readonly #document: AutomationDocument;
  readonly #common: Common;
  readonly #recorder: Recorder;
  readonly #system: (reference: Reference & { kind: 'parameter' | 'system' }) => unknown;

  constructor(
    document: AutomationDocument,
    common: Common,
    recorder: Recorder,
    system: (reference: Reference & { kind: 'parameter' | 'system' }) => unknown,
  ) {
    this.#document = document;
    this.#common = common;
    this.#recorder = recorder;
    this.#system = system;
  }

  run(signal: AbortSignal): Promise<void> {
    return this.#runSteps({ steps: this.#document.mainSteps, signal, outputs: new Map() }).then(
      () => undefined,
    );
  }

  /**
   * @returns the step that aborted the run, if one did.
   * @throws {Cancelled} after the steps that `onCancel` names; {@link Halted}; the signal's reason, when an outer
   * time is up.
   */
  async #runSteps(frame: Frame): Promise<{ step: Step; error: StepError } | undefined> {
    const byName = new Map(frame.steps.map((step) => [step.name, step]));
    let current = { ...frame };
    let cancelled: Cancelled | undefined;
    let release = () => {};
    try {
      let step = frame.steps[0];
      while (step) {
        let next: string | undefined;
        try {
          const result = await this.#runStep(step, current);
          next = result.next ?? successor(frame.steps, step);
        } catch (error) {
          if (error instanceof Cancelled && !cancelled) {
            cancelled = error;
            next = 'onCancel' in step ? targetOf(step.onCancel) : undefined;
            const time = deadline(this.#common.clock, CANCEL_SECONDS, new AbortController().signal);
            release = time.release;
            current = { ...current, signal: time.signal };
          } else if (!(error instanceof StepError) || current.signal.aborted) {
            throw cancelled ?? error;
          } else {
            const { onFailure = 'Abort', isCritical = onFailure !== 'Continue' } = step;
            if (isCritical) this.#recorder.fail(step, error);
            const reaction = error instanceof IterationFailed ? (error.onFailure ?? onFailure) : onFailure;
            if (reaction === 'Abort') {
              if (cancelled) throw cancelled;
              return { step, error };
            }
            next = targetOf(reaction) ?? successor(frame.steps, step);
          }
        }
        step = next === undefined ? undefined : byName.get(next);
      }
    } finally {
      release();
    }
    if (cancelled) throw cancelled;
    return undefined;
  }

  async #runStep(step: Step, frame: Frame): Promise<StepResult> {
    frame.signal.throwIfAborted();
    let inputs: unknown = step.inputs;
    let invalid: StepError | undefined;
    try {
      inputs = this.#fillIn(step, frame);
    } catch (error) {
      invalid = asStepError(error);
    }
    const { Steps: _steps, ...shown } = inputs as Record<string, unknown>;
    const record = await this.#recorder.begin(step, shown, frame.parent);
    try {
      if (invalid) throw invalid;
      const result = await this.#attempt(step, inputs, record, frame);
      frame.outputs.set(step.name, result.outputs ?? {});
      await this.#recorder.end(record, 'Success');
      return result;
    } catch (error) {
      if (error instanceof Halted) throw error;
      if (error instanceof Cancelled) {
        await this.#recorder.end(record, 'Cancelled');
        throw error;
      }
      const failed = asStepError(error);
      await this.#recorder.end(record, failed.status, failed);
      throw failed;
    }
  }

  /** The placeholders of a loop's steps and of its condition are filled in when they run. */
  #fillIn(step: Step, frame: Frame): unknown {
    const { Steps, LoopCondition, ...own } = step.inputs as Record<string, unknown>;
    const filled = {
      ...(resolve(own, (reference) => this.#lookup(reference, frame)) as object),
      ...(step.action === 'aws:loop' && { Steps, ...(LoopCondition !== undefined && { LoopCondition }) }),
    };
    const checked = inputsOf(step.action).safeParse(filled);
    if (checked.success) return filled;
    const [issue] = checked.error.issues;
    throw invalidInput(`${issue?.path.join('.')}: ${issue?.message}`);
  }

  #lookup(reference: Reference, { outputs }: Frame): unknown {
    if (reference.kind === 'output') return outputs.get(reference.step)?.[reference.output];
    if (reference.kind === 'variable') return this.#common.variables.get(reference.name);
    return this.#system(reference);
  }

  async #attempt(step: Step, inputs: unknown, record: StepExecution, frame: Frame): Promise<StepResult> {
    for (let attempt = 1; ; attempt++) {
      record.attempts = attempt;
      try {
        return await this.#once(step, inputs, record, frame);
      } catch (error) {
        if (error instanceof Cancelled || error instanceof Halted || frame.signal.aborted) throw error;
        const failed = asStepError(error);
        const isFinal = failed.failure.stage === 'InputValidation' || failed.status === 'Rejected';
        if (isFinal || attempt >= (('maxAttempts' in step && step.maxAttempts) || 1)) throw failed;
        // SSM waits too; how long is not documented.
        await this.#common.clock.sleep(1000 * Math.min(2 ** (attempt - 1), 30), frame.signal);
      }
    }
  }

  async #once(step: Step, inputs: unknown, record: StepExecution, frame: Frame): Promise<StepResult> {
    const { clock } = this.#common;
    if (step.action === 'aws:loop') {
      return this.#within(step.timeoutSeconds, frame.signal, (signal) =>
        this.#loop(step, inputs as LoopStep['inputs'], record, { ...frame, signal }),
      );
    }
    const action = ACTIONS[step.action] as Action<Step['action']> | undefined;
    if (!action) throw invalidInput(`${step.action} does not run here`);
    const seconds = action.limit?.(step.timeoutSeconds) ?? step.timeoutSeconds ?? Number.POSITIVE_INFINITY;
    const work = (signal: AbortSignal) =>
      action.run(inputs as never, { ...this.#common, signal }, step as never);
    const result = action.unwinds
      ? await this.#within(seconds, frame.signal, work)
      : await withTimeout(clock, seconds, frame.signal, work);
    return { ...result, outputs: this.#outputs(step, result, record) };
  }

  /** Like withTimeout, but waits for work that stops by itself and cleans up. */
  async #within<T>(
    seconds = Number.POSITIVE_INFINITY,
    outer: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { signal, release } = deadline(this.#common.clock, seconds, outer);
    try {
      const result = await work(signal);
      signal.throwIfAborted();
      return result;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      release();
    }
  }

  /** Gives the outputs that later steps may refer to. The record has each output as soon as it is known. */
  #outputs(step: Step, { payload, outputs: own = {} }: StepResult, record: StepExecution) {
    const outputs: Record<string, unknown> = { ...own };
    this.#recorder.keep(record, own);
    for (const { Name, Selector, Type } of ('outputs' in step ? step.outputs : undefined) ?? []) {
      const selected = select(payload, parseSelector(Selector));
      if (!selected.found) throw unverified(`the output ${Name}: nothing at ${Selector}`);
      if (!isOfType(selected.value, Type)) {
        throw unverified(`the output ${Name}: ${Selector} is ${typeName(selected.value)}, not ${Type}`);
      }
      outputs[Name] = selected.value;
      this.#recorder.keep(record, { [Name]: selected.value });
    }
    return outputs;
  }

  async #loop(
    step: LoopStep,
    inputs: LoopStep['inputs'],
    record: StepExecution,
    frame: Frame,
  ): Promise<StepResult> {
    const items = inputs.LoopCondition ? undefined : iterators(inputs);
    const most = Math.min(items?.length ?? MAX_ITERATIONS, Number(inputs.MaxIterations ?? MAX_ITERATIONS));
    let own: Record<string, unknown> = {};
    for (let iteration = 1; iteration <= most; iteration++) {
      const iteratorValue = items?.[iteration - 1];
      // "The value of the current iterator as a string", says the page; whether other types stay as they are is
      // unverified.
      own = { CurrentIteration: iteration, ...(items && { CurrentIteratorValue: iteratorValue }) };
      this.#recorder.keep(record, own);
      const outputs = new Map(frame.outputs).set(step.name, own);
      const parent = { name: step.name, iteration, ...(items && { iteratorValue }) };
      const aborted = await this.#runSteps({ steps: inputs.Steps, signal: frame.signal, outputs, parent });
      if (aborted) throw new IterationFailed(aborted.step, iteration, aborted.error);
      if (inputs.LoopCondition) {
        const condition = resolve(inputs.LoopCondition, (reference) =>
          this.#lookup(reference, { ...frame, outputs }),
        );
        if (!holds(condition as Record<string, unknown>)) break;
      }
    }
    return { outputs: own };
  }
}

const ITEM_TYPES: Readonly<Record<string, DataType>> = {
  Boolean: 'Boolean',
  Integer: 'Integer',
  String: 'String',
  StringMap: 'StringMap',
};

function iterators({ Iterators, IteratorDataType = 'String' }: LoopStep['inputs']): unknown[] {
  const items = Iterators as unknown[];
  // An empty list is refused, because a document that branches around its loop works whether or not SSM takes one.
  if (items.length === 0) {
    throw invalidInput(
      'Iterators is empty, and whether SSM takes that is unverified: branch around the loop',
    );
  }
  if (items.length > MAX_ITERATIONS)
    throw invalidInput(`${items.length} iterators, SSM takes ${MAX_ITERATIONS}`);
  const type = ITEM_TYPES[IteratorDataType] as DataType;
  const other = items.find((item) => !isOfType(item, type));
  if (other !== undefined) throw invalidInput(`Iterators: expected ${type} items, not ${typeName(other)}`);
  return items;
}
