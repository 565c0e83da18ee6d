import type { Summary } from '../../report/result.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { readFleet } from '../fleet/choice.ts';
import { readDelivery } from '../fleet/delivery.ts';
import { sayHowToResume } from '../fleet/run-folder.ts';
import { type InputOptions, type Inputs, openInputs } from '../inputs/open.ts';
import { applyLimits } from '../options/limit.ts';
import { checkEndpoint, openLive } from '../options/live.ts';
import {
  checkAccounts,
  checkRegions,
  chooseRules,
  isAccountId,
  isRegion,
  isRuleId,
  isUnitId,
  readNow,
  readOverrides,
  readParameters,
  refuseEmpty,
  splitValues,
} from '../options/read.ts';
import { type Followed, followSettings, leftOutEverywhere } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { Progress } from '../program/progress.ts';
import type { World } from '../program/world.ts';
import { eachAccountOnce, inRegionsOf } from './accounts.ts';
import type { Arguments, Options } from './command.ts';
import { readBaseline } from './header.ts';
import { type Evaluation, judgeInputs } from './judge.ts';
import { openOutputs, readFormats } from './output.ts';
import type { Stored } from './stored.ts';
import { checkSubject, NOTHING_OF_YOURS, saysWhose } from './subject.ts';
import { openWaivers, readFailOnWaivers } from './waivers.ts';

/**
 * `groundrules evaluate`. Gives the exit status: 0 nothing non-compliant, or nothing as bad as `--fail-on`; 1 something is;
 * 2 something unjudged, unless `--on-error ignore`.
 */
export async function run([snapshots]: Arguments, options: Options, world: World): Promise<number> {
  const { env, progress } = world;
  if (options.exitZero) world.exitUnreadWith(0);
  applyLimits(options.limit);
  const regions = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const accounts = splitValues(options.account, isAccountId);
  const units = splitValues(options.ou, isUnitId);
  const excluded = splitValues(options.exclude, (value) => isAccountId(value) || isUnitId(value));
  const overrides = readOverrides(options.parameterOverrides);
  // An option that takes several values takes the paths behind it, too.
  const lists = [regions, ruleIds, accounts, units, excluded, overrides];
  const paths = [...snapshots, ...lists.flatMap((list) => list.paths)];
  refuseEmpty('--rule', options.rule, ruleIds);
  refuseEmpty('--region', options.region, regions);
  refuseEmpty('--account', options.account, accounts);
  const named = chooseRules(ruleIds.values);
  const given = await readParameters(options.parameters);
  const now = readNow(options.now);
  const formats = readFormats(options.format);
  const { failOn = 'LOW', onError = 'fail' } = options;
  checkEndpoint(options.endpointUrl, env);
  checkRegions(regions.values);
  checkAccounts(accounts.values);
  const chosenPlaces = {
    ...options,
    account: accounts.values,
    ...(options.ou && { ou: units.values }),
    ...(options.exclude && { exclude: excluded.values }),
  };
  const delivery = readDelivery(paths, chosenPlaces);
  const fleet = delivery ? undefined : readFleet(chosenPlaces);
  if (options.groupBy && !fleet?.organization) throw new UsageError(UNITS_OF_NOTHING);
  const isSample = checkSubject(paths, options, env, fleet !== undefined);
  const failOnWaivers = readFailOnWaivers(options.failOnWaivers);
  const settings = await followSettings(options);
  const waiving = await openWaivers(options.waivers, isSample, {
    now: now ?? world.now(),
    ...settings?.waivers,
  });
  const baseline = await readBaseline(options.baseline, formats, world);
  const kept = options.history === undefined ? undefined : await import('./history.ts');
  const history = await kept?.earlierRuns(options.history, formats);

  const resumable = (fleet ?? delivery) && sayHowToResume(world);
  const opened = await openOutputs(formats, options.output, world, credentialsOf(options));
  const outputs = (await kept?.withHistory(opened, options.history, world)) ?? opened;
  try {
    if (isSample && (saysWhose(env) !== undefined || options.profile !== undefined))
      progress.note(NOTHING_OF_YOURS);
    const ruleWasNamed = ruleIds.values.length > 0;
    const chosen = ruleWasNamed
      ? named
      : withoutLeftOut(named, settings, fleet?.organization ?? delivery?.withLive ?? false, progress);
    const stored = await openStored(chosen, { options, settings, given, world });
    const run = {
      ...{ stored, given, settings, now, isSample, failOn, onError, outputs, options, world, waiving },
      ...{ baseline, history, ruleWasNamed },
    };
    const isOfSettings = regions.values.length === 0 && (options.live || fleet || delivery);
    const region = isOfSettings ? (settings?.regions ?? []) : regions.values;
    const where = { ...options, account: accounts.values, region, overrides: overrides.values };
    const reached = resumable?.reached ?? {};
    const summary = fleet
      ? await (await import('./fleet.ts')).judgeFleet(fleet, where, chosen, run, reached)
      : delivery
        ? await (await import('./delivered.ts')).judgeDelivered(delivery, where, chosen, run, reached)
        : await judgeGiven(paths, { ...where, ...(now && { until: now }) }, chosen, run);
    // All is judged: what is interrupted from here on is no run to go on with.
    resumable?.release();
    await outputs.finish();
    return options.exitZero ? 0 : statusOf(summary, failOnWaivers);
  } catch (error) {
    throw outputs.discard(error);
  } finally {
    resumable?.release();
  }
}

