import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  notExported: ({ engine, types }) => `${engine}: CloudWatch Logs로 내보내지 않는 로그: ${types.join(', ')}`,
  engine: ({ engine }) => `확인하지 않는 엔진: ${engine}`,
  status: ({ status }) => `상태: ${status}`,
};
