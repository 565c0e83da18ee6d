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

/** The exit status of a process that a signal ended, as shells give it. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof SIGNALS;

/** `groundrules collect`. Gives the exit status: 0 everything was read, 2 something was not, 130 interrupted. */
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
  let interruptedBy: Signal | undefined;
  const collected = await whileInterruptible(
    (signal) =>
      collect({
        source,
        rules,
        all: options.all ?? false,
        folder: options.output,
        now: new Date(),
        signal,
        onProgress: ({ phase, done, total }) =>
          progress.step(
            `${phase === 'lists' ? 'reading what there is' : 'reading each of it'}: ${done} of ${total}`,
          ),
      }),
    (signal) => {
      interruptedBy = signal;
    },
  ).catch((error: Error) => {
    if (interruptedBy && error.name === 'AbortError') return undefined;
    throw error;
  });
  progress.done();
  if (!collected) {
    progress.note(
      `interrupted: not everything was read, and "groundrules evaluate" of ${options.output} will say so. Run the same command again`,
    );
    return SIGNALS[interruptedBy as Signal];
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
): Promise<T> {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    onSignal(signal as Signal);
    abort.abort();
    release();
  };
  const release = () => {
    for (const signal of Object.keys(SIGNALS) as Signal[]) process.off(signal, stop);
  };
  for (const signal of Object.keys(SIGNALS) as Signal[]) process.on(signal, stop);
  try {
    return await work(abort.signal);
  } finally {
    release();
  }
}
