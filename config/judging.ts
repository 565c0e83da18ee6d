import type { Account } from '../account/account.ts';
import { AccountError } from '../account/errors.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { AnyRule, Context, Unjudged, Verdict } from '../rules/rule.ts';

export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly unjudged: readonly Unjudged[];
}

/** All that a rule has to say: what it could tell, and what not. */
export async function judge(
  rule: AnyRule,
  account: Account,
  parameters: unknown,
  context: Context,
): Promise<Judged> {
  const verdicts: Verdict[] = [];
  const unjudged: Unjudged[] = [];
  for await (const judgement of evaluate(rule, account, parameters as never, context)) {
    if (judgement.compliance === undefined) unjudged.push(judgement);
    else verdicts.push(judgement);
  }
  return { verdicts, unjudged };
}

/** How many of the unjudged an error names. */
const NAMED = 5;

/**
 * Some resources could not be judged. Whatever could be was reported before; failing the invocation is how AWS Config
 * gets to show that this is not the whole truth.
 */
export class IncompleteEvaluationError extends Error {
  override readonly name = 'IncompleteEvaluationError';
  readonly code = 'IncompleteEvaluation';
  readonly unjudged: readonly Unjudged[];

  constructor(rule: Pick<AnyRule, 'id'>, unjudged: readonly Unjudged[]) {
    const named = unjudged.slice(0, NAMED).map(sentence);
    if (unjudged.length > NAMED) named.push(`+${unjudged.length - NAMED} more`);
    super(`${rule.id} could not judge ${named.join('; ')}`, { cause: unjudged[0]?.error });
    this.unjudged = unjudged;
  }
}

function sentence({ resource, error }: Unjudged): string {
  const of = `${resource.type} ${resource.id}`;
  if (error instanceof AccountError) return `${of} (${error.api} ${error.code}: ${error.message})`;
  return `${of} (${(error as { code?: string }).code ?? error.name}: ${error.message})`;
}
