import { regions } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  {
    flags: '--reader-role',
    what: {
      en: 'instead of the deployment: the role by which "evaluate --organization" reads each account, for a StackSet',
      ko: '배포 대신 "evaluate --organization"이 각 계정을 읽을 역할을 StackSet용으로',
    },
  },
  { flags: '--output <folder>', what: { en: 'where to write', ko: '쓸 폴더' }, required: true },
  {
    flags: '--region <region...>',
    what: {
      en: "these of the settings' Regions only; without settings, the Regions",
      ko: '설정의 리전 중 이것만. 설정이 없으면 배포할 리전',
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
);
export type Arguments = ArgumentsOf<[]>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'template',
  summary: {
    en: 'write the deployment as plain CloudFormation: no CDK and no bootstrapping where it goes',
    ko: '배포를 일반 CloudFormation 템플릿으로 저장합니다: 대상 계정에 CDK도 부트스트랩도 필요 없습니다',
  },
  description: {
    en: 'Writes a template a Region, one zip file a function, and the two aws commands that upload and create them.',
    ko: '리전마다 템플릿 하나, 함수마다 zip 파일 하나, 그리고 이를 올리고 만드는 aws 명령 두 개를 씁니다.',
  },
  arguments: [],
  options: declared,
  examples: [
    [
      '$ groundrules template --output cloudformation',
      {
        en: 'as groundrules.config.json says, or with the defaults',
        ko: 'groundrules.config.json대로, 없으면 기본값으로',
      },
    ],
    ['$ groundrules template --output cloudformation --region eu-west-1', ''],
    [
      '$ groundrules template --reader-role --output cloudformation',
      { en: 'cloudformation/reader-role.template.json', ko: 'cloudformation/reader-role.template.json' },
    ],
  ],
  exit: [
    ['0', { en: 'written', ko: '저장함' }],
    [
      '2',
      {
        en: 'the call or the settings were wrong, or the folder cannot be written',
        ko: '명령이나 설정이 잘못됐거나, 폴더에 쓸 수 없음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
