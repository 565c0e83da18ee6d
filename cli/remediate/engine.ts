import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { LiveAccount } from '../../account/live/open.ts';
import {
  type ApprovalRequest,
  awsCaller,
  type Call,
  type Execution,
  type InvokeLambda,
  localFunctions,
  type Running,
  type RunOptions,
  remembering,
  runAutomation,
} from '../../automation/index.ts';
import type { RuleDocument } from '../../automation/rule-document.ts';
import type { PlanAnswer, UndoAnswer } from '../../tasks/answer.ts';
import type { Report } from '../../tasks/report.ts';
import type { Asker } from '../program/ask.ts';
import { FIXABLE } from './document.ts';
import type { RecordKey } from './key.ts';
import { type ExecutionRecord, recordFile, saveRecord } from './record.ts';

/** A resource to fix, or to bring back. */
export interface Job extends RuleDocument {
  readonly resourceId: string;
  readonly resourceName?: string;
  /** Where the document runs; for a global resource, where it is asked about. */
  readonly region: string;
  /** The document's, beside the resource, Mode and ExecutionId. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The run that is to be undone. */
  readonly earlier?: ExecutionRecord;
}

/** What a rule's function said while its document ran. */
export interface Run {
  readonly execution: Execution;
  /** The plan; `undefined` where the run did not get that far. */
  readonly answer?: PlanAnswer | UndoAnswer;
  readonly report?: Report;
  /** The plan was not what had been shown, so the run was ended before its first change. */
  readonly isStale?: boolean;
  /** Where the record lies. */
  readonly record?: string;
}

export interface Engine {
  /** What the document would do: it runs until its plan is there, and no further. */
  preview(job: Job): Promise<Run>;
  /** Does it: what was shown, or what is left of that, and nothing else. */
  apply(job: Job, shown: Run, file?: string): Promise<Run>;
}

export interface EngineOptions {
  readonly account: LiveAccount;
  /** The clock of all plans: the same ages are shown and acted upon. */
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
export function openEngine({ account, now, signal, ask, key, sleep }: EngineOptions): Engine {
  const { accountId } = account;
  let running: Running | undefined;
  const callers = new Map<string, { readonly call: Call; readonly functions: InvokeLambda }>();
  const callerOf = (region: string) => {
    const caller = callers.get(region) ?? {
      call: awsCaller({ region, config: account.config }),
      functions: localFunctions({
        rules: FIXABLE,
        open: ({ region }) => account.at(region),
        region,
        accountId,
        now: () => now,
        running: () => running,
        ...(sleep && { sleep }),
      }),
    };
    callers.set(region, caller);
    return caller;
  };

  async function run(
    job: Job,
    Mode: 'Preview' | 'Apply' | 'Undo',
    goesOn: (answer: PlanAnswer | UndoAnswer) => boolean,
    more: Partial<RunOptions> = {},
  ): Promise<Omit<Run, 'record'>> {
    const { document, resourceParameter, region, earlier } = job;
    const { call, functions } = callerOf(region);
    const stop = new AbortController();
    const onAbort = () => stop.abort();
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    let answer: PlanAnswer | UndoAnswer | undefined;
    let report: Report | undefined;
    let isStale = false;
    // What the function says is read here rather than from the record, which hides what looks like a secret.
    const invokeLambda: InvokeLambda = async (request) => {
      const response = await functions(request);
      if (response.FunctionError || response.Payload === undefined) return response;
      const { task } = JSON.parse(request.payload) as { readonly task?: string };
      if (task === 'report' || task === 'undone') report = JSON.parse(response.Payload) as Report;
      // A document that walks a list asks again for each part of the first answer.
      else if (!answer && (task === 'plan' || task === 'undo')) {
        answer = JSON.parse(response.Payload) as PlanAnswer | UndoAnswer;
        isStale = !goesOn(answer);
        if (isStale) stop.abort();
      }
      return response;
    };
    try {
      const execution = await runAutomation(document, {
        parameters: {
          ...job.parameters,
          [resourceParameter]: job.resourceId,
          Mode,
          ...(earlier && { ExecutionId: earlier.executionId }),
        },
        call: remembering(call, earlier ? [ended(earlier)] : []),
        invokeLambda,
        region,
        accountId,
        partition: partitionOf(region),
        signal: stop.signal,
        ...more,
        onStep: (step, execution) => {
          running = { execution, document };
          return more.onStep?.(step, execution);
        },
      });
      return { execution, ...(answer && { answer }), ...(report && { report }), isStale };
    } finally {
      running = undefined;
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    async preview(job) {
      const { isStale: _isStopped, ...seen } = await run(job, job.earlier ? 'Undo' : 'Preview', () => false);
      return seen;
    },

    async apply(job, shown, given) {
      if (!key) throw new Error('there is no key to sign the record with');
      const executionId = randomUUID();
      const file = given ?? recordFile(job.rule.id, job.resourceId, now, executionId);
      const save = (execution: Execution) =>
        saveRecord(
          file,
          { schemaVersion: '1.0', rule: job.rule.id, resourceId: job.resourceId, ...execution },
          key,
        );
      const wasShown = new Set(callsOf(shown.answer));
      const done = await run(
        job,
        job.earlier ? 'Undo' : 'Apply',
        (answer) => callsOf(answer).every((call) => wasShown.has(call)),
        {
          executionId,
          onStep: (_step, execution) => save(execution),
          ...(ask && { approve: (request) => ask(approval(request), signal) }),
        },
      );
      // Every step is in it by now, or the run was ended for want of a record; only how it ended is not.
      await save(done.execution).catch(() => undefined);
      return { ...done, ...(existsSync(file) && { record: file }) };
    },
  };
}

/** A record that stops in the middle is of a process that is gone: the run goes on nowhere, and can be taken back. */
const ended = (earlier: ExecutionRecord): ExecutionRecord =>
  earlier.status === 'InProgress' || earlier.status === 'Waiting'
    ? { ...earlier, status: 'Cancelled' }
    : earlier;

/** On a laptop, whoever runs the document answers for its approvers, and is told so. */
const approval = ({ step, message, approvers }: ApprovalRequest): string =>
  `${message ?? `The step ${step} waits.`}\nApprove it, in the place of ${approvers.join(', ') || 'nobody in particular'}?`;

/** What a plan does, comparable: other reasons for the same calls do not make it another plan. */
const callsOf = (answer: Run['answer']): string[] =>
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
