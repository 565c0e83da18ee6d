import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { AnalyzerFinding } from './findings.ts';

type AnalyzerCase = Case<AnalyzerFinding, unknown, undefined>;
const where = (kind: AnalyzerFinding['kind'], en: string, ko: string): When<AnalyzerCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some((finding) => finding.kind === kind),
});

/** Tells people: whether somebody outside is meant to have access is for them to say. */
export const fix = notifyFix<AnalyzerFinding, unknown>()({
  parts: [
    {
      when: where('shared', 'Where something is shared', '공유된 것이 있는 경우'),
      steps: [
        {
          en: 'In {region}, open IAM Access Analyzer, "External access", and the finding of each resource that the verdict names: it says who has access, by which policy or ACL.',
          ko: '{region}에서 IAM Access Analyzer의 "외부 액세스"를 열고 판정에 나온 리소스의 결과를 확인합니다. 누가 어떤 정책이나 ACL로 접근할 수 있는지 나옵니다.',
        },
        {
          en: 'Where nobody outside is meant to have access, take it away. For a public bucket the document Groundrules-S3Public does it.',
          ko: '외부 액세스가 의도한 것이 아니면 제거합니다. 퍼블릭 버킷이라면 Groundrules-S3Public 문서가 대신 처리합니다.',
        },
        {
          en: 'Where the access is intended, write down why, and archive the finding; an archive rule does so for others of its kind.',
          ko: '의도한 액세스라면 사유를 기록하고 결과를 보관 처리합니다. 같은 종류의 결과에는 보관 규칙을 쓸 수 있습니다.',
        },
      ],
    },
    {
      when: where('none', 'Without an analyzer', '분석기가 없는 경우'),
      steps: [
        {
          en: 'In each Region that the verdict names, create an analyzer of external access with this account, or the organization, as its zone of trust. It is free of charge.',
          ko: '판정에 나온 리전마다 이 계정이나 조직을 신뢰 영역으로 하는 외부 액세스 분석기를 만듭니다. 요금은 없습니다.',
        },
      ],
    },
    {
      when: where('inactive', 'With an analyzer that is not active', '분석기가 활성 상태가 아닌 경우'),
      steps: [
        {
          en: 'Look at why the analyzer is not active. One that stays DISABLED or FAILED has to be deleted and made again.',
          ko: '분석기가 활성 상태가 아닌 이유를 확인합니다. 계속 DISABLED나 FAILED이면 삭제하고 다시 만듭니다.',
        },
      ],
    },
  ],
});
