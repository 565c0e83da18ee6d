import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  accountInstance: () =>
    'IAM Identity Center 계정 인스턴스만 있음. 애플리케이션 액세스만 제공하고 계정 액세스는 제공하지 않음',
  expired: ({ providers }) => `만료된 SAML 공급자: ${providers.join(', ')}`,
  notAccepted: ({ providers }) =>
    `IAM Identity Center가 필요하나 사람이 로그인하는 공급자가 따로 있음: ${providers.join(', ')}`,
  workloadsOnly: ({ hosts }) => `워크로드용 OIDC 공급자만 있음: ${hosts.join(', ')}`,
  none: () => 'IAM Identity Center도, 사람이 로그인하는 자격 증명 공급자도 없음',
  noOrganization: () => '조직에 속하지 않은 계정이며 IAM Identity Center도, 사람용 자격 증명 공급자도 없음',
};
