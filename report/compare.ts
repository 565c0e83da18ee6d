/** What changed between two evaluations. */
import type { Finding, Severity } from '../rules/rule.ts';
import { type Result, type ResultError, SEVERITIES, type Subject } from './result.ts';
import { factsOf } from './rule-facts.ts';

/** Of a result and of an error, what is there in the file of any version, and whatever else there is. */
export type ComparedResult = Subject &
  Pick<Result, 'compliance' | 'severity' | 'annotation' | 'findings'> &
  Partial<Result>;
export type ComparedError = Subject & Pick<ResultError, 'code' | 'message'> & Partial<ResultError>;

/** What an evaluation says, in any order. */
export interface Evaluated {
  readonly results: readonly ComparedResult[];
  readonly errors: readonly ComparedError[];
}

/** What an evaluation says of one rule and one resource; `ABSENT`: nothing at all. */
export type State = Result['compliance'] | 'COULD_NOT_TELL' | 'ABSENT';

/**
 * `new`: NON_COMPLIANT only now. `changed`: for other reasons than before. `fixed`: COMPLIANT now. `unjudged`: had a verdict, and now
 * nobody knows, or nobody looked, which is not fixed. `still`: NON_COMPLIANT as before. `other`: any other difference.
 */
export const CHANGES = ['new', 'changed', 'unjudged', 'still', 'fixed', 'other'] as const;
export type Change = (typeof CHANGES)[number];

export interface Difference {
  readonly change: Change;
  /** Of the failure; of what is not one, the rule's. */
  readonly severity: Severity;
  readonly subject: Subject;
  readonly was: State;
  readonly is: State;
  readonly before: Evaluated;
  readonly after: Evaluated;
}

/** Whatever differs, and whatever fails still: worst first, then in the order of the rules and resources. */
export function compare(before: Evaluated, after: Evaluated): readonly Difference[] {
  const [old, now] = [bySubject(before), bySubject(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .flatMap((key) => differenceOf(old.get(key), now.get(key)) ?? [])
    .map((one) => ({ one, order: orderOf(one) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ one }) => one);
}

/** What `after` says, of what `before` says and what changed. */
export function apply(before: Evaluated, differences: readonly Difference[]): Evaluated {
  const all = bySubject(before);
  for (const { subject, after } of differences) all.set(keyOf(subject), after);
  return {
    results: [...all.values()].flatMap(({ results }) => results),
    errors: [...all.values()].flatMap(({ errors }) => errors),
  };
}

export const isFailure = ({ compliance }: Pick<Result, 'compliance'>): boolean =>
  compliance === 'NON_COMPLIANT';

/** Whether all that fails now is waived. */
export function isWaived({ is, after }: Difference): boolean {
  return is === 'NON_COMPLIANT' && after.results.filter(isFailure).every(({ waivers }) => waivers?.length);
}

/** How many there are of each, before the first is counted. */
export const noCounts = (): Record<Change, number> =>
  Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>;

const NOTHING: Evaluated = { results: [], errors: [] };

/** What tells a rule and a resource from all others. */
export const keyOf = ({ rule, accountId, region, resourceType, resourceId }: Subject): string =>
  JSON.stringify([rule, accountId, region, resourceType, resourceId]);

function bySubject({ results, errors }: Evaluated): Map<string, Evaluated> {
  const all = new Map<string, { results: ComparedResult[]; errors: ComparedError[] }>();
  const of = (subject: Subject) => {
    const key = keyOf(subject);
    const found = all.get(key) ?? { results: [], errors: [] };
    all.set(key, found);
    return found;
  };
  for (const one of results) of(one).results.push(one);
  for (const one of errors) of(one).errors.push(one);
  return all;
}

/** The worst of it: an error beside a verdict is a doubt about the rest, and a failure is one all the same. */
function stateOf({ results, errors }: Evaluated): State {
  const has = (wanted: Result['compliance']) => results.some(({ compliance }) => compliance === wanted);
  if (has('NON_COMPLIANT')) return 'NON_COMPLIANT';
  if (errors.length > 0) return 'COULD_NOT_TELL';
  if (has('COMPLIANT')) return 'COMPLIANT';
  return has('NOT_APPLICABLE') ? 'NOT_APPLICABLE' : 'ABSENT';
}

/** What differs in what is said of one rule and one resource, or fails still. */
export function differenceOf(before = NOTHING, after = NOTHING): Difference | undefined {
  const [was, is] = [stateOf(before), stateOf(after)];
  const change = changeOf(before, after);
  if (change === undefined) return undefined;
  const all = [...after.results, ...before.results];
  const failing = all.find(({ compliance }) => compliance === 'NON_COMPLIANT') ?? all[0];
  const subject = (failing ?? after.errors[0] ?? before.errors[0]) as Subject;
  const severity = failing?.severity ?? factsOf(subject.rule).severity ?? 'MEDIUM';
  return { change, severity, subject: subjectOf(subject), was, is, before, after };
}

function changeOf(before: Evaluated, after: Evaluated): Change | undefined {
  const [was, is] = [stateOf(before), stateOf(after)];
  const isSame = said(before) === said(after);
  if (is === 'NON_COMPLIANT') {
    if (was !== 'NON_COMPLIANT') return 'new';
    if (why(before) !== why(after)) return 'changed';
    return 'still';
  }
  if (was === 'NON_COMPLIANT' && is === 'COMPLIANT') return 'fixed';
  const hadVerdict = was === 'NON_COMPLIANT' || was === 'COMPLIANT';
  if (hadVerdict && is !== 'COMPLIANT') return 'unjudged';
  return isSame ? undefined : 'other';
}

/** What follows from the rule and its page: another version of Groundrules may say it otherwise of the same account. */
const DERIVED: ReadonlySet<string> = new Set(['findingId', 'controls', 'frameworks', 'fix', 'page']);

/** Whatever it says, in the order in which it says it. */
const said = ({ results, errors }: Evaluated): string => {
  const fields = (one: object) =>
    Object.entries(one)
      .filter(([name, value]) => value !== undefined && !DERIVED.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([results.map(fields), errors.map(fields)]);
};
/** The reasons of a failure, in any order: what a rule adds to a finding later is no change of the account. */
const why = ({ results }: Evaluated): string =>
  JSON.stringify(
    results.flatMap(({ annotation, findings }) => [
      annotation,
      ...findings.map(({ kind }: Finding) => kind).sort(),
    ]),
  );

const subjectOf = ({
  rule,
  accountId,
  region,
  resourceType,
  resourceId,
  resourceName,
}: Subject): Subject => ({
  ...{ rule, accountId, region, resourceType, resourceId },
  ...(resourceName !== undefined && { resourceName }),
});

/** A text by which the worst comes first, then in the order of the rules and resources. */
export const orderOf = ({ change, was, severity, subject }: Difference): string =>
  [
    CHANGES.indexOf(change),
    was === 'NON_COMPLIANT' ? 0 : 1,
    SEVERITIES.indexOf(severity),
    keyOf(subject),
  ].join('');
