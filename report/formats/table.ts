import type { Writable } from 'node:stream';
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import type { Severity } from '../../rules/rule.ts';
import type { Language } from '../both.ts';
import { ByUnit, byUnitWords } from '../by-unit.ts';
import { type CommandLine, commandList } from '../commands.ts';
import { lines } from '../lines.ts';
import { listing } from '../listing.ts';
import { printable } from '../printable.ts';
import {
  accountOf,
  type Header,
  type Report,
  type Result,
  type ResultError,
  SEVERITIES,
  type Summary,
} from '../result.ts';
import { storedText } from '../stored.ts';
import { waivedIn } from '../waived.ts';
import { whyNotOf, whyOf } from '../why.ts';
import { byPlace, bySeverity, Worst } from '../worst.ts';
import { type ReportWords, reportWords } from './words.ts';

export interface TableOptions {
  readonly colour: boolean;
  readonly language?: Language;
  /** Characters in a line. */
  readonly width: number;
  /** The most rows of one kind; what is over is counted. */
  readonly most?: number;
  /** Counts by organizational unit, too. */
  readonly groupBy?: 'ou';
  /** The command that shows which controls were not judged. */
  readonly unjudged?: string;
  /** What to do about a finding; `undefined` where there is nothing to type. */
  readonly next?: (worst: Result, header: Header) => readonly CommandLine[] | undefined;
}

/** The most that a row shows of an error, which AWS may be long-winded about. */
const LONGEST = 240;
/** The most notes on what is compliant. */
const MOST_NOTES = 10;

/** The `table` format: what a person can act on, worst first, and a summary. COMPLIANT resources are only counted. */
export function tableReport(
  out: Writable,
  { colour, width, language = 'en', most = 500, next, unjudged = UNJUDGED, groupBy }: TableOptions,
): Report {
  const print = lines(out);
  const paint = createColors(colour);
  const words = reportWords[language];
  const rows = rowsIn(paint, { colour, width, language });
  const failed = new Worst(most, bySeverity);
  // What is right takes a few lines at most, so that what is wrong stands out.
  const warned = new Worst(Math.min(most, MOST_NOTES), bySeverity);
  const waived = new Worst(most, bySeverity);
  const errors = new Worst<ResultError>(most, byPlace);
  const severities = new Map<Severity, number>();
  const units = groupBy && new ByUnit();
  let header: Header;

  const advised = (worst: Result): string[] => {
    const steps = next?.(worst, header);
    return steps ? [`${paint.bold(words.next)}\n${commandList(steps, { colour, width })}`] : [];
  };

  return {
    async begin(given) {
      header = given;
    },
    result(result) {
      units?.add(result);
      if (result.compliance === 'NON_COMPLIANT') {
        severities.set(result.severity, (severities.get(result.severity) ?? 0) + 1);
        (result.waivers ? waived : failed).add(result);
      } else if (result.compliance === 'COMPLIANT' && (result.annotation || result.stored))
        warned.add(result);
    },
    error(error) {
      units?.add(error);
      errors.add(error);
    },
    async end(summary) {
      const [advice] = next ? failed.sorted().flatMap((worst) => advised(worst)) : [];
      const parts = [
        ...(header.sample ? [wrap(paint.bold(words.sample), width)] : []),
        ...(units ? [unitsText(units, { colour, language, width })] : []),
        ...(failed.count > 0 ? [rows.results('NON_COMPLIANT', failed, header)] : []),
        ...(errors.count > 0 ? [rows.errors(words.couldNotTell, errors, header)] : []),
        ...(waived.count > 0 ? [rows.results(words.waivedTitle, waived, header)] : []),
        ...(warned.count > 0 ? [rows.results(words.withNote, warned, header)] : []),
        ...(advice ? [advice] : []),
        wrap(summaryLines(summary, severities, header, { paint, unjudged, words }), width, { hard: true }),
      ];
      await print(`${parts.join('\n\n')}\n`);
    },
  };
}

function unitsText(
  units: ByUnit,
  { colour, language, width }: Required<Pick<TableOptions, 'colour' | 'language' | 'width'>>,
): string {
  const { title, head } = byUnitWords[language];
  const [unit = '', ...numbers] = head;
  const columns = [unit, ...numbers.map((name) => ({ name, right: true }) as const)];
  return `${createColors(colour).bold(title)}\n${listing(columns, units.rows(), { colour, width })}`;
}

