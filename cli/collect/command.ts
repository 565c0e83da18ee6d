import { LIVE, SETTINGS } from '../options/declared.ts';
import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  ...LIVE,
  ...SETTINGS,
  { flags: '--rule <id...>', what: 'collect what these rules need (default: all rules)', offers: ruleIds },
  {
    flags: '--parameters <file|json>',
    what: 'rule parameters, as evaluate takes them: a rule may look into the Regions that they name',
  },
  { flags: '--all', what: 'collect everything that Groundrules can read' },
  {
    flags: '--with-user-data',
    what: 'keep EC2 user data as it is, secrets and all, rather than what was found in it',
  },
  {
    flags: '--output <folder>',
    what: 'where to make the folder named by the account id',
    default: '.',
  },
);
export type Arguments = ArgumentsOf<[]>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'collect',
  summary: 'write a live account to a snapshot folder',
  ko: '라이브 계정을 스냅샷 폴더로 저장합니다',
  description:
    'Reads a live account and writes what the rules need as a snapshot folder: what the aws command line prints.',
  arguments: [],
  options: declared,
  examples: [
    ['$ groundrules collect', './123456789012/ from the default profile'],
    ['$ groundrules collect --profile audit --output snapshots', 'snapshots/123456789012/'],
    ['$ groundrules collect --rule s3-public --region eu-west-1', 'only what this rule needs, of one Region'],
    ['$ groundrules collect --all', 'everything that Groundrules can read'],
    ['$ groundrules collect --with-user-data', 'with the keys that may be in it: for whoever may see them'],
    ['$ groundrules evaluate ./123456789012', 'then judge it, anywhere, without AWS'],
  ],
  exit: [
    ['0', 'everything was read (what does not exist counts as read)'],
    ['2', 'something could not be read (errors.json says what), or the call was wrong'],
    ['130, 143', 'interrupted by Ctrl-C or SIGTERM: evaluate says what was not read'],
  ],
  run: () => import('./run.ts'),
});
