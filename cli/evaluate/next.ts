import { relative } from 'node:path';
import { join } from 'node:path/posix';
import { PACKAGE_ROOT } from '../../package.ts';
import { type CommandLine, quoted } from '../../report/commands.ts';
import { isPrintable } from '../../report/printable.ts';
import type { Result } from '../../report/result.ts';
import type { LiveOptions } from '../options/live.ts';
import type { Followed } from '../options/settings.ts';

export interface NextOptions {
  readonly live: LiveOptions;
  readonly config?: string | false | undefined;
  readonly settings?: Followed | undefined;
}

/**
 * What to do about a finding: the command that shows the fix, the one that makes it, the rule's page, and how to go on with
 * the rest. `undefined` for one whose fix is off, or whose id nobody can type.
 */
export function nextSteps(result: Result, options: NextOptions, folder: string): CommandLine[] | undefined {
  const { rule, resourceType, resourceId, resourceName, region } = result;
  const id = resourceType === 'AWS::IAM::User' ? (resourceName ?? resourceId) : resourceId;
  if (options.settings?.fixes[rule]?.mode === 'off' || !isPrintable(id)) return undefined;
  const isFoundAnywhere = region === 'global' || resourceType === 'AWS::S3::Bucket';
  const { profile, endpointUrl } = options.live;
  const fix = [
    '$ groundrules remediate',
    rule,
    ...(resourceType === 'AWS::::Account' ? [] : [quoted(id)]),
    ...(isFoundAnywhere ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', quoted(profile)]),
    ...(endpointUrl === undefined ? [] : ['--endpoint-url', quoted(endpointUrl)]),
    ...(typeof options.config === 'string' ? ['--config', quoted(options.config)] : []),
    ...(options.config === false ? ['--no-config'] : []),
  ].join(' ');
  return [
    [fix, 'what would change; changes nothing'],
    [`${fix} --apply`, 'shows it, asks, changes it'],
    [pageOf(rule, folder), 'why, what the fix breaks, and how to undo it'],
    ['--format json --output results.json', 'added to this call: every result and finding'],
    ['$ groundrules remediate --from results.json', 'then: all of them, worst first'],
  ];
}

/** The rule's page, as seen from a folder. */
function pageOf(rule: string, folder: string): string {
  const page = join(PACKAGE_ROOT, 'rules', rule, 'README.md');
  const near = relative(folder, page);
  return near.startsWith('..') ? page : near;
}
