import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  {
    name: '<before>',
    what: {
      en: 'what "evaluate --format json" wrote; - for standard input',
      ko: '"evaluate --format json"의 출력. -는 표준 입력',
    },
  },
  { name: '<after>', what: { en: 'the same, later', ko: '나중의 것' } },
] as const;
const declared = options(
  {
    flags: '--fail-on <what>',
    what: {
      en: 'exit with 1 for these, with commas: new, changed, unjudged, still, fixed; with a severity, for it and worse only (new,high)',
      ko: '여기에 해당하면 1로 종료, 쉼표로 여러 개: new, changed, unjudged, still, fixed. 심각도를 덧붙이면 그 이상만 (new,high)',
    },
    default: 'new',
  },
  {
    flags: '--format <format>',
    what: { en: 'how to print', ko: '출력 형식' },
    choices: ['table', 'json', 'markdown'],
    default: 'table',
  },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'compare',
  summary: {
    en: 'say what changed between two evaluations',
    ko: '두 평가 결과 사이에 달라진 점을 보여 줍니다',
  },
  description: {
    en: 'Says what is new, changed, fixed, still there, and not judged any more. What nobody looked at the second time is never fixed.',
    ko: '새로 생긴 것, 달라진 것, 고쳐진 것, 그대로인 것, 더는 판정하지 않은 것을 보여 줍니다. 두 번째에 확인하지 않은 것은 고쳐진 것으로 보지 않습니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules compare last-week.json today.json', ''],
    [
      '$ groundrules compare main.json branch.json --fail-on new,high',
      { en: 'for a pipeline', ko: '파이프라인에서' },
    ],
    ['$ groundrules compare main.json branch.json --format markdown', { en: 'for a comment', ko: '댓글용' }],
  ],
  exit: [
    ['0', { en: 'nothing that --fail-on names', ko: '--fail-on에 해당하는 것이 없음' }],
    ['1', { en: 'something that --fail-on names', ko: '--fail-on에 해당하는 것이 있음' }],
    [
      '2',
      {
        en: 'the call was wrong, or one of the files cannot be read',
        ko: '명령을 잘못 썼거나, 파일을 읽을 수 없음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
