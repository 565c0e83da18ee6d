import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { listedKo } from '../shared/listed.ko.ts';
import { policyKo } from '../shared/permissions/policies.ko.ts';
import { NAMED } from './findings.ts';
import type rule from './rule.ts';

const of = ({ role, policy }: { readonly role: string; readonly policy: string }): string =>
  `역할 ${role}의 ${policyKo(policy)}`;

export const messages: MessagesOf<typeof rule> = {
  forbiddenPolicy: (one) => `${of(one)}: 금지된 정책`,
  admin: (one) => `${of(one)}: 모든 것을 허용함`,
  allBut: ({ but, ...one }) => `${of(one)}: 일부를 뺀 모든 것을 허용함(제외: ${listedKo(but, NAMED)})`,
  serviceWildcard: ({ services, ...one }) =>
    `${of(one)}: 모든 리소스에 서비스의 모든 작업을 허용함(${listedKo(services, NAMED)})`,
  exempt: exemptMessageKo,
  noProfile: () => '인스턴스 프로파일이 없음',
  noRole: ({ profile }) => `인스턴스 프로파일 ${profile}에 역할이 없음`,
};
