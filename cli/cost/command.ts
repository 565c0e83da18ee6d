import { ENDPOINT, FORMAT, LIMIT } from '../options/declared.ts';
import { domains, regions } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const RECORDER_MODES = ['continuous', 'daily'] as const;

const args = [
  {
    name: '[snapshot...]',
    what: {
      en: 'snapshot folders; AWS Config snapshot or history files',
      ko: '스냅샷 폴더, AWS Config의 스냅샷·이력 파일',
    },
  },
] as const;
const declared = options(
  {
    flags: '--live',
    what: { en: 'count in the live account of the credentials', ko: '자격 증명의 라이브 계정에서 셈' },
  },
  ...ENDPOINT,
  ...LIMIT,
  {
    flags: '--region <region...>',
    what: {
      en: 'these Regions only (default: as the settings say, or else where the accounts have something)',
      ko: '이 리전만 (기본값: 설정대로, 없으면 계정에 무언가 있는 리전)',
    },
    offers: regions,
  },
  {
    flags: '--config <file>',
    what: {
      en: 'the settings (default: groundrules.config.json, if it is here)',
      ko: '설정 파일 (기본값: 현재 폴더에 있으면 groundrules.config.json)',
    },
  },
  {
    flags: '--no-config',
    what: { en: 'leave groundrules.config.json alone', ko: 'groundrules.config.json을 무시' },
  },
  {
    flags: '--packs <pack...>',
    what: {
      en: 'these packs only (default: as the settings say, or all)',
      ko: '이 팩만 (기본값: 설정대로, 없으면 전부)',
    },
    offers: domains,
  },
  {
    flags: '--accounts <count>',
    what: { en: 'for so many accounts like those', ko: '같은 계정이 이만큼 있다고 보고 추정' },
  },
  {
    flags: '--count <type=number>',
    what: {
      en: 'resources of a type: AWS::RDS::DBInstance=12, or in one Region AWS::RDS::DBInstance@eu-west-1=12; may be given several times',
      ko: '유형별 리소스 수: AWS::RDS::DBInstance=12, 한 리전이면 AWS::RDS::DBInstance@eu-west-1=12. 여러 번 지정 가능',
    },
    many: true,
  },
  {
    flags: '--changes-per-day <number>',
    what: {
      en: 'changes of a resource that AWS Config records, a day (default: 0.1)',
      ko: 'AWS Config가 기록하는 리소스당 하루 변경 수 (기본값: 0.1)',
    },
  },
  {
    flags: '--verdict-changes <percent>',
    what: {
      en: 'verdicts that change in a month (default: 5)',
      ko: '한 달에 바뀌는 판정의 비율 (기본값: 5)',
    },
  },
  {
    flags: '--with-recorder [mode]',
    what: {
      en: 'with what the configuration recorder costs: continuous (default) or daily',
      ko: '구성 레코더 비용 포함: continuous(기본값), daily',
    },
    offers: RECORDER_MODES,
  },
  {
    flags: '--free-tier',
    what: {
      en: "take off AWS's free tier, as if nothing else used it",
      ko: '다른 곳에서 쓰지 않는다고 보고 AWS 프리 티어를 뺌',
    },
  },
  ...FORMAT,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'cost',
  summary: { en: 'estimate the monthly AWS bill of the packs', ko: '팩의 월간 AWS 요금을 추정합니다' },
  description: {
    en: 'Estimates what the packs cost a month, from what accounts have, and says what it does not know.',
    ko: '계정에 있는 것을 바탕으로 팩의 월 비용을 추정하고, 알 수 없는 것을 알려 줍니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules cost', { en: 'the sample accounts that come along', ko: '함께 제공되는 예제 계정' }],
    [
      '$ groundrules cost ./123456789012 --packs root,identity',
      { en: 'a snapshot folder (see "groundrules collect")', ko: '스냅샷 폴더 ("groundrules collect" 참고)' },
    ],
    [
      '$ groundrules cost --live --region us-east-1 --free-tier',
      {
        en: 'a live account; AWS Config tells most counts',
        ko: '라이브 계정. 대부분의 수는 AWS Config에서 가져옴',
      },
    ],
    [
      '$ groundrules cost --live --accounts 100',
      { en: 'a hundred accounts like this one', ko: '이런 계정 100개' },
    ],
    ['$ groundrules cost --count AWS::S3::Bucket=40 --count AWS::IAM::User=12 --format json', ''],
    ['$ groundrules cost ConfigSnapshot.json.gz --changes-per-day 0.5 --with-recorder daily', ''],
  ],
  note: {
    en: 'It is an estimate: what is assumed, and what is not known, is printed with it (docs/cost.md).',
    ko: '추정입니다. 가정한 것과 알 수 없는 것을 함께 출력합니다(docs/cost.md).',
  },
  exit: [
    ['0', { en: 'printed', ko: '출력함' }],
    ['2', { en: 'the call was wrong', ko: '명령을 잘못 썼음' }],
  ],
  run: () => import('./run.ts'),
});
