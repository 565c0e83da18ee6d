import { ENDPOINT, FORMAT } from '../options/declared.ts';
import { processCheckIds, regions } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

export const STATUSES = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'] as const;

const args = [
  {
    name: '[control]',
    what: {
      en: 'the process check (groundrules controls --domain attestations)',
      ko: '프로세스 점검 (groundrules controls --domain attestations)',
    },
    offers: processCheckIds,
  },
] as const;
const declared = options(
  ...ENDPOINT,
  {
    flags: '--evidence <text|url>',
    what: {
      en: 'why it may be believed; kept in AWS Config, so no secrets',
      ko: '충족되었다고 볼 근거. AWS Config에 저장되므로 비밀 정보는 쓰지 말 것',
    },
  },
  {
    flags: '--until <date>',
    what: {
      en: 'the last day that it holds (default: the whole review interval from today)',
      ko: '유효한 마지막 날 (기본값: 오늘부터 검토 주기 전체)',
    },
  },
  {
    flags: '--status [status]',
    what: {
      en: 'COMPLIANT (default), NON_COMPLIANT or NOT_APPLICABLE; without a value: list how things stand',
      ko: 'COMPLIANT(기본값), NON_COMPLIANT, NOT_APPLICABLE. 값이 없으면 상태를 나열',
    },
    offers: STATUSES,
  },
  {
    flags: '--lapsing <days>',
    what: {
      en: 'with --status: how long before its end an attestation is about to lapse (default: 30)',
      ko: '--status와 함께: 끝나기 며칠 전부터 만료 임박으로 볼지 (기본값: 30)',
    },
  },
  {
    flags: '--region <region>',
    what: {
      en: "the home Region (default: as groundrules.config.json says, or else the credentials' own)",
      ko: '홈 리전 (기본값: groundrules.config.json의 값, 없으면 자격 증명의 리전)',
    },
    offers: regions,
  },
  {
    flags: '--config <file>',
    what: {
      en: 'the settings that say the home Region (default: groundrules.config.json, if it is here)',
      ko: '홈 리전이 적힌 설정 (기본값: 현재 폴더에 있으면 groundrules.config.json)',
    },
  },
  {
    flags: '--no-config',
    what: { en: 'leave groundrules.config.json alone', ko: 'groundrules.config.json을 무시' },
  },
  ...FORMAT,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'attest',
  summary: {
    en: 'record a process check, or list what is unattested or lapses',
    ko: '프로세스 점검을 기록하거나, 기록이 없거나 만료되는 점검을 나열합니다',
  },
  description: {
    en: 'Records that a procedural control is met, and until when; or, with --status alone, lists how all of them stand.',
    ko: '절차적 통제가 충족되었음을 기한과 함께 기록합니다. --status만 주면 모든 점검의 상태를 나열합니다.',
  },
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
    [
      '$ groundrules attest --status',
      { en: 'what is attested, lapsed, or unattested', ko: '유효한 것, 만료된 것, 기록이 없는 것' },
    ],
    ['$ groundrules attest --status --lapsing 60 --format json', ''],
  ],
  note: {
    en: 'It asks nothing: what AWS Config has on the control is replaced at once.',
    ko: '묻지 않고 바로 AWS Config에 있는 기록을 바꿉니다.',
  },
  exit: [
    ['0', { en: 'recorded; with --status: everything is attested', ko: '기록함. --status: 모두 유효함' }],
    [
      '1',
      {
        en: 'with --status: something is unattested, lapsed or not met',
        ko: '--status: 기록이 없거나, 만료됐거나, 충족하지 못한 것이 있음',
      },
    ],
    [
      '2',
      {
        en: 'something could not be recorded or told, or the call was wrong',
        ko: '기록하거나 확인하지 못한 것이 있거나 명령을 잘못 썼음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
