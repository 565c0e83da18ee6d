import type { Writable } from 'node:stream';
import { type ComparedError, type ComparedResult, compare, type Evaluated } from '../../compare.ts';
import { historyOf } from '../../history/history.ts';
import { type Run, RunBuilder, type Tracks } from '../../history/run.ts';
import type { Language } from '../../language.ts';
import { lines } from '../../lines.ts';
import { jsonText, printable } from '../../printable.ts';
import type { Header, Report, Result, ResultError, Summary } from '../../result.ts';
import { factsOf, pageIn } from '../../rule-facts.ts';
import { spill } from '../../spill.ts';
import { bySeverity, Worst } from '../../worst.ts';
import { inScript } from './escape.ts';
import { rulePage } from './markdown.ts';
import { keyOf, type PageData } from './model.ts';
import { pageAround } from './page.ts';
import type { Changes } from './parts/changes.ts';
import type { Historical } from './parts/history.ts';
import { pageRule, Rows, whyOf } from './rows.ts';
import { judgedControls } from './scores.ts';
import { Tally } from './tally.ts';
import { WORDS, type Words } from './words.ts';

/** The most failures that the page shows where no script runs. */
const MOST_WITHOUT_SCRIPT = 500;

export interface HtmlOptions {
  /** The text of a page of the package, in Markdown. */
  readonly pageText: (page: string) => string;
  /** English unless it is said. */
  readonly language?: Language;
  /** Earlier results, to say what has changed since. */
  readonly baseline?: { readonly file: string; readonly evaluated: Evaluated };
  /** Earlier runs, for trends and times to fix. */
  readonly history?: Pick<Historical, 'unread'> & {
    readonly reading?: Historical['reading'] | undefined;
    readonly tracks: Tracks;
    readonly runs: readonly Run[];
  };
}

/**
 * The `html` format: one file with all in it, which asks for nothing. Its numbers come first and are known last, so it is printed at the
 * end; until then the rows are kept in a file. Earlier results to compare with are kept in memory, and those of now beside them.
 */
export function htmlReport(out: Writable, options: HtmlOptions): Report {
  const { language = 'en', baseline, history } = options;
  const run = history && new RunBuilder(history.tracks);
  const print = lines(out);
  const tally = new Tally();
  const rows = new Rows(language);
  const text = spill();
  const worst = new Worst(MOST_WITHOUT_SCRIPT, bySeverity);
  const now: { results: ComparedResult[]; errors: ComparedError[] } = { results: [], errors: [] };
  let separator = '';
  let header: Header;
  const add = (one: Result | ResultError) => {
    tally.add(one);
    text.add(`${separator}\n${inScript(jsonText(rows.of(one)))}`);
    separator = ',';
  };
  return {
    async begin(given) {
      header = given;
    },
    result(result) {
      add(result);
      if (result.compliance === 'NON_COMPLIANT' && !result.waivers) worst.add(result);
      if (baseline) now.results.push(result);
      run?.result(result);
    },
    error(error) {
      add(error);
      if (baseline) now.errors.push(error);
      run?.error(error);
    },
    async end(summary: Summary) {
      const words = WORDS[language];
      const changes = baseline && {
        file: baseline.file,
        differences: compare(baseline.evaluated, now),
      };
      const historical = history &&
        run && {
          unread: history.unread,
          ...(history.reading
            ? { reading: history.reading }
            : { history: historyOf(history.tracks, history.runs, run.finish('', header)) }),
        };
      const ids = rows.rules.names;
      const [before, after] = pageAround(
        {
          ...{ header, summary, tally, language, changes, historical, judged: judgedControls(tally.rules) },
          pages: new Map(ids.map((id) => [id, pageOf(id, options)])),
          worst: {
            shown: worst.sorted(),
            count: worst.count,
            whyOf: (result) => whyOf(result, language),
          },
        },
        words,
      );
      await print(`${before}{"rows":[`);
      await text.flow(print);
      await print(`\n],${inScript(jsonText(restOf(rows, language, words, changes))).slice(1)}${after}`);
    },
  };
}

const pageOf = (id: string, { pageText, language = 'en' }: HtmlOptions) =>
  rulePage(pageText(pageIn(factsOf(id).page, language)), language);

/** The data of the page but for its rows. */
function restOf(
  rows: Rows,
  language: Language,
  words: Words,
  changes: Changes | undefined,
): Omit<PageData, 'rows'> {
  const keys = (wanted: 'new' | 'changed') =>
    (changes?.differences ?? [])
      .filter(({ change }) => change === wanted)
      .map(({ subject: { rule, accountId, region, resourceType, resourceId } }) =>
        keyOf(rule, printable(accountId), printable(region), printable(resourceType), printable(resourceId)),
      );
  return {
    language,
    words: words.client,
    rules: rows.rules.names.map((id) => pageRule(id, language)),
    accounts: rows.accounts.names,
    ...(rows.accountNames.some((name, at) => name !== rows.accounts.names[at]) && {
      accountNames: rows.accountNames,
    }),
    regions: rows.regions.names,
    types: rows.types.names,
    domains: words.domains,
    ...(changes && { changes: { new: keys('new'), changed: keys('changed') } }),
  };
}
