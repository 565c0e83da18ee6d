/** What makes a path that cannot be judged at all end a command, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  // Files and folders
  'there is no such file or folder': '없는 파일이나 폴더',
  'may not be read ({code})': '읽을 권한이 없음({code})',
  'could not be read ({code})': '읽지 못함({code})',
  'a folder, where a file is expected': '파일이 있어야 할 자리에 폴더가 있음',
  'a pipe, where a file is expected': '파일이 있어야 할 자리에 파이프가 있음',
  'a device, where a file is expected': '파일이 있어야 할 자리에 장치가 있음',
  'a socket, where a file is expected': '파일이 있어야 할 자리에 소켓이 있음',
  'what comes out of it can be given on standard input, as -': '그 출력은 표준 입력(-)으로 줄 수 있음',
  'a link that leads back to itself, where a file is expected': '파일이 아니라 자기 자신을 가리키는 링크',
  'a link that leads out of the snapshot, where a file of its own is expected: copy what it leads to':
    '스냅샷 밖을 가리키는 링크. 링크가 가리키는 내용을 복사할 것',
  'the name is too long for a file': '파일 이름이 너무 김',
  'a broken gzip file ({says})': '손상된 gzip 파일({says})',
  'standard input': '표준 입력',
  '{where}: line {line}': '{where}: {line}행',
  'line {line}: {problem} at byte {position}': '{line}행: {problem}(바이트 {position})',
  '{problem} at byte {position}': '{problem}(바이트 {position})',
  '{problem} at position {position}': '{problem}(위치 {position})',
  // Limits
  'more than {size} when decompressed': '압축을 풀면 {size} 초과',
  'more than {size} when decompressed, which is too much for one value':
    '압축을 풀면 {size} 초과라서 값 하나로 읽기에는 너무 큼',
  'more than {size}, which is too much for one value': '{size} 초과라서 값 하나로 읽기에는 너무 큼',
  'more than {count} files': '파일이 {count}개 초과',
  'more than {count} files; {how}, or give fewer folders':
    '파일이 {count}개 초과. {how}, 아니면 폴더를 나눠서 지정할 것',
  'if that is meant, raise the limit with --limit {limit}':
    '의도한 크기라면 --limit {limit}로 한도를 올릴 것',
  'more than {count} objects and arrays inside of each other': '객체와 배열이 {count}단계를 넘어 중첩됨',
  'more than {count} objects and arrays inside of each other at position {position}':
    '객체와 배열이 {count}단계를 넘어 중첩됨(위치 {position})',
  'more than {count} objects and arrays inside of each other ({how})':
    '객체와 배열이 {count}단계를 넘어 중첩됨({how})',
  'the {part} is more than {size} ({how}) at byte {position}':
    '{part}의 크기가 {size} 초과({how}, 바이트 {position})',
  'more than {count} objects and arrays inside of each other ({how}) at byte {position}':
    '객체와 배열이 {count}단계를 넘어 중첩됨({how}, 바이트 {position})',
  'the {part} is more than {size}': '{part}의 크기가 {size} 초과',
  'the {part} is more than {size} ({how})': '{part}의 크기가 {size} 초과({how})',
  '{option} is no limit: expected name=number with one of {names}, such as file-size=16GB':
    '{option}: 없는 한도. file-size=16GB처럼 이름=숫자로 지정할 것(이름: {names})',
  'a size such as 512MB': '512MB 같은 크기',
  'expected a size such as 512MB': '512MB 같은 크기여야 함',
  'expected a number': '숫자여야 함',
  '{most} is the most that can be read': '읽을 수 있는 최대는 {most}',
  // JSON and other texts
  'the text ends {where}': '텍스트가 중간에 끝남({where})',
  'inside of the {part}': '{part} 안',
  'where {what} is expected': '{what} 자리',
  '{found} where {what} is expected': '{what} 자리에 {found} 문자가 있음',
  '{found} where a value is expected': '값 자리에 {found} 문자가 있음',
  'a JSON document': 'JSON 문서',
  document: '문서',
  key: '키',
  member: '값',
  element: '요소',
  colon: '콜론',
  nothing: '없음',
  'key or end': '키나 끝',
  'element or end': '요소나 끝',
  'comma or end of array': '쉼표나 배열의 끝',
  'comma or end of object': '쉼표나 객체의 끝',
  'neither a JSON object nor an array': 'JSON 객체도 배열도 아님',
  'more text after the end of the JSON document': 'JSON 문서가 끝난 뒤에 텍스트가 더 있음',
  '{key} beside {other}': '{other} 옆에 {key}도 있음',
  'not JSON ({says})': 'JSON이 아님({says})',
  'the file is empty: did the command fail?': '빈 파일. 명령이 실패했는지 확인할 것',
  "the aws command's own words ({line}), where its answer is expected: put that right, and save it again":
    '응답이 아니라 aws 명령의 오류({line}). 원인을 바로잡고 다시 저장할 것',
  'HTML or XML, where JSON is expected': 'JSON이 아니라 HTML이나 XML',
  'the file is empty: did the command fail?: {expected}': '빈 파일. 명령이 실패했는지 확인할 것. {expected}',
  "the aws command's own words ({line}), where its answer is expected: put that right, and save it again: {expected}":
    '응답이 아니라 aws 명령의 오류({line}). 원인을 바로잡고 다시 저장할 것. {expected}',
  'HTML or XML, where JSON is expected: {expected}': 'JSON이 아니라 HTML이나 XML. {expected}',
  '{what}, where JSON is expected: save what the command prints with --output json':
    'JSON이 아님({what}). --output json의 출력을 저장할 것',
  '{what}, where JSON is expected: save what the command prints with --output json: {expected}':
    'JSON이 아님({what}). --output json의 출력을 저장할 것. {expected}',
  '{what}, where JSON is expected': 'JSON이 아님({what})',
  'a table, as --output table prints it': '--output table의 표',
  'YAML, as --output yaml prints it': '--output yaml의 YAML',
  'tab-separated text, as --output text prints it': '--output text의 탭 구분 텍스트',
  '{value}, as --output text prints it': '--output text의 값 {value}',
  'save what the command prints with --output json': '--output json의 출력을 저장할 것',
  'UTF-32 text, or no text at all, where UTF-8 or UTF-16 is expected':
    'UTF-8이나 UTF-16이 아니라 UTF-32이거나 텍스트가 아님',
  'broken UTF-16 text ({says})': '손상된 UTF-16 텍스트({says})',
  // What is given
  'expected an AWS Config snapshot or history file, what a command of "aws configservice" prints that gives items, an event or a message of AWS Config, a configuration item, a credential report, or what "aws ec2 describe-security-groups" and the like print':
    'AWS Config 스냅샷·기록 파일, 항목을 주는 "aws configservice" 명령의 출력, AWS Config의 이벤트나 메시지, 구성 항목, 자격 증명 보고서, "aws ec2 describe-security-groups" 같은 명령의 출력 중 하나여야 함',
  '{file} is empty: {expected}': '{file}: 빈 파일. {expected}',
  'lists, which do not name what is in them': '내용의 이름이 없는 목록',
  'no objects': '객체가 아닌 값',
  'a JSON array of {what}: {expected}. Run the command again without --query':
    '{what}의 JSON 배열. {expected}. --query 없이 명령을 다시 실행할 것',
  'a JSON array; its first element is {what}': 'JSON 배열이며 첫 요소: {what}',
  'a JSON array of objects with {keys}: {expected}': '{keys} 필드를 가진 객체의 JSON 배열. {expected}',
  'a JSON object with {keys}: {expected}': '{keys} 필드를 가진 JSON 객체. {expected}',
  'neither JSON nor CSV with the columns user, arn, …': 'JSON도, user, arn, … 열을 가진 CSV도 아님',
  'neither JSON nor CSV with the columns user, arn, …: {expected}':
    'JSON도, user, arn, … 열을 가진 CSV도 아님. {expected}',
  '{files}: no configuration items. An empty list does not say whose it is: give the answer whole, without --query, or a snapshot folder':
    '{files}: 구성 항목이 없음. 빈 목록으로는 어느 계정인지 알 수 없음. --query 없이 응답 전체를 주거나 스냅샷 폴더를 지정할 것',
  'what "{command}" prints, which does not say of which {what}: let "groundrules collect" read it, or put it in a snapshot folder':
    '"{command}"의 출력으로는 어느 {what}인지 알 수 없음. "groundrules collect"로 수집하거나 스냅샷 폴더에 둘 것',
  'what "{command}" prints, which does not say of which {what}: let "groundrules collect" read it, or put it in a snapshot folder as {file}':
    '"{command}"의 출력으로는 어느 {what}인지 알 수 없음. "groundrules collect"로 수집하거나 스냅샷 폴더에 {file}로 둘 것',
  bucket: '버킷',
  trail: '추적',
  'prefix list': '접두사 목록',
  'what "aws iam get-group" prints, which are the users of one group: give what "aws iam list-users" prints':
    '"aws iam get-group"의 출력은 한 그룹의 사용자뿐임. "aws iam list-users"의 출력을 줄 것',
  'a list of resources without their configuration ("{command}"): get the items with "{other}"':
    '구성이 없는 리소스 목록("{command}"). "{other}"로 항목을 받을 것',
  'a count of resources, {what}': '리소스 수이며 {what}',
  'verdicts of AWS Config ("{command}"), {what}': 'AWS Config의 판정("{command}")이며 {what}',
  'which has no configuration: get the items with "{command}"': '구성이 없음. "{command}"로 항목을 받을 것',
  'which has no configuration: get the items with "{command}" {options}':
    '구성이 없음. "{command}" {options}로 항목을 받을 것',
  'a policy by itself, which does not say what it is attached to: let "groundrules collect" read it, or put a bucket\'s in a snapshot folder as {file}':
    '정책만으로는 어디에 연결되었는지 알 수 없음. "groundrules collect"로 수집하거나 버킷의 정책을 스냅샷 폴더에 {file}로 둘 것',
  'a public access block, which does not say of what: let "groundrules collect" read it, or put it in a snapshot folder as {account} (the account\'s), or as {bucket}':
    '퍼블릭 액세스 차단만으로는 무엇의 설정인지 알 수 없음. "groundrules collect"로 수집하거나 스냅샷 폴더에 {account}(계정) 또는 {bucket}(버킷)로 둘 것',
  'rules of security groups, which do not say all of a group: give what "aws ec2 describe-security-groups" prints':
    '보안 그룹 규칙만으로는 그룹 전체를 알 수 없음. "aws ec2 describe-security-groups"의 출력을 줄 것',
  'what "aws cloudtrail list-trails" prints, which does not say their buckets: give what "aws cloudtrail describe-trails" prints':
    '"aws cloudtrail list-trails"의 출력에는 추적의 버킷이 없음. "aws cloudtrail describe-trails"의 출력을 줄 것',
  'what "aws cloudtrail get-trail" prints: give what "aws cloudtrail describe-trails" prints':
    '"aws cloudtrail get-trail"의 출력. "aws cloudtrail describe-trails"의 출력을 줄 것',
  'what "aws iam generate-credential-report" prints: the report itself is what "aws iam get-credential-report" prints':
    '"aws iam generate-credential-report"의 출력. 보고서는 "aws iam get-credential-report"가 출력함',
  'a report of "groundrules evaluate" itself: give it what was judged, or give this to "groundrules remediate --from"':
    '"groundrules evaluate"의 결과 파일. 판정할 대상을 주거나, 이 파일은 "groundrules remediate --from"에 줄 것',
  'a CloudFormation template, which is no account': '계정이 아니라 CloudFormation 템플릿',
  'what the aws command says in the place of an answer: {code} when calling {api}{says}. Allow {api}, and run the command again; in a snapshot folder this file is that error':
    '응답이 아니라 aws 명령의 오류: {api} 호출 중 {code}{says}. {api} 권한을 허용하고 명령을 다시 실행할 것. 스냅샷 폴더에서는 이 파일이 그 오류를 뜻함',
  'what the aws command says in the place of an answer ({says}): run the command again':
    '응답이 아니라 aws 명령의 오류({says}). 명령을 다시 실행할 것',
  // Messages of AWS Config
  'a message in a message, too often': '메시지 안의 메시지가 너무 깊이 중첩됨',
  'an EventBridge event of {source} ({type}), where one of aws.config is expected':
    'aws.config가 아니라 {source}의 EventBridge 이벤트({type})',
  'an object with {keys}': '{keys} 필드를 가진 객체',
  'a text that is not JSON ({count} characters)': 'JSON이 아닌 텍스트({count}자)',
  "{found}, where AWS Config's message is expected": 'AWS Config의 메시지가 아님: {found}',
  "{found}, where AWS Config's message is expected: a configuration item, or an event with a messageType":
    'AWS Config의 메시지가 아님: {found}. 구성 항목이나 messageType이 있는 이벤트여야 함',
  'a boolean': '불리언',
  'a undefined': '값 없음',
  'an S3 event, which names a file and does not hold it': '파일을 담지 않고 이름만 가리키는 S3 이벤트',
  'configurationItem is missing': 'configurationItem이 없음',
  'rows of a query that did not select {names}. Ask with --expression "{query}"':
    '쿼리 결과에 빠진 열: {names}. --expression "{query}"로 다시 조회할 것',
  'is no list': '목록이 아님',
  'is no object': '객체가 아님',
  'names no resource: expected resourceType and resourceId':
    '어느 리소스인지 없음. resourceType과 resourceId가 필요함',
  '{where} is no list': '{where}: 목록이 아님',
  '{where} is no object': '{where}: 객체가 아님',
  '{where} names no resource: expected resourceType and resourceId':
    '{where}: 어느 리소스인지 없음. resourceType과 resourceId가 필요함',
  'no AWS Config file: expected an array, or an object with {members}; found {keys}':
    'AWS Config 파일이 아님. 배열이거나 {members} 중 하나가 있는 객체여야 함. 있는 것: {keys}',
  // Credential reports
  'not a credential report: {why}': '자격 증명 보고서가 아님: {why}',
  'JSON without the field Content': 'Content 필드가 없는 JSON',
  'a credential report with {what} in its column arn': '자격 증명 보고서의 arn 열이 잘못됨: {what}',
  'no ARN with an account id': '계정 ID가 있는 ARN이 없음',
  'ARNs of several accounts': '여러 계정의 ARN이 섞여 있음',
  'GeneratedTime is not a time such as 2026-11-22T09:00:00+00:00':
    'GeneratedTime이 2026-11-22T09:00:00+00:00 같은 시각이 아님',
  'the credential report has the column {name} twice': '자격 증명 보고서의 {name} 열이 두 번 있음',
  'the credential report lacks the column {names}': '자격 증명 보고서에 빠진 열: {names}',
  'the credential report has no rows': '자격 증명 보고서에 행이 없음',
  // Snapshot folders
  '{file} is a file, where a snapshot folder is expected': '{file}: 스냅샷 폴더가 아니라 파일',
  '{folder}: an account\'s folder with nothing in it: run "groundrules collect"':
    '{folder}: 계정 폴더가 비어 있음. "groundrules collect"를 실행할 것',
  "an account's folder is named by its account id": '계정 폴더의 이름은 계정 ID여야 함',
  '{folder} is not a snapshot: expected folders named by their account id, such as 123456789012/, with global/ and one folder a Region in them; found {names}':
    '{folder}: 스냅샷이 아님. 123456789012/처럼 계정 ID를 이름으로 하고 그 안에 global/과 리전별 폴더가 있어야 함. 있는 것: {names}',
  'An account folder has to be named by its account id': '계정 폴더의 이름은 계정 ID여야 함',
  'Files of the "aws" command and of AWS Config are given one by one: groundrules evaluate {files}':
    '"aws" 명령과 AWS Config의 파일은 하나씩 지정할 것: groundrules evaluate {files}',
  "{folder} is no account's folder, which is named by the twelve digits of its account id: rename it, or take it out of the snapshot":
    '{folder}: 계정 폴더의 이름은 12자리 계정 ID여야 함. 이름을 바꾸거나 스냅샷에서 뺄 것',
  // Notes of a collection
  'expected {"collectedAt": "<ISO 8601 time>"}: {why}':
    '{"collectedAt": "<ISO 8601 시각>"} 형식이어야 함: {why}',
  'expected [{"file", "code", "message"}]: {why}': '[{"file", "code", "message"}] 형식이어야 함: {why}',
  'expected a list of Regions': '리전 목록이어야 함',
  'expected a list of rule ids': '규칙 ID 목록이어야 함',
  'expected a list of readings such as "iam:ListUsers"': '"iam:ListUsers" 같은 읽기 항목의 목록이어야 함',
  'expected a version': '버전이어야 함',
  'expected an object': '객체여야 함',
  'expected a path': '경로여야 함',
  'expected a code': '코드여야 함',
  'expected a list': '목록이어야 함',
  'the file': '파일',
  // Buckets that AWS Config delivers to
  '{place}: no bucket that AWS Config delivers to: expected AWSLogs/ with a folder an account in it; found {names}. Give the prefix that the delivery channel has: s3://{bucket}/<prefix>':
    '{place}: AWS Config가 전달하는 버킷이 아님. 계정별 폴더가 있는 AWSLogs/가 있어야 함. 있는 것: {names}. 전송 채널에 설정된 접두사를 지정할 것: s3://{bucket}/<prefix>',
  'no snapshot of account {account} in {region} in the {days} days before {now}: what has not changed since is not known. Let AWS Config make one with "{command}"':
    '{region}: {now} 이전 {days}일 안에 계정 {account}의 스냅샷이 없어, 그 뒤로 바뀌지 않은 리소스를 알 수 없음. "{command}"로 AWS Config 스냅샷을 만들 것',
  'What there is, is of {day} and before: --now {time} judges by that':
    '있는 것은 {day} 및 그 이전이며, --now {time}로 그 시점을 기준으로 판정할 수 있음',
  '{folder}: a bucket that AWS Config delivers to, without a snapshot or history file in it. Let AWS Config make one with "{command}", and sync the bucket again':
    '{folder}: AWS Config가 전달하는 버킷이나 스냅샷·기록 파일이 없음. "{command}"로 스냅샷을 만든 뒤 버킷을 다시 동기화할 것',
  '{why}; what AWS answered before it of {type} {id}, at {time}, may be outdated':
    '{why}. 그보다 앞서 AWS가 {time}에 응답한 {type} {id}의 내용은 최신이 아닐 수 있음',
  'AWS Config recorded': 'AWS Config가 기록',
  'AWS answered': 'AWS가 응답',
  '{why}; what {who} before it of {type} {id}, at {time}, may be outdated':
    '{why}. 그보다 앞선 {time} 시점의 {type} {id} 내용은 최신이 아닐 수 있음({who})',
  '{why}; what AWS Config recorded before it of {type} {id}, at {time}, may be outdated':
    '{why}. 그보다 앞서 AWS Config가 {time}에 기록한 {type} {id} 항목은 최신이 아닐 수 있음',
  'does not show {type} {id}, which AWS Config recorded before it, at {time}: it may be gone':
    '{type} {id}: AWS Config가 {time}에 기록했으나 그 뒤의 이 스냅샷에는 없음. 삭제되었을 수 있음',
};
