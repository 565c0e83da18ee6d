/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'the ARN of {name}': '{name}의 ARN',
  'a monitor {name} of all AWS services': '모든 AWS 서비스의 모니터 {name} 생성',
  'a subscription {name}, by which {who} hears {when} of anomalies of {amount} US dollars or more':
    '구독 {name} 생성: {amount}달러 이상의 이상 비용을 {when} {who} 앞 알림',
  'once a day': '하루 한 번',
  'at once': '즉시',
  'whom AWS should tell cannot be made up. Set EmailAddress or TopicArn.':
    '알릴 대상은 임의로 정할 수 없음. EmailAddress 또는 TopicArn 지정 필요.',
  'one subscription is for mail or for a topic. Set EmailAddress or TopicArn, not both.':
    '구독 하나는 메일이나 주제 중 하나만 가능. EmailAddress와 TopicArn 중 하나만 지정할 것.',
  'there is a subscription {name} already, which is left as it is. Change what is wrong with it, or delete it.':
    '구독 {name}: 이미 있으므로 그대로 둠. 잘못된 것을 고치거나 삭제할 것.',
  'A new monitor finds nothing in its first day, and in the first ten of a service.':
    '새 모니터는 첫날, 서비스별로는 첫 10일 동안 아무것도 찾지 못함.',
  'The subscription {name} ({arn}) is deleted': '구독 {name} ({arn}) 삭제',
  'The monitor {name} is deleted, with what it has learnt': '모니터 {name}: 학습한 내용과 함께 삭제',
  'The monitor {name} stays, because somebody else has subscribed to it.':
    '모니터 {name}: 다른 사람이 구독하여 그대로 둠.',
  'The subscription {name} ({arn}) stays, because somebody else has created or changed it.':
    '구독 {name} ({arn}): 다른 사람이 만들었거나 바꿔 그대로 둠.',
  'There is a subscription {name} that somebody else has created, or changed, meanwhile.':
    '구독 {name}: 그사이 다른 사람이 만들었거나 바꿈.',
};
