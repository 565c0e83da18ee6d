import type { LiveAccount } from '../../account/live/open.ts';
import { both } from '../../report/both.ts';
import { lines } from '../../report/lines.ts';
import { jsonText } from '../../report/printable.ts';
import { nameAndId } from '../../report/result.ts';
import type { Answer, Asker } from '../program/ask.ts';
import type { World } from '../program/world.ts';
import { type Engine, type FixRun, type Job, openEngine } from './engine.ts';
import { howToFind } from './jobs.ts';
import type { RecordKey } from './key.ts';
import {
  applied,
  declined,
  type Item,
  interrupted,
  itemJson,
  nothingToUndo,
  type Outcome,
  previewed,
  refused,
  type Seen,
} from './outcome.ts';
import { changesOf } from './record.ts';
import { messageOf, previewText, resultText, type Style } from './text.ts';
import { type RemediateWords, remediateWords } from './words.ts';

export interface Walk {
  readonly account: LiveAccount;
  readonly mode: 'Preview' | 'Apply' | 'Undo';
  /** The most resources to change. */
  readonly max: number;
  /** Whether the resources come from an evaluation, rather than by name. */
  readonly isList: boolean;
  readonly isJson: boolean;
  /** Whether the questions are answered with yes. A document's own approval steps are another question. */
  readonly yes: boolean;
  /** What records are signed with, unless nothing is changed. */
  readonly key?: RecordKey | undefined;
  /** Where the record goes, unless by default. */
  readonly record?: string | undefined;
  /** The settings file that was followed. */
  readonly settings: string | null;
  readonly world: World;
}

/**
 * Shows what would change, asks (for each resource of a list that is to be applied, else once for all), changes it, and
 * says what came of it.
 *
 * @returns the exit status.
 */
export async function walk(jobs: readonly Job[], context: Walk): Promise<number> {
  const walker = new Walker(jobs, context);
  await walker.look();
  await walker.change();
  return walker.end();
}

class Walker {
  readonly #jobs: readonly Job[];
  readonly #context: Walk;
  readonly #now: Date;
  readonly #style: Style;
  readonly #words: RemediateWords;
  readonly #interrupt = new AbortController();
  readonly #isAsking: boolean;
  readonly #ask: Asker | undefined;
  readonly #engine: Engine;
  readonly #write: (text: string) => Promise<void>;
  readonly #items = new Map<Job, Seen>();
  /** The jobs whose changes were shown, each with the run that planned them. */
  readonly #shown = new Map<Job, FixRun>();
  #notLookedAt = 0;

