/** What the `aws` command prints of an account in which somebody is told of what root does. */
import { ACCOUNT } from './memory.ts';

type Json = Record<string, unknown>;

export const HERE = 'us-east-1';
export const THERE = 'ap-northeast-2';
export const OTHER = '999988887777';
export const GROUP = `arn:aws:logs:${HERE}:${ACCOUNT}:log-group:trail:*`;
export const CATCH_ALL: Json = { detail: { userIdentity: { type: ['Root'] } } };
/** As https://repost.aws/knowledge-center/root-user-account-eventbridge-rule has it. */
export const article: Json = {
  'detail-type': ['AWS Console Sign In via CloudTrail'],
  detail: { userIdentity: { type: ['Root'] } },
};

export const trail = (more: Json = {}): Json => ({
  Name: 'main',
  S3BucketName: 'trail-logs',
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  HomeRegion: HERE,
  TrailARN: `arn:aws:cloudtrail:${HERE}:${ACCOUNT}:trail/main`,
  LogFileValidationEnabled: true,
  HasCustomEventSelectors: true,
  HasInsightSelectors: false,
  IsOrganizationTrail: false,
  ...more,
});
export const trails = (list: readonly Json[], region = HERE): Json => ({
  [`${region}/cloudtrail/describe-trails.json`]: { trailList: list },
});
export const selectors = (said: Json, region = HERE): Json => ({
  [`${region}/cloudtrail/get-event-selectors/main.json`]: {
    TrailARN: `arn:aws:cloudtrail:${region}:${ACCOUNT}:trail/main`,
    ...said,
  },
});
/** The trail at its home, which logs all management events. */
export const mainTrail = (more: Json = {}, region = HERE): Json => ({
  ...trails([trail(more)], region),
  ...selectors({ EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }, region),
  [`${region}/cloudtrail/get-trail-status/main.json`]: { IsLogging: true },
});

export const rules = (list: readonly Json[], region = HERE): Json => ({
  [`${region}/events/list-rules.json`]: {
    Rules: list.map((one) => ({
      Arn: `arn:aws:events:${region}:${ACCOUNT}:rule/${one.Name}`,
      State: 'ENABLED',
      EventBusName: 'default',
      ...one,
    })),
  },
});
export const targets = (rule: string, one?: Json | readonly Json[], region = HERE): Json => ({
  [`${region}/events/list-targets-by-rule/${rule}.json`]: { Targets: one ? [one].flat() : [] },
});

export const topicArn = (account = ACCOUNT, region = HERE, name = 'alerts') =>
  `arn:aws:sns:${region}:${account}:${name}`;
export const snsTarget = ({
  account = ACCOUNT,
  region = HERE,
  name = 'alerts',
  role = false,
}: {
  readonly account?: string;
  readonly region?: string;
  readonly name?: string;
  readonly role?: boolean;
} = {}): Json => ({
  Id: name,
  Arn: topicArn(account, region, name),
  ...(role && { RoleArn: `arn:aws:iam::${ACCOUNT}:role/publishes` }),
});
export const busIn = (region: string, account = ACCOUNT, name = 'default'): Json => ({
  Id: 'bus',
  Arn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/forwards`,
});

/** Policies of the topic: for EventBridge, for one rule of it, for the owner (as SNS makes it), for nobody. */
export function policyFor(whom: 'events' | 'rule' | 'owner' | 'none', region = HERE): string {
  const statement = (Principal: Json, Condition?: Json) => ({
    Effect: 'Allow',
    Principal,
    Action: whom === 'owner' ? ['SNS:GetTopicAttributes', 'SNS:Publish'] : 'sns:Publish',
    Resource: topicArn(ACCOUNT, region),
    ...(Condition && { Condition }),
  });
  const events = { Service: 'events.amazonaws.com' };
  const statements = {
    events: [statement(events)],
    rule: [
      statement(events, {
        ArnEquals: { 'aws:SourceArn': `arn:aws:events:${region}:${ACCOUNT}:rule/root` },
        StringEquals: { 'aws:SourceAccount': ACCOUNT },
      }),
    ],
    owner: [statement({ AWS: '*' }, { StringEquals: { 'AWS:SourceOwner': ACCOUNT } })],
    none: [],
  };
  return JSON.stringify({ Version: '2008-10-17', Statement: statements[whom] });
}
export const topic = (Policy = policyFor('events'), more: Json = {}, region = HERE): Json => ({
  [`${region}/sns/get-topic-attributes/alerts.json`]: {
    Attributes: {
      TopicArn: topicArn(ACCOUNT, region),
      Owner: ACCOUNT,
      Policy,
      SubscriptionsConfirmed: '1',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      ...more,
    },
  },
});

export const filters = (list: readonly Json[]): Json => ({
  [`${HERE}/logs/describe-metric-filters.json`]: {
    metricFilters: list.map((one) => ({
      filterName: 'root-use',
      logGroupName: 'trail',
      creationTime: 1_750_000_000_000,
      metricTransformations: [{ metricName: 'RootUse', metricNamespace: 'CIS', metricValue: '1' }],
      ...one,
    })),
  },
});
export const alarm = (more: Json = {}): Json => ({
  AlarmName: 'root',
  AlarmArn: `arn:aws:cloudwatch:${HERE}:${ACCOUNT}:alarm:root`,
  ActionsEnabled: true,
  AlarmActions: [topicArn()],
  MetricName: 'RootUse',
  Namespace: 'CIS',
  Statistic: 'Sum',
  Dimensions: [],
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  ...more,
});
export const alarms = (MetricAlarms: readonly Json[], CompositeAlarms: readonly Json[] = []): Json => ({
  [`${HERE}/cloudwatch/describe-alarms.json`]: { MetricAlarms, CompositeAlarms },
});
