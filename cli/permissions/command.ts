import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  { flags: '--rule <id...>', what: 'for these rules only (default: all)', offers: ruleIds },
  {
    flags: '--partition <name>',
    what: 'how ARNs begin: aws, aws-cn, aws-us-gov',
    offers: ['aws', 'aws-cn', 'aws-us-gov'],
    default: 'aws',
  },
);
const args = [
  {
    name: '[command]',
    what: 'evaluate (default), collect or remediate',
    choices: ['evaluate', 'collect', 'remediate'],
  },
] as const;
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'permissions',
  summary: 'print the least IAM policy that a command needs',
  ko: '명령에 필요한 최소 IAM 정책을 출력합니다',
  description: 'Prints the least IAM policy that a command needs, as JSON, for whoever creates its role.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules permissions', 'what "evaluate --live" reads'],
    ['$ groundrules permissions collect --rule s3-public', 'of one rule alone'],
    ['$ groundrules permissions remediate --rule s3-public', 'what the fix calls, too'],
  ],
  exit: [
    ['0', 'printed'],
    ['2', 'the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
