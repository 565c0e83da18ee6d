/** Why a resource has its verdict, or has none, for one line of a report. */
import type { ComparedResult } from './compare.ts';
import { errorMessageOf, type Language, sentencesOf } from './language.ts';
import type { ResultError } from './result.ts';

/** As much as AWS Config shows of it. */
const LONGEST = 256;

/** In English, the annotation that AWS Config shows; it is empty where there is nothing to say. */
export function whyOf(
  { rule, annotation, findings }: Pick<ComparedResult, 'rule' | 'annotation' | 'findings'>,
  language: Language,
): string {
  if (language === 'en' || findings.length === 0) return annotation;
  const text = sentencesOf(rule, findings, language);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

export const whyNotOf = (error: Pick<ResultError, 'code' | 'api' | 'message'>, language: Language): string =>
  errorMessageOf(error, language);
