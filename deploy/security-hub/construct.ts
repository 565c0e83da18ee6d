import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { PackFunction } from '../account/function.ts';
import { encrypt } from '../account/monitoring.ts';
import { namesOf } from '../account/names.ts';
import type { Settings } from '../settings/index.ts';
import { FindingViews } from './views.ts';

export interface SecurityHubBridgeProps {
  /** With `securityHub.findings` on. */
  readonly settings: Settings;
  /** `dist/lambda/security-hub-bridge`. */
  readonly code: lambda.Code;
  /** Where a verdict goes that Security Hub did not take, retries and all. */
  readonly failures: sqs.IQueue;
}

/** Findings a call takes (its API reference), so that a batch of messages is one call. */
const BATCH = 100;
/** How long a batch may wait to be full. */
const WINDOW_SECONDS = 10;
const TIMEOUT_SECONDS = 60;
/** How often a message is tried: for an hour, at the visibility timeout's pace. */
const RECEIVES = 10;

/**
 * Sends each verdict of the packs to Security Hub: AWS Config's event → EventBridge → SQS → function →
 * BatchImportFindings.
 *
 * The queue makes one call of a hundred events, because the API takes ten calls a second, and brings one failed event
 * back without the others. Make it before the packs, because AWS Config sends a verdict only once, when it changes.
 *
 * Security Hub has to be on in the account and Region. Insights and automation rules come with it, except in an
 * organization, where its audit account has them ({@link FindingViews}).
 */
export class SecurityHubBridge extends Construct {
  readonly function: lambda.Function;
  readonly queue: sqs.Queue;
  /** What carries a verdict, without the views. The packs depend on it. */
  readonly way: IDependable;

  constructor(scope: Construct, id: string, { settings, code, failures }: SecurityHubBridgeProps) {
    super(scope, id);
    if (settings.securityHub === false || !settings.securityHub.findings) {
      throw new Error('securityHub.findings is off: there is nothing to bridge, leave SecurityHubBridge out');
    }
    const timeoutSeconds = settings.functions.timeoutSeconds ?? TIMEOUT_SECONDS;
    this.queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's timeout.
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds + WINDOW_SECONDS),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: failures, maxReceiveCount: RECEIVES },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    encrypt(this.queue, settings);
    const rule = new Rule(this, 'Rule', {
      description: 'Verdicts of AWS Config that changed, for Security Hub',
      eventPattern: {
        source: ['aws.config'],
        detailType: ['Config Rules Compliance Change'],
        detail: {
          messageType: ['ComplianceChangeNotification'],
          // The function picks our controls, because their names are too long for a pattern (2,048 characters). The
          // pattern only leaves out Security Hub's own rules, which send most events.
          configRuleName: Match.anythingButPrefix('securityhub-'),
        },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: failures })],
    });
    const bridge = new PackFunction(this, 'Function', {
      functionName: namesOf(settings).function('security-hub-bridge'),
      description: 'Sends verdicts of AWS Config to Security Hub as findings',
      code,
      statements: [
        new iam.PolicyStatement({
          actions: ['securityhub:BatchImportFindings'],
          resources: [
            `arn:${Aws.PARTITION}:securityhub:${Aws.REGION}:${Aws.ACCOUNT_ID}:product/${Aws.ACCOUNT_ID}/default`,
          ],
        }),
        new iam.PolicyStatement({
          // Suppresses what is waived, and takes that back.
          actions: ['securityhub:BatchUpdateFindings'],
          resources: [`arn:${Aws.PARTITION}:securityhub:${Aws.REGION}:${Aws.ACCOUNT_ID}:hub/default`],
        }),
        new iam.PolicyStatement({
          // What Lambda takes messages with, as the function (the page above).
          actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          resources: [this.queue.queueArn],
        }),
      ],
      ...(settings.securityHub.documentationUrl && {
        environment: { GROUNDRULES_DOCUMENTATION_URL: settings.securityHub.documentationUrl },
      }),
      memoryMegabytes: 256,
      timeoutSeconds: TIMEOUT_SECONDS,
      failures,
      settings,
    });
    this.function = bridge.function;
    const source = this.function.addEventSourceMapping('Messages', {
      eventSourceArn: this.queue.queueArn,
      batchSize: BATCH,
      maxBatchingWindow: Duration.seconds(WINDOW_SECONDS),
      reportBatchItemFailures: true,
      // The least there is. Two calls at a time stay below ten a second.
      maxConcurrency: 2,
    });
    source.node.addDependency(bridge.role);
    this.way = new DependencyGroup(this.queue, rule, bridge);
    if (!settings.organization) new FindingViews(this, 'Views', { settings });
  }
}
