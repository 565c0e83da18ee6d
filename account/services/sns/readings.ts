/** Amazon SNS. Subscriptions are not listed: a topic says how many are confirmed, and e-mail addresses stay out of snapshots. */
import * as z from 'zod/mini';
import { field, text } from '../../parts.ts';
import type { Elsewhere, List, Reading, Where } from '../../reading.ts';
import { alarms, type ListedAlarms } from '../cloudwatch/readings.ts';
import { type ListedTargets, ruleTargets } from '../events/readings.ts';

const sns = { name: 'sns' } as const;

export interface Topic {
  /** Absent where the answer does not say. */
  readonly confirmedSubscriptions?: number;
  /** As the topic has it: a key's id, ARN or alias. */
  readonly kmsKeyId?: string;
  readonly policy?: string;
}

/** The topics of the account that ARNs name, each in its Region. */
const topicsIn = (arns: readonly (string | undefined)[], { accountId }: Where): Elsewhere[] =>
  arns.flatMap((arn = '') => {
    const [, , service, region = '', account, id = ''] = arn.split(':');
    return service === 'sns' && account === accountId ? [{ id, region }] : [];
  });

const ofRules = {
  reading: ruleTargets,
  id: ({ Targets = [] }: ListedTargets, where: Where) =>
    topicsIn(
      Targets.map(({ Arn }) => Arn),
      where,
    ),
} as const satisfies List;

const ofAlarms = {
  reading: alarms,
  id: ({ MetricAlarms = [], CompositeAlarms = [] }: ListedAlarms, where: Where) =>
    topicsIn(
      [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmActions = [] }) => AlarmActions),
      where,
    ),
} as const satisfies List;

/** What a topic is; `null` where there is none of this name. */
export const topicAttributes = {
  service: sns,
  api: 'GetTopicAttributes',
  regional: true,
  about: {
    options: ['--topic-arn arn:{partition}:sns:{region}:{account}:{id}'],
    from: [ofRules, ofAlarms],
  },
  scope: ['arn:{partition}:sns:{region}:{account}:*'],
  none: ['NotFound'],
  shape: () =>
    z.pipe(
      field(
        'Attributes',
        z.object({
          SubscriptionsConfirmed: z.nullish(z.union([z.string().check(z.regex(/^\d+$/)), z.int()])),
          KmsMasterKeyId: z.nullish(z.string()),
          Policy: z.nullish(z.string()),
        }),
      ),
      z.transform(
        ({ SubscriptionsConfirmed: confirmed, KmsMasterKeyId, Policy }): Topic => ({
          ...(confirmed !== undefined && confirmed !== null && { confirmedSubscriptions: Number(confirmed) }),
          ...(KmsMasterKeyId && { kmsKeyId: KmsMasterKeyId }),
          ...(Policy && { policy: Policy }),
        }),
      ),
    ),
} as const satisfies Reading;

export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  /** Absent as long as nobody has confirmed it. */
  readonly arn?: string;
}

/** Who is subscribed to a topic: for fixes alone, because it has addresses. `null` where there is no such topic. */
export const topicSubscriptions = {
  service: sns,
  api: 'ListSubscriptionsByTopic',
  regional: true,
  about: { options: ['--topic-arn arn:{partition}:sns:{region}:{account}:{id}'], from: 'fix' },
  scope: ['arn:{partition}:sns:{region}:{account}:*'],
  none: ['NotFound'],
  member: 'Subscriptions',
  shape: () =>
    z.pipe(
      z.object({ SubscriptionArn: text, Protocol: text, Endpoint: text }),
      z.transform(
        ({ SubscriptionArn, Protocol, Endpoint }): Subscription => ({
          protocol: Protocol,
          endpoint: Endpoint,
          // In its place stands "PendingConfirmation" (the API reference of Subscribe says "pending confirmation").
          ...(SubscriptionArn.startsWith('arn:') && { arn: SubscriptionArn }),
        }),
      ),
    ),
} as const satisfies Reading;
