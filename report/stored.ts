import type { Language } from './both.ts';
import type { StoredVerdict } from './result.ts';

const WORDS = {
  en: {
    none: 'AWS Config has no result: waived there, or not evaluated since',
    has: (compliance: string, at: string, isOther: boolean) =>
      `AWS Config has ${compliance}, recorded at ${at}, ${isOther ? 'with other parameters' : 'before this'}`,
  },
  ko: {
    none: 'AWS Config에 결과가 없음: 거기서 예외로 두었거나 그 뒤로 평가하지 않음',
    has: (compliance: string, at: string, isOther: boolean) =>
      `AWS Config의 결과는 ${compliance}, ${at}에 ${isOther ? '다른 파라미터로' : '이보다 먼저'} 기록됨`,
  },
} satisfies Record<Language, object>;

/** `AWS Config has COMPLIANT, recorded at 2026-11-27T04:10:00Z, before this`: where its verdict is another one, and why. */
export function storedText({ compliance, recordedAt, why }: StoredVerdict, language: Language): string {
  const words = WORDS[language];
  if (compliance === null) return words.none;
  return words.has(compliance, recordedAt?.replace(/\.\d+Z$/, 'Z') ?? '', why === 'parameters');
}
