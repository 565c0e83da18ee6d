import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  notExported: () => 'audit 로그를 CloudWatch Logs로 내보내지 않음',
  engine: ({ engine }) => `Aurora MySQL이 아닌 엔진: ${engine}`,
};
