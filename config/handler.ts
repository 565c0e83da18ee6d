import { setTimeout as pause } from 'node:timers/promises';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { readAccount } from '../account/read-account.ts';
import type { Source } from '../account/source.ts';
import { evaluate } from '../rules/evaluate.ts';
import { notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule, Judgement } from '../rules/rule.ts';
import type { FindApproval } from './approval.ts';
import { type Deadline, openDeadline } from './deadline.ts';
import { type ConfigEvent, InvalidEventError, parseEvent } from './event.ts';
import {
  type ConfigurationItem,
  type ItemSummary,
  isRecorded,
  readItem,
  resourceOfItem,
  withItem,
} from './item.ts';
import { IncompleteEvaluationError, judge } from './judging.ts';
import { type Log, openLog } from './log.ts';
import { fetchItem } from './oversized.ts';
import { openRun, type RunSummary } from './run.ts';
import { settingsCache } from './settings-cache.ts';
import { answerTask, isTask, selectable, type TaskAnswer } from './task.ts';

/** Opens the account that an event is about, as the Region sees it. */
export type OpenSource = (options: { readonly accountId: string; readonly region: string }) => Source;

export interface HandlerOptions {
  readonly client?: ConfigServiceClient;
  /** The clock. Evaluations are ordered by the event's own time, not by this. */
  readonly now?: () => Date;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly log?: Log;
  /** Where the function learns of approvals, if its fix makes changes itself. */
  readonly findApproval?: FindApproval;
  /** `AWS_REGION`: where the function runs. `GROUNDRULES_HOME_REGION`: where alone global rules report, when set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What Lambda tells a function of its invocation, as far as it matters here. */
export interface LambdaContext {
  readonly invokedFunctionArn?: string;
  /** Milliseconds until Lambda ends the function. */
  getRemainingTimeInMillis?(): number;
}

export type Handler = (event: unknown, context?: LambdaContext) => Promise<RunSummary | TaskAnswer>;

/**
 * A rule's Lambda function, for both of its callers: AWS Config, to which it reports evaluations (aws-facts §1, §2), and
 * the rule's own SSM document, to which it answers with plans ({@link answerTask}).
 *
 * It keeps no state but account settings (five minutes at most), so that an event may come twice. It rejects, which is how
 * AWS Config learns of it, with
 * - InvalidEventError, InvalidParametersError, InvalidItemError, OversizedItemError: before anything is reported;
 * - IncompleteEvaluationError: some resources could not be judged, and all others were reported;
 * - PutEvaluationsError: AWS Config did not take some evaluations, and all others were reported;
 * - UnfinishedRunError: the function's time ended before the run did; what was judged until shortly before was reported.
 *
 * @example
 * export const handler = configHandler(rule, lambdaSource([iam]));
 */
export function configHandler(rule: AnyRule, open: OpenSource, options: HandlerOptions = {}): Handler {
  const { now = () => new Date(), log = openLog(), env = process.env, findApproval } = options;
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
      return selectable(await answerTask(rule, event, { open, region, accountId, now, sleep, findApproval }));
    }
    const deadline = openDeadline(context?.getRemainingTimeInMillis?.());
    try {
      return await answerConfig(parseEvent(event), region, deadline);
    } finally {
      deadline.clear();
    }
  };

  async function answerConfig(event: ConfigEvent, region: string, deadline: Deadline): Promise<RunSummary> {
    const parameters = parseParameters(rule, event.ruleParameters);
    const about = { rule: rule.id, configRuleName: event.configRuleName, kind: event.kind, region };
    log.info('run started', about);

    // Global resources are the same everywhere. Elsewhere than at home the run ends with nothing to say about them, which
    // AWS Config has to be told like any other end of a run.
    const isElsewhere = rule.scope === 'global' && (env.GROUNDRULES_HOME_REGION || region) !== region;
    const run = openRun(rule, event, {
      client: client(region),
      log,
      deadline,
      ...(options.sleep && { sleep: options.sleep }),
    });
    try {
      await run.report(isElsewhere ? nothing() : judgements(event, parameters, region));
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
    event: ConfigEvent,
    parameters: unknown,
    region: string,
  ): AsyncGenerator<Judgement> {
    const source = open({ accountId: event.accountId, region });
    if (event.kind === 'periodic') {
      yield* evaluate(rule, readAccount(source), parameters as never, { now: now() });
      return;
    }
    const summary = event.kind === 'change' ? event.item : event.summary;
    if (event.eventLeftScope || !isJudged(summary)) {
      yield notJudged(summary);
      return;
    }
    const item = event.kind === 'change' ? event.item : await fetchItem(client(region), event.summary);
    yield* judgeItem(item, remembering(source, item.captureTime), parameters);
  }

  function isJudged(item: ItemSummary): boolean {
    return isRecorded(item) && rule.resourceTypes.includes(item.type);
  }

  async function* judgeItem(
    item: ConfigurationItem,
    source: Source,
    parameters: unknown,
  ): AsyncGenerator<Judgement> {
    if (!isJudged(item)) {
      yield notJudged(item);
      return;
    }
    const resource = resourceOfItem(item);
    const account = withItem(readAccount(source), readItem(item));
    const { verdicts, unjudged } = await judge(rule, account, parameters, { now: now(), resource });
    const [verdict] = verdicts;
    // Under the item's own id: a resource that is only proposed may have another name for the rule.
    if (verdict) yield { ...verdict, resource };
    else if (unjudged.length === 0) yield notJudged(item);
    yield* unjudged;
  }
}

async function* nothing(): AsyncGenerator<never> {}

/** What is gone, not recorded, out of scope or not the rule's business keeps no result. */
const notJudged = (item: ItemSummary): Judgement => notApplicable(resourceOfItem(item));

/** Slows down before AWS Config has to say so twice, and gives up on a call that hangs. */
const connect = (region: string) =>
  new ConfigServiceClient({
    region,
    retryMode: 'adaptive',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
