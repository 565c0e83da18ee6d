/** Judges what AWS Config delivered to a bucket, account by account, and tells one report of all of them. */
import { LiveError } from '../../account/live/failures.ts';
import type { LiveSource } from '../../account/live/source.ts';
import type { Reading } from '../../account/reading.ts';
import {
  type DeliveredFileAccount,
  deliveredAccount,
  regionsIn,
  timesIn,
} from '../../account/snapshot/account.ts';
import {
  accountsIn,
  type DeliveredAccount,
  type DeliveringAccount,
  deliveredIn,
} from '../../account/snapshot/bucket.ts';
import { unentered } from '../../account/snapshot/filled.ts';
import { inView } from '../../account/snapshot/in-view.ts';
import type { Both } from '../../report/both.ts';
import type { Summary } from '../../report/result.ts';
import { type Said, unjudged } from '../../report/said.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { NO_REGION_IN_VIEW } from '../../rules/shared/regions.ts';
import type { FleetChoice } from '../fleet/choice.ts';
import type { DeliveryChoice } from '../fleet/delivery.ts';
import { enter, openFleet, type Place } from '../fleet/open.ts';
import { notEntered, openRunFolder, type Reached } from '../fleet/run-folder.ts';
import { eachPlace } from '../fleet/walk.ts';
import type { Input } from '../inputs/input.ts';
import { isRecorded, nothingRecorded, reportsOnItems, toldBy } from '../inputs/recorded.ts';
import type { LiveOptions } from '../options/live.ts';
import { withSettings } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import {
  sayLeftOut,
  sayOld,
  sayUnlisted,
  sayUntold,
  sayUntoldInSome,
  sayWhatWasAsked,
} from './delivered-notes.ts';
import { groupsOf, ownOf, rulesOf, tell, whoIs } from './fleet.ts';
import { begun, type Evaluation, nothingToJudge, saidBy } from './judge.ts';
import { type Head, type Kept, openKept } from './kept.ts';

/** One process inflates and judges: more accounts at a time only wait for each other. */
const AT_A_TIME = 8;

/**
 * @param where with whose credentials the buckets are read, and which Regions are judged.
 * @throws {LiveError} where a bucket cannot be listed; of a single account it is an error in the report.
 * @throws {SnapshotError} where AWS Config delivers nothing to one.
 */
export async function judgeDelivered(
  choice: DeliveryChoice,
  where: LiveOptions,
  chosen: readonly AnyRule[],
  run: Evaluation,
  reached: Reached,
): Promise<Summary> {
  const { world } = run;
  const asked = {
    command: 'evaluate',
    buckets: choice.buckets.map(({ path }) => path),
    rules: chosen.map(({ id }) => id),
    parameters: withSettings(run.given, run.settings),
    regions: where.region ?? [],
    now: run.now ?? null,
    withLive: choice.withLive,
    ...(choice.withLive && { groups: groupsOf(run) }),
  };
  const { resume, concurrency = AT_A_TIME } = choice.fleet;
  const { buckets, accounts } = await openDelivery(choice, where, run);
  // Before there is a folder to go on with: it may fail.
  const live = choice.withLive && (await openLiveSide(accounts, choice, where, run));
  const folder = openRunFolder(asked, resume, world);
  const kept = await openKept(folder.path);
  const isDone = ({ accountId }: DeliveringAccount) => kept.heads.has(accountId);
  reached.accounts = { done: () => accounts.filter(isDone).length, all: accounts.length };
  const judging: Judging = {
    ...{ regions: where.region ?? [], source: asked.buckets.join(', '), idle: [], untold: [] },
    ...(live && { live }),
  };
  const open = accounts.filter((account) => !isDone(account));
  const own = rulesOf(chosen, run);
  const work = (account: DeliveringAccount) => {
    const its = ownOf(judging.live?.get(account.accountId) ?? account, run);
    return judgeAccount(account, judging, rulesOf(chosen, its), its, kept);
  };
  await eachPlace(open, { limit: concurrency }, work, world);

  const judged = accounts.filter(isDone);
  const heads = judged.flatMap(({ accountId }) => kept.heads.get(accountId) ?? []);
  const rules = chosen.filter(({ id }) => heads.some((head) => head.rules?.includes(id)));
  sayLeftOut(judging.idle, world.progress);
  const nothing = nothingOf(judging, heads, rules, run);
  if (nothing) {
    folder.ended(0);
    throw new UsageError(nothing);
  }
  if (!choice.withLive && !run.ruleWasNamed) {
    sayUntold(own.length - rules.length, world.progress);
    sayUntoldInSome(idsOf(rules), heads, world.progress);
  }
  sayOld(heads, run.now ?? world.now(), world.progress);
  sayWhatWasAsked(buckets, world.progress);
  const summary = await tell(judged, rules, run, kept);
  const missing = heads.filter(({ entered }) => !entered).length;
  if (missing > 0) world.progress.note(notEntered(missing, accounts.length));
  folder.ended(missing);
  return summary;
}

