import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { UnusedAccessFinding } from './findings.ts';

type UnusedCase = Case<UnusedAccessFinding, unknown, undefined>;
const where = (en: string, ko: string, ...kinds: UnusedAccessFinding['kind'][]): When<UnusedCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some(({ kind }) => kinds.includes(kind)),
});

/** Tells people: an analyzer is paid for, and what a principal needs is for people to say. */
export const fix = notifyFix<UnusedAccessFinding, unknown>()({
  parts: [
    {
      when: where('With findings', '결과가 있는 경우', 'findings'),
      steps: [
        {
          en: 'Open IAM Access Analyzer, "Unused access", in the Region that the verdict names. Delete the roles, users\' passwords and access keys that nobody uses, and take unused permissions out of policies: each finding recommends a policy.',
          ko: '판정에 나온 리전에서 IAM Access Analyzer의 "미사용 액세스"를 엽니다. 쓰지 않는 역할, 사용자의 암호와 액세스 키를 삭제하고 정책에서 쓰지 않는 권한을 뺍니다. 결과마다 권장 정책이 나옵니다.',
        },
        {
          en: 'Where access has to stay though it is seldom used, write down why, and archive the finding.',
          ko: '드물게 쓰지만 필요한 액세스라면 사유를 기록하고 결과를 보관 처리합니다.',
        },
      ],
    },
    {
      when: where('Without an analyzer', '분석기가 없는 경우', 'none'),
      steps: [
        {
          en: 'Create an analyzer of unused access in one Region, for this account, or for the organization in its management or delegated administrator account. It is billed for each role and user a month.',
          ko: '리전 하나에 미사용 액세스 분석기를 만듭니다. 이 계정용으로, 또는 관리 계정이나 위임된 관리자 계정에서 조직용으로 만듭니다. 역할과 사용자 수에 따라 매월 요금이 부과됩니다.',
        },
      ],
    },
    {
      when: where(
        'With an analyzer that does not count',
        '인정되지 않는 분석기가 있는 경우',
        'inactive',
        'tooLong',
        'excluded',
      ),
      steps: [
        {
          en: 'Put the analyzer right that the verdict names: look at why it is not active, or take this account out of its exclusions. The tracking period cannot be changed afterwards: delete the analyzer and create one with a shorter period.',
          ko: '판정에 나온 분석기를 바로잡습니다. 활성 상태가 아닌 이유를 확인하거나, 제외 목록에서 이 계정을 뺍니다. 추적 기간은 나중에 바꿀 수 없으므로 분석기를 삭제하고 더 짧은 기간으로 다시 만듭니다.',
        },
      ],
    },
  ],
});
