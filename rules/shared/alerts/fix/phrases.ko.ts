/** What a fix that makes an alert says, in Korean. */
import type { Phrases } from '../../../language.ts';

export const phrases: Phrases = {
  'This fix makes nothing in {region}.': '이 수정은 {region}에 아무것도 만들지 않음.',
  'topic {topic} made in {region}': '주제 {topic}: {region}에 생성',
  'topic {topic} takes what EventBridge publishes ({region})':
    '주제 {topic}: EventBridge의 게시 허용({region})',
  '{email} subscribed to topic {topic} ({region})': '{email}: 주제 {topic} 구독({region})',
  'rule {name} made in {region}': '규칙 {name}: {region}에 생성',
  'rule {name} enabled in {region}': '규칙 {name}: {region}에서 활성화',
  'rule {name} publishes to topic {topic} ({region})': '규칙 {name}: 주제 {topic}에 게시({region})',
  'TopicArn: {arn} is not a topic of this account, so nobody here can say who gets it.':
    'TopicArn: {arn}: 이 계정의 주제가 아니므로 누가 받는지 알 수 없음.',
  'Somebody has disabled rule {name}: ask why, if nobody remembers.':
    '규칙 {name}: 누군가 비활성화함. 이유를 확인할 것.',
  'rule {name} and topic {topic} are there ({region}), and nobody is told all the same: put right by hand what the verdict names.':
    '{region}: 규칙 {name}, 주제 {topic} 있음. 그런데도 알림이 가지 않으므로 판정에 나온 것을 직접 고칠 것.',
  'there is a rule {name} already, with another pattern ({region}): rename it, or let it match what the verdict names.':
    '{region}: 규칙 {name}: 다른 패턴으로 이미 있음. 이름을 바꾸거나 판정에 나온 것과 일치하게 할 것.',
  'rule {name} gets no calls that only read ({region}): set its state to {state}.':
    '{region}: 규칙 {name}: 읽기 전용 호출을 받지 않음. 필요한 상태: {state}.',
  'rule {name} has {count} targets, and EventBridge takes no more ({region}): remove one, or let one tell somebody.':
    '{region}: 규칙 {name}: 대상이 {count}개로 EventBridge의 한도. 하나를 빼거나 그중 하나로 알릴 것.',
  'TopicArn: there is no topic {topic} in {region}.': 'TopicArn: {region}에 없는 주제: {topic}.',
  'whom to tell cannot be made up: set NotificationEmail, or TopicArn to a topic in {region}.':
    '알릴 대상은 임의로 정할 수 없음: NotificationEmail이나 {region}에 있는 주제의 TopicArn 지정 필요.',
  'topic {topic} is encrypted with alias/aws/sns, so that nothing of EventBridge gets through: give it a key of your own, or none.':
    '주제 {topic}: alias/aws/sns로 암호화되어 EventBridge가 게시할 수 없음. 고객 관리형 키를 쓰거나 암호화하지 말 것.',
  'the policy of topic {topic} has a statement GroundrulesEventBridge that says something else ({region}): give that one another Sid.':
    '{region}: 주제 {topic}의 정책에 내용이 다른 문 GroundrulesEventBridge가 있음. 그 문의 Sid를 바꿀 것.',
  'the policy of topic {topic} keeps EventBridge out, whatever is added to it: change it by hand.':
    '주제 {topic}의 정책: 무엇을 더해도 EventBridge를 막음. 직접 바꿀 것.',
  'Topic {topic} has no confirmed subscription ({region}): subscribe whoever has to know.':
    '{region}: 주제 {topic}: 확인된 구독이 없음. 알아야 할 사람을 구독시킬 것.',
  'It is waiting for the confirmation: {emails} gets a message from AWS, whose link confirms the subscription to {topic} ({region}). Until then nobody is told.':
    '{region}: 구독 확인 대기 중. AWS가 {emails} 앞으로 보낸 메일의 링크로 주제 {topic} 구독을 확인해야 함. 그때까지는 알림이 가지 않음.',
  'TopicArn: {arn} is no topic in {regions}: a rule of EventBridge publishes to topics of its own Region.':
    'TopicArn: {arn}: {regions}의 주제가 아님. EventBridge 규칙은 같은 리전의 주제에만 게시함.',
  'its pattern': '패턴',
  'its state, to {state}': '상태(현재 {state})',
  'its description, schedule or role': '설명, 일정 또는 역할',
  'its target {id}': '대상 {id}',
  'its targets': '대상',
  'it has got a key': '키가 생김',
  'Rule {name} has no target any more': '규칙 {name}: 대상 제거',
  'Rule {name} is gone again': '규칙 {name}: 다시 삭제',
  'Rule {name} stays, because somebody else has given it another target since: {targets}.':
    '규칙 {name}: 이후 다른 사람이 대상을 추가해 그대로 둠({targets}).',
  'Rule {name} stays as it is, because somebody else has changed it since: {what}.':
    '규칙 {name}: 이후 다른 사람이 바꿔 그대로 둠({what}).',
  'Rule {name} stays enabled: the run does not say what it was.':
    '규칙 {name}: 실행에 이전 상태가 없어 활성 상태로 둠.',
  'Rule {name} is disabled again': '규칙 {name}: 다시 비활성화',
  'Topic {topic} is gone again': '주제 {topic}: 다시 삭제',
  'Topic {topic} stays, because somebody else uses it: {why}.':
    '주제 {topic}: 다른 사람이 쓰고 있어 그대로 둠({why}).',
  'EventBridge may go on publishing to {topic}, because others do: {rules}.':
    '주제 {topic}: 다른 규칙({rules})이 게시하므로 EventBridge의 게시를 계속 허용.',
  'EventBridge may not publish to {topic} any more': '주제 {topic}: EventBridge의 게시 허용 제거',
  'The subscription of {endpoint} to {topic} is not confirmed, and only a confirmed one can be removed: it lapses by itself.':
    '주제 {topic}, {endpoint} 구독: 확인되지 않아 제거할 수 없으며 저절로 만료됨.',
  '{endpoint} stays subscribed to {topic}, because rule {name} does not publish to it.':
    '{endpoint}: 규칙 {name}의 게시 대상이 아니므로 주제 {topic} 구독을 그대로 둠.',
  '{endpoint} stays subscribed to {topic}, because nobody else hears what others publish.':
    '{endpoint}: 다른 게시를 받는 구독자가 없어 주제 {topic} 구독을 그대로 둠.',
  '{endpoint} is not subscribed to {topic} any more': '{endpoint}: 주제 {topic} 구독 해지',
  '{what} ({region})': '{what} ({region})',
  'rule {name}': '규칙 {name}',
  'alarm {name}': '경보 {name}',
  '{statement} for {whom}': '{statement}(대상: {whom})',
  'a statement': '문',
  'statement {sid}': '문 {sid}',
  'subscription of {endpoint}': '{endpoint} 구독',
  'another subscription by {protocol}': '{protocol} 방식의 다른 구독',
};
