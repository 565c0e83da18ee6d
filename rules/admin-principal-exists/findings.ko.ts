import type { MessagesOf } from '../rule.ts';
import { listedKo } from '../shared/listed.ko.ts';
import { MOST } from './findings.ts';
import type rule from './rule.ts';

/** `사용자 kim`, `역할 admin` */
const whoKo = (who: string): string => who.replace(/^user (?=.)/, '사용자 ').replace(/^role (?=.)/, '역할 ');

export const messages: MessagesOf<typeof rule> = {
  none: ({ least }) =>
    `사람이 쓸 수 있는 관리자가 없음(최소 ${least} 필요): 암호나 활성 액세스 키가 있는 IAM 사용자도, 계정이나 SAML 공급자가 수임할 수 있는 역할도 없음`,
  tooFew: ({ found, least }) =>
    `사람이 쓸 수 있는 관리자 수: ${found.length}, 최소 ${least} 필요(${listedKo(found.map(whoKo), MOST)})`,
  tooMany: ({ users, most }) =>
    `관리자인 IAM 사용자 수: ${users.length}, 최대 ${most}(${listedKo(users, MOST)})`,
};
