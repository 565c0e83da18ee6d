/** Whether an alert about an event reaches somebody, and where the ways end that do not. */
import type { AccountError } from '../../../account/errors.ts';
import { type Answer, every, some } from '../answers.ts';

/** Why a way to somebody ends. */
export type MissKind =
  | 'notAccepted'
  | 'noTrail'
  | 'notCovered'
  | 'noRule'
  | 'ruleOff'
  | 'nobody'
  | 'noTopic'
  | 'unconfirmed'
  | 'topicKey'
  | 'topicPolicy'
  | 'noLogGroup'
  | 'noFilter'
  | 'noMetric'
  | 'noAlarm'
  | 'threshold'
  | 'datapoints'
  | 'actionsOff'
  | 'noAction';

/** Where a way ended, and at what: a rule's, topic's, filter's or alarm's name. */
export interface Miss {
  readonly kind: MissKind;
  readonly at: string;
}

/** What raises the alert: `rule root-login`, `metric filter root-use`. */
export type Alert = string;

export interface Told {
  /** `unknown`: it hangs on what nobody could read, or on what nobody can see from here. */
  readonly answer: Answer;
  /** Where somebody is told. */
  readonly by?: Alert;
  /** The farther a way comes, the earlier here. */
  readonly misses: readonly Miss[];
  /** Why it is unknown, as far as a reading is the reason. */
  readonly errors: readonly AccountError[];
  /** What it hangs on that is not this account's to read, or that AWS does not say: topics and buses of other accounts, custom buses. */
  readonly unseen: readonly Unseen[];
}

export interface Unseen {
  readonly what: string;
  /** What names it, or leaves it open. */
  readonly api: string;
}

export const TOLD: Told = { answer: true, misses: [], errors: [], unseen: [] };
export const toldBy = (by: Alert): Told => ({ ...TOLD, by });
export const missed = (kind: MissKind, at: string): Told => ({
  ...TOLD,
  answer: false,
  misses: [{ kind, at }],
});
export const unreadable = (error: AccountError): Told => ({ ...TOLD, answer: 'unknown', errors: [error] });
export const unseen = (what: string, api: string): Told => ({
  ...TOLD,
  answer: 'unknown',
  unseen: [{ what, api }],
});
export const hangsOn = (answer: Answer, kind: keyof typeof OPEN, at: string, api: string): Told =>
  answer === true ? TOLD : answer === false ? missed(kind, at) : unseen(OPEN[kind](at), api);

/** What nobody can tell of a rule, filter, topic, alarm or trail where the answer is `unknown`. */
const OPEN = {
  notCovered: (at: string) => `what the pattern of ${at} matches`,
  noTrail: (at: string) => `what trail ${at} logs`,
  unconfirmed: (at: string) => `whether a subscription of ${at} is confirmed`,
  topicPolicy: (at: string) => `the policy of ${at}`,
  datapoints: (at: string) => `for how many datapoints alarm ${at} waits`,
  threshold: (at: string) => `what sets off alarm ${at}`,
};

/** Of several ways one is enough. */
export const anyOf = (ways: readonly Told[]): Told =>
  ways.find(({ answer }) => answer === true) ?? joined(some(ways.map(({ answer }) => answer)), ways);

/** Of the parts of one way all are needed. */
export const allOf = (parts: readonly Told[]): Told =>
  joined(every(parts.map(({ answer }) => answer)), parts);

function joined(answer: Answer, parts: readonly Told[]): Told {
  const by = parts.find((part) => part.by !== undefined)?.by;
  if (answer === true) return by === undefined ? TOLD : toldBy(by);
  const misses = nearestFirst(parts.flatMap((part) => part.misses));
  if (answer === false) return { ...TOLD, answer, misses };
  return {
    answer,
    misses,
    errors: parts.flatMap(({ errors }) => errors),
    unseen: [...new Map(parts.flatMap((part) => part.unseen).map((one) => [one.what, one])).values()],
  };
}

/** From what comes nearest to telling somebody to what comes least near. */
const NEARNESS: readonly MissKind[] = [
  'unconfirmed',
  'topicPolicy',
  'topicKey',
  'noTopic',
  'noAction',
  'actionsOff',
  'datapoints',
  'threshold',
  'nobody',
  'ruleOff',
  'noAlarm',
  'noMetric',
  'notCovered',
  'noRule',
  'noFilter',
  'noLogGroup',
  'noTrail',
  'notAccepted',
];
/** Each miss once. */
export const nearestFirst = (misses: readonly Miss[]): Miss[] => [
  ...new Map(
    [...misses]
      .sort((one, other) => NEARNESS.indexOf(one.kind) - NEARNESS.indexOf(other.kind))
      .map((miss) => [`${miss.kind} ${miss.at}`, miss]),
  ).values(),
];
