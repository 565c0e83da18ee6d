import type { Language } from '../../report/both.ts';
import { printable } from '../../report/printable.ts';
import { subjectText } from '../../waivers/text.ts';
import { isExpired, isExpiring, type Waiver } from '../../waivers/waiver.ts';
import { MAIL_WORDS, type MailWords } from './mail-words.ts';
import type { ResultsSummary } from './results.ts';
import { type AccountCount, SEVERITIES, type WeeklySummary } from './summary.ts';

/** Lines of each list; the console has the rest. With names of fifty characters this stays far below SNS's 256 KB. */
const LINES = { controls: 25, accounts: 50, missing: 50, waivers: 25 };

export interface Mail {
  /** ASCII without line breaks, at most 100 characters (SNS's limit). */
  readonly subject: string;
  readonly text: string;
}

export interface MailOptions {
  /** The time of the counts, ISO 8601. */
  readonly time: string;
  readonly aggregator: string;
  /** Accounts that the settings leave out. */
  readonly excludedAccounts?: readonly string[] | undefined;
  readonly waivers?: readonly Waiver[];
  /** Of the text; English unless it is said. */
  readonly language?: Language | undefined;
  /** Where the counts are of a fleet's results, and not of the aggregator. */
  readonly results?: Pick<ResultsSummary, 'day' | 'changes' | 'report'>;
}

/** The weekly mail: plain text, worst first. It compares with an earlier week only where a fleet's results keep one. */
export function writeMail(
  summary: WeeklySummary,
  { time, aggregator, excludedAccounts = [], waivers = [], language = 'en', results }: MailOptions,
): Mail {
  const { accounts, packs } = summary;
  const words = MAIL_WORDS[language];
  const date = time.slice(0, 10);
  const failing = [...accounts.values()].filter(isFailing).length;
  const none = accounts.size === 0 && packs.size === 0;
  return {
    subject: none
      ? 'Groundrules: no account has results'
      : `Groundrules: ${failing} of ${count(accounts.size, 'account')} with results fail a rule`,
    text: [
      results ? words.fromResults(date, results.day) : words.fromAggregator(date, printable(aggregator)),
      ...(none
        ? [results ? words.noRun : words.noPack]
        : [
            ...changesLines(results?.changes, words),
            ...(results?.report === undefined ? [] : [words.page(results.report)]),
            ...(packs.size > 0 ? [section(words.packs, packLines(summary, words))] : []),
            controlsSection(summary, words),
            accountsSection(summary, words),
          ]),
      ...waiverSections(waivers, new Date(time), words),
      missingSection(summary, excludedAccounts, results ? words.nobodyIn : words.notDeployed, words),
    ]
      .join('\n\n')
      .concat('\n'),
  };
}

const isFailing = ({ failing, bySeverity }: AccountCount): boolean =>
  failing > 0 || SEVERITIES.some((severity) => bySeverity[severity] > 0);

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

const section = (title: string, lines: readonly string[]) =>
  [title, ...lines.map((line) => `  ${line}`)].join('\n');

/** The first lines, and how many are left out. */
function cut(lines: readonly string[], most: number, rest: (more: number) => string): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), rest(more)] : [...lines];
}

function packLines({ packs }: WeeklySummary, words: MailWords): string[] {
  const shown = [...packs].map(([name, pack]) => [printable(name), pack] as const);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .sort(([, one], [, other]) => other.failing - one.failing)
    .map(
      ([name, { passing, failing, undecided }]) =>
        `${name.padEnd(width)}  ${words.pack(failing, passing, undecided)}`,
    );
}

function controlsSection({ controls }: WeeklySummary, words: MailWords): string {
  if (controls.size === 0) return words.noRule;
  const lines = [...controls]
    .sort(
      ([oneId, one], [otherId, other]) =>
        SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
        other.accounts.size - one.accounts.size ||
        oneId.localeCompare(otherId, 'en'),
    )
    .map(
      ([id, { severity, accounts, resources, isMore }]) =>
        `${severity.padEnd(8)}  ${id}: ${words.rule(accounts.size, resources, isMore)}`,
    );
  return section(words.rules, cut(lines, LINES.controls, words.more.rule));
}

