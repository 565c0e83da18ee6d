/** What a document's outputs say: what would be done, what was done, what is left. */
import type { ResourceRef } from '../account/account.ts';
import type { Plan, Verified } from '../rules/fix.ts';
import { annotation } from '../rules/judgement.ts';
import type { AnyRule, Finding, Verdict } from '../rules/rule.ts';
import type { PlanAnswer, UndoAnswer } from './answer.ts';

/** `Change`: there are steps to take. `Refuse`: nothing may be changed, though something is wrong. */
export type Decision = 'Change' | 'Refuse' | 'Nothing';

/** How a run ended: with every change made that it can make, or with some left. */
export interface Report {
  /** Any other outcome than `Done` fails the execution, so that AWS Config tries again. */
  readonly outcome: 'Done' | 'Left';
  /** Something is left that no run will change: the fix refuses, or a person has to. The message says why. */
  readonly refused: boolean;
  /** JSON list of sentences. */
  readonly applied: string;
  /** JSON list: the rule's findings that are left, or the sentences of what is not undone. */
  readonly remaining: string;
  readonly message: string;
  /** JSON text for Undo: the changes that are in effect. An undo has none. */
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
    const nothing = plan.steps.length === 0 ? ': nothing to change' : '';
    return joined([`${resource.id} is ${compliance}${nothing}`, ...sentences(plan)]);
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
 * What is left to do, after the steps or without them.
 *
 * @param warnings of the first plan: a plan that is made after the changes does not have them any more.
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
  const isTold = isAtEnd && rule.fix.notifies !== undefined;
  // Only a person can do the rest, and another attempt would find the same.
  const refused = isAtEnd && !isTold && [...(plan.refusals ?? []), ...(plan.manual ?? [])].length > 0;
  const isDone = (!isLeft && plan.steps.length === 0) || isTold || refused;
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

/** @param warnings of the first plan: once everything is back, a plan does not have them any more. */
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

/** The planned changes that AWS shows: those that a new plan would plan again were not made. */
export function seen(changes: readonly string[], { steps }: Plan): string[] {
  const ahead = new Set(steps.map(({ why }) => why));
  return changes.filter((change) => !ahead.has(change));
}
