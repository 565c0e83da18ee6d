import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { keyKo } from '../shared/users/keys.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  accessKey: ({ isActive, lastUsed, ...key }) => {
    const use = lastUsed === null ? ', 사용한 적 없음' : `, 마지막 사용 ${lastUsed}`;
    return `${keyKo(key)}: ${isActive ? '활성' : '비활성'}${lastUsed === undefined ? '' : use}`;
  },
  password: () => '콘솔 암호가 있음',
  certificate: ({ certificateId, number }) => `서명 인증서 ${certificateId ?? `${number}번`}: 활성`,
  exempt: exemptMessageKo,
};