function accountsSection({ accounts, members }: WeeklySummary, words: MailWords): string {
  const failing = [...accounts].filter(([, account]) => isFailing(account));
  if (failing.length === 0) return words.noAccount;
  const lines = failing
    .sort(([oneId, one], [otherId, other]) => worse(one, other) || oneId.localeCompare(otherId, 'en'))
    .map(([id, account]) => {
      const severities = SEVERITIES.filter((severity) => account.bySeverity[severity] > 0).map(
        (severity) => `${account.bySeverity[severity]} ${severity}`,
      );
      const open = account.total - account.passing - account.failing;
      return [
        `${id}${nameOf(members, id)}: ${severities.join(', ') || words.failing(account.failing)}`,
        words.passing(account.passing, account.total),
        ...(open > 0 ? [words.open(open)] : []),
      ].join('; ');
    });
  return section(words.accounts, cut(lines, LINES.accounts, words.more.account));
}

function worse(one: AccountCount, other: AccountCount): number {
  for (const severity of SEVERITIES) {
    const difference = other.bySeverity[severity] - one.bySeverity[severity];
    if (difference !== 0) return difference;
  }
  return other.failing - one.failing;
}

/** What is waived counts as neither passing nor failing: the mail says that it is there, what ends soon, and what has ended. */
function waiverSections(waivers: readonly Waiver[], now: Date, words: MailWords): string[] {
  if (waivers.length === 0) return [];
  const held = waivers.filter((waiver) => !isExpired(waiver, now));
  const listed = (title: string, some: readonly Waiver[]) =>
    some.length === 0
      ? []
      : [
          section(
            title,
            cut(
              [...some]
                .sort((one, other) => one.until.localeCompare(other.until, 'en'))
                .map(({ rule, resource, tag, account, until, ticket, owner, reason }) =>
                  printable(
                    `${until}  ${rule} ${subjectText({ resource, tag }, words.tag)}${account === undefined ? '' : words.inAccount(account)} (${ticket}, ${owner}): ${reason}`,
                  ),
                ),
              LINES.waivers,
              words.more.waiver,
            ),
          ),
        ];
  return [
    words.waived(held.length),
    ...listed(
      words.expiring,
      held.filter((waiver) => isExpiring(waiver, now)),
    ),
    ...listed(
      words.expired,
      waivers.filter((waiver) => isExpired(waiver, now)),
    ),
  ];
}

const nameOf = (members: WeeklySummary['members'], id: string): string => {
  const name = 'problem' in members ? undefined : members.get(id);
  return name ? ` ${printable(name)}` : '';
};

function changesLines(changes: ResultsSummary['changes'], words: MailWords): string[] {
  if (!changes) return [];
  const { since, added, fixed } = changes;
  return [words.changes(since, added, fixed)];
}

function missingSection(
  { accounts, members }: WeeklySummary,
  excluded: readonly string[],
  why: string,
  words: MailWords,
): string {
  if ('problem' in members) {
    return words.unknown(printable(members.problem));
  }
  const without = [...members].filter(([id]) => !accounts.has(id));
  const leftOut = without.filter(([id]) => excluded.includes(id)).length;
  const lines = without
    .filter(([id]) => !excluded.includes(id))
    .map(([id, name]) => `${id} ${printable(name)}`.trim())
    .sort();
  const missing =
    lines.length === 0
      ? words.all(leftOut > 0)
      : section(words.without(lines.length, why), cut(lines, LINES.missing, words.more.account));
  // Accounts that are left out and still have results are in the lists above: their stack is still there, or an
  // account moved.
  return leftOut > 0 ? `${words.leftOut(leftOut)}\n\n${missing}` : missing;
}
