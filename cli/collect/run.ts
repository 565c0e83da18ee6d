import { both } from '../../report/both.ts';
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

const PHASES = {
  lists: { en: 'reading what there is', ko: '목록을 읽는 중' },
  resources: { en: 'reading each of it', ko: '하나씩 읽는 중' },
};
const OF = {
  en: (done: number, total: number) => `${done} of ${total}`,
  ko: (done: number, total: number) => `${total}개 중 ${done}개`,
};

/** `groundrules collect`. Gives the exit status: 0 everything was read, 2 something was not, 130 interrupted. */
export async function run(_: Arguments, options: Options, world: World): Promise<number> {
  const { env, progress } = world;
  const region = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const [stray] = [...region.paths, ...ruleIds.paths];
  if (stray)
    throw new UsageError({
      en: `${stray}: collect takes no path but --output`,
      ko: `${stray}: collect는 --output 외에 경로를 받지 않습니다`,
    });
  if (options.all && ruleIds.values.length > 0)
    throw new UsageError({
      en: '--all and --rule exclude each other',
      ko: '--all과 --rule은 함께 쓸 수 없습니다',
    });

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
            both((language) => `${PHASES[phase][language]}: ${OF[language](done, total)}`),
            { done, total },
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
    progress.problem({
      en: `interrupted: not everything was read, and "groundrules evaluate" of ${options.output} will say so. Run the same command again`,
      ko: `중단됨: 전부 읽지 못했으며, ${options.output}을(를) "groundrules evaluate"로 판정하면 그렇게 나옵니다. 같은 명령을 다시 실행하십시오`,
    });
    return STATUS_OF[interruptedBy as Signal];
  }

  tell(collected, world);
  if (settings && region.values.length === 0) {
    const of = printable(settings.file);
    const said = {
      en: `settings: ${of} (${regions.join(', ')} alone)`,
      ko: `설정: ${of} (${regions.join(', ')}만)`,
    };
    world.print(`${said[world.language]}\n`);
  }
  return collected.unread.length > 0 ? 2 : 0;
}

/** What was read, and what was not. */
function tell(
  { folder, files, absent, notForIt, unread }: Awaited<ReturnType<typeof collect>>,
  { language, print, progress }: World,
): void {
  for (const { file, code } of unread.slice(0, MOST_SHOWN)) {
    progress.problem({ en: `could not read ${file}: ${code}`, ko: `읽지 못함: ${file}: ${code}` }, { code });
  }
  if (unread.length > MOST_SHOWN)
    progress.problem({
      en: `… and ${unread.length - MOST_SHOWN} more, all in errors.json`,
      ko: `… 외 ${unread.length - MOST_SHOWN}개, 모두 errors.json에 있습니다`,
    });
  const cannotAsk =
    notForIt > 0
      ? {
          en: `, ${notForIt} that AWS does not let this account ask for`,
          ko: `, 이 계정은 조회할 수 없는 것 ${notForIt}개`,
        }
      : { en: '', ko: '' };
  const sum = {
    en: `${files} files, ${absent} configurations that do not exist${cannotAsk.en}, ${unread.length} that could not be read`,
    ko: `파일 ${files}개, 존재하지 않는 구성 ${absent}개${cannotAsk.ko}, 읽지 못한 것 ${unread.length}개`,
  };
  print(`${printable(folder)}: ${sum[language]}\n`);
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
