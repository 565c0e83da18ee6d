import { regions } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  { flags: '--output <folder>', what: 'where to write', required: true },
  {
    flags: '--region <region...>',
    what: "these of the settings' Regions only; without settings, the Regions",
    offers: regions,
  },
  { flags: '--config <file>', what: 'the settings (default: groundrules.config.json, if it is here)' },
);
export type Arguments = ArgumentsOf<[]>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'template',
  summary: 'write the deployment as plain CloudFormation: no CDK and no bootstrapping where it goes',
  ko: '배포를 일반 CloudFormation 템플릿으로 저장합니다: 대상 계정에 CDK도 부트스트랩도 필요 없습니다',
  description:
    'Writes a template a Region, one zip file a function, and the two aws commands that upload and create them.',
  arguments: [],
  options: declared,
  examples: [
    [
      '$ groundrules template --output cloudformation',
      'as groundrules.config.json says, or with the defaults',
    ],
    ['$ groundrules template --output cloudformation --region eu-west-1', ''],
  ],
  exit: [
    ['0', 'written'],
    ['2', 'the call or the settings were wrong, or the folder cannot be written'],
  ],
  run: () => import('./run.ts'),
});
