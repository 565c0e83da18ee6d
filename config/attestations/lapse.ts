import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { type Log, openLog } from '../../config/log.ts';
import { writeAttestation } from './annotation.ts';
import { dateOf } from './date.ts';
import {
  checkReader,
  type DeployedCheck,
  deployedChecks,
  putStatement,
  type ReadCheck,
} from './process-checks.ts';
import { type Standing, standingOf } from './standing.ts';

/** Says what the function does with a process check that nobody has attested yet: `leave` (unless set), or `NON_COMPLIANT`. */
export const UNATTESTED = 'GROUNDRULES_UNATTESTED';

export interface LapseOptions {
  readonly client: ConfigServiceClient;
  /** By control: how long an attestation without a date holds. Other process checks are none of ours. */
  readonly reviewDays: Readonly<Record<string, number>>;
  readonly now?: () => Date;
  readonly log?: Log;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How many process checks there are, and what came of them. */
export interface LapseSummary {
  readonly checks: number;
  /** Set NON_COMPLIANT by this run, because they lapsed. */
  readonly lapsed: number;
  /** Set NON_COMPLIANT by this run, because nobody has attested them. */
  readonly unattested: number;
  /** Left alone, because AWS Config does not show every result that it has of them. */
  readonly couldNotTell: number;
}

/** Some process checks could not be read or set, so that they may have lapsed unseen. All others were dealt with. */
export class LapseError extends Error {
  override readonly name = 'LapseError';
  readonly code = 'LapseError';
}

/**
 * The function that runs every day: an attestation whose date has passed is NON_COMPLIANT from then on, and its
 * annotation says `lapsed <date>` before who gave it and for what. A second run on the same day changes nothing: what
 * is NON_COMPLIANT stays as it is. Its statements bear the time at which it began to read, so that whoever attests
 * meanwhile is newer.
 *
 * @throws {LapseError} after all others were dealt with; the SDK's error where the rules cannot be listed.
 */
export function lapseHandler({
  client,
  reviewDays,
  now = () => new Date(),
  log = openLog(),
  env = process.env,
}: LapseOptions): () => Promise<LapseSummary> {
  return async () => {
    const at = now();
    const failUnattested = readUnattested(env[UNATTESTED]);
    const checks = (await deployedChecks(client)).filter(({ control }) => Object.hasOwn(reviewDays, control));
    const read = checkReader(client);
    const summary = { checks: checks.length, lapsed: 0, unattested: 0, couldNotTell: 0 };
    const failures: string[] = [];
    // One after the other, because AWS Config throttles and the function has time.
    for (const check of checks) {
      try {
        const standing = await standingNow(read, check, reviewDays[check.control] as number, at);
        const annotation = annotationFor(standing, failUnattested, at);
        if (standing.state === 'could not tell') summary.couldNotTell++;
        if (annotation === undefined) continue;
        await putStatement(client, check, { compliance: 'NON_COMPLIANT', annotation, at });
        summary[standing.state === 'lapsed' ? 'lapsed' : 'unattested']++;
        log.info('set NON_COMPLIANT', { rule: check.ruleName, state: standing.state, until: standing.until });
      } catch (error) {
        const { name, message } = error as Error;
        failures.push(`${check.ruleName} (${name}: ${message})`);
        log.warn('could not be seen to', { rule: check.ruleName, code: name, reason: message });
      }
    }
    log.info('run ended', { ...summary, failed: failures.length });
    if (failures.length > 0) {
      throw new LapseError(
        `${failures.length} of ${checks.length} process checks failed: ${failures.join('; ')}`,
      );
    }
    return summary;
  };
}

async function standingNow(
  read: ReadCheck,
  check: DeployedCheck,
  reviewEveryDays: number,
  now: Date,
): Promise<Standing> {
  return standingOf(await read(check), { reviewEveryDays, now, lapsingDays: 0 });
}

/** The statement to record; `undefined` where nothing changes. */
function annotationFor(standing: Standing, failUnattested: boolean, now: Date): string | undefined {
  const { state, compliance, until, by = 'not recorded', evidence = 'no evidence recorded' } = standing;
  if (state === 'lapsed' && until !== undefined && compliance !== 'NON_COMPLIANT') {
    return writeAttestation({ mark: 'lapsed', date: until, by, evidence });
  }
  if (state !== 'unattested' || !failUnattested) return undefined;
  return writeAttestation({
    mark: 'not met',
    date: dateOf(now),
    by: 'groundrules',
    evidence: 'nobody has attested it yet',
  });
}

function readUnattested(value = 'leave'): boolean {
  if (value === 'leave') return false;
  if (value === 'NON_COMPLIANT') return true;
  throw new Error(`the environment variable ${UNATTESTED} is ${value}: expected leave or NON_COMPLIANT`);
}
