/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'an alarm {name} in {region}, which tells {topic} once the charges of a month are above {amount} {currency}':
    '{region}에 경보 {name} 생성: 한 달 요금이 {amount} {currency} 초과 시 {topic}에 알림',
  'Nobody looks whether {topic} lets CloudWatch publish, and has a subscription that is confirmed.':
    '{topic}: CloudWatch의 게시를 허용하는지, 확인된 구독이 있는지는 점검하지 않음.',
  'The metric is there only once "Receive CloudWatch billing alerts" is turned on in the billing preferences (in an organization those of the management account): only the console can, and it cannot be turned off again. Without data for two days the alarm does not count.':
    '결제 기본 설정(조직에서는 관리 계정)에서 "CloudWatch 결제 알림 받기"를 켜야 지표가 생김: 콘솔에서만 켤 수 있고 다시 끌 수 없음. 이틀 동안 데이터가 없으면 경보로 치지 않음.',
  'how much the account may cost, and whom the alarm should tell, cannot be made up. Set {names}.':
    '계정 비용의 한도와 알릴 대상은 임의로 정할 수 없음. {names} 지정 필요.',
  'an alarm tells topics of its own Region alone, and the metric is in {region} alone: {topic} is none of {other}.':
    '경보는 같은 리전의 주제에만 알리고 지표는 {region}에만 있음: {topic}: {other}의 주제가 아님.',
  '{what}. Only the console can turn them on, in an organization that of the management account: billing preferences, "Receive CloudWatch billing alerts".':
    '{what}. 콘솔에서만 켤 수 있음(조직에서는 관리 계정): 결제 기본 설정, "CloudWatch 결제 알림 받기".',
  'there is an alarm {name} already, which is left as it is{why}. Change what is wrong with it, or delete it.':
    '경보 {name}: 이미 있으므로 그대로 둠{why}. 잘못된 것을 고치거나 삭제할 것.',
  ': {why}': ': {why}',
  'The alarm {name} stays, because a composite alarm rests on it.':
    '경보 {name}: 복합 경보가 쓰고 있어 그대로 둠.',
  'The alarm {name} stays, because somebody else has changed it since.':
    '경보 {name}: 이후 다른 사람이 바꿔 그대로 둠.',
  'The alarm {name} is deleted': '경보 {name} 삭제',
  'There is an alarm {name} that somebody else has created, or changed, meanwhile.':
    '경보 {name}: 그사이 다른 사람이 만들었거나 바꿈.',
};
