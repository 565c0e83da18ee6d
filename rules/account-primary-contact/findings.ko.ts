import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  missing: ({ field }) => `기본 연락처에 없는 필드: ${field}`,
  placeholder: ({ field }) => `기본 연락처의 ${field}: 자리 채우기 값`,
  unverifiedPhone: ({ status }) => `기본 연락처의 PhoneNumber: 확인되지 않음(${status})`,
};
