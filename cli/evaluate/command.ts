import { FLEET, SEVERAL_ACCOUNTS } from '../fleet/declared.ts';
import {
  LIMIT,
  LIVE,
  NOW,
  OUTPUT,
  PARAMETERS,
  PROGRESS,
  REPORT_FORMAT,
  SETTINGS,
  WAIVERS,
} from '../options/declared.ts';
import { ruleIds, severities } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options, under } from '../program/define.ts';

export const ON_ERROR = ['fail', 'ignore'] as const;

const args = [
  {
    name: '[snapshot...]',
    what: {
      en: 'CloudFormation templates, or a folder of them (cdk.out); snapshot folders; AWS Config snapshot or history files, events and messages; the bucket that it delivers to (s3://bucket/prefix), or what was synced from it; a credential report; what the aws command prints; - for standard input. The sample accounts when there is none',
      ko: 'CloudFormation 템플릿이나 그 폴더(cdk.out), 스냅샷 폴더, AWS Config의 스냅샷·이력 파일이나 이벤트·메시지, AWS Config가 전달하는 버킷(s3://bucket/prefix)이나 거기서 받은 폴더, 자격 증명 보고서, aws 명령의 출력. -는 표준 입력. 없으면 예제 계정',
    },
  },
] as const;
const declared = options(
  ...under(
    { en: 'What is judged:', ko: '판정 대상:' },
    options(
      {
        flags: '--sample',
        what: { en: 'judge the sample accounts that come along', ko: '함께 제공되는 예제 계정을 판정' },
      },
      {
        flags: '--live',
        what: { en: 'judge the live account of the credentials', ko: '자격 증명의 라이브 계정을 판정' },
      },
      ...LIVE,
      {
        flags: '--account <id...>',
        what: {
          en: 'these accounts only; of a file that does not say it, its account',
          ko: '이 계정만 판정. 파일에 계정이 적혀 있지 않으면 그 계정',
        },
      },
      {
        flags: '--from-config',
        what: {
          en: 'with --live: report what AWS Config has of the deployed packs as well, managed rules and process checks among it, and where it differs',
          ko: '--live와 함께: 배포된 팩에 대해 AWS Config가 가진 결과도 관리형 규칙과 프로세스 점검까지 보고하고, 다른 곳을 알려 줌',
        },
      },
      {
        flags: '--aggregator <name>',
        what: {
          en: "judge nothing, and report what this aggregator of AWS Config has of all its accounts' packs",
          ko: '판정하지 않고, AWS Config의 이 애그리게이터가 모든 계정의 팩에 대해 가진 결과를 보고',
        },
      },
      ...LIMIT,
    ),
  ),
  ...under(
    SEVERAL_ACCOUNTS,
    options(
      ...FLEET,
      {
        flags: '--with-live',
        what: {
          en: 'with s3://: ask each account what AWS Config does not record, by the role --role-name (its own by the credentials)',
          ko: 's3://와 함께: AWS Config가 기록하지 않는 것은 --role-name 역할로 각 계정에 물어봄 (자격 증명의 계정은 그대로)',
        },
      },
      {
        flags: '--group-by <what>',
        what: {
          en: 'of --organization: count by organizational unit (ou), too, in table and markdown',
          ko: '--organization에서: table과 markdown에 조직 단위(ou)별 개수도 표시',
        },
        choices: ['ou'] as const,
      },
    ),
  ),
  ...under(
    { en: 'How it is judged:', ko: '판정 방법:' },
    options(
      {
        flags: '--rule <id...>',
        what: {
          en: 'judge by these rules only (default: all that the input can answer)',
          ko: '이 규칙으로만 판정 (기본값: 입력으로 판정할 수 있는 모든 규칙)',
        },
        offers: ruleIds,
      },
      ...PARAMETERS,
      {
        flags: '--parameter-overrides <key=value...>',
        what: {
          en: 'values of parameters that templates declare, as "aws cloudformation deploy" takes them (default: their own defaults)',
          ko: '템플릿이 선언한 파라미터 값. "aws cloudformation deploy"와 같은 형식 (기본값: 템플릿의 기본값)',
        },
      },
      ...NOW,
      ...SETTINGS,
      ...WAIVERS,
    ),
  ),
  ...under(
    { en: 'Report:', ko: '보고서:' },
    options(
      ...REPORT_FORMAT,
      ...OUTPUT,
      {
        flags: '--baseline <file>',
        what: {
          en: 'earlier results (--format json), to say in the html report what has changed since',
          ko: '이전 결과(--format json). 그 뒤로 달라진 점을 html 보고서에 담음',
        },
      },
      {
        flags: '--history <folder>',
        what: {
          en: 'keep the results in this folder as well (2026-11-28T22-26-18Z.json), and show what it has of earlier runs in the html report',
          ko: '결과를 이 폴더에도 보관하고(2026-11-28T22-26-18Z.json), 거기 있는 이전 실행을 html 보고서에 보여 줌',
        },
      },
      ...PROGRESS,
    ),
  ),
  ...under(
    { en: 'What counts as a failure:', ko: '실패로 볼 기준:' },
    options(
      {
        flags: '--fail-on <severity>',
        what: {
          en: 'exit with 1 only for this severity and worse (default: LOW)',
          ko: '이 심각도 이상일 때만 1로 종료 (기본값: LOW)',
        },
        choices: severities,
      },
      {
        flags: '--on-error <what>',
        what: {
          en: 'exit with 2 where something could not be judged: fail (default) or ignore',
          ko: '판정하지 못한 것이 있으면 2로 종료할지: fail(기본값), ignore',
        },
        choices: ON_ERROR,
      },
      {
        flags: '--fail-on-waivers <which>',
        what: {
          en: 'exit with 3, unless with 1 or 2, where a waiver is expired, expiring (within two weeks), unused, or undecided because tags are not known; with commas',
          ko: '예외가 만료됐거나(expired) 2주 안에 만료되거나(expiring) 쓰이지 않거나(unused) 태그를 몰라 적용 여부를 알 수 없으면(undecided) 3으로 종료. 1과 2가 우선. 쉼표로 여러 개',
        },
        offers: ['expired', 'expiring', 'unused', 'undecided'],
      },
      {
        flags: '--exit-zero',
        what: { en: 'exit with 0 whatever was found', ko: '무엇이 발견되든 0으로 종료' },
      },
    ),
  ),
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'evaluate',
  summary: {
    en: 'judge an account: live, from a snapshot, or from AWS Config files',
    ko: '계정을 판정합니다: 라이브 계정, 스냅샷, AWS Config 파일',
  },
  description: {
    en: 'Judges an account by the rules, and says what is non-compliant, where, and why.',
    ko: '규칙으로 계정을 판정하고, 무엇이 어디서 왜 규정을 어겼는지 알려 줍니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    [
      '$ groundrules evaluate --sample',
      { en: 'the sample accounts that come along', ko: '함께 제공되는 예제 계정' },
    ],
    [
      '$ groundrules evaluate --live --profile audit',
      { en: 'a live account, every enabled Region', ko: '라이브 계정, 활성화된 모든 리전' },
    ],
    ['$ groundrules evaluate --live --region eu-west-1 --rule sg-open-ports', ''],
    [
      '$ groundrules evaluate --organization --format html --output report.html',
      { en: 'every account of the organization', ko: '조직의 모든 계정' },
    ],
    [
      '$ groundrules evaluate --account 111122223333,444455556666 --role-name Audit',
      { en: 'these accounts, without Organizations', ko: 'Organizations 없이 이 계정들' },
    ],
    [
      '$ groundrules evaluate --live --from-config',
      {
        en: 'all controls, those of managed rules and attestations too',
        ko: '관리형 규칙과 프로세스 점검까지 모든 통제',
      },
    ],
    [
      '$ groundrules evaluate ./123456789012',
      { en: 'a snapshot folder (see "groundrules collect")', ko: '스냅샷 폴더 ("groundrules collect" 참고)' },
    ],
    [
      '$ groundrules evaluate template.yaml cdk.out --parameter-overrides Stage=prod',
      { en: 'CloudFormation templates, before they are deployed', ko: '배포하기 전의 CloudFormation 템플릿' },
    ],
    [
      '$ groundrules evaluate ConfigSnapshot.json.gz',
      { en: "AWS Config's own snapshot and history files", ko: 'AWS Config의 스냅샷·이력 파일' },
    ],
    [
      '$ groundrules evaluate s3://config-logs/central',
      {
        en: 'the bucket that AWS Config delivers to, every account in it',
        ko: 'AWS Config가 전달하는 버킷, 그 안의 모든 계정',
      },
    ],
    [
      '$ groundrules evaluate s3://config-logs/central --with-live --role-name Audit',
      {
        en: 'and what AWS Config does not record, from each account',
        ko: 'AWS Config가 기록하지 않는 것은 각 계정에서',
      },
    ],
    ['$ groundrules evaluate credential-report.csv --now 2026-11-22T00:00:00Z', ''],
    [
      '$ cat event.json | groundrules evaluate -',
      { en: "the event that a rule's function was invoked with", ko: '규칙 함수를 호출한 이벤트' },
    ],
    [
      '$ groundrules evaluate --live --format sarif,junit,markdown --output reports',
      { en: 'for a pipeline', ko: '파이프라인에서' },
    ],
    [
      '$ groundrules evaluate --live --format html --output report.html --baseline results.json',
      {
        en: 'for people: one file that opens in a browser',
        ko: '사람이 볼 보고서: 브라우저로 여는 파일 하나',
      },
    ],
    [
      '$ groundrules evaluate --live --history groundrules-history',
      {
        en: 'every day: "groundrules serve" shows what became of it',
        ko: '매일: "groundrules serve"가 그동안의 추이를 보여 줌',
      },
    ],
    [`$ groundrules evaluate --parameters '{"sg-open-ports":{"allowedTcpPorts":"443"}}' --format json`, ''],
  ],
  exit: [
    ['0', { en: 'nothing is non-compliant', ko: '규정을 어긴 리소스가 없음' }],
    ['1', { en: 'something is, and is not waived', ko: '있고, 예외가 아님' }],
    [
      '2',
      {
        en: 'something could not be judged, or the call was wrong (2 wins over 1)',
        ko: '판정하지 못한 것이 있거나 명령을 잘못 썼음 (1보다 우선)',
      },
    ],
    [
      '3',
      {
        en: 'nothing of that, and a waiver is as --fail-on-waivers says',
        ko: '모두 아니지만, --fail-on-waivers에 해당하는 예외가 있음',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
