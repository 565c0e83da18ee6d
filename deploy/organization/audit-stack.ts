import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnFindingAggregator } from 'aws-cdk-lib/aws-securityhub';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { controls } from '../../catalogue/index.ts';
import { acknowledge } from '../account/acknowledge.ts';
import { deployedCode, ORGANIZATION_SUMMARY } from '../account/code.ts';
import { PackFunction } from '../account/function.ts';
import { encrypt, FIVE_MINUTES, failureAlarm, ownTopic } from '../account/monitoring.ts';
import { namesOf } from '../account/names.ts';
import type { CodeOf } from '../account/pack.ts';
import { whyWide } from '../account/resources.ts';
import { scheduleRole } from '../account/schedule.ts';
import { roleSettings, tagAll } from '../account/shared.ts';
import { Fleet, readsResults, resultsBucketName } from '../fleet/construct.ts';
import { FindingViews } from '../security-hub/views.ts';
import { fleetOf } from '../settings/fleet.ts';
import type { Settings } from '../settings/index.ts';
import { OrganizationError } from './member.ts';
import { queriesOf } from './queries.ts';
import type { SEVERITIES } from './summary.ts';
import type { WeeklyInput } from './weekly.ts';

export interface AuditStackProps extends StackProps {
  /** With an organization. */
  readonly settings: Settings;
  readonly code?: CodeOf;
}

/**
 * What the audit account sees of all others, in its home Region: the aggregator of AWS Config with its queries, Security
 * Hub's findings of all Regions, and the weekly mail. The account is delegated administrator of both services.
 */
