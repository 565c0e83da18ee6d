import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  { name: '<before>', what: 'what "evaluate --format json" wrote; - for standard input' },
  { name: '<after>', what: 'the same, later' },
] as const;
const declared = options(
  {
    flags: '--fail-on <what>',
    what: 'exit with 1 for these, with commas: new, changed, unjudged, still, fixed; with a severity, for it and worse only (new,high)',
    default: 'new',
  },
  {
    flags: '--format <format>',
    what: 'how to print',
    choices: ['table', 'json', 'markdown'],
    default: 'table',
  },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'compare',
  summary: 'say what changed between two evaluations',
  ko: '두 평가 결과 사이에 달라진 점을 보여줍니다',
  description:
    'Says what is new, changed, fixed, still there, and not judged any more. What nobody looked at the second time is never fixed.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules compare last-week.json today.json', ''],
    ['$ groundrules compare main.json branch.json --fail-on new,high', 'for a pipeline'],
    ['$ groundrules compare main.json branch.json --format markdown', 'for a comment'],
  ],
  exit: [
    ['0', 'nothing that --fail-on names'],
    ['1', 'something that --fail-on names'],
    ['2', 'the call was wrong, or one of the files cannot be read'],
  ],
  run: () => import('./run.ts'),
});
