/** What a fix says to people, in their language: its plan, what came of it, and why it did not run. */
import type { AnyFix } from '../rules/fix.ts';
import { fixes, rules } from '../rules/index.ts';
import { fixPhrases } from '../rules/korean.ts';
import type { Language, Phrases } from '../rules/language.ts';
import { phrases as parameters } from '../rules/parameters.ko.ts';
import type { AnyRule, Finding } from '../rules/rule.ts';
import { phrases as alerts } from '../rules/shared/alerts/fix/phrases.ko.ts';
import { phrases as notices } from '../rules/shared/notify/phrases.ko.ts';
import { phrases as shared } from '../rules/shared/phrases.ko.ts';
import { phrases as tasks } from '../tasks/phrases.ko.ts';
import { sentencesOf } from './language.ts';
import { type Translate, translator } from './phrases.ts';

export const SHARED_BOOKS: readonly Phrases[] = [shared, alerts, notices, tasks, parameters];

const fixOf = new Map<string, AnyFix>([...rules, ...fixes].map((rule: AnyRule) => [rule.id, rule.fix]));

/** What the rule found of the resource, and the annotation that AWS Config gets of it, which is cut. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly annotation?: string | undefined;
}

/** How to say what a rule's fix says. What it says of the findings is said as the rule does. */
export function fixSpeech(ruleId: string, { findings, annotation }: Found, language: Language): Translate {
  if (language === 'en') return (text) => text;
  const known = new Map(
    findings.map((finding) => [sentencesOf(ruleId, [finding], 'en'), sentencesOf(ruleId, [finding], 'ko')]),
  );
  if (annotation) known.set(annotation, sentencesOf(ruleId, findings, 'ko'));
  return translator([fixPhrases.get(ruleId) ?? {}, stepsOf(fixOf.get(ruleId)), ...SHARED_BOOKS], known);
}

/** What a fix that only tells people has them do, which it has in both languages already. */
const stepsOf = (fix: AnyFix | undefined): Phrases =>
  Object.fromEntries(
    (fix?.notifies?.parts ?? []).flatMap(({ steps }) => steps.map(({ en, ko }) => [en, ko] as const)),
  );