export class AuditStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { settings, code = deployedCode(settings), ...props }: AuditStackProps,
  ) {
    const { organization, homeRegion } = settings;
    if (!organization) throw new OrganizationError('organization is off: there is nothing to aggregate');
    super(scope, id, {
      description: 'Groundrules: the audit account of the organization',
      ...props,
      env: { account: organization.auditAccountId, region: homeRegion },
    });
    tagAll(this, settings);
    const aggregator = this.#aggregate(settings);
    this.#queries(settings);
    if (settings.securityHub !== false && settings.securityHub.findings) {
      this.#findings(settings, organization.findingAggregator);
    }
    this.#mail(settings, code, aggregator);
  }

  #aggregate(settings: Settings): config.CfnConfigurationAggregator {
    const role = new iam.Role(this, 'AggregatorRole', {
      ...roleSettings(this, settings),
      description: 'Lists the accounts of the organization for the aggregator of AWS Config',
      // Without aws:SourceAccount: AWS documents it for the recorder's role, and for no aggregator's.
      // https://docs.aws.amazon.com/config/latest/developerguide/aggregated-create.html
      assumedBy: new iam.ServicePrincipal('config.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSConfigRoleForOrganizations'),
      ],
    });
    acknowledge(role, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSConfigRoleForOrganizations]':
        'AWS keeps this policy for exactly this role: it lists accounts and delegated administrators.',
    });
    return new config.CfnConfigurationAggregator(this, 'Aggregator', {
      configurationAggregatorName: settings.namePrefix,
      organizationAggregationSource: { roleArn: role.roleArn, allAwsRegions: true },
    });
  }

  #queries({ namePrefix }: Settings): void {
    for (const { name, description, expression } of queriesOf(namePrefix)) {
      new config.CfnStoredQuery(this, `Query-${name}`, {
        queryName: name,
        queryDescription: description,
        queryExpression: expression,
      });
    }
  }

  /**
   * An account has one finding aggregator. Views are made after it, because automation rules are then made in its
   * Region alone.
   */
  #findings(settings: Settings, hasOwn: boolean): void {
    const views = new FindingViews(this, 'Views', { settings });
    if (!hasOwn) return;
    views.node.addDependency(
      new CfnFindingAggregator(this, 'Findings', { regionLinkingMode: 'ALL_REGIONS' }),
    );
  }

  #mail(settings: Settings, code: CodeOf, aggregator: config.CfnConfigurationAggregator): void {
    const names = namesOf(settings);
    // Not the names of the account stack, which this account has as well.
    const failures = new sqs.Queue(this, 'Failures', {
      queueName: names.other('summary-failures'),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    encrypt(failures, settings);
    acknowledge(failures, { 'AwsSolutions-SQS3': 'This is itself where failures go.' });
    const topic = this.#topic(settings);
    const hasFleet = fleetOf(settings) !== undefined;
    const { function: made, role } = new PackFunction(this, 'Summary', {
      functionName: names.function(ORGANIZATION_SUMMARY),
      description: 'Writes the weekly mail about the whole organization',
      code: code(ORGANIZATION_SUMMARY),
      statements: [
        new iam.PolicyStatement({
          actions: [
            'config:DescribeAggregateComplianceByConfigRules',
            'config:DescribeAggregateComplianceByConformancePacks',
          ],
          resources: [aggregator.attrConfigurationAggregatorArn],
        }),
        // The action has no resource types.
        new iam.PolicyStatement({ actions: ['organizations:ListAccounts'], resources: ['*'] }),
        new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }),
        ...(hasFleet ? readsResults(settings) : []),
      ],
      ...(hasFleet && { environment: { GROUNDRULES_BUCKET: resultsBucketName(settings) } }),
      memoryMegabytes: 512,
      // 5,000 accounts in four Regions are some 1,300 pages, one after the other (docs/organization.md).
      timeoutSeconds: 900,
      failures,
      settings,
    });
    acknowledge(role, {
      ...whyWide(['*'], 'organizations:ListAccounts knows no resources'),
      ...whyWide(
        hasFleet ? readsResults(settings).flatMap(({ resources }) => resources) : [],
        'It reads two folders of the bucket of results',
      ),
    });
    if (settings.notifications.alarms) {
      this.#alarms(settings, made, failures, topic);
    }
    this.#schedule(settings, made, failures, topic);
    if (fleetOf(settings)) {
      new Fleet(this, 'Fleet', { settings, code, failures, topic });
    }
  }

  /** Not with the account stack's names, which this account may have as well. */
  #alarms(settings: Settings, made: lambda.IFunction, failures: sqs.IQueue, topic: sns.ITopic): void {
    const period = FIVE_MINUTES;
    const metrics = {
      errors: made.metricErrors({ period }),
      throttles: made.metricThrottles({ period }),
      failures: failures.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
    };
    for (const [what, metric] of Object.entries(metrics)) {
      failureAlarm(this, `Alarm-${what}`, topic, {
        alarmName: `${namesOf(settings).function(ORGANIZATION_SUMMARY)}-${what}`,
        alarmDescription: 'The weekly mail was not written: the log of its function says why.',
        metric,
      });
    }
  }

  #topic(settings: Settings): sns.ITopic {
    const { topicArn, emails } = settings.notifications;
    const [, , , region, account] = topicArn?.split(':') ?? [];
    if (topicArn && account === this.account && region === this.region) {
      return sns.Topic.fromTopicArn(this, 'Topic', topicArn);
    }
    return ownTopic(this, { topicName: namesOf(settings).other('summary'), emails, settings });
  }

  #schedule(
    settings: Settings,
    { functionArn }: lambda.IFunction,
    failures: sqs.IQueue,
    topic: sns.ITopic,
  ): void {
    const role = scheduleRole(this, {
      description: 'Starts the weekly mail',
      action: 'lambda:InvokeFunction',
      targetArn: functionArn,
      failures,
      settings,
    });
    const { excludedAccounts, language } = settings.organization || { excludedAccounts: [], language: 'en' };
    const input: WeeklyInput = {
      // EventBridge Scheduler fills it in (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html).
      time: '<aws.scheduler.scheduled-time>',
      aggregator: settings.namePrefix,
      packPrefix: namesOf(settings).pack(''),
      topicArn: topic.topicArn,
      ...(fleetOf(settings) && { results: true }),
      ...(language !== 'en' && { language }),
      controls: controlsBySeverity(),
      ...(excludedAccounts.length > 0 && { excludedAccounts: [...new Set(excludedAccounts)] }),
    };
    new CfnSchedule(this, 'Weekly', {
      name: namesOf(settings).other('weekly-summary'),
      description: 'The weekly mail about the whole organization',
      // Not on the hour, because most schedules are.
      scheduleExpression: 'cron(23 6 ? * MON *)',
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failures.queueArn },
        input: this.toJsonString(input),
      },
    });
  }
}

/** Every control, because the function learns from the rules which are on. */
const controlsBySeverity = (): WeeklyInput['controls'] => {
  const of = (severity: (typeof SEVERITIES)[number]) =>
    controls.filter((control) => control.severity === severity).map(({ id }) => id);
  return { CRITICAL: of('CRITICAL'), HIGH: of('HIGH'), MEDIUM: of('MEDIUM'), LOW: of('LOW') };
};
