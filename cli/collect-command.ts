import { printable } from '../report/printable.ts';
import { collect } from './collect.ts';
import { UsageError } from './errors.ts';
import { checkEndpoint, type LiveOptions, openLive } from './live.ts';
import { checkRegions, chooseRules, isRegion, isRuleId, refuseEmpty, splitValues } from './options.ts';
import type { Progress } from './progress.ts';
import { followSettings, type SettingsOptions } from './settings.ts';
import { print } from './terminal.ts';

export interface CollectCommandOptions extends LiveOptions, SettingsOptions {
  readonly rule?: readonly string[];
  readonly all?: boolean;
  readonly output: string;
}

/** The most lines about what could not be read; all of it is in errors.json. */
const MOST_SHOWN = 20;

/** `groundrules collect`. Gives the exit status: 0 everything was read, 2 something was not. */
export async function collectCommand(options: CollectCommandOptions, progress: Progress): Promise<number> {
  const region = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const [stray] = [...region.paths, ...ruleIds.paths];
  if (stray) throw new UsageError(`${stray}: collect takes no path but --output`);
  if (options.all && ruleIds.values.length > 0) throw new UsageError('--all and --rule exclude each other');

  refuseEmpty('--rule', options.rule, ruleIds);
  refuseEmpty('--region', options.region, region);
  checkEndpoint(options.endpointUrl);
  const rules = chooseRules(ruleIds.values);
  const settings = await followSettings(options);
  const regions = region.values.length > 0 ? checkRegions(region.values) : (settings?.regions ?? []);
  const { source } = await openLive({ ...options, region: regions }, progress);
  const { folder, files, absent, unread } = await collect({
    source,
    rules,
    all: options.all ?? false,
    folder: options.output,
    now: new Date(),
    onProgress: ({ phase, done, total }) =>
      progress.step(
        `${phase === 'lists' ? 'reading what there is' : 'reading each of it'}: ${done} of ${total}`,
      ),
  });
  progress.done();

  for (const { file, code } of unread.slice(0, MOST_SHOWN)) progress.note(`could not read ${file}: ${code}`);
  if (unread.length > MOST_SHOWN)
    progress.note(`… and ${unread.length - MOST_SHOWN} more, all in errors.json`);
  print(
    `${printable(folder)}: ${files} files, ${absent} configurations that do not exist, ${unread.length} that could not be read\n`,
  );
  if (settings && region.values.length === 0) {
    print(`settings: ${printable(settings.file)} (${regions.join(', ')} alone)\n`);
  }
  return unread.length > 0 ? 2 : 0;
}
