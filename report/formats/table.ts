import type { Writable } from 'node:stream';
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import type { Severity } from '../../rules/rule.ts';
import { type CommandLine, commandList } from '../commands.ts';
import { lines } from '../lines.ts';
import { listing } from '../listing.ts';
import { printable } from '../printable.ts';
import {
  type Header,
  type Report,
  type Result,
  type ResultError,
  SEVERITIES,
  type Summary,
} from '../result.ts';
import { storedText } from '../stored.ts';
import { waivedText } from '../waived.ts';
import { byPlace, bySeverity, Worst } from '../worst.ts';

export interface TableOptions {
  readonly colour: boolean;
  /** Characters in a line. */
  readonly width: number;
  /** The most rows of one kind; what is over is counted. */
  readonly most?: number;
  /** The command that shows which controls were not judged. */
  readonly unjudged?: string;
  /** What to do about a finding; `undefined` where there is nothing to type. */
  readonly next?: (worst: Result) => readonly CommandLine[] | undefined;
}

/** The most that a row shows of an error, which AWS may be long-winded about. */
const LONGEST = 240;
/** The most notes on what is compliant. */
const MOST_NOTES = 10;

/** The `table` format: what a person can act on, worst first, and a summary. COMPLIANT resources are only counted. */
export function tableReport(
  out: Writable,
  { colour, width, most = 500, next, unjudged = UNJUDGED }: TableOptions,
): Report {
  const print = lines(out);
  const paint = createColors(colour);
  const rows = rowsIn(paint, { colour, width });
  const failed = new Worst(most, bySeverity);
  // What is right takes a few lines at most, so that what is wrong stands out.
  const warned = new Worst(Math.min(most, MOST_NOTES), bySeverity);
  const waived = new Worst(most, bySeverity);
  const errors = new Worst<ResultError>(most, byPlace);
  const severities = new Map<Severity, number>();
  let header: Header;

  const advised = (worst: Result): string[] => {
    const steps = next?.(worst);
    // Nobody has the sample's accounts.
    const title = header.sample ? 'WHAT TO DO NEXT, IF THEY WERE YOURS' : 'WHAT TO DO NEXT';
    return steps ? [`${paint.bold(title)}\n${commandList(steps, { colour, width })}`] : [];
  };

  return {
    async begin(given) {
      header = given;
    },
    result(result) {
      if (result.compliance === 'NON_COMPLIANT') {
        severities.set(result.severity, (severities.get(result.severity) ?? 0) + 1);
        (result.waivers ? waived : failed).add(result);
      } else if (result.compliance === 'COMPLIANT' && (result.annotation || result.stored))
        warned.add(result);
    },
    error: (error) => errors.add(error),
    async end(summary) {
      const [advice] = next ? failed.sorted().flatMap((worst) => advised(worst)) : [];
      const parts = [
        ...(header.sample ? [wrap(paint.bold(SAMPLE), width)] : []),
        ...(failed.count > 0 ? [rows.results('NON_COMPLIANT', failed, header)] : []),
        ...(errors.count > 0 ? [rows.errors('COULD NOT TELL', errors, header)] : []),
        ...(waived.count > 0 ? [rows.results('WAIVED', waived, header)] : []),
        ...(warned.count > 0 ? [rows.results('COMPLIANT, WITH A NOTE', warned, header)] : []),
        ...(advice ? [advice] : []),
        wrap(summaryLines(summary, severities, header, { paint, unjudged }), width, { hard: true }),
      ];
      await print(`${parts.join('\n\n')}\n`);
    },
  };
}

type Paint = ReturnType<typeof createColors>;

