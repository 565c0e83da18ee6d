/** Which pages a run's HTML report has, and each of them: the page of `evaluate --format html`, made of the lines. */
import { Writable } from 'node:stream';
import { controls } from '../../../catalogue/index.ts';
import { htmlReport } from '../../../report/formats/html/report.ts';
import {
  type Header,
  type HeaderInput,
  type Result,
  type ResultError,
  SEVERITIES,
  type Summary,
} from '../../../report/result.ts';
import { count, noSummary } from '../../../report/summary.ts';
import type { AnyRule, Severity } from '../../../rules/rule.ts';
import { type Asked, type FleetFile, type JudgedAs, judgedAsOf, reportPrefix } from '../layout.ts';
import type { AccountLine, ErrorLine, Line, ResultLine } from '../lines.ts';
import { linesOfEach } from '../read.ts';
import type { Store } from '../store.ts';
import { RULE_PAGES } from './rule-pages.ts';

/** The most results of a page, unless an account alone has more: so many are tested and measured (docs/benchmarks.md, `formats`). */
export const MOST = 50_000;

/** An account, and what came of it. */
export interface Counted {
  readonly account: Asked;
  readonly entered: boolean;
  readonly regions: readonly string[];
  /** ISO 8601. */
  readonly asOf: string;
  /** Of each Region, when AWS Config's newest file was made, where the account is judged by these. */
  readonly delivered?: AccountLine['delivered'];
  readonly summary: Summary;
  /** What fails and is not waived. */
  readonly open: Readonly<Record<Severity, number>>;
}

export interface PagePlan {
  /** The unit's path by names; `undefined` of the page of all. */
  readonly unit: string | undefined;
  /** From 1, where a unit has several pages. */
  readonly part: number | undefined;
  /** Beside the others, in the folder of the day. */
  readonly file: string;
  readonly accounts: readonly Counted[];
}

export const resultsIn = ({ compliant, nonCompliant, notApplicable, errors }: Summary): number =>
  compliant + nonCompliant + notApplicable + errors;
const sizeOf = (accounts: readonly Counted[]): number =>
  accounts.reduce((sum, { summary }) => sum + resultsIn(summary), 0);
const byId = (one: Counted, other: Counted): number => (one.account.id < other.account.id ? -1 : 1);

/** One page where it has room for all, else one a unit, or several, the worst first. */
export function planned(counted: readonly Counted[], most = MOST): readonly PagePlan[] {
  const all = [...counted].sort(byId);
  if (sizeOf(all) <= most) {
    return [{ unit: undefined, part: undefined, file: 'index.html', accounts: all }];
  }
  const units = new Map<string, Counted[]>();
  for (const one of all) {
    const id = one.account.units.at(-1)?.id ?? 'none';
    const own = units.get(id) ?? [];
    own.push(one);
    units.set(id, own);
  }
  return [...units]
    .flatMap(([id, accounts]) => {
      const parts = divided(accounts, most);
      const unit = (accounts[0] as Counted).account.units.map(({ name }) => name).join('/');
      return parts.map((part, at): PagePlan => {
        const number = parts.length > 1 ? at + 1 : undefined;
        const file = `unit=${id}${number === undefined ? '' : `-${number}`}.html`;
        return { unit, part: number, file, accounts: part };
      });
    })
    .sort(worse);
}

/** As few groups as there may be without changing the order, each with room for one account at least. */
function divided(accounts: readonly Counted[], most: number): readonly (readonly Counted[])[] {
  const parts: Counted[][] = [];
  let size = 0;
  for (const one of accounts) {
    const own = resultsIn(one.summary);
    const last = parts.at(-1);
    if (last && size + own <= most) {
      last.push(one);
      size += own;
    } else {
      parts.push([one]);
      size = own;
    }
  }
  return parts;
}

export const openIn = ({ accounts }: PagePlan, severity: Severity): number =>
  accounts.reduce((sum, { open }) => sum + open[severity], 0);

function worse(one: PagePlan, other: PagePlan): number {
  for (const severity of SEVERITIES) {
    const difference = openIn(other, severity) - openIn(one, severity);
    if (difference !== 0) return difference;
  }
  return one.file < other.file ? -1 : 1;
}

