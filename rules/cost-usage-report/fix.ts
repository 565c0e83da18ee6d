import { notifyFix } from '../shared/notify/fix.ts';
import type { ReportFinding } from './findings.ts';

/** Tells people: a report needs a bucket, its policy, and a decision on who in the organization reports for whom. */
export const fix = notifyFix<ReportFinding, unknown>()({
  category: 'Cost',
  steps: [
    {
      en: 'Decide whether the management account reports for the whole organization. If it does, nothing is to be done in {account} while payerCovers is true.',
      ko: '관리 계정이 조직 전체의 보고서를 만들지 정합니다. 그렇다면 payerCovers가 true인 동안 {account}에서는 할 일이 없습니다.',
    },
    {
      en: 'Otherwise create a Standard data export (CUR 2.0) under "Data Exports" in the Billing and Cost Management console, to a bucket whose policy lets bcm-data-exports.amazonaws.com and billingreports.amazonaws.com write.',
      ko: '그렇지 않으면 Billing and Cost Management 콘솔의 "데이터 내보내기"에서 표준 데이터 내보내기(CUR 2.0)를 만듭니다. 버킷 정책이 bcm-data-exports.amazonaws.com과 billingreports.amazonaws.com의 쓰기를 허용해야 합니다.',
    },
    {
      en: 'Where the verdict names a report or an export that is not delivered, mend its bucket or the policy of the bucket: the next delivery shows it.',
      ko: '판정에 전달되지 않는 보고서나 내보내기가 나오면 버킷이나 버킷 정책을 고칩니다. 다음 전달부터 반영됩니다.',
    },
  ],
});
