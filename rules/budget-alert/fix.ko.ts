/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'a budget {name} of {amount} US dollars a month, of which {who} hears at {actual} % of the actual and {forecast} % of the forecasted costs':
    '월 {amount}달러 예산 {name} 생성: 실제 비용 {actual} %, 예상 비용 {forecast} %에서 {who} 앞 알림',
  'EmailAddress or TopicArn': 'EmailAddress 또는 TopicArn',
  'how much the account may cost, and whom AWS should tell, cannot be made up. Set {names}.':
    '계정 비용의 한도와 알릴 대상은 임의로 정할 수 없음. {names} 지정 필요.',
  '{wanted} budgets are wanted (minBudgets), {count} {are} there, and this document makes one. Create the others first.':
    '예산 {wanted}개 필요(minBudgets), 현재 {count}개이며 이 문서는 하나만 만듦. 나머지를 먼저 만들 것.',
  'there is a budget {name} already, which is left as it is{why}. Change what is wrong with it, or delete it.':
    '예산 {name}: 이미 있으므로 그대로 둠{why}. 잘못된 것을 고치거나 삭제할 것.',
  ': {why}': ': {why}',
  'The budget {name} stays, because somebody else has changed it since: {what}.':
    '예산 {name}: 이후 다른 사람이 바꿔 그대로 둠({what}).',
  'The budget {name} is deleted, with its alerts': '예산 {name}: 알림과 함께 삭제',
  'its type': '유형',
  'its period': '기간',
  'its limit': '한도',
  'its filters': '필터',
  'its billing view': '결제 보기',
  'its alerts': '알림',
  'There is a budget {name} that somebody else has created, or changed, meanwhile.':
    '예산 {name}: 그사이 다른 사람이 만들었거나 바꿈.',
};
