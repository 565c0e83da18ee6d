/** The assumptions for what no snapshot tells. Every estimate prints all of them. */
import type { AnyRule } from '../../rules/rule.ts';

export interface Assumptions {
  /** Configuration items that AWS Config records of a resource, a day. */
  readonly changesPerDay: number;
  /** The share of verdicts that change in a month. */
  readonly verdictChanges: number;
  /** What the configuration recorder costs belongs into the estimate, and how it records. */
  readonly recorder: 'continuous' | 'daily' | undefined;
}

export const DEFAULTS: Assumptions = { changesPerDay: 0.1, verdictChanges: 0.05, recorder: undefined };

/** Waiting for one call of an AWS API, in milliseconds. */
export const CALL_MS = 50;
/** Starting a function that is not warm: Node.js, and a bundle of up to 400 KB. Lambda bills it. */
export const START_MS = 300;
/** Judging one event without the network: the most that docs/benchmarks.md has, rounded up. */
export const JUDGE_MS = 7;
/** What a run writes to its log, Lambda's own lines included. */
export const LOG_BYTES = 2_000;
/** Lambda waits for messages on five connections at a time, each for twenty seconds. */
export const POLLS_PER_MINUTE = 15;

/** Of a rule that nobody has measured. */
const CALLS_UNMEASURED = { fixed: 4, each: 3 };

/** The AWS calls of a periodic run over so many resources, its PutEvaluations and the sweep included. */
export function callsOf({ calls = CALLS_UNMEASURED }: Pick<AnyRule, 'calls'>, resources: number): number {
  const { fixed, each } = calls;
  const batches = Math.ceil(resources / 100);
  return fixed + each * resources + batches + (2 + batches);
}

/** The assumptions in words. */
export const inWords = ({ changesPerDay, verdictChanges, recorder }: Assumptions): string[] => [
  `A resource changes ${changesPerDay} times a day, and each change is an evaluation by every rule that waits for changes of its type (an assumption without a source: --changes-per-day; AWS Config counts changed relationships, too).`,
  `${verdictChanges * 100}% of the verdicts change in a month; each change is a configuration item of AWS::Config::ResourceCompliance, which the recorder is taken to record, and a finding where Security Hub is on (an assumption without a source: --verdict-changes).`,
  'An evaluation is one result of one rule for one resource. Results that are NOT_APPLICABLE are taken to be billed (unverified).',
  'A process check is evaluated when somebody attests it, which is hardly ever: taken as 0 (whether AWS bills it is unverified).',
  `A function starts cold each time (${START_MS} ms), judges for ${JUDGE_MS} ms, and waits ${CALL_MS} ms for each AWS call, one after the other; it writes ${LOG_BYTES / 1000} KB of log. The calls are those of docs/benchmarks.md (a rule that is not there: ${CALLS_UNMEASURED.fixed} calls and ${CALLS_UNMEASURED.each} a resource), the times are assumptions.`,
  recorder === undefined
    ? 'The configuration recorder is there anyway: what it costs is not in here (--with-recorder).'
    : recorder === 'daily'
      ? 'The recorder records once a day, and then no resource more than once.'
      : 'The recorder records continuously. Only resource types that somebody counted are in its cost.',
];