type Paint = ReturnType<typeof createColors>;
type Shown = Worst<Result> | Worst<ResultError>;

/** Makes the tables of one kind of row, each below its title. */
function rowsIn(
  paint: Paint,
  { colour, width, language }: Required<Pick<TableOptions, 'colour' | 'width' | 'language'>>,
) {
  const words = reportWords[language];
  const tint: Record<Severity, (text: string) => string> = {
    CRITICAL: (text) => paint.bold(paint.red(text)),
    HIGH: paint.red,
    MEDIUM: paint.yellow,
    LOW: paint.cyan,
  };
  const table = (title: string, first: string, worst: Shown, cells: string[][], header: Header) => {
    const account = header.accountIds.length > 1 ? [words.account] : [];
    const where = worst.sorted().some(({ location }) => location) ? words.where : words.region;
    const head = [first, words.rule, ...account, where, words.resource, words.why];
    const text = `${paint.bold(title)}\n${listing(head, cells, { colour, width })}`;
    const more = worst.count - cells.length;
    return more > 0 ? `${text}\n${paint.dim(words.moreInJson(more))}` : text;
  };
  return {
    results(title: string, worst: Worst<Result>, header: Header): string {
      const cells = worst
        .sorted()
        .map((result) => [
          tint[result.severity](result.severity),
          result.rule,
          ...place(result, header),
          who(result, words),
          [
            printable(whyOf(result, language)),
            ...(result.waivers ?? []).map(waivedIn(language)),
            ...(result.stored ? [storedText(result.stored, language)] : []),
          ]
            .filter(Boolean)
            .join('; '),
        ]);
      return table(title, words.severity, worst, cells, header);
    },
    errors(title: string, worst: Worst<ResultError>, header: Header): string {
      const cells = worst
        .sorted()
        .map((error) => [
          paint.magenta(printable(error.code)),
          error.rule,
          ...place(error, header),
          who(error, words),
          shorten(whyNotOf(error, language)),
        ]);
      return table(title, words.code, worst, cells, header);
    },
  };
}

/** The account only where there are several, the Region always. */
const place = (one: Result | ResultError, { accountIds }: Header): string[] => {
  const where = one.location ? `${one.location.file}:${one.location.line}` : one.region;
  return (accountIds.length > 1 ? [accountOf(one), where] : [where]).map((text) => printable(text));
};

/** By name and id; a user by name alone, which is unique, as the id that AWS Config goes by says little to a person. */
function who(
  { resourceType, resourceId, resourceName }: Result | ResultError,
  { theAccount }: ReportWords,
): string {
  if (resourceType === 'AWS::::Account') return theAccount;
  if (!resourceName || resourceName === resourceId) return printable(resourceId);
  return printable(resourceType === 'AWS::IAM::User' ? resourceName : `${resourceName} (${resourceId})`);
}

const shorten = (text: string) => printable(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const UNJUDGED = 'groundrules controls --unjudged';

/** The counts first, then what they are of; what was not judged at all, and what was followed. */
function summaryLines(
  summary: Summary,
  severities: ReadonlyMap<Severity, number>,
  { accountIds, rules, now, sample, settings, controls }: Header,
  {
    paint,
    unjudged,
    words,
  }: { readonly paint: Paint; readonly unjudged: string; readonly words: ReportWords },
): string {
  const kinds = SEVERITIES.flatMap((severity) => {
    const count = severities.get(severity);
    return count === undefined ? [] : [[severity, count] as const];
  });
  const counts = [
    words.nonCompliant(summary.nonCompliant, words.severities(kinds)),
    ...(summary.waived > 0 ? [words.ofThemWaived(summary.waived)] : []),
    words.notJudged(summary.errors),
    words.compliant(summary.compliant),
    words.notApplicable(summary.notApplicable),
  ];
  const accounts = words.accounts(accountIds, sample);
  const time = now ? words.asOf(now.toISOString()) : words.eachAsOf;
  const verdict = summary.errors > 0 ? paint.magenta : summary.nonCompliant > 0 ? paint.red : paint.green;
  const left = controls.all - controls.judged;
  return [
    verdict(counts.join(', ')),
    paint.dim(`${printable(accounts)}; ${words.rules(rules.length)}; ${time}`),
    ...(settings ? [paint.dim(words.settings(printable(settings.file), settings.regions.join(', ')))] : []),
    ...(left > 0 ? [paint.dim(words.left(left, controls.all, unjudged))] : []),
  ].join('\n');
}
