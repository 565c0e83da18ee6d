/**
 * Answers the rule's document, the function's second caller. This code decides what to change; the document's steps make
 * the calls.
 */
import type { AnyAccount, ResourceRef } from '../account/account.ts';
import { isAccountError, OWN_CODES } from '../account/errors.ts';
import { readAccount } from '../account/open.ts';
import type { Source } from '../account/source.ts';
import type { OpenSource } from '../config/answer.ts';
import { check, InvalidEventError } from '../config/event.ts';
import { IncompleteEvaluationError, judgementsOf } from '../config/judging.ts';
import type { AnyAgreed, ByFunction, Plan, Verified } from '../rules/fix.ts';
import { annotation, notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule, Compliance, Finding, Unjudged, Verdict } from '../rules/rule.ts';
import { askedBy, given, resourceTypesOf, type Task, taskShape } from './asked.ts';
import { checkEarlier, parseBefore, readBefore, type Stage, typeBefore, writeBefore } from './before.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import {
  type Decision,
  decide,
  planMessage,
  type Report,
  report,
  seen,
  undoMessage,
  undoReport,
} from './report.ts';
import type { FindRun } from './run.ts';

/**
 * What a document's branches and steps read. Every text has a value and lists are JSON, because SSM treats an empty
 * output as none.
 */
