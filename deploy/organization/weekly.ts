import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod/mini';
import { type Log, openLog } from '../../config/log.ts';
import type { Language } from '../../report/both.ts';
import type { Waiver } from '../../waivers/waiver.ts';
import type { Store } from '../fleet/store.ts';
import { writeMail } from './mail.ts';
import { summarizeResults } from './results.ts';
import { type ControlsBySeverity, type SummaryOptions, summarize } from './summary.ts';

/** What the schedule hands over. */
const input = z.object({
  /** When it was due: ISO 8601. */
  time: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/)),
  aggregator: z.string().check(z.minLength(1)),
  /** What the names of the packs begin with. */
  packPrefix: z.string().check(z.minLength(1)),
  /** Whether a fleet's results are counted, in place of the aggregator. */
  results: z.optional(z.boolean()),
  topicArn: z.string().check(z.startsWith('arn:')),
  excludedAccounts: z.optional(z.array(z.string())),
  language: z.optional(z.enum(['en', 'ko'])),
  controls: z.object({
    CRITICAL: z.array(z.string()),
    HIGH: z.array(z.string()),
    MEDIUM: z.array(z.string()),
    LOW: z.array(z.string()),
  }),
});
export interface WeeklyInput {
  readonly time: string;
  readonly aggregator: string;
  readonly packPrefix: string;
  readonly topicArn: string;
  readonly results?: boolean;
  /** Accounts that the settings leave out, which therefore have no results. */
  readonly excludedAccounts?: readonly string[] | undefined;
  /** Of the mail; English unless it is said. */
  readonly language?: Language;
  readonly controls: ControlsBySeverity;
}

export interface WeeklyClients extends Pick<SummaryOptions, 'config' | 'organizations'> {
  readonly sns: Pick<SNSClient, 'send'>;
  /** A fleet's bucket, where there is one. */
  readonly store?: (() => Store) | undefined;
  readonly log?: Log;
  /** That the functions were deployed with. */
  readonly waivers?: readonly Waiver[];
}

/**
 * The function behind the weekly mail. It sends the mail last, so that a run that fails and is retried sends only
 * one.
 *
 * @returns a handler that rejects when AWS Config or SNS cannot be asked, or when the schedule's input is not its
 * own.
 */
export function weeklySummary({
  config,
  organizations,
  sns,
  store,
  log = openLog(),
  waivers = [],
}: WeeklyClients) {
  return async (event: unknown): Promise<{ readonly subject: string }> => {
    const parsed = input.safeParse(event);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(`the schedule's input: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
    }
    const { time, aggregator, packPrefix, topicArn, controls, excludedAccounts, language } = parsed.data;
    const results = parsed.data.results && store ? await summarizeResults(store(), time) : undefined;
    const summary = results ?? (await summarize({ config, organizations, aggregator, packPrefix, controls }));
    const { subject, text } = writeMail(summary, {
      time,
      aggregator,
      excludedAccounts,
      waivers,
      language,
      ...(results && { results }),
    });
    await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
    log.info('mail sent', {
      accounts: summary.accounts.size,
      packs: summary.packs.size,
      failingControls: summary.controls.size,
      bytes: Buffer.byteLength(text),
    });
    return { subject };
  };
}
