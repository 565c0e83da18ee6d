import { relative } from 'node:path';
import { join } from 'node:path/posix';
import { PACKAGE_ROOT } from '../../package.ts';
import type { Language } from '../../report/both.ts';
import { type CommandLine, quoted } from '../../report/commands.ts';
import type { Result } from '../../report/result.ts';
import { pageIn } from '../../report/rule-facts.ts';
import type { LiveOptions } from '../options/live.ts';
import type { World } from '../program/world.ts';

export interface NextOptions {
  readonly live: LiveOptions;
  readonly config?: string | false | undefined;
}

/**
 * What to do about a finding: the command that shows the fix, the one that makes it, the rule's page, and how to go on with
 * the rest. `undefined` for one that has no fix, or whose fix is off.
 */
export function nextSteps(
  result: Result,
  options: NextOptions,
  { folder, language }: Pick<World, 'folder' | 'language'>,
): CommandLine[] | undefined {
  if (result.fix === null) return undefined;
  const { profile, endpointUrl } = options.live;
  const words = WORDS[language];
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
    [pageOf(result, folder, language), words.page],
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
  },
  ko: {
    preview: '무엇이 바뀔지 보여 줄 뿐, 아무것도 바꾸지 않음',
    apply: '보여 주고, 물어보고, 바꿈',
    page: '이유, 수정이 깨뜨리는 것, 되돌리는 방법',
    json: '이 명령에 더하면 모든 결과와 발견 사항을 저장',
    all: '이어서 전부를, 심각한 것부터',
  },
} satisfies Record<Language, object>;

/** The rule's page, as seen from a folder. */
function pageOf({ page }: Result, folder: string, language: Language): string {
  const whole = join(PACKAGE_ROOT, pageIn(page, language));
  const near = relative(folder, whole);
  return near.startsWith('..') ? whole : near;
}
