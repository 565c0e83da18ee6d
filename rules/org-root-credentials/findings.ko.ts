import type { MessagesOf } from '../rule.ts';
import { credentialsKo } from '../shared/root.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  featureOff: ({ features }) => `중앙 루트 액세스에서 꺼진 기능: ${features.join(', ')}`,
  notAllFeatures: () => '조직에서 모든 기능을 활성화하지 않음(중앙 루트 액세스에 필요)',
  noMfa: ({ credentials }) => `루트에 ${credentialsKo(credentials)}가 있으나 MFA가 없음`,
  noCredentials: () => '루트에 자격 증명이 없음',
  noOrganization: () => '조직에 속하지 않은 계정',
  nothingRequired: () => 'requireFeatures가 비어 있어 관리 계정에 요구하는 것이 없음',
};
