import type { MessagesOf } from '../rule.ts';
import { credentialsKo } from '../shared/root.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noMfa: ({ credentials }) => `루트에 ${credentialsKo(credentials)}가 있으나 MFA가 없음`,
  virtualMfa: ({ serialNumber }) => `루트의 MFA 디바이스가 하드웨어가 아닌 가상 디바이스: ${serialNumber}`,
  noCredentials: () => '루트에 암호, 액세스 키, 서명 인증서가 모두 없음',
};
