/** What became of each failure over time. */
import { DOMAINS, type Domain } from '../../catalogue/index.ts';
import type { Severity } from '../../rules/rule.ts';
import { SEVERITIES } from '../result.ts';
import { domainOf } from '../rule-facts.ts';
import { placeOf, type Run, STATE, type State, type Track, type Tracks } from './run.ts';

/** What turned at least so many times between failing and passing is said to flap. */
export const FLAPPING = 3;
/** The most that each list names. */
const MOST = 10;

/** What a run says of one domain, or of all. */
export interface Point {
  /** What fails and is not waived; what failed and could not be judged now fails still. */
  readonly failing: number;
  readonly waived: number;
  /** What has a verdict: what passes, fails or is waived. */
  readonly judged: number;
  /** How many of what fails, or is waived, could not be judged now. */
  readonly carried: number;
  /** It is of other accounts, Regions or rules than the point before. */
  readonly isApart: boolean;
}

/** A time that began before the first run that looked is at least what it says. */
export interface Age {
  readonly milliseconds: number;
  readonly isAtLeast: boolean;
}

export interface Times {
  readonly fixed: number;
  /** From the first run that saw it fail to the first that saw it pass: the median. */
  readonly toFix?: Age;
  /** What fails still, and how many of it are waived. */
  readonly open: number;
  readonly waived: number;
  readonly age?: Age;
  readonly oldest?: Age;
}

export interface OpenTrack {
  readonly track: Track;
  readonly since: number;
  readonly age: Age;
  readonly isWaived: boolean;
  readonly isUnknown: boolean;
}

export interface FlappingTrack {
  readonly track: Track;
  readonly turns: number;
  readonly state: State;
}

export interface History {
  /** In the order of their times. */
  readonly runs: readonly { readonly name: string; readonly at: number }[];
  /** A point a run, where it looked at anything of the domain. */
  readonly domains: ReadonlyMap<Domain, Trend>;
  readonly all: Trend;
  readonly severities: ReadonlyMap<Severity, Times>;
  readonly total: Times;
  /** Failed when last seen, and is not there, or does not apply, any more: neither fixed nor open. */
  readonly left: number;
  /** The longest first. */
  readonly open: readonly OpenTrack[];
  readonly flapping: { readonly count: number; readonly shown: readonly FlappingTrack[] };
  /** How many runs judged nothing of what the last one did, and how many are later than it. */
  readonly unrelated: number;
  readonly later: number;
}

export interface Trend {
  readonly points: readonly (Point | undefined)[];
  /** Since the first run that looked: what passes after it failed, and what began to fail. */
  readonly fixed: number;
  readonly began: number;
}

/**
 * The history up to a run, of what that run judged: of an earlier one, what it has of the same accounts, Regions and rules.
 *
 * @param earlier in any order; with the run itself or without it.
 */
export function historyOf(tracks: Tracks, earlier: readonly Run[], last: Run): History {
  const others = new Map<string, Run>();
  for (const run of [...earlier].sort(byTime)) {
    if (run.isSample === last.isSample && identityOf(run) !== identityOf(last))
      others.set(identityOf(run), run);
  }
  const before = [...others.values()].filter((run) => byTime(run, last) < 0);
  const places = placesOf(tracks.all, last);
  const related = before.filter((run) => places.list.some((place) => lookOf(run, place) !== LOOK.away));
  const runs = [...related, last];
  const looks = runs.map((run) => Uint8Array.from(places.list, (place) => lookOf(run, place)));
  const ledger = new Ledger(runs, places, looks);
  for (const [number, track] of tracks.all.entries()) {
    const place = places.of[number] as number;
    if (place >= 0) ledger.follow(track, number, place);
  }
  return {
    runs: runs.map(({ name, at }) => ({ name, at })),
    ...ledger.settle(),
    unrelated: before.length - related.length,
    later: others.size - before.length,
  };
}

type WithTime = Pick<Run, 'name' | 'at' | 'generatedAt'>;

export const byTime = (one: WithTime, other: WithTime): number =>
  one.at - other.at || one.generatedAt - other.generatedAt || (one.name < other.name ? -1 : 1);

/** The same for copies of one file. */
const identityOf = ({ at, generatedAt, accountIds, rules }: Run): string =>
  JSON.stringify([at, generatedAt, [...accountIds].sort(), [...rules].sort()]);

/** What a run may look at as a whole: an account's resources in a Region, by a rule. */
interface Place {
  readonly rule: string;
  readonly accountId: string;
  readonly region: string;
  readonly domain: number;
  /** It is found from every Region. */
  readonly isAnywhere: boolean;
}

