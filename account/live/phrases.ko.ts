/** What a call to AWS that ends a command says, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  'no AWS credentials ({says}). Sign in, or name a profile that has some':
    'AWS 자격 증명이 없음({says}). 로그인하거나 자격 증명이 있는 프로파일을 지정할 것',
  'AWS did not answer in time ({says}). Look at the network, and try again':
    'AWS가 제한 시간 안에 응답하지 않음({says}). 네트워크를 확인하고 다시 실행할 것',
  'AWS was not reached ({says}). Look at the network and the endpoint':
    'AWS에 연결하지 못함({says}). 네트워크와 엔드포인트를 확인할 것',
  'AWS did not accept the credentials ({code}: {says}). Renew them; in a Region that the account has not enabled none are accepted':
    'AWS가 자격 증명을 받아들이지 않음({code}: {says}). 자격 증명을 갱신할 것. 계정에서 활성화하지 않은 리전은 어떤 자격 증명도 받아들이지 않음',
  'access denied ({says}). Allow {actions} to whoever runs this':
    '권한 없음({says}). 실행하는 보안 주체에 다음을 허용할 것: {actions}',
  'AWS throttled the call, {count} times in all ({says}). Try again later, or read fewer Regions at a time':
    'AWS가 호출을 {count}회 스로틀링함({says}). 잠시 후 다시 실행하거나 한 번에 읽는 리전 수를 줄일 것',
  'what answered does not speak this API ({says}). Look at the endpoint':
    '응답한 쪽이 이 API를 제공하지 않음({says}). 엔드포인트를 확인할 것',
  'AWS answered {status}': 'AWS 응답: {status}',
  // Which call
  'sts:AssumeRole of {role}: {why}': 'sts:AssumeRole({role}): {why}',
  'AWS Config in {region}: {why}': '{region}의 AWS Config: {why}',
  's3:ListBucket on {bucket} with the prefix {prefix}': '{bucket}의 s3:ListBucket(접두사 {prefix})',
  's3:GetObject on {object}': '{object}의 s3:GetObject',
  's3:PutObject on {object}': '{object}의 s3:PutObject',
  'kms:Decrypt with the key that encrypts {object}': '{object} 암호화에 쓴 키의 kms:Decrypt',
  // The caller, the Regions and the role
  'sts:GetCallerIdentity: the answer names no account': 'sts:GetCallerIdentity: 응답에 계정이 없음',
  'sts:GetCallerIdentity: the answer does not say who is asking':
    'sts:GetCallerIdentity: 응답에 호출한 보안 주체가 없음',
  'ec2:DescribeRegions: the answer names no Region. Look at the endpoint':
    'ec2:DescribeRegions: 응답에 리전이 없음. 엔드포인트를 확인할 것',
  'Or name the Regions with --region': '또는 --region으로 리전을 지정할 것',
  'it leads into account {account}. Look at the endpoint':
    '계정 {account}(으)로 이어짐. 엔드포인트를 확인할 것',
  'The management account may ask for it, and a delegated administrator; without Organizations, name the accounts with --account':
    '관리 계정이나 위임된 관리자만 조회할 수 있음. Organizations를 쓰지 않으면 --account로 계정을 지정할 것',
  'the organization': '조직',
  'an account': '계정',
  '{api}: the answer does not name {what}': '{api}: 응답에 없는 것: {what}',
  '{api}: nothing here can do that': '{api}: 여기서는 할 수 없는 변경',
  'AWS was still making the report after two minutes. Try again in a few minutes':
    '2분이 지나도 AWS가 보고서를 만드는 중. 몇 분 뒤 다시 실행할 것',
  // A bucket that AWS Config delivers to
  'was replaced while it was read: run this again': '읽는 동안 객체가 바뀜. 다시 실행할 것',
  'was deleted after it was listed: run this again': '목록을 읽은 뒤 객체가 삭제됨. 다시 실행할 것',
  'is archived ({says}): restore it, or have AWS Config make a newer snapshot':
    '아카이브된 객체({says}). 복원하거나 AWS Config로 새 스냅샷을 만들 것',
  'there is no such bucket': '없는 버킷',
  'there is no such object': '없는 객체',
  '{read} of {size} bytes came': '{size}바이트 중 {read}바이트만 받음',
  'account {account}: AWS Config recorded nothing that a rule reports on. Look at what its recorder records, or ask the account itself with {option}':
    '계정 {account}: 규칙이 판정할 리소스를 AWS Config가 하나도 기록하지 않음. 레코더의 기록 대상을 확인하거나 {option}로 계정에서 직접 읽을 것',
  '{api}: the answer goes on ({members}), and does not say where: run this again':
    '{api}: 응답이 이어진다고 하면서({members}) 어디서 이어지는지 없음. 다시 실행할 것',
  '{api}: the answer is no list of objects. Something other than S3 may have answered, such as a proxy: look at what is between here and S3':
    '{api}: 객체 목록이 아닌 응답. 프록시처럼 S3가 아닌 것이 응답했을 수 있으니 S3까지의 경로를 확인할 것',
};
