import { controlIds, fixIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  {
    name: '[what]',
    what: {
      en: 'a rule, a control, or the findingId of a result; without it, the rules are listed',
      ko: '규칙, 통제, 또는 결과의 findingId. 없으면 규칙을 나열',
    },
    offers: async () => [...new Set([...(await fixIds()), ...(await controlIds())])],
  },
] as const;
const declared = options({
  flags: '--results <file>',
  what: {
    en: 'where the finding is: what "evaluate --format json" wrote; - for standard input (default: results.json)',
    ko: '발견 사항이 있는 파일: "evaluate --format json"의 출력. -는 표준 입력 (기본값: results.json)',
  },
});
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'explain',
  summary: {
    en: 'explain a rule, a control or a finding',
    ko: '규칙, 통제, 발견 사항을 설명합니다',
  },
  description: {
    en: 'Shows the page of a rule, the row of a control, or what a finding rests on, what its fix breaks and how to undo that.',
    ko: '규칙의 문서, 통제의 내용, 또는 발견 사항의 근거와 수정이 깨뜨리는 것, 되돌리는 방법을 보여 줍니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules explain', { en: 'the rules, a table a pack', ko: '규칙 목록, 팩마다 표 하나' }],
    ['$ groundrules explain s3-public --lang ko', { en: 'its page, in Korean', ko: '규칙의 문서, 한국어로' }],
    ['$ groundrules explain guardduty-enabled', { en: 'a control', ko: '통제' }],
    ['$ groundrules evaluate --live --format json --output results.json', ''],
    [
      '$ groundrules explain root-mfa/123456789012/global/AWS::::Account/…/noMfa',
      { en: 'a finding of results.json', ko: 'results.json의 발견 사항' },
    ],
    ['$ groundrules explain sg-open-ports | less', { en: 'in a pager', ko: '페이저로' }],
  ],
  exit: [
    ['0', { en: 'done', ko: '완료' }],
    [
      '2',
      {
        en: 'there is no such rule, control or finding, or the call was wrong',
        ko: '그런 규칙, 통제, 발견 사항이 없거나 명령을 잘못 썼음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
