import type { LiveAccount } from '../../account/live/open.ts';
import { lines } from '../../report/lines.ts';
import { jsonText } from '../../report/printable.ts';
import type { Answer, Asker } from '../program/ask.ts';
import type { World } from '../program/world.ts';
import { type Job, openEngine, type Run } from './engine.ts';
import { howToFind } from './jobs.ts';
import type { RecordKey } from './key.ts';
import { applied, type Item, nothingToUndo, type Outcome, previewed, refused } from './outcome.ts';
import { changesOf } from './record.ts';
import { nameOf, plural, previewText, resultText } from './text.ts';

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
  const { account, mode, max, isList, isJson, yes, key, record, settings, world } = context;
  const { progress, out } = world;
  const now = world.now();
  const screen = world.screen();
  const isAsking = mode !== 'Preview' && !yes;
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  const asker = world.ask?.(onInterrupt);
  const ask: Asker | undefined = asker && {
    confirm(question, signal) {
      progress.done();
      return asker.confirm(question, signal);
    },
    choose(question, signal) {
      progress.done();
      return asker.choose(question, signal);
    },
  };
  /** Who is to say yes to each, before it is changed. */
  const each = isList && isAsking && mode === 'Apply' ? ask : undefined;
  const engine = openEngine({
    account,
    now,
    signal: interrupt.signal,
    ask: ask?.confirm,
    key,
    ...(world.sleep && { sleep: world.sleep }),
  });
  const write = lines(out);
  const print = async (text: string) => {
    progress.done();
    if (!isJson) await write(text);
    // Whoever is asked has to see what about.
    else if (isAsking) progress.show(text.trimEnd());
  };

  const items = new Map<Job, Item>();
  const shown = new Map<Job, Run>();
  let notLookedAt = 0;
  for (const [index, job] of jobs.entries()) {
    if (mode !== 'Undo' && shown.size >= max) {
      notLookedAt = jobs.length - index;
      break;
    }
    progress.step(`looking at ${job.resourceId} (${index + 1} of ${jobs.length})`);
    const { item, run } = await look(job);
    progress.done();
    items.set(job, item);
    if (item.outcome === 'WouldChange' && run) shown.set(job, run);
    if (item.outcome === 'Failed')
      progress.note(`groundrules: ${job.rule.id} ${job.resourceId}: ${item.message}`);
    else if (item.outcome === 'NotFound' && !isList) {
      progress.note(`groundrules: ${item.message} of account ${account.accountId}. ${howToFind(job.rule)}`);
    } else await print(`${previewText(item, account.accountId, screen, !isList)}\n`);
  }

  async function look(job: Job): Promise<{ item: Item; run?: Run }> {
    if (job.earlier && changesOf(job.earlier).length === 0) return { item: nothingToUndo(job) };
    try {
      const run = await engine.preview(job);
      return { item: previewed(job, run), run };
    } catch (error) {
      // A parameter that SSM would refuse. Alone it is a wrong call, among others it is theirs alone.
      if (!isList) throw error;
      return { item: refused(job, error as Error) };
    }
  }

  if (shown.size === 0 || mode === 'Preview') {
    if (shown.size > 0) await print(`Nothing was changed. Add --apply to make these changes.\n`);
  } else if (await isConfirmed()) {
    const releases = [world.onInterrupt(['SIGINT', 'SIGTERM'], onInterrupt), world.onUnread(onInterrupt)];
    try {
      await applyAll();
    } finally {
      for (const release of releases) release();
    }
  } else {
    for (const job of shown.keys()) decline(job);
    await print('Nothing was changed.\n');
  }

  async function isConfirmed(): Promise<boolean> {
    if (yes || each) return true;
    const wanted = [...shown.keys()].map((job) => items.get(job) as Item);
    return (await ask?.confirm(question(wanted), interrupt.signal)) ?? false;
  }

  function decline(job: Job): void {
    const item = items.get(job) as Item;
    items.set(job, { ...item, outcome: 'Declined', message: 'Nobody said yes: nothing was changed.' });
  }

  /** Shows it whole, and right above the question: what was said of it before may be pages away. */
  async function choose(by: Asker, job: Job, place: string) {
    const item = items.get(job) as Item;
    await print(`${previewText(item, account.accountId, screen, true)}\n`);
    return by.choose(`${place}: ${question([item])}`, interrupt.signal);
  }

  function question(wanted: readonly Item[]): string {
    const count = wanted.reduce((sum, { plan }) => sum + (plan?.steps.length ?? 0), 0);
    const [only] = wanted;
    const what = `${count === 1 ? 'this change' : `these ${count} changes`}`;
    const where =
      wanted.length === 1 && only
        ? `${nameOf(only)} in account ${account.accountId} (${only.region})`
        : `${plural(wanted.length, 'resource')} in account ${account.accountId}`;
    return mode === 'Undo' ? `Undo: make ${what} to ${where}?` : `Apply ${what} to ${where}?`;
  }

  async function applyAll(): Promise<void> {
    let answer: Answer | undefined;
    for (const [index, [job, seen]] of [...shown].entries()) {
      if (interrupt.signal.aborted) {
        const item = items.get(job) as Item;
        items.set(job, { ...item, outcome: 'Cancelled', message: 'Interrupted before its turn.' });
        continue;
      }
      if (each && answer !== 'all' && answer !== 'quit') {
        answer = await choose(each, job, `${index + 1} of ${shown.size}`);
      }
      if (answer === 'no' || answer === 'quit') {
        decline(job);
        continue;
      }
      progress.step(`${mode === 'Undo' ? 'undoing' : 'fixing'} ${job.resourceId}`);
      const item = applied(job, seen, await engine.apply(job, seen, record));
      progress.done();
      items.set(job, item);
      await print(`${resultText(item, account.accountId, screen)}\n`);
    }
  }

  const list = [...items.values()];
  const summary = count(list);
  if (isJson) {
    const head = { schemaVersion: '1.0', generatedAt: now.toISOString(), accountId: account.accountId, mode };
    await write(`${jsonText({ ...head, settings, executions: list, notLookedAt, summary }, 2)}\n`);
  } else if (isList || jobs.length > 1) {
    await write(`${summaryLine(summary, notLookedAt, max)}\n`);
  }
  if (interrupt.signal.aborted) return 130;
  return exitStatus(list, { isList, isPreview: mode === 'Preview', notLookedAt });
}

function count(items: readonly Item[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of items) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

const WORDS: Readonly<Record<Outcome, string>> = {
  Done: 'done',
  WouldChange: 'would change',
  Left: 'with something left',
  Refused: 'refused',
  Failed: 'failed',
  Stale: 'no longer as shown',
  Cancelled: 'interrupted',
  Declined: 'not confirmed',
  Nothing: 'with nothing to do',
  NotFound: 'gone',
};

function summaryLine(summary: Partial<Record<Outcome, number>>, notLookedAt: number, max: number): string {
  const parts = (Object.keys(WORDS) as Outcome[]).flatMap((outcome) =>
    summary[outcome] ? [`${summary[outcome]} ${WORDS[outcome]}`] : [],
  );
  const more =
    notLookedAt > 0
      ? `; ${plural(notLookedAt, 'more resource')} not looked at (--max ${max}, raise it or run again)`
      : '';
  return `${parts.join(', ') || 'nothing to fix'}${more}`;
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
