/** How people learn of failures: the queue of failed events, the topic, the alarms, the dashboard. */
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { readSettings, type Settings } from '../settings/index.ts';
import { acknowledge } from './acknowledge.ts';
import { namesOf } from './names.ts';
import { keyArnOf } from './shared.ts';

/** The queue of events that a function failed on, retries and all. They stay for fourteen days, SQS's longest. */
export class FailureQueue extends sqs.Queue {
  /** @param settings its name and its key; the defaults unless they are said. */
  constructor(scope: Construct, id: string, settings: Settings = readSettings({})) {
    super(scope, id, {
      queueName: namesOf(settings).other('failures'),
      // SQS's own key: AWS's KMS key does not let Lambda send, and one of the customer's costs a dollar a month a Region.
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // The queue goes with the stack, because nobody needs the failed events of a Region that is given up.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    encrypt(this, settings);
    acknowledge(this, { 'AwsSolutions-SQS3': 'This is itself where failures go.' });
  }
}

/**
 * Encrypts a queue with the key of the settings, where they have one. It does not use the CDK's property, because the
 * CDK would then let every EventBridge rule send, and expects a key of the same stack.
 */
export function encrypt(queue: sqs.Queue, settings: Settings): void {
  const keyArn = keyArnOf(queue, settings);
  if (keyArn === undefined) return;
  const made = queue.node.defaultChild as sqs.CfnQueue;
  made.sqsManagedSseEnabled = undefined;
  made.kmsMasterKeyId = keyArn;
}

/** Where alarms are published: the settings' topic in that topic's own Region, one of our own in all others. */
export class Notifications extends Construct {
  readonly topic: sns.ITopic;

  constructor(scope: Construct, id: string, settings: Settings, region: string) {
    super(scope, id);
    const { topicArn, emails } = settings.notifications;
    if (topicArn?.split(':')[3] === region) {
      this.topic = sns.Topic.fromTopicArn(this, 'Topic', topicArn);
      return;
    }
    this.topic = ownTopic(this, { topicName: namesOf(settings).other('notifications'), emails, settings });
  }
}

export interface OwnTopic {
  readonly topicName: string;
  /** Addresses that are told. Each has to confirm by mail. */
  readonly emails: readonly string[];
  readonly settings: Settings;
}

/** A topic that alarms of this account may publish to, as `Topic` in a scope. */
export function ownTopic(scope: Construct, { topicName, emails, settings }: OwnTopic): sns.Topic {
  const topic = new sns.Topic(scope, 'Topic', { topicName, displayName: 'Groundrules', enforceSSL: true });
  topic.applyRemovalPolicy(RemovalPolicy.DESTROY);
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: {
          'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`,
        },
      },
    }),
  );
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
  const keyArn = keyArnOf(scope, settings);
  if (keyArn !== undefined) {
    (topic.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = keyArn;
    return topic;
  }
  acknowledge(topic, {
    'NIST.800.53.R5-SNSEncryptedKMS':
      'CloudWatch cannot publish to a topic with the key of AWS, and a customer key costs a dollar a month in every Region. Messages name alarms, accounts and what root lacks, and go out as mail, which no key covers. kmsKeyArn gives it one, and notifications.topicArn takes a topic of your own.',
  });
  return topic;
}

export const FIVE_MINUTES = Duration.minutes(5);

type AlarmTexts = Pick<cloudwatch.AlarmProps, 'alarmName' | 'alarmDescription' | 'metric'> &
  Partial<Pick<cloudwatch.AlarmProps, 'evaluationPeriods'>>;

/** An alarm that tells a topic as soon as something happens that should never happen. */
export function failureAlarm(
  scope: Construct,
  id: string,
  topic: sns.ITopic,
  props: AlarmTexts,
): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, id, {
    evaluationPeriods: 1,
    ...props,
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // A function that nothing invokes has no data, which is no failure.
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  return alarm;
}

export interface AlarmsProps {
  readonly settings: Settings;
  /** By id: the rule's, the fix's, or the deployment's own. */
  readonly functions: ReadonlyMap<string, lambda.IFunction>;
  readonly failures: sqs.IQueue;
  readonly topic: sns.ITopic;
}

/**
 * One alarm, on the queue: Lambda sends an asynchronous event there before it drops it, whatever the reason is (its
 * retries, its age: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html), so that the
 * alarm tells of every lost event, and of no throttling that was only waited out. With `functionAlarms` two a
 * function besides.
 */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { settings, functions, failures, topic }: AlarmsProps) {
    super(scope, id);
    const names = namesOf(settings);
    for (const [id, one] of settings.notifications.functionAlarms ? functions : []) {
      const name = names.function(id);
      this.#add(`${name}-errors`, topic, one.metricErrors({ period: FIVE_MINUTES }), {
        alarmName: `${name}-errors`,
        alarmDescription: `${name} could not judge everything, or failed: its log says what, and where to look first is docs/deploy.md.`,
      });
      this.#add(`${name}-throttles`, topic, one.metricThrottles({ period: FIVE_MINUTES }), {
        alarmName: `${name}-throttles`,
        alarmDescription: `${name} has been waiting to be started for an hour: the account's, or its own reserved, concurrency is used up.`,
        // The first run of a pack is throttled for some minutes, and loses nothing: Lambda tries again for six hours.
        evaluationPeriods: 12,
      });
    }
    const failuresName = names.other('failures');
    const visible = failures.metricApproximateNumberOfMessagesVisible({
      period: FIVE_MINUTES,
      statistic: cloudwatch.Stats.MAXIMUM,
    });
    this.#add('Failures', topic, visible, {
      alarmName: failuresName,
      alarmDescription: `Events lie in ${failuresName} that Lambda, EventBridge or SQS has given up. They stay for 14 days.`,
    });
  }

  #add(
    id: string,
    topic: sns.ITopic,
    metric: cloudwatch.IMetric,
    texts: Pick<AlarmTexts, 'alarmName' | 'alarmDescription' | 'evaluationPeriods'>,
  ): void {
    const alarm = failureAlarm(this, id, topic, { ...texts, metric });
    alarm.addOkAction(new SnsAction(topic));
  }
}

/** What a dashboard shows of a Region. */
export interface Shown {
  readonly region: string;
  readonly functionNames: readonly string[];
}

/** One dashboard for all Regions: CloudWatch's are the account's, and cost three dollars each after the third. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, settings: Settings, shown: readonly Shown[]) {
    super(scope, id);
    const names = namesOf(settings);
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { dashboardName: names.dashboard });
    for (const { region, functionNames } of shown) {
      dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `## ${region}`, width: 24, height: 1 }));
      const graph = (title: string, metricName: string, statistic: string) =>
        new cloudwatch.GraphWidget({
          title,
          region,
          width: 6,
          left: functionNames.map(
            (FunctionName) =>
              new cloudwatch.Metric({
                namespace: 'AWS/Lambda',
                metricName,
                statistic,
                region,
                dimensionsMap: { FunctionName },
                label: FunctionName,
              }),
          ),
        });
      dashboard.addWidgets(
        graph('Runs', 'Invocations', cloudwatch.Stats.SUM),
        graph('Errors', 'Errors', cloudwatch.Stats.SUM),
        graph('Duration, ms', 'Duration', cloudwatch.Stats.MAXIMUM),
        new cloudwatch.GraphWidget({
          title: 'Events that failed',
          region,
          width: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              statistic: cloudwatch.Stats.MAXIMUM,
              region,
              dimensionsMap: { QueueName: names.other('failures') },
            }),
          ],
        }),
      );
    }
  }
}
