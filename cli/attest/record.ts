import type { ProcessCheck } from '../../catalogue/index.ts';
import {
  type Attestation,
  isKeptWhole,
  oneLine,
  writeAttestation,
} from '../../config/attestations/annotation.ts';
import { addDays, dateOf, isDate } from '../../config/attestations/date.ts';
import { PUT_ACTION, putStatement } from '../../config/attestations/process-checks.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { UsageError } from '../program/errors.ts';
import { oneOf } from '../program/one-of.ts';
import type { World } from '../program/world.ts';
import { asking, type Checks } from './checks.ts';
import { type Options, STATUSES } from './command.ts';

type Status = (typeof STATUSES)[number];

/** What to record, but for who says it. */
export interface RecordOptions {
  readonly status: Status;
  /** The last day that it holds; for NON_COMPLIANT the day that it is said. */
  readonly date: string;
  readonly evidence: string;
}

/**
 * Checks what is to be recorded, and fills in the date: the control's whole review interval from today, in UTC.
 *
 * @throws {UsageError} for a date that is past, or later than the catalogue lets an attestation hold.
 */
export function readRecordOptions(
  { id, reviewEveryDays }: ProcessCheck,
  { status = 'COMPLIANT', evidence, until }: Options,
  now: Date,
): RecordOptions {
  const known = oneOf('--status', String(status), STATUSES);
  if (evidence === undefined || oneLine(evidence) === '') {
    throw new UsageError(
      `--evidence is missing: a text or a link that says why ${id} is ${known} (groundrules controls ${id} says what counts)`,
    );
  }
  const today = dateOf(now);
  if (known === 'NON_COMPLIANT') {
    if (until !== undefined)
      throw new UsageError('--until: what is NON_COMPLIANT holds until it is attested again');
    return { status: known, date: today, evidence };
  }
  const latest = addDays(today, reviewEveryDays);
  if (until === undefined) return { status: known, date: latest, evidence };
  if (!isDate(until)) throw new UsageError(`--until ${until}: expected a date such as ${latest}`);
  if (until < today) throw new UsageError(`--until ${until}: that is past (today is ${today}, in UTC)`);
  if (until > latest) {
    throw new UsageError(
      `--until ${until}: ${id} is to be reviewed every ${reviewEveryDays} days, so ${latest} is the latest`,
    );
  }
  return { status: known, date: until, evidence };
}

/** Records it for every pack that has the control, and says what was recorded. Gives the exit status. */
export async function record(
  { client, accountId, region, deployed }: Checks,
  { id }: ProcessCheck,
  { status, date, evidence, by, format }: RecordOptions & Pick<Options, 'format'> & { readonly by: string },
  { now, print, progress }: World,
): Promise<number> {
  const found = deployed.filter(({ control }) => control === id);
  if (found.length === 0) {
    throw new UsageError(
      `account ${accountId} has other process checks in ${region}, but not ${id}: turn it on in groundrules.config.json ("controls": {"${id}": {"enabled": true}}), deploy, and attest it then`,
    );
  }
  const attestation: Attestation = {
    mark: status === 'NON_COMPLIANT' ? 'not met' : 'until',
    date,
    by,
    evidence,
  };
  const isWhole = isKeptWhole(attestation);
  if (!isWhole && /^https?:\/\/\S+$/i.test(oneLine(evidence))) {
    throw new UsageError(
      '--evidence: the link does not fit into what AWS Config keeps, and half of it leads nowhere: shorten it',
    );
  }
  const annotation = writeAttestation(attestation);
  const failures: string[] = [];
  const recorded: string[] = [];
  for (const check of found) {
    const statement = { compliance: status, annotation, at: now() };
    try {
      await asking([PUT_ACTION], () => putStatement(client, check, statement));
      recorded.push(check.ruleName);
    } catch (error) {
      failures.push(`${check.ruleName} was not set: ${(error as Error).message}`);
    }
  }
  if (!isWhole)
    progress.note('the evidence was cut: AWS Config keeps 256 characters, date and name included');
  for (const failure of failures) progress.note(failure);
  if (format === 'json') {
    const printed = {
      schemaVersion: '1.0',
      control: id,
      compliance: status,
      annotation,
      accountId,
      region,
      recorded,
      failures,
    };
    print(`${jsonText(printed, 2)}\n`);
  } else if (recorded.length > 0) {
    const until = status === 'NON_COMPLIANT' ? '' : ` until ${date}`;
    const rules = recorded.map((rule) => `  ${rule}\n`).join('');
    print(`${id} is ${status}${until} (account ${accountId}, ${region}): ${printable(annotation)}\n${rules}`);
  }
  return failures.length > 0 ? 2 : 0;
}
