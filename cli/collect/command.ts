import { FLEET } from '../fleet/declared.ts';
import { LIVE, PROGRESS, SETTINGS } from '../options/declared.ts';
import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  ...LIVE,
  {
    flags: '--account <id...>',
    what: {
      en: 'these accounts, by --role-name or of --organization',
      ko: '이 계정들 (--role-name이나 --organization과 함께)',
    },
  },
  ...FLEET,
  ...SETTINGS,
  {
    flags: '--rule <id...>',
    what: {
      en: 'collect what these rules need (default: all rules)',
      ko: '이 규칙에 필요한 것만 수집 (기본값: 모든 규칙)',
    },
    offers: ruleIds,
  },
  {
    flags: '--parameters <file|json>',
    what: {
      en: 'rule parameters, as evaluate takes them: a rule may look into the Regions that they name',
      ko: 'evaluate와 같은 규칙 파라미터. 규칙이 여기에 적힌 리전을 볼 수 있음',
    },
  },
  {
    flags: '--all',
    what: {
      en: 'collect everything that Groundrules can read',
      ko: 'Groundrules가 읽을 수 있는 모든 것을 수집',
    },
  },
  {
    flags: '--with-user-data',
    what: {
      en: 'keep EC2 user data as it is, secrets and all, rather than what was found in it',
      ko: 'EC2 사용자 데이터를 비밀 값까지 그대로 저장 (기본은 그 안에서 찾은 것만)',
    },
  },
  {
    flags: '--output <folder>',
    what: {
      en: 'where to make the folder, or folders, named by the account id',
      ko: '계정 ID를 이름으로 하는 폴더를 만들 곳',
    },
    default: '.',
  },
  ...PROGRESS,
);
export type Arguments = ArgumentsOf<[]>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'collect',
  summary: { en: 'write a live account to a snapshot folder', ko: '라이브 계정을 스냅샷 폴더로 저장합니다' },
  description: {
    en: 'Reads a live account and writes what the rules need as a snapshot folder: what the aws command line prints.',
    ko: '라이브 계정을 읽어 규칙에 필요한 내용을 스냅샷 폴더로 저장합니다. aws 명령이 출력하는 내용 그대로입니다.',
  },
  arguments: [],
  options: declared,
  examples: [
    [
      '$ groundrules collect',
      { en: './123456789012/ from the default profile', ko: '기본 프로파일에서 ./123456789012/로' },
    ],
    [
      '$ groundrules collect --profile audit --output snapshots',
      { en: 'snapshots/123456789012/', ko: 'snapshots/123456789012/' },
    ],
    [
      '$ groundrules collect --rule s3-public --region eu-west-1',
      { en: 'only what this rule needs, of one Region', ko: '한 리전에서 이 규칙에 필요한 것만' },
    ],
    [
      '$ groundrules collect --organization --output snapshots',
      { en: 'a folder for every account of the organization', ko: '조직의 계정마다 폴더 하나' },
    ],
    [
      '$ groundrules collect --all',
      { en: 'everything that Groundrules can read', ko: 'Groundrules가 읽을 수 있는 모든 것' },
    ],
    [
      '$ groundrules collect --with-user-data',
      {
        en: 'with the keys that may be in it: for whoever may see them',
        ko: '들어 있을 수 있는 키까지. 볼 권한이 있는 사람만',
      },
    ],
    [
      '$ groundrules evaluate ./123456789012',
      { en: 'then judge it, anywhere, without AWS', ko: '이어서 어디서나 AWS 없이 판정' },
    ],
  ],
  exit: [
    [
      '0',
      {
        en: 'everything was read (what does not exist, and what AWS lets only other accounts ask for, counts as read)',
        ko: '모두 읽었음 (존재하지 않는 것과 AWS가 다른 계정에만 조회를 허용하는 것도 읽은 것으로 봄)',
      },
    ],
    [
      '2',
      {
        en: 'something could not be read (errors.json says what), or the call was wrong',
        ko: '읽지 못한 것이 있거나(errors.json에 기록) 명령을 잘못 썼음',
      },
    ],
    [
      '130, 143',
      {
        en: 'interrupted by Ctrl-C or SIGTERM: evaluate says what was not read',
        ko: 'Ctrl-C나 SIGTERM으로 중단됨. 읽지 못한 것은 evaluate가 알려 줌',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
