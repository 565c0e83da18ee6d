import { LANGUAGES, type Language } from '../../report/both.ts';

/**
 * The language in which a call is answered, before it is taken apart: help and mistakes in the call have one, too.
 *
 * @param words the command line, where `--lang` counts (the last one, as with every option), if it names a language.
 * @param env otherwise the locale of messages: the first of LC_ALL, LC_MESSAGES and LANG that is not empty
 *   (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html).
 */
export function languageOf(
  words: readonly string[],
  { LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>,
): Language {
  const named = words
    .map((word, at) => (word === '--lang' ? words[at + 1] : /^--lang=(.*)$/s.exec(word)?.[1]))
    .flatMap((name) => LANGUAGES.find((language) => language === name?.toLowerCase()) ?? [])
    .at(-1);
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  return named ?? (/^ko(?![a-z])/i.test(locale) ? 'ko' : 'en');
}