/** With which a report is put into a bucket. */
const credentialsOf = ({ profile, endpointUrl }: Options) => ({
  ...(profile !== undefined && { profile }),
  ...(endpointUrl !== undefined && { endpointUrl }),
});

function statusOf(summary: Summary, failOnWaivers: ReturnType<typeof readFailOnWaivers>): number {
  if (summary.errors > 0 && summary.onError === 'fail') return 2;
  if (summary.failing > 0) return 1;
  return failOnWaivers.some((which) => summary.waivers?.[which].length) ? 3 : 0;
}

const UNITS_OF_NOTHING = {
  en: '--group-by ou: only --organization knows of units',
  ko: '--group-by ou: 조직 단위는 --organization에서만 알 수 있습니다',
};

/** Judges what was named, or the live account. */
async function judgeGiven(
  paths: readonly string[],
  where: InputOptions,
  chosen: readonly AnyRule[],
  run: Evaluation,
): Promise<Summary> {
  const { options, settings, isSample, world } = run;
  const asked = { ...where, expected: chosen.flatMap(({ reads }) => reads) };
  const inputs =
    options.aggregator === undefined ? await openInputs(paths, options.live ?? false, asked, world) : NOTHING;
  try {
    const once = eachAccountOnce(inputs.list, world.progress);
    // The sample's Regions are not the user's.
    const isOurs = where.region?.length === 0 && !options.live && !isSample;
    const list = settings && isOurs ? inRegionsOf(once, settings, world.progress) : once;
    return await judgeInputs(list, chosen, run);
  } finally {
    await inputs.close();
  }
}

/** The rules, but for those that the settings leave out: for accounts of an organization, of every unit. */
function withoutLeftOut(
  rules: readonly AnyRule[],
  settings: Followed | undefined,
  isOrganization: boolean,
  progress: Progress,
): readonly AnyRule[] {
  const leftOut = settings && (isOrganization ? leftOutEverywhere(settings) : settings.leftOut);
  const off = rules.filter(({ id }) => leftOut?.includes(id));
  if (off.length === 0) return rules;
  const ids = off.map(({ id }) => id).join(', ');
  progress.note({
    en: `${ids} left out: off in ${settings?.file} (--rule judges it all the same)`,
    ko: `${ids} 제외: ${settings?.file}에서 꺼져 있습니다 (그래도 판정하려면 --rule)`,
  });
  return rules.filter((rule) => !off.includes(rule));
}

/** An aggregator's results are all there is. */
const NOTHING: Inputs = { list: [], close: async () => {} };

/** What AWS Config has, where that is asked for. */
async function openStored(
  chosen: readonly AnyRule[],
  { options, settings, given, world }: Pick<Evaluation, 'options' | 'settings' | 'given' | 'world'>,
): Promise<Stored | undefined> {
  const { fromConfig, aggregator } = options;
  if (!fromConfig && aggregator === undefined) return undefined;
  const { readAggregated, readStored } = await import('./stored.ts');
  const account = await openLive(options, world);
  const asked = {
    judged: aggregator === undefined ? chosen.map(({ id }) => id) : [],
    parameters: (rule: string) => ({
      ...settings?.parameters[rule],
      ...(given[rule] as Record<string, string> | undefined),
    }),
    packPrefix: settings?.packPrefix ?? 'groundrules-',
    progress: world.progress,
  };
  return aggregator === undefined ? readStored(account, asked) : readAggregated(account, aggregator, asked);
}
