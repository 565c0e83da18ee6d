/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'Access key {key}: {use}.': '액세스 키 {key}: {use}.',
  '{user} is gone by now.': '사용자 {user}: 이미 없음.',
  'somebody has taken away a part of policy {policy} and group {group} since the plan: look again.':
    '계획 이후 누군가 정책 {policy}, 그룹 {group}의 일부를 없앰: 다시 확인할 것.',
  'the automation runs as {user}, who must not lock themselves out: run it as somebody else, or with AutomationAssumeRole.':
    '자동화를 사용자 {user}의 권한으로 실행 중이며, 스스로를 잠그면 안 됨: 다른 사용자나 AutomationAssumeRole로 실행할 것.',
  '{user} is one of BreakGlassUsers.': '사용자 {user}: BreakGlassUsers에 있음.',
  'access key {key} of {user} was {use}, within {days} days, and what signs with it has no MFA: give whoever uses it a role, or set Force to true.':
    '사용자 {user}, 액세스 키 {key}: {use}({days}일 이내)이며 그 키로 서명하는 쪽에는 MFA가 없음. 역할을 쓰게 하거나 Force를 true로 지정할 것.',
  '{user} has no MFA device and may not create and register one (iam:CreateVirtualMFADevice and iam:EnableMFADevice, without MFA, by one way in), and would be locked out for good: register one first, or let them.':
    '사용자 {user}: MFA 디바이스가 없고 만들어 등록할 권한도 없어(iam:CreateVirtualMFADevice와 iam:EnableMFADevice, MFA 없이, 같은 로그인 방법으로) 영영 잠기게 됨. 먼저 등록하거나 권한을 줄 것.',
  '{user} is in {count} groups, and IAM allows {most}.':
    '사용자 {user}: 그룹 {count}개에 속함. IAM의 한도는 {most}개.',
  'there is a policy {policy} that does not say what allowedWithoutMfa asks for: nobody but its owner should change it, so change one of the two.':
    '정책 {policy}: 내용이 allowedWithoutMfa와 다름. 정책은 소유자만 바꿔야 하므로 둘 중 하나를 맞출 것.',
  'allowedWithoutMfa is too long for a policy, which may have {most} characters.':
    'allowedWithoutMfa가 정책의 한도({most}자)보다 김.',
  'group {group} also has {others}, which {user} would get, too.':
    '그룹 {group}: {others}도 있어 사용자 {user}에게도 적용됨.',
  'group {group} is there without the policy, which would hit {users}, too: attach it by hand, or take them out first.':
    '그룹 {group}: 정책 없이 있으며, 정책을 붙이면 {users}에게도 적용됨. 직접 붙이거나 먼저 그룹에서 뺄 것.',
  '{user} can no longer do {actions} without MFA: from the next request on, a session that began without it can only register it.':
    '사용자 {user}: MFA 없이는 {actions} 불가. 다음 요청부터 MFA 없이 시작한 세션은 MFA 등록만 할 수 있음.',
  '{user} has no MFA device: until one is registered, registering it is all that is possible.':
    '사용자 {user}: MFA 디바이스가 없으므로 등록할 때까지 등록만 할 수 있음.',
  'What signs with access key {key} of {user} ({use}) is denied, unless it gets a session with MFA (sts:GetSessionToken).':
    '사용자 {user}, 액세스 키 {key} ({use}): MFA 세션(sts:GetSessionToken)을 받지 않으면 이 키로 서명한 요청이 거부됨.',
  'The user {user} has been deleted, and is in no group any more.':
    '사용자 {user}: 삭제되어 어느 그룹에도 없음.',
  'Group {group} stays: {why}.': '그룹 {group}: 그대로 둠({why}).',
  'Policy {policy} stays: {why}.': '정책 {policy}: 그대로 둠({why}).',
  'Policy {policy} stays: somebody else has changed it, or made it anew.':
    '정책 {policy}: 다른 사람이 바꾸거나 새로 만들어 그대로 둠.',
  '{users} in the group': '그룹의 사용자 {users}',
  'there is {others}, too': '{others}도 있음',
  'an answer of IAM has elements that make no sense, so that nobody knows who uses it':
    'IAM의 응답에 해석할 수 없는 요소가 있어 누가 쓰는지 알 수 없음',
  '{user} out of group {group} again': '사용자 {user}: 그룹 {group}에서 다시 제외',
  'policy {policy} detached from group {group} again': '정책 {policy}: 그룹 {group}에서 다시 분리',
  'group {group} deleted again': '그룹 {group} 다시 삭제',
  'policy {policy} deleted again': '정책 {policy} 다시 삭제',
  'Somebody else has changed policy {policy} meanwhile, or made it anew.':
    '정책 {policy}: 그사이 다른 사람이 바꾸거나 새로 만듦.',
  'policy {policy} made': '정책 {policy} 생성',
  'group {group} made': '그룹 {group} 생성',
  'policy {policy} attached to group {group}': '정책 {policy}: 그룹 {group}에 연결',
  '{user} in group {group}': '사용자 {user}: 그룹 {group}에 추가',
};
