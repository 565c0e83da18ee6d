import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { OrgRootFinding } from './findings.ts';

type RootCase = Case<OrgRootFinding, unknown, undefined>;
const where = (kind: OrgRootFinding['kind'], en: string, ko: string): When<RootCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some((finding) => finding.kind === kind),
});

/** Tells people: central root access holds for the whole organization, so that a person turns it on. */
export const fix = notifyFix<OrgRootFinding, unknown>()({
  parts: [
    {
      when: where('notAllFeatures', 'Without all features', '모든 기능을 활성화하지 않은 경우'),
      steps: [
        {
          en: 'In the management account, open AWS Organizations, Settings, and begin to enable all features. Every account that was invited has to agree, and it cannot be taken back.',
          ko: '관리 계정에서 AWS Organizations의 설정을 열고 모든 기능 활성화를 시작합니다. 초대해 가입한 계정이 모두 동의해야 하며 되돌릴 수 없습니다.',
        },
      ],
    },
    {
      when: where('featureOff', 'Without central root access', '중앙 루트 액세스가 꺼진 경우'),
      steps: [
        {
          en: 'In the management account, open IAM, "Root access management", and enable it with "Root credentials management". Privileged root actions in member accounts are a feature of their own: enable it if people need it.',
          ko: '관리 계정에서 IAM의 "루트 액세스 관리"를 열고 "루트 자격 증명 관리"를 켭니다. 멤버 계정에서의 권한 있는 루트 작업은 별도 기능이므로 필요할 때만 켭니다.',
        },
        {
          en: 'Let a delegated administrator do the daily work, because nobody should work in the management account.',
          ko: '관리 계정에서 일상 작업을 하지 않도록 위임된 관리자를 지정합니다.',
        },
        {
          en: 'Then delete the root credentials of each member with the Systems Manager document Groundrules-MemberRootCredentials.',
          ko: '그런 다음 Systems Manager 문서 Groundrules-MemberRootCredentials로 멤버 계정의 루트 자격 증명을 삭제합니다.',
        },
      ],
    },
    {
      when: where(
        'noMfa',
        'Where root of this member has credentials and no MFA',
        '이 멤버 계정의 루트에 MFA 없이 자격 증명이 있는 경우',
      ),
      steps: [
        {
          en: 'With central root access, run the Systems Manager document Groundrules-MemberRootCredentials for {account} in the management account: it deletes them, and Undo does not bring them back.',
          ko: '중앙 루트 액세스를 쓴다면 관리 계정에서 {account}에 대해 Systems Manager 문서 Groundrules-MemberRootCredentials를 실행합니다. 자격 증명을 삭제하며, 되돌려도 복구되지 않습니다.',
        },
        {
          en: 'Without it, sign in as the root user of {account}, and register MFA under "Security credentials".',
          ko: '쓰지 않는다면 {account}의 루트 사용자로 로그인해 "보안 자격 증명"에서 MFA를 등록합니다.',
        },
      ],
    },
  ],
});
