/** AWS Support, as far as AWS Trusted Advisor is behind it. */
import * as z from 'zod/mini';
import { text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const support = { name: 'support' } as const;

/** The account has no support plan that is paid for. */
const WITHOUT_PLAN = { SubscriptionRequiredException: '' } as const;

/** Every check that Trusted Advisor has; an account without a paid support plan is refused. */
export const advisorChecks = {
  service: support,
  api: 'DescribeTrustedAdvisorChecks',
  askedIn: { aws: 'us-east-1', 'aws-us-gov': 'us-gov-west-1' },
  options: '--language en',
  scope: '*',
  settled: WITHOUT_PLAN,
  member: 'checks',
  shape: () => z.object({ id: text, name: z.string(), category: text }),
} as const satisfies Reading;

/** What each check says. */
export const advisorSummaries = {
  service: support,
  api: 'DescribeTrustedAdvisorCheckSummaries',
  askedIn: { aws: 'us-east-1', 'aws-us-gov': 'us-gov-west-1' },
  options:
    '--check-ids $(aws support describe-trusted-advisor-checks --language en --region us-east-1 --query checks[].id --output text)',
  scope: '*',
  settled: WITHOUT_PLAN,
  needs: { 'support:DescribeTrustedAdvisorChecks': '*' },
  member: 'summaries',
  shape: () =>
    z.object({
      checkId: text,
      timestamp: z.nullish(z.string()),
      status: text,
      resourcesSummary: z.nullish(z.object({ resourcesFlagged: z.nullish(z.number()) })),
    }),
} as const satisfies Reading;
