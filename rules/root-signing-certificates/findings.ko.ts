import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  certificate: ({ numbers }) =>
    `루트에 X.509 서명 인증서가 있음${numbers.length > 0 ? `(${numbers.map((number) => `${number}번`).join(', ')})` : ''}`,
};
