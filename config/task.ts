/** The function's other caller: the rule's own SSM document, which asks what there is to fix. */
import * as z from 'zod/mini';
import type { ResourceRef } from '../account/account.ts';
import { readAccount } from '../account/read-account.ts';
import { annotation, notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule, Compliance, Finding, Plan } from '../rules/rule.ts';
import { check, InvalidEventError, isObject, parseJson } from './event.ts';
import type { OpenSource } from './handler.ts';
import { IncompleteEvaluationError, judge } from './judging.ts';

/** What the rule says of the resource at this moment, and what would make it COMPLIANT. */
export interface PlanAnswer {
  readonly resource: ResourceRef;
  /** NOT_APPLICABLE also when the resource does not exist (any more). */
  readonly compliance: Compliance;
  readonly annotation: string;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
}

/** What the function knows without being told. */
export interface TaskContext {
  readonly open: OpenSource;
  readonly region: string;
  /** The function's own account; the event may name another. */
  readonly accountId: string | undefined;
  readonly now: Date;
}

// Documents hand on parameters that nobody set as empty texts.
const task = z.object({
  task: z.string(),
  resourceId: z.string().check(z.minLength(1, 'is empty')),
  resourceType: z.nullish(z.string()),
  region: z.nullish(z.string()),
  accountId: z.nullish(z.string()),
  parameters: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
});

/** Whether an event is a task rather than AWS Config's. */
export const isTask = (event: unknown): event is Record<string, unknown> =>
  isObject(event) && 'task' in event;

/**
 * Answers `{ task: 'plan', resourceId, resourceType?, region?, accountId?, parameters? }`: judges the resource afresh and
 * plans the fix. `parameters` is an object or its JSON text.
 *
 * @throws {InvalidEventError}, {InvalidParametersError}
 * @throws {IncompleteEvaluationError} when the rule cannot tell.
 */
export async function answerTask(rule: AnyRule, event: unknown, known: TaskContext): Promise<PlanAnswer> {
  const asked = check(task, event);
  if (asked.task !== 'plan') {
    throw new InvalidEventError(
      'UnknownTask',
      `task is ${JSON.stringify(asked.task.slice(0, 80))}; expected "plan"`,
    );
  }
  const parameters = parseParameters(rule, parametersOf(asked.parameters));
  const accountId = asked.accountId || known.accountId;
  if (!accountId) throw new InvalidEventError('MissingField', 'accountId is missing');
  const region = asked.region && asked.region !== 'global' ? asked.region : known.region;
  const type = resourceTypeOf(rule, asked.resourceType, asked.resourceId === accountId);
  const isGlobal = rule.scope === 'global' || type === 'AWS::::Account';
  const resource: ResourceRef = { type, id: asked.resourceId, region: isGlobal ? 'global' : region };

  const account = readAccount(known.open({ accountId, region }));
  const { verdicts, unjudged } = await judge(rule, account, parameters, { now: known.now, resource });
  const isIt = (judged: { readonly resource: ResourceRef }) =>
    judged.resource.type === type && judged.resource.id === resource.id;
  const verdict = verdicts.find(isIt);
  const doubts = verdict ? unjudged.filter(isIt) : unjudged;
  if (doubts.length > 0) throw new IncompleteEvaluationError(rule, doubts);
  if (!verdict) {
    return { ...notApplicable(resource), annotation: '', plan: { resource, steps: [] } };
  }
  return {
    resource: verdict.resource,
    compliance: verdict.compliance,
    annotation: annotation(rule, verdict),
    findings: verdict.findings,
    plan: rule.plan(verdict, parameters as never),
  };
}

function parametersOf(given: string | Record<string, unknown> | null | undefined): unknown {
  if (typeof given !== 'string') return given ?? {};
  return given === '' ? {} : parseJson(given, 'parameters');
}

/** AWS Config hands a document the resource's id alone. */
function resourceTypeOf(rule: AnyRule, given: string | null | undefined, isAccount: boolean): string {
  const types = rule.resourceTypes;
  const guess = isAccount && types.includes('AWS::::Account') ? 'AWS::::Account' : types[0];
  const type = given || guess;
  if (type && types.includes(type)) return type;
  throw new InvalidEventError(
    'InvalidField',
    `resourceType is ${JSON.stringify(type)}; ${rule.id} reports on ${types.join(', ')}`,
  );
}
