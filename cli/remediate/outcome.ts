import type { Both } from '../../report/both.ts';
import type { Plan } from '../../rules/fix.ts';
import type { Finding, Severity } from '../../rules/rule.ts';
import type { FixRun, Job } from './engine.ts';
import { changesOf } from './record.ts';

/**
 * How it ended for one resource.
 * - `WouldChange`, `Nothing`, `Refused`, `NotFound`: what a preview finds. Nothing is to be done with the last three.
 * - `Declined`: nobody said yes. `Stale`: the plan was no longer what had been shown. Nothing was changed.
 * - `Done`, `Left`: changed, with nothing or something left.
 * - `Failed`, `Cancelled`: `changed` says whether some of it may have been done.
 */
export type Outcome =
  | 'WouldChange'
  | 'Nothing'
  | 'Refused'
  | 'NotFound'
  | 'Declined'
  | 'Stale'
  | 'Done'
  | 'Left'
  | 'Failed'
  | 'Cancelled';

/** One resource, as `--format json` prints it. Fields are only ever added. */
export interface Item {
  readonly rule: string;
  readonly severity: Severity;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  /** Where the document ran. */
  readonly region: string;
  readonly outcome: Outcome;
  /** Whether something was changed, or may have been. */
  readonly changed: boolean;
  /** What the rule said when the plan was made; absent for an undo. */
  readonly compliance?: string;
  readonly annotation?: string;
  readonly plan?: Required<Pick<Plan, 'steps' | 'refusals' | 'warnings' | 'uses' | 'manual'>>;
  /** What came of it, or why it failed. */
  readonly message: string;
  /** Sentences, and findings or sentences: as the document's outputs say. */
  readonly applied?: readonly unknown[];
  readonly remaining?: readonly unknown[];
  readonly executionId?: string;
  /** The record's file, for --undo. */
  readonly record?: string;
}

/** An item, its message in every language where it is the command's own, and what the rule found, now and at the end. */
export interface Seen extends Item {
  readonly said?: Both;
  readonly findings?: readonly Finding[];
}

/** The item as JSON has it. */
export const itemJson = ({ said: _said, findings: _findings, ...item }: Seen): Item => item;

/** What a preview found. */
export function previewed(job: Job, run: FixRun): Seen {
  const { answer } = run;
  if (!answer) return { ...failed(job, run), changed: false };
  const { plan, decision, message } = answer;
  const isIdle = decision === 'Refuse' && job.rule.fix.notifies !== undefined && !plan.refusals?.length;
  const outcome =
    decision === 'Change' ? 'WouldChange' : decision === 'Nothing' || isIdle ? 'Nothing' : 'Refused';
  // A resource that the rule has nothing to say about, not even why it is exempt, is not there.
  const isGone =
    'compliance' in answer && answer.compliance === 'NOT_APPLICABLE' && answer.findings.length === 0;
  return {
    ...itemOf(job, answer),
    outcome: isGone ? 'NotFound' : outcome,
    changed: false,
    ...(isGone ? told(goneOf(job, answer.resource.type)) : { message }),
  };
}

const told = (said: Both) => ({ message: said.en, said });

/** With where it was looked for. */
function goneOf({ rule, region, resourceId }: Job, type: string): Both {
  const isAnywhere = rule.scope === 'global' || type === 'AWS::S3::Bucket';
  return {
    en: `there is no ${type} ${resourceId} in ${isAnywhere ? 'any Region' : region}`,
    ko: `${isAnywhere ? '어느 리전에도' : `${region}에`} ${type} ${resourceId}이(가) 없습니다`,
  };
}

