import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import rule from '../../../rules/root-activity-alert/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { TOPIC, tellsPeople } from '../support/tells-people.ts';

const METRIC = { metricNamespace: 'CIS', metricName: 'RootUse', metricValue: '1' };

/** A trail with a log group, a rule whose topic lets nobody publish, and an alarm that five events set off. */
async function nearlyThere(client: object): Promise<void> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'trail-logs' }));
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
      AlarmActions: [TOPIC],
    }),
  );
  const events = new EventBridgeClient(client);
  await events.send(
    new PutRuleCommand({ Name: 'root', EventPattern: '{"detail":{"userIdentity":{"type":["Root"]}}}' }),
  );
  await events.send(new PutTargetsCommand({ Rule: 'root', Targets: [{ Id: 'sns', Arn: TOPIC }] }));
  const cloudtrail = new CloudTrailClient(client);
  await cloudtrail.send(
    new CreateTrailCommand({
      Name: 'main',
      S3BucketName: 'trail-logs',
      IsMultiRegionTrail: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${MOTO_ACCOUNT}:log-group:trail:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/trail`,
    }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: 'main' }));
}

tellsPeople({
  rule,
  situations: [
    { situation: 'an account without a trail', found: async () => {} },
    { situation: 'alerts that reach nobody', found: nearlyThere },
  ],
});
