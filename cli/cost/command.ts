import { ENDPOINT, FORMAT, LIMIT } from '../options/declared.ts';
import { domains, regions } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const RECORDER_MODES = ['continuous', 'daily'] as const;

const args = [
  { name: '[snapshot...]', what: 'snapshot folders; AWS Config snapshot or history files' },
] as const;
const declared = options(
  { flags: '--live', what: 'count in the live account of the credentials' },
  ...ENDPOINT,
  ...LIMIT,
  {
    flags: '--region <region...>',
    what: 'these Regions only (default: as the settings say, or else where the accounts have something)',
    offers: regions,
  },
  { flags: '--config <file>', what: 'the settings (default: groundrules.config.json, if it is here)' },
  { flags: '--no-config', what: 'leave groundrules.config.json alone' },
  {
    flags: '--packs <pack...>',
    what: 'these packs only (default: as the settings say, or all)',
    offers: domains,
  },
  { flags: '--accounts <count>', what: 'for so many accounts like those' },
  {
    flags: '--count <type=number>',
    what: 'resources of a type: AWS::RDS::DBInstance=12, or in one Region AWS::RDS::DBInstance@eu-west-1=12; may be given several times',
    many: true,
  },
  {
    flags: '--changes-per-day <number>',
    what: 'changes of a resource that AWS Config records, a day (default: 0.1)',
  },
  { flags: '--verdict-changes <percent>', what: 'verdicts that change in a month (default: 5)' },
  {
    flags: '--with-recorder [mode]',
    what: 'with what the configuration recorder costs: continuous (default) or daily',
    offers: RECORDER_MODES,
  },
  { flags: '--free-tier', what: "take off AWS's free tier, as if nothing else used it" },
  ...FORMAT,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'cost',
  summary: 'estimate the monthly AWS bill of the packs',
  ko: '팩의 월간 AWS 요금을 추정합니다',
  description:
    'Estimates what the packs cost a month, from what accounts have, and says what it does not know.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules cost', 'the sample accounts that come along'],
    [
      '$ groundrules cost ./123456789012 --packs root,identity',
      'a snapshot folder (see "groundrules collect")',
    ],
    [
      '$ groundrules cost --live --region us-east-1 --free-tier',
      'a live account; AWS Config tells most counts',
    ],
    ['$ groundrules cost --live --accounts 100', 'a hundred accounts like this one'],
    ['$ groundrules cost --count AWS::S3::Bucket=40 --count AWS::IAM::User=12 --format json', ''],
    ['$ groundrules cost ConfigSnapshot.json.gz --changes-per-day 0.5 --with-recorder daily', ''],
  ],
  note: 'It is an estimate: what is assumed, and what is not known, is printed with it (docs/cost.md).',
  exit: [
    ['0', 'printed'],
    ['2', 'the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
