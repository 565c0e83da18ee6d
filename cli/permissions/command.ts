import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  {
    flags: '--rule <id...>',
    what: { en: 'for these rules only (default: all)', ko: '이 규칙에 대해서만 (기본값: 전부)' },
    offers: ruleIds,
  },
  {
    flags: '--partition <name>',
    what: { en: 'how ARNs begin: aws, aws-cn, aws-us-gov', ko: 'ARN의 파티션: aws, aws-cn, aws-us-gov' },
    offers: ['aws', 'aws-cn', 'aws-us-gov'],
    default: 'aws',
  },
);
const args = [
  {
    name: '[command]',
    what: { en: 'evaluate (default), collect or remediate', ko: 'evaluate(기본값), collect, remediate' },
    choices: ['evaluate', 'collect', 'remediate'],
  },
] as const;
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'permissions',
  summary: {
    en: 'print the least IAM policy that a command needs',
    ko: '명령에 필요한 최소 IAM 정책을 출력합니다',
  },
  description: {
    en: 'Prints the least IAM policy that a command needs, as JSON, for whoever creates its role.',
    ko: '명령에 필요한 최소 IAM 정책을 JSON으로 출력합니다. 역할을 만드는 사람을 위한 것입니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules permissions', { en: 'what "evaluate --live" reads', ko: '"evaluate --live"가 읽는 것' }],
    ['$ groundrules permissions collect --rule s3-public', { en: 'of one rule alone', ko: '규칙 하나만' }],
    [
      '$ groundrules permissions remediate --rule s3-public',
      { en: 'what the fix calls, too', ko: '수정이 호출하는 것까지' },
    ],
  ],
  exit: [
    ['0', { en: 'printed', ko: '출력함' }],
    ['2', { en: 'the call was wrong', ko: '명령을 잘못 썼음' }],
  ],
  run: () => import('./run.ts'),
});
