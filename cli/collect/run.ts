import { type Both, both } from '../../report/both.ts';
import { printable } from '../../report/printable.ts';
import { refuseS3 } from '../evaluate/s3-place.ts';
import { readFleet } from '../fleet/choice.ts';
import { interrupted, type Reached } from '../fleet/run-folder.ts';
import { checkEndpoint, type LiveOptions, openLive } from '../options/live.ts';
import {
  checkRegions,
  chooseRules,
  isAccountId,
  isRegion,
  isRuleId,
  readParameters,
  refuseEmpty,
  splitValues,
} from '../options/read.ts';
import { followSettings, withSettings } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import { type Signal, STATUS_OF, type World } from '../program/world.ts';
import { type Collected, type CollectOptions, collect } from './collect.ts';
import type { Arguments, Options } from './command.ts';
import { collectFleet } from './fleet.ts';

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
  refuseS3(options.output);
  const region = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const accounts = splitValues(options.account, isAccountId);
  const [stray] = [...region.paths, ...ruleIds.paths, ...accounts.paths];
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
  refuseEmpty('--account', options.account, accounts);
  checkEndpoint(options.endpointUrl, env);
  const fleet = readFleet({ ...options, account: accounts.values });
  if (!fleet && accounts.values.length > 0)
    throw new UsageError({
      en: '--account: by which role? Give --role-name, or --organization',
      ko: '--account: 어떤 역할로 들어갑니까? --role-name이나 --organization을 주십시오',
    });
  const rules = chooseRules(ruleIds.values);
  const given = await readParameters(options.parameters);
  const settings = await followSettings(options);
  const regions = region.values.length > 0 ? checkRegions(region.values) : (settings?.regions ?? []);
  const what = {
    rules,
    parameters: withSettings(given, settings),
    all: options.all ?? false,
    withUserData: options.withUserData ?? false,
    folder: options.output,
  };
  const live = { ...options, region: regions };
  const reached: Reached = {};
  let interruptedBy: Signal | undefined;
  const isWhole = await whileInterruptible(
    (signal) =>
      fleet
        ? collectFleet(fleet, live, what, { world, signal, reached, tell: (one) => tellSum(one, world) })
        : collectOne(live, what, signal, world),
    (signal) => {
      interruptedBy = signal;
    },
    world,
  ).catch((error: Error) => {
    if (interruptedBy && error.name === 'AbortError') return undefined;
    throw error;
  });
  progress.done();
  if (isWhole === undefined) {
    const { done = () => 0, all = 0 } = reached.accounts ?? {};
    progress.problem(all > 0 ? interrupted(done(), all) : interruptedAlone(options.output));
    return STATUS_OF[interruptedBy as Signal];
  }
  if (settings && region.values.length === 0) {
    const of = printable(settings.file);
    const said = {
      en: `settings: ${of} (${regions.join(', ')} alone)`,
      ko: `설정: ${of} (${regions.join(', ')}만)`,
    };
    world.print(`${said[world.language]}\n`);
  }
  return isWhole ? 0 : 2;
}

const interruptedAlone = (folder: string): Both => ({
  en: `interrupted: not everything was read, and "groundrules evaluate" of ${folder} will say so. Run the same command again`,
  ko: `중단됨: 전부 읽지 못했으며, ${folder}을(를) "groundrules evaluate"로 판정하면 그렇게 나옵니다. 같은 명령을 다시 실행하십시오`,
});

/** Collects the account of the credentials. Gives whether everything was read. */
async function collectOne(
  live: LiveOptions,
  what: Omit<CollectOptions, 'source' | 'now'>,
  signal: AbortSignal,
  world: World,
): Promise<boolean> {
  const { source } = await openLive(live, world);
  const collected = await collect({
    ...what,
    source,
    now: world.now(),
    signal,
    onProgress: ({ phase, done, total }) =>
      world.progress.step(
        both((language) => `${PHASES[phase][language]}: ${OF[language](done, total)}`),
        { done, total },
      ),
  });
  world.progress.done();
  tell(collected, world);
  return collected.unread.length === 0;
}

/** What was read, and what was not. */
function tell(collected: Collected, world: World): void {
  const { unread } = collected;
  const { progress } = world;
  for (const { file, code } of unread.slice(0, MOST_SHOWN)) {
    progress.problem({ en: `could not read ${file}: ${code}`, ko: `읽지 못함: ${file}: ${code}` }, { code });
  }
  if (unread.length > MOST_SHOWN)
    progress.problem({
      en: `… and ${unread.length - MOST_SHOWN} more, all in errors.json`,
      ko: `… 외 ${unread.length - MOST_SHOWN}개, 모두 errors.json에 있습니다`,
    });
  tellSum(collected, world);
}

function tellSum({ folder, files, absent, notForIt, unread }: Collected, { language, print }: World): void {
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
