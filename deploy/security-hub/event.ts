/**
 * AWS Config's event about a verdict that changed, as EventBridge delivers it: source `aws.config`, detail-type
 * `Config Rules Compliance Change`
 * (https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html).
 */
import * as z from 'zod/mini';
import { controlNames } from '../../config/rule-name.ts';
import type { ComplianceChange } from '../../report/asff/finding.ts';
import { isWaivedText } from '../../waivers/text.ts';

/** An event that AWS Config would not send. The message names the field. */
export class InvalidChangeError extends Error {
  override readonly name = 'InvalidChangeError';
  readonly code = 'InvalidChange';
}

const text = z.string().check(z.regex(/\S/, 'is empty'));
const time = z.string().check(z.refine((value) => !Number.isNaN(Date.parse(value)), 'is not a time'));
const verdict = z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA']);
const result = z.object({
  complianceType: verdict,
  resultRecordedTime: time,
  annotation: z.nullish(z.string()),
});
const named = z.object({ detail: z.object({ configRuleName: text }) });
const envelope = z.object({
  source: z.literal('aws.config'),
  'detail-type': z.literal('Config Rules Compliance Change'),
  account: text,
  region: text,
  detail: z.object({
    messageType: z.literal('ComplianceChangeNotification'),
    configRuleARN: z.string().check(z.regex(/^arn:aws[a-z-]*:config:/, 'is no ARN of a rule')),
    awsAccountId: z.string().check(z.regex(/^\d{12}$/, 'is no account id')),
    awsRegion: text,
    resourceType: text,
    resourceId: text,
    newEvaluationResult: z.nullish(result),
    oldEvaluationResult: z.nullish(result),
    notificationCreationTime: time,
  }),
});

/**
 * Reads the body of a message: the event, as EventBridge put it into the queue.
 *
 * @param isControl whether a control of that id is ours.
 * @returns `undefined` for an event about a rule that is not ours.
 * @throws {InvalidChangeError}
 */
export function parseChange(body: string, isControl: (id: string) => boolean): ComplianceChange | undefined {
  const event = json(body);
  const control = controlNames(checked(named, event).detail.configRuleName).find(isControl);
  if (control === undefined) return undefined;
  const { account, region, detail } = checked(envelope, event);
  if (account !== detail.awsAccountId || region !== detail.awsRegion) {
    // A finding can be imported by its own account only, and in its own Region.
    throw new InvalidChangeError(
      `the event is about ${detail.awsAccountId} in ${detail.awsRegion}, but comes from ${account} in ${region}: run the bridge there`,
    );
  }
  const { newEvaluationResult: now, oldEvaluationResult: before } = detail;
  const recordedAt = new Date(now?.resultRecordedTime ?? detail.notificationCreationTime);
  return {
    control,
    accountId: account,
    region,
    partition: detail.configRuleARN.split(':')[1] as string,
    configRuleArn: detail.configRuleARN,
    resourceType: detail.resourceType,
    resourceId: detail.resourceId,
    verdict: now?.complianceType ?? 'DELETED',
    ...(now?.annotation && { annotation: now.annotation }),
    ...(isWaived(now) && { isWaived: true }),
    ...(isWaived(before) && { wasWaived: true }),
    recordedAt,
    since: sinceOf(before, recordedAt),
  };
}

type EvaluationResult = z.output<typeof result> | null | undefined;

/** The functions report a failure that is waived so, and begin its annotation with the waiver (config/run.ts). */
const isWaived = (one: EvaluationResult): boolean =>
  one?.complianceType === 'NOT_APPLICABLE' && isWaivedText(one.annotation ?? '');

function sinceOf(before: EvaluationResult, recordedAt: Date): Date {
  if (!before || (before.complianceType !== 'NON_COMPLIANT' && !isWaived(before))) return recordedAt;
  const failedAt = new Date(before.resultRecordedTime);
  return failedAt < recordedAt ? failedAt : recordedAt;
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new InvalidChangeError('the message is no JSON', { cause: error });
  }
}

function checked<T extends z.ZodMiniType>(shape: T, value: unknown): z.output<T> {
  const parsed = z.safeParse(shape, value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the event'}: ${message}`,
  );
  throw new InvalidChangeError(problems.join('; '));
}
