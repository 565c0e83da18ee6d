import { FORMAT } from '../options/declared.ts';
import { controlIds, domains, frameworks, ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  {
    flags: '--framework <name>',
    what: 'only what helps with this framework, with its ids: cis, "cis 5.0", pci, isms-p',
    offers: frameworks,
  },
  {
    flags: '--domain <domain>',
    what: 'only this pack: root, identity, logging, cost, workloads, attestations',
    choices: domains,
  },
  { flags: '--planned', what: 'only controls whose rule is still to be built' },
  {
    flags: '--unjudged [rule...]',
    what: 'only what "evaluate" leaves to AWS Config or to people: by all rules, or by these',
    offers: ruleIds,
  },
  {
    flags: '--lang <language>',
    what: 'of titles and reasons',
    choices: ['en', 'ko'],
    default: 'en',
  },
  ...FORMAT,
);
const args = [
  { name: '[control]', what: 'one control, with all that the catalogue says of it', offers: controlIds },
] as const;
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'controls',
  summary: 'show the catalogue of controls, and the frameworks that they help with',
  ko: '통제 카탈로그와 관련 프레임워크를 보여줍니다',
  description: 'Shows the catalogue: every control, or one of them whole.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules controls', 'the whole catalogue, a table a pack'],
    ['$ groundrules controls --framework "cis 5.0"', "with the framework's own ids"],
    ['$ groundrules controls --domain identity --lang ko', ''],
    ['$ groundrules controls --planned', 'those whose rule is still to be built'],
    ['$ groundrules controls s3-public', 'one control whole: frameworks, parameters, fix, notes'],
    ['$ groundrules controls --format json', ''],
  ],
  exit: [
    ['0', 'done'],
    ['2', 'the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
