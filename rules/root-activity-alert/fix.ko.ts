/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'it makes a rule of EventBridge, which acceptEventBridge does not accept.':
    'EventBridge 규칙을 만드는 수정이나 acceptEventBridge에서 허용하지 않음.',
  'no trail logs it': '기록하는 추적이 없음',
  'nobody can tell whether a trail logs it': '기록하는 추적이 있는지 알 수 없음',
  '{why}, without which EventBridge gets nothing: a trail first ({region}).':
    '{region}: {why}. 추적이 없으면 EventBridge에 아무것도 전달되지 않으므로 추적부터 만들 것.',
};
