/** One evaluation as a history keeps it: a byte a resource and rule, whatever else the file says. */
import type { Severity } from '../../rules/rule.ts';
import type { Result, Subject } from '../result.ts';
import { factsOf } from '../rule-facts.ts';

/** What a run says of one rule and one resource. Where it says several things, the greatest counts. */
export const STATE = { absent: 0, notApplicable: 1, pass: 2, unknown: 3, waived: 4, fail: 5 } as const;
export type State = (typeof STATE)[keyof typeof STATE];

/** A rule and a resource, followed through the runs. */
export interface Track extends Omit<Subject, 'resourceName'> {
  /** As the newest run has it. */
  readonly resourceName?: string | undefined;
  readonly severity: Severity;
}

export type RunResult = Subject & Pick<Result, 'compliance' | 'severity'> & { readonly waivers?: unknown };
/** What could not be judged. */
export type RunError = Subject;

/** What a run says before its results. */
export interface RunHeader {
  readonly generatedAt: Date;
  readonly now?: Date | undefined;
  readonly accountIds: readonly string[];
  readonly rules: readonly string[];
  readonly sample: boolean;
  readonly inputs?:
    | readonly { readonly accountId: string; readonly asOf: Date; readonly regions: readonly string[] }[]
    | undefined;
}

export interface Run {
  /** The file. */
  readonly name: string;
  /** The time that its verdicts are for, in milliseconds. */
  readonly at: number;
  readonly generatedAt: number;
  readonly isSample: boolean;
  readonly accountIds: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  /** Of each account the Regions in view, where the file says them. */
  readonly regions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Where a rule could not even list what it judges, as {@link placeOf} names it. */
  readonly blind: ReadonlySet<string>;
  /** By the numbers of the tracks; what is beyond its end is absent. */
  readonly states: Uint8Array;
}

export const placeOf = (rule: string, accountId: string, region: string): string =>
  JSON.stringify([rule, accountId, region]);

/** The time that the verdicts of a run are for, in milliseconds. */
export function timeOf({
  generatedAt,
  now,
  inputs = [],
}: Omit<RunHeader, 'accountIds' | 'rules' | 'sample'>): number {
  const asOf = inputs.map((input) => input.asOf.getTime());
  const latest = asOf.length > 0 ? Math.max(...asOf) : generatedAt.getTime();
  return now?.getTime() ?? latest;
}

interface Said {
  readonly resourceName: string | undefined;
  readonly severity: Severity;
}

type Named = { -readonly [Name in keyof Track]: Track[Name] } & {
  /** Of the run that names it. */
  at: number;
  generatedAt: number;
};

/** All tracks, each with a number. */
export class Tracks {
  private readonly named: Named[] = [];
  private readonly numbers = new Map<string, number>();

  get all(): readonly Track[] {
    return this.named;
  }

  numberOf(
    { rule, accountId, region, resourceType, resourceId }: Omit<Subject, 'resourceName'>,
    severity: Severity,
  ): number {
    const key = JSON.stringify([rule, accountId, region, resourceType, resourceId]);
    const found = this.numbers.get(key);
    if (found !== undefined) return found;
    const never = Number.NEGATIVE_INFINITY;
    const subject = { rule, accountId, region, resourceType, resourceId };
    this.numbers.set(key, this.named.length);
    return this.named.push({ ...subject, severity, at: never, generatedAt: never }) - 1;
  }

  /** The newest run names it, in whatever order they are read. */
  name(number: number, { resourceName, severity }: Said, at: number, generatedAt: number): void {
    const track = this.named[number];
    if (!track || at < track.at || (at === track.at && generatedAt < track.generatedAt)) return;
    Object.assign(track, { resourceName, severity, at, generatedAt });
  }

  /** Copies what these runs name, so that what only earlier ones named is forgotten. Gives the runs as the copy numbers them. */
  compacted(runs: readonly Run[]): readonly [Tracks, readonly Run[]] {
    const copy = new Tracks();
    const numbers = this.named.map((track, number) => {
      if (!runs.some(({ states }) => states[number])) return undefined;
      const to = copy.numberOf(track, track.severity);
      copy.name(
        to,
        { resourceName: track.resourceName, severity: track.severity },
        track.at,
        track.generatedAt,
      );
      return to;
    });
    const renumbered = runs.map((run) => {
      const states = new Uint8Array(copy.named.length);
      for (const [number, state] of run.states.entries()) {
        const to = numbers[number];
        if (to !== undefined) states[to] = state;
      }
      return { ...run, states };
    });
    return [copy, renumbered];
  }
}

/** Makes a run of results as they come, in any order. */
export class RunBuilder {
  private readonly tracks: Tracks;
  private readonly said = new Map<number, Said>();
  private readonly blind = new Set<string>();
  private states = new Uint8Array(1024);
  private length = 0;

  constructor(tracks: Tracks) {
    this.tracks = tracks;
  }

  result(one: RunResult): void {
    const { compliance, severity, waivers } = one;
    const failing = waivers === undefined ? STATE.fail : STATE.waived;
    const state =
      compliance === 'NON_COMPLIANT'
        ? failing
        : compliance === 'COMPLIANT'
          ? STATE.pass
          : STATE.notApplicable;
    this.set(one, severity, state);
  }

  error(one: RunError): void {
    if (one.resourceType === 'AWS::::Account') this.blind.add(placeOf(one.rule, one.accountId, one.region));
    this.set(one, factsOf(one.rule).severity ?? 'MEDIUM', STATE.unknown);
  }

  finish(name: string, header: RunHeader): Run {
    const { generatedAt, accountIds, rules, sample, inputs = [] } = header;
    const at = timeOf(header);
    for (const [number, said] of this.said) this.tracks.name(number, said, at, generatedAt.getTime());
    const regions = new Map<string, Set<string>>();
    for (const input of inputs) {
      const known = regions.get(input.accountId) ?? new Set();
      for (const region of input.regions) known.add(region);
      regions.set(input.accountId, known);
    }
    return {
      ...{ name, at, generatedAt: generatedAt.getTime(), isSample: sample, regions, blind: this.blind },
      accountIds: new Set(accountIds),
      rules: new Set(rules),
      states: this.states.slice(0, this.length),
    };
  }

  private set(one: Subject, severity: Severity, state: State): void {
    const number = this.tracks.numberOf(one, severity);
    if (number >= this.states.length) {
      const longer = new Uint8Array(Math.max(number + 1, this.states.length * 2));
      longer.set(this.states);
      this.states = longer;
    }
    this.length = Math.max(this.length, number + 1);
    this.states[number] = Math.max(this.states[number] as number, state);
    if (one.resourceName !== undefined || !this.said.has(number))
      this.said.set(number, { resourceName: one.resourceName, severity });
  }
}
