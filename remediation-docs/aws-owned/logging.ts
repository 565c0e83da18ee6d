import type { AwsOwnedDocument } from '../aws-owned.ts';
import { no, optional, optionalRole, page, required, resource, role, text, yes } from './parts.ts';

export const logging: readonly AwsOwnedDocument[] = [
  {
    name: 'AWS-EnableCloudTrail',
    controls: ['cloudtrail-to-s3'],
    parameters: [optionalRole, required('S3BucketName'), required('TrailName')],
    changes: text(
      'Creates a trail that logs to a bucket which exists and whose policy lets CloudTrail write.',
      'CloudTrail의 쓰기를 정책으로 허용한 기존 버킷에 기록하는 추적을 만듭니다.',
    ),
    breaks: text(
      'Nothing; a second trail in a Region is billed.',
      '없음. 한 리전의 두 번째 추적부터는 요금이 붙습니다.',
    ),
    undo: text('Delete the trail.', '추적을 삭제합니다.'),
    automatic: no(
      'One Region only: the multi-Region document below is the better fix.',
      '한 리전뿐입니다. 아래의 다중 리전 문서가 낫습니다.',
    ),
    actions: ['cloudtrail:CreateTrail'],
    source: page('automation-aws-enablecloudtrail'),
    edition: 'before June 2023',
  },
  {
    name: 'AWSConfigRemediation-CreateCloudTrailMultiRegionTrail',
    controls: ['cloudtrail-multi-region'],
    parameters: [role, required('BucketName'), required('TrailName')],
    changes: text(
      'Creates a multi-Region trail to a bucket which exists, and starts it.',
      '기존 버킷에 기록하는 다중 리전 추적을 만들고 시작합니다.',
    ),
    breaks: text(
      'Nothing; further trails are billed. A second run fails: the name is taken.',
      '없음. 추가 추적에는 요금이 붙습니다. 두 번째 실행은 이름이 이미 있어 실패합니다.',
    ),
    undo: text('Delete the trail.', '추적을 삭제합니다.'),
    automatic: no('Once an account, with a prepared bucket.', '계정에 한 번, 버킷을 준비한 뒤에.'),
    // AWS's page lists actions of S3 as well: it is CloudTrail that writes to the bucket, by the bucket's policy.
    actions: ['cloudtrail:CreateTrail', 'cloudtrail:GetTrail', 'cloudtrail:StartLogging'],
    source: page('automation-aws-create-ct-mr'),
    edition: 'current',
  },
  {
    name: 'AWS-EnableCloudTrailCloudWatchLogs',
    controls: ['activity-monitoring-cloudwatch'],
    parameters: [
      optionalRole,
      required('CloudWatchLogsLogGroupArn'),
      required('CloudWatchLogsRoleArn'),
      resource('TrailNames', 'StringList'),
    ],
    changes: text('Sends the trail to a log group as well.', '추적을 로그 그룹에도 보냅니다.'),
    breaks: text(
      'Nothing; CloudWatch Logs bills the volume.',
      '없음. CloudWatch Logs가 양에 따라 과금합니다.',
    ),
    undo: text('Update the trail without the log group.', '로그 그룹 없이 추적을 업데이트합니다.'),
    automatic: no('It can cost a lot.', '비용이 클 수 있습니다.'),
    source: page('enable-cloudtrail-cloudwatch-logs'),
    edition: 'current',
    unverified: text(
      'Whether RESOURCE_ID, one text, is taken for a StringList.',
      '텍스트 하나인 RESOURCE_ID를 StringList가 받는지.',
    ),
  },
  {
    name: 'AWSConfigRemediation-CreateGuardDutyDetector',
    controls: ['guardduty-enabled'],
    parameters: [role],
    changes: text('Creates a GuardDuty detector in this Region.', '이 리전에 GuardDuty 탐지기를 만듭니다.'),
    breaks: text('Nothing; GuardDuty is billed.', '없음. GuardDuty는 유료입니다.'),
    undo: text(
      'Delete the detector (its findings go with it).',
      '탐지기를 삭제합니다(결과도 함께 사라집니다).',
    ),
    automatic: no(
      'A bill that somebody has to want; organizations enable it from the delegated administrator.',
      '누군가 원해야 하는 비용입니다. 조직은 위임된 관리자에서 켭니다.',
    ),
    actions: ['guardduty:CreateDetector', 'guardduty:GetDetector', 'iam:CreateServiceLinkedRole'],
    source: page('automation-aws-enable-guard-detect'),
    edition: 'before June 2023',
  },
  {
    name: 'AWSConfigRemediation-EnableSecurityHub',
    controls: ['securityhub-enabled'],
    parameters: [role, required('EnableDefaultStandards', 'Boolean', 'false')],
    changes: text(
      'Enables Security Hub CSPM in this Region, with its default standards unless told otherwise.',
      '이 리전에서 Security Hub CSPM을 켭니다. 따로 지정하지 않으면 기본 표준도 켭니다.',
    ),
    breaks: text('Nothing; it is billed by check.', '없음. 검사 건수로 과금됩니다.'),
    undo: text('Disable it (findings are kept 90 days).', '끕니다(결과는 90일 보관).'),
    automatic: no('A bill that somebody has to want.', '누군가 원해야 하는 비용입니다.'),
    actions: ['iam:CreateServiceLinkedRole', 'securityhub:DescribeHub', 'securityhub:EnableSecurityHub'],
    source: page('automation-aws-enable-security-hub'),
    edition: 'current',
  },
  {
    name: 'AWSSupport-SetupConfig',
    controls: ['config-recorder-enabled'],
    parameters: [
      optionalRole,
      required('IncludeGlobalResourcesRegion', 'String'),
      required('Partition', 'String', 'aws'),
    ],
    changes: text(
      'Creates the service-linked role, a configuration recorder, and a delivery channel with a new bucket.',
      '서비스 연결 역할, 구성 레코더, 새 버킷을 쓰는 전송 채널을 만듭니다.',
    ),
    breaks: text('Nothing; every recorded item is billed.', '없음. 기록되는 항목마다 요금이 붙습니다.'),
    undo: text(
      'Stop and delete the recorder; the bucket stays.',
      '레코더를 중지하고 삭제합니다. 버킷은 남습니다.',
    ),
    automatic: no(
      'Without a recorder AWS Config has nothing that could start it.',
      '레코더가 없으면 AWS Config가 시작할 수도 없습니다.',
    ),
    source: page('automation-aws-setup-config'),
    edition: 'current',
  },
  {
    name: 'AWSConfigRemediation-EnableCWLoggingForSessionManager',
    controls: ['ssm-session-logging'],
    parameters: [role, required('DestinationLogGroup')],
    changes: text(
      'Sends the output of Session Manager sessions to a log group.',
      'Session Manager 세션의 출력을 로그 그룹에 보냅니다.',
    ),
    breaks: text(
      'Sessions may not start where the instance may not write to the group.',
      '인스턴스에 로그 그룹 쓰기 권한이 없으면 세션이 시작되지 않을 수 있습니다.',
    ),
    undo: text('Put the former session preferences back.', '이전 세션 기본 설정을 되돌립니다.'),
    automatic: no('Give the instances their permission first.', '먼저 인스턴스에 권한을 부여하십시오.'),
    // AWS's page writes ssm:UpdateDefaultDocumentVersion, which is no action.
    actions: [
      'ssm:CreateDocument',
      'ssm:DescribeDocument',
      'ssm:GetDocument',

      'ssm:UpdateDocument',
      'ssm:UpdateDocumentDefaultVersion',
    ],
    source: page('automation-aws-enable-cw-log-sm'),
    edition: 'current',
    unverified: text(
      'What becomes of other session preferences (S3, encryption).',
      '다른 세션 기본 설정(S3, 암호화)이 어떻게 되는지.',
    ),
  },
  {
    name: 'AWSConfigRemediation-EnableEbsEncryptionByDefault',
    controls: ['ebs-encryption-default'],
    parameters: [role],
    changes: text(
      'New volumes in this Region are encrypted. Those that exist stay as they are.',
      '이 리전의 새 볼륨이 암호화됩니다. 기존 볼륨은 그대로입니다.',
    ),
    breaks: text(
      'A launch whose role may not use the key; snapshots shared with accounts that may not.',
      '키를 쓸 수 없는 역할의 인스턴스 시작, 키를 쓸 수 없는 계정과 공유하는 스냅샷.',
    ),
    undo: text(
      'Turn it off again; encrypted volumes stay encrypted.',
      '다시 끕니다. 암호화된 볼륨은 그대로입니다.',
    ),
    automatic: yes('With the AWS managed key.', 'AWS 관리형 키를 쓸 때.'),
    actions: ['ec2:EnableEbsEncryptionByDefault', 'ec2:GetEbsEncryptionByDefault'],
    source: page('automation-aws-enable-ebs-encryption'),
    edition: 'current',
  },
  {
    name: 'AWS-EnableS3BucketEncryption',
    controls: ['s3-encryption'],
    parameters: [optionalRole, resource('BucketName'), optional('SSEAlgorithm', 'String', 'AES256')],
    changes: text("Sets the bucket's default encryption.", '버킷의 기본 암호화를 설정합니다.'),
    breaks: text(
      'A bucket that is encrypted with a KMS key falls back to AES256. Objects that exist stay as they are.',
      'KMS 키로 암호화하던 버킷은 AES256으로 바뀝니다. 기존 객체는 그대로입니다.',
    ),
    undo: text('Put the former encryption back by hand.', '이전 암호화를 직접 되돌립니다.'),
    automatic: yes(
      'Every bucket has had AES256 by default since January 2023.',
      '2023년 1월부터 모든 버킷의 기본값이 AES256입니다.',
    ),
    actions: ['s3:PutEncryptionConfiguration'],
    source: page('automation-aws-enableS3bucketencryption'),
    edition: 'current',
  },
];
