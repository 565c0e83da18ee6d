/** A finding that somebody has decided to live with until a day, and why. */

import type { Compliance, Finding } from '../rules/rule.ts';
import { covers } from '../rules/shared/policy/globs.ts';

export interface Waiver {
  readonly rule: string;
  /** An id or a name; `*` is any number of characters, `?` is one. */
  readonly resource: string;
  readonly account?: string | undefined;
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

/** What a waiver is held against. */
export interface Waivable {
  readonly rule: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly compliance: Compliance;
  readonly findings: readonly Finding[];
}

const DAY = 86_400_000;

/** The first moment at which a waiver does not hold any more. */
export const endOf = ({ until }: Pick<Waiver, 'until'>): Date => new Date(Date.parse(until) + DAY);
export const isExpired = (waiver: Pick<Waiver, 'until'>, now: Date): boolean => now >= endOf(waiver);
/** Whether it ends within two weeks, and has not ended yet. */
export const isExpiring = (waiver: Pick<Waiver, 'until'>, now: Date): boolean =>
  !isExpired(waiver, now) && endOf(waiver).getTime() - now.getTime() <= 14 * DAY;

/** Whether a waiver is about that failure, expired or not. */
export const isAbout = (waiver: Waiver, one: Waivable): boolean =>
  one.compliance === 'NON_COMPLIANT' &&
  waiver.rule === one.rule &&
  (waiver.account ?? one.accountId) === one.accountId &&
  (waiver.region ?? one.region) === one.region &&
  [one.resourceId, one.resourceName].some((name) => name !== undefined && matches(waiver.resource, name)) &&
  (waiver.kind === undefined || one.findings.some(({ kind }) => kind === waiver.kind));

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