interface Places {
  readonly list: readonly Place[];
  /** Of each track, the place's number; -1 where the last run did not look. */
  readonly of: Int32Array;
}

const LOOK = { away: 0, seen: 1, blind: 2 } as const;

function lookOf(run: Run, { rule, accountId, region, isAnywhere }: Place): number {
  if (!run.rules.has(rule) || !run.accountIds.has(accountId)) return LOOK.away;
  const inView = run.regions.get(accountId);
  if (!isAnywhere && inView && !inView.has(region)) return LOOK.away;
  const isBlind =
    run.blind.has(placeOf(rule, accountId, region)) || run.blind.has(placeOf(rule, accountId, 'global'));
  return isBlind ? LOOK.blind : LOOK.seen;
}

function placesOf(tracks: readonly Track[], last: Run): Places {
  const list: Place[] = [];
  const numbers = new Map<string, number>();
  const of = Int32Array.from(tracks, ({ rule, accountId, region, resourceType }) => {
    const isAnywhere = region === 'global' || resourceType === 'AWS::S3::Bucket';
    const key = placeOf(rule, accountId, `${region} ${isAnywhere}`);
    const found = numbers.get(key);
    if (found !== undefined) return found;
    const place = { rule, accountId, region, isAnywhere, domain: DOMAINS.indexOf(domainOf(rule)) };
    const number = lookOf(last, place) === LOOK.away ? -1 : list.push(place) - 1;
    numbers.set(key, number);
    return number;
  });
  return { list, of };
}

type Counts = { failing: number; waived: number; judged: number; carried: number };
interface Spans {
  readonly fixed: Age[];
  readonly open: Age[];
  waived: number;
}

/** Follows each track through the runs, and adds up what became of it. */
class Ledger {
  private readonly runs: readonly Run[];
  private readonly places: Places;
  private readonly looks: readonly Uint8Array[];
  /** By domain and run. */
  private readonly counts: readonly (readonly Counts[])[];
  private readonly moved = DOMAINS.map(() => ({ fixed: 0, began: 0 }));
  private readonly spans = new Map<Severity, Spans>(
    SEVERITIES.map((severity) => [severity, { fixed: [], open: [], waived: 0 }]),
  );
  private readonly open: OpenTrack[] = [];
  private readonly flapping: FlappingTrack[] = [];
  private left = 0;

  constructor(runs: readonly Run[], places: Places, looks: readonly Uint8Array[]) {
    this.runs = runs;
    this.places = places;
    this.looks = looks;
    this.counts = DOMAINS.map(() => runs.map(() => ({ failing: 0, waived: 0, judged: 0, carried: 0 })));
  }

  follow(track: Track, number: number, place: number): void {
    const { domain } = this.places.list[place] as Place;
    const moved = this.moved[domain] as { fixed: number; began: number };
    const spans = this.spans.get(track.severity) as Spans;
    let since: number | undefined;
    let isAtLeast = false;
    let hasLooked = false;
    let verdict: State = STATE.absent;
    let turns = 0;
    let state: State = STATE.absent;
    for (const [at, run] of this.runs.entries()) {
      const look = this.looks[at]?.[place];
      if (look === LOOK.away) continue;
      state = (run.states[number] ?? STATE.absent) as State;
      if (state === STATE.absent && look === LOOK.blind) state = STATE.unknown;
      if (state >= STATE.waived) {
        if (since === undefined) {
          since = run.at;
          isAtLeast = !hasLooked;
          if (hasLooked) moved.began++;
        }
        if (verdict === STATE.pass) turns++;
        verdict = state;
      } else if (state === STATE.pass) {
        if (since !== undefined) {
          spans.fixed.push({ milliseconds: run.at - since, isAtLeast });
          moved.fixed++;
        }
        if (verdict >= STATE.waived) turns++;
        since = undefined;
        verdict = state;
      }
      // What nobody could list has not been looked at: what is there next may be as old as the account.
      if (look === LOOK.seen && state !== STATE.unknown) hasLooked = true;
      this.count(domain, at, state, since === undefined ? STATE.absent : verdict);
    }
    if (turns >= FLAPPING) this.flapping.push({ track, turns, state });
    if (since !== undefined) this.end(track, since, isAtLeast, state, verdict);
  }

  private count(domain: number, at: number, state: State, open: State): void {
    const counts = this.counts[domain]?.[at] as Counts;
    const isCarried = state === STATE.unknown && open !== STATE.absent;
    const counted = isCarried ? open : state;
    if (counted === STATE.fail) counts.failing++;
    else if (counted === STATE.waived) counts.waived++;
    else if (counted !== STATE.pass) return;
    counts.judged++;
    if (isCarried) counts.carried++;
  }

