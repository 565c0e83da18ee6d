import { printable } from '../../report/printable.ts';
import { checkEndpoint, openLive } from '../options/live.ts';
import {
  checkRegions,
  chooseRules,
  isRegion,
  isRuleId,
  readParameters,
  refuseEmpty,
  splitValues,
} from '../options/read.ts';
import { followSettings, withSettings } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import { type Signal, STATUS_OF, type World } from '../program/world.ts';
import { collect } from './collect.ts';
import type { Arguments, Options } from './command.ts';

/** The most lines about what could not be read; all of it is in errors.json. */
const MOST_SHOWN = 20;

/** `groundrules collect`. Gives the exit status: 0 everything was read, 2 something was not, 130 interrupted. */
export async function run(_: Arguments, options: Options, world: World): Promise<number> {
  const { env, print, progress } = world;
  const region = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const [stray] = [...region.paths, ...ruleIds.paths];
  if (stray) throw new UsageError(`${stray}: collect takes no path but --output`);
  if (options.all && ruleIds.values.length > 0) throw new UsageError('--all and --rule exclude each other');

  refuseEmpty('--rule', options.rule, ruleIds);
  refuseEmpty('--region', options.region, region);
  checkEndpoint(options.endpointUrl, env);
  const rules = chooseRules(ruleIds.values);
  const given = readParameters(options.parameters);
  const settings = await followSettings(options);
  const regions = region.values.length > 0 ? checkRegions(region.values) : (settings?.regions ?? []);
  const { source } = await openLive({ ...options, region: regions }, world);
  let interruptedBy: Signal | undefined;
  const collected = await whileInterruptible(
    (signal) =>
      collect({
        source,
        rules,
        parameters: withSettings(given, settings),
        all: options.all ?? false,
        withUserData: options.withUserData ?? false,
        folder: options.output,
        now: world.now(),
        signal,
        onProgress: ({ phase, done, total }) =>
          progress.step(
            `${phase === 'lists' ? 'reading what there is' : 'reading each of it'}: ${done} of ${total}`,
          ),
      }),
    (signal) => {
      interruptedBy = signal;
    },
    world,
  ).catch((error: Error) => {
    if (interruptedBy && error.name === 'AbortError') return undefined;
    throw error;
  });
  progress.done();
  if (!collected) {
    progress.note(
      `interrupted: not everything was read, and "groundrules evaluate" of ${options.output} will say so. Run the same command again`,
    );
    return STATUS_OF[interruptedBy as Signal];
  }

  const { folder, files, absent, unread } = collected;
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

/** Does work that Ctrl-C, or a SIGTERM, asks to come to an end; a second one ends the process. */
async function whileInterruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  onSignal: (signal: Signal) => void,
  { onInterrupt }: World,
): Promise<T> {
  const abort = new AbortController();
  const release = onInterrupt(['SIGINT', 'SIGTERM'], (signal) => {
    onSignal(signal);
    abort.abort();
    release();
  });
  try {
    return await work(abort.signal);
  } finally {
    release();
  }
}
