import type { Writable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { lines } from '../lines.ts';
import { printable } from '../printable.ts';
import type { Report, Result, ResultError, Subject } from '../result.ts';
import { factsOf } from '../rule-facts.ts';

export const RESULT_HEAD = [
  ...['severity', 'compliance', 'rule', 'accountId', 'region', 'resourceType', 'resourceId', 'resourceName'],
  ...['why', 'controls', 'frameworks', 'fix', 'page', 'findingId'],
  ...['waivedUntil', 'ticket', 'owner', 'reason'],
  ...['accountName', 'organizationalUnit'],
  ...['file', 'line'],
];
/** How many rows are written at a time. */
const BATCH = 200;

/**
 * The `csv` format: a row for every verdict, and for everything that could not be judged. A cell that a spreadsheet would
 * take for a formula begins with an apostrophe.
 */
export function csvReport(out: Writable): Report {
  const rows = csvRows(out, RESULT_HEAD);
  return {
    begin: async () => {},
    result: (result) => rows.add(resultCells(result)),
    error: (error) => rows.add(errorCells(error)),
    end: rows.end,
  };
}

/** Rows below a head, some at a time. */
export function csvRows(out: Writable, head: readonly string[]) {
  const print = lines(out);
  let waiting: (readonly string[])[] = [head];
  const end = () => {
    const rows = waiting;
    waiting = [];
    return print(stringify(rows as string[][], { escape_formulas: true }));
  };
  return {
    add(cells: readonly string[]): Promise<void> | undefined {
      waiting.push(cells.map((cell) => printable(cell)));
      return waiting.length < BATCH ? undefined : end();
    },
    end,
  };
}

export const resultCells = (result: Result): string[] => [
  result.severity,
  result.compliance,
  ...subject(result),
  result.annotation,
  ...ruleCells(result.rule),
  result.fix ?? '',
  result.page,
  result.findingId,
  ...waivedCells(result),
  ...whoseCells(result),
  ...placeCells(result),
];

export const errorCells = (error: ResultError): string[] => [
  factsOf(error.rule).severity ?? '',
  'COULD_NOT_TELL',
  ...subject(error),
  `${error.code}: ${error.message}`,
  ...ruleCells(error.rule),
  '',
  factsOf(error.rule).page,
  error.findingId,
  ...['', '', '', ''],
  ...whoseCells(error),
  ...placeCells(error),
];

const whoseCells = ({ accountName = '', organizationalUnit = '' }: Subject): string[] => [
  accountName,
  organizationalUnit,
];

/** Of several waivers, what each says. */
const waivedCells = ({ waivers = [] }: Result): string[] =>
  (['until', 'ticket', 'owner', 'reason'] as const).map((field) =>
    waivers.map((waiver) => waiver[field]).join('; '),
  );

/** Where a template declares it. */
const placeCells = ({ location }: Subject): string[] => [location?.file ?? '', `${location?.line ?? ''}`];

const subject = ({ rule, accountId, region, resourceType, resourceId, resourceName = '' }: Subject) => [
  ...[rule, accountId, region, resourceType, resourceId, resourceName],
];

/** `CIS-AWS-5.0 1.13; NIST-800-53r5 AC-2(1), AC-2(3)` */
function ruleCells(rule: string): [controls: string, frameworks: string] {
  const { controls, frameworks } = factsOf(rule);
  return [
    controls.map(({ id }) => id).join(', '),
    Object.entries(frameworks)
      .map(([name, ids]) => `${name} ${ids.join(', ')}`)
      .join('; '),
  ];
}
