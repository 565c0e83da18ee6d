import type { AutomationDocument } from './document/load.ts';
import type { Step } from './document/schema.ts';
import { isObject } from './document/values.ts';
import { services } from './services.ts';

/** It is unknown which permissions a document needs, and a guess would be too many or too few. */
export class PermissionsError extends Error {
  override readonly name = 'PermissionsError';
  readonly code = 'UnknownService';
}

/** APIs whose IAM action has another name than the API (the service authorization reference's pages for each service). */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html
  'budgets:CreateBudget': ['budgets:ModifyBudget'],
  'budgets:DeleteBudget': ['budgets:ModifyBudget'],
  's3:CopyObject': ['s3:GetObject', 's3:PutObject'],
  's3:CreateMultipartUpload': ['s3:PutObject'],
  's3:DeleteBucketAnalyticsConfiguration': ['s3:PutAnalyticsConfiguration'],
  's3:DeleteBucketCors': ['s3:PutBucketCORS'],
  's3:DeleteBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:DeleteBucketIntelligentTieringConfiguration': ['s3:PutIntelligentTieringConfiguration'],
  's3:DeleteBucketInventoryConfiguration': ['s3:PutInventoryConfiguration'],
  's3:DeleteBucketLifecycle': ['s3:PutLifecycleConfiguration'],
  's3:DeleteBucketMetricsConfiguration': ['s3:PutMetricsConfiguration'],
  's3:DeleteBucketOwnershipControls': ['s3:PutBucketOwnershipControls'],
  's3:DeleteBucketReplication': ['s3:PutReplicationConfiguration'],
  's3:DeleteBucketTagging': ['s3:PutBucketTagging'],
  's3:DeleteObjects': ['s3:DeleteObject'],
  's3:DeletePublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:GetBucketAccelerateConfiguration': ['s3:GetAccelerateConfiguration'],
  's3:GetBucketAnalyticsConfiguration': ['s3:GetAnalyticsConfiguration'],
  's3:GetBucketCors': ['s3:GetBucketCORS'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:GetBucketIntelligentTieringConfiguration': ['s3:GetIntelligentTieringConfiguration'],
  's3:GetBucketInventoryConfiguration': ['s3:GetInventoryConfiguration'],
  's3:GetBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:GetBucketMetricsConfiguration': ['s3:GetMetricsConfiguration'],
  's3:GetBucketNotificationConfiguration': ['s3:GetBucketNotification'],
  's3:GetBucketReplication': ['s3:GetReplicationConfiguration'],
  's3:GetObjectLockConfiguration': ['s3:GetBucketObjectLockConfiguration'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  's3:HeadBucket': ['s3:ListBucket'],
  's3:HeadObject': ['s3:GetObject'],
  's3:ListBuckets': ['s3:ListAllMyBuckets'],
  's3:ListMultipartUploads': ['s3:ListBucketMultipartUploads'],
  's3:ListObjects': ['s3:ListBucket'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:PutBucketAccelerateConfiguration': ['s3:PutAccelerateConfiguration'],
  's3:PutBucketAnalyticsConfiguration': ['s3:PutAnalyticsConfiguration'],
  's3:PutBucketCors': ['s3:PutBucketCORS'],
  's3:PutBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:PutBucketIntelligentTieringConfiguration': ['s3:PutIntelligentTieringConfiguration'],
  's3:PutBucketInventoryConfiguration': ['s3:PutInventoryConfiguration'],
  's3:PutBucketLifecycleConfiguration': ['s3:PutLifecycleConfiguration'],
  's3:PutBucketMetricsConfiguration': ['s3:PutMetricsConfiguration'],
  's3:PutBucketNotificationConfiguration': ['s3:PutBucketNotification'],
  's3:PutBucketReplication': ['s3:PutReplicationConfiguration'],
  's3:PutObjectLockConfiguration': ['s3:PutBucketObjectLockConfiguration'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3control:DeletePublicAccessBlock': ['s3:PutAccountPublicAccessBlock'],
  's3control:GetPublicAccessBlock': ['s3:GetAccountPublicAccessBlock'],
  's3control:PutPublicAccessBlock': ['s3:PutAccountPublicAccessBlock'],
  'lambda:Invoke': ['lambda:InvokeFunction'],
  'sns:PublishBatch': ['sns:Publish'],
  // "No permissions are required to perform this operation", not even where a policy denies it (the STS API reference).
  'sts:GetCallerIdentity': [],
};

/** Members of an input that need a permission of their own. `iam:PassRole`: the service is handed a role. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> = {
  cloudtrail: { CloudWatchLogsRoleArn: 'iam:PassRole' },
  config: { roleARN: 'iam:PassRole' },
  ec2: {
    DeliverCrossAccountRole: 'iam:PassRole',
    DeliverLogsPermissionArn: 'iam:PassRole',
    IamInstanceProfile: 'iam:PassRole',
    TagSpecifications: 'ec2:CreateTags',
  },
  elbv2: { Tags: 'elasticloadbalancing:AddTags' },
  lambda: { Role: 'iam:PassRole' },
  logs: { roleArn: 'iam:PassRole' },
  rds: {
    DomainIAMRoleName: 'iam:PassRole',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html, "Permissions required"
    ManageMasterUserPassword: [
      'kms:DescribeKey',
      'secretsmanager:CreateSecret',
      'secretsmanager:TagResource',
    ],
    MonitoringRoleArn: 'iam:PassRole',
    Tags: 'rds:AddTagsToResource',
  },
  s3: { Role: 'iam:PassRole' },
  ssm: {
    AutomationAssumeRole: 'iam:PassRole',
    ServiceRoleArn: 'iam:PassRole',
    Tags: 'ssm:AddTagsToResource',
  },
};

/**
 * The IAM actions that a document's role needs: of its steps, those in loops included, sorted.
 *
 * @throws {PermissionsError} for a service or an action that is not known here.
 */
export function permissionsOf(document: AutomationDocument): string[] {
  return [...new Set(document.mainSteps.flatMap(ofStep))].sort();
}

function ofStep(step: Step): string[] {
  switch (step.action) {
    case 'aws:executeAwsApi':
    case 'aws:assertAwsResourceProperty':
    case 'aws:waitForAwsResourceProperty': {
      const { Service, Api, ...input } = step.inputs;
      return ofApi(Service, Api, input, step.name);
    }
    case 'aws:invokeLambdaFunction':
      return ['lambda:InvokeFunction'];
    case 'aws:approve':
      return step.inputs.NotificationArn === undefined ? [] : ['sns:Publish'];
    case 'aws:executeAutomation':
      return [
        'ssm:GetAutomationExecution',
        'ssm:StartAutomationExecution',
        ...members('ssm', step.inputs.RuntimeParameters),
      ];
    case 'aws:loop':
      return step.inputs.Steps.flatMap(ofStep);
    case 'aws:branch':
    case 'aws:pause':
    case 'aws:sleep':
    case 'aws:updateVariable':
      return [];
    default:
      throw new PermissionsError(`the step ${step.name}: what ${step.action} needs is not known here`);
  }
}

function ofApi(service: string, api: string, input: object, step: string): string[] {
  const prefix = services[service]?.iam;
  if (!prefix) {
    const known = Object.keys(services).join(', ');
    throw new PermissionsError(
      `the step ${step}: the service ${service} is not known here (there is ${known})`,
    );
  }
  const operation = pascalCase(api);
  const name = Object.keys(ACTIONS).find(
    (key) => key.toLowerCase() === `${service}:${operation}`.toLowerCase(),
  );
  return [...((name && ACTIONS[name]) || [`${prefix}:${operation}`]), ...members(service, input)];
}

/** `describe_db_instances` → `DescribeDbInstances`: IAM minds no letter case in the names of actions. */
const pascalCase = (api: string): string =>
  api.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The permissions that members need, at any depth of an input. */
function members(service: string, input: unknown): string[] {
  if (Array.isArray(input)) return input.flatMap((item) => members(service, item));
  if (!isObject(input)) return [];
  return Object.entries(input).flatMap(([key, value]) => {
    return [...[MEMBERS[service]?.[key] ?? []].flat(), ...members(service, value)];
  });
}
