import type { AnyAccount } from '../account/account.ts';
import { AccountError } from '../account/errors.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { AnyRule, Context, Unjudged, Verdict } from '../rules/rule.ts';

export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly unjudged: readonly Unjudged[];
}

/** All judgements of a rule: its verdicts, and what it could not judge. */
export async function judgementsOf(
  rule: AnyRule,
  account: AnyAccount,
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
 * Some resources could not be judged. The verdicts on the others were reported before; the invocation fails, because
 * nothing else makes AWS Config show that results are missing.
 */
export class IncompleteEvaluationError extends Error {
  override readonly name = 'IncompleteEvaluationError';
  readonly code = 'IncompleteEvaluation';
  readonly unjudged: readonly Unjudged[];

  constructor(rule: Pick<AnyRule, 'id'>, unjudged: readonly Unjudged[]) {
    super(`${rule.id} could not judge ${named(unjudged)}`, { cause: unjudged[0]?.error });
    this.unjudged = unjudged;
  }
}

/** How far a run has come. */
export interface Progress {
  /** What AWS Config has taken. */
  readonly reported: number;
  /** What was judged, but not taken. */
  readonly notReported: number;
  readonly unjudged: readonly Unjudged[];
}

/**
 * The function's time ended before the run did. Results that AWS Config had taken by then stay; the other resources
 * keep the results of an earlier run.
 */
export class UnfinishedRunError extends Error {
  override readonly name = 'UnfinishedRunError';
  readonly code = 'OutOfTime';
  readonly progress: Progress;

  /** @param left what the run did not judge any more: `the resources after those`. */
  constructor(rule: Pick<AnyRule, 'id'>, progress: Progress, left?: string, cause?: Error) {
    const { reported, notReported, unjudged } = progress;
    const told = [
      `${reported} results were reported`,
      ...(notReported > 0
        ? [`${notReported} more were judged but not reported${cause ? ` (${cause.message})` : ''}`]
        : []),
      ...(unjudged.length > 0 ? [`it could not judge ${named(unjudged)}`] : []),
      ...(left ? [`${left} were not looked at`] : []),
    ];
    super(
      `${rule.id} ran out of time: ${told.join('; ')}. The next run begins anew; the setting functions.timeoutSeconds (900 at most) gives it more time`,
      { cause },
    );
    this.progress = progress;
  }
}

/** The first few of the unjudged with the reason, and how many more there are. */
function named(unjudged: readonly Unjudged[]): string {
  const first = unjudged.slice(0, NAMED).map(sentence);
  if (unjudged.length > NAMED) first.push(`+${unjudged.length - NAMED} more`);
  return first.join('; ');
}

function sentence({ resource, error }: Unjudged): string {
  const of = `${resource.type} ${resource.id}`;
  if (error instanceof AccountError) return `${of} (${error.api} ${error.code}: ${error.message})`;
  return `${of} (${(error as { code?: string }).code ?? error.name}: ${error.message})`;
}
