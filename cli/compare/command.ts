import {
  ENDPOINT,
  LIMIT,
  NOW,
  OUTPUT,
  PARAMETERS,
  PROGRESS,
  REPORT_FORMAT,
  SETTINGS,
  WAIVERS,
} from '../options/declared.ts';
import { regions, ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  {
    name: '<before>',
    what: {
      en: 'what "evaluate --format json" wrote (- for standard input), or what it judges: a snapshot folder, files of AWS Config, …',
      ko: '"evaluate --format json"의 출력(-는 표준 입력), 또는 판정할 것: 스냅샷 폴더, AWS Config의 파일 등',
    },
  },
  { name: '<after>', what: { en: 'the same, later', ko: '나중의 것' } },
] as const;
const declared = options(
  {
    flags: '--fail-on <what>',
    what: {
      en: 'exit with 1 for these, with commas: new, changed, unjudged, still, fixed; with a severity, for it and worse only (new,high). What is waived does not count',
      ko: '여기에 해당하면 1로 종료, 쉼표로 여러 개: new, changed, unjudged, still, fixed. 심각도를 덧붙이면 그 이상만 (new,high). 예외로 둔 것은 세지 않음',
    },
    default: 'new',
  },
  ...REPORT_FORMAT,
  ...OUTPUT,
  ...ENDPOINT,
  {
    flags: '--rule <id>',
    what: {
      en: 'judge by this rule only, where something is judged; with commas, or given several times',
      ko: '판정할 때 이 규칙으로만. 쉼표로 여러 개, 또는 여러 번 지정',
    },
    many: true,
    offers: ruleIds,
  },
  {
    flags: '--region <region>',
    what: {
      en: 'judge this Region only; with commas, or given several times',
      ko: '이 리전만 판정. 쉼표로 여러 개, 또는 여러 번 지정',
    },
    many: true,
    offers: regions,
  },
  {
    flags: '--account <id>',
    what: {
      en: 'the account of a file that does not say it; this account only; with commas, or given several times',
      ko: '파일에 계정이 적혀 있지 않을 때 그 계정. 이 계정만 판정. 쉼표로 여러 개, 또는 여러 번 지정',
    },
    many: true,
  },
  ...PARAMETERS,
  ...NOW,
  ...WAIVERS,
  ...LIMIT,
  ...SETTINGS,
  ...PROGRESS,
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
    en: 'Says what is new, changed, fixed, still there, and not judged any more. What nobody looked at the second time is never fixed. Snapshots and whatever else "evaluate" takes are judged as it would.',
    ko: '새로 생긴 것, 바뀐 것, 해결된 것, 그대로인 것, 더는 판정하지 않은 것을 보여 줍니다. 두 번째에 확인하지 않은 것은 해결된 것으로 보지 않습니다. 스냅샷 등 "evaluate"가 받는 것은 똑같이 판정합니다.',
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
    [
      '$ groundrules compare snapshots/monday snapshots/friday --format html --output week.html',
      { en: 'judges both', ko: '둘 다 판정함' },
    ],
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
