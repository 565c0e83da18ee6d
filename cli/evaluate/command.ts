import { FORMAT_NAMES } from '../../report/formats/names.ts';
import { LIMIT, LIVE, SETTINGS } from '../options/declared.ts';
import { ruleIds, severities } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const ON_ERROR = ['fail', 'ignore'] as const;

const args = [
  {
    name: '[snapshot...]',
    what: 'snapshot folders; AWS Config snapshot or history files, events and messages, or the bucket that it delivers to; a credential report; what the aws command prints; - for standard input. The sample accounts when there is none',
  },
] as const;
const declared = options(
  { flags: '--live', what: 'judge the live account of the credentials' },
  ...LIVE,
  {
    flags: '--from-config',
    what: 'with --live: report what AWS Config has of the deployed packs as well, managed rules and process checks among it, and where it differs',
  },
  {
    flags: '--aggregator <name>',
    what: "judge nothing, and report what this aggregator of AWS Config has of all its accounts' packs",
  },
  ...LIMIT,
  ...SETTINGS,
  { flags: '--account <id>', what: 'the account of a file that does not say it; this account only' },
  {
    flags: '--rule <id...>',
    what: 'judge by these rules only (default: all that the input can answer)',
    offers: ruleIds,
  },
  { flags: '--parameters <file|json>', what: 'rule parameters, as {"rule-id": {"name": "value"}}' },
  {
    flags: '--now <time>',
    what: 'judge as of this ISO 8601 time (default: when a snapshot was collected, else now)',
  },
  {
    flags: '--format <format>',
    what: 'how to print: table (default), json, csv, sarif, ocsf, asff, junit, markdown or html; several with commas, into the folder --output',
    offers: FORMAT_NAMES,
  },
  {
    flags: '--output <file|folder>',
    what: 'write to a file instead of standard output, and replace it when it is whole; of several formats, the folder of their files',
  },
  {
    flags: '--baseline <file>',
    what: 'earlier results (--format json), to say in the html report what has changed since',
  },
  { flags: '--sample', what: 'judge the sample accounts that come along' },
  {
    flags: '--fail-on <severity>',
    what: 'exit with 1 only for this severity and worse (default: LOW)',
    choices: severities,
  },
  {
    flags: '--on-error <what>',
    what: 'exit with 2 where something could not be judged: fail (default) or ignore',
    choices: ON_ERROR,
  },
  {
    flags: '--waivers <file>',
    what: 'follow these waivers (default: groundrules.waivers.yaml, if it is here; not for the sample)',
  },
  { flags: '--no-waivers', what: 'leave groundrules.waivers.yaml alone' },
  {
    flags: '--fail-on-waivers <which>',
    what: 'exit with 3, unless with 1 or 2, where a waiver is expired, expiring (within two weeks) or unused; with commas',
    offers: ['expired', 'expiring', 'unused'],
  },
  { flags: '--exit-zero', what: 'exit with 0 whatever was found' },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'evaluate',
  summary: 'judge an account: live, from a snapshot, or from AWS Config files',
  ko: '계정을 판정합니다: 라이브 계정, 스냅샷, AWS Config 파일',
  description: 'Judges an account by the rules, and says what is non-compliant, where, and why.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules evaluate --sample', 'the sample accounts that come along'],
    ['$ groundrules evaluate --live --profile audit', 'a live account, every enabled Region'],
    ['$ groundrules evaluate --live --region eu-west-1 --rule sg-open-ports', ''],
    [
      '$ groundrules evaluate --live --from-config',
      'all controls, those of managed rules and attestations too',
    ],
    ['$ groundrules evaluate ./123456789012', 'a snapshot folder (see "groundrules collect")'],
    ['$ groundrules evaluate ConfigSnapshot.json.gz', "AWS Config's own snapshot and history files"],
    ['$ groundrules evaluate credential-report.csv --now 2026-11-22T00:00:00Z', ''],
    ['$ cat event.json | groundrules evaluate -', "the event that a rule's function was invoked with"],
    ['$ groundrules evaluate --live --format sarif,junit,markdown --output reports', 'for a pipeline'],
    [
      '$ groundrules evaluate --live --format html --output report.html --baseline results.json',
      'for people: one file that opens in a browser',
    ],
    [`$ groundrules evaluate --parameters '{"sg-open-ports":{"allowedTcpPorts":"443"}}' --format json`, ''],
  ],
  exit: [
    ['0', 'nothing is non-compliant'],
    ['1', 'something is, and is not waived'],
    ['2', 'something could not be judged, or the call was wrong (2 wins over 1)'],
    ['3', 'nothing of that, and a waiver is as --fail-on-waivers says'],
  ],
  run: () => import('./run.ts'),
});