export interface PageOptions {
  readonly day: string;
  readonly rules: readonly AnyRule[];
  readonly settings: Pick<FleetFile, 'judgedAs' | 'homeRegion' | 'regions' | 'delivery' | 'language'>;
  readonly store: Store;
  readonly generatedAt: Date;
}

/** Writes a page. It needs memory for the accounts that are read at a time, and for the page. */
export async function writePage(plan: PagePlan, options: PageOptions): Promise<void> {
  const { day, store } = options;
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const report = htmlReport(out, { pageText: textOf, language: options.settings.language ?? 'en' });
  const summary = noSummary({ failOn: 'LOW', onError: 'ignore' });
  await report.begin(headerOf(plan, options));
  const accounts = plan.accounts.map(({ account }) => account);
  for await (const { lines } of linesOfEach(accounts, day, store)) {
    for (const line of lines) {
      if (line.kind === 'account') continue;
      if (line.kind === 'result') count(summary, line);
      else summary.errors++;
      await (line.kind === 'result' ? report.result(bare(line)) : report.error(bare(line)));
    }
  }
  await report.end(summary);
  await store.put(`${reportPrefix(day)}${plan.file}`, Buffer.concat(chunks), HTML);
}

export const HTML = 'text/html; charset=utf-8';

function bare(line: ResultLine): Result;
function bare(line: ErrorLine): ResultError;
function bare({ kind, run, asOf, judgedAt, ...one }: ResultLine | ErrorLine): Result | ResultError {
  return one;
}

/** A rule that this version does not have, while another is being deployed, has no page. */
const textOf = (page: string): string => RULE_PAGES[page] ?? '';

function headerOf(
  { accounts }: PagePlan,
  { rules, settings, generatedAt }: Omit<PageOptions, 'day' | 'store'>,
): Header {
  const ways = new Set(accounts.map(({ account }) => judgedAsOf(settings, account)));
  const judged = rules.filter(({ id }) => [...ways].some(({ leftOut }) => !leftOut.includes(id)));
  const times = new Set(accounts.map(({ asOf }) => asOf));
  const [time] = times;
  const own = controls.filter((one) => one.kind === 'custom' && judged.some(({ id }) => id === one.rule));
  const { delivery } = settings;
  const source = delivery ? `s3://${delivery.bucket}/${delivery.prefix}` : null;
  const whole = settings.judgedAs.find(({ units }) => units === undefined);
  return {
    generatedAt,
    accountIds: accounts.map(({ account }) => account.id),
    rules: judged.map(({ id }) => id),
    ...(times.size === 1 && time !== undefined && { now: new Date(time) }),
    sample: false,
    settings: {
      ...{ file: 'organization.fleet', homeRegion: settings.homeRegion, regions: settings.regions },
      groups: [...ways].flatMap(groupOf),
    },
    controls: { judged: own.length, all: controls.length },
    inputs: accounts.map(
      ({ account, asOf, regions, delivered }): HeaderInput => ({
        ...{ accountId: account.id, source, asOf: new Date(asOf), regions },
        ...(delivered && { delivered }),
      }),
    ),
    parameters: whole?.parameters ?? {},
  };
}

const groupOf = ({ group, units, leftOut, parameters }: JudgedAs) =>
  group === undefined || !units ? [] : [{ name: group, organizationalUnits: units, leftOut, parameters }];

/** What the lines of an account say of it. */
export function countedOf(account: Asked, lines: readonly Line[]): Counted {
  const summary = noSummary({ failOn: 'LOW', onError: 'ignore' });
  const open = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };
  let head: AccountLine | undefined;
  for (const line of lines) {
    if (line.kind === 'result') {
      count(summary, line);
      if (line.compliance === 'NON_COMPLIANT' && !line.waivers) open[line.severity]++;
    } else if (line.kind === 'error') summary.errors++;
    else head = line;
  }
  if (!head) throw new Error(`account ${account.id}: its results have no first line`);
  const { entered, regions, asOf, delivered } = head;
  return { account, entered, regions, asOf, ...(delivered && { delivered }), summary, open };
}
