/** The rules as README lists them: by pack, each with the sentence that its page begins with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controls, DOMAINS, type Domain } from '../catalogue/index.ts';
import { WORDS } from '../report/formats/html/words.ts';
import type { AnyRule, Severity } from '../rules/rule.ts';
import { type Language, pageName } from './language.ts';
import { table } from './markdown.ts';

/** A pack, or none: no control has the rule yet. */
type Place = Domain | 'none';
const PLACES: readonly Place[] = [...DOMAINS, 'none'];

/** The domains are called as in the report. */
const PLACE_NAMES: Record<Language, Record<Place, string>> = {
  en: { ...WORDS.en.domains, none: 'In no pack' },
  ko: { ...WORDS.ko.domains, none: '팩에 없음' },
};
const HEAD: Record<Language, readonly string[]> = {
  en: ['Rule', 'Severity', 'What has to hold'],
  ko: ['규칙', '심각도', '지켜져야 하는 것'],
};

export interface ListedRule {
  readonly id: string;
  readonly severity: Severity;
  readonly place: Place;
  /** What has to hold, in one sentence. */
  readonly sentence: string;
}

/** One table a pack that has rules, in the order of the packs; last, the rules that are in none. */
export function rulesList(rules: readonly ListedRule[], language: Language): string {
  return PLACES.flatMap((place) => {
    const rows = rules
      .filter((rule) => rule.place === place)
      .map(({ id, severity, sentence }) => [
        `[${id}](rules/${id}/${pageName(language)})`,
        severity,
        sentence,
      ]);
    return rows.length === 0
      ? []
      : [`**${PLACE_NAMES[language][place]}**\n\n${table([HEAD[language], ...rows])}`];
  }).join('\n\n');
}

/**
 * What README says of a rule.
 *
 * @throws {Error} for a rule whose page does not begin with a sentence.
 */
export function listedRule({ id, severity }: AnyRule, language: Language, root = '.'): ListedRule {
  const control = controls.find((one) => one.kind === 'custom' && one.rule === id);
  return { id, severity, place: control?.domain ?? 'none', sentence: firstSentence(root, id, language) };
}

function firstSentence(root: string, id: string, language: Language): string {
  const path = `rules/${id}/${pageName(language)}`;
  const [, sentence] = /^# .*\n\n((?:(?!<!--).+\n)+)\n/.exec(readFileSync(join(root, path), 'utf8')) ?? [];
  if (sentence === undefined) throw new Error(`${path} does not begin with a sentence`);
  return sentence.trim().replaceAll('\n', ' ');
}
