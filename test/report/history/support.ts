import type { History } from '../../../report/history/history.ts';
import { historyOf } from '../../../report/history/history.ts';
import { type Run, RunBuilder, type RunResult, Tracks } from '../../../report/history/run.ts';

export const DAY = 86_400_000;
const START = Date.parse('2026-09-01T00:00:00Z');
export const ACCOUNT = '111122223333';

/** What a run says of a resource: fails, passes, is waived, does not apply, could not be told, is not there. */
export type Said = 'F' | 'P' | 'W' | 'N' | '?' | '-';

export interface Resource {
  readonly id: string;
  readonly rule?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly severity?: RunResult['severity'];
}

export interface RunOf {
  /** Days after the start. */
  readonly day: number;
  readonly says: readonly (readonly [Resource, Said])[];
  readonly accountIds?: readonly string[];
  readonly rules?: readonly string[];
  readonly regions?: readonly string[];
  /** The rule could not list what it judges, there. */
  readonly blindIn?: string;
  readonly sample?: boolean;
  readonly name?: string;
}

const RULE = 'sg-open-ports';

export function runOf(tracks: Tracks, run: RunOf): Run {
  const builder = new RunBuilder(tracks);
  const { day, says, accountIds = [ACCOUNT], rules = [RULE], regions = ['us-east-1'], blindIn } = run;
  for (const [resource, said] of says) {
    const { id, rule = RULE, accountId = ACCOUNT, region = 'us-east-1', severity = 'HIGH' } = resource;
    const one = { rule, accountId, region, resourceType: 'AWS::EC2::SecurityGroup', resourceId: id };
    if (said === '?') builder.error(one);
    else if (said !== '-') {
      const compliance = said === 'P' ? 'COMPLIANT' : said === 'N' ? 'NOT_APPLICABLE' : 'NON_COMPLIANT';
      builder.result({ ...one, compliance, severity, ...(said === 'W' && { waivers: [{}] }) });
    }
  }
  if (blindIn !== undefined) {
    const place = { accountId: ACCOUNT, region: blindIn };
    builder.error({ rule: RULE, ...place, resourceType: 'AWS::::Account', resourceId: ACCOUNT });
  }
  const at = new Date(START + day * DAY);
  return builder.finish(run.name ?? `${day}.json`, {
    ...{ generatedAt: at, now: at, accountIds, rules, sample: run.sample ?? false },
    inputs: accountIds.map((accountId) => ({ accountId, asOf: at, regions })),
  });
}

/** The history up to the last of these. */
export function history(runs: readonly RunOf[]): History {
  const tracks = new Tracks();
  const built = runs.map((run) => runOf(tracks, run));
  return historyOf(tracks, built.slice(0, -1), built.at(-1) as Run);
}

/** Runs ten days apart that say this of one resource, a letter a run. */
export const daysOf = (letters: string): RunOf[] =>
  [...letters].map((said, at) => ({ day: at * 10, says: [[{ id: 'sg-1' }, said as Said]] }));

export const days = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : milliseconds / DAY;
