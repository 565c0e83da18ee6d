/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'RDS exports no log {names} of {engine}: take it out of additionalLogs':
    '{engine}: RDS가 로그 {names} 내보내기를 지원하지 않음. additionalLogs에서 뺄 것',
  '{name} is a member of DB cluster {cluster}, and exports what the cluster exports':
    '{name}: DB 클러스터 {cluster}의 멤버이며 클러스터의 내보내기를 따름',
  '{what}, which can be no log audit': '{what}, audit 로그가 있을 수 없음',
  'which can be no log audit': 'audit 로그가 있을 수 없음',
  'log audit stays empty until the option group has MARIADB_AUDIT_PLUGIN':
    '옵션 그룹에 MARIADB_AUDIT_PLUGIN이 생길 때까지 audit 로그가 비어 있음',
  'logs error and agent say nothing of queries: SQL Server Audit is the option SQLSERVER_AUDIT, and writes to S3':
    'error, agent 로그에는 쿼리가 없음: SQL Server Audit은 옵션 SQLSERVER_AUDIT이며 S3에 기록함',
  'option {option} is there': '옵션 {option}의 유무',
  '{what} (option group {groups})': '{what} (옵션 그룹: {groups})',
  '{what} (parameter group {groups})': '{what} (파라미터 그룹: {groups})',
  none: '없음',
  'the engine writes these logs': '엔진이 이 로그를 쓰는지',
  'log {name} stays empty until {parameter} is 1 and log_output is FILE':
    '{parameter} 1, log_output FILE이 될 때까지 {name} 로그가 비어 있음',
  'log {name} stays empty until log_output is FILE': 'log_output이 FILE이 될 때까지 {name} 로그가 비어 있음',
  'log general holds every statement as it was sent, and CloudWatch Logs bills for all of it':
    'general 로그에는 모든 문이 보낸 그대로 남고 CloudWatch Logs 요금이 그만큼 나옴',
  'log postgresql holds errors but no statements until shared_preload_libraries has pgaudit, or log_statement is set':
    'shared_preload_libraries에 pgaudit이 있거나 log_statement를 설정할 때까지 postgresql 로그에는 오류만 있고 문은 없음',
  'log audit stays empty until audit_trail is OS or XML':
    'audit_trail이 OS나 XML이 될 때까지 audit 로그가 비어 있음',
  '(parameter group {groups})': '(파라미터 그룹: {groups})',
};
