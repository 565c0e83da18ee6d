/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  '{name} is Aurora Serverless v1, which has no exports to set: it uploads by itself what its parameters turn on (server_audit_logging, server_audit_events)':
    '{name}: Aurora Serverless v1이라 내보내기 설정이 없음. 파라미터(server_audit_logging, server_audit_events)로 켠 로그를 스스로 올림',
  'Advanced Auditing is on': 'Advanced Auditing을 켤 것',
  'server_audit_logging is 1': 'server_audit_logging을 1로 둘 것',
  'server_audit_events names what to log, such as CONNECT,QUERY':
    'server_audit_events에 기록할 것을 지정할 것(예: CONNECT,QUERY)',
  '{name}, which cannot be changed: a custom one is needed': '{name}, 바꿀 수 없으므로 사용자 지정 그룹 필요',
  'Log audit stays empty until {what} (cluster parameter group {groups})':
    '다음을 갖출 때까지 audit 로그가 비어 있음: {what} (클러스터 파라미터 그룹: {groups})',
  none: '없음',
};
