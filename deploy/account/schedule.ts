import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/index.ts';
import { acknowledge } from './acknowledge.ts';
import { INLINE } from './function.ts';
import { keyArnOf, roleSettings, useOfKey } from './shared.ts';

export interface ScheduleRole {
  readonly description: string;
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string;
  readonly targetArn: string;
  /** Where what could not be started goes. */
  readonly failures: sqs.IQueue;
  readonly settings: Settings;
}

/** The role by which EventBridge Scheduler starts something, as `ScheduleRole` in a scope. */
export function scheduleRole(
  scope: Construct,
  { description, action, targetArn, failures, settings }: ScheduleRole,
): iam.Role {
  const role = new iam.Role(scope, 'ScheduleRole', {
    ...roleSettings(scope, settings),
    description,
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': Aws.ACCOUNT_ID,
          'aws:SourceArn': `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule-group/default`,
        },
      },
    }),
    inlinePolicies: {
      Schedule: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: [action], resources: [targetArn] }),
          new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
          ...useOfKey(keyArnOf(scope, settings)),
        ],
      }),
    },
  });
  acknowledge(role, INLINE);
  return role;
}
