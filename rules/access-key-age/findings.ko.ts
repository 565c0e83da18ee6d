import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import type { KeyName } from '../shared/users/deactivate.ts';
import type rule from './rule.ts';

const named = ({ keyId, number }: KeyName) =>
  keyId === undefined ? `액세스 키 ${number}번` : `액세스 키 ${keyId}`;

export const messages: MessagesOf<typeof rule> = {
  rootKey: ({ number }) => `루트에 활성 액세스 키가 있음(${number}번)`,
  oldKey: ({ ageDays, maxAgeDays, ...key }) =>
    `${named(key)}: 만든 지 ${ageDays > maxAgeDays ? `${ageDays}일` : `${maxAgeDays}일을 막 넘김`}(한도 ${maxAgeDays}일)`,
  expiring: ({ ageDays, failsAt, ...key }) => `${named(key)}: 만든 지 ${ageDays}일, ${failsAt} 이후 위반`,
  exempt: exemptMessageKo,
};
