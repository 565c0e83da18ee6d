import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { ResourceRef } from '../account/account.ts';
import { annotation, MAX_ANNOTATION, notApplicable } from '../rules/judgement.ts';
import type { AnyRule, Compliance, Judgement, Unjudged, Verdict } from '../rules/rule.ts';
import { waivedText } from '../waivers/text.ts';
import {
  isExpired,
  isUndecided,
  type Waivable,
  type Waiver,
  waiversOf,
  withTags,
} from '../waivers/waiver.ts';
import { type Deadline, OutOfTime, until, within } from './deadline.ts';
import { openReporter } from './evaluations.ts';
import type { ConfigEvent } from './event.ts';
import { UnfinishedRunError } from './judging.ts';
import type { Log } from './log.ts';
import { vanished } from './sweep.ts';

/** What a run reported: the function's answer, which AWS Config ignores. */
export interface RunSummary {
  readonly kind: ConfigEvent['kind'];
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly notApplicable: number;
  /** How many of the NOT_APPLICABLE are resources that are gone. */
  readonly vanished: number;
  /** How many of the NOT_APPLICABLE are failures that are waived. */
  readonly waived: number;
}

export interface RunOptions {
  readonly client: ConfigServiceClient;
  readonly log: Log;
  readonly deadline: Deadline;
  readonly waivers: readonly Waiver[];
  /** The clock, which waivers end by. */
  readonly now: () => Date;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** One run of a rule's function: what the rule says goes to AWS Config while the rule is still judging. */
export interface Run {
  /** What could not be judged so far. */
  readonly unjudged: readonly Unjudged[];
  /**
   * Reports judgements until there are no more, or no time is left.
   *
   * @throws {PutEvaluationsError} after everything else was reported.
   * @throws {UnfinishedRunError} after what was judged in time was reported.
   */
  report(judgements: AsyncIterable<Judgement>): Promise<void>;
  /**
   * Takes back the results of resources that are gone: a periodic run, which judges all there are, did not meet them.
   *
   * @throws {PutEvaluationsError | UnfinishedRunError}
   */
  sweep(region: string): Promise<void>;
  /** What was judged, whether AWS Config has taken it or not. */
  summary(): RunSummary;
}

export function openRun(rule: AnyRule, event: ConfigEvent, options: RunOptions): Run {
  const { client, log, deadline, waivers, now, sleep } = options;
  const reporter = openReporter(client, { ...event, signal: deadline.answers, ...(sleep && { sleep }) });
  const counts: Record<Compliance, number> = { COMPLIANT: 0, NON_COMPLIANT: 0, NOT_APPLICABLE: 0 };
  const unjudged: Unjudged[] = [];
  /** The resources that a periodic run has met. The sweep takes back the results of all others. */
  const seen: ResourceRef[] = [];
  let gone = 0;
  let waived = 0;

  async function take(verdict: Verdict): Promise<void> {
    const one = await withTags(waivers, waivableOf(rule, event.accountId, verdict), verdict.tags);
    const by = waiversOf(waivers, one, now());
    if (by.length > 0) waived++;
    else warnOfUndecided(one, verdict, options, rule);
    const evaluation = toEvaluation(rule, verdict, by);
    counts[evaluation.compliance]++;
    if (event.kind === 'periodic') seen.push(verdict.resource);
    await reporter.report({ ...evaluation, orderingTimestamp: event.orderingTimestamp });
  }

  function unfinished(left: string | undefined, cause?: Error): UnfinishedRunError {
    const judged = counts.COMPLIANT + counts.NON_COMPLIANT + counts.NOT_APPLICABLE;
    const progress = { reported: reporter.taken, notReported: judged - reporter.taken, unjudged };
    return new UnfinishedRunError(rule, progress, left, cause);
  }

  return {
    unjudged,
    async report(judgements) {
      let isWhole = false;
      const whole = async function* () {
        yield* judgements;
        isWhole = true;
      };
      for await (const judgement of until(deadline.judging, whole())) {
        if (judgement.compliance === undefined) unjudged.push(judgement);
        else await take(judgement);
      }
      // If no resource could be judged, PutEvaluations is not called: an empty call would tell AWS Config that the
      // run succeeded.
      const failure = await failureOf(reporter.end(isWhole && unjudged.length === 0));
      if (!isWhole) throw unfinished('the resources after those', failure);
      if (failure && deadline.answers.aborted) throw unfinished(undefined, failure);
      if (failure) throw failure;
    },
    async sweep(region) {
      // A dry run changes nothing, and its rule need not exist. A run that could not list its resources (the account
      // is unjudged) does not know which are gone.
      const knowsAll = !unjudged.some(({ resource }) => resource.type === 'AWS::::Account');
      if (event.kind !== 'periodic' || event.testMode || !knowsAll) return;
      const { configRuleName, orderingTimestamp } = event;
      const met = [...seen, ...unjudged.map(({ resource }) => resource)];
      try {
        const found = await within(
          deadline.answers,
          vanished(client, { rule, configRuleName, seen: met, orderingTimestamp, log }),
        );
        gone = found.length;
        for (const resource of found) await take(notApplicable({ ...resource, region }));
        await reporter.end(false);
      } catch (error) {
        if (!deadline.answers.aborted) throw error;
        throw unfinished(
          'results of resources that are gone',
          error instanceof OutOfTime ? undefined : (error as Error),
        );
      }
    },
    summary: () => ({
      kind: event.kind,
      compliant: counts.COMPLIANT,
      nonCompliant: counts.NON_COMPLIANT,
      notApplicable: counts.NOT_APPLICABLE,
      vanished: gone,
      waived,
    }),
  };
}

const failureOf = (done: Promise<void>): Promise<Error | undefined> =>
  done.then(
    () => undefined,
    (error: Error) => error,
  );

/** Says which waivers might be about a resource, if its tags were known. */
function warnOfUndecided(
  one: Waivable,
  { resource: { type, id } }: Verdict,
  { waivers, log, now }: RunOptions,
  rule: AnyRule,
): void {
  const undecided = waivers.filter((waiver) => !isExpired(waiver, now()) && isUndecided(waiver, one));
  if (undecided.length === 0) return;
  const tickets = undecided.map(({ ticket }) => ticket).join(', ');
  log.warn('waivers by tag left out, tags unknown', { rule: rule.id, type, id, tickets });
}

const waivableOf = (rule: AnyRule, accountId: string, { resource, compliance, findings }: Verdict) => ({
  rule: rule.id,
  accountId,
  region: resource.region,
  resourceId: resource.id,
  ...(resource.name !== undefined && { resourceName: resource.name }),
  compliance,
  findings,
});

const toEvaluation = (rule: AnyRule, verdict: Verdict, by: readonly Waiver[]) => {
  const { resource, compliance } = verdict;
  const text = annotation(rule, verdict);
  if (by.length === 0) return { resource, compliance, annotation: text };
  return { resource, compliance: 'NOT_APPLICABLE' as const, annotation: waivedAnnotation(by, text) };
};

/** Until when, by which ticket and why; then what is waived, as far as there is room. */
const waivedAnnotation = (by: readonly Waiver[], text: string): string =>
  [...by.map(waivedText), text]
    .join('; ')
    .slice(0, MAX_ANNOTATION)
    .replace(/[\uD800-\uDBFF]$/, '');
