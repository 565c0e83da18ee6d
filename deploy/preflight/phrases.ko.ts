/** What a check before a deployment finds, and what to do about it, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  // limits
  rules: '규칙',
  'rules in conformance packs': '적합성 팩의 규칙',
  '{ours} rules come to {others} others': '기존 규칙 {others}개에 {ours}개가 더해짐',
  '{ours} {what} come to {others} that are there: AWS Config takes {most} in an account and Region':
    '{what}: 기존 {others}개에 {ours}개가 더해짐. AWS Config의 한도는 계정과 리전마다 {most}개',
  'leave out packs or controls in the settings, or ask for more in Service Quotas (AWS Config)':
    '설정에서 팩이나 통제를 빼거나 Service Quotas(AWS Config)에서 한도 증가를 요청할 것',
  'Lambda does not say how many may run': 'Lambda가 동시 실행 한도를 알려 주지 않음',
  'functions.reservedConcurrency is {reserved} of {most} that may run at a time: Lambda keeps {unreserved} unreserved, and the stack fails':
    'functions.reservedConcurrency가 동시 실행 한도 {most}개 중 {reserved}개. Lambda는 {unreserved}개를 예약하지 않은 채로 두어야 하므로 스택이 실패함',
  '{command}; or leave functions.reservedConcurrency unset':
    '{command}. 또는 functions.reservedConcurrency를 지정하지 말 것',
  "{most} functions may run at a time in the whole account, as in new ones: the packs' first run is throttled, and takes its time":
    '계정 전체에서 함수 {most}개까지 동시 실행 가능(새 계정의 값). 팩의 첫 실행은 스로틀링되어 오래 걸림',
  '{most} functions may run at a time': '함수 {most}개까지 동시 실행 가능',
  // organization
  'this account is in {organization}, and organization.organizationId is {wanted}':
    '이 계정의 조직: {organization}, organization.organizationId: {wanted}',
  'no organization': '없음',
  'this is the audit account of {organization}': '{organization} 조직의 감사 계정',
  'StackSets may not deploy to the organization: trusted access is off':
    'StackSets가 조직에 배포할 수 없음: 신뢰할 수 있는 액세스가 꺼져 있음',
  'AWS Config may not look at the organization: trusted access is off':
    'AWS Config가 조직을 볼 수 없음: 신뢰할 수 있는 액세스가 꺼져 있음',
  '{account} is no delegated administrator of AWS Config: its aggregator gets nothing':
    '{account}: AWS Config의 위임된 관리자가 아니므로 집계자에 아무것도 모이지 않음',
  '{organization} trusts StackSets and AWS Config':
    '{organization}: StackSets와 AWS Config에 신뢰할 수 있는 액세스가 켜져 있음',
  "{account} is the management account, which is nobody's delegate: leave organization.delegatedAdministratorAccountId out":
    '{account}: 관리 계정이므로 위임된 관리자가 될 수 없음. organization.delegatedAdministratorAccountId를 뺄 것',
  '{account} is no delegated administrator of StackSets: it cannot deploy to the organization':
    '{account}: StackSets의 위임된 관리자가 아니므로 조직에 배포할 수 없음',
  // recorder
  'AWS Config records, with {name}': 'AWS Config가 기록 중(기록기 {name})',
  'AWS Config has no recorder: it refuses conformance packs, and the stack fails':
    'AWS Config에 기록기가 없음: 적합성 팩을 받지 않아 스택이 실패함',
  '{command}; then a delivery channel, and start-configuration-recorder':
    '{command}. 그다음 전송 채널을 만들고 start-configuration-recorder를 실행할 것',
  'the recorder {name} is stopped: nothing is judged when it changes':
    '기록기 {name}: 멈춰 있어 변경되어도 판정하지 않음',
  'the recorder {name} leaves out {types}: rules on these see nothing':
    '기록기 {name}: {types} 제외. 이 유형을 보는 규칙은 판정하지 못함',
  '{command}, and add them to its recording group': '{command} 실행 후 기록 그룹에 추가할 것',
  "AWS Config cannot record IAM's users, groups, roles and policies in {region}, which it came to after February 2022: rules on these see nothing":
    '{region}: 2022년 2월 이후 AWS Config가 출시된 리전이라 IAM 사용자, 그룹, 역할, 정책을 기록하지 못함. 이들을 보는 규칙은 판정하지 못함',
  'set homeRegion in the settings to an older Region, and record global resources there':
    '설정의 homeRegion을 더 오래된 리전으로 바꾸고 글로벌 리소스를 그곳에서 기록할 것',
  "set homeRegion in the settings to Control Tower's home Region":
    '설정의 homeRegion을 Control Tower의 홈 리전으로 바꿀 것',
  '{command}, with includeGlobalResourceTypes=true in its recording group':
    '{command} (기록 그룹에 includeGlobalResourceTypes=true)',
  // security-hub
  'Security Hub CSPM is off: findings are refused, and insights make the stack fail':
    'Security Hub CSPM이 꺼져 있음: 결과를 받지 않으며 인사이트 때문에 스택이 실패함',
  'Security Hub CSPM is on, and {administrator} administers it':
    'Security Hub CSPM 켜짐, 관리자 계정 {administrator}',
  'Security Hub CSPM is on, for this account alone': 'Security Hub CSPM 켜짐, 이 계정만 사용',
  ': securityHub.automationRules may be true here':
    '. 여기서는 securityHub.automationRules를 true로 둘 수 있음',
  'Security Hub CSPM is on, and this account administers others{may}':
    'Security Hub CSPM 켜짐, 다른 계정의 관리자{may}',
  'securityHub.automationRules is on, and this account is a member: only {administrator}, its administrator, may have automation rules, and the stack fails':
    'securityHub.automationRules가 켜져 있으나 이 계정은 멤버임: 자동화 규칙은 관리자({administrator})만 만들 수 있어 스택이 실패함',
  'set securityHub.automationRules to false here, and to true where {administrator} is deployed to':
    '여기서는 securityHub.automationRules를 false로, {administrator} 배포에서는 true로 둘 것',
  // stack
  'the CDK is not bootstrapped: it has nowhere to put the code':
    'CDK를 부트스트랩하지 않음: 코드를 올릴 곳이 없음',
  "the CDK's bootstrap stack is of version {version}, and {wanted} is needed":
    'CDK 부트스트랩 스택의 버전이 {version}, {wanted} 이상 필요',
  'the CDK is bootstrapped, version {version}': 'CDK 부트스트랩됨, 버전 {version}',
  'the stack {name} is there, and is updated': '스택 {name}: 이미 있으며 업데이트됨',
  'the stack {name} is new, and its names are free': '스택 {name}: 새로 만들며 이름 충돌 없음',
  'the {what} {name} is there already, and not of this stack: the stack fails':
    '{what} {name}: 이미 있으나 이 스택의 것이 아니므로 스택이 실패함',
  '{command}; or another namePrefix in the settings': '{command}. 또는 설정의 namePrefix를 바꿀 것',
  function: '함수',
  document: '문서',
  'conformance pack': '적합성 팩',
  // units
  'the organization has no unit {unit}': '조직에 없는 단위: {unit}',
  '{unit} is in {parent} ({place}): its accounts would get two stacks of the same names. Name the units beside it in place of {other}':
    '{unit}: {parent}({place}) 안에 있어 그 계정들에 같은 이름의 스택이 둘 생김. {other} 대신 옆의 단위를 지정할 것',
  '{account} is the management account, which StackSets do not reach':
    '{account}: 관리 계정이라 StackSets가 배포하지 못함',
  '{account} is in none of organization.organizationalUnits':
    '{account}: organization.organizationalUnits의 어느 단위에도 없음',
  '{account} is not in the organization': '{account}: 조직에 없음',
  'the recorder {name} fails to deliver{why}': '기록기 {name}: 전송 실패{why}',
  ' ({why})': ' (원문: "{why}")',
  "Control Tower's recorder {lost}. It records them in its own home Region alone":
    'Control Tower의 기록기: {lost}. Control Tower의 홈 리전에서만 기록함',
  'leaves out {types}: rules on these see nothing': '{types} 제외. 이 유형을 보는 규칙은 판정하지 못함',
  'the recorder {name} {lost}': '기록기 {name}: {lost}',
};
