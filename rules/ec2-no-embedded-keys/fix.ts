import { notifyFix } from '../shared/notify/fix.ts';
import type { KeyFinding } from './findings.ts';

/** Tells people: a key that many have seen is no secret any more, whatever becomes of the user data. */
export const fix = notifyFix<KeyFinding, unknown>()({
  steps: [
    {
      en: 'Find whose key it is ("aws sts get-access-key-info", "aws iam get-access-key-last-used"), and deactivate it before anything else. Everybody with ec2:DescribeInstanceAttribute or ec2:DescribeLaunchTemplateVersions may have seen it, and CloudTrail tells what it was used for.',
      ko: '누구의 키인지 확인하고("aws sts get-access-key-info", "aws iam get-access-key-last-used") 가장 먼저 키를 비활성화합니다. ec2:DescribeInstanceAttribute나 ec2:DescribeLaunchTemplateVersions 권한이 있는 사람은 모두 볼 수 있었으며, 키의 사용 이력은 CloudTrail에 남습니다.',
    },
    {
      en: 'Give the instance a role instead (an instance profile): the SDKs and the aws command take their credentials from it. A secret of another kind belongs into Secrets Manager or Parameter Store, and the script reads it when it runs.',
      ko: '대신 인스턴스에 역할(인스턴스 프로파일)을 연결합니다. SDK와 aws 명령이 역할의 자격 증명을 씁니다. 다른 종류의 비밀은 Secrets Manager나 Parameter Store에 두고 스크립트가 실행될 때 읽게 합니다.',
    },
    {
      en: 'Build it anew without the key: of a launch template, a new version that becomes the default; of an instance, new user data while it is stopped, or a new instance. cloud-init also keeps a copy under /var/lib/cloud, and AMIs and snapshots of the instance have it.',
      ko: '키 없이 다시 만듭니다. 시작 템플릿은 새 버전을 만들어 기본값으로 지정하고, 인스턴스는 중지한 상태에서 사용자 데이터를 바꾸거나 새 인스턴스를 만듭니다. cloud-init이 /var/lib/cloud에 남긴 사본과 인스턴스의 AMI, 스냅샷에도 키가 있습니다.',
    },
    {
      en: 'Delete the key, and the old versions of the launch template: this rule looks at the latest and the default one only.',
      ko: '키를 삭제하고 시작 템플릿의 이전 버전도 삭제합니다. 이 규칙은 최신 버전과 기본 버전만 봅니다.',
    },
  ],
});
