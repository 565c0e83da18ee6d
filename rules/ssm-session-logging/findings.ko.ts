import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noPreferences: ({ region, document }) => `${region}: ${document} 문서가 없어 세션을 기록하지 않음`,
  noDestination: ({ region }) => `${region}: 세션을 CloudWatch Logs에도 S3에도 기록하지 않음`,
  notEncrypted: ({ region, destinations }) =>
    `${region}: 암호화를 요구하지 않는 로그 대상: ${destinations.join(', ')}`,
  otherType: ({ region, sessionType }) =>
    `${region}: 세션 문서의 유형이 Standard_Stream이 아님(${sessionType})`,
  notUsed: () => '보이는 리전 가운데 세션을 기록하는 곳도, 관리형 노드가 있는 곳도 없음',
};
