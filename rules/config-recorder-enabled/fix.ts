import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { RecorderFinding } from './findings.ts';

type RecorderCase = Case<RecorderFinding, unknown, undefined>;
const where = (kinds: readonly RecorderFinding['kind'][], en: string, ko: string): When<RecorderCase> => ({
  en,
  ko,
  is: ({ findings }) => findings.some(({ kind }) => kinds.includes(kind)),
});

/** Tells people: what is recorded is paid for, and where it is delivered to is for them to choose. */
export const fix = notifyFix<RecorderFinding, unknown>()({
  parts: [
    {
      when: where(
        ['noRecorder', 'noChannel'],
        'Without a recorder or a delivery channel',
        '기록기나 전송 채널이 없는 경우',
      ),
      steps: [
        {
          en: "In each Region that the verdict names, open Systems Manager, Automation, and execute AWS's document AWSSupport-SetupConfig: it makes the role, the recorder and the delivery channel with its bucket. Give it as IncludeGlobalResourcesRegion the one Region that is to record IAM.",
          ko: '판정에 나온 리전마다 Systems Manager의 Automation에서 AWS 문서 AWSSupport-SetupConfig를 실행합니다. 역할, 기록기, 전송 채널과 버킷을 만듭니다. IncludeGlobalResourcesRegion에는 IAM을 기록할 리전 하나를 지정합니다.',
        },
        {
          en: 'Where AWS Control Tower or an organization sets AWS Config up, let it do that, and leave out a Region that an SCP closes with the parameter excludeRegions.',
          ko: 'AWS Control Tower나 조직에서 AWS Config를 설정한다면 거기에 맡기고, SCP로 막아 둔 리전은 파라미터 excludeRegions로 제외합니다.',
        },
      ],
    },
    {
      when: where(['stopped'], 'With a recorder that is stopped', '기록기가 멈춘 경우'),
      steps: [
        {
          en: 'Find out in CloudTrail who called StopConfigurationRecorder, and why. Then start it: aws configservice start-configuration-recorder --configuration-recorder-name <recorder> --region <Region>.',
          ko: 'CloudTrail에서 누가 왜 StopConfigurationRecorder를 호출했는지 확인한 뒤 다시 시작합니다: aws configservice start-configuration-recorder --configuration-recorder-name <기록기> --region <리전>.',
        },
      ],
    },
    {
      when: where(['failing'], 'With a recorder that fails', '기록기가 실패하는 경우'),
      steps: [
        {
          en: "Read the error with aws configservice describe-configuration-recorder-status, and mend the recorder's role, or the policies of the bucket, key or topic that it delivers to.",
          ko: 'aws configservice describe-configuration-recorder-status로 오류를 확인하고, 기록기의 역할이나 전송 대상인 버킷, 키, 주제의 정책을 고칩니다.',
        },
      ],
    },
    {
      when: where(['someTypes'], 'With a recorder of some types', '일부 유형만 기록하는 경우'),
      steps: [
        {
          en: 'In the settings of AWS Config choose all resource types. Only IAM may be left out, where another Region records it.',
          ko: 'AWS Config 설정에서 모든 리소스 유형을 선택합니다. 다른 리전이 IAM을 기록한다면 IAM만 제외할 수 있습니다.',
        },
      ],
    },
    {
      when: where(['noGlobalTypes'], 'Where no Region records IAM', 'IAM을 기록하는 리전이 없는 경우'),
      steps: [
        {
          en: 'In one Region, which AWS Config supported before February 2022, include the global resource types: a second Region would record, and charge, the same again.',
          ko: 'AWS Config가 2022년 2월 이전부터 지원한 리전 하나에서 글로벌 리소스 유형을 포함합니다. 두 번째 리전까지 포함하면 같은 내용을 한 번 더 기록하고 과금됩니다.',
        },
      ],
    },
    {
      when: where(['role'], 'With a role of its own', '다른 역할로 실행하는 경우'),
      steps: [
        {
          en: "In the settings of AWS Config choose the service-linked role AWSServiceRoleForConfig, whose permissions AWS keeps up to date. Control Tower's recorder has a role that members cannot change.",
          ko: 'AWS Config 설정에서 서비스 연결 역할 AWSServiceRoleForConfig를 선택합니다. 이 역할의 권한은 AWS가 갱신합니다. Control Tower가 만든 기록기의 역할은 멤버 계정에서 바꿀 수 없습니다.',
        },
      ],
    },
  ],
});