interface Planned {
  readonly decision: Decision;
  /** JSON text that Undo reads again. */
  readonly before: string;
  /** JSON text, from which the report plans again. */
  readonly planned: string;
  readonly message: string;
  /** Inputs of the document's own steps, named as the rule's fix names them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

/** `plan`: what the rule says of the resource at this moment, and what would make it COMPLIANT. */
export interface PlanAnswer extends Planned {
  readonly resource: ResourceRef;
  /** NOT_APPLICABLE also when the resource does not exist (any more). */
  readonly compliance: Compliance;
  readonly annotation: string;
  readonly findings: readonly Finding[];
}

/** `undo`: what would bring back what an earlier run of the document changed. */
export interface UndoAnswer extends Planned {
  readonly resource: ResourceRef;
}

/**
 * An answer as the function gives it. The documents select `$.Payload.x`, as AWS's do of scripts; AWS's one example
 * of selecting from a function
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html) begins inside the
 * answer: `$.Retry`. A selector that finds nothing fails its step, so the answer has its fields in both places.
 */
export function selectable<Answer extends TaskAnswer>(answer: Answer): Answer & { Payload: object } {
  const { plan: _plan, findings: _findings, ...Payload } = answer as Partial<PlanAnswer>;
  return { ...answer, Payload };
}

export type TaskAnswer = PlanAnswer | UndoAnswer | Report | CarriedOut;

/** What the function knows of itself, whatever the document says. */
export interface TaskContext {
  readonly open: OpenSource;
  readonly region: string;
  /** The function's own account; the event may name another. */
  readonly accountId: string | undefined;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** For a fix whose changes the function makes. */
  readonly findRun?: FindRun | undefined;
  /** The rule's sentences in Korean, for a fix that tells people. */
  readonly korean?: AnyRule['messages'] | undefined;
}

/** How long a change may take to be seen: EC2, IAM and S3 are eventually consistent. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000];

/**
 * Answers the rule's document:
 * - `plan`: judges the resource afresh, and plans the fix;
 * - `confirm`: plans again immediately before a change, from the state at that moment, and never more than was
 *   planned;
 * - `report`: plans again after the steps, and says what is left, and what somebody else changed meanwhile;
 * - `undo` and `undone`: the same for bringing back what an earlier run changed;
 * - `apply` and `restore`: makes the changes of the plan, or of the undo, where the fix leaves that to the function, once
 *   the run that asks for them is found, approved where the fix demands it (tasks/run.ts).
 *
 * @throws {InvalidEventError}, {InvalidParametersError}
 * @throws {IncompleteEvaluationError} when the rule cannot tell: never an answer that reads like "nothing to do".
 */
export async function answerTask(rule: AnyRule, event: unknown, known: TaskContext): Promise<TaskAnswer> {
  const asked = askedBy(event);
  const task = openTask(rule, asked, known);
  switch (asked.task) {
    case 'plan':
      return plan(task);
    case 'confirm':
      return confirm(task);
    case 'undo':
      return undo(task);
    case 'report': {
      const applied = asked.mode === 'Apply';
      const answer = await settled(known, () => plan(task), applied);
      const { resource } = answer;
      const changes = seen(asked.changes ?? [], answer.plan);
      const verified = applied ? await verify({ ...task, resource }, changes) : NOTHING_MADE;
      const said = report(rule, answer, applied, verified, asked.warnings ?? []);
      if (!asked.before) return said;
      const stage = applied ? 'Report' : 'Preview';
      return { ...said, before: writeBefore(rule, resource, verified.before, stage) };
    }
    case 'undone': {
      const answer = await settled(known, () => undo(task), true);
      return undoReport(answer, asked.changes ?? [], asked.warnings ?? []);
    }
    case 'apply':
    case 'restore': {
      const { byFunction } = rule.fix;
      if (byFunction) return carryOutAsked({ rule, byFunction, event, known, task: asked.task });
      throw unknownTask(asked.task);
    }
    default:
      throw unknownTask(asked.task);
  }
}

function unknownTask(task: string): InvalidEventError {
  const said = JSON.stringify(task.slice(0, 80));
  const message = `task is ${said}; expected plan, confirm, report, undo or undone`;
  return new InvalidEventError('UnknownTask', message);
}

interface Wanted {
  readonly rule: AnyRule;
  readonly byFunction: ByFunction;
  readonly event: unknown;
  readonly known: TaskContext;
  readonly task: 'apply' | 'restore';
}

/**
 * Makes the changes that the execution planned, as the execution has them. It does not believe `event`, which anybody may
 * have written who may invoke the function.
 */
async function carryOutAsked({ rule, byFunction, event, known, task }: Wanted): Promise<CarriedOut> {
  if (!known.findRun) throw new Error(`${rule.id}: nothing here can tell which run asks for it`);
  const { executionId, planned } = event as Readonly<Record<string, unknown>>;
  const wanted = { task, executionId, planned, accountId: known.accountId };
  const asked = check(taskShape, { ...((await known.findRun.asking(rule, wanted)) as object), task });
  const opened = openTask(rule, asked, known);
  const fresh = await (task === 'apply' ? plan(opened) : undo(opened));
  return carryOut(opened.source(), byFunction, asked.changes ?? [], fresh);
}

/**
 * Plans again for a while, as long as AWS does not show the changes that were made, or its answers contradict each
 * other.
 */
async function settled<Answer extends Planned>(
  { sleep }: TaskContext,
  ask: () => Promise<Answer>,
  isChanged: boolean,
): Promise<Answer> {
  for (const wait of isChanged ? WAITS_MS : []) {
    try {
      const answer = await ask();
      if (answer.plan.steps.length === 0) return answer;
    } catch (error) {
      if (!isAccountError(error, OWN_CODES.incomplete)) throw error;
    }
    await sleep(wait);
  }
  return ask();
}

/** A task, and what it takes to answer it. */
interface OpenTask {
  readonly rule: AnyRule;
  readonly asked: Task;
  /** What the id may be of: several, as long as nobody has looked for it. */
  readonly candidates: readonly ResourceRef[];
  /** The first of them. */
  readonly resource: ResourceRef;
  readonly known: TaskContext;
  readonly source: () => Source;
  readonly openAccount: () => AnyAccount;
}

function openTask(rule: AnyRule, asked: Task, known: TaskContext): OpenTask {
  const accountId = asked.accountId || known.accountId;
  if (!accountId) throw new InvalidEventError('MissingField', 'accountId is missing');
  const region = asked.region && asked.region !== 'global' ? asked.region : known.region;
  const before = typeBefore(asked.before, asked.earlier ?? []);
  const types = resourceTypesOf(rule, asked.resourceType, before, asked.resourceId === accountId);
  const candidates = types.map((type): ResourceRef => {
    const isGlobal = rule.scope === 'global' || type === 'AWS::::Account';
    return { type, id: asked.resourceId, region: isGlobal ? 'global' : region };
  });
  const resource = candidates[0] as ResourceRef;
  const source = () => known.open({ accountId, region });
  return { rule, asked, known, candidates, resource, source, openAccount: () => readAccount(source()) };
}

async function plan(
  { rule, asked, known, candidates, openAccount }: OpenTask,
  agreed?: AnyAgreed,
): Promise<PlanAnswer> {
  const parameters = parseParameters(rule, given(asked, 'parameters'));
  const options = parseParameters(
    { id: `${rule.id}'s document`, parameters: rule.fix.options },
    given(asked, 'options'),
  );
  const now = known.now();
  const account = openAccount();
  const verdict = await verdictOf(rule, account, parameters, candidates, now);
  const context = {
    account,
    parameters,
    options,
    caller: asked.caller ?? '',
    now,
    korean: known.korean,
    ...(agreed && { agreed }),
  };
  const isWanted = verdict.compliance === 'NON_COMPLIANT';
  const fixed: Plan = isWanted
    ? await rule.fix.plan(verdict as never, context)
    : ((await rule.fix.passed?.(verdict as never, context)) ?? {
        steps: [],
        refusals: rule.fix.refuses?.(verdict as never) ?? [],
      });
  return {
    resource: verdict.resource,
    compliance: verdict.compliance,
    annotation: annotation(rule, verdict),
    findings: verdict.findings,
    ...planned({ rule, asked, resource: verdict.resource }, fixed, isWanted, agreed),
    message: planMessage(rule, verdict, fixed),
  };
}

/**
 * Plans again, so that the change rests on the state at this moment, not on the state when the plan was shown or
 * approved. Where nothing is going to be changed, the plan stays as it is and AWS is not asked.
 */
async function confirm(task: OpenTask): Promise<PlanAnswer | UndoAnswer> {
  const { rule, asked, resource } = task;
  const { stage, state } = parseBefore(rule, resource, asked.before);
  if (asked.mode === 'Preview' || asked.decision !== 'Change') {
    const again = planned(task, { steps: [], before: state }, false);
    const { changes, warnings } = asked;
    return {
      resource,
      ...again,
      decision: asked.decision ?? 'Nothing',
      before: writeBefore(rule, resource, state, stage),
      planned: JSON.stringify({ ...JSON.parse(again.planned), decision: asked.decision, changes, warnings }),
      message: '',
      plan: { steps: [] },
    };
  }
  const part = asked.part ? String(asked.part) : undefined;
  const isUnderWay = part === undefined && (stage === 'Confirm' || stage === 'UnderWay');
  return plan(task, {
    before: state,
    account: task.openAccount(),
    isUnderWay,
    ...(part !== undefined && { part }),
  });
}

const NOTHING_MADE: Verified = { before: null, made: [], others: [] };

/** @param changes those that AWS shows. */
async function verify(
  { rule, asked, known, resource, openAccount }: OpenTask,
  changes: readonly string[],
): Promise<Verified> {
  // Without `before`, every change that AWS shows counts as made.
  if (!asked.before) return { ...NOTHING_MADE, made: changes };
  const { stage, state } = parseBefore(rule, resource, asked.before);
  if (state === null || stage === 'Plan') return NOTHING_MADE;
  return rule.fix.verify(state as never, changes, { account: openAccount(), resource, now: known.now() });
}

async function undo({ rule, asked, known, resource, openAccount }: OpenTask): Promise<UndoAnswer> {
  if (!asked.execution) {
    throw new InvalidEventError(
      'MissingField',
      'execution is missing: the DocumentName and the AutomationExecutionStatus of the run that is to be undone',
    );
  }
  checkEarlier(rule, known.accountId, asked.execution);
  // A document's own steps do no more than its role may, and so does any text of it. What a function may, it does for one alone.
  if (rule.fix.byFunction) {
    if (!known.findRun) throw new Error(`${rule.id}: nothing here can tell which run it was`);
    await known.findRun.earlier(rule, asked.execution.version);
  }
  const before = readBefore(rule, resource, asked.earlier ?? []);
  const part = asked.part ? Number(asked.part) : undefined;
  const context = {
    account: openAccount(),
    resource,
    now: known.now(),
    ...(part !== undefined && { part }),
  };
  // An earlier run with nothing to change left nothing to bring back.
  const back: Plan = before === null ? { steps: [] } : await rule.fix.undo(before as never, context);
  const isExposed = back.steps.length > 0 && !rule.fix.notifies;
  const undone: Plan = isExposed
    ? { ...back, warnings: [`${resource.id} becomes NON_COMPLIANT again.`, ...(back.warnings ?? [])] }
    : back;
  // The report needs only this of the outputs of the earlier run, which has them several times over.
  const earlier = [{ Before: writeBefore(rule, resource, before, 'Report') }];
  const noted = { ...undone, warnings: [...(undone.warnings ?? []), ...(undone.manual ?? [])] };
  const answer = planned({ rule, asked: { ...asked, earlier }, resource }, noted, false);
  return { resource, ...answer, plan: undone, message: undoMessage(resource, undone) };
}

function planned(
  { rule, asked, resource }: Pick<OpenTask, 'rule' | 'asked' | 'resource'>,
  fixed: Plan,
  isWanted: boolean,
  agreed?: AnyAgreed,
): Omit<Planned, 'message'> {
  const { task: _task, planned: _planned, before: _before, part: _part, ...again } = asked;
  const decision = decide(fixed, isWanted);
  const { made = [], steps } = fixed;
  // The second half of a plan does not repeat the warnings of the first.
  const warnings = fixed.warnings ?? (agreed && asked.warnings) ?? [];
  const state = agreed ? (fixed.before ?? agreed.before) : fixed.before;
  return {
    decision,
    before: writeBefore(rule, resource, state, stageOf(asked.mode, fixed, agreed), agreed?.part),
    planned: JSON.stringify({
      ...again,
      resourceType: resource.type,
      decision,
      changes: [...made, ...steps.map(({ why }) => why)],
      warnings,
    }),
    inputs: { ...rule.fix.inputs, ...fixed.inputs },
    plan: fixed,
  };
}

/** @param mode as the document says; who asks the function by themselves may leave it out. */
function stageOf(mode: Task['mode'], { steps, made = [] }: Plan, agreed?: AnyAgreed): Stage | undefined {
  if (agreed?.isUnderWay || made.length > 0) return 'UnderWay';
  if (agreed && steps.length > 0) return 'Confirm';
  return mode === 'Preview' ? mode : mode === 'Apply' ? 'Plan' : undefined;
}

/**
 * The verdict on the first of the candidates that the rule finds.
 *
 * @throws {IncompleteEvaluationError} also when none is found, and one of the lists to look in could not be read.
 */
async function verdictOf(
  rule: AnyRule,
  account: AnyAccount,
  parameters: unknown,
  candidates: readonly ResourceRef[],
  now: Date,
): Promise<Verdict> {
  const unfound: Unjudged[] = [];
  for (const resource of candidates) {
    const { verdicts, unjudged } = await judgementsOf(rule, account, parameters, { now, resource });
    const isIt = (judged: { readonly resource: ResourceRef }) =>
      judged.resource.type === resource.type && judged.resource.id === resource.id;
    const verdict = verdicts.find(isIt);
    const doubts = verdict ? unjudged.filter(isIt) : unjudged;
    if (!verdict) unfound.push(...doubts);
    else if (doubts.length > 0) throw new IncompleteEvaluationError(rule, doubts);
    else return verdict;
  }
  if (unfound.length > 0) throw new IncompleteEvaluationError(rule, unfound);
  return notApplicable(candidates[0] as ResourceRef);
}
