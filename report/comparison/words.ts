import type { Language } from '../both.ts';
import type { Difference } from '../compare.ts';
import { whyNotOf, whyOf } from '../why.ts';

const WORDS = {
  en: {
    unjudged: 'not judged any more',
    nobodyLooked: 'nobody looked',
    notApplicable: 'the rule does not apply',
  },
  ko: { unjudged: '더는 판정하지 않음', nobodyLooked: '확인하지 않음', notApplicable: '규칙의 대상이 아님' },
} satisfies Record<Language, object>;

/** `not judged any more: nobody looked` */
export function notJudgedAnyMore({ is, after }: Difference, language: Language): string {
  const { unjudged, nobodyLooked, notApplicable } = WORDS[language];
  if (is === 'ABSENT') return `${unjudged}: ${nobodyLooked}`;
  const said = [
    ...after.errors.map((one) => whyNotOf(one, language)),
    ...after.results.map((one) => whyOf(one, language)),
  ].find((text) => text !== '');
  return `${unjudged}: ${said ?? (is === 'NOT_APPLICABLE' ? notApplicable : is)}`;
}
