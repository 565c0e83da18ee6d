/** What fixes of several rules say, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'whom AWS should tell of {type} cannot be made up. Set {names}: AWS wants all of them, and they should reach several people.':
    '{type} 알림을 받을 대상은 임의로 정할 수 없음. {names} 지정 필요: AWS는 모두 요구하며, 여러 사람이 받게 할 것.',
  '{contact} is the alternate contact for {type}': '{contact}: {type} 대체 연락처로 등록',
  'The {type} contact stays, because somebody else has changed it since.':
    '{type} 연락처: 이후 다른 사람이 바꿔 그대로 둠.',
  'The account has no alternate contact for {type} again, as before': '{type} 대체 연락처: 이전처럼 없음',
  '{contact} is the contact, which somebody else has registered meanwhile.':
    '{contact}: 그사이 다른 사람이 등록한 연락처.',
  security: '보안',
  billing: '결제',
  operations: '운영',
  '{name} is {status}, and RDS changes only what is available: try again then':
    '{name}: 상태 {status}. RDS는 사용 가능 상태에서만 변경하므로 그때 다시 실행할 것',
  '{logs} of {name} exported to CloudWatch Logs': '{name}: {logs} 로그를 CloudWatch Logs로 내보내기',
  '{logs} of {name} is not exported: somebody else has turned it off meanwhile.':
    '{name}: {logs} 로그 내보내기가 꺼져 있음. 그사이 다른 사람이 끔.',
  '{name} is {id} now, and what the run changed was {other}':
    '{name}: 현재 ID는 {id}, 실행이 바꾼 것은 {other}',
  '{logs} of {name} no longer exported': '{name}: {logs} 로그 내보내기 중지',
  'Whether {what} is not known ({why})': '알 수 없음: {what}. 원문: "{why}"',
  'The policy of {topic} has to let {service} publish: without that nothing arrives, and AWS does not say so.':
    '{topic}: 정책에서 {service}의 게시를 허용해야 함. 허용하지 않으면 아무것도 도착하지 않고 AWS도 알려 주지 않음.',
  'The bucket may belong to another account: "Buckets of another account" on this rule\'s page has the policy to grant, and only that account can fix it':
    '다른 계정의 버킷일 수 있음: 부여할 정책은 이 규칙 페이지의 "다른 계정의 버킷"에 있으며, 그 계정만 고칠 수 있음',
  'The credential report does not give the id of access key {number}: collect the keys of {user} (iam:ListAccessKeys) and plan again.':
    '자격 증명 보고서에 액세스 키 {number}의 ID가 없음: 사용자 {user}의 키를 수집하고(iam:ListAccessKeys) 다시 계획할 것.',
  'Access key {key}: {use}.': '액세스 키 {key}: {use}.',
  'access key {key} was {use}, within {days} days: give whoever uses it another, or set Force to true.':
    '액세스 키 {key}: {use}({days}일 이내). 쓰는 쪽에 다른 키를 주거나 Force를 true로 지정할 것.',
  'access key {key} inactive ({why})': '액세스 키 {key}: 비활성화({why})',
  'the automation runs with a key of {user} itself, and must not lock itself out: run it as somebody else, or with AutomationAssumeRole.':
    '자동화를 사용자 {user}의 키로 실행 중이며, 스스로를 잠그면 안 됨: 다른 사용자나 AutomationAssumeRole로 실행할 것.',
  'The user {user} has been deleted, and its keys with it.': '사용자 {user}: 키와 함께 삭제됨.',
  'access key {key} active again': '액세스 키 {key}: 다시 활성화',
  'Access key {key} has been deleted since: nothing brings it back.':
    '액세스 키 {key}: 이후 삭제되어 복구할 수 없음.',
  'Somebody else has deleted access key {key} meanwhile.': '액세스 키 {key}: 그사이 다른 사람이 삭제함.',
  'nobody knows when last used': '마지막 사용 시점 불명',
  'never used': '사용한 적 없음',
  'last used at {time}{by}': '마지막 사용 {time}{by}',
  'Bucket {bucket} was created {when}, and the one that the run changed at {time}: it is another one, or its policy has been edited since, after which S3 may give a later date. Undo it by hand if it is the same.':
    '버킷 {bucket}: 생성 시각 {when}, 실행이 바꾼 버킷의 생성 시각 {time}. 다른 버킷이거나 이후 정책이 수정됨(그러면 S3가 더 늦은 시각을 줄 수 있음). 같은 버킷이면 직접 되돌릴 것.',
  'at {time}': '{time}',
  'nobody knows when': '불명',
};
