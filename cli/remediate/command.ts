import { ENDPOINT, PROGRESS, SETTINGS } from '../options/declared.ts';
import { fixIds, regions, severities } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  {
    name: '[rule]',
    what: { en: 'the rule that reports the resource', ko: '리소스를 보고한 규칙' },
    offers: fixIds,
  },
  {
    name: '[resource-id]',
    what: {
      en: 'the resource as the rule reports it; not for rules on the account itself',
      ko: '규칙이 보고한 리소스. 계정 자체를 보는 규칙에는 필요 없음',
    },
  },
] as const;
const declared = options(
  ...ENDPOINT,
  ...SETTINGS,
  {
    flags: '--region <region>',
    what: {
      en: "where the resource is (default: the settings' home Region, or else as the aws command; buckets are found anywhere)",
      ko: '리소스가 있는 리전 (기본값: 설정의 홈 리전, 없으면 aws 명령과 같음. 버킷은 어느 리전이든 찾음)',
    },
    offers: regions,
  },
  {
    flags: '--apply',
    what: {
      en: 'show what would change, ask (with --from for each resource), and change it',
      ko: '무엇이 바뀔지 보여 주고, 물어보고(--from이면 리소스마다), 바꿈',
    },
  },
  {
    flags: '--undo <record...>',
    what: {
      en: 'bring back what the runs of these records changed',
      ko: '이 기록의 실행이 바꾼 것을 되돌림',
    },
  },
  {
    flags: '--trust-record',
    what: {
      en: 'with --undo: take a record that your key did not sign, or that was changed since; shows what it would do, and always asks',
      ko: '--undo와 함께: 내 키로 서명하지 않았거나 그 뒤에 바뀐 기록도 사용. 되돌릴 내용을 보여 주고 항상 물어봄',
    },
  },
  {
    flags: '--from <results.json>',
    what: {
      en: 'fix what an evaluation found (evaluate --format json), worst first; - for standard input',
      ko: '평가 결과(evaluate --format json)를 심각한 것부터 고침. -는 표준 입력',
    },
  },
  {
    flags: '--rule <id...>',
    what: { en: 'with --from: only what these rules report', ko: '--from과 함께: 이 규칙이 보고한 것만' },
    offers: fixIds,
  },
  {
    flags: '--severity <severity>',
    what: {
      en: 'with --from: only what is of this severity, or worse',
      ko: '--from과 함께: 이 심각도 이상만',
    },
    choices: severities,
  },
  {
    flags: '--resource <glob...>',
    what: {
      en: 'with --from: only resources whose id or name matches (* any characters, ? one)',
      ko: '--from과 함께: ID나 이름이 맞는 리소스만 (*는 임의의 문자열, ?는 한 글자)',
    },
  },
  {
    flags: '--max <count>',
    what: {
      en: 'with --from: change this many resources at most (default: 10)',
      ko: '--from과 함께: 최대 이만큼의 리소스만 바꿈 (기본값: 10)',
    },
  },
  {
    flags: '--yes',
    what: {
      en: 'do not ask: needed where there is no terminal (a document may have approval steps, which always ask)',
      ko: '묻지 않음. 터미널이 없는 곳에서 필요 (문서의 승인 단계는 항상 물어봄)',
    },
  },
  {
    flags: '--record <file>',
    what: {
      en: 'where to write the record (default: a file of its own in groundrules-executions/)',
      ko: '기록을 쓸 파일 (기본값: groundrules-executions/ 안의 별도 파일)',
    },
  },
  {
    flags: '--parameter <name=value>',
    what: {
      en: 'a parameter of the document; may be given several times',
      ko: '문서의 파라미터. 여러 번 지정 가능',
    },
    many: true,
  },
  {
    flags: '--parameters <file|json>',
    what: {
      en: 'rule parameters, as {"rule-id": {"name": "value"}}',
      ko: '규칙의 파라미터: {"rule-id": {"name": "value"}}',
    },
  },
  ...PROGRESS,
  {
    flags: '--format <format>',
    what: { en: 'how to print', ko: '출력 형식' },
    choices: ['text', 'json'],
    default: 'text',
  },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'remediate',
  summary: {
    en: 'fix what a rule reports: preview, apply, undo',
    ko: '규칙이 보고한 것을 고칩니다: 미리 보기, 적용, 되돌리기',
  },
  description: {
    en: "Runs a rule's remediation document with your own credentials: a preview, unless told to --apply or to --undo.",
    ko: '규칙의 수정 문서를 내 자격 증명으로 실행합니다. --apply나 --undo가 없으면 미리 보기만 합니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    [
      '$ groundrules remediate s3-public my-bucket',
      { en: 'what would change; changes nothing', ko: '무엇이 바뀔지 보여 줄 뿐, 아무것도 바꾸지 않음' },
    ],
    [
      '$ groundrules remediate s3-public my-bucket --apply',
      {
        en: 'shows it, asks, changes it, and writes a record',
        ko: '보여 주고, 물어보고, 바꾸고, 기록을 남김',
      },
    ],
    [
      '$ groundrules remediate --undo groundrules-executions/s3-public-my-bucket-….json',
      { en: 'a record that your own key has signed', ko: '내 키로 서명한 기록' },
    ],
    [
      '$ groundrules remediate --undo record.json --trust-record',
      { en: 'another one that you have looked at; always asks', ko: '직접 확인한 다른 기록. 항상 물어봄' },
    ],
    [
      '$ groundrules remediate access-key-age minseo.lee',
      { en: 'a user by name or by unique id (AIDA…)', ko: '사용자는 이름이나 고유 ID(AIDA…)로' },
    ],
    ['$ groundrules remediate sg-open-ports sg-0123456789abcdef0 --region eu-west-1', ''],
    ['$ groundrules remediate s3-public my-bucket --parameter Scope=All --apply', ''],
    ['$ groundrules evaluate --live --format json --output results.json', ''],
    [
      '$ groundrules remediate --from results.json',
      { en: 'a whole evaluation, worst first', ko: '평가 결과 전체를, 심각한 것부터' },
    ],
    [
      '$ groundrules remediate --from results.json --severity HIGH --apply',
      { en: 'asks for each resource: y, n, all, quit', ko: '리소스마다 물어봄: y, n, all, quit' },
    ],
    [`$ groundrules remediate --from results.json --resource 'prod-*' --apply`, ''],
    ['$ groundrules remediate --from results.json --rule s3-public --max 50 --apply --yes', ''],
  ],
  exit: [
    ['0', { en: 'done, nothing to do, or previewed', ko: '완료, 할 일 없음, 또는 미리 보기' }],
    [
      '1',
      {
        en: 'after --apply or --undo: something is left, refused, beyond --max, or nobody said yes',
        ko: '--apply·--undo 뒤에 남은 것, 거부된 것, --max를 넘은 것이 있거나 아무도 승낙하지 않음',
      },
    ],
    [
      '2',
      {
        en: 'the call was wrong, there is no such resource, or it failed before anything was changed',
        ko: '명령을 잘못 썼거나, 그런 리소스가 없거나, 바꾸기 전에 실패함',
      },
    ],
    [
      '130',
      {
        en: 'interrupted (Ctrl-C, or nobody reads the output any more); the record says how far it came',
        ko: '중단됨(Ctrl-C 또는 출력을 읽던 쪽이 닫힘). 어디까지 했는지는 기록에 있음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
