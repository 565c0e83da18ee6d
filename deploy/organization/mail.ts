import { printable } from '../../report/printable.ts';
import { subjectText } from '../../waivers/text.ts';
import { isExpired, isExpiring, type Waiver } from '../../waivers/waiver.ts';
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
  /** Where the counts are of a fleet's results, and not of the aggregator. */
  readonly results?: Pick<ResultsSummary, 'day' | 'changes' | 'report'>;
}

/** The weekly mail: plain text, worst first. It compares with an earlier week only where a fleet's results keep one. */
export function writeMail(
  summary: WeeklySummary,
  { time, aggregator, excludedAccounts = [], waivers = [], results }: MailOptions,
): Mail {
  const { accounts, packs } = summary;
  const failing = [...accounts.values()].filter(isFailing).length;
  const none = accounts.size === 0 && packs.size === 0;
  return {
    subject: none
      ? 'Groundrules: no account has results'
      : `Groundrules: ${failing} of ${count(accounts.size, 'account')} with results fail a rule`,
    text: [
      results
        ? `Groundrules, ${time.slice(0, 10)}, from the results of ${results.day ?? 'no day yet'}.`
        : `Groundrules, ${time.slice(0, 10)}, from the AWS Config aggregator ${printable(aggregator)}.`,
      ...(none
        ? [
            results
              ? 'No run has judged an account. docs/fleet.md says what has to be there.'
              : 'No pack of any account is known to it. docs/organization.md, "What goes wrong", says where to look.',
          ]
        : [
            ...changesLines(results?.changes),
            ...(results?.report === undefined ? [] : [`The HTML report: ${results.report}`]),
            ...(packs.size > 0 ? [section('Packs, in accounts and Regions', packLines(summary))] : []),
            controlsSection(summary),
            accountsSection(summary),
          ]),
      ...waiverSections(waivers, new Date(time)),
      missingSection(summary, excludedAccounts, results ? NOBODY_IN : NOT_DEPLOYED),
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
function cut(lines: readonly string[], most: number, noun: string): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `... and ${count(more, noun)} more`] : [...lines];
}

function packLines({ packs }: WeeklySummary): string[] {
  const shown = [...packs].map(([name, pack]) => [printable(name), pack] as const);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .sort(([, one], [, other]) => other.failing - one.failing)
    .map(
      ([name, { passing, failing, undecided }]) =>
        `${name.padEnd(width)}  ${failing} failing, ${passing} passing, ${undecided} without a verdict`,
    );
}

function controlsSection({ controls }: WeeklySummary): string {
  if (controls.size === 0) return 'No rule fails.';
  const lines = [...controls]
    .sort(
      ([oneId, one], [otherId, other]) =>
        SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
        other.accounts.size - one.accounts.size ||
        oneId.localeCompare(otherId, 'en'),
    )
    .map(
      ([id, { severity, accounts, resources, isMore }]) =>
        `${severity.padEnd(8)}  ${id}: ${count(accounts.size, 'account')}, ${isMore ? 'more than ' : ''}${count(resources, 'resource')}`,
    );
  return section('Rules that fail, by severity and accounts', cut(lines, LINES.controls, 'rule'));
}

function accountsSection({ accounts, members }: WeeklySummary): string {
  const failing = [...accounts].filter(([, account]) => isFailing(account));
  if (failing.length === 0) return 'No account fails a rule.';
  const lines = failing
    .sort(([oneId, one], [otherId, other]) => worse(one, other) || oneId.localeCompare(otherId, 'en'))
    .map(([id, account]) => {
      const severities = SEVERITIES.filter((severity) => account.bySeverity[severity] > 0).map(
        (severity) => `${account.bySeverity[severity]} ${severity}`,
      );
      const open = account.total - account.passing - account.failing;
      return [
        `${id}${nameOf(members, id)}: ${severities.join(', ') || `${account.failing} failing`}`,
        `${account.passing} of ${count(account.total, 'rule')} pass`,
        ...(open > 0 ? [`${open} without a result`] : []),
      ].join('; ');
    });
  return section('Accounts that fail, worst first', cut(lines, LINES.accounts, 'account'));
}

function worse(one: AccountCount, other: AccountCount): number {
  for (const severity of SEVERITIES) {
    const difference = other.bySeverity[severity] - one.bySeverity[severity];
    if (difference !== 0) return difference;
  }
  return other.failing - one.failing;
}

/** What is waived counts as neither passing nor failing: the mail says that it is there, what ends soon, and what has ended. */
function waiverSections(waivers: readonly Waiver[], now: Date): string[] {
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
                    `${until}  ${rule} ${subjectText({ resource, tag })}${account === undefined ? '' : ` in ${account}`} (${ticket}, ${owner}): ${reason}`,
                  ),
                ),
              LINES.waivers,
              'waiver',
            ),
          ),
        ];
  return [
    `Waived: ${count(held.length, 'waiver')} in force. What they are about is not among the failures above.`,
    ...listed(
      'Waivers that end within two weeks',
      held.filter((waiver) => isExpiring(waiver, now)),
    ),
    ...listed(
      'Waivers that have ended, and waive nothing',
      waivers.filter((waiver) => isExpired(waiver, now)),
    ),
  ];
}

const nameOf = (members: WeeklySummary['members'], id: string): string => {
  const name = 'problem' in members ? undefined : members.get(id);
  return name ? ` ${printable(name)}` : '';
};

const NOT_DEPLOYED = 'outside of the units, without a recorder, or not deployed to';
const NOBODY_IN = 'nobody was let in, or the function came to no end';

function changesLines(changes: ResultsSummary['changes']): string[] {
  if (!changes) return [];
  const { since, added, fixed } = changes;
  return [`Since ${since}: ${count(added, 'new failure')}, ${fixed} fixed.`];
}

function missingSection(
  { accounts, members }: WeeklySummary,
  excluded: readonly string[],
  why: string,
): string {
  if ('problem' in members) {
    return `Accounts without results are not known: ${printable(members.problem)}`;
  }
  const without = [...members].filter(([id]) => !accounts.has(id));
  const leftOut = without.filter(([id]) => excluded.includes(id)).length;
  const lines = without
    .filter(([id]) => !excluded.includes(id))
    .map(([id, name]) => `${id} ${printable(name)}`.trim())
    .sort();
  const missing =
    lines.length === 0
      ? `Every ${leftOut > 0 ? 'other ' : ''}active account of the organization has results.`
      : section(
          `Active accounts without results (${lines.length}): ${why}`,
          cut(lines, LINES.missing, 'account'),
        );
  // Accounts that are left out and still have results are in the lists above: their stack is still there, or an
  // account moved.
  return leftOut > 0
    ? `Left out by organization.excludedAccounts: ${count(leftOut, 'account')}.\n\n${missing}`
    : missing;
}
