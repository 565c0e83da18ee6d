import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { LiveAccount } from '../../account/live/open.ts';
import {
  type ApprovalRequest,
  awsCaller,
  type Call,
  type Execution,
  type InvokeLambda,
  type LambdaRequest,
  type LambdaResponse,
  localFunctions,
  type Running,
  type RunOptions,
  remembering,
  runAutomation,
} from '../../automation/index.ts';
import type { RuleDocument } from '../../automation/rule-document.ts';
import { korean } from '../../rules/korean.ts';
import type { PlanAnswer, UndoAnswer } from '../../tasks/answer.ts';
import type { Report } from '../../tasks/report.ts';
import type { Asker } from '../program/ask.ts';
import { FIXABLE } from './document.ts';
import type { RecordKey } from './key.ts';
import { type ExecutionRecord, recordFile, saveRecord } from './record.ts';

/** A resource to fix, or to bring back. */
export interface Job extends RuleDocument {
  /** Where it is known before anybody has looked. */
  readonly resourceType?: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  /** Where the document runs; for a global resource, where it is asked about. */
  readonly region: string;
  /** The document's, beside the resource, Mode and ExecutionId. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The run that is to be undone. */
  readonly earlier?: ExecutionRecord;
}

/** One run of a document, with the answers of the rule's function. */
export interface FixRun {
  readonly execution: Execution;
  /** The plan; `undefined` where the run did not get that far. */
  readonly answer?: PlanAnswer | UndoAnswer;
  readonly report?: Report;
  /** Whether the run was ended before its first change, because the plan was not the one that had been shown. */
  readonly isStale?: boolean;
  /** Where the record lies. */
  readonly record?: string;
}

export interface Engine {
  /** What the document would do: it runs until its plan is there, and no further. */
  preview(job: Job): Promise<FixRun>;
  /** Makes the changes that were shown, or those that are left of them, and no others. */
  apply(job: Job, shown: FixRun, file?: string): Promise<FixRun>;
}

export interface EngineOptions {
  readonly account: LiveAccount;
  /** The time of all plans, so that the plan that is carried out has the same ages as the one that was shown. */
  readonly now: Date;
  readonly signal: AbortSignal;
  /** What records are signed with; absent for a preview, which writes none. */
  readonly key?: RecordKey | undefined;
  /** Answers a document's own approval steps; nobody does, when absent. */
  readonly ask: Asker['confirm'] | undefined;
  /** How functions wait for a change to be seen. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Runs documents in an account, each in its Region, with the account's own credentials. */
export const openEngine = (options: EngineOptions): Engine => new LocalEngine(options);

interface Caller {
  readonly call: Call;
  readonly functions: InvokeLambda;
}

class LocalEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #callers = new Map<string, Caller>();
  /** The run that is under way. */
  #running: Running | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  async preview(job: Job): Promise<FixRun> {
    const mode = job.earlier ? 'Undo' : 'Preview';
    const { isStale: _isStopped, ...seen } = await this.#run(job, mode, () => false);
    return seen;
  }

  async apply(job: Job, shown: FixRun, given?: string): Promise<FixRun> {
    const { key, now, ask, signal } = this.#options;
    if (!key) throw new Error('there is no key to sign the record with');
    const executionId = randomUUID();
    const file = given ?? recordFile(job.rule.id, job.resourceId, now, executionId);
    const of = { schemaVersion: '1.0', rule: job.rule.id, resourceId: job.resourceId } as const;
    const save = (execution: Execution) => saveRecord(file, { ...of, ...execution }, key);
    const wasShown = new Set(callsOf(shown.answer));
    const isAsShown: GoesOn = (answer) => callsOf(answer).every((call) => wasShown.has(call));
    const done = await this.#run(job, job.earlier ? 'Undo' : 'Apply', isAsShown, {
      executionId,
      onStep: (_step, execution) => save(execution),
      ...(ask && { approve: (request) => ask(approval(request), signal) }),
    });
    // Every step is in the record by now, or the run ended because it could not be saved; only the end is missing.
    await save(done.execution).catch(() => undefined);
    return { ...done, ...(existsSync(file) && { record: file }) };
  }

  #callerOf(region: string): Caller {
    const { account, now, sleep } = this.#options;
    const caller = this.#callers.get(region) ?? {
      call: awsCaller({ region, config: account.config }),
      functions: localFunctions({
        rules: FIXABLE,
        open: ({ region }) => account.at(region),
        region,
        accountId: account.accountId,
        now: () => now,
        korean: (rule) => korean.get(rule),
        running: () => this.#running,
        ...(sleep && { sleep }),
      }),
    };
    this.#callers.set(region, caller);
    return caller;
  }

  async #run(
    job: Job,
    mode: 'Preview' | 'Apply' | 'Undo',
    goesOn: GoesOn,
    more: Partial<RunOptions> = {},
  ): Promise<Omit<FixRun, 'record'>> {
    const { signal, account } = this.#options;
    const { document, resourceParameter, region, earlier } = job;
    const { call, functions } = this.#callerOf(region);
    const stop = new AbortController();
    const onAbort = () => stop.abort();
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const said = new Said(functions, goesOn, stop);
    try {
      const execution = await runAutomation(document, {
        parameters: {
          ...job.parameters,
          [resourceParameter]: job.resourceId,
          Mode: mode,
          ...(earlier && { ExecutionId: earlier.executionId }),
        },
        call: remembering(call, earlier ? [ended(earlier)] : []),
        invokeLambda: (request) => said.invoke(request),
        region,
        accountId: account.accountId,
        partition: partitionOf(region),
        signal: stop.signal,
        ...more,
        onStep: (step, execution) => {
          this.#running = { execution, document };
          return more.onStep?.(step, execution);
        },
      });
      const { answer, report, isStale } = said;
      return { execution, ...(answer && { answer }), ...(report && { report }), isStale };
    } finally {
      this.#running = undefined;
      signal.removeEventListener('abort', onAbort);
    }
  }
}

