/** What tells a document that only tells people that a resource passes, so that it resolves its OpsItem. */
import { Aws } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { logicalId } from '../packs/index.ts';
import type { Settings } from '../settings/index.ts';
import { acknowledge } from './acknowledge.ts';
import type { RemediationDocument } from './document.ts';
import { INLINE } from './function.ts';
import { namesOf } from './names.ts';
import { roleSettings } from './shared.ts';

/** A document whose fix only tells people. */
export interface Teller {
  readonly ruleId: string;
  /** The controls that the rule reports on, by which AWS Config calls its rules. */
  readonly controls: readonly string[];
  readonly document: RemediationDocument;
}

export interface ResolutionProps {
  readonly settings: Settings;
  /** Documents whose fix only tells people. At least one. */
  readonly tellers: readonly Teller[];
  /** Where an event goes that could not start its document, retries and all. */
  readonly failures: sqs.IQueue;
}

/**
 * Starts such a document with `OnlyResolve` for each resource that was NON_COMPLIANT and is no more. AWS Config itself starts
 * documents for NON_COMPLIANT resources alone. An event costs nothing, and nothing is asked of a resource that never failed.
 */
export class Resolution extends Construct {
  constructor(scope: Construct, id: string, { settings, tellers, failures }: ResolutionProps) {
    super(scope, id);
    const names = namesOf(settings);
    const definitions = tellers.map(({ ruleId }) => definitionArn(names.document(ruleId)));
    const role = new iam.Role(this, 'Role', {
      ...roleSettings(this, settings),
      description: 'Lets EventBridge start the documents that resolve OpsItems',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        Start: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['ssm:StartAutomationExecution'],
              resources: definitions.map((arn) => `${arn}:*`),
            }),
            new iam.PolicyStatement({
              actions: ['iam:PassRole'],
              resources: tellers.map(({ document }) => document.role.roleArn),
              conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
            }),
          ],
        }),
      },
    });
    acknowledge(role, {
      ...INLINE,
      ...Object.fromEntries(
        tellers.map(({ ruleId }) => [
          `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:automation-definition/${names.document(ruleId)}:*]`,
          'Every version of the one document, because an update makes a new one.',
        ]),
      ),
    });
    const rules = tellers.map(
      ({ ruleId, controls, document }) =>
        new events.CfnRule(this, logicalId(ruleId), {
          description: `Resolves the OpsItem of a resource that passes ${ruleId} again`,
          eventPattern: {
            source: ['aws.config'],
            'detail-type': ['Config Rules Compliance Change'],
            detail: {
              messageType: ['ComplianceChangeNotification'],
              // AWS Config adds "-conformance-pack-" and a part of its own.
              configRuleName: controls.map((id) => ({ prefix: `${id}-conformance-pack-` })),
              oldEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
              newEvaluationResult: { complianceType: [{ 'anything-but': ['NON_COMPLIANT'] }] },
            },
          },
          targets: [
            {
              id: 'Document',
              arn: `${definitionArn(names.document(ruleId))}:$DEFAULT`,
              roleArn: role.roleArn,
              deadLetterConfig: { arn: failures.queueArn },
              inputTransformer: {
                inputPathsMap: { resource: '$.detail.resourceId' },
                inputTemplate: JSON.stringify({
                  AutomationAssumeRole: [document.role.roleArn],
                  Mode: ['Apply'],
                  OnlyResolve: ['true'],
                  [document.resourceParameter]: ['<resource>'],
                }),
              },
            },
          ],
        }),
    );
    failures.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['sqs:SendMessage'],
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        resources: [failures.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ attrArn }) => attrArn) } },
      }),
    );
  }
}

const definitionArn = (document: string) =>
  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:automation-definition/${document}`;