/** Makes the tables of one kind of row, each below its title. */
function rowsIn(paint: Paint, { colour, width }: Pick<TableOptions, 'colour' | 'width'>) {
  const tint: Record<Severity, (text: string) => string> = {
    CRITICAL: (text) => paint.bold(paint.red(text)),
    HIGH: paint.red,
    MEDIUM: paint.yellow,
    LOW: paint.cyan,
  };
  const table = (title: string, first: string, cells: string[][], count: number, header: Header) => {
    const account = header.accountIds.length > 1 ? ['ACCOUNT'] : [];
    const head = [first, 'RULE', ...account, 'REGION', 'RESOURCE', 'WHY'];
    const text = `${paint.bold(title)}\n${listing(head, cells, { colour, width })}`;
    const more = count - cells.length;
    return more > 0 ? `${text}\n${paint.dim(`… and ${more} more (--format json has them all)`)}` : text;
  };
  return {
    results(title: string, worst: Worst<Result>, header: Header): string {
      const cells = worst
        .sorted()
        .map((result) => [
          tint[result.severity](result.severity),
          result.rule,
          ...place(result, header),
          who(result),
          [
            printable(result.annotation),
            ...(result.waivers ?? []).map(waivedText),
            ...(result.stored ? [storedText(result.stored)] : []),
          ]
            .filter(Boolean)
            .join('; '),
        ]);
      return table(title, 'SEVERITY', cells, worst.count, header);
    },
    errors(title: string, worst: Worst<ResultError>, header: Header): string {
      const cells = worst
        .sorted()
        .map((error) => [
          paint.magenta(printable(error.code)),
          error.rule,
          ...place(error, header),
          who(error),
          shorten(error.message),
        ]);
      return table(title, 'CODE', cells, worst.count, header);
    },
  };
}

/** The account only where there are several, the Region always. */
const place = ({ accountId, region }: Result | ResultError, { accountIds }: Header): string[] =>
  (accountIds.length > 1 ? [accountId, region] : [region]).map((one) => printable(one));

/** By name and id; a user by name alone, which is unique, as the id that AWS Config goes by says little to a person. */
function who({ resourceType, resourceId, resourceName }: Result | ResultError): string {
  if (resourceType === 'AWS::::Account') return 'the account';
  if (!resourceName || resourceName === resourceId) return printable(resourceId);
  return printable(resourceType === 'AWS::IAM::User' ? resourceName : `${resourceName} (${resourceId})`);
}

const shorten = (text: string) => printable(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const UNJUDGED = 'groundrules controls --unjudged';
const SAMPLE = 'SAMPLE ACCOUNTS, which come along with Groundrules: nothing of yours was judged';

/** The counts first, then what they are of; what was not judged at all, and what was followed. */
function summaryLines(
  summary: Summary,
  severities: ReadonlyMap<Severity, number>,
  { accountIds, rules, now, sample, settings, controls }: Header,
  { paint, unjudged }: { readonly paint: Paint; readonly unjudged: string },
): string {
  const kinds = SEVERITIES.filter((severity) => severities.has(severity))
    .map((severity) => `${severities.get(severity)} ${severity}`)
    .join(', ');
  const counts = [
    `${summary.nonCompliant} non-compliant${kinds && ` (${kinds})`}`,
    ...(summary.waived > 0 ? [`${summary.waived} of them waived`] : []),
    `${summary.errors} could not be judged`,
    `${summary.compliant} compliant`,
    `${summary.notApplicable} not applicable`,
  ];
  const several = accountIds.length > 1 ? 'accounts' : 'account';
  const accounts =
    accountIds.length > 3
      ? `${accountIds.length} ${sample ? 'sample ' : ''}accounts`
      : `${sample ? 'sample ' : ''}${several} ${accountIds.join(', ')}`;
  const judged = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  const time = now ? `as of ${now.toISOString()}` : 'each as of when it was collected';
  const verdict = summary.errors > 0 ? paint.magenta : summary.nonCompliant > 0 ? paint.red : paint.green;
  const left = controls.all - controls.judged;
  return [
    verdict(counts.join(', ')),
    paint.dim(`${printable(accounts)}; ${judged}; ${time}`),
    ...(settings
      ? [paint.dim(`settings: ${printable(settings.file)} (${settings.regions.join(', ')})`)]
      : []),
    ...(left > 0 ? [paint.dim(`${left} of ${controls.all} controls were not judged: ${unjudged}`)] : []),
  ].join('\n');
}
