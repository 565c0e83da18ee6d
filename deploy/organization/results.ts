/** Counts what a fleet's last whole day has, account by account, and what has changed since a week before. */
import { type Asked, accountsKey, dayOfRun, FOLDERS, reportKey } from '../fleet/layout.ts';
import type { Line } from '../fleet/lines.ts';
import { linesOf, linesOfEach } from '../fleet/read.ts';
import type { Store } from '../fleet/store.ts';
import { EARLIER_DAYS } from '../fleet/tables.ts';
import type { AccountCount, ControlCount, SEVERITIES, WeeklySummary } from './summary.ts';

export interface ResultsSummary extends WeeklySummary {
  /** Of the results; absent where no run has ended yet. */
  readonly day?: string;
  /** Where the HTML report of the day is; absent where it has none any more. */
  readonly report?: string;
  /** Since the newest whole day that is a week older, of the last thirty days; absent where there is none. */
  readonly changes?: { readonly since: string; readonly added: number; readonly fixed: number };
}

const DAY_MS = 86_400_000;

/** @param time nothing younger counts, ISO 8601. */
export async function summarizeResults(store: Store, time: string): Promise<ResultsSummary> {
  const days: string[] = [];
  for await (const { key } of store.list(FOLDERS.runs)) {
    const day = dayOfRun(key);
    if (day !== undefined && day <= time.slice(0, 10)) days.push(day);
  }
  days.sort();
  const day = days.at(-1);
  const nothing = { packs: new Map(), accounts: new Map(), controls: new Map(), members: new Map() };
  if (day === undefined) return nothing;
  const daysBefore = (from: string, count: number) =>
    new Date(Date.parse(from) - count * DAY_MS).toISOString().slice(0, 10);
  // The same day as the view changed_this_week compares with.
  const since = days.findLast(
    (one) => one <= daysBefore(day, 7) && one >= daysBefore(time.slice(0, 10), EARLIER_DAYS),
  );
  const asked = JSON.parse(await store.text(accountsKey(day))) as readonly Asked[];
  const accounts = new Map<string, AccountCount>();
  const controls = new Map<string, ControlCount>();
  let added = 0;
  let fixed = 0;
  for await (const { account, lines } of linesOfEach(asked, day, store)) {
    const [head] = lines;
    if (head?.kind === 'account' && head.entered) accounts.set(account.id, countOf(lines));
    addControls(lines, controls);
    if (since === undefined) continue;
    const before = failingIn(await linesOf(account.id, since, store));
    const now = failingIn(lines);
    const passing = new Set(lines.flatMap((line) => (isPassing(line) ? [keyOf(line)] : [])));
    added += [...now].filter((key) => !before.has(key)).length;
    fixed += [...before].filter((key) => passing.has(key)).length;
  }
  const report = await uriOf(reportKey(day), store);
  return {
    ...{ ...nothing, accounts, controls, day },
    ...(report !== undefined && { report }),
    members: new Map(asked.map(({ id, name = '' }) => [id, name])),
    ...(since !== undefined && { changes: { since, added, fixed } }),
  };
}

/** `undefined` where there is no such object. */
async function uriOf(wanted: string, store: Store): Promise<string | undefined> {
  for await (const { key } of store.list(wanted)) if (key === wanted) return `s3://${store.bucket}/${key}`;
  return undefined;
}

type ResultLine = Extract<Line, { kind: 'result' }>;
const isFailing = (line: Line): line is ResultLine =>
  line.kind === 'result' && line.compliance === 'NON_COMPLIANT' && !line.waivers;
const isPassing = (line: Line): line is ResultLine =>
  line.kind === 'result' && line.compliance === 'COMPLIANT';
/** The same rule and resource on another day, whatever was found. */
const keyOf = ({ findingId }: ResultLine): string => findingId.slice(0, findingId.lastIndexOf('/'));
const failingIn = (lines: readonly Line[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => (isFailing(line) ? [keyOf(line)] : [])));

/** By rules: one fails where it fails of a resource, and passes where nothing else is said of any. */
function countOf(lines: readonly Line[]): AccountCount {
  const rules = new Set(lines.flatMap((line) => (line.kind === 'account' ? [] : [line.rule])));
  const failing = new Map(lines.flatMap((line) => (isFailing(line) ? [[line.rule, line.severity]] : [])));
  const open = new Set(lines.flatMap((line) => (line.kind === 'error' ? [line.rule] : [])));
  const waived = lines.flatMap((line) => (line.kind === 'result' && line.waivers ? [line.rule] : []));
  const passing = [...rules].filter(
    (rule) => !failing.has(rule) && !open.has(rule) && !waived.includes(rule),
  );
  const of = (severity: (typeof SEVERITIES)[number]) =>
    [...failing.values()].filter((one) => one === severity).length;
  return {
    ...{ total: rules.size, passing: passing.length, failing: failing.size },
    bySeverity: { CRITICAL: of('CRITICAL'), HIGH: of('HIGH'), MEDIUM: of('MEDIUM'), LOW: of('LOW') },
  };
}

function addControls(lines: readonly Line[], controls: Map<string, ControlCount>): void {
  for (const line of lines.filter(isFailing)) {
    for (const { id } of line.controls) {
      const known = controls.get(id);
      const one: ControlCount = known ?? {
        ...{ severity: line.severity, accounts: new Set(), resources: 0, isMore: false },
      };
      one.accounts.add(line.accountId);
      one.resources++;
      controls.set(id, one);
    }
  }
}
