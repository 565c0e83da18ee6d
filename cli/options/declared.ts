/** Options that several commands have. What is declared here is loaded with every command: it imports nothing large. */
import { FORMAT_NAMES } from '../../report/formats/names.ts';
import { options } from '../program/define.ts';
import { regions } from './words.ts';

export const FORMATS = ['table', 'json'] as const;

/** What the aws command line has, too. */
export const ENDPOINT = options(
  {
    flags: '--profile <name>',
    what: { en: 'credentials and Region of this profile', ko: '이 프로파일의 자격 증명과 리전 사용' },
  },
  {
    flags: '--endpoint-url <url>',
    what: {
      en: 'send requests here instead of to AWS (also: AWS_ENDPOINT_URL)',
      ko: '요청을 AWS 대신 이 주소로 보냄 (AWS_ENDPOINT_URL도 가능)',
    },
  },
);

export const LIVE = options(...ENDPOINT, {
  flags: '--region <region...>',
  what: {
    en: 'these Regions only (default: all that are enabled)',
    ko: '이 리전만 (기본값: 활성화된 모든 리전)',
  },
  offers: regions,
});

/** Evaluation, collection and remediation go by what the functions are deployed with. */
export const SETTINGS = options(
  {
    flags: '--config <file>',
    what: {
      en: 'follow these settings (default: groundrules.config.json, if it is here)',
      ko: '이 설정을 따름 (기본값: 현재 폴더에 있으면 groundrules.config.json)',
    },
  },
  {
    flags: '--no-config',
    what: { en: 'leave groundrules.config.json alone', ko: 'groundrules.config.json을 무시' },
  },
);

/** For the commands that take a while. */
export const PROGRESS = options(
  {
    flags: '--quiet',
    what: {
      en: 'say nothing but results, questions and what went wrong',
      ko: '결과, 질문, 잘못된 것 외에는 아무것도 출력하지 않음',
    },
  },
  {
    flags: '--progress <how>',
    what: {
      en: 'say on standard error how it goes: as text (default), or one JSON object a line',
      ko: '표준 오류에 진행 상황을 출력: text(기본값), json(한 줄에 JSON 객체 하나)',
    },
    choices: ['text', 'json'],
  },
);

/** For the commands that read files which may be large. */
export const LIMIT = options({
  flags: '--limit <name=value>',
  what: {
    en: 'read more than is usual: file-size=16GB (decompressed), value-size=500MB (one value), depth=400, files=2000000; may be given several times',
    ko: '읽기 한도를 올림: file-size=16GB(압축을 푼 크기), value-size=500MB(값 하나), depth=400, files=2000000. 여러 번 지정 가능',
  },
  many: true,
});

export const FORMAT = options({
  flags: '--format <format>',
  what: { en: 'how to print', ko: '출력 형식' },
  choices: FORMATS,
  default: 'table',
});

/** How rules are run, where something is judged. */
export const PARAMETERS = options({
  flags: '--parameters <file|json>',
  what: {
    en: 'rule parameters, as {"rule-id": {"name": "value"}}',
    ko: '규칙의 파라미터: {"rule-id": {"name": "value"}}',
  },
});

export const NOW = options({
  flags: '--now <time>',
  what: {
    en: 'judge as of this ISO 8601 time (default: when a snapshot was collected, else now)',
    ko: '이 시각(ISO 8601)을 기준으로 판정 (기본값: 스냅샷을 수집한 시각, 아니면 현재)',
  },
});

export const WAIVERS = options(
  {
    flags: '--waivers <file>',
    what: {
      en: 'follow these waivers (default: groundrules.waivers.yaml, if it is here; not for the sample)',
      ko: '이 예외를 따름 (기본값: 현재 폴더에 있으면 groundrules.waivers.yaml. 예제 계정에는 적용하지 않음)',
    },
  },
  {
    flags: '--no-waivers',
    what: { en: 'leave groundrules.waivers.yaml alone', ko: 'groundrules.waivers.yaml을 무시' },
  },
);

export const REPORT_FORMAT = options({
  flags: '--format <format>',
  what: {
    en: 'how to print: table (default), json, csv, sarif, ocsf, asff, junit, markdown or html; several with commas, into the folder --output',
    ko: '출력 형식: table(기본값), json, csv, sarif, ocsf, asff, junit, markdown, html. 쉼표로 여러 개를 적으면 --output 폴더에 씀',
  },
  offers: FORMAT_NAMES,
});

/** Where reports go. */
export const OUTPUT = options({
  flags: '--output <file|folder|s3>',
  what: {
    en: 'write to a file instead of standard output, and replace it when it is whole; of several formats, the folder of their files. s3://bucket/prefix/ puts them there (s3:PutObject)',
    ko: '표준 출력 대신 파일에 쓰고, 완성되면 그 파일을 바꿈. 형식이 여러 개면 파일을 둘 폴더. s3://bucket/prefix/이면 그 버킷에 올림 (s3:PutObject)',
  },
});
