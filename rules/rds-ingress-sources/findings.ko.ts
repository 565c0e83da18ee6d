import type { MessagesOf } from '../rule.ts';
import type { Why } from './findings.ts';
import type rule from './rule.ts';

const sentence = (
  { at, group }: { readonly at?: string; readonly group: string },
  source: string,
  why: string,
): string =>
  `${at === undefined ? '' : `${at.replace(/ on any port$/, ' 모든 포트')}: `}보안 그룹 ${group}에서 ${source} 허용(${why})`;

const WHY: Readonly<Record<Why, (widest: number) => string>> = {
  internet: () => '인터넷',
  foreign: () => 'allowedCidrs에 없음',
  wide: (widest) => `/${widest}보다 넓음`,
};

export const messages: MessagesOf<typeof rule> = {
  internet: (one) => sentence(one, one.source, one.isPublic ? '인터넷, 퍼블릭 액세스 가능' : '인터넷'),
  foreign: (one) => sentence(one, one.source, WHY.foreign(0)),
  wide: (one) => sentence(one, one.source, WHY.wide(one.widest)),
  list: (one) => sentence(one, `${one.source}의 ${one.entry}`, WHY[one.why](one.widest)),
  groupSource: (one) => sentence(one, one.source, '소스가 보안 그룹'),
  ofCluster: ({ cluster }) => `DB 클러스터 ${cluster}의 멤버(보안 그룹이 같음)`,
  noGroups: () => 'VPC 보안 그룹이 없음',
};
