import { FORMAT, SETTINGS } from '../options/declared.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const STATUSES = ['holds', 'expiring', 'expired'] as const;

const args = [] as const;
const declared = options(
  { flags: '--waivers <file>', what: 'the file that has them', default: 'groundrules.waivers.yaml' },
  { flags: '--status <status>', what: 'only those that are so', choices: STATUSES },
  ...SETTINGS,
  ...FORMAT,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'waivers',
  summary: 'list what is lived with, until when and why',
  ko: '예외로 둔 발견 사항을 기한, 사유와 함께 나열합니다',
  description:
    'Lists the waivers of groundrules.waivers.yaml, those that end first on top. Which of them waive nothing any more, "evaluate" says.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules waivers', ''],
    ['$ groundrules waivers --status expiring', 'those that end within two weeks'],
    ['$ groundrules waivers --format json', ''],
  ],
  exit: [
    ['0', 'done, whatever has expired: see "evaluate --fail-on-waivers"'],
    ['2', 'the file is missing or wrong, or the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
