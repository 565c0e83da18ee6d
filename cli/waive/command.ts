import { SETTINGS } from '../options/declared.ts';
import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  { name: '<rule>', what: 'the rule whose findings are waived', offers: ruleIds },
  { name: '<resource>', what: 'the id or the name of the resource; * and ? are wildcards, in quotes' },
] as const;
const declared = options(
  {
    flags: '--until <date>',
    what: 'the last day on which it holds, within a year unless the settings say otherwise: 2027-03-31',
    required: true,
  },
  { flags: '--reason <text>', what: 'why the finding can be lived with', required: true },
  { flags: '--ticket <id>', what: 'where that was decided', required: true },
  { flags: '--owner <who>', what: "who answers for it (default: git's user.email)" },
  { flags: '--account <id>', what: 'in this account only' },
  { flags: '--region <region>', what: 'in this Region only' },
  { flags: '--kind <kind>', what: 'findings of this kind only, as "evaluate --format json" names them' },
  { flags: '--waivers <file>', what: 'the file to add it to', default: 'groundrules.waivers.yaml' },
  ...SETTINGS,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'waive',
  summary: 'live with a finding until a day, and say why',
  ko: '발견 사항을 기한과 사유를 정해 예외로 둡니다',
  description:
    'Adds a waiver to groundrules.waivers.yaml, which "evaluate" follows; comments in the file stay.',
  arguments: args,
  options: declared,
  examples: [
    [
      '$ groundrules waive s3-public www-site --until 2027-03-31 --reason "the public web site" --ticket SEC-42',
      '',
    ],
    [
      '$ groundrules waive sg-open-ports "sg-0*" --account 123456789012 --until 2027-01-15 --reason "moves in January" --ticket SEC-43 --owner web@example.com',
      '',
    ],
  ],
  exit: [
    ['0', 'added'],
    ['2', 'the call was wrong; the file is as it was'],
  ],
  run: () => import('./run.ts'),
});
