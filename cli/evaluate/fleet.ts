/** Judges many accounts side by side, and tells one report of all of them. */
import type { LiveAccount } from '../../account/live/open.ts';
import type { Unit } from '../../account/live/organization.ts';
import { readAccount } from '../../account/open.ts';
import type { HeaderAccount, Summary } from '../../report/result.ts';
import { type Said, unjudged, whoseIs } from '../../report/said.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { FleetChoice } from '../fleet/choice.ts';
import { enter, openFleet, type Place, sayLeftOut } from '../fleet/open.ts';
import { openPacing } from '../fleet/pace.ts';
import { notEntered, openRunFolder, type Reached } from '../fleet/run-folder.ts';
import { eachPlace } from '../fleet/walk.ts';
import type { LiveOptions } from '../options/live.ts';
import { groupOf, withSettings } from '../options/settings.ts';
import { said as saidBefore, settingsOfGroups } from './header.ts';
import { begun, type Evaluation, nothingToJudge, saidBy, Telling } from './judge.ts';
import { type Head, type Kept, openKept } from './kept.ts';

/**
 * @param live where the accounts are asked, and in which Regions.
 * @throws {LiveError} where the accounts cannot be listed; of a single one it is an error in the report.
 */
export async function judgeFleet(
  choice: FleetChoice,
  live: LiveOptions,
  chosen: readonly AnyRule[],
  run: Evaluation,
  reached: Reached,
): Promise<Summary> {
  const { world } = run;
  const asked = {
    command: 'evaluate',
    rules: chosen.map(({ id }) => id),
    parameters: withSettings(run.given, run.settings),
    groups: groupsOf(run),
    regions: live.region ?? [],
    now: run.now ?? null,
  };
  const pacing = openPacing(choice.concurrency);
  const fleet = await openFleet(choice, live, world, pacing.answered);
  // Only now: a run that cannot begin leaves nothing behind.
  const folder = openRunFolder(asked, choice.resume, world);
  const kept = await openKept(folder.path);
  const isDone = ({ accountId }: Place) => kept.heads.has(accountId);
  const open = fleet.places.filter((place) => !isDone(place));
  sayLeftOut(fleet, world.progress);
  reached.accounts = { done: () => fleet.places.filter(isDone).length, all: fleet.places.length };
  await eachPlace(open, pacing, (place) => judgePlace(place, chosen, run, kept), world);
  const summary = await tell(fleet.places, chosen, run, kept);
  const missing = fleet.places.filter(({ accountId }) => !kept.heads.get(accountId)?.entered).length;
  if (missing > 0) world.progress.note(notEntered(missing, fleet.places.length));
  folder.ended(missing);
  return summary;
}

/** Judges an account, and keeps what is said of it. */
async function judgePlace(
  place: Place,
  chosen: readonly AnyRule[],
  run: Evaluation,
  kept: Kept,
): Promise<void> {
  const { accountId } = place;
  const { progress, now } = run.world;
  const asOf = run.now ?? now();
  const [account, who] = await Promise.all([enter(place, progress), whoIs(place, run)]);
  const isEntered = !(account instanceof Error);
  const own = ownOf(place, run);
  const rules = rulesOf(chosen, own);
  const head = {
    account: who,
    input: { accountId, source: null, asOf, regions: isEntered ? account.regions : [] },
    entered: isEntered,
  };
  const said = isEntered ? saidOf(account, rules, own, asOf) : unjudged(accountId, rules, account);
  await kept.write(head, said, run.waiving.tagsOf);
}

type Known = Pick<Place, 'accountId'> & Partial<Pick<Place, 'name' | 'units' | 'tags'>>;

const ownGroup = ({ units }: Known, { settings }: Evaluation) =>
  units && settings && groupOf(settings, idsOf(units));

/** As the account is judged: the nearest of its units may have settings of its own. */
export function ownOf(place: Known, run: Evaluation): Evaluation {
  const group = ownGroup(place, run);
  return group && run.settings ? { ...run, settings: { ...run.settings, ...group } } : run;
}

/** What the report says of an account beside its id. */
export async function whoIs(place: Known, run: Evaluation): Promise<HeaderAccount> {
  const { accountId, name, units } = place;
  const group = ownGroup(place, run);
  const tags = await place.tags?.();
  return {
    accountId,
    ...(name !== undefined && { name }),
    ...(units && { units }),
    ...(tags && { tags }),
    ...(group && { settingsGroup: group.name }),
  };
}

/** What an interrupted run has to have in common with the one that goes on. */
export const groupsOf = ({ settings }: Evaluation) =>
  (settings?.groups ?? []).map(({ name, units, leftOut, parameters }) => ({
    ...{ name, units, leftOut, parameters },
  }));

/** Of rules that somebody named, all: settings leave none of them out. */
export const rulesOf = (
  chosen: readonly AnyRule[],
  { ruleWasNamed, settings }: Evaluation,
): readonly AnyRule[] => (ruleWasNamed ? chosen : chosen.filter(({ id }) => !settings?.leftOut.includes(id)));

const idsOf = (units: readonly Unit[]): readonly string[] => units.map(({ id }) => id);

async function* saidOf(
  { accountId, source }: LiveAccount,
  chosen: readonly AnyRule[],
  run: Evaluation,
  asOf: Date,
): AsyncGenerator<Said> {
  const input = { label: `account ${accountId}`, account: readAccount(source), asOf };
  const said = begun(input, chosen, (rule) => saidBy(rule, input, run, asOf));
  for (const [at, rule] of chosen.entries()) {
    let isIdle = true;
    for await (const one of said[at] ?? []) {
      isIdle = false;
      yield one;
    }
    if (isIdle && run.ruleWasNamed) yield { result: nothingToJudge(rule, input.account) };
  }
}

/** By account, and the worst of each first. */
export async function tell(
  places: readonly Pick<Place, 'accountId'>[],
  chosen: readonly AnyRule[],
  run: Evaluation,
  kept: Kept,
): Promise<Summary> {
  const heads = places.flatMap(({ accountId }) => kept.heads.get(accountId) ?? []);
  const accountIds = heads.map(({ account }) => account.accountId);
  const generatedAt = new Date();
  const telling = new Telling(run, chosen);
  await telling.begin({
    generatedAt,
    accountIds,
    ...(run.now && { now: run.now }),
    ...saidBefore([], chosen, run, generatedAt),
    settings: settingsOfGroups(
      run.settings,
      new Set(heads.flatMap(({ account }) => account.settingsGroup ?? [])),
      chosen,
      run.given,
    ),
    inputs: heads.map(({ input }) => input),
    accounts: heads.map(({ account }) => account),
  });
  for (const id of accountIds) {
    const head = kept.heads.get(id) as Head;
    const whose = whoseIs(head.account);
    const units = head.account.units && idsOf(head.account.units);
    for await (const one of kept.read(id)) {
      await telling.say(
        'error' in one
          ? { error: { ...one.error, ...whose } }
          : { ...one, result: { ...one.result, ...whose } },
        units,
      );
    }
  }
  return telling.end(accountIds);
}
