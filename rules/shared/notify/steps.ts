/** What a person has to do, said once: the OpsItem, the message and the rule's page are all made of it. */
import type { ResourceRef } from '../../../account/account.ts';
import type { Language } from '../../language.ts';
import type { Finding } from '../../rule.ts';

/** The same in both languages of the pages. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

/** What is told about: one resource that a rule reports, and what was read for the steps. */
export interface Case<F extends Finding = Finding, Values = unknown, Facts = unknown> {
  readonly accountId: string;
  /** Where the document runs, which is where the resource is, unless it is in every Region. */
  readonly region: string;
  readonly resource: ResourceRef;
  readonly findings: readonly F[];
  /** The rule's. */
  readonly parameters: Values;
  /** What {@link Notice.look} found. */
  readonly facts: Facts;
  readonly now: Date;
}

/** When something is to be done: the page prints the words, a message leaves out what is not so. */
export interface When<C> extends Words {
  readonly is: (one: C) => boolean;
}

/**
 * One thing to do. `{account}`, `{resource}`, `{region}` and the names of {@link Notice.names} stand for what they say; the
 * page prints `<account>` for them, or what the name says of no case at all.
 */
export interface Step<C> extends Words {
  readonly when?: When<C>;
}

/** Steps that belong together. A part of several is numbered. */
export interface Part<C> {
  /** The page's heading. */
  readonly when?: When<C>;
  /** The heading in a message; none, where the steps speak for themselves. */
  readonly heading?: (one: C) => Words | undefined;
  readonly steps: readonly Step<C>[];
}

/** What a name in a step stands for. `undefined` asks for the page's words. */
export type Names<C> = Readonly<Record<string, (one: C | undefined) => Words>>;

const BUILT_IN: Names<Case> = {
  account: (one) => same(one ? one.accountId : '`<account>`'),
  resource: (one) => same(one ? nameOf(one.resource) : '`<resource>`'),
  region: (one) => same(one ? one.region : '`<region>`'),
};
const same = (text: string): Words => ({ en: text, ko: text });

/** A resource as people know it: by its name, and by the id that AWS Config has. */
export const nameOf = ({ id, name }: ResourceRef): string =>
  printable(name === undefined || name === id ? id : `${name} (${id})`);

/** One line, no link, and nothing that a document would replace: names are whatever somebody called their resource. */
export const printable = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('](', '] (')
    .replace(/\{(?=\{)/g, '{ ');

/**
 * @param one `undefined` for the page.
 * @throws {Error} for a name that nothing is known of.
 */
export function fill<C extends Case>(
  text: Words,
  language: Language,
  names: Names<C>,
  one: C | undefined,
): string {
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const known = Object.hasOwn(names, name) ? names[name] : BUILT_IN[name];
    if (!known) throw new Error(`{${name}} in a step stands for nothing: ${text[language]}`);
    return known(one as never)[language];
  });
}

/** A part as a message says it; empty where nothing of it is to be done. */
export function partText<C extends Case>(
  { when, heading, steps }: Part<C>,
  language: Language,
  names: Names<C>,
  one: C,
): string {
  if (when && !when.is(one)) return '';
  const wanted = steps.filter((step) => !step.when || step.when.is(one));
  if (wanted.length === 0) return '';
  const title = heading?.(one);
  const said = wanted.map((step) => fill(step, language, names, one));
  const begin = title ? [fill(title, language, names, one)] : [];
  if (said.length === 1) return [...begin, ...said].join(' ');
  return [...begin, ...said.map((text, index) => `${index + 1}. ${text}`)].join('\n');
}
