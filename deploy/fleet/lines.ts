/** The lines of an account's results: what `--format json` has, one a line, and what was judged before them. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { jsonText } from '../../report/printable.ts';
import type { HeaderAccount, Result, ResultError } from '../../report/result.ts';
import { factsOf } from '../../report/rule-facts.ts';
import { type Said, whoseIs, worstFirst } from '../../report/said.ts';
import type { Asked } from './layout.ts';

/** What a line says of its run. */
interface OfRun {
  readonly run: string;
  /** The time that the verdicts are for, ISO 8601. */
  readonly asOf: string;
  /** When they were made: later, where AWS Config's files show the account as it was. */
  readonly judgedAt: string;
}

/** When AWS Config's files are of. */
export interface Delivered {
  /** Of each Region, when the newest file was made (ISO 8601). */
  readonly delivered: Readonly<Record<string, string>>;
  /** The earliest of these. */
  readonly deliveredAt?: string;
}

/** The first line. */
export interface AccountLine extends OfRun, Partial<Delivered> {
  readonly kind: 'account';
  readonly accountId: string;
  readonly accountName?: string;
  readonly organizationalUnit?: string;
  readonly units: NonNullable<HeaderAccount['units']>;
  /** Of the settings, by its name: its own hold for the account. */
  readonly settingsGroup?: string;
  /** Whether anybody let us in, or there was something that AWS Config delivered. */
  readonly entered: boolean;
  /** The Regions in view. */
  readonly regions: readonly string[];
}
export type ResultLine = OfRun & Result & { readonly kind: 'result' };
/** With what a result says of its rule besides, so that both can be counted by it. */
export type ErrorLine = OfRun &
  ResultError &
  Pick<Result, 'controls'> & { readonly kind: 'error'; readonly severity?: Result['severity'] };
export type Line = AccountLine | ResultLine | ErrorLine;

export interface Judged extends OfRun, Partial<Delivered> {
  readonly account: Asked;
  readonly settingsGroup?: string;
  readonly entered: boolean;
  readonly regions: readonly string[];
  readonly said: readonly Said[];
}

/** All lines of an account, the worst first, as they are put: in gzip. */
export async function packed(judged: Judged): Promise<Buffer> {
  const text = linesOf(judged).map((line) => `${jsonText(line)}\n`);
  return promisify(gzip)(text.join(''));
}

export function linesOf({
  account,
  settingsGroup,
  entered,
  regions,
  said,
  delivered,
  deliveredAt,
  ...of
}: Judged): readonly Line[] {
  const whose = whoseIs(account);
  const head: AccountLine = {
    kind: 'account',
    accountId: account.id,
    ...whose,
    units: account.units,
    ...(settingsGroup !== undefined && { settingsGroup }),
    ...{ entered, regions },
    ...(delivered && { delivered }),
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...of,
  };
  const others = worstFirst(said).map((one): ResultLine | ErrorLine => {
    if ('result' in one) return { kind: 'result', ...one.result, ...whose, ...of };
    const { controls, severity } = factsOf(one.error.rule);
    return {
      kind: 'error',
      ...one.error,
      ...whose,
      ...(severity && { severity }),
      controls: controls.map(({ id, title }) => ({ id, title: title.en })),
      ...of,
    };
  });
  return [head, ...others];
}
