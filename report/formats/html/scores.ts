/** What the verdicts say of the catalogue: each control, each domain, each framework. */
import {
  type Control,
  controls,
  DOMAINS,
  type Domain,
  FRAMEWORKS,
  type Framework,
  isPlanned,
} from '../../../catalogue/index.ts';
import type { Counts, RuleTally } from './tally.ts';
import type { Headline } from './words.ts';

export const CONTROL_STATES = ['fail', 'unknown', 'waived', 'pass', 'notApplicable', 'notJudged'] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

/** Why a control is in no score. */
export const NOT_JUDGED = ['unknown', 'notApplicable', 'managed', 'procedure', 'leftOut', 'planned'] as const;
export type NotJudged = (typeof NOT_JUDGED)[number];

export interface Judged {
  readonly control: Control;
  readonly state: ControlState;
  /** Set where it is in no score. */
  readonly why?: NotJudged;
  readonly tally?: RuleTally;
}

export interface Score {
  /** What was judged: what passes, what fails, and what fails and is waived. */
  readonly pass: number;
  readonly fail: number;
  readonly waived: number;
  readonly notJudged: Readonly<Partial<Record<NotJudged, number>>>;
}

/** @param tallies by the rules' ids. */
export const judgedControls = (tallies: ReadonlyMap<string, RuleTally>): readonly Judged[] =>
  controls.map((control) => judgedControl(control, tallies));

function judgedControl(control: Control, tallies: ReadonlyMap<string, RuleTally>): Judged {
  // By its own id where AWS Config has judged it; several of ours share a rule.
  const tally =
    tallies.get(control.id) ?? (control.kind === 'custom' ? tallies.get(control.rule) : undefined);
  if (!tally) return { control, state: 'notJudged', why: reasonOf(control) };
  const state = stateOf(tally.counts);
  // What nobody has attested is not what does not apply.
  if (control.kind === 'process-check' && state === 'notApplicable') {
    return { control, state: 'notJudged', why: 'procedure', tally };
  }
  const isOut = state === 'unknown' || state === 'notApplicable';
  return { control, state, ...(isOut && { why: state }), tally };
}

/** A known violation beats what could not be judged, which beats what passes. */
function stateOf({ fail, unknown, waived, pass }: Counts): ControlState {
  if (fail > 0) return 'fail';
  if (unknown > 0) return 'unknown';
  if (waived > 0) return 'waived';
  return pass > 0 ? 'pass' : 'notApplicable';
}

function reasonOf(control: Control): NotJudged {
  if (control.kind === 'process-check') return 'procedure';
  if (control.kind === 'managed') return 'managed';
  return isPlanned(control) ? 'planned' : 'leftOut';
}

export function scoreOf(judged: readonly Judged[]): Score {
  const count = (wanted: ControlState) => judged.filter(({ state }) => state === wanted).length;
  const notJudged: Partial<Record<NotJudged, number>> = {};
  for (const { why } of judged) if (why) notJudged[why] = (notJudged[why] ?? 0) + 1;
  return { pass: count('pass'), fail: count('fail'), waived: count('waived'), notJudged };
}

export const judgedIn = ({ pass, fail, waived }: Score): number => pass + fail + waived;
export const notJudgedIn = ({ notJudged }: Score): number =>
  Object.values(notJudged).reduce((sum, count) => sum + count, 0);

export const domainScores = (judged: readonly Judged[]): readonly (readonly [Domain, Score])[] =>
  DOMAINS.map((domain) => [domain, scoreOf(judged.filter(({ control }) => control.domain === domain))]);

export interface FrameworkScore {
  readonly framework: Framework;
  readonly score: Score;
  /** Each of its ids that the catalogue helps with, and what the controls say that do. */
  readonly requirements: readonly {
    readonly id: string;
    readonly state: ControlState;
    readonly controls: readonly Judged[];
  }[];
}

export const frameworkScores = (judged: readonly Judged[]): readonly FrameworkScore[] =>
  (Object.keys(FRAMEWORKS) as Framework[]).map((framework) => {
    const own = judged.filter(({ control }) => control.frameworks[framework]);
    const ids = [...new Set(own.flatMap(({ control }) => control.frameworks[framework]?.ids ?? []))];
    const requirements = ids
      .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .map((id) => {
        const of = own.filter(({ control }) => control.frameworks[framework]?.ids.includes(id));
        return { id, state: together(of), controls: of };
      });
    return { framework, score: scoreOf(own), requirements };
  });

/** What the controls of one requirement say together. It passes only where all of them do, or do not apply. */
function together(judged: readonly Judged[]): ControlState {
  const has = (wanted: ControlState) => judged.some(({ state }) => state === wanted);
  for (const state of ['fail', 'unknown', 'waived', 'notJudged', 'pass'] as const)
    if (has(state)) return state;
  return 'notApplicable';
}

export function headlineOf(judged: readonly Judged[]): Headline {
  const { pass, fail, waived, notJudged } = scoreOf(judged);
  return {
    failing: fail,
    waived,
    judged: pass + fail + waived,
    critical: judged.filter(({ state, control }) => state === 'fail' && control.severity === 'CRITICAL')
      .length,
    unknown: notJudged.unknown ?? 0,
    notApplicable: notJudged.notApplicable ?? 0,
    elsewhere: (notJudged.managed ?? 0) + (notJudged.leftOut ?? 0) + (notJudged.planned ?? 0),
    procedures: notJudged.procedure ?? 0,
  };
}
