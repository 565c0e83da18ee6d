import type { ResourceRef } from '../account/account.ts';
import { AccountError, IncompleteListError } from '../account/errors.ts';
import type { Finding, Judgement, Rule, Unjudged, Verdict } from './rule.ts';

export const compliant = <F extends Finding>(
  resource: ResourceRef,
  findings: readonly F[] = [],
): Verdict<F> => ({
  resource,
  compliance: 'COMPLIANT',
  findings,
});

export const nonCompliant = <F extends Finding>(
  resource: ResourceRef,
  findings: readonly F[],
): Verdict<F> => ({
  resource,
  compliance: 'NON_COMPLIANT',
  findings,
});

export const notApplicable = <F extends Finding>(
  resource: ResourceRef,
  findings: readonly F[] = [],
): Verdict<F> => ({ resource, compliance: 'NOT_APPLICABLE', findings });

export const couldNotTell = (resource: ResourceRef, error: unknown): Unjudged => ({
  resource,
  error: error instanceof Error ? error : new Error(String(error)),
});

/** "Could not tell", for the resource that each error is about, or else for the resource that was asked for. */
export function unjudged(asked: ResourceRef, error: unknown): Unjudged[] {
  if (error instanceof IncompleteListError) return error.errors.flatMap((one) => unjudged(asked, one));
  return [couldNotTell((error instanceof AccountError && error.about) || asked, error)];
}

/** Judges one resource; an exception makes this resource unjudged, and no other. */
export async function attempt<F extends Finding>(
  resource: ResourceRef,
  judge: () => Promise<Judgement<F> | undefined>,
): Promise<Judgement<F> | undefined> {
  try {
    return await judge();
  } catch (error) {
    return couldNotTell(resource, error);
  }
}

/** AWS Config's limit (PutEvaluations). */
export const MAX_ANNOTATION = 256;

/** What there is to say of a finding; its kind, where nothing is known of it. */
export const sentence = (messages: Rule['messages'], finding: Finding): string =>
  messages[finding.kind]?.(finding as never) ?? finding.kind;

/** The verdict in at most 256 characters: the worst findings first, then how many more there are. */
export function annotation(rule: Pick<Rule, 'messages'>, verdict: Verdict): string {
  const sentences = verdict.findings.map((finding) => sentence(rule.messages, finding));
  const whole = sentences.join('; ');
  if (whole.length <= MAX_ANNOTATION) return whole;

  for (let shown = sentences.length - 1; shown >= 1; shown--) {
    const text = `${sentences.slice(0, shown).join('; ')}; +${sentences.length - shown} more`;
    if (text.length <= MAX_ANNOTATION) return text;
  }
  const rest = sentences.length > 1 ? `…; +${sentences.length - 1} more` : '…';
  return `${Array.from(sentences[0] as string)
    .slice(0, MAX_ANNOTATION)
    .join('')
    .slice(0, MAX_ANNOTATION - rest.length)}${rest}`;
}
