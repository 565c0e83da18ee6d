/** The settings of packs, controls and their remediation: of all accounts, and of groups of units that say otherwise. */
import * as z from 'zod';
import { DOMAINS } from '../../catalogue/domains.ts';

const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/, 'expected the ARN of an IAM role');

export const runs = {
  mode: z
    .enum(['off', 'manual', 'automatic'])
    .describe('`manual`: somebody starts it; `automatic`: AWS Config does, as soon as a resource fails.'),
  attempts: z
    .int()
    .min(1)
    .max(25)
    .describe(
      'MaximumAutomaticAttempts, for one resource: after so many failed ones within retrySeconds AWS Config stops. A run that refuses ends well, says why in its output Report.Message, and leaves the resource NON_COMPLIANT.',
    ),
  retrySeconds: z
    .int()
    .min(1)
    .max(2_678_000)
    .describe(
      'RetryAttemptSeconds: the time that the attempts are counted in. It has to be long enough for all of them; in a shorter one AWS Config never stops trying.',
    ),
  concurrencyPercent: z
    .int()
    .min(1)
    .max(100)
    .describe('ConcurrentExecutionRatePercentage: how many of the failing resources at a time.'),
  errorPercent: z.int().min(1).max(100).describe('ErrorPercentage: after how many failures to stop.'),
  parameters: z
    .record(z.string(), z.string())
    .describe("The document's own parameters, such as `Scope` or `TopicArn`."),
  roleArn: roleArn
    .optional()
    .describe(
      'The role for a document that AWS owns. Unset: one is made, where AWS publishes what the document calls. Ours come with their own.',
    ),
};

/**
 * By default nothing starts by itself. AWS Config's default (five attempts in 60 s) would never be reached, because
 * one attempt takes longer, and a resource that cannot be fixed would be tried for ever.
 */
export const remediation = z.strictObject({
  mode: runs.mode.default('manual'),
  attempts: runs.attempts.default(3),
  retrySeconds: runs.retrySeconds.default(86_400),
  concurrencyPercent: runs.concurrencyPercent.default(10),
  errorPercent: runs.errorPercent.default(50),
  parameters: runs.parameters.default({}),
  roleArn: runs.roleArn,
});

/** How a control's document is run. */
export type RemediationSettings = z.output<typeof remediation>;

export const packs = z.array(z.enum(DOMAINS)).min(1);

export const controlSettings = z.record(
  z.string(),
  z.strictObject({
    enabled: z.boolean().optional().describe('Contested and paid controls are off unless this is true.'),
    parameters: z
      .record(z.string(), z.string())
      .default({})
      .describe("The rule's parameters, as AWS Config keeps them: texts."),
    remediation: z.strictObject(runs).partial().optional().describe('What it says otherwise than all.'),
  }),
);
