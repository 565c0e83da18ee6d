import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

/** What a listener does instead of redirecting to HTTPS. */
const DOES: Readonly<Record<string, string>> = {
  'forwards requests': '요청을 그대로 전달함',
  'redirects to HTTP': 'HTTP로 리디렉션함',
  'answers by itself': '직접 응답함',
  'does nothing': '아무 작업도 하지 않음',
};
const doesKo = (does: string): string => DOES[does] ?? `${does.replace(/^does /, '')} 작업을 함`;

export const messages: MessagesOf<typeof rule> = {
  plainDefault: ({ port, does }) => `포트 ${port}의 HTTP 리스너: ${doesKo(does)}`,
  plainRule: ({ port, priority, does }) => `포트 ${port}의 HTTP 리스너, 규칙 ${priority}: ${doesKo(does)}`,
};