  constructor(jobs: readonly Job[], context: Walk) {
    const { account, mode, yes, key, world } = context;
    this.#jobs = jobs;
    this.#context = context;
    this.#now = world.now();
    this.#style = { ...world.screen(), language: world.language };
    this.#words = remediateWords[world.language];
    this.#isAsking = mode !== 'Preview' && !yes;
    this.#ask = this.#asker();
    this.#engine = openEngine({
      account,
      now: this.#now,
      signal: this.#interrupt.signal,
      ask: this.#ask?.confirm,
      key,
      ...(world.sleep && { sleep: world.sleep }),
    });
    this.#write = lines(world.out);
  }

  /** Plans each job and shows its changes. */
  async look(): Promise<void> {
    const { account, mode, max, isList, world } = this.#context;
    const { progress } = world;
    for (const [index, job] of this.#jobs.entries()) {
      if (mode !== 'Undo' && this.#shown.size >= max) {
        this.#notLookedAt = this.#jobs.length - index;
        break;
      }
      const of = this.#jobs.length;
      progress.step(
        {
          en: `looking at ${job.resourceId} (${index + 1} of ${of})`,
          ko: `${job.resourceId} 확인 중 (${of}개 중 ${index + 1}번째)`,
        },
        { ...aboutOf(job), done: index, total: of },
      );
      const { item, run } = await this.#lookAt(job);
      progress.done();
      this.#items.set(job, item);
      if (item.outcome === 'WouldChange' && run) this.#shown.set(job, run);
      if (item.outcome === 'Failed')
        progress.problem(
          both(
            (language) => `groundrules: ${job.rule.id} ${job.resourceId}: ${messageOf(item, { language })}`,
          ),
          aboutOf(job),
        );
      else if (item.outcome === 'NotFound' && !isList) {
        const how = howToFind(job.rule);
        progress.problem(
          {
            en: `groundrules: ${item.message} of account ${account.accountId}. ${how.en}`,
            ko: `groundrules: 계정 ${account.accountId}: ${messageOf(item, { language: 'ko' })}. ${how.ko}`,
          },
          aboutOf(job),
        );
      } else await this.#print(`${previewText(item, account.accountId, this.#style, !isList)}\n`);
    }
  }

  /** Makes the changes that were shown, if somebody says yes. */
  async change(): Promise<void> {
    const { mode, world } = this.#context;
    if (this.#shown.size === 0 || mode === 'Preview') {
      if (this.#shown.size > 0) await this.#print(`${this.#words.addApply}\n`);
    } else if (await this.#isConfirmed()) {
      const releases = [
        world.onInterrupt(['SIGINT', 'SIGTERM'], this.#onInterrupt),
        world.onUnread(this.#onInterrupt),
      ];
      try {
        await this.#applyAll();
      } finally {
        for (const release of releases) release();
      }
    } else {
      for (const job of this.#shown.keys()) this.#decline(job);
      await this.#print(`${this.#words.nothingChanged}\n`);
    }
  }

  /** Says what came of it, and gives the exit status. */
  async end(): Promise<number> {
    const { account, mode, max, isList, isJson, settings } = this.#context;
    const notLookedAt = this.#notLookedAt;
    const list = [...this.#items.values()];
    const summary = count(list);
    if (isJson) {
      const printed = {
        schemaVersion: '1.0',
        generatedAt: this.#now.toISOString(),
        accountId: account.accountId,
        mode,
        settings,
        executions: list.map(itemJson),
        notLookedAt,
        summary,
      };
      await this.#write(`${jsonText(printed, 2)}\n`);
    } else if (isList || this.#jobs.length > 1) {
      await this.#write(`${summaryLine(summary, notLookedAt, max, this.#words)}\n`);
    }
    if (this.#interrupt.signal.aborted) return 130;
    return exitStatus(list, { isList, isPreview: mode === 'Preview', notLookedAt });
  }

  readonly #onInterrupt = () => this.#interrupt.abort();

  /** Asks after the progress line is gone. */
  #asker(): Asker | undefined {
    const { progress, ask } = this.#context.world;
    const asker = ask?.(this.#onInterrupt);
    return (
      asker && {
        confirm(question, signal) {
          progress.done();
          return asker.confirm(question, signal);
        },
        choose(question, signal) {
          progress.done();
          return asker.choose(question, signal);
        },
      }
    );
  }

  /** Who has to say yes to each resource before it is changed. */
  get #each(): Asker | undefined {
    const { isList, mode } = this.#context;
    return isList && this.#isAsking && mode === 'Apply' ? this.#ask : undefined;
  }

  async #print(text: string): Promise<void> {
    const { progress } = this.#context.world;
    progress.done();
    if (!this.#context.isJson) await this.#write(text);
    // With JSON on standard output, whoever is asked still has to see what the question is about.
    else if (this.#isAsking) progress.show(text.trimEnd());
  }

  async #lookAt(job: Job): Promise<{ item: Seen; run?: FixRun }> {
    if (job.earlier && changesOf(job.earlier).length === 0) return { item: nothingToUndo(job) };
    try {
      const run = await this.#engine.preview(job);
      return { item: previewed(job, run), run };
    } catch (error) {
      // SSM would refuse a parameter: the call was wrong, or in a list this one job is refused.
      if (!this.#context.isList) throw error;
      return { item: refused(job, error as Error) };
    }
  }

  async #isConfirmed(): Promise<boolean> {
    if (this.#context.yes || this.#each) return true;
    const wanted = [...this.#shown.keys()].map((job) => this.#itemOf(job));
    return (await this.#ask?.confirm(this.#question(wanted), this.#interrupt.signal)) ?? false;
  }

  #itemOf(job: Job): Seen {
    return this.#items.get(job) as Seen;
  }

  #decline(job: Job): void {
    this.#items.set(job, declined(this.#itemOf(job)));
  }

  /** Shows the whole plan right above the question, because its first preview may be pages away. */
  async #choose(by: Asker, job: Job, place: string): Promise<Answer> {
    const item = this.#itemOf(job);
    await this.#print(`${previewText(item, this.#context.account.accountId, this.#style, true)}\n`);
    return by.choose(`${place}: ${this.#question([item])}`, this.#interrupt.signal);
  }

  #question(wanted: readonly Item[]): string {
    const { account, mode } = this.#context;
    const changes = wanted.reduce((sum, { plan }) => sum + (plan?.steps.length ?? 0), 0);
    const [only] = wanted;
    const where =
      wanted.length === 1 && only
        ? this.#words.whereOne(nameAndId(only), account.accountId, only.region)
        : this.#words.whereAll(wanted.length, account.accountId);
    return this.#words.question(mode === 'Undo', changes, where);
  }

  async #applyAll(): Promise<void> {
    const { account, mode, record, world } = this.#context;
    let answer: Answer | undefined;
    for (const [index, [job, seen]] of [...this.#shown].entries()) {
      if (this.#interrupt.signal.aborted) {
        this.#items.set(job, interrupted(this.#itemOf(job)));
        continue;
      }
      if (this.#each && answer !== 'all' && answer !== 'quit') {
        answer = await this.#choose(this.#each, job, this.#words.place(index + 1, this.#shown.size));
      }
      if (answer === 'no' || answer === 'quit') {
        this.#decline(job);
        continue;
      }
      const doing =
        mode === 'Undo' ? { en: 'undoing', ko: '되돌리는 중' } : { en: 'fixing', ko: '고치는 중' };
      world.progress.step(
        { en: `${doing.en} ${job.resourceId}`, ko: `${job.resourceId} ${doing.ko}` },
        { ...aboutOf(job), done: index, total: this.#shown.size },
      );
      const item = applied(job, seen, await this.#engine.apply(job, seen, record));
      world.progress.done();
      this.#items.set(job, item);
      await this.#print(`${resultText(item, account.accountId, this.#style)}\n`);
    }
  }
}

const aboutOf = ({ rule, region, resourceId }: Job) => ({ rule: rule.id, region, resourceId });

function count(items: readonly Item[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of items) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function summaryLine(
  summary: Partial<Record<Outcome, number>>,
  notLookedAt: number,
  max: number,
  words: RemediateWords,
): string {
  const parts = (Object.keys(words.counts) as Outcome[]).flatMap((outcome) => {
    const count = summary[outcome];
    return count ? [words.count(words.counts[outcome], count)] : [];
  });
  const more = notLookedAt > 0 ? words.notLookedAt(notLookedAt, max) : '';
  return `${parts.join(', ') || words.nothingToFix}${more}`;
}

function exitStatus(
  items: readonly Item[],
  { isList, isPreview, notLookedAt }: { isList: boolean; isPreview: boolean; notLookedAt: number },
): number {
  const has = (...outcomes: Outcome[]) => items.some(({ outcome }) => outcomes.includes(outcome));
  const isFailed = has('Failed', 'Stale') || (!isList && has('NotFound'));
  if (isPreview) return isFailed ? 2 : 0;
  if (isFailed) return items.some(({ changed }) => changed) ? 1 : 2;
  return has('Left', 'Refused', 'Declined', 'Cancelled') || notLookedAt > 0 ? 1 : 0;
}