/** Whether a run goes on with the plan that the function has given. */
type GoesOn = (answer: PlanAnswer | UndoAnswer) => boolean;

/** Keeps the function's answers. They are read here, because the record hides what looks like a secret. */
class Said {
  answer: PlanAnswer | UndoAnswer | undefined;
  report: Report | undefined;
  isStale = false;
  readonly #functions: InvokeLambda;
  readonly #goesOn: GoesOn;
  readonly #stop: AbortController;

  constructor(functions: InvokeLambda, goesOn: GoesOn, stop: AbortController) {
    this.#functions = functions;
    this.#goesOn = goesOn;
    this.#stop = stop;
  }

  async invoke(request: LambdaRequest): Promise<LambdaResponse> {
    const response = await this.#functions(request);
    if (response.FunctionError || response.Payload === undefined) return response;
    const { task } = JSON.parse(request.payload) as { readonly task?: string };
    if (task === 'report' || task === 'undone') this.report = JSON.parse(response.Payload) as Report;
    // A document that walks a list asks again for each part of the first answer.
    else if (!this.answer && (task === 'plan' || task === 'undo')) {
      this.answer = JSON.parse(response.Payload) as PlanAnswer | UndoAnswer;
      this.isStale = !this.#goesOn(this.answer);
      if (this.isStale) this.#stop.abort();
    }
    return response;
  }
}

/** A record that stops in the middle is of a process that was killed, so that the run has ended and can be undone. */
const ended = (earlier: ExecutionRecord): ExecutionRecord =>
  earlier.status === 'InProgress' || earlier.status === 'Waiting'
    ? { ...earlier, status: 'Cancelled' }
    : earlier;

/** On a laptop, whoever runs the document answers for its approvers, and is told so. */
const approval = ({ step, message, approvers }: ApprovalRequest): string =>
  `${message ?? `The step ${step} waits.`}\nApprove it, in the place of ${approvers.join(', ') || 'nobody in particular'}?`;

/** What a plan does, comparable: other reasons for the same calls do not make it another plan. */
const callsOf = (answer: FixRun['answer']): string[] =>
  (answer?.plan.steps ?? []).map(({ api, input }) => JSON.stringify([api, input]));

/** By the beginning of their Regions' names (AWS Account Management Reference Guide, "Partitions"). */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];
const partitionOf = (region: string): string =>
  PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
