/** What a report says to people, in their language. */
import { errorMessageKo } from '../account/errors.ko.ts';
import { fixes, rules } from '../rules/index.ts';
import { sentence } from '../rules/judgement.ts';
import { korean } from '../rules/korean.ts';
import type { Language } from '../rules/language.ts';
import type { AnyRule, Finding } from '../rules/rule.ts';
import type { ResultError } from './result.ts';

export type { Language };

const ruleOf = new Map<string, AnyRule>([...rules, ...fixes].map((rule) => [rule.id, rule]));

/**
 * All that a rule says of a resource, worst first, however long: an annotation without the limit of AWS Config.
 *
 * @param findings as a verdict or the JSON of one has them, where a date is its ISO text.
 * @returns '' where there is nothing to say. A finding that only another version of the rule knows is its kind.
 */
export function sentencesOf(ruleId: string, findings: readonly Finding[], language: Language): string {
  const rule = ruleOf.get(ruleId);
  const messages = (language === 'ko' ? korean.get(ruleId) : undefined) ?? rule?.messages ?? {};
  return findings.map((finding) => said(messages, revived(finding, rule?.dates))).join('; ');
}

/** Why a resource could not be judged. What AWS said of it stays in AWS's words. */
export const errorMessageOf = (
  error: Pick<ResultError, 'code' | 'api' | 'message'>,
  language: Language,
): string => (language === 'ko' ? errorMessageKo(error) : error.message);

/** Evidence that is not what this version writes has no sentence. */
function said(messages: AnyRule['messages'], finding: Finding): string {
  if (!Object.hasOwn(messages, finding.kind)) return finding.kind;
  try {
    return sentence(messages, finding);
  } catch {
    return finding.kind;
  }
}

const revived = (finding: Finding, dates: readonly string[] = []): Finding =>
  Object.fromEntries(
    Object.entries(finding).map(([name, value]) => [
      name,
      typeof value === 'string' && dates.includes(name) ? new Date(value) : value,
    ]),
  ) as unknown as Finding;
