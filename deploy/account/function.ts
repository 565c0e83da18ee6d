import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../settings/index.ts';
import { acknowledge } from './acknowledge.ts';
import { whyWide } from './resources.ts';
import { keyArnOf, roleSettings, useOfKey } from './shared.ts';

/** Why a role has its policy inside. */
export const INLINE = {
  'NIST.800.53.R5-IAMNoInlinePolicy':
    'The policy is this role alone, made and deleted with it: a managed one could be attached to others.',
};

const ARCHITECTURES: Readonly<Record<Settings['architecture'], lambda.Architecture>> = {
  arm64: lambda.Architecture.ARM_64,
  x86_64: lambda.Architecture.X86_64,
};

export interface PackFunctionProps {
  /** The function's name in AWS. */
  readonly functionName: string;
  readonly description: string;
  readonly code: lambda.Code;
  /** What it may do besides writing its log. */
  readonly statements: readonly iam.PolicyStatement[];
  /** Why some of their resources have wildcards, where they do: a sentence without its full stop. */
  readonly wide?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Where an event goes that the function failed on, retries and all. */
  readonly failures: sqs.IQueue;
  readonly settings: Settings;
}

/**
 * A function with a role of its own, a log group whose events expire, and a queue for events that it failed on.
 *
 * Event sources retry asynchronous events twice; an event that still fails lies in the queue, so that none is lost.
 */
export class PackFunction extends Construct {
  readonly function: lambda.Function;
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: PackFunctionProps) {
    super(scope, id);
    const { functionName, failures } = props;
    const settings = props.settings.functions;
    const keyArn = keyArnOf(this, props.settings);
    const logGroup = logGroupOf(this, props, keyArn);
    this.role = roleOf(this, props, keyArn);
    this.function = new lambda.Function(this, 'Function', {
      functionName,
      description: props.description,
      code: props.code,
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: ARCHITECTURES[props.settings.architecture],
      // Immutable: otherwise CDK adds a policy for the queue, which the role has already.
      role: this.role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      tracing: lambda.Tracing.DISABLED,
      memorySize: settings.memoryMegabytes ?? props.memoryMegabytes,
      timeout: Duration.seconds(settings.timeoutSeconds ?? props.timeoutSeconds),
      ...(settings.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: settings.reservedConcurrency,
      }),
      ...(props.environment &&
        Object.keys(props.environment).length > 0 && { environment: { ...props.environment } }),
      onFailure: new SqsDestination(failures),
      retryAttempts: 2,
    });
    const made = this.function.node.defaultChild as lambda.CfnFunction;
    // The CDK adds a dependency on the role, which `Role` implies already (cfn-lint's W3005).
    made.addDeletionOverride('DependsOn');
    if (keyArn !== undefined) made.kmsKeyArn = keyArn;
    acknowledge(this.function, {
      'NIST.800.53.R5-LambdaInsideVPC':
        'It calls APIs of AWS and nothing else; in a VPC it would need endpoints for each of them.',
      'NIST.800.53.R5-LambdaDLQ':
        'It has a failure destination instead, a queue, which also says what the failure was.',
      ...(settings.reservedConcurrency === undefined && {
        'NIST.800.53.R5-LambdaConcurrency':
          'Reserved concurrency is taken from all other functions of the account: functions.reservedConcurrency sets it.',
      }),
    });
  }
}

/** The function's log, which ends after `functions.logRetentionDays`. */
function logGroupOf(
  scope: Construct,
  { functionName, settings }: PackFunctionProps,
  keyArn: string | undefined,
): logs.LogGroup {
  const logGroup = new logs.LogGroup(scope, 'Log', {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: settings.functions.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(keyArn !== undefined && { encryptionKey: kms.Key.fromKeyArn(scope, 'Key', keyArn) }),
  });
  if (keyArn === undefined) {
    acknowledge(logGroup, {
      'NIST.800.53.R5-CloudWatchLogGroupEncrypted':
        'CloudWatch Logs encrypts it with a key of its own. A customer key costs a dollar a month in every Region, for a log that names resources and says what is wrong with them, as the Config console does: kmsKeyArn sets one.',
    });
  }
  return logGroup;
}

/** The role that the function runs as: its statements, its log, its queue. */
function roleOf(scope: Construct, props: PackFunctionProps, keyArn: string | undefined): iam.Role {
  const { functionName, failures, statements, wide, settings } = props;
  const stream = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/lambda/${functionName}:log-stream:*`;
  const role = new iam.Role(scope, 'Role', {
    ...roleSettings(scope, settings),
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    description: `Runs the function ${functionName}`,
    inlinePolicies: {
      Function: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'WriteOwnLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [stream],
          }),
          new iam.PolicyStatement({
            sid: 'HandOnFailures',
            actions: ['sqs:SendMessage'],
            resources: [failures.queueArn],
          }),
          ...useOfKey(keyArn),
          ...statements,
        ],
      }),
    },
  });
  const resources = statements.flatMap((statement) => statement.resources);
  acknowledge(role, {
    ...INLINE,
    ...whyWide([stream], 'Lambda names the streams of its log'),
    ...(wide && whyWide(resources, wide)),
  });
  return role;
}
