import { createColors } from 'picocolors';
import type { ProcessCheck } from '../../catalogue/index.ts';
import {
  checkReader,
  type DeployedCheck,
  READ_RESULT_ACTIONS,
} from '../../config/attestations/process-checks.ts';
import { STATES, type Standing, type State, standingOf } from '../../config/attestations/standing.ts';
import { counted, type Language } from '../../report/both.ts';
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
  { language, now, print, progress, screen }: World,
): Promise<number> {
  const { client, accountId, region, deployed } = checks;
  const read = checkReader(client);
  const chosen = deployed.filter(({ control }) => !only || control === only.id);
  if (chosen.length === 0)
    throw new UsageError({
      en: `account ${accountId} does not have ${only?.id} in ${region}`,
      ko: `계정 ${accountId}의 ${region}에 ${only?.id}이(가) 없습니다`,
    });
  const rows: Row[] = [];
  for (const check of chosen) {
    const { control, ruleName } = check;
    progress.step({ en: `reading ${control}`, ko: `${control}을(를) 읽는 중` });
    const { reviewEveryDays } = processChecks.find(({ id }) => id === control) as ProcessCheck;
    const standing = await asking(READ_RESULT_ACTIONS, () => read(check)).then(
      (reading) => standingOf(reading, { reviewEveryDays, now: now(), lapsingDays }),
      (error: Error): Standing => ({ state: 'could not tell', why: error.message }),
    );
    rows.push({ control, ruleName, ...standing });
  }
  progress.done();
  rows.sort(worstFirst);
  print(
    format === 'json'
      ? json(rows, checks)
      : table(rows, checks, { isWhole: only === undefined, language, screen: screen() }),
  );
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

interface Shown {
  readonly isWhole: boolean;
  readonly language: Language;
  readonly screen: Screen;
}

const many = (count: number) => counted(count, 'process check');
const WORDS = {
  en: {
    head: ['STATE', 'CONTROL', 'PACK', 'UNTIL', 'STATUS', 'BY', 'EVIDENCE'],
    states: {
      'could not tell': 'could not tell',
      lapsed: 'lapsed',
      'not met': 'not met',
      unattested: 'unattested',
      'about to lapse': 'about to lapse',
      attested: 'attested',
    },
    count: (state: string, count: number) => `${count} ${state}`,
    where: (account: string, region: string) => `account ${account}, ${region}`,
    assumed: '(?) not attested with Groundrules: held to the review interval since it was recorded',
    foreign: (count: number) => `${many(count)} of other packs ${count === 1 ? 'is' : 'are'} left out`,
    missing: (count: number) =>
      `${many(count)} of the catalogue ${count === 1 ? 'is' : 'are'} not deployed here`,
  },
  ko: {
    head: ['상태', '통제', '팩', '기한', '판정', '기록자', '근거'],
    states: {
      'could not tell': '알 수 없음',
      lapsed: '만료됨',
      'not met': '미충족',
      unattested: '기록 없음',
      'about to lapse': '만료 임박',
      attested: '유효',
    },
    count: (state: string, count: number) => `${state} ${count}개`,
    where: (account: string, region: string) => `계정 ${account}, ${region}`,
    assumed: '(?) Groundrules로 기록하지 않음: 기록된 때부터 검토 주기만큼 유효한 것으로 봄',
    foreign: (count: number) => `다른 팩의 프로세스 점검 ${count}개는 제외했습니다`,
    missing: (count: number) => `카탈로그의 프로세스 점검 ${count}개가 여기에 배포되어 있지 않습니다`,
  },
} satisfies Record<Language, { readonly states: Record<State, string> } & Record<string, unknown>>;

function table(
  rows: readonly Row[],
  { accountId, region, foreign }: Checks,
  { isWhole, language, screen }: Shown,
): string {
  const words = WORDS[language];
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
    tint[row.state](words.states[row.state]),
    row.control,
    // In several packs: the end of the rule's name tells which.
    isTwice(row) ? (row.ruleName.split('-').at(-1) ?? '') : '',
    row.until ? `${row.until}${row.isAssumed ? ' (?)' : ''}` : '',
    row.compliance === 'NOT_APPLICABLE' ? row.compliance : '',
    printable(row.by ?? ''),
    printable(row.why ?? row.evidence ?? ''),
  ]);
  const all = count(rows);
  const counts = STATES.flatMap((state) =>
    all[state] > 0 ? [words.count(words.states[state], all[state])] : [],
  );
  const absent = missing(rows);
  const notes = [
    words.where(accountId, region),
    ...(rows.some(({ isAssumed }) => isAssumed) ? [words.assumed] : []),
    ...(isWhole && foreign > 0 ? [words.foreign(foreign)] : []),
    ...(isWhole && absent > 0 ? [words.missing(absent)] : []),
  ];
  return `${listing(words.head, cells, screen)}\n\n${bold(counts.join(', '))}\n${notes.map((note) => `${dim(note)}\n`).join('')}`;
}

/** How many process checks of the catalogue the account lacks. */
const missing = (rows: readonly Row[]): number =>
  processChecks.filter(({ id }) => !rows.some(({ control }) => control === id)).length;
