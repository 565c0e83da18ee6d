import { relative } from 'node:path';
import { join } from 'node:path/posix';
import { PACKAGE_ROOT } from '../../package.ts';
import { type CommandLine, quoted } from '../../report/commands.ts';
import type { Result } from '../../report/result.ts';
import type { LiveOptions } from '../options/live.ts';

export interface NextOptions {
  readonly live: LiveOptions;
  readonly config?: string | false | undefined;
}

/**
 * What to do about a finding: the command that shows the fix, the one that makes it, the rule's page, and how to go on with
 * the rest. `undefined` for one that has no fix, or whose fix is off.
 */
export function nextSteps(result: Result, options: NextOptions, folder: string): CommandLine[] | undefined {
  if (result.fix === null) return undefined;
  const { profile, endpointUrl } = options.live;
  const fix = [
    `$ ${result.fix}`,
    ...(profile === undefined ? [] : ['--profile', quoted(profile)]),
    ...(endpointUrl === undefined ? [] : ['--endpoint-url', quoted(endpointUrl)]),
    ...(typeof options.config === 'string' ? ['--config', quoted(options.config)] : []),
    ...(options.config === false ? ['--no-config'] : []),
  ].join(' ');
  return [
    [fix, 'what would change; changes nothing'],
    [`${fix} --apply`, 'shows it, asks, changes it'],
    [pageOf(result, folder), 'why, what the fix breaks, and how to undo it'],
    ['--format json --output results.json', 'added to this call: every result and finding'],
    ['$ groundrules remediate --from results.json', 'then: all of them, worst first'],
  ];
}

/** The rule's page, as seen from a folder. */
function pageOf({ page }: Result, folder: string): string {
  const whole = join(PACKAGE_ROOT, page);
  const near = relative(folder, whole);
  return near.startsWith('..') ? whole : near;
}