interface Judging {
  /** The only ones to judge; all, where there is none. */
  readonly regions: readonly string[];
  /** How the report calls the buckets. */
  readonly source: string;
  /** Accounts that AWS Config delivers nothing of. */
  readonly idle: string[];
  /** Accounts of which no rule can say anything. */
  readonly untold: string[];
  /** The same accounts themselves, where they are asked what AWS Config does not record. */
  readonly live?: ReadonlyMap<string, Place>;
}

/** The accounts are those of the bucket; Organizations says who they are, where it answers. */
async function openLiveSide(
  accounts: readonly DeliveringAccount[],
  { fleet: choice }: DeliveryChoice,
  where: LiveOptions,
  { world }: Evaluation,
): Promise<ReadonlyMap<string, Place>> {
  const ids = accounts.map(({ accountId }) => accountId);
  const named: FleetChoice = { ...choice, accounts: ids, excluded: [], asksWho: true };
  const { places } = await openFleet(named, { ...where, region: [] }, world, () => {});
  return new Map(places.map((place) => [place.accountId, place]));
}

/** Opens the buckets, and lists the accounts of all of them. */
async function openDelivery(
  { buckets: given, fleet }: DeliveryChoice,
  { profile, endpointUrl }: LiveOptions,
  { world }: Evaluation,
) {
  // With the SDK's client, which files need none of.
  const { openBucket } = await import('../../account/live/bucket.ts');
  const credentials = {
    ...(profile !== undefined && { profile }),
    ...(endpointUrl !== undefined && { endpointUrl }),
  };
  const opened = new Map<string, Awaited<ReturnType<typeof openBucket>>>();
  const found: DeliveringAccount[] = [];
  for (const { path, bucket, place } of given) {
    world.progress.step({ en: `listing ${path}`, ko: `${path} 목록을 읽는 중` });
    const one = opened.get(bucket) ?? (await openBucket(bucket, credentials));
    opened.set(bucket, one);
    found.push(...(await accountsIn(one, place, (error) => sayUnlisted(path, error, world.progress))));
  }
  return { buckets: [...opened.values()], accounts: chosenOf(together(found), fleet) };
}

/** An account that is in several buckets is one. */
function together(found: readonly DeliveringAccount[]): DeliveringAccount[] {
  const ids = [...new Set(found.map(({ accountId }) => accountId))].sort();
  return ids.map((accountId) => ({
    accountId,
    roots: found.filter((one) => one.accountId === accountId).flatMap(({ roots }) => roots),
  }));
}

/** @throws {UsageError} for an account that is not there, and where none is left. */
function chosenOf(
  accounts: readonly DeliveringAccount[],
  { accounts: named, excluded }: DeliveryChoice['fleet'],
): readonly DeliveringAccount[] {
  const unknown = [...named, ...excluded].find((id) => !accounts.some(({ accountId }) => accountId === id));
  if (unknown !== undefined) {
    throw new UsageError({
      en: `account ${unknown}: the bucket has nothing of it`,
      ko: `계정 ${unknown}: 버킷에 이 계정의 것이 없습니다`,
    });
  }
  const left = accounts.filter(
    ({ accountId }) => (named.length === 0 || named.includes(accountId)) && !excluded.includes(accountId),
  );
  if (left.length > 0) return left;
  throw new UsageError({
    en: 'no account is left to judge: look at --account and --exclude',
    ko: '판정할 계정이 남지 않습니다: --account와 --exclude를 확인하십시오',
  });
}

/** Why there is nothing to report: an empty report would look like accounts without problems. */
function nothingOf(
  { source, regions, untold }: Judging,
  heads: readonly Head[],
  rules: readonly AnyRule[],
  { options }: Evaluation,
): Both | undefined {
  const isThere = (region: string) => heads.some(({ input }) => input.regions.includes(region));
  const missing = heads.every(({ entered }) => entered) && regions.find((region) => !isThere(region));
  if (options.region && missing) {
    return {
      en: `--region ${missing}: ${source} has nothing of this Region`,
      ko: `--region ${missing}: ${source}에는 이 리전의 것이 없습니다`,
    };
  }
  if (heads.length === 0) {
    return {
      en: `${source}: AWS Config delivers nothing of these accounts`,
      ko: `${source}: AWS Config가 전달한 이 계정들의 파일이 없습니다`,
    };
  }
  if (rules.length > 0 && !heads.every(({ account }) => untold.includes(account.accountId))) return undefined;
  return {
    en: `${source}: no rule reports on what is in it`,
    ko: `${source}: 들어 있는 것을 보고하는 규칙이 없습니다`,
  };
}

