import type { MessagesOf } from '../rule.ts';
import { byKo } from '../shared/exemption.ko.ts';
import { listedKo } from '../shared/listed.ko.ts';
import { policyKo } from '../shared/permissions/policies.ko.ts';
import { NAMED } from './findings.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  allowed: ({ policy, group, actions }) =>
    `${group === undefined ? '' : `그룹 ${group}의 `}${policyKo(policy)}: ${listedKo(actions, NAMED)} 허용`,
  approved: ({ by }) => `승인됨: ${byKo(by)}`,
  serviceRole: () => 'AWS 서비스만 수임할 수 있는 역할',
  serviceLinked: () => 'AWS가 권한을 정하는 서비스 연결 역할',
};
