/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'Object Lock cannot be turned off again, nor versioning be suspended.':
    '객체 잠금은 다시 끌 수 없고 버전 관리도 일시 중단할 수 없음.',
  'Not even root can delete, before its time, what is written to {bucket} from now on.':
    '버킷 {bucket}: 지금부터 쓰는 것은 기한 전에 루트도 삭제할 수 없음.',
  'versioning of bucket {bucket} on': '버킷 {bucket}: 버전 관리 켬',
  'bucket {bucket} retains new objects for {retention}': '버킷 {bucket}: 새 객체를 {retention} 보존',
  'the trail delivers to bucket {to} by now, and no longer to {from}: look again.':
    '추적이 이제 버킷 {to}에 전송하며 {from} 버킷에는 전송하지 않음: 다시 확인할 것.',
  'Bucket {bucket} replicates to {replicas}: what is locked goes there only if the replication role may s3:GetObjectRetention and s3:GetObjectLegalHold.':
    '버킷 {bucket}: {replicas} 복제 중. 복제 역할에 s3:GetObjectRetention과 s3:GetObjectLegalHold 권한이 있어야 잠긴 객체가 복제됨.',
  'bucket {bucket} retains for {retention}: GOVERNANCE would be weaker, and {rest}':
    '버킷 {bucket}: 현재 {retention} 보존. GOVERNANCE는 더 약함. {rest}',
  '{retention} cannot be taken back from what is written meanwhile, not even by root: set AllowCompliance to true if that is wanted.':
    '{retention}: 그동안 쓴 것에서는 루트도 해제할 수 없음. 의도한 것이면 AllowCompliance를 true로 지정할 것.',
  'Bucket {bucket} retains for {retention}, which the run did not set, and which stays.':
    '버킷 {bucket}: {retention} 보존. 이 실행이 설정한 것이 아니므로 그대로 둠.',
  'bucket {bucket} retains new objects for {retention} again':
    '버킷 {bucket}: 새 객체를 다시 {retention} 보존',
  'bucket {bucket} has no default retention again': '버킷 {bucket}: 다시 기본 보존 없음',
  'Object Lock and versioning stay on, and what was written meanwhile stays locked until its date.':
    '객체 잠금과 버전 관리는 켜진 채로 남고, 그동안 쓴 것은 기한까지 잠겨 있음.',
  'Bucket {bucket} {what}, which somebody else has set meanwhile, and which stays.':
    '버킷 {bucket}: {what}. 그사이 다른 사람이 설정한 것이므로 그대로 둠.',
  'retains for {retention}': '{retention} 보존',
  'has no default retention': '기본 보존 없음',
  'Bucket {bucket} does not exist, and bucket names are free for anyone to take: point the trail at a bucket of your own (aws cloudtrail update-trail --s3-bucket-name …), or create the bucket again with the policy that CloudTrail needs.':
    '버킷 {bucket}: 존재하지 않으며, 버킷 이름은 누구나 선점할 수 있음. 추적이 직접 소유한 버킷에 전송하게 하거나(aws cloudtrail update-trail --s3-bucket-name …) CloudTrail에 필요한 정책을 붙여 버킷을 다시 만들 것.',
  'Create a multi-Region trail (aws cloudtrail create-trail --is-multi-region-trail …) whose bucket has Object Lock, or an organization trail in the management account.':
    '버킷에 객체 잠금이 있는 다중 리전 추적(aws cloudtrail create-trail --is-multi-region-trail …)이나 관리 계정의 조직 추적을 만들 것.',
  '{days} days in {mode} mode': '{mode} 모드로 {days}일',
  '{years} years in {mode} mode': '{mode} 모드로 {years}년',
  'whose the bucket is': '버킷의 소유자',
  'bucket {bucket} belongs to another account, and can be locked only there: run this there.':
    '버킷 {bucket}: 다른 계정의 소유이며 그곳에서만 잠글 수 있음. 그 계정에서 실행할 것.',
  'whether bucket {bucket} is replicated': '버킷 {bucket}의 복제 여부',
  'whether bucket {target}, which bucket {bucket} replicates to, has Object Lock':
    '버킷 {bucket}의 복제 대상 {target}에 객체 잠금이 있는지',
  'bucket {bucket} replicates to bucket {target}, which has no Object Lock: S3 would replicate nothing more. Turn Object Lock on there first.':
    '버킷 {bucket}: 복제 대상 {target}에 객체 잠금이 없어 S3가 더는 복제하지 않게 됨. 대상에서 먼저 객체 잠금을 켤 것.',
  'AWS Config does not deliver to a bucket with a default retention: give CloudTrail a bucket of its own.':
    'AWS Config는 기본 보존이 있는 버킷에 전송하지 않음: CloudTrail 전용 버킷을 쓸 것.',
  'whether AWS Config delivers to bucket {bucket}': 'AWS Config가 버킷 {bucket}에 전송하는지',
  'Or name the Regions in the option Regions.': '또는 옵션 Regions에 리전을 지정할 것.',
  'AWS Config of {regions} delivers to bucket {bucket}.': '{regions}의 AWS Config가 버킷 {bucket}에 전송함.',
  'Where a policy forbids the Region, name the others in the option Regions.':
    '정책이 리전을 금지한다면 옵션 Regions에 나머지 리전을 지정할 것.',
  'who else writes to bucket {bucket}': '버킷 {bucket}에 쓰는 다른 주체',
  'the policy of bucket {bucket} lets AWS Config write to it.':
    '버킷 {bucket}의 정책: AWS Config의 쓰기를 허용함.',
  'the policy of bucket {bucket} lets {who} write to it, and so perhaps the AWS Config of another account.':
    '버킷 {bucket}의 정책: {who}의 쓰기를 허용하므로 다른 계정의 AWS Config가 쓸 수도 있음.',
  '{names} and {count} more': '{names} 외 {count}개',
  'bucket {bucket} gets the server access logs of {sources}, which S3 does not deliver to a bucket with Object Lock: send them elsewhere first.':
    '버킷 {bucket}: {sources}의 서버 액세스 로그를 받고 있으나 S3는 객체 잠금이 있는 버킷에 로그를 전송하지 않음. 먼저 다른 곳으로 보낼 것.',
  's3:GetBucketLogging of {bucket}': 's3:GetBucketLogging({bucket})',
  'whether bucket {bucket} gets server access logs': '버킷 {bucket}에 서버 액세스 로그가 오는지',
  '{what} cannot be read, so nobody can tell {doubt} ({why}).':
    '{what}: 읽지 못해 알 수 없음({doubt}). 원문: "{why}".',
  'account {id}': '계정 {id}',
};
