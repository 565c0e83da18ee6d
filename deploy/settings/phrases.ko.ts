/** What is wrong in the settings, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  // What a value was expected to be
  'a text': '텍스트',
  'a number': '숫자',
  'a whole number': '정수',
  'true or false': 'true 또는 false',
  'a list': '목록',
  'an object': '객체',
  'an object with its settings': '설정이 든 객체',
  'is missing: expected {kind}': '누락됨: {kind} 필요',
  'expected {kind}, not {value}': '{kind} 필요, 현재 값 {value}',
  'expected {values}, not {value}{hint}': '{values} 필요, 현재 값 {value}{hint}',
  'expected {kind}': '{kind} 필요',
  'expected {one}, or {other}': '{one} 또는 {other} 필요',
  'expected at least {count} in the list': '목록에 {count}개 이상 필요',
  'expected at most {count} in the list': '목록에 최대 {count}개까지 가능',
  'expected {least} or more, not {value}': '{least} 이상 필요, 현재 값 {value}',
  'expected {most} or less, not {value}': '{most} 이하 필요, 현재 값 {value}',
  'expected an email address, not {value}': '이메일 주소 필요, 현재 값 {value}',
  'expected the name of a bucket': '버킷 이름 필요',
  'expected what stands before AWSLogs/, such as central/config':
    'central/config처럼 AWSLogs/ 앞에 오는 것 필요',
  'expected the ARN of an SNS topic': 'SNS 주제의 ARN 필요',
  'expected the ARN of a KMS key (no alias)': 'KMS 키의 ARN 필요(별칭 불가)',
  'expected the ARN of an IAM role': 'IAM 역할의 ARN 필요',
  'expected the name of a role, with its path where it has one': '역할의 이름 필요(경로가 있으면 경로까지)',
  'expected the ARN of an IAM user or role': 'IAM 사용자나 역할의 ARN 필요',
  'expected the ARN of a StackSet': 'StackSet의 ARN 필요',
  'expected an id such as ou-ab12-cdefghij or r-ab12': 'ou-ab12-cdefghij나 r-ab12 같은 ID 필요',
  'expected an id such as o-abcdefghij': 'o-abcdefghij 같은 ID 필요',
  'expected small letters, digits and single hyphens': '소문자, 숫자, 연속하지 않는 하이픈만 가능',
  'expected twelve digits': '12자리 숫자 필요',
  'expected a Region such as us-east-1': 'us-east-1 같은 리전 필요',
  'expected 1 to 128 letters, digits, spaces or _.:/=+-@, not beginning with aws:':
    '문자, 숫자, 공백, _.:/=+-@로 된 1~128자 필요(aws:로 시작 불가)',
  'expected at most 256 letters, digits, spaces or _.:/=+-@':
    '문자, 숫자, 공백, _.:/=+-@로 된 최대 256자 필요',
  'expected 3 to 16 small letters, digits and single hyphens, beginning with a letter, and not with aws, amazon or amzn':
    '소문자로 시작하고 소문자, 숫자, 연속하지 않는 하이픈으로 된 3~16자 필요(aws, amazon, amzn으로 시작 불가)',
  'CloudFormation takes 50 tags': 'CloudFormation은 태그를 50개까지 받음',
  'expected the name of a policy in the account, or its ARN': '계정에 있는 정책의 이름이나 ARN 필요',
  'expected a path that begins and ends with /': '/로 시작하고 끝나는 경로 필요',
  'expected a URL that begins with https://': 'https://로 시작하는 URL 필요',
  'the whole': '전체',
  'is no JSON: {says}': 'JSON이 아님. 원문: "{says}"',
  'there is no such setting{hint}': '없는 설정{hint}',
  'is there a second time': '같은 키가 앞에 이미 있음',
  // Contradictions
  ' (did you mean {near}?)': ' (혹시 {near}?)',
  ' (there is {known})': ' (있는 것: {known})',
  ' (see groundrules controls)': ' ("groundrules controls" 참고)',
  'there is no Region {region}{hint}': '없는 리전: {region}{hint}',
  'there is no Region {region} in catalogue/availability.json{hint}: add what AWS Config has there':
    'catalogue/availability.json에 없는 리전: {region}{hint}. 그곳 AWS Config의 규칙 목록을 추가할 것',
  'AWS Config has no conformance packs in {region} ({name})':
    '{region}({name}): AWS Config가 적합성 팩을 지원하지 않음',
  'lacks homeRegion ({region}): global resources would be judged nowhere':
    'homeRegion({region})이 없어 글로벌 리소스를 판정할 곳이 없음',
  '{partitions} are partitions of their own, and no account is in two':
    '{partitions}: 서로 다른 파티션이며, 한 계정이 두 파티션에 있을 수 없음',
  'is in {region}, where nothing runs (regions has {regions})':
    '{region}에 있으나 그곳에서는 아무것도 실행되지 않음(regions: {regions})',
  'no topic is made that they could be subscribed to: subscribe them to topicArn':
    '구독시킬 주제를 만들지 않음. topicArn의 주제에 직접 구독시킬 것',
  '{key} is in another Region': '{key}: 다른 리전에 있음',
  'has no key for {regions}: give one by Region, or a multi-Region key':
    '{regions}: 키가 없음. 리전별로 지정하거나 다중 리전 키를 쓸 것',
  "{policy} is in one account, and the organization's others have roles, too: give its name alone, and make the policy in each":
    '{policy}: 한 계정에만 있으나 조직의 다른 계정에도 역할이 생김. 이름만 지정하고 계정마다 정책을 만들 것',
  'alarms are off: set notifications.alarms, or leave both out':
    '경보가 꺼져 있음. notifications.alarms를 켜거나 둘 다 뺄 것',
  'there is no such control{hint}': '없는 통제{hint}',
  'its rule is planned, not built yet': '규칙이 아직 계획 단계이며 구현되지 않음',
  'its pack, {pack}, is not among packs': '통제의 팩({pack})이 packs에 없음',
  'a process check has none': '프로세스 점검에는 없는 항목',
  'only a document that AWS owns takes one': 'AWS 소유 문서에만 지정할 수 있음',
  'there is nothing that could be run: {why}': '실행할 수 있는 것이 없음. 원문: "{why}"',
  'is missing: AWS does not publish what {document} calls, so that it runs as a role of yours':
    '누락됨: {document} 문서의 호출을 AWS가 공개하지 않으므로 직접 만든 역할로 실행해야 함',
  '{document} wants another id than AWS Config has: start it by hand':
    '{document}: AWS Config의 ID와 다른 ID가 필요하므로 직접 시작할 것',
  'there is no such parameter{hint}': '없는 파라미터{hint}',
  // Organizations
  '{unit} is the root, which has the accounts of all units, and other places name some of them: name the units themselves{canary}':
    '{unit}: 루트라서 모든 단위의 계정을 포함하나 다른 곳에서 그 일부를 지정함. 단위를 직접 지정할 것{canary}',
  ', or single accounts as canary': ' (카나리아라면 개별 계정을 지정해도 됨)',
  '{unit} is in {place}, too: a unit has one place': '{unit}: {place}에도 있음. 한 단위는 한 곳에만 둘 것',
  "{name} is what the canary's StackSets are named by": '{name}: 카나리아 StackSet이 쓰는 이름',
  '{place} is named {name}, too': '{place}도 이름이 {name}',
  'give either organizationalUnits or accounts': 'organizationalUnits와 accounts 중 하나만 지정할 것',
  '{account} is in organization.excludedAccounts, too: it cannot get the rules first and not at all':
    '{account}: organization.excludedAccounts에도 있음. 먼저 배포하면서 제외할 수는 없음',
  '{percent} is given, too, and CloudFormation takes one of them':
    '{percent}도 지정됨. CloudFormation은 둘 중 하나만 받음',
  'there is no order among Regions together: set regionConcurrencyType to SEQUENTIAL':
    '동시에 배포하는 리전 사이에는 순서가 없음. regionConcurrencyType을 SEQUENTIAL로 지정할 것',
  'lacks {names}': '빠진 것: {names}',
  '{regions}: not in regions': '{regions}: regions에 없음',
  'has {names} twice': '중복: {names}',
};
