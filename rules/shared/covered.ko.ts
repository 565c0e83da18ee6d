/** Of an analyzer that the organization is taken to have. */
export const coveredKo = ({ management }: { readonly management: string }): string =>
  `자체 분석기가 없음: 조직의 분석기가 대신하는 것으로 봄(관리 계정 ${management})`;
