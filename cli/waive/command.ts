import { SETTINGS } from '../options/declared.ts';
import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  {
    name: '<rule>',
    what: { en: 'the rule whose findings are waived', ko: '예외로 둘 발견 사항의 규칙' },
    offers: ruleIds,
  },
  {
    name: '[resource]',
    what: {
      en: 'the id or the name of the resource; * and ? are wildcards, in quotes; all that carry the tag, where only --tag is given',
      ko: '리소스의 ID나 이름. 따옴표 안에서 *와 ?를 쓸 수 있음. --tag만 주면 그 태그가 있는 모든 리소스',
    },
  },
] as const;
const declared = options(
  {
    flags: '--until <date>',
    what: {
      en: 'the last day on which it holds, within a year unless the settings say otherwise: 2027-03-31',
      ko: '예외의 마지막 날, 설정에 따로 없으면 1년 이내: 2027-03-31',
    },
    required: true,
  },
  {
    flags: '--reason <text>',
    what: { en: 'why the finding can be lived with', ko: '예외로 두는 사유' },
    required: true,
  },
  { flags: '--ticket <id>', what: { en: 'where that was decided', ko: '그렇게 정한 티켓' }, required: true },
  {
    flags: '--owner <who>',
    what: { en: "who answers for it (default: git's user.email)", ko: '담당자 (기본값: git의 user.email)' },
  },
  {
    flags: '--tag <key=value>',
    what: {
      en: 'resources that carry this tag only; without "=value", whatever its value is',
      ko: '이 태그가 있는 리소스만. "=값"이 없으면 값과 관계없이',
    },
  },
  { flags: '--account <id>', what: { en: 'in this account only', ko: '이 계정에서만' } },
  {
    flags: '--ou <id>',
    what: {
      en: 'in the accounts of this organizational unit, and of those below it, only',
      ko: '이 조직 단위와 그 아래의 계정에서만',
    },
  },
  { flags: '--region <region>', what: { en: 'in this Region only', ko: '이 리전에서만' } },
  {
    flags: '--kind <kind>',
    what: {
      en: 'findings of this kind only, as "evaluate --format json" names them',
      ko: '이 종류의 발견 사항만 ("evaluate --format json"의 kind)',
    },
  },
  {
    flags: '--waivers <file>',
    what: { en: 'the file to add it to', ko: '추가할 파일' },
    default: 'groundrules.waivers.yaml',
  },
  ...SETTINGS,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'waive',
  summary: {
    en: 'live with a finding until a day, and say why',
    ko: '발견 사항을 기한과 사유를 정해 예외로 둡니다',
  },
  description: {
    en: 'Adds a waiver to groundrules.waivers.yaml, which "evaluate" follows; comments in the file stay.',
    ko: '"evaluate"가 따르는 groundrules.waivers.yaml에 예외를 추가합니다. 파일의 주석은 그대로 둡니다.',
  },
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
    [
      '$ groundrules waive sg-open-ports --tag Stage=dev --until 2027-01-15 --reason "holds no data" --ticket SEC-44',
      '',
    ],
  ],
  exit: [
    ['0', { en: 'added', ko: '추가함' }],
    ['2', { en: 'the call was wrong; the file is as it was', ko: '명령을 잘못 썼음. 파일은 그대로임' }],
  ],
  run: () => import('./run.ts'),
});
