/** Ends a run: no account that was asked for is without lines, and the day has a report, and a line that says what came of it. */
import pMap from 'p-map';
import * as z from 'zod/mini';
import { type Log, openLog } from '../../../config/log.ts';
import type { Summary } from '../../../report/result.ts';
import { unjudged } from '../../../report/said.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import { handed } from '../handed.ts';
import {
  type Asked,
  accountOfKey,
  contentsKey,
  judgedAsOf,
  pageKey,
  pagesKey,
  reportKey,
  resultsKey,
  resultsPrefix,
  runKey,
} from '../layout.ts';
import { packed } from '../lines.ts';
import { AT_A_TIME, linesOfEach } from '../read.ts';
import type { Store } from '../store.ts';
import { contentsOf, type PageRow, rowOf } from './contents.ts';
import {
  type Counted,
  countedOf,
  HTML,
  type PageOptions,
  type PagePlan,
  planned,
  writePage,
} from './pages.ts';

/** What the state machine hands over: what the first function answered, and why the map failed, where it did. */
const event = z.object({
  run: z.string().check(z.minLength(1)),
  started: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/)),
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  key: z.string().check(z.minLength(1)),
  failure: z.optional(z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) })),
});

/** The day's line. */
export interface RunLine {
  readonly run: string;
  readonly started: string;
  readonly ended: string;
  /** How many were asked for. */
  readonly accounts: number;
  /** How many of them nobody was let into. */
  readonly notEntered: number;
  /** How many of them the function came to no end for. */
  readonly notFinished: number;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly notApplicable: number;
  readonly waived: number;
  readonly couldNotTell: number;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  /** Why the map ended early, where it did. */
  readonly failure: string | null;
}

export interface EndAnswer {
  readonly line: RunLine;
  /** Pages that there was no time for, and that the second map makes. */
  readonly pagesLeft: number;
  /** What it reads. */
  readonly pagesKey: string;
}

export interface ReportOptions {
  readonly rules: readonly AnyRule[];
  readonly settings: PageOptions['settings'];
  readonly store: Store;
  readonly now?: () => Date;
  readonly log?: Log;
  /** The most results of a page. */
  readonly most?: number;
}

interface Context {
  getRemainingTimeInMillis?(): number;
}

/** What is left of the function's time for a page, and for what comes after all pages. */
const ENOUGH_MS = 90_000;

/** @returns a handler that rejects where the bucket cannot be read or written. */
export function endRun({
  rules,
  settings,
  store,
  now = () => new Date(),
  log = openLog(),
  most,
}: ReportOptions) {
  return async (given: unknown, context: Context = {}): Promise<EndAnswer> => {
    const { run, started, day, key, failure } = handed(event, given, 'the end of the run');
    const asked = JSON.parse(await store.text(key)) as readonly Asked[];
    const missing = await withoutResults(asked, { day, started, store });
    await pMap(
      missing,
      async (account) => {
        const { leftOut } = judgedAsOf(settings, account);
        const chosen = rules.filter(({ id }) => !leftOut.includes(id));
        const said = unjudged(account.id, chosen, new NotFinished(run));
        const nowhere = { entered: false, regions: [], said, run, asOf: started, judgedAt: started };
        await store.put(
          resultsKey(day, account.id),
          await packed({ account, ...nowhere }),
          'application/gzip',
        );
      },
      { concurrency: AT_A_TIME },
    );
    const counted: Counted[] = [];
    for await (const { account, lines } of linesOfEach(asked, day, store)) {
      counted.push(countedOf(account, lines));
    }
    const hasTime = () => (context.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY) > ENOUGH_MS;
    const { pages, left } = await writeReport(planned(counted, most), hasTime, {
      ...{ day, rules, settings, store, generatedAt: now() },
    });
    const line: RunLine = {
      ...{ run, started, ended: now().toISOString(), accounts: asked.length },
      notEntered: counted.filter(({ entered }) => !entered).length - missing.length,
      notFinished: missing.length,
      ...inWords(counted.map(({ summary }) => summary)),
      failure: failure ? [failure.Error, failure.Cause].filter(Boolean).join(': ') : null,
    };
    await store.put(runKey(day), `${JSON.stringify(line)}\n`, 'application/json');
    const { failure: _, ...numbers } = line;
    log.info('run ended', { ...numbers, pages, pagesLeft: left });
    return { line, pagesLeft: left, pagesKey: pagesKey(day) };
  };
}

/** One page after another, so that one is in memory; those that there is no time for are left to others. The list of several is written last. */
async function writeReport(
  pages: readonly PagePlan[],
  hasTime: () => boolean,
  options: PageOptions,
): Promise<{ readonly pages: number; readonly left: number }> {
  const left: PagePlan[] = [];
  for (const page of pages) {
    if (hasTime()) await writePage(page, options);
    else left.push(page);
  }
  const { day, store } = options;
  if (pages.length > 1 || left.length > 0) {
    const rows = pages.map(rowOf);
    const unwritten = new Set(left.map(({ file }) => file));
    if (left.length > 0) await leave(left, rows, options);
    const { language = 'en' } = options.settings;
    await store.put(reportKey(day), contentsOf({ day, pages: rows, unwritten, language }), HTML);
  }
  return { pages: pages.length - left.length, left: left.length };
}

async function leave(
  left: readonly PagePlan[],
  rows: readonly PageRow[],
  { day, store }: Pick<PageOptions, 'day' | 'store'>,
): Promise<void> {
  const put = (key: string, value: unknown) => store.put(key, JSON.stringify(value), 'application/json');
  await pMap(left, (page) => put(pageKey(day, page.file), page), { concurrency: AT_A_TIME });
  await put(contentsKey(day), rows);
  await put(
    pagesKey(day),
    left.map(({ file }) => ({ file })),
  );
}

class NotFinished extends Error {
  override readonly name = 'NotFinished';
  readonly code = 'NotFinished';
  constructor(run: string) {
    super(
      `the function came to no end for this account: Step Functions has the Map Run of ${run}, and CloudWatch the function's log`,
    );
  }
}

interface Run {
  readonly day: string;
  readonly started: string;
  readonly store: Store;
}

/** Those of which this run has put nothing. S3 counts in seconds. */
async function withoutResults(
  asked: readonly Asked[],
  { day, started, store }: Run,
): Promise<readonly Asked[]> {
  const since = Math.floor(Date.parse(started) / 1000) * 1000;
  const done = new Set<string>();
  for await (const { key, modified } of store.list(resultsPrefix(day))) {
    const account = accountOfKey(key);
    if (account !== undefined && modified.getTime() >= since) done.add(account);
  }
  return asked.filter(({ id }) => !done.has(id));
}

function inWords(summaries: readonly Summary[]) {
  const sum = (of: (summary: Summary) => number) => summaries.reduce((all, one) => all + of(one), 0);
  return {
    compliant: sum(({ compliant }) => compliant),
    nonCompliant: sum(({ nonCompliant }) => nonCompliant),
    notApplicable: sum(({ notApplicable }) => notApplicable),
    waived: sum(({ waived }) => waived),
    couldNotTell: sum(({ errors }) => errors),
    critical: sum(({ severities }) => severities.CRITICAL),
    high: sum(({ severities }) => severities.HIGH),
    medium: sum(({ severities }) => severities.MEDIUM),
    low: sum(({ severities }) => severities.LOW),
  };
}
