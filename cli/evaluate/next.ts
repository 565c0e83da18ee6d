import type { Language } from '../../report/both.ts';
import { type CommandLine, quoted } from '../../report/commands.ts';
import type { Result } from '../../report/result.ts';
import type { LiveOptions } from '../options/live.ts';
import type { World } from '../program/world.ts';

export interface NextOptions {
  readonly live: LiveOptions;
  readonly config?: string | false | undefined;
  /** Whether it is a finding of the sample accounts, which nobody can fix. */
  readonly sample: boolean;
}

/**
 * What to do about a finding: the command that shows the fix, the one that makes it, the rule's page, and how to go on with
 * the rest; after the sample, how to judge an account of one's own. `undefined` for one that has no fix, or whose fix is off.
 */
export function nextSteps(
  result: Result,
  options: NextOptions,
  { language }: Pick<World, 'language'>,
): CommandLine[] | undefined {
  if (result.fix === null) return undefined;
  const { profile, endpointUrl } = options.live;
  const words = WORDS[language];
  const page: CommandLine = [`$ groundrules explain ${result.rule}`, words.page];
  if (options.sample) {
    return [
      ['$ groundrules evaluate --live', words.live],
      page,
      [`$ ${result.fix}`, words.ifYours],
      ['--format html --output report.html', words.html],
    ];
  }
  const fix = [
    `$ ${result.fix}`,
    ...(profile === undefined ? [] : ['--profile', quoted(profile)]),
    ...(endpointUrl === undefined ? [] : ['--endpoint-url', quoted(endpointUrl)]),
    ...(typeof options.config === 'string' ? ['--config', quoted(options.config)] : []),
    ...(options.config === false ? ['--no-config'] : []),
  ].join(' ');
  return [
    [fix, words.preview],
    [`${fix} --apply`, words.apply],
    page,
    ['--format json --output results.json', words.json],
    ['$ groundrules remediate --from results.json', words.all],
  ];
}

const WORDS = {
  en: {
    preview: 'what would change; changes nothing',
    apply: 'shows it, asks, changes it',
    page: 'why, what the fix breaks, and how to undo it',
    json: 'added to this call: every result and finding',
    all: 'then: all of them, worst first',
    live: 'your own account, with the credentials of the aws command',
    ifYours: 'were it yours: what the fix would change; changes nothing',
    html: 'added to this call: a page for the browser',
  },
  ko: {
    preview: '무엇이 바뀔지 보여 줄 뿐, 아무것도 바꾸지 않음',
    apply: '보여 주고, 물어보고, 바꿈',
    page: '이유, 수정이 깨뜨리는 것, 되돌리는 방법',
    json: '이 명령에 더하면 모든 결과와 발견 사항을 저장',
    all: '이어서 전부를, 심각한 것부터',
    live: '내 계정을 판정. aws 명령의 자격 증명을 사용',
    ifYours: '내 계정이라면: 수정이 무엇을 바꿀지 보여 줌. 아무것도 바꾸지 않음',
    html: '이 명령에 더하면 브라우저로 볼 페이지를 저장',
  },
} satisfies Record<Language, object>;
