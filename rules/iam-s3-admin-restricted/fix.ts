import { notifyFix } from '../shared/notify/fix.ts';
import type { S3AdminFinding } from './findings.ts';

/** Tells people: whether somebody should administer buckets is for them to say. */
export const fix = notifyFix<S3AdminFinding, unknown>()({
  steps: [
    {
      en: 'Ask who is responsible for {resource} in account {account} whether it has to make, delete or reconfigure buckets. "Last accessed" in the IAM console shows whether it ever did.',
      ko: '계정 {account}의 {resource} 담당자에게 버킷을 만들거나 삭제하거나 설정을 바꿔야 하는지 확인합니다. IAM 콘솔의 "마지막 액세스"에서 실제로 썼는지 볼 수 있습니다.',
    },
    {
      en: "If not, take the actions out of the policies that the verdict names: name the object actions that are needed in the place of s3:*, and objects (arn:aws:s3:::bucket/*) in the place of buckets. A policy of AWS's that allows too much is detached, and one of your own attached in its place.",
      ko: '필요 없다면 판정에 나온 정책에서 그 작업을 뺍니다. s3:* 대신 필요한 객체 작업을 적고, 버킷 대신 객체(arn:aws:s3:::bucket/*)를 지정합니다. AWS 관리형 정책이 너무 많이 허용하면 분리하고 자체 정책을 연결합니다.',
    },
    {
      en: 'For a user that has the policy through a group: take it from the group, or the user out of the group.',
      ko: '사용자가 그룹을 통해 정책을 가졌다면 그룹에서 정책을 분리하거나 사용자를 그룹에서 뺍니다.',
      when: {
        en: 'Through a group',
        ko: '그룹을 통한 경우',
        is: ({ findings }) => findings.some((one) => one.kind === 'allowed' && one.group !== undefined),
      },
    },
    {
      en: 'If it is meant to, name it in the parameter approvedPrincipals of the control s3-admin-restricted, or give it the tag of approvedTagKey.',
      ko: '필요한 권한이라면 통제 s3-admin-restricted의 파라미터 approvedPrincipals에 적거나 approvedTagKey의 태그를 붙입니다.',
    },
  ],
});
