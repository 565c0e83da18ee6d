import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { keyKo } from '../shared/users/keys.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  rootKey: ({ number }) => `루트에 활성 액세스 키가 있음(${number}번)`,
  oldKey: ({ ageDays, maxAgeDays, ...key }) => {
    const age = ageDays > maxAgeDays ? `${ageDays}일` : `${maxAgeDays}일을 막 넘김`;
    return `${keyKo(key)}: 만든 지 ${age}(한도 ${maxAgeDays}일)`;
  },
  expiring: ({ ageDays, failsAt, ...key }) => `${keyKo(key)}: 만든 지 ${ageDays}일, ${failsAt} 이후 위반`,
  exempt: exemptMessageKo,
};
