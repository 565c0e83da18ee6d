/** What tells people: the queue of what failed, the topic, the alarms, the dashboard. */
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionName } from '../automation/index.ts';
import { acknowledge } from './acknowledge.ts';
import { DASHBOARD_NAME, FAILURES_NAME, TOPIC_NAME } from './names.ts';
import type { Settings } from './settings/index.ts';

/** The queue of events that a function failed on, retries and all. They stay for fourteen days, SQS's longest. */
export class FailureQueue extends sqs.Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      queueName: FAILURES_NAME,
      // SQS's own key: AWS's KMS key does not let Lambda send, and one of the customer's costs a dollar a month a Region.
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // The evaluations of a Region that is given up matter to nobody.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this, { 'AwsSolutions-SQS3': 'This is itself where failures go.' });
  }
}

/** Where alarms are published: the settings' topic in that topic's own Region, one of our own in all others. */
export class Notifications extends Construct {
  readonly topic: sns.ITopic;

  constructor(scope: Construct, id: string, { topicArn, emails }: Settings['notifications'], region: string) {
    super(scope, id);
    if (topicArn?.split(':')[3] === region) {
      this.topic = sns.Topic.fromTopicArn(this, 'Topic', topicArn);
      return;
    }
    this.topic = ownTopic(this, { topicName: TOPIC_NAME, emails });
  }
}

export interface OwnTopic {
  readonly topicName: string;
  /** Who is told: each has to confirm by mail. */
  readonly emails: readonly string[];
}

/** A topic that alarms of this account may publish to, as `Topic` in a scope. */
export function ownTopic(scope: Construct, { topicName, emails }: OwnTopic): sns.Topic {
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
  acknowledge(topic, {
    'NIST.800.53.R5-SNSEncryptedKMS':
      'CloudWatch cannot publish to a topic with the key of AWS, and a customer key costs a dollar a month in every Region. Messages name alarms, accounts and what root lacks, and go out as mail, which no key covers. notifications.topicArn takes a topic with a key of your own.',
  });
  return topic;
}

export const FIVE_MINUTES = Duration.minutes(5);

/** An alarm that tells a topic as soon as there is one of what should not be at all. */
export function failureAlarm(
  scope: Construct,
  id: string,
  topic: sns.ITopic,
  props: Pick<cloudwatch.AlarmProps, 'alarmName' | 'alarmDescription' | 'metric'>,
): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, id, {
    ...props,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // A function that nothing invokes has no data: that is no failure.
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  return alarm;
}

export interface AlarmsProps {
  /** By id: the rule's, the fix's, or the deployment's own. */
  readonly functions: ReadonlyMap<string, lambda.IFunction>;
  readonly failures: sqs.IQueue;
  readonly topic: sns.ITopic;
}

/** On the errors and throttles of each function, and on the queue of what they failed on. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { functions, failures, topic }: AlarmsProps) {
    super(scope, id);
    for (const [id, one] of functions) {
      const name = functionName(id);
      this.#add(`${name}-errors`, topic, one.metricErrors({ period: FIVE_MINUTES }), {
        alarmName: `${name}-errors`,
        alarmDescription: `${name} could not judge everything, or failed: its log says what, and where to look first is docs/deploy.md.`,
      });
      this.#add(`${name}-throttles`, topic, one.metricThrottles({ period: FIVE_MINUTES }), {
        alarmName: `${name}-throttles`,
        alarmDescription: `${name} was not started: the account's, or its own reserved, concurrency is used up.`,
      });
    }
    const visible = failures.metricApproximateNumberOfMessagesVisible({
      period: FIVE_MINUTES,
      statistic: cloudwatch.Stats.MAXIMUM,
    });
    this.#add('Failures', topic, visible, {
      alarmName: FAILURES_NAME,
      alarmDescription: `Events lie in ${FAILURES_NAME} that a function failed on three times. They stay for 14 days.`,
    });
  }

  #add(
    id: string,
    topic: sns.ITopic,
    metric: cloudwatch.IMetric,
    texts: Pick<cloudwatch.AlarmProps, 'alarmName' | 'alarmDescription'>,
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
  constructor(scope: Construct, id: string, shown: readonly Shown[]) {
    super(scope, id);
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { dashboardName: DASHBOARD_NAME });
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
              dimensionsMap: { QueueName: FAILURES_NAME },
            }),
          ],
        }),
      );
    }
  }
}
