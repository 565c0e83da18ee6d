import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AnyAccount } from '../account/account.ts';
import { readAccount } from '../account/open.ts';
import type { Source } from '../account/source.ts';
import { evaluate } from '../rules/evaluate.ts';
import { notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule, Judgement } from '../rules/rule.ts';
import type { Waiver } from '../waivers/waiver.ts';
import type { Deadline } from './deadline.ts';
import type { ConfigEvent } from './event.ts';
import {
  type ConfigurationItem,
  type ItemReader,
  type ItemSummary,
  isRecorded,
  readItemBy,
  resourceOfItem,
  withItem,
} from './item.ts';
import { IncompleteEvaluationError, judgementsOf } from './judging.ts';
import type { Log } from './log.ts';
import { fetchItem } from './oversized.ts';
import { openRun, type RunSummary } from './run.ts';

/** Opens the account that an event is about, as the Region sees it. */
export type OpenSource = (options: { readonly accountId: string; readonly region: string }) => Source;

/** What the function knows of itself, whatever the event says. */
export interface ConfigContext {
  readonly open: OpenSource;
  /** Where the function runs. */
  readonly region: string;
  /** The one Region where global rules report, if there is one. */
  readonly homeRegion: string | undefined;
  readonly client: ConfigServiceClient;
  readonly deadline: Deadline;
  /**
   * Lays remembered settings over a source, for an event whose item was captured at that time
   * (config/settings-cache.ts).
   */
  readonly remembering: (source: Source, capturedAt: Date) => Source;
  readonly now: () => Date;
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
  readonly log: Log;
  /** How to read configuration items. Whatever an item of another type says is asked of the account instead. */
  readonly items: readonly ItemReader[];
  /** A failure that is waived is reported as NOT_APPLICABLE, until the waiver ends. */
  readonly waivers: readonly Waiver[];
}

/**
 * Answers AWS Config: judges what the event is about, and puts the evaluations while the rule is still judging.
 *
 * @throws {InvalidParametersError}, {InvalidItemError}, {OversizedItemError}: before anything is reported
 * @throws {IncompleteEvaluationError}, {PutEvaluationsError}, {UnfinishedRunError}: all other resources were reported
 */
export async function answerConfig(
  rule: AnyRule,
  event: ConfigEvent,
  known: ConfigContext,
): Promise<RunSummary> {
  const { region, client, log, deadline, sleep, waivers, now } = known;
  const parameters = parseParameters(rule, event.ruleParameters);
  const about = { rule: rule.id, configRuleName: event.configRuleName, kind: event.kind, region };
  log.info('run started', about);

  // Every Region shows the same global resources, so that only the home Region judges them. In other Regions the run
  // ends without results, and AWS Config has to be told that it ended.
  const isElsewhere = rule.scope === 'global' && (known.homeRegion || region) !== region;
  const run = openRun(rule, event, { client, log, deadline, waivers, now, ...(sleep && { sleep }) });
  try {
    await run.report(isElsewhere ? nothing() : judgements(rule, event, parameters, known));
    if (!isElsewhere) await run.sweep(region);
    log.info('run ended', { ...about, ...run.summary(), unjudged: run.unjudged.length });
  } catch (error) {
    const { name, code = name } = error as Error & { code?: string };
    log.warn('run failed', { ...about, ...run.summary(), unjudged: run.unjudged.length, code });
    throw error;
  }
  if (run.unjudged.length > 0) throw new IncompleteEvaluationError(rule, run.unjudged);
  return run.summary();
}

async function* judgements(
  rule: AnyRule,
  event: ConfigEvent,
  parameters: unknown,
  { open, region, client, remembering, now, items }: ConfigContext,
): AsyncGenerator<Judgement> {
  const source = open({ accountId: event.accountId, region });
  if (event.kind === 'periodic') {
    yield* evaluate(rule, readAccount(source), parameters as never, { now: now() });
    return;
  }
  const summary = event.kind === 'change' ? event.item : event.summary;
  if (event.eventLeftScope || !isJudged(rule, summary)) {
    yield notJudged(summary);
    return;
  }
  const item = event.kind === 'change' ? event.item : await fetchItem(client, event.summary);
  if (!isJudged(rule, item)) {
    yield notJudged(item);
    return;
  }
  const known = readAccount(remembering(source, item.captureTime));
  yield* judgeItem(rule, withItem(known, readItemBy(items, item)), item, { parameters, now: now() });
}

const isJudged = (rule: AnyRule, item: ItemSummary): boolean =>
  isRecorded(item) && rule.resourceTypes.includes(item.type);

async function* judgeItem(
  rule: AnyRule,
  account: AnyAccount,
  item: ConfigurationItem,
  { parameters, now }: { readonly parameters: unknown; readonly now: Date },
): AsyncGenerator<Judgement> {
  const resource = resourceOfItem(item);
  const { verdicts, unjudged } = await judgementsOf(rule, account, parameters, { now, resource });
  const [verdict] = verdicts;
  // Under the item's own id: a resource that is only proposed may have another name for the rule.
  if (verdict) yield { ...verdict, resource };
  else if (unjudged.length === 0) yield notJudged(item);
  yield* unjudged;
}

async function* nothing(): AsyncGenerator<never> {}

/** A resource that is gone, not recorded, out of scope or of another type keeps no result. */
const notJudged = (item: ItemSummary): Judgement => notApplicable(resourceOfItem(item));
