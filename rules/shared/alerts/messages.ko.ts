/** Why nobody is told, in Korean. */
import type { Messages } from '../../rule.ts';
import type { AlertMiss } from './messages.ts';

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const USES: Readonly<Record<string, string>> = { 'sign-in': '로그인', 'API calls': 'API 호출' };

/** `로그인, API 호출`: what root does, as the samples call it. */
export const usesKo = (uses: readonly string[]): string => uses.map((use) => USES[use] ?? use).join(', ');

/** What nobody is told of: `root's sign-in and API calls`. */
export function ofKo(of: string): string {
  if (of === "GuardDuty's finding on root's use") return '루트 사용에 대한 GuardDuty 결과';
  const [, uses] = /^root's (.+)$/.exec(of) ?? [];
  return uses === undefined ? of : `루트의 ${usesKo(uses.split(' and '))}`;
}

/** `규칙 root-login`, `지표 필터 root-use`: what raises an alert. */
export const alertKo = (alert: string): string =>
  alert.replace(/^rule (?=.)/, '규칙 ').replace(/^metric filter (?=.)/, '지표 필터 ');

export const missMessagesKo: Messages<AlertMiss> = {
  notAccepted: () => 'EventBridge도 지표 필터도 인정하지 않도록 설정되어 통과할 방법이 없음',
  noTrail: ({ of }) => `관리 이벤트로 기록하는 추적이 없어 어떤 알림도 볼 수 없음: ${ofKo(of)}`,
  notCovered: ({ at, of }) => `${at}: 이벤트와 일치하지 않음(${ofKo(of)})`,
  noRule: ({ at, of }) => `${at}: 일치하는 EventBridge 규칙이 없음(${ofKo(of)})`,
  ruleOff: ({ at }) => `규칙 ${at}: 꺼져 있음`,
  nobody: ({ at }) => `규칙 ${at}: 대상이 없거나 로그 그룹뿐이라 아무에게도 알리지 않음`,
  noTopic: ({ at }) => `주제 ${nameOf(at)}: 존재하지 않음`,
  unconfirmed: ({ at }) => `주제 ${nameOf(at)}: 확인된 구독이 없음`,
  topicKey: ({ at }) => `주제 ${nameOf(at)}: 서비스가 게시할 수 없는 alias/aws/sns로 암호화됨`,
  topicPolicy: ({ at }) => `주제 ${nameOf(at)}: 정책이 EventBridge의 게시를 허용하지 않음`,
  noLogGroup: ({ at }) => `추적 ${at}: 로그 그룹으로 전송하지 않음`,
  noFilter: ({ at, of }) => `로그 그룹 ${at}: 일치하는 지표 필터가 없음(${ofKo(of)})`,
  noMetric: ({ at }) => `지표 필터 ${at}: 아무것도 세지 않음`,
  noAlarm: ({ at }) => `지표 필터 ${at}: 지표에 대한 경보가 없음`,
  threshold: ({ at }) => `경보 ${at}: 이벤트 하나로는 울리지 않음`,
  datapoints: ({ at }) => `경보 ${at}: 데이터 포인트를 둘 이상 기다림`,
  actionsOff: ({ at }) => `경보 ${at}: 작업이 꺼져 있음`,
  noAction: ({ at }) => `경보 ${at}: 누군가에게 알리는 작업이 없음`,
};
