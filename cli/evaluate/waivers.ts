import { existsSync } from 'node:fs';
import type { Result, WaiverRef, WaiversSummary } from '../../report/result.ts';
import { isAbout, isExpired, isExpiring, type Waiver, waiversOf } from '../../waivers/waiver.ts';
import { readWaiversFile, WAIVERS_FILE, type WaiverLimits } from '../options/waivers.ts';
import { oneOf } from '../program/one-of.ts';
import type { Progress } from '../program/progress.ts';

const WHICH = ['expired', 'expiring', 'unused'] as const;
export type Which = (typeof WHICH)[number];
const WORDS = { expired: '만료됨', expiring: '곧 만료됨', unused: '쓰이지 않음' };

/** The waivers of a run, and what came of them. */
export interface Waiving {
  /** The result, with the waivers that it is waived by. */
  waive(result: Result): Result;
  /** What somebody has to look at, which is also said in a line each; `null` where there is no file. */
  settle(judged: Judged, progress: Progress): WaiversSummary | null;
}

interface Judged {
  readonly accountIds: readonly string[];
  readonly rules: readonly string[];
}

/**
 * Opens the file of waivers.
 *
 * @param given `--waivers`: a file, `false` for none, or what is here.
 * @param limits `now` is the clock, not the time of a snapshot: a waiver that has expired waives nothing, however old the
 *   facts are; `file` is what the settings name.
 * @throws {UsageError} where there is no such file, or something in it is wrong.
 */
export function openWaivers(
  given: string | false | undefined,
  isSample: boolean,
  { file: ofSettings, ...limits }: WaiverLimits & { readonly file?: string | undefined },
): Waiving {
  const { now } = limits;
  const here = ofSettings ?? (existsSync(WAIVERS_FILE) ? WAIVERS_FILE : undefined);
  const file = given === undefined && !isSample ? here : given;
  if (file === undefined || file === false) return { waive: (result) => result, settle: () => null };
  const waivers = readWaiversFile(file, limits);
  const used = new Set<Waiver>();
  return {
    waive(result) {
      for (const waiver of waivers) if (isAbout(waiver, result)) used.add(waiver);
      const by = waiversOf(waivers, result, now);
      if (by.length === 0) return result;
      const said = by.map(({ reason, ticket, owner, until }) => ({ reason, ticket, owner, until }));
      return { ...result, waivers: said };
    },
    settle(judged, progress) {
      const wasJudged = ({ rule, account }: Waiver) =>
        judged.rules.includes(rule) && (account === undefined || judged.accountIds.includes(account));
      const found: Record<Which, Waiver[]> = {
        expired: waivers.filter((waiver) => isExpired(waiver, now)),
        expiring: waivers.filter((waiver) => isExpiring(waiver, now)),
        unused: waivers.filter((waiver) => !used.has(waiver) && wasJudged(waiver)),
      };
      for (const which of WHICH) {
        for (const { line, rule, resource, until, ticket } of found[which]) {
          progress.note(
            {
              en: `${file}:${line}: ${which}: ${rule} ${resource}, until ${until} (${ticket})`,
              ko: `${file}:${line}: ${WORDS[which]}: ${rule} ${resource}, ${until}까지 (${ticket})`,
            },
            { rule, resourceId: resource },
          );
        }
      }
      const refs = (which: Which) => found[which].map(refOf);
      return { file, expired: refs('expired'), expiring: refs('expiring'), unused: refs('unused') };
    },
  };
}

const refOf = ({ line, rule, resource, ticket, owner, until }: Waiver): WaiverRef => ({
  ...{ line, rule, resource, ticket, owner, until },
});

/** Reads `--fail-on-waivers`. */
export const readFailOnWaivers = (text: string | undefined): readonly Which[] =>
  text === undefined ? [] : text.split(',').map((word) => oneOf('--fail-on-waivers', word.trim(), WHICH));