/** Judges an account, and keeps what is said of it. */
async function judgeAccount(
  place: DeliveringAccount,
  judging: Judging,
  chosen: readonly AnyRule[],
  run: Evaluation,
  kept: Kept,
): Promise<void> {
  const { accountId } = place;
  const now = run.now ?? run.world.now();
  const who = await whoIs(judging.live?.get(accountId) ?? place, run);
  const own = judging.live || run.ruleWasNamed ? chosen : chosen.filter(reportsOnItems);
  const only = judging.regions.length > 0 && own.every(isOfItsRegion) && { only: judging.regions };
  const found = await deliveredIn(place, { now, ...only }).catch(orFailure);
  if (found instanceof LiveError) {
    const rules = judging.live ? chosen : chosen.filter(reportsOnItems);
    const input = { accountId, source: judging.source, asOf: now, regions: [] };
    const head = { account: who, input, entered: false, rules: idsOf(rules) };
    await kept.write(head, unjudged(accountId, rules, found), run.waiving.tagsOf);
    return;
  }
  if (!found.isDelivering) {
    judging.idle.push(accountId);
    return;
  }
  const live = await liveOf(accountId, judging, run);
  const { account, rules, asOf, times } = await inputOf(accountId, { ...found, live }, judging, chosen, run);
  const isUntold = rules.length === 0;
  if (isUntold) judging.untold.push(accountId);
  const told = isUntold ? chosen.filter(reportsOnItems) : rules;
  const head = {
    account: who,
    input: {
      ...{ accountId, source: judging.source, asOf, regions: account.account.regions },
      delivered: timesIn({ times }),
    },
    entered: !(live instanceof Error),
    rules: idsOf(told),
  };
  const said = isUntold
    ? unjudged(accountId, told, nothingRecorded(accountId, '--with-live'))
    : withReason(saidOf({ ...account, asOf }, told, run), account, judging);
  await kept.write(head, said, run.waiving.tagsOf);
}

/** The account itself, or why it cannot be entered; `undefined` where it is not to be asked. */
async function liveOf(accountId: string, { live }: Judging, { world }: Evaluation) {
  const place = live?.get(accountId);
  const account = place && (await enter(place, world.progress));
  return account instanceof Error ? (account as LiveError) : account?.source;
}

/** A list that was refused is an error of the account; anything else ends the run. */
function orFailure(error: unknown): LiveError {
  if (error instanceof LiveError) return error;
  throw error;
}

/** Whether all that the rule reads lies in the Region itself: buckets, users and policies may be in any Region's files. */
const isOfItsRegion = ({ beyond, reads }: AnyRule): boolean =>
  !beyond && reads.every((reading: Reading) => reading.regional);

const idsOf = (rules: readonly AnyRule[]) => rules.map(({ id }) => id);

/** The account, and the rules that its files have something for; all that are chosen, where they were named or the account is asked. */
async function inputOf(
  accountId: string,
  { files, live }: DeliveredAccount & { readonly live: LiveSource | LiveError | undefined },
  { regions }: Judging,
  chosen: readonly AnyRule[],
  run: Evaluation,
) {
  const there = regionsIn(files);
  const source = live instanceof Error ? unentered(accountId, live) : live;
  const found: DeliveredFileAccount = await deliveredAccount(accountId, files, there, source);
  const { newest, times } = found;
  // That nothing is there of the Regions that were named, each rule says.
  const isCut = found.isCut || there.length === 0;
  const answers = (rule: AnyRule) => isRecorded({ ...found, isCut }, rule);
  // What the account itself says is of now.
  const asOf = run.now ?? (live ? undefined : newest) ?? run.world.now();
  const told = live ? {} : { tells: toldBy({ ...found, isCut }, true, '--with-live').tells };
  const account: Input = { label: `account ${accountId}`, ...inView(found, regions), ...told };
  return { account, rules: run.ruleWasNamed || live ? chosen : chosen.filter(answers), asOf, times };
}

/** That no Region is in view: the bucket has none of those that were named. */
async function* withReason(
  said: AsyncIterable<Said>,
  { account: { id, regions } }: Input,
  { source, regions: named }: Judging,
): AsyncGenerator<Said> {
  for await (const one of said) {
    if (!('error' in one) || regions.length > 0 || !one.error.message.startsWith(NO_REGION_IN_VIEW))
      yield one;
    else {
      const message = `${source} has nothing of account ${id} in ${named.join(', ')}`;
      yield { error: { ...one.error, message } };
    }
  }
}

async function* saidOf(
  input: Input & { asOf: Date },
  rules: readonly AnyRule[],
  run: Evaluation,
): AsyncGenerator<Said> {
  const said = begun(input, rules, (rule) => saidBy(rule, input, run, input.asOf));
  for (const [at, rule] of rules.entries()) {
    let isIdle = true;
    for await (const one of said[at] ?? []) {
      isIdle = false;
      yield one;
    }
    if (isIdle && run.ruleWasNamed) yield { result: nothingToJudge(rule, input.account) };
  }
}
