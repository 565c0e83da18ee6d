import { ENDPOINT, FORMAT } from '../options/declared.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  { flags: '--config <file>', what: 'the settings', default: 'groundrules.config.json' },
  ...ENDPOINT,
  {
    flags: '--plain',
    what: 'for plain CloudFormation (groundrules template): the CDK need not be bootstrapped',
  },
  ...FORMAT,
);
export type Arguments = ArgumentsOf<[]>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'preflight',
  summary: 'look whether a deployment can succeed, before anything is made',
  ko: '아무것도 만들기 전에 배포가 성공할 수 있는지 확인합니다',
  description:
    'Asks AWS, in every Region of the settings, for what a deployment rests on, and prints the command that mends what is wrong. "groundrules deploy" does it first.',
  arguments: [],
  options: declared,
  examples: [
    ['$ groundrules preflight', 'with the settings that are here'],
    ['$ groundrules preflight --profile audit --format json', ''],
  ],
  exit: [
    ['0', 'nothing keeps the deployment from succeeding'],
    ['1', 'something does'],
    ['2', 'something could not be told, or the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
