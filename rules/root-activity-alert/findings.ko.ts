import type { MessagesOf } from '../rule.ts';
import { alertKo, missMessagesKo, usesKo } from '../shared/alerts/messages.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  ...missMessagesKo,
  partly: ({ alert, covered, lacking }) =>
    `${alertKo(alert)}: 루트의 ${usesKo(covered)}만 알림. 알림이 없는 사용: ${usesKo(lacking)}`,
};
