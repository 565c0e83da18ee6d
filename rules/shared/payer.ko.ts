import type { PayerCovers } from './payer.ts';

export const payerCoversMessageKo = ({ managementAccountId }: PayerCovers): string =>
  `조직의 멤버 계정으로, 관리 계정 ${managementAccountId}에서 조직 전체를 대신하는 것으로 봄(payerCovers)`;
