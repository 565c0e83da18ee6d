import { ENDPOINT, FORMAT } from '../options/declared.ts';
import { processCheckIds, regions } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const STATUSES = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'] as const;

const args = [
  {
    name: '[control]',
    what: 'the process check (groundrules controls --domain attestations)',
    offers: processCheckIds,
  },
] as const;
const declared = options(
  ...ENDPOINT,
  {
    flags: '--evidence <text|url>',
    what: 'why it may be believed; kept in AWS Config, so no secrets',
  },
  {
    flags: '--until <date>',
    what: 'the last day that it holds (default: the whole review interval from today)',
  },
  {
    flags: '--status [status]',
    what: 'COMPLIANT (default), NON_COMPLIANT or NOT_APPLICABLE; without a value: list how things stand',
    offers: STATUSES,
  },
  {
    flags: '--lapsing <days>',
    what: 'with --status: how long before its end an attestation is about to lapse (default: 30)',
  },
  {
    flags: '--region <region>',
    what: "the home Region (default: as groundrules.config.json says, or else the credentials' own)",
    offers: regions,
  },
  {
    flags: '--config <file>',
    what: 'the settings that say the home Region (default: groundrules.config.json, if it is here)',
  },
  { flags: '--no-config', what: 'leave groundrules.config.json alone' },
  ...FORMAT,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'attest',
  summary: 'record a process check, or list what is unattested or lapses',
  ko: '프로세스 점검을 기록하거나, 아직 증명되지 않았거나 만료되는 것을 나열합니다',
  description:
    'Records that a procedural control is met, and until when; or, with --status alone, lists how all of them stand.',
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules attest incident-response-plan --evidence https://wiki.example.com/ir-plan', ''],
    [
      "$ groundrules attest root-dual-control --evidence 'two of three, minutes of 2026-11-03' --until 2027-01-31",
      '',
    ],
    [
      "$ groundrules attest partner-managed-account --status NOT_APPLICABLE --evidence 'no partner has access'",
      '',
    ],
    ['$ groundrules attest --status', 'what is attested, lapsed, or unattested'],
    ['$ groundrules attest --status --lapsing 60 --format json', ''],
  ],
  note: 'It asks nothing: what AWS Config has on the control is replaced at once.',
  exit: [
    ['0', 'recorded; with --status: everything is attested'],
    ['1', 'with --status: something is unattested, lapsed or not met'],
    ['2', 'something could not be recorded or told, or the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
