import { setTimeout as pause } from 'node:timers/promises';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { answerConfig, type OpenSource } from '../config/answer.ts';
import { openDeadline } from '../config/deadline.ts';
import { InvalidEventError, parseEvent } from '../config/event.ts';
import type { ItemReader } from '../config/item.ts';
import { type Log, openLog } from '../config/log.ts';
import type { RunSummary } from '../config/run.ts';
import { settingsCache } from '../config/settings-cache.ts';
import type { AnyRule } from '../rules/rule.ts';
import { answerTask, selectable, type TaskAnswer } from '../tasks/answer.ts';
import { isTask } from '../tasks/asked.ts';
import type { FindRun } from '../tasks/run.ts';
import type { Waiver } from '../waivers/waiver.ts';

export interface HandlerOptions {
  readonly client?: ConfigServiceClient;
  /** The clock. Evaluations are ordered by the event's own time, not by this. */
  readonly now?: () => Date;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly log?: Log;
  /** How the function finds the run that asks for changes, if its fix makes them itself. */
  readonly findRun?: FindRun;
  /** How to read configuration items of the rule's types. Without a reader, AWS is asked for what the item says. */
  readonly items?: readonly ItemReader[];
  /** The rule's sentences in Korean, if its fix tells people. */
  readonly korean?: AnyRule['messages'] | undefined;
  /** What of the rule's failures somebody has decided to live with. */
  readonly waivers?: readonly Waiver[];
  /**
   * `AWS_REGION`: where the function runs. `GROUNDRULES_HOME_REGION`: the only Region where global rules report, when
   * set.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The part of Lambda's context that a function needs. */
export interface LambdaContext {
  readonly invokedFunctionArn?: string;
  /** Milliseconds until Lambda ends the function. */
  getRemainingTimeInMillis?(): number;
}

export type Handler = (event: unknown, context?: LambdaContext) => Promise<RunSummary | TaskAnswer>;

/**
 * A rule's Lambda function, for both of its callers: AWS Config, to which it reports evaluations ({@link answerConfig}),
 * and the rule's own SSM document, to which it answers with plans ({@link answerTask}).
 *
 * It keeps no state but account settings (five minutes at most), so that an event may come twice. It rejects, which is how
 * AWS Config learns of it, with
 * - InvalidEventError, InvalidParametersError, InvalidItemError, OversizedItemError: before anything is reported;
 * - IncompleteEvaluationError: some resources could not be judged, and all others were reported;
 * - PutEvaluationsError: AWS Config did not take some evaluations, and all others were reported;
 * - UnfinishedRunError: the function's time ended before the run did; what was judged until shortly before was reported.
 *
 * @example
 * export const handler = ruleHandler(rule, lambdaSource([securityGroups]), { items: [securityGroupItem] });
 */
export function ruleHandler(rule: AnyRule, open: OpenSource, options: HandlerOptions = {}): Handler {
  const {
    now = () => new Date(),
    log = openLog(),
    env = process.env,
    sleep,
    findRun,
    korean,
    items = [],
    waivers = [],
  } = options;
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
      const known = { open, region, accountId, now, sleep: sleep ?? pause, findRun, korean };
      return selectable(await answerTask(rule, event, known));
    }
    const deadline = openDeadline(context?.getRemainingTimeInMillis?.());
    try {
      return await answerConfig(rule, parseEvent(event), {
        open,
        region,
        homeRegion: env.GROUNDRULES_HOME_REGION,
        client: client(region),
        deadline,
        remembering,
        now,
        sleep,
        log,
        items,
        waivers,
      });
    } finally {
      deadline.clear();
    }
  };
}

/** Slows down after the first throttling, and gives up on a call that hangs. */
const connect = (region: string) =>
  new ConfigServiceClient({
    region,
    retryMode: 'adaptive',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
