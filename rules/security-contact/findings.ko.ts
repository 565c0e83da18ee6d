import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noContact: () => '계정에 보안 대체 연락처가 없음',
};
