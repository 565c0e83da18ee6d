import { existsSync } from 'node:fs';
import type { Tags } from '../../account/account.ts';
import type { Result, WaiverRef, WaiversSummary } from '../../report/result.ts';
import type { Verdict } from '../../rules/rule.ts';
import { subjectText } from '../../waivers/text.ts';
import {
  isAbout,
  isExpired,
  isExpiring,
  isUndecided,
  said,
  WAIVERS_FILE,
  type Waivable,
  type Waiver,
  waiversOf,
  withTags,
} from '../../waivers/waiver.ts';
import type { WaiverLimits } from '../options/waivers.ts';
import { oneOf } from '../program/one-of.ts';
import type { Progress } from '../program/progress.ts';

const WHICH = ['expired', 'expiring', 'unused', 'undecided'] as const;
export type Which = (typeof WHICH)[number];
const WORDS = { expired: '만료됨', expiring: '곧 만료됨', unused: '쓰이지 않음', undecided: '판정 불가' };
const UNKNOWN = {
  tags: {
    en: ': the tags of a failure that it may be about are not known',
    ko: ': 해당할 수 있는 미준수 리소스의 태그를 알 수 없음',
  },
  units: {
    en: ': the units of an account that it may be about are not known (--organization asks for them)',
    ko: ': 해당할 수 있는 계정의 조직 단위를 알 수 없음 (--organization으로 확인)',
  },
};

/** The waivers of a run, and what came of them. */
export interface Waiving {
  /**
   * The result, with the waivers that it is waived by.
   *
   * @param units the ids of those that the account is in, from the root down, where they are known.
   */
  waive(result: Result, tags?: Verdict['tags'], units?: readonly string[]): Promise<Result>;
  /** The tags that waivers hang on; `undefined` where none does, or they are not known. */
  tagsOf(result: Result, tags: Verdict['tags']): Promise<Tags | undefined>;
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
 * @param limits `now` is the clock or `--now`, not the time of a snapshot: a waiver that has expired waives nothing, however old the
 *   facts are; `file` is what the settings name.
 * @throws {UsageError} where there is no such file, or something in it is wrong.
 */
export async function openWaivers(
  given: string | false | undefined,
  isSample: boolean,
  { file: ofSettings, ...limits }: WaiverLimits & { readonly file?: string | undefined },
): Promise<Waiving> {
  const { now } = limits;
  const here = ofSettings ?? (existsSync(WAIVERS_FILE) ? WAIVERS_FILE : undefined);
  const file = given === undefined && !isSample ? here : given;
  if (file === undefined || file === false) return NONE;
  const { readWaiversFile } = await import('../options/waivers.ts');
  const waivers = readWaiversFile(file, limits);
  const used = new Set<Waiver>();
  const doubtful = new Set<Waiver>();
  let knowsUnits = false;
  return {
    tagsOf: async (result, tags) => (await withTags<Waivable>(waivers, result, tags)).tags,
    async waive(result, tags, units) {
      const one = await withTags<Waivable>(waivers, { ...result, ...(units && { units }) }, tags);
      knowsUnits ||= units !== undefined;
      for (const waiver of waivers) {
        if (isAbout(waiver, one)) used.add(waiver);
        else if (isUndecided(waiver, one)) doubtful.add(waiver);
      }
      const by = waiversOf(waivers, one, now);
      return by.length === 0 ? result : { ...result, waivers: said(by) };
    },
    settle(judged, progress) {
      const wasJudged = ({ rule, account }: Waiver) =>
        judged.rules.includes(rule) && (account === undefined || judged.accountIds.includes(account));
      const found: Record<Which, Waiver[]> = {
        expired: waivers.filter((waiver) => isExpired(waiver, now)),
        expiring: waivers.filter((waiver) => isExpiring(waiver, now)),
        unused: waivers.filter((waiver) => !used.has(waiver) && !doubtful.has(waiver) && wasJudged(waiver)),
        undecided: waivers.filter((waiver) => doubtful.has(waiver) && !isExpired(waiver, now)),
      };
      for (const which of WHICH) {
        for (const { line, rule, resource, tag, organizationalUnit, until, ticket } of found[which]) {
          const about = { resource, tag };
          const unknown = organizationalUnit !== undefined && !knowsUnits ? UNKNOWN.units : UNKNOWN.tags;
          const why = which === 'undecided' ? unknown : { en: '', ko: '' };
          progress.note(
            {
              en: `${file}:${line}: ${which}: ${rule} ${subjectText(about)}, until ${until} (${ticket})${why.en}`,
              ko: `${file}:${line}: ${WORDS[which]}: ${rule} ${subjectText(about, '태그')}, ${until}까지 (${ticket})${why.ko}`,
            },
            { rule, resourceId: resource },
          );
        }
      }
      const refs = (which: Which) => found[which].map(refOf);
      return {
        ...{ file, expired: refs('expired'), expiring: refs('expiring'), unused: refs('unused') },
        undecided: refs('undecided'),
      };
    },
  };
}

const NONE: Waiving = {
  waive: async (result) => result,
  tagsOf: async () => undefined,
  settle: () => null,
};

const refOf = ({ line, rule, resource, tag, ticket, owner, until }: Waiver): WaiverRef => ({
  ...{ line, rule, resource, ...(tag && { tag }), ticket, owner, until },
});

/** Reads `--fail-on-waivers`. */
export const readFailOnWaivers = (text: string | undefined): readonly Which[] =>
  text === undefined ? [] : text.split(',').map((word) => oneOf('--fail-on-waivers', word.trim(), WHICH));
