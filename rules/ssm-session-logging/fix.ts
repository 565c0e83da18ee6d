import { notifyFix } from '../shared/notify/fix.ts';
import type { SessionFinding } from './findings.ts';

/** Tells people how to have sessions logged: the nodes need their permissions first, or sessions do not start. */
export const fix = notifyFix<SessionFinding, object>()({
  names: {
    regions: (one) => {
      const regions = (one?.findings ?? []).flatMap((finding) =>
        'region' in finding ? [finding.region] : [],
      );
      const text = one ? [...new Set(regions)].join(', ') : '`<regions>`';
      return { en: text, ko: text };
    },
  },
  steps: [
    {
      en: 'In each of {regions}, make a CloudWatch log group (with a retention and a KMS key, whose policy lets CloudWatch Logs use it), or choose an encrypted S3 bucket.',
      ko: '{regions} 각 리전에 CloudWatch 로그 그룹(보존 기간과, CloudWatch Logs의 사용을 허용하는 정책이 있는 KMS 키를 설정)을 만들거나 암호화된 S3 버킷을 고릅니다.',
    },
    {
      en: 'Let the instance profiles of the nodes write there first: logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogGroups and logs:DescribeLogStreams, or s3:PutObject and s3:GetEncryptionConfiguration. Sessions do not start where the encryption cannot be looked up, and nothing arrives where nobody may write.',
      ko: '먼저 노드의 인스턴스 프로파일에 쓰기 권한을 부여합니다. logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogGroups, logs:DescribeLogStreams 또는 s3:PutObject, s3:GetEncryptionConfiguration입니다. 암호화 여부를 조회할 수 없으면 세션이 시작되지 않고, 쓸 수 없으면 로그가 남지 않습니다.',
    },
    {
      en: 'Open Systems Manager, Session Manager, Preferences in each of {regions}. Turn on CloudWatch logging or S3 logging, with "Enforce encryption", and name the log group or the bucket. Or run the Systems Manager document AWSConfigRemediation-EnableCWLoggingForSessionManager with the log group as DestinationLogGroup.',
      ko: '{regions} 각 리전에서 Systems Manager의 Session Manager, 기본 설정을 엽니다. 암호화 강제와 함께 CloudWatch 로깅 또는 S3 로깅을 켜고 로그 그룹이나 버킷을 지정합니다. 또는 Systems Manager 문서 AWSConfigRemediation-EnableCWLoggingForSessionManager를 DestinationLogGroup에 로그 그룹을 넣어 실행합니다.',
    },
    {
      en: 'Start a session, type something, end it, and look for it in the log.',
      ko: '세션을 열어 무엇이든 입력하고 끝낸 뒤 로그에 남았는지 확인합니다.',
    },
  ],
});
