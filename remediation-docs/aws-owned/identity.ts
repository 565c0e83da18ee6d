import type { AwsOwnedDocument } from '../aws-owned.ts';
import { no, optional, page, required, resource, role, text, yes } from './parts.ts';

export const identity: readonly AwsOwnedDocument[] = [
  {
    name: 'AWSConfigRemediation-SetIAMPasswordPolicy',
    controls: ['iam-password-policy', 'iam-password-expiry'],
    parameters: [
      role,
      optional('AllowUsersToChangePassword', 'Boolean', 'true'),
      optional('MaxPasswordAge', 'Integer', '90'),
      optional('MinimumPasswordLength', 'Integer', '14'),
      optional('PasswordReusePrevention', 'Integer', '24'),
      optional('RequireLowercaseCharacters', 'Boolean', 'true'),
      optional('RequireNumbers', 'Boolean', 'true'),
      optional('RequireSymbols', 'Boolean', 'true'),
      optional('RequireUppercaseCharacters', 'Boolean', 'true'),
    ],
    changes: text("The account's password policy, all of it.", '계정의 암호 정책 전체.'),
    breaks: text(
      'What is not given falls back to a weak default (6 characters, no expiry). Passwords older than the new age expire at once.',
      '지정하지 않은 값은 약한 기본값(6자, 만료 없음)이 됩니다. 새 기한을 넘긴 암호는 즉시 만료됩니다.',
    ),
    undo: text('By hand: note the former policy first.', '직접 되돌립니다. 이전 정책을 먼저 적어 두십시오.'),
    automatic: yes('Only if all eight are set.', '여덟 값을 모두 지정한 경우에만.'),
    source: page('automation-aws-set-iam-policy'),
    edition: 'current',
  },
  {
    name: 'AWSConfigRemediation-DeleteAccessKeysFromCodeBuildProject',
    controls: ['access-key-not-in-build-env'],
    parameters: [role, resource('ResourceId')],
    changes: text(
      "Deletes AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from the project's environment.",
      '프로젝트 환경에서 AWS_ACCESS_KEY_ID와 AWS_SECRET_ACCESS_KEY를 삭제합니다.',
    ),
    breaks: text(
      'Builds that use the key. The key itself stays valid.',
      '그 키를 쓰는 빌드. 키 자체는 유효하게 남습니다.',
    ),
    undo: text(
      'None: the value is gone. Give the project a role.',
      '없음: 값이 사라집니다. 프로젝트에 역할을 부여하십시오.',
    ),
    automatic: no('It breaks builds.', '빌드가 깨집니다.'),
    source: page('automation-aws-delete-cb-keys'),
    edition: 'current',
  },
  {
    name: 'AWSConfigRemediation-RevokeUnusedIAMUserCredentials',
    controls: ['iam-unused-credentials'],
    parameters: [role, resource('IAMResourceId'), required('MaxCredentialUsageAge', 'String', '45')],
    changes: text(
      'Deactivates access keys and deletes the console password that were not used for so many days.',
      '그 기간 동안 쓰지 않은 액세스 키를 비활성화하고 콘솔 암호를 삭제합니다.',
    ),
    breaks: text(
      'A user or a job that comes back after a longer pause. Its default is 90 days, the control asks for 45.',
      '오랜만에 돌아온 사용자나 작업. 기본값은 90일이지만 이 통제는 45일을 요구합니다.',
    ),
    undo: text(
      'Keys can be activated again; a deleted password is gone, a new one has to be set.',
      '키는 다시 활성화할 수 있지만 삭제된 암호는 새로 설정해야 합니다.',
    ),
    automatic: no('Passwords are deleted.', '암호가 삭제됩니다.'),
    source: page('automation-aws-revoke-iam-user'),
    edition: 'current',
  },
  {
    name: 'AWSConfigRemediation-RemoveUserPolicies',
    controls: ['iam-user-no-direct-policies'],
    parameters: [role, resource('IAMUserID'), required('PolicyType', 'String', 'All')],
    changes: text(
      'Deletes inline policies of the user and detaches the managed ones.',
      '사용자의 인라인 정책을 삭제하고 관리형 정책을 분리합니다.',
    ),
    breaks: text(
      'Everything the user may do that no group grants.',
      '그룹으로 받은 것이 아닌 사용자의 모든 권한.',
    ),
    undo: text(
      'By hand: inline policies are gone unless somebody kept them.',
      '직접 되돌립니다. 인라인 정책은 따로 보관하지 않았다면 사라집니다.',
    ),
    automatic: no('Put the user into groups first.', '먼저 사용자를 그룹에 넣으십시오.'),
    source: page('automation-aws-remove-user-policies'),
    edition: 'current',
  },
  {
    name: 'AWSConfigRemediation-DetachIAMPolicy',
    controls: ['least-privilege-no-admin-policy', 'least-privilege-admin-attachments'],
    byHand: ['least-privilege-admin-attachments'],
    parameters: [role, resource('IAMResourceId')],
    changes: text(
      'Detaches the policy from every user, group and role.',
      '모든 사용자, 그룹, 역할에서 정책을 분리합니다.',
    ),
    breaks: text(
      'Whoever rests on that policy, administrators and deployment roles included.',
      '그 정책에 의존하는 모두. 관리자와 배포 역할도 포함됩니다.',
    ),
    undo: text('By hand: attach it again where it was.', '직접 되돌립니다. 있던 곳에 다시 연결하십시오.'),
    automatic: no('It can lock everybody out.', '모두의 접근이 막힐 수 있습니다.'),
    source: page('automation-aws-detach-iam-policy'),
    edition: 'current',
  },
  {
    name: 'AWSConfigRemediation-EnableAccountAccessAnalyzer',
    controls: ['access-analyzer-enabled'],
    parameters: [required('AnalyzerName', 'String', 'groundrules'), role],
    changes: text(
      'Creates an IAM Access Analyzer for the account in this Region.',
      '이 리전에 계정용 IAM Access Analyzer를 만듭니다.',
    ),
    breaks: text('Nothing.', '없음.'),
    undo: text(
      'Delete the analyzer (its findings go with it).',
      '분석기를 삭제합니다(결과도 함께 사라집니다).',
    ),
    automatic: yes('Nothing changes but what is seen.', '보이는 것만 달라집니다.'),
    source: page('automation-aws-enable-account-access-analyzer'),
    edition: 'current',
  },
];
