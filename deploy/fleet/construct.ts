import { Aws, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from '../account/acknowledge.ts';
import { INLINE, PackFunction, type PackFunctionProps } from '../account/function.ts';
import { FIVE_MINUTES, failureAlarm } from '../account/monitoring.ts';
import { namesOf } from '../account/names.ts';
import type { CodeOf } from '../account/pack.ts';
import { whyWide } from '../account/resources.ts';
import { scheduleRole } from '../account/schedule.ts';
import { keyArnOf, roleSettings, useOfKey } from '../account/shared.ts';
import { type FleetSettings, fleetOf } from '../settings/fleet.ts';
import type { Settings } from '../settings/index.ts';
import { Queries } from './athena.ts';
import { FLEET_ACCOUNTS, FLEET_JUDGE, FLEET_REPORT, FOLDERS, MAP_FOLDER } from './layout.ts';
import { definitionOf } from './machine.ts';
import { judging, listing } from './statements.ts';

export interface FleetProps {
  /** With a fleet. */
  readonly settings: Settings;
  readonly code: CodeOf;
  readonly failures: sqs.IQueue;
  /** Who is told of a run that failed. */
  readonly topic: sns.ITopic;
}

type FunctionOf = Pick<
  PackFunctionProps,
  'description' | 'memoryMegabytes' | 'timeoutSeconds' | 'statements'
> & {
  readonly id: string;
};

/** The name of the bucket of results, in the audit account's home Region. */
export const resultsBucketName = ({ namePrefix }: Pick<Settings, 'namePrefix'>): string =>
  `${namePrefix}-results-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

/** For whoever counts results. */
export const readsResults = (settings: Pick<Settings, 'namePrefix'>): iam.PolicyStatement[] => {
  const bucket = `arn:${Aws.PARTITION}:s3:::${resultsBucketName(settings)}`;
  return [
    new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [FOLDERS.asked, FOLDERS.results].map((folder) => `${bucket}/${folder}*`),
    }),
    // Without it S3 denies what is not there.
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket] }),
  ];
};

/**
 * Judges the accounts of the organization from the audit account: a state machine that maps over them, a function that judges one,
 * and a bucket of what comes of it.
 */
export class Fleet extends Construct {
  readonly bucket: s3.Bucket;
  readonly #settings: Settings;
  readonly #fleet: FleetSettings;

  constructor(scope: Construct, id: string, { settings, code, failures, topic }: FleetProps) {
    super(scope, id);
    const { organization } = settings;
    const fleet = fleetOf(settings);
    if (!organization || !fleet) throw new Error('organization.fleet is off');
    this.#settings = settings;
    this.#fleet = fleet;
    this.bucket = this.#bucket();
    const functions = this.#functions(code, failures, organization.organizationId);
    const machine = this.#machine(functions);
    this.#schedule(machine, failures);
    if (settings.notifications.alarms) this.#alarm(machine, topic);
    new Queries(this, 'Queries', { settings, bucketName: resultsBucketName(settings) });
  }

  /** With names in it, not with tokens: reasons for cdk-nag are by ARN. */
  get #bucketArn(): string {
    return `arn:${Aws.PARTITION}:s3:::${resultsBucketName(this.#settings)}`;
  }

  #objects(folder: string): string {
    return `${this.#bucketArn}/${folder}*`;
  }

  #bucket(): s3.Bucket {
    const keyArn = keyArnOf(this, this.#settings);
    const { retentionDays } = this.#fleet;
    const expire = (prefix: string, days: number) => ({ prefix, expiration: Duration.days(days) });
    const bucket = new s3.Bucket(this, 'Results', {
      bucketName: resultsBucketName(this.#settings),
      ...(keyArn === undefined
        ? { encryption: s3.BucketEncryption.S3_MANAGED }
        : {
            encryption: s3.BucketEncryption.KMS,
            encryptionKey: kms.Key.fromKeyArn(this, 'Key', keyArn),
            bucketKeyEnabled: true,
          }),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [
        ...[FOLDERS.results, FOLDERS.runs].map((prefix) => expire(prefix, retentionDays)),
        // Pages are twenty times what the lines are that they are made of.
        ...[FOLDERS.asked, FOLDERS.reports, `${MAP_FOLDER}/`].map((prefix) => expire(prefix, 30)),
        expire(FOLDERS.queries, 7),
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
      // Of a deployment that failed it is empty, and the next attempt needs its name.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const remade = 'A run makes all of it again, and the lifecycle ends it';
    acknowledge(bucket, {
      'AwsSolutions-S1':
        'It says what is wrong in which account: the data events of a trail tell who read it.',
      'NIST.800.53.R5-S3BucketLoggingEnabled':
        'It says what is wrong in which account: the data events of a trail tell who read it.',
      'NIST.800.53.R5-S3BucketReplicationEnabled': `${remade}.`,
      'NIST.800.53.R5-S3BucketVersioningEnabled': `${remade}: versions would outlive it.`,
      ...(keyArn === undefined && {
        'NIST.800.53.R5-S3DefaultEncryptionKMS':
          'S3 encrypts it with keys of its own. A customer key costs requests at each object: kmsKeyArn sets one.',
      }),
    });
    return bucket;
  }

  #functions(code: CodeOf, failures: sqs.IQueue, organizationId: string) {
    const allow = (actions: readonly string[], resources: readonly string[], conditions?: object) =>
      new iam.PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions && { conditions }),
      });
    const objects = (action: 'GetObject' | 'PutObject', ...folders: string[]) =>
      allow(
        [`s3:${action}`],
        folders.map((folder) => this.#objects(folder)),
      );
    return {
      accounts: this.#function(code, failures, {
        id: FLEET_ACCOUNTS,
        description: 'Lists the accounts of the organization that a run judges',
        memoryMegabytes: 512,
        timeoutSeconds: 900,
        statements: [
          allow(
            [
              'organizations:DescribeOrganization',
              'organizations:ListAccountsForParent',
              'organizations:ListOrganizationalUnitsForParent',
              'organizations:ListRoots',
            ],
            ['*'],
          ),
          objects('PutObject', FOLDERS.asked),
          ...listing(this.#fleet),
        ],
      }),
      judge: this.#function(code, failures, {
        id: FLEET_JUDGE,
        description: 'Judges an account of the organization by all rules',
        memoryMegabytes: this.#fleet.memoryMegabytes,
        timeoutSeconds: this.#fleet.timeoutSeconds,
        statements: [...judging(this.#fleet, organizationId), objects('PutObject', FOLDERS.results)],
      }),
      report: this.#function(code, failures, {
        id: FLEET_REPORT,
        description:
          'Ends a run over the organization: counts, its report, and accounts that nothing came of',
        memoryMegabytes: 2048,
        timeoutSeconds: 900,
        statements: [
          objects('GetObject', FOLDERS.asked, FOLDERS.results),
          objects('PutObject', FOLDERS.asked, FOLDERS.results, FOLDERS.reports, FOLDERS.runs),
          allow(['s3:ListBucket'], [this.#bucketArn], {
            StringLike: { 's3:prefix': [`${FOLDERS.results}*`, `${FOLDERS.reports}*`] },
          }),
        ],
      }),
    };
  }

  #function(code: CodeOf, failures: sqs.IQueue, { id, ...props }: FunctionOf): PackFunction {
    const settings = this.#settings;
    return new PackFunction(this, id, {
      ...props,
      functionName: namesOf(settings).function(id),
      code: code(id),
      wide: 'It is held to folders of buckets and to accounts of the organization, whose lists have no resources',
      environment: { GROUNDRULES_BUCKET: this.bucket.bucketName },
      failures,
      settings: {
        ...settings,
        // What is said of each rule's function is not meant for these.
        functions: {
          ...settings.functions,
          memoryMegabytes: undefined,
          timeoutSeconds: undefined,
          reservedConcurrency: undefined,
        },
      },
    });
  }

  #machine({ accounts, judge, report }: Readonly<Record<'accounts' | 'judge' | 'report', PackFunction>>) {
    const settings = this.#settings;
    const name = namesOf(settings).other('fleet');
    const arnOf = (kind: string, rest = '') =>
      `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}:${name}${rest}`;
    const keyArn = keyArnOf(this, settings);
    const log = new logs.LogGroup(this, 'Log', {
      // So that the policy by which services write logs does not grow with each machine:
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: settings.functions.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(keyArn !== undefined && { encryptionKey: kms.Key.fromKeyArn(this, 'LogKey', keyArn) }),
    });
    if (keyArn === undefined) {
      acknowledge(log, {
        'NIST.800.53.R5-CloudWatchLogGroupEncrypted':
          'CloudWatch Logs encrypts it with a key of its own, and it has no data of accounts but their ids: kmsKeyArn sets one.',
      });
    }
    const functions = [accounts, judge, report].map(({ function: one }) => one);
    const role = this.#machineRole(arnOf, functions);
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionString: Stack.of(this).toJsonString(
        definitionOf({
          partition: Aws.PARTITION,
          bucket: this.bucket.bucketName,
          accounts: accounts.function.functionArn,
          judge: judge.function.functionArn,
          report: report.function.functionArn,
          maxConcurrency: this.#fleet.maxConcurrency,
          toleratedFailurePercentage: this.#fleet.toleratedFailurePercentage,
          timeoutSeconds: this.#fleet.timeoutSeconds,
        }),
      ),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
      },
      ...(keyArn !== undefined && {
        encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: keyArn },
      }),
    });
    machine.node.addDependency(role);
    acknowledge(machine, {
      'AwsSolutions-SF2':
        'A run is a few steps and two maps, whose history Step Functions keeps for 90 days.',
    });
    this.#outputs(accounts, judge);
    return machine;
  }

  #outputs(accounts: PackFunction, judge: PackFunction): void {
    const { deliveryBucket } = this.#fleet;
    new CfnOutput(Stack.of(this), 'FleetRole', {
      description:
        deliveryBucket === undefined
          ? 'Who assumes the reader role: TrustedPrincipal of groundrules template --reader-role'
          : 'Who reads the bucket that AWS Config delivers to, and assumes the reader role (withLive)',
      value: judge.role.roleArn,
    });
    if (deliveryBucket !== undefined) {
      new CfnOutput(Stack.of(this), 'FleetListingRole', {
        description: 'Who lists the accounts of the bucket that AWS Config delivers to',
        value: accounts.role.roleArn,
      });
    }
    new CfnOutput(Stack.of(this), 'FleetBucket', {
      description: 'The results and the runs',
      value: this.bucket.bucketName,
    });
  }

  /** As AWS has it for a Distributed Map: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
  #machineRole(arnOf: (kind: string, rest?: string) => string, functions: readonly lambda.IFunction[]) {
    const machine = arnOf('stateMachine');
    const executions = arnOf('execution', ':*');
    const map = this.#objects(`${MAP_FOLDER}/`);
    const asked = this.#objects(FOLDERS.asked);
    const allow = (actions: readonly string[], resources: readonly string[]) =>
      new iam.PolicyStatement({ actions: [...actions], resources: [...resources] });
    const role = new iam.Role(this, 'MachineRole', {
      ...roleSettings(this, this.#settings),
      description: 'Runs the state machine over the accounts of the organization',
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': machine },
        },
      }),
      inlinePolicies: {
        Machine: new iam.PolicyDocument({
          statements: [
            allow(
              ['lambda:InvokeFunction'],
              functions.map(({ functionArn }) => functionArn),
            ),
            allow(['states:StartExecution'], [machine]),
            allow(['states:DescribeExecution', 'states:StopExecution'], [executions]),
            allow(['s3:GetObject'], [asked]),
            allow(
              ['s3:GetObject', 's3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
              [map],
            ),
            // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
            allow(
              [
                'logs:CreateLogDelivery',
                'logs:DeleteLogDelivery',
                'logs:DescribeLogGroups',
                'logs:DescribeResourcePolicies',
                'logs:GetLogDelivery',
                'logs:ListLogDeliveries',
                'logs:PutResourcePolicy',
                'logs:UpdateLogDelivery',
              ],
              ['*'],
            ),
            ...useOfKey(keyArnOf(this, this.#settings)),
          ],
        }),
      },
    });
    acknowledge(role, {
      ...INLINE,
      ...whyWide(
        [executions, map, asked, '*'],
        'Step Functions names executions and what it writes of them, and delivery of logs knows no resources',
      ),
    });
    return role;
  }

  #schedule(machine: CfnStateMachine, failures: sqs.IQueue): void {
    const settings = this.#settings;
    const role = scheduleRole(this, {
      description: 'Starts the run over the accounts of the organization',
      action: 'states:StartExecution',
      targetArn: machine.attrArn,
      failures,
      settings,
    });
    new CfnSchedule(this, 'Schedule', {
      name: namesOf(settings).other('fleet'),
      description: 'The run over the accounts of the organization',
      scheduleExpression: this.#fleet.schedule,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: machine.attrArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failures.queueArn },
        input: '{}',
      },
    });
  }

  #alarm(machine: CfnStateMachine, topic: sns.ITopic): void {
    failureAlarm(this, 'Alarm', topic, {
      alarmName: `${namesOf(this.#settings).other('fleet')}-failed`,
      alarmDescription:
        'A run over the accounts of the organization failed: its execution in Step Functions says why (docs/fleet.md).',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsFailed',
        dimensionsMap: { StateMachineArn: machine.attrArn },
        period: FIVE_MINUTES,
        statistic: 'Sum',
      }),
    });
  }
}