  /** Of what was failing when somebody last saw it. */
  private end(track: Track, since: number, isAtLeast: boolean, state: State, verdict: State): void {
    if (state < STATE.unknown) {
      this.left++;
      return;
    }
    const age = { milliseconds: (this.runs.at(-1) as Run).at - since, isAtLeast };
    const isWaived = verdict === STATE.waived;
    const spans = this.spans.get(track.severity) as Spans;
    spans.open.push(age);
    if (isWaived) spans.waived++;
    this.open.push({ track, since, age, isWaived, isUnknown: state === STATE.unknown });
  }

  settle(): Omit<History, 'runs' | 'unrelated' | 'later'> {
    const domains = new Map(
      DOMAINS.map((domain, at) => [domain, this.trendOf([at])] as const).filter(([, { points }]) =>
        points.some((point) => point !== undefined),
      ),
    );
    const all = [...this.spans.values()];
    const total = {
      fixed: all.flatMap(({ fixed }) => fixed),
      open: all.flatMap(({ open }) => open),
      waived: all.reduce((sum, { waived }) => sum + waived, 0),
    };
    const flapping = this.flapping.sort((one, other) => other.turns - one.turns || worst(one, other));
    return {
      domains,
      all: this.trendOf(DOMAINS.map((_, at) => at)),
      severities: new Map([...this.spans].map(([severity, spans]) => [severity, timesOf(spans)])),
      total: timesOf(total),
      left: this.left,
      open: this.open
        .filter(({ isWaived }) => !isWaived)
        .sort((one, other) => one.since - other.since || worst(one, other))
        .slice(0, MOST),
      flapping: { count: flapping.length, shown: flapping.slice(0, MOST) },
    };
  }

  private trendOf(domains: readonly number[]): Trend {
    const own = this.places.list.flatMap(({ domain }, at) => (domains.includes(domain) ? [at] : []));
    let before: string | undefined;
    const points = this.runs.map((_, at) => {
      const scope = own.map((place) => (this.looks[at]?.[place] === LOOK.away ? '0' : '1')).join('');
      if (!scope.includes('1')) return undefined;
      const isApart = before !== undefined && before !== scope;
      before = scope;
      const counts = domains.map((domain) => this.counts[domain]?.[at] as Counts);
      const sum = (name: keyof Counts) => counts.reduce((whole, one) => whole + one[name], 0);
      return {
        ...{ failing: sum('failing'), waived: sum('waived'), judged: sum('judged'), carried: sum('carried') },
        isApart,
      };
    });
    const moved = domains.map((domain) => this.moved[domain] as { fixed: number; began: number });
    return {
      points,
      fixed: moved.reduce((sum, { fixed }) => sum + fixed, 0),
      began: moved.reduce((sum, { began }) => sum + began, 0),
    };
  }
}

const keyOf = ({ rule, accountId, region, resourceType, resourceId }: Track): string =>
  JSON.stringify([rule, accountId, region, resourceType, resourceId]);

/** Worst first, then in the order of the rules and resources. */
const worst = (one: { readonly track: Track }, other: { readonly track: Track }): number =>
  SEVERITIES.indexOf(one.track.severity) - SEVERITIES.indexOf(other.track.severity) ||
  (keyOf(one.track) < keyOf(other.track) ? -1 : 1);

/** It is "at least" where an age up to the middle is, because that one may lie beyond it. */
function median(ages: readonly Age[]): Age | undefined {
  if (ages.length === 0) return undefined;
  const sorted = [...ages].sort((one, other) => one.milliseconds - other.milliseconds);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] as Age;
  const high = sorted[Math.floor(sorted.length / 2)] as Age;
  const milliseconds = (low.milliseconds + high.milliseconds) / 2;
  return {
    milliseconds,
    isAtLeast: ages.some((age) => age.isAtLeast && age.milliseconds <= high.milliseconds),
  };
}

function timesOf({ fixed, open, waived }: Spans): Times {
  const toFix = median(fixed);
  const age = median(open);
  const oldest = open.reduce<Age | undefined>(
    (most, one) =>
      most === undefined ||
      one.milliseconds > most.milliseconds ||
      (one.milliseconds === most.milliseconds && one.isAtLeast)
        ? one
        : most,
    undefined,
  );
  return {
    ...{ fixed: fixed.length, open: open.length, waived },
    ...(toFix && { toFix }),
    ...(age && { age }),
    ...(oldest && { oldest }),
  };
}
