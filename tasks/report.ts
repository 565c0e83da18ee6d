/** What a document's outputs say: what would be done, what was done, what is left. */
import type { ResourceRef } from '../account/account.ts';
import type { Plan, Verified } from '../rules/fix.ts';
import { annotation } from '../rules/judgement.ts';
import type { AnyRule, Finding, Verdict } from '../rules/rule.ts';
import type { PlanAnswer, UndoAnswer } from './answer.ts';

/** `Change`: there are steps to take. `Refuse`: nothing may be changed, though something is wrong. */
export type Decision = 'Change' | 'Refuse' | 'Nothing';

/** How a run ended: with everything done that a run can do, or with something left. */
export interface Report {
  /** What is not `Done` fails the execution, so that AWS Config tries again. */
  readonly outcome: 'Done' | 'Left';
  /** Something is left that no run will change: the fix refuses, or a person has to. The message says why. */
  readonly refused: boolean;
  /** JSON list of sentences. */
  readonly applied: string;
  /** JSON list: the rule's findings that are left, or the sentences of what is not undone. */
  readonly remaining: string;
  readonly message: string;
  /** JSON text for Undo: what of the change is in effect. Of no use after an undo. */
  readonly before?: string;
}

export function decide({ steps, refusals = [] }: Plan, isWanted: boolean): Decision {
  if (steps.length > 0) return 'Change';
  return isWanted || refusals.length > 0 ? 'Refuse' : 'Nothing';
}

const sentences = (plan: Plan): string[] => [
  ...(plan.refusals ?? []).map((refusal) => `Refused: ${refusal}`),
  ...(plan.warnings ?? []),
  ...(plan.manual ?? []),
];

const ended = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
const joined = (texts: readonly string[]) => texts.map(ended).join(' ');

export function planMessage(rule: AnyRule, verdict: Verdict, plan: Plan): string {
  const { resource, compliance } = verdict;
  if (compliance !== 'NON_COMPLIANT') {
    return joined([`${resource.id} is ${compliance}: nothing to change`, ...sentences(plan)]);
  }
  return joined([`${resource.id}: ${annotation(rule, verdict)}`, ...sentences(plan)]);
}

export const undoMessage = (
  { id }: ResourceRef,
  { steps, refusals = [], warnings = [], manual = [] }: Plan,
): string =>
  [
    ...(steps.length === 0 && refusals.length === 0
      ? [`${id}: nothing is left to undo.`]
      : steps.map(({ why }) => `${why}.`)),
    ...refusals,
    ...warnings,
    ...manual,
  ].join(' ');

/**
 * What is left, after the steps were taken or in their place.
 *
 * @param warnings of the plan: once it is carried out, nothing gives them again.
 */
export function report(
  rule: AnyRule,
  answer: PlanAnswer,
  applied: boolean,
  { made, others }: Verified,
  warnings: readonly string[],
): Omit<Report, 'before'> {
  const { plan, compliance, findings, resource } = answer;
  const isLeft = compliance === 'NON_COMPLIANT';
  const remaining: readonly Finding[] = isLeft ? findings : [];
  if (!applied) {
    const would = plan.steps.map(({ why }) => why);
    const message =
      would.length > 0 ? `Would change: ${would.join('; ')}. ${answer.message}` : answer.message;
    return { outcome: 'Done', refused: false, applied: '[]', remaining: JSON.stringify(remaining), message };
  }
  const isAtEnd = isLeft && plan.steps.length === 0;
  // A fix that only tells someone is done when it has nobody left to tell.
  const isTold = isAtEnd && rule.fix.notifies === true;
  // A person has to look, and another attempt would only say the same again.
  const refused = isAtEnd && !isTold && [...(plan.refusals ?? []), ...(plan.manual ?? [])].length > 0;
  const isDone = !isLeft || isTold || refused;
  const done = made.length > 0 ? [`Changed: ${made.join('; ')}`, ...warnings] : [];
  const left = isDone && !isLeft ? [`${resource.id} is ${compliance}`] : [answer.message];
  return {
    outcome: isDone ? 'Done' : 'Left',
    refused,
    applied: JSON.stringify(made),
    remaining: JSON.stringify(remaining),
    message: joined([...done, ...others, ...left]),
  };
}

/** @param warnings of the plan: once everything is back, nothing is left that would give them again. */
export function undoReport(
  { plan, message }: UndoAnswer,
  changes: readonly string[],
  warnings: readonly string[],
): Report {
  const left = [...plan.steps.map(({ why }) => why), ...(plan.refusals ?? [])];
  const made = seen(changes, plan);
  const isSaid = left.length > 0 || made.length === 0;
  return {
    outcome: left.length === 0 ? 'Done' : 'Left',
    refused: false,
    applied: JSON.stringify(made),
    remaining: JSON.stringify(left),
    message: joined([
      ...(made.length > 0 ? [`Undone: ${made.join('; ')}`] : []),
      ...(isSaid ? [message] : warnings),
    ]),
  };
}

/** Of the changes that were planned those that show: what would be planned once more did not come about. */
export function seen(changes: readonly string[], { steps }: Plan): string[] {
  const ahead = new Set(steps.map(({ why }) => why));
  return changes.filter((change) => !ahead.has(change));
}
