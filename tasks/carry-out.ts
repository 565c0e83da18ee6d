import type { ResourceRef } from '../account/account.ts';
import type { Source } from '../account/source.ts';
import { InvalidEventError } from '../config/event.ts';
import type { ByFunction, Plan } from '../rules/fix.ts';

export interface CarriedOut {
  readonly resource: ResourceRef;
  /** What was done, a sentence each. */
  readonly carriedOut: readonly string[];
  /** The same as JSON text: the document's output `CarriedOut`, by which Undo knows the run's own changes. */
  readonly done: string;
}

/**
 * Makes the changes of a plan one after the other, and stops at the first that fails, because a later change may be
 * safe only after the earlier ones. Asked again, it makes those that are left.
 *
 * @param changes what the fix declares that it changes.
 * @param agreed the sentences of the plan as it was shown, and perhaps approved.
 * @throws {InvalidEventError} when the plan of this moment has other changes, or refuses; nothing is changed then.
 */
export async function carryOut(
  source: Source,
  { changes }: Pick<ByFunction, 'changes'>,
  agreed: readonly string[],
  { resource, plan }: { readonly resource: ResourceRef; readonly plan: Plan },
): Promise<CarriedOut> {
  const { steps, refusals = [] } = plan;
  const others = steps.map(({ why }) => why).filter((why) => !agreed.includes(why));
  const news = [...others, ...(steps.length === 0 ? refusals : [])];
  if (news.length > 0) {
    const message = `${resource.id}: nothing was changed, because since the plan was made this is new: ${news.join('; ')}. Start again with a preview`;
    throw new InvalidEventError('PlanChanged', message);
  }
  if (!source.change) throw new Error(`${resource.id}: nothing here can make changes`);
  const undeclared = steps.find(({ api }) => !Object.hasOwn(changes, api));
  if (undeclared) throw new Error(`${resource.id}: the fix does not declare ${undeclared.api}`);
  const carriedOut: string[] = [];
  for (const { api, input, why, region } of steps) {
    await source.change(api, { id: resource.id, region }, input);
    carriedOut.push(why);
  }
  return { resource, carriedOut, done: JSON.stringify(carriedOut) };
}
