import { FORMAT } from '../options/declared.ts';
import { controlIds, domains, frameworks, ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  {
    flags: '--framework <name>',
    what: {
      en: 'only what helps with this framework, with its ids: cis, "cis 5.0", pci, isms-p',
      ko: '이 프레임워크에 해당하는 것만, 그 항목 번호와 함께: cis, "cis 5.0", pci, isms-p',
    },
    offers: frameworks,
  },
  {
    flags: '--domain <domain>',
    what: {
      en: 'only this pack: root, identity, logging, cost, workloads, attestations',
      ko: '이 팩만: root, identity, logging, cost, workloads, attestations',
    },
    choices: domains,
  },
  {
    flags: '--planned',
    what: { en: 'only controls whose rule is still to be built', ko: '규칙을 아직 만들지 않은 통제만' },
  },
  {
    flags: '--unjudged [rule...]',
    what: {
      en: 'only what "evaluate" leaves to AWS Config or to people: by all rules, or by these',
      ko: '"evaluate"가 판정하지 않고 AWS Config나 사람에게 맡기는 것만. 모든 규칙 또는 이 규칙 기준',
    },
    offers: ruleIds,
  },
  ...FORMAT,
);
const args = [
  {
    name: '[control]',
    what: {
      en: 'one control, with all that the catalogue says of it',
      ko: '통제 하나를 카탈로그의 내용 전부와 함께',
    },
    offers: controlIds,
  },
] as const;
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'controls',
  summary: {
    en: 'show the catalogue of controls, and the frameworks that they help with',
    ko: '통제 카탈로그와 관련 프레임워크를 보여 줍니다',
  },
  description: {
    en: 'Shows the catalogue: every control, or one of them whole.',
    ko: '카탈로그의 모든 통제, 또는 통제 하나를 자세히 보여 줍니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    [
      '$ groundrules controls',
      { en: 'the whole catalogue, a table a pack', ko: '카탈로그 전체, 팩마다 표 하나' },
    ],
    [
      '$ groundrules controls --framework "cis 5.0"',
      { en: "with the framework's own ids", ko: '프레임워크의 항목 번호와 함께' },
    ],
    ['$ groundrules controls --domain identity --lang ko', ''],
    [
      '$ groundrules controls --planned',
      { en: 'those whose rule is still to be built', ko: '규칙을 아직 만들지 않은 통제' },
    ],
    [
      '$ groundrules controls s3-public',
      {
        en: 'one control whole: frameworks, parameters, fix, notes',
        ko: '통제 하나를 자세히: 프레임워크, 파라미터, 수정, 참고',
      },
    ],
    ['$ groundrules controls --format json', ''],
  ],
  exit: [
    ['0', { en: 'done', ko: '완료' }],
    ['2', { en: 'the call was wrong', ko: '명령을 잘못 썼음' }],
  ],
  run: () => import('./run.ts'),
});
