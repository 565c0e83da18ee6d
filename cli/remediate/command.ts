import { ENDPOINT, SETTINGS } from '../options/declared.ts';
import { fixIds, regions, severities } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  { name: '[rule]', what: 'the rule that reports the resource', offers: fixIds },
  { name: '[resource-id]', what: 'the resource as the rule reports it; not for rules on the account itself' },
] as const;
const declared = options(
  ...ENDPOINT,
  ...SETTINGS,
  {
    flags: '--region <region>',
    what: "where the resource is (default: the settings' home Region, or else as the aws command; buckets are found anywhere)",
    offers: regions,
  },
  {
    flags: '--apply',
    what: 'show what would change, ask (with --from for each resource), and change it',
  },
  { flags: '--undo <record...>', what: 'bring back what the runs of these records changed' },
  {
    flags: '--trust-record',
    what: 'with --undo: take a record that your key did not sign, or that was changed since; shows what it would do, and always asks',
  },
  {
    flags: '--from <results.json>',
    what: 'fix what an evaluation found (evaluate --format json), worst first; - for standard input',
  },
  { flags: '--rule <id...>', what: 'with --from: only what these rules report', offers: fixIds },
  {
    flags: '--severity <severity>',
    what: 'with --from: only what is of this severity, or worse',
    choices: severities,
  },
  {
    flags: '--resource <glob...>',
    what: 'with --from: only resources whose id or name matches (* any characters, ? one)',
  },
  { flags: '--max <count>', what: 'with --from: change this many resources at most (default: 10)' },
  {
    flags: '--yes',
    what: 'do not ask: needed where there is no terminal (a document may have approval steps, which always ask)',
  },
  {
    flags: '--record <file>',
    what: 'where to write the record (default: a file of its own in groundrules-executions/)',
  },
  {
    flags: '--parameter <name=value>',
    what: 'a parameter of the document; may be given several times',
    many: true,
  },
  { flags: '--parameters <file|json>', what: 'rule parameters, as {"rule-id": {"name": "value"}}' },
  { flags: '--format <format>', what: 'how to print', choices: ['text', 'json'], default: 'text' },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'remediate',
  summary: 'fix what a rule reports: preview, apply, undo',
  ko: '규칙이 보고한 것을 고칩니다: 미리보기, 적용, 되돌리기',
  description:
    "Runs a rule's remediation document with your own credentials: a preview, unless told to --apply or to --undo.",
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules remediate s3-public my-bucket', 'what would change; changes nothing'],
    [
      '$ groundrules remediate s3-public my-bucket --apply',
      'shows it, asks, changes it, and writes a record',
    ],
    [
      '$ groundrules remediate --undo groundrules-executions/s3-public-my-bucket-….json',
      'a record that your own key has signed',
    ],
    [
      '$ groundrules remediate --undo record.json --trust-record',
      'another one that you have looked at; always asks',
    ],
    ['$ groundrules remediate access-key-age minseo.lee', 'a user by name or by unique id (AIDA…)'],
    ['$ groundrules remediate sg-open-ports sg-0123456789abcdef0 --region eu-west-1', ''],
    ['$ groundrules remediate s3-public my-bucket --parameter Scope=All --apply', ''],
    ['$ groundrules evaluate --live --format json --output results.json', ''],
    ['$ groundrules remediate --from results.json', 'a whole evaluation, worst first'],
    [
      '$ groundrules remediate --from results.json --severity HIGH --apply',
      'asks for each resource: y, n, all, quit',
    ],
    [`$ groundrules remediate --from results.json --resource 'prod-*' --apply`, ''],
    ['$ groundrules remediate --from results.json --rule s3-public --max 50 --apply --yes', ''],
  ],
  exit: [
    ['0', 'done, nothing to do, or previewed'],
    ['1', 'after --apply or --undo: something is left, refused, beyond --max, or nobody said yes'],
    ['2', 'the call was wrong, there is no such resource, or it failed before anything was changed'],
    ['130', 'interrupted (Ctrl-C, or nobody reads the output any more); the record says how far it came'],
  ],
  run: () => import('./run.ts'),
});