/** What came of a run that was meant to change something. */
export function applied(job: Job, shown: FixRun, run: FixRun): Seen {
  const { execution, report, isStale } = run;
  const { executionId, status } = execution;
  const changed = changesOf(execution).length > 0;
  const common = {
    ...itemOf(job, shown.answer),
    changed,
    executionId,
    ...(run.record && { record: run.record }),
  };
  if (isStale) return { ...common, outcome: 'Stale', ...told(STALE) };
  if (!report || (status !== 'Success' && status !== 'Failed')) return { ...failed(job, run), ...common };
  const list = (text: string) => JSON.parse(text) as readonly unknown[];
  const { failure } = execution;
  // A document ends in Stop when something is left, which Message says; a step that failed on the way is more.
  const failedAt = failure && failure.step !== 'Stop' ? [`${failure.step}: ${failure.message}`] : [];
  // A changing call that failed was looked up by the report: where all is done, it was only its answer that was lost.
  const refusedAt = report.outcome === 'Done' ? [] : changesOf(execution).flatMap(reasonOf);
  const isNothingDone = refusedAt.length > 0 && list(report.applied).length === 0;
  // The document ends well where it refuses, so that AWS Config does not try again: a person is told what is left.
  const isLeft = failedAt.length > 0 || report.refused;
  const remaining = list(report.remaining);
  return {
    ...common,
    findings: [...(common.findings ?? []), ...remaining.filter(isFinding)],
    outcome: isNothingDone ? 'Failed' : isLeft ? 'Left' : report.outcome,
    message: [...refusedAt, report.message, ...failedAt].join(' '),
    applied: list(report.applied),
    remaining,
  };
}

/** Of an undo it is a sentence. */
const isFinding = (one: unknown): one is Finding => typeof one === 'object' && one !== null && 'kind' in one;

const reasonOf = ({ name, failure }: FixRun['execution']['steps'][number]): string[] =>
  failure ? [`${name}: ${failure.message}.`] : [];

/** A run that ended before its first change has nothing that could be brought back. */
export const nothingToUndo = (job: Job): Seen => ({
  ...itemOf(job),
  outcome: 'Nothing',
  changed: false,
  ...told({
    en: 'That run changed nothing, so there is nothing to undo.',
    ko: '그 실행은 아무것도 바꾸지 않았으므로 되돌릴 것이 없습니다.',
  }),
});

/** A run that could not begin. */
export const refused = (job: Job, { message }: Error): Seen => ({
  ...itemOf(job),
  outcome: 'Failed',
  changed: false,
  message,
});

const STALE = {
  en: 'What would change is no longer what was shown: somebody else is at work on it. Nothing was changed; look again.',
  ko: '바뀔 내용이 보여 준 것과 달라졌습니다: 다른 사람이 작업하고 있습니다. 아무것도 바꾸지 않았으니 다시 확인하십시오.',
};

/** Nobody said yes. */
export const declined = (item: Seen): Seen => ({
  ...item,
  outcome: 'Declined',
  ...told({
    en: 'Nobody said yes: nothing was changed.',
    ko: '아무도 승낙하지 않아 아무것도 바꾸지 않았습니다.',
  }),
});

export const interrupted = (item: Seen): Seen => ({
  ...item,
  outcome: 'Cancelled',
  ...told({ en: 'Interrupted before its turn.', ko: '차례가 오기 전에 중단되었습니다.' }),
});

function itemOf(job: Job, answer?: FixRun['answer']) {
  const { rule, resourceId, resourceName, region } = job;
  const resource = answer?.resource;
  const name = resource?.name ?? resourceName;
  const { steps = [], refusals = [], warnings = [], uses = [], manual = [] } = answer?.plan ?? {};
  return {
    rule: rule.id,
    severity: rule.severity,
    resourceType: resource?.type ?? job.resourceType ?? rule.resourceTypes[0] ?? '',
    resourceId,
    ...(name !== undefined && { resourceName: name }),
    region,
    ...(answer && 'compliance' in answer && { compliance: answer.compliance, annotation: answer.annotation }),
    ...(answer && 'findings' in answer && { findings: answer.findings }),
    ...(answer && { plan: { steps, refusals, warnings, uses, manual } }),
  };
}

function failed(job: Job, run: FixRun) {
  const { status, failure } = run.execution;
  const why = failure ? `${failure.step}: ${failure.message}` : undefined;
  const message =
    why === undefined ? told({ en: 'it was cancelled', ko: '중단되었습니다' }) : { message: why };
  const outcome: Outcome = status === 'Cancelled' ? 'Cancelled' : 'Failed';
  return { ...itemOf(job, run.answer), outcome, ...message };
}
