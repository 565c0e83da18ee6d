import { setTimeout as pause } from 'node:timers/promises';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { readAccount } from '../account/read-account.ts';
import type { Source } from '../account/source.ts';
import { annotation, notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule, Unjudged, Verdict } from '../rules/rule.ts';
import { type Evaluation, putEvaluations } from './evaluations.ts';
import { type ConfigEvent, InvalidEventError, parseEvent } from './event.ts';
import {
  type ConfigurationItem,
  type ItemSummary,
  isRecorded,
  readItem,
  resourceOfItem,
  withItem,
} from './item.ts';
import { IncompleteEvaluationError, type Judged, judge } from './judging.ts';
import { type Log, openLog } from './log.ts';
import { fetchItem } from './oversized.ts';
import { settingsCache } from './settings-cache.ts';
import { vanished } from './sweep.ts';
import { answerTask, isTask, selectable, type TaskAnswer } from './task.ts';

/** Opens the account that an event is about, as the Region sees it. */
export type OpenSource = (options: { readonly accountId: string; readonly region: string }) => Source;

export interface HandlerOptions {
  readonly client?: ConfigServiceClient;
  /** The clock. Evaluations are ordered by the event's own time, not by this. */
  readonly now?: () => Date;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly log?: Log;
  /** `AWS_REGION`: where the function runs. `GROUNDRULES_HOME_REGION`: where alone global rules report, when set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a run reported. AWS Config does not look at it. */
export interface RunSummary {
  readonly kind: ConfigEvent['kind'];
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly notApplicable: number;
  /** How many of the NOT_APPLICABLE are resources that are gone. */
  readonly vanished: number;
}

export type Handler = (
  event: unknown,
  context?: { readonly invokedFunctionArn?: string },
) => Promise<RunSummary | TaskAnswer>;

/**
 * A rule's Lambda function, for both of its callers: AWS Config, to which it reports evaluations (aws-facts §1, §2), and
 * the rule's own SSM document, to which it answers with plans ({@link answerTask}).
 *
 * It keeps no state but account settings (five minutes at most), so that an event may come twice. It rejects, which is how
 * AWS Config learns of it, with
 * - InvalidEventError, InvalidParametersError, InvalidItemError, OversizedItemError: before anything is reported;
 * - IncompleteEvaluationError: some resources could not be judged, and all others were reported;
 * - PutEvaluationsError: AWS Config did not take the evaluations.
 *
 * @example
 * export const handler = configHandler(rule, lambdaSource([iam]));
 */
export function configHandler(rule: AnyRule, open: OpenSource, options: HandlerOptions = {}): Handler {
  const { now = () => new Date(), log = openLog(), env = process.env } = options;
  const remembering = settingsCache(now);
  let connected = options.client;
  const client = (region: string) => {
    connected ??= connect(region);
    return connected;
  };

  return async (event, context) => {
    const region = env.AWS_REGION;
    if (!region)
      throw new InvalidEventError('MissingField', 'the environment variable AWS_REGION is missing');
    if (isTask(event)) {
      const accountId = context?.invokedFunctionArn?.split(':')[4];
      const sleep = options.sleep ?? pause;
      return selectable(await answerTask(rule, event, { open, region, accountId, now, sleep }));
    }
    return answerConfig(parseEvent(event), region);
  };

  async function answerConfig(event: ConfigEvent, region: string): Promise<RunSummary> {
    const parameters = parseParameters(rule, event.ruleParameters);
    const about = { rule: rule.id, configRuleName: event.configRuleName, kind: event.kind, region };
    log.info('run started', about);

    // Global resources are the same everywhere. Elsewhere than at home the run ends with nothing to say about them, which
    // AWS Config has to be told like any other end of a run.
    const isElsewhere = rule.scope === 'global' && (env.GROUNDRULES_HOME_REGION || region) !== region;
    const outcome = isElsewhere ? NOTHING : await judgeEvent(event, parameters, region);
    const report = (verdicts: readonly Verdict[]) =>
      putEvaluations(
        client(region),
        verdicts.map((verdict) => toEvaluation(rule, verdict, event.orderingTimestamp)),
        { ...event, ...(options.sleep && { sleep: options.sleep }) },
      );
    // With nothing but doubts there is nothing to report, and no end to announce.
    if (outcome.verdicts.length > 0 || outcome.unjudged.length === 0) await report(outcome.verdicts);
    const gone = isElsewhere ? [] : await goneSince(event, outcome, region);
    if (gone.length > 0) await report(gone);

    const summary = summarize(event.kind, [...outcome.verdicts, ...gone], gone.length);
    log.info('run ended', { ...about, ...summary, unjudged: outcome.unjudged.length });
    if (outcome.unjudged.length > 0) throw new IncompleteEvaluationError(rule, outcome.unjudged);
    return summary;
  }

  async function judgeEvent(event: ConfigEvent, parameters: unknown, region: string): Promise<Judged> {
    const source = open({ accountId: event.accountId, region });
    if (event.kind === 'periodic') return judge(rule, readAccount(source), parameters, { now: now() });

    const summary = event.kind === 'change' ? event.item : event.summary;
    if (event.eventLeftScope || !isJudged(summary)) return notJudged(summary);
    const item = event.kind === 'change' ? event.item : await fetchItem(client(region), event.summary);
    return judgeItem(item, remembering(source), parameters);
  }

  function isJudged(item: ItemSummary): boolean {
    return isRecorded(item) && rule.resourceTypes.includes(item.type);
  }

  async function judgeItem(item: ConfigurationItem, source: Source, parameters: unknown): Promise<Judged> {
    if (!isJudged(item)) return notJudged(item);
    const resource = resourceOfItem(item);
    const account = withItem(readAccount(source), readItem(item));
    const { verdicts, unjudged } = await judge(rule, account, parameters, { now: now(), resource });
    const [verdict] = verdicts;
    if (!verdict) return unjudged.length > 0 ? { verdicts, unjudged } : notJudged(item);
    // Under the item's own id: a resource that is only proposed may have another name for the rule.
    return { verdicts: [{ ...verdict, resource }], unjudged };
  }

  /** Resources that this run, which looked at all there are, did not meet any more. */
  async function goneSince(
    event: ConfigEvent,
    { verdicts, unjudged }: Judged,
    region: string,
  ): Promise<Verdict[]> {
    // A dry run changes nothing, and the rule that its event names need not exist. A run that could not list its
    // resources (an unjudged account) knows of none that they are gone.
    const knowsAll = !unjudged.some(({ resource }) => resource.type === 'AWS::::Account');
    if (event.kind !== 'periodic' || event.testMode || !knowsAll) return [];
    const { configRuleName, orderingTimestamp } = event;
    const seen = [...verdicts, ...unjudged].map(({ resource }) => resource);
    const gone = await vanished(client(region), { rule, configRuleName, seen, orderingTimestamp, log });
    return gone.map((resource) => notApplicable({ ...resource, region }));
  }
}

const NOTHING: Judged = { verdicts: [], unjudged: [] };

/** What is gone, not recorded, out of scope or not the rule's business keeps no result. */
const notJudged = (item: ItemSummary): { verdicts: Verdict[]; unjudged: Unjudged[] } => ({
  verdicts: [notApplicable(resourceOfItem(item))],
  unjudged: [],
});

const toEvaluation = (rule: AnyRule, verdict: Verdict, orderingTimestamp: Date): Evaluation => ({
  resource: verdict.resource,
  compliance: verdict.compliance,
  annotation: annotation(rule, verdict),
  orderingTimestamp,
});

function summarize(kind: ConfigEvent['kind'], verdicts: readonly Verdict[], gone: number): RunSummary {
  const count = (compliance: Verdict['compliance']) =>
    verdicts.filter((verdict) => verdict.compliance === compliance).length;
  return {
    kind,
    compliant: count('COMPLIANT'),
    nonCompliant: count('NON_COMPLIANT'),
    notApplicable: count('NOT_APPLICABLE'),
    vanished: gone,
  };
}

/** Slows down before AWS Config has to say so twice, and gives up on a call that hangs. */
const connect = (region: string) =>
  new ConfigServiceClient({
    region,
    retryMode: 'adaptive',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
