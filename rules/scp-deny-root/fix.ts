import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { ScpFinding } from './findings.ts';

type ScpCase = Case<ScpFinding, unknown, undefined>;
const where = (kind: ScpFinding['kind'], en: string, ko: string): When<ScpCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some((finding) => finding.kind === kind),
});

/** Tells people: an SCP can lock a whole organization out. */
export const fix = notifyFix<ScpFinding, unknown>()({
  parts: [
    {
      when: where('scpOff', 'Without service control policies', '서비스 제어 정책을 쓰지 않는 경우'),
      steps: [
        {
          en: 'In the management account, open AWS Organizations, and enable all features if the organization has only consolidated billing. Every account that was invited has to agree, and it cannot be taken back.',
          ko: '관리 계정에서 AWS Organizations를 엽니다. 통합 결제만 쓰는 조직이면 모든 기능을 활성화합니다. 초대해 가입한 계정이 모두 동의해야 하며 되돌릴 수 없습니다.',
        },
        {
          en: 'Open "Policies", and enable service control policies. AWS attaches FullAWSAccess everywhere, so that nothing changes by that alone.',
          ko: '"정책"에서 서비스 제어 정책을 활성화합니다. AWS가 FullAWSAccess를 모든 곳에 연결하므로 이것만으로는 바뀌는 것이 없습니다.',
        },
      ],
    },
    {
      when: {
        en: 'Where root of members is not denied',
        ko: '멤버 계정의 루트를 거부하지 않는 경우',
        is: ({ findings }) => findings.some(({ kind }) => kind === 'uncovered' || kind === 'scpOff'),
      },
      steps: [
        {
          en: 'Create an SCP with the statement on the page of this rule. It denies root everything but what only root can mend, and leaves central root sessions alone.',
          ko: '이 규칙의 페이지에 있는 문으로 SCP를 만듭니다. 루트만 고칠 수 있는 것을 빼고 루트의 모든 작업을 거부하며, 중앙 루트 세션은 막지 않습니다.',
        },
        {
          en: 'Look in CloudTrail whether anything still uses root of a member, and attach the SCP to one test account first: a mistake in it locks people out of every account below.',
          ko: '멤버 계정의 루트를 아직 쓰는 곳이 있는지 CloudTrail에서 확인하고, 먼저 테스트 계정 하나에 연결해 봅니다. SCP를 잘못 쓰면 그 아래 모든 계정이 잠깁니다.',
        },
        {
          en: 'Then attach it to the organizational units of the members that the verdict names, or to the root of the organization. No SCP ever holds for the management account.',
          ko: '그런 다음 판정에 나온 멤버 계정의 조직 단위(OU)나 조직의 루트에 연결합니다. SCP는 관리 계정에는 적용되지 않습니다.',
        },
      ],
    },
  ],
});
