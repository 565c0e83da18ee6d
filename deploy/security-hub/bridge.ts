import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { type Log, openLog } from '../../config/log.ts';
import type { BridgedControl } from '../../report/asff/controls.ts';
import {
  type ComplianceChange,
  findingId,
  isNewer,
  toFinding,
  UPDATED_BY,
} from '../../report/asff/finding.ts';
import { InvalidChangeError, parseChange } from './event.ts';

/** Messages of the queue that EventBridge fills, as Lambda hands them over. */
export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** What stays in the queue, to be tried again (`ReportBatchItemFailures`). */
export interface QueueAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface BridgeOptions {
  readonly client?: Pick<SecurityHubClient, 'send'>;
  readonly log?: Log;
  /** `GROUNDRULES_DOCUMENTATION_URL`: where the pages are published that findings link to. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** BatchImportFindings and BatchUpdateFindings take no more at a time (Security Hub, its API reference). */
const BATCH = 100;

/**
 * The bridge's function: turns verdicts of AWS Config into findings of Security Hub, a batch of messages at a time. Verdicts
 * of rules that are not ours are dropped; of several verdicts on the same thing the latest is sent. An event may come twice
 * and in any order: Security Hub ignores what is not later than what it has
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html).
 *
 * A failure that is waived is suppressed, with the reason, and stands again when the waiver ends: BatchImportFindings cannot say
 * that of a finding that there is already, so BatchUpdateFindings does.
 *
 * It never rejects: what Security Hub did not take, and what is no event of AWS Config, is answered as a failed item, which
 * SQS delivers again and in the end moves to the dead-letter queue.
 *
 * @example
 * export const handler = securityHubBridge(bridgedControls);
 */
export function securityHubBridge(
  controls: Readonly<Record<string, BridgedControl>>,
  { client = connect(), log = openLog(), env = process.env }: BridgeOptions = {},
): (event: QueueEvent) => Promise<QueueAnswer> {
  const isControl = (id: string) => Object.hasOwn(controls, id);

  return async ({ Records }) => {
    const failed: string[] = [];
    const latest = new Map<string, { readonly messageId: string; readonly change: ComplianceChange }>();
    for (const { messageId, body } of Records) {
      try {
        const change = parseChange(body, isControl);
        if (!change) continue;
        const id = findingId(change);
        const other = latest.get(id);
        if (!other || isNewer(change, other.change)) latest.set(id, { messageId, change });
      } catch (error) {
        if (!(error instanceof InvalidChangeError)) throw error;
        log.warn('message refused', { messageId, reason: error.message });
        failed.push(messageId);
      }
    }
    const findings = [...latest.values()].map(({ change }) =>
      toFinding(change, controls[change.control] as BridgedControl, env.GROUNDRULES_DOCUMENTATION_URL),
    );
    const to = { client, log };
    const refused = await importFindings(findings, to);
    const taken = findings.filter(({ Id }) => !refused.includes(Id as string));
    const decided = taken.map((finding) => ({
      finding,
      change: (latest.get(finding.Id as string) as { change: ComplianceChange }).change,
    }));
    for (const id of [...refused, ...(await decide(decided, to))]) {
      const message = latest.get(id);
      if (message) failed.push(message.messageId);
    }
    log.info('batch ended', { messages: Records.length, findings: findings.length, failed: failed.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** Sends findings, a hundred at a time, and gives back the ids of those that Security Hub did not take. */
async function importFindings(
  findings: readonly AwsSecurityFinding[],
  to: Required<Pick<BridgeOptions, 'client' | 'log'>>,
): Promise<string[]> {
  const refused: string[] = [];
  for (let first = 0; first < findings.length; first += BATCH) {
    refused.push(...(await importBatch(findings.slice(first, first + BATCH), to)));
  }
  return refused;
}

interface Decided {
  readonly finding: AwsSecurityFinding;
  readonly change: ComplianceChange;
}

/**
 * Suppresses what is waived, and takes that back where a waiver has ended.
 *
 * @returns the ids of the findings that Security Hub did not update.
 */
async function decide(
  all: readonly Decided[],
  to: Required<Pick<BridgeOptions, 'client' | 'log'>>,
): Promise<string[]> {
  /** The findings that get the same update. */
  const updates = new Map<string, AwsSecurityFinding[]>();
  for (const { finding, change } of all) {
    const update = updateOf(finding, change);
    if (update === undefined) continue;
    const key = JSON.stringify(update);
    updates.set(key, [...(updates.get(key) ?? []), finding]);
  }
  const refused: string[] = [];
  for (const [update, findings] of updates) {
    for (let first = 0; first < findings.length; first += BATCH) {
      refused.push(...(await updateBatch(JSON.parse(update), findings.slice(first, first + BATCH), to)));
    }
  }
  return refused;
}

function updateOf({ Note, Workflow }: AwsSecurityFinding, { isWaived, wasWaived }: ComplianceChange) {
  const note = (text: string) => ({ Text: text, UpdatedBy: UPDATED_BY });
  if (isWaived) return { Workflow: { Status: 'SUPPRESSED' }, Note: note(Note?.Text ?? '') };
  if (!wasWaived) return undefined;
  return { Workflow: { Status: Workflow?.Status ?? 'NEW' }, Note: note('The waiver has ended.') };
}

async function updateBatch(
  update: object,
  batch: readonly AwsSecurityFinding[],
  { client, log }: Required<Pick<BridgeOptions, 'client' | 'log'>>,
): Promise<string[]> {
  const FindingIdentifiers = batch.map(({ Id, ProductArn }) => ({ Id, ProductArn }));
  try {
    const { UnprocessedFindings = [] } = await client.send(
      new BatchUpdateFindingsCommand({ ...update, FindingIdentifiers }),
    );
    for (const { FindingIdentifier, ErrorCode, ErrorMessage } of UnprocessedFindings) {
      log.warn('update refused', { finding: FindingIdentifier?.Id, code: ErrorCode, reason: ErrorMessage });
    }
    return UnprocessedFindings.flatMap(({ FindingIdentifier }) => FindingIdentifier?.Id ?? []);
  } catch (error) {
    const { name, message } = error as Error;
    log.warn('securityhub:BatchUpdateFindings failed', {
      code: name,
      reason: message,
      findings: batch.length,
    });
    return batch.map(({ Id }) => Id as string);
  }
}

async function importBatch(
  batch: readonly AwsSecurityFinding[],
  to: Required<Pick<BridgeOptions, 'client' | 'log'>>,
): Promise<string[]> {
  const ids = batch.map(({ Id }) => Id as string);
  try {
    const answer = await to.client.send(new BatchImportFindingsCommand({ Findings: [...batch] }));
    if (!answer.FailedCount) return [];
    const failures = answer.FailedFindings ?? [];
    for (const { Id, ErrorCode, ErrorMessage } of failures) {
      to.log.warn('finding refused', { finding: Id, code: ErrorCode, reason: ErrorMessage });
    }
    const named = ids.filter((id) => failures.some(({ Id }) => Id === id));
    // If the answer does not name all that failed, nobody knows which were taken: all are sent again.
    return named.length === answer.FailedCount ? named : ids;
  } catch (error) {
    const { name, message } = error as Error;
    // The other findings are sent even though Security Hub refused one.
    if (name === 'InvalidInputException' && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      return [
        ...(await importBatch(batch.slice(0, half), to)),
        ...(await importBatch(batch.slice(half), to)),
      ];
    }
    to.log.warn('securityhub:BatchImportFindings failed', {
      code: name,
      reason: message,
      findings: ids.length,
    });
    return ids;
  }
}

/**
 * It gives up within the function's minute, because the queue brings a throttled (10 a second) or
 * hanging call back.
 */
const connect = () =>
  new SecurityHubClient({
    retryMode: 'adaptive',
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
