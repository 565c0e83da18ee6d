/** What is said to people, in each of their languages. It stands beside what says it: a language that is missing does not compile. */
import type { Language } from '../rules/language.ts';

export type { Language };
export const LANGUAGES = ['en', 'ko'] as const satisfies readonly Language[];

/** A text in every language. */
export type Both = Readonly<Record<Language, string>>;

/** A text that is made of parts which have a language themselves. */
export const both = (say: (language: Language) => string): Both => ({ en: say('en'), ko: say('ko') });

const rules = new Intl.PluralRules('en');
/** `1 rule`, `2 rules`: English alone has two forms. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${rules.select(count) === 'one' ? one : many}`;
