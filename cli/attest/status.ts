import { createColors } from 'picocolors';
import type { ProcessCheck } from '../../catalogue/index.ts';
import {
  checkReader,
  type DeployedCheck,
  READ_RESULT_ACTIONS,
} from '../../config/attestations/process-checks.ts';
import { STATES, type Standing, type State, standingOf } from '../../config/attestations/standing.ts';
import { listing } from '../../report/listing.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { UsageError } from '../program/errors.ts';
import type { Screen, World } from '../program/world.ts';
import { asking, type Checks, processChecks } from './checks.ts';
import type { Options } from './command.ts';

export interface StatusOptions extends Pick<Options, 'format'> {
  readonly lapsingDays: number;
}

type Row = Standing & Pick<DeployedCheck, 'control' | 'ruleName'>;

/**
 * `groundrules attest --status`: how every process check of the account stands, worst first.
 *
 * @param only this control alone; all of them when there is none.
 * @returns the exit status: 0 all attested; 1 something is unattested, lapsed or not met; 2 something could not be told.
 */
export async function showStatus(
  checks: Checks,
  only: ProcessCheck | undefined,
  { lapsingDays, format }: StatusOptions,
  { now, print, progress, screen }: World,
): Promise<number> {
  const { client, accountId, region, deployed } = checks;
  const read = checkReader(client);
  const chosen = deployed.filter(({ control }) => !only || control === only.id);
  if (chosen.length === 0)
    throw new UsageError(`account ${accountId} does not have ${only?.id} in ${region}`);
  const rows: Row[] = [];
  for (const check of chosen) {
    const { control, ruleName } = check;
    progress.step(`reading ${control}`);
    const { reviewEveryDays } = processChecks.find(({ id }) => id === control) as ProcessCheck;
    const standing = await asking(READ_RESULT_ACTIONS, () => read(check)).then(
      (reading) => standingOf(reading, { reviewEveryDays, now: now(), lapsingDays }),
      (error: Error): Standing => ({ state: 'could not tell', why: error.message }),
    );
    rows.push({ control, ruleName, ...standing });
  }
  progress.done();
  rows.sort(worstFirst);
  print(format === 'json' ? json(rows, checks) : table(rows, checks, only === undefined, screen()));
  return exitStatus(rows);
}

function exitStatus(rows: readonly Row[]): number {
  const has = (...states: State[]) => rows.some(({ state }) => states.includes(state));
  if (has('could not tell')) return 2;
  return has('lapsed', 'not met', 'unattested') ? 1 : 0;
}

const worstFirst = (a: Row, b: Row): number =>
  STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
  compare(a.until ?? '', b.until ?? '') ||
  compare(a.ruleName, b.ruleName);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const json = (rows: readonly Row[], { accountId, region }: Checks): string =>
  `${jsonText({ schemaVersion: '1.0', accountId, region, checks: rows, summary: count(rows) }, 2)}\n`;

const count = (rows: readonly Row[]): Record<State, number> =>
  Object.fromEntries(
    STATES.map((state) => [state, rows.filter((row) => row.state === state).length]),
  ) as Record<State, number>;

function table(
  rows: readonly Row[],
  { accountId, region, foreign }: Checks,
  isWhole: boolean,
  screen: Screen,
): string {
  const { bold, dim, red, yellow, green, magenta } = createColors(screen.colour);
  const tint: Record<State, (text: string) => string> = {
    'could not tell': magenta,
    lapsed: red,
    'not met': red,
    unattested: red,
    'about to lapse': yellow,
    attested: green,
  };
  const isTwice = ({ control }: Row) => rows.filter((row) => row.control === control).length > 1;
  const cells = rows.map((row) => [
    tint[row.state](row.state),
    row.control,
    // In several packs: the end of the rule's name tells which.
    isTwice(row) ? (row.ruleName.split('-').at(-1) ?? '') : '',
    row.until ? `${row.until}${row.isAssumed ? ' (?)' : ''}` : '',
    row.compliance === 'NOT_APPLICABLE' ? row.compliance : '',
    printable(row.by ?? ''),
    printable(row.why ?? row.evidence ?? ''),
  ]);
  const counts = Object.entries(count(rows)).flatMap(([state, many]) =>
    many > 0 ? [`${many} ${state}`] : [],
  );
  const notes = [
    `account ${accountId}, ${region}`,
    ...(rows.some(({ isAssumed }) => isAssumed)
      ? ['(?) not attested with Groundrules: held to the review interval since it was recorded']
      : []),
    ...(isWhole && foreign > 0
      ? [`${many(foreign)} of other packs ${foreign === 1 ? 'is' : 'are'} left out`]
      : []),
    ...(isWhole ? missing(rows) : []),
  ];
  const head = ['STATE', 'CONTROL', 'PACK', 'UNTIL', 'STATUS', 'BY', 'EVIDENCE'];
  return `${listing(head, cells, screen)}\n\n${bold(counts.join(', '))}\n${notes.map((note) => `${dim(note)}\n`).join('')}`;
}

/** Process checks of the catalogue that the account lacks. */
function missing(rows: readonly Row[]): string[] {
  const absent = processChecks.filter(({ id }) => !rows.some(({ control }) => control === id)).length;
  return absent > 0
    ? [`${many(absent)} of the catalogue ${absent === 1 ? 'is' : 'are'} not deployed here`]
    : [];
}

const many = (count: number) => `${count} process ${count === 1 ? 'check' : 'checks'}`;
