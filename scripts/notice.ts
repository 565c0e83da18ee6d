/** What a person has to do, as a rule's page says it: the same steps as the OpsItem's. */
import type { Notifies } from '../rules/shared/notify/fix.ts';
import { type Case, fill, type Names, type Part, type Step } from '../rules/shared/notify/steps.ts';
import type { Language } from './language.ts';

/** The steps of all cases, each with when it is to be taken. */
export const byHand = ({ parts, names }: Notifies, language: Language): string =>
  parts.map((part) => partOn(part, names, language)).join('\n\n');

function partOn({ when, steps }: Part<Case>, names: Names<Case>, language: Language): string {
  const said = steps.map((step) => stepOn(step, names, language));
  const list = said.length === 1 ? said : said.map((text, index) => `${index + 1}. ${text}`);
  return [...(when ? [`**${when[language].replace(/\.$/, '')}.**`, ''] : []), ...list].join('\n');
}

function stepOn(step: Step<Case>, names: Names<Case>, language: Language): string {
  const text = fill(step, language, names, undefined);
  return step.when ? `_${step.when[language]}:_ ${text}` : text;
}
