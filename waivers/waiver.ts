/** A finding that somebody has decided to live with until a day, and why. */

import type { Tags } from '../account/account.ts';
import type { Compliance, Finding, Verdict } from '../rules/rule.ts';
import { covers } from '../rules/shared/policy/globs.ts';

/** The file that has them, unless another is named. */
export const WAIVERS_FILE = 'groundrules.waivers.yaml';

export interface Waiver {
  readonly rule: string;
  /** An id or a name; `*` is any number of characters, `?` is one. */
  readonly resource: string;
  /** That the resource has to carry besides. */
  readonly tag?: WaivedTag | undefined;
  readonly account?: string | undefined;
  /** A root or a unit by its id: accounts that are in it, or below it. */
  readonly organizationalUnit?: string | undefined;
  readonly region?: string | undefined;
  /** Of findings of this kind only. */
  readonly kind?: string | undefined;
  readonly reason: string;
  readonly ticket: string;
  readonly owner: string;
  /** The last day on which it holds, in UTC: `2027-03-31`. */
  readonly until: string;
  /** Where the file has it. */
  readonly line: number;
}

/** A tag as AWS has it: letter case counts, and no character is a wildcard. */
export interface WaivedTag {
  readonly key: string;
  /** Any value, where it is absent. */
  readonly value?: string | undefined;
}

/** Whether the tag says it all: whatever carries it. */
export const isByTagAlone = ({ resource, tag }: Pick<Waiver, 'resource' | 'tag'>): boolean =>
  tag !== undefined && resource === '*';

/** What a waiver is held against. */
export interface Waivable {
  readonly rule: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly compliance: Compliance;
  readonly findings: readonly Finding[];
  /** Absent where nobody knows them. */
  readonly tags?: Tags;
  /** The ids of the root and the units that the account is in; absent where nobody knows them. */
  readonly units?: readonly string[];
}

const DAY = 86_400_000;

/** The first moment at which a waiver does not hold any more. */
export const endOf = ({ until }: Pick<Waiver, 'until'>): Date => new Date(Date.parse(until) + DAY);
export const isExpired = (waiver: Pick<Waiver, 'until'>, now: Date): boolean => now >= endOf(waiver);
/** Whether it ends within two weeks, and has not ended yet. */
export const isExpiring = (waiver: Pick<Waiver, 'until'>, now: Date): boolean =>
  !isExpired(waiver, now) && endOf(waiver).getTime() - now.getTime() <= 14 * DAY;

/** Whether a waiver is about that failure, expired or not. By a tag or a unit that is not known, it is not. */
export const isAbout = (waiver: Waiver, one: Waivable): boolean =>
  mayBeAbout(waiver, one) && isTagged(waiver, one) === true && isInUnit(waiver, one) === true;

/** Whether nobody can tell if a waiver is about that failure: it hangs on a tag, or a unit, that is not known. */
export const isUndecided = (waiver: Waiver, one: Waivable): boolean => {
  const [tagged, within] = [isTagged(waiver, one), isInUnit(waiver, one)];
  return mayBeAbout(waiver, one) && tagged !== false && within !== false && !(tagged && within);
};

/** `undefined` where nobody knows. */
const isTagged = ({ tag }: Waiver, { tags }: Waivable): boolean | undefined =>
  !tag || (tags && carries(tag, tags));
const isInUnit = ({ organizationalUnit: unit }: Waiver, { units }: Waivable): boolean | undefined =>
  unit === undefined || units?.includes(unit);

const mayBeAbout = (waiver: Waiver, one: Waivable): boolean =>
  one.compliance === 'NON_COMPLIANT' &&
  waiver.rule === one.rule &&
  (waiver.account ?? one.accountId) === one.accountId &&
  (waiver.region ?? one.region) === one.region &&
  [one.resourceId, one.resourceName].some((name) => name !== undefined && matches(waiver.resource, name)) &&
  (waiver.kind === undefined || one.findings.some(({ kind }) => kind === waiver.kind));

const carries = ({ key, value }: WaivedTag, tags: Tags): boolean =>
  Object.hasOwn(tags, key) && (value ?? tags[key]) === tags[key];

/** The failure with its tags, which are asked for only where a waiver hangs on them. */
export async function withTags<T extends Waivable>(
  waivers: readonly Waiver[],
  one: T,
  tags: Verdict['tags'],
): Promise<T> {
  const isAsked = (waiver: Waiver) => isTagged(waiver, one) === undefined && isUndecided(waiver, one);
  if (!tags || !waivers.some(isAsked)) return one;
  try {
    return { ...one, tags: await tags() };
  } catch {
    // Of tags that cannot be read, none is known to be there: the waiver does not apply, and the report says why.
    return one;
  }
}

/** What a result says of the waivers that it is waived by. */
export const said = (
  by: readonly Waiver[],
): readonly Pick<Waiver, 'reason' | 'ticket' | 'owner' | 'until'>[] =>
  by.map(({ reason, ticket, owner, until }) => ({ reason, ticket, owner, until }));

/** A name is a text: what looks like a wildcard in it is a character. */
const matches = (glob: string, name: string): boolean => covers(glob, name.replace(/[*?]/g, '\u0000'));

/**
 * The waivers that a failure is waived by: those that are about it and hold, if they leave none of its findings out. None
 * otherwise: a failure of which a part is waived is a failure.
 */
export function waiversOf(waivers: readonly Waiver[], one: Waivable, now: Date): readonly Waiver[] {
  const held = waivers.filter((waiver) => !isExpired(waiver, now) && isAbout(waiver, one));
  const isWhole = held.some(({ kind }) => kind === undefined);
  const isCovered = ({ kind }: Finding) => held.some((waiver) => waiver.kind === kind);
  return isWhole || (one.findings.length > 0 && one.findings.every(isCovered)) ? held : [];
}
