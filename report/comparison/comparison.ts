/** A comparison as the formats tell it: which findings are new, as before, or gone. */
import {
  type ComparedError,
  type ComparedResult,
  type Difference,
  type Evaluated,
  isFailure,
} from '../compare.ts';
import { COULD_NOT_TELL, findingId } from '../finding-id.ts';
import type { Header, Result, ResultError } from '../result.ts';
import { factsOf } from '../rule-facts.ts';

export interface Comparison {
  /** Worst first. A format may go through them several times. */
  readonly differences: AsyncIterable<Difference> | Iterable<Difference>;
  /** All that either side says: the page alone has it. */
  readonly whole?: { readonly before: Evaluated; readonly after: Evaluated };
  /** Of what was compared with. */
  readonly header: Header;
  /** How messages call the earlier of the two. */
  readonly from: string;
  /** What makes the exit status 1. */
  readonly fails: (difference: Difference) => boolean;
}

/**
 * What became of a finding. `doubtful`: it was there, or its resource was right, and now nobody can tell, or nobody looked, so that it
 * is not gone.
 */
export type Standing = 'new' | 'updated' | 'unchanged' | 'gone' | 'doubtful';

export interface Entry {
  readonly standing: Standing;
  /** As it is now; of what is gone or doubtful, as it was. */
  readonly finding: Result | ResultError;
}

/** The findings of a difference: failures, and what could not be told. */
export function entriesOf({ change, is, before, after }: Difference): Entry[] {
  const earlier = new Map(findingsIn(before).map((one) => [one.findingId, one]));
  const now = findingsIn(after);
  const ids = new Set(now.map((one) => one.findingId));
  const entries: Entry[] = now.map((finding) => {
    const was = earlier.get(finding.findingId);
    const isSame = was !== undefined && (change === 'still' || saidBy(was) === saidBy(finding));
    return { standing: was === undefined ? 'new' : isSame ? 'unchanged' : 'updated', finding };
  });
  // Nobody knows whether they are gone, unless there is a verdict that says so.
  const isDecided = is === 'COMPLIANT' || is === 'NON_COMPLIANT';
  const left = [...earlier.values()].filter(({ findingId: id }) => !ids.has(id));
  entries.push(...left.map((finding): Entry => ({ standing: isDecided ? 'gone' : 'doubtful', finding })));
  if (entries.length === 0 && change === 'unjudged') {
    entries.push(
      ...before.results.map((one): Entry => ({ standing: 'doubtful', finding: wholeResult(one) })),
    );
  }
  return entries;
}

/** What there is to say first of a resource: why it fails, why nobody can tell, or that it is right. */
export function foremost({ results, errors }: Evaluated): Result | ResultError | undefined {
  const result = results.find(isFailure);
  if (result) return wholeResult(result);
  const [error] = errors;
  if (error) return wholeError(error);
  return results[0] && wholeResult(results[0]);
}

const findingsIn = ({ results, errors }: Evaluated): (Result | ResultError)[] => [
  ...results.filter(isFailure).map(wholeResult),
  ...errors.map(wholeError),
];

const saidBy = (one: Result | ResultError): string =>
  'compliance' in one ? one.annotation : `${one.code} ${one.message}`;

/** With what follows from its rule, which a file of an earlier version may lack or have otherwise. */
export function wholeResult(one: ComparedResult): Result {
  const { controls, frameworks, page } = factsOf(one.rule);
  return {
    ...one,
    findingId: findingId(one, one.findings[0]?.kind),
    controls: controls.map(({ id, title }) => ({ id, title: title.en })),
    frameworks,
    page,
    fix: one.fix ?? null,
  };
}

export const wholeError = (one: ComparedError): ResultError => ({
  ...one,
  findingId: findingId(one, COULD_NOT_TELL),
});
