/**
 * Of the pages of rules and fixes, what the HTML report shows. It is read when this module is evaluated, which is while the
 * function is built: the bundle has the texts alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../package.ts';
import type { Language } from '../../../report/both.ts';
import { pageIn } from '../../../report/rule-facts.ts';
import { SECTIONS, sectionOf } from '../../../report/sections.ts';
import { fixes, rules } from '../../../rules/index.ts';

/** By their places in the package. */
export const RULE_PAGES: Readonly<Record<string, string>> = Object.fromEntries(
  [...rules, ...fixes].flatMap(({ id }) =>
    (['en', 'ko'] as const).map((language) => {
      const page = pageIn(`rules/${id}/README.md`, language);
      return [page, shownOf(readFileSync(join(PACKAGE_ROOT, page), 'utf8'), language)];
    }),
  ),
);

function shownOf(markdown: string, language: Language): string {
  return Object.values(SECTIONS[language])
    .flatMap((title) => {
      const section = sectionOf(markdown, title);
      return section === undefined ? [] : [`## ${title}\n${section}`];
    })
    .join('\n');
}
