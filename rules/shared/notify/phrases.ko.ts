/** What a fix that only tells people says, in Korean. */
import type { Phrases } from '../../language.ts';

export const phrases: Phrases = {
  'OnlyResolve is true, so nobody is told.': 'OnlyResolve가 true이므로 알리지 않음.',
  'It passed, and fails again: the next run tells.': '통과했다가 다시 실패함: 다음 실행에서 알림.',
  'The OpsItem {id} ({status}) says what to do, and {told}.':
    'OpsItem {id} ({status}): 할 일이 적혀 있음. {told}.',
  '{topic} has been told': '{topic}: 알림 완료',
  'no topic has been told': '알린 주제 없음',
  'Only a person can do it: the OpsItem says how.': '사람만 할 수 있음: 방법은 OpsItem에 있음.',
  'TopicArn is empty, so nothing is published: who does not look at OpsCenter is not told.':
    'TopicArn이 비어 있어 게시하지 않음: OpsCenter를 보지 않는 사람은 알 수 없음.',
  'What passes has nothing to be told of: its OpsItem stays resolved.':
    '통과한 리소스는 알릴 것이 없음: OpsItem은 해결됨으로 둠.',
  'A message that was published cannot be taken back.': '게시한 메시지는 회수할 수 없음.',
  'the steps to take published to {topic}': '{topic}: 절차 게시',
  'an OpsItem opened with the steps to take': '절차를 적은 OpsItem 생성',
  'the OpsItem {id} notes that': 'OpsItem {id}: 게시 사실 기록',
  'the OpsItem {id} resolved': 'OpsItem {id}: 해결 처리',
};
