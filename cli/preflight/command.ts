import { ENDPOINT, FORMAT } from '../options/declared.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  {
    flags: '--config <file>',
    what: { en: 'the settings', ko: '설정 파일' },
    default: 'groundrules.config.json',
  },
  ...ENDPOINT,
  {
    flags: '--plain',
    what: {
      en: 'for plain CloudFormation (groundrules template): the CDK need not be bootstrapped',
      ko: '일반 CloudFormation(groundrules template)용: CDK 부트스트랩이 필요 없음',
    },
  },
  ...FORMAT,
);
export type Arguments = ArgumentsOf<[]>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'preflight',
  summary: {
    en: 'look whether a deployment can succeed, before anything is made',
    ko: '아무것도 만들기 전에 배포가 성공할 수 있는지 확인합니다',
  },
  description: {
    en: 'Asks AWS, in every Region of the settings, for what a deployment rests on, and prints the command that mends what is wrong. "groundrules deploy" does it first.',
    ko: '설정의 모든 리전에서 배포에 필요한 것이 있는지 AWS에 물어보고, 잘못된 것을 바로잡는 명령을 출력합니다. "groundrules deploy"도 이것부터 합니다.',
  },
  arguments: [],
  options: declared,
  examples: [
    ['$ groundrules preflight', { en: 'with the settings that are here', ko: '현재 폴더의 설정으로' }],
    ['$ groundrules preflight --profile audit --format json', ''],
  ],
  exit: [
    ['0', { en: 'nothing keeps the deployment from succeeding', ko: '배포를 막는 것이 없음' }],
    ['1', { en: 'something does', ko: '있음' }],
    [
      '2',
      {
        en: 'something could not be told, or the call was wrong',
        ko: '확인하지 못한 것이 있거나 명령을 잘못 썼음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
