import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/root-activity-alert/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { type Rival, remediates } from '../support/remediation.ts';
import { allowing, ownTopic, SNS_AS_AWS_HAS_IT, subscribes, TEAM } from '../support/sns.ts';

const NAME = 'groundrules-root-activity';
const NotificationEmail = 'root-alerts@moonjar.example';
const PATTERN = '{"detail":{"userIdentity":{"type":["Root"]}}}';

const METRIC = { metricNamespace: 'CIS', metricName: 'RootUse', metricValue: '1' };
/** The trail's log group, with a metric filter and an alarm that five events set off. */
const LOGS = {
  CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${MOTO_ACCOUNT}:log-group:trail:*`,
  CloudWatchLogsRoleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/trail`,
};
async function slowAlarm(client: object): Promise<string> {
  const logs = new CloudWatchLogsClient(client);
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'trail' }));
  await logs.send(
    new PutMetricFilterCommand({
      logGroupName: 'trail',
      filterName: 'root-use',
      filterPattern: '{ $.userIdentity.type = "Root" }',
      metricTransformations: [METRIC],
    }),
  );
  await new CloudWatchClient(client).send(
    new PutMetricAlarmCommand({
      AlarmName: 'root-use',
      Namespace: METRIC.metricNamespace,
      MetricName: METRIC.metricName,
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [TEAM],
    }),
  );
  return trailWith(client, LOGS);
}

/** A trail of all Regions that logs. */
async function trailWith(client: object, more: object): Promise<string> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'trail-logs' }));
  const cloudtrail = new CloudTrailClient(client);
  await cloudtrail.send(
    new CreateTrailCommand({ Name: 'main', S3BucketName: 'trail-logs', IsMultiRegionTrail: true, ...more }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: 'main' }));
  return MOTO_ACCOUNT;
}

const trail = (client: object) => trailWith(client, {});

async function eventRule(
  client: object,
  Name: string,
  EventPattern: string,
  Arn?: string,
  State?: 'DISABLED',
) {
  const events = new EventBridgeClient(client);
  await events.send(new PutRuleCommand({ Name, EventPattern, State }));
  if (Arn) await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'theirs', Arn }] }));
}

const and =
  (...makes: ((client: object) => Promise<unknown>)[]) =>
  async (client: object) => {
    await trail(client);
    for (const make of makes) await make(client);
    return MOTO_ACCOUNT;
  };

const allows: Rival = {
  does: 'lets somebody else publish to the topic',
  strike: (client) => allowing(client, 'team-alerts'),
  holds: (now) => expect(JSON.stringify(now)).toContain('TheirsSince'),
  duringUndo: true,
};

/** Somebody else's, by the name of the topic that the run makes; none where that is not there. */
const SINCE = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:${NAME}`;
const hasTopic = (client: object) =>
  new SNSClient(client).send(new GetTopicAttributesCommand({ TopicArn: SINCE })).then(
    () => true,
    () => false,
  );
const publishes: Rival = {
  does: 'publishes to the topic by a rule of their own',
  async strike(client) {
    if (!(await hasTopic(client))) return false;
    await eventRule(client, 'theirs-since', '{"source":["aws.health"]}', SINCE);
    return true;
  },
  holds(now) {
    const seen = JSON.stringify(now);
    expect(seen).toContain('theirs-since');
    expect(seen).toContain(`topic ${SINCE}`);
  },
  duringUndo: true,
};
const describes: Rival = {
  does: 'describes the rule',
  async strike(client) {
    const events = new EventBridgeClient(client);
    const rule = await events.send(new DescribeRuleCommand({ Name: NAME })).catch(() => undefined);
    if (!rule) return false;
    const { EventPattern, State } = rule;
    await events.send(new PutRuleCommand({ Name: NAME, EventPattern, State, Description: 'Ask Jin first.' }));
    return true;
  },
  holds: (now) => expect(JSON.stringify(now)).toContain('Ask Jin first.'),
  duringUndo: true,
};

remediates({
  rule,
  // What counts is in us-east-1 all the same.
  region: 'ap-northeast-2',
  mend: SNS_AS_AWS_HAS_IT,
  scenarios: [
    {
      situation: 'a trail, and nobody is told',
      found: trail,
      parameters: { NotificationEmail },
      changes: /groundrules-root-activity/,
      awaits: /waiting for the confirmation: root-alerts@moonjar\.example/,
      rivals: [publishes, describes],
    },
    {
      situation: 'a topic of theirs that other services publish to',
      found: and(ownTopic('team-alerts', 'confirmed-team@moonjar.example')),
      parameters: { TopicArn: TEAM },
      changes: /rule groundrules-root-activity|team-alerts: policy/,
      rivals: [allows],
    },
    {
      situation: 'a topic of the name that somebody uses already',
      found: and(ownTopic(NAME, 'confirmed-team@moonjar.example')),
      parameters: { NotificationEmail: 'confirmed-root@moonjar.example' },
      changes: /groundrules-root-activity/,
      rivals: [
        {
          does: 'subscribes another address',
          strike: (client) => subscribes(client, NAME, 'confirmed-late@moonjar.example'),
          holds: (now) => expect(JSON.stringify(now)).toContain('confirmed-late'),
          duringUndo: true,
        },
      ],
    },
    {
      situation: 'a rule that would do, but is off',
      found: and(ownTopic('team-alerts', 'confirmed-team@moonjar.example', true), (client) =>
        eventRule(client, 'root-use', PATTERN, TEAM, 'DISABLED'),
      ),
      changes: /^rule root-use$/,
      message: /Changed: rule root-use enabled in us-east-1/,
    },
  ],
  refusals: [
    {
      situation: 'no trail',
      found: async () => MOTO_ACCOUNT,
      parameters: { NotificationEmail },
      message: /no trail logs it.*a trail first/,
    },
    {
      situation: 'nobody says whom to tell, and an alarm waits for five events',
      found: slowAlarm,
      message: /set NotificationEmail, or TopicArn to a topic in us-east-1/,
    },
    {
      situation: 'a rule of the name that is not ours',
      found: and((client) => eventRule(client, NAME, '{"source":["aws.s3"]}')),
      parameters: { NotificationEmail },
      message: /there is a rule groundrules-root-activity already, with another pattern/,
    },
    {
      situation: 'a topic of another account',
      found: trail,
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:999988887777:alerts' },
      message: /is not a topic of this account/,
    },
    {
      situation: 'a topic of another Region',
      found: trail,
      parameters: { TopicArn: TEAM.replace('us-east-1', 'eu-west-1') },
      message: /is no topic in us-east-1/,
    },
    {
      situation: 'a topic that is not there',
      found: trail,
      parameters: { TopicArn: TEAM },
      message: /there is no topic team-alerts in us-east-1/,
    },
    {
      situation: "a topic under SNS's own key",
      found: and(async (client) => {
        const Attributes = { KmsMasterKeyId: 'alias/aws/sns' };
        await new SNSClient(client).send(new CreateTopicCommand({ Name: 'team-alerts', Attributes }));
      }),
      parameters: { TopicArn: TEAM },
      message: /encrypted with alias\/aws\/sns/,
    },
    {
      situation: 'EventBridge is not to count',
      found: trail,
      parameters: { NotificationEmail, acceptEventBridge: 'false' },
      message: /which acceptEventBridge does not accept/,
    },
  ],
});
