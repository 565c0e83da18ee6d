import { FORMAT, SETTINGS } from '../options/declared.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const STATUSES = ['holds', 'expiring', 'expired'] as const;

const args = [] as const;
const declared = options(
  {
    flags: '--waivers <file>',
    what: { en: 'the file that has them', ko: '예외가 있는 파일' },
    default: 'groundrules.waivers.yaml',
  },
  {
    flags: '--status <status>',
    what: { en: 'only those that are so', ko: '이 상태인 것만' },
    choices: STATUSES,
  },
  ...SETTINGS,
  ...FORMAT,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'waivers',
  summary: {
    en: 'list what is lived with, until when and why',
    ko: '예외로 둔 발견 사항을 기한, 사유와 함께 나열합니다',
  },
  description: {
    en: 'Lists the waivers of groundrules.waivers.yaml, those that end first on top. Which of them waive nothing any more, "evaluate" says.',
    ko: 'groundrules.waivers.yaml의 예외를 먼저 끝나는 것부터 나열합니다. 더는 쓰이지 않는 예외는 "evaluate"가 알려 줍니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules waivers', ''],
    [
      '$ groundrules waivers --status expiring',
      { en: 'those that end within two weeks', ko: '2주 안에 끝나는 것' },
    ],
    ['$ groundrules waivers --format json', ''],
  ],
  exit: [
    [
      '0',
      {
        en: 'done, whatever has expired: see "evaluate --fail-on-waivers"',
        ko: '완료. 만료된 것이 있어도 같음 ("evaluate --fail-on-waivers" 참고)',
      },
    ],
    [
      '2',
      {
        en: 'the file is missing or wrong, or the call was wrong',
        ko: '파일이 없거나 잘못됐거나, 명령을 잘못 썼음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
