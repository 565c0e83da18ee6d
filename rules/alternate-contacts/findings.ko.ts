import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

const TYPES: Readonly<Record<string, string>> = { BILLING: '결제', OPERATIONS: '운영', SECURITY: '보안' };

/** `보안(SECURITY)`: as the console has it, and the API. */
const typeKo = (type: string): string => {
  const word = TYPES[type];
  return word === undefined ? type : `${word}(${type})`;
};

export const messages: MessagesOf<typeof rule> = {
  noContact: ({ type }) => `대체 연락처가 없음: ${typeKo(type)}`,
  foreignMail: ({ type, domain }) => `${typeKo(type)} 대체 연락처: 주소의 도메인이 허용되지 않음(${domain})`,
  sameMail: ({ types }) => `주소가 같은 대체 연락처: ${types.map(typeKo).join(', ')}`,
};
