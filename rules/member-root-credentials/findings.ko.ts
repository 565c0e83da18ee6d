import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';
import type { OutOfReach } from './rule.ts';

const OUT_OF_REACH: Readonly<Record<OutOfReach, string>> = {
  noOrganization: '실행한 계정이 조직에 속하지 않음',
  managementAccount: '조직의 관리 계정이라 다른 누구도 루트를 대신할 수 없음. MFA로 보호할 것(root-mfa)',
  notEnabled:
    '조직에서 루트 자격 증명의 중앙 관리가 꺼져 있음. RootCredentialsManagement를 켤 것(IAM의 "루트 액세스 관리")',
  notHere: '조직의 관리 계정도 IAM의 위임된 관리자도 아닌 계정에서 실행함. 둘 중 하나에서 실행할 것',
  notMember: '조직에 없는 계정',
  notActive: '활성 상태가 아닌 계정(일시 중지, 해지 중 또는 생성 중)',
};

const named = (what: string, { id, active }: { readonly id: string; readonly active: boolean }): string =>
  `루트에 ${active ? '' : '비활성 '}${what} 있음: ${id}`;

export const messages: MessagesOf<typeof rule> = {
  outOfReach: ({ why }) => `루트의 자격 증명에 손댈 수 없음: ${OUT_OF_REACH[why]}`,
  accessKey: (one) => named('액세스 키가', one),
  certificate: (one) => named('서명 인증서가', one),
  password: () => '루트에 암호가 있음',
  mfaDevice: ({ serialNumber }) => `루트에 MFA 디바이스가 있음: ${serialNumber}`,
};
