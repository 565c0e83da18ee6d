/**
 * Which resources an IAM action can be held to (the service authorization reference's page of each service). `*` stands where
 * the action knows no resources. Every action that a function or a document needs has its row: a missing one is an error.
 */
import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

const arn = (service: string, rest: string, region: string = Aws.REGION, account: string = Aws.ACCOUNT_ID) =>
  `arn:${Aws.PARTITION}:${service}:${region}:${account}:${rest}`;
const bucket = arn('s3', '*', '', '');
const user = arn('iam', 'user/*', '');

const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'account:DeleteAlternateContact': [arn('account', 'account', '')],
  'account:GetAlternateContact': [arn('account', 'account', '')],
  'account:PutAlternateContact': [arn('account', 'account', '')],
  'cloudtrail:DescribeTrails': ['*'],
  'config:DescribeConfigRules': ['*'],
  'config:DescribeConformancePacks': ['*'],
  'config:DescribeDeliveryChannels': ['*'],
  // AWS Config chooses a rule's id, and a pack's rules have theirs further down (config-rule/aws-service-rule/…).
  'config:GetComplianceDetailsByConfigRule': [arn('config', 'config-rule/*')],
  'config:GetConformancePackComplianceDetails': [arn('config', 'conformance-pack/*')],
  'config:GetResourceConfigHistory': ['*'],
  'config:PutEvaluations': ['*'],
  'config:PutExternalEvaluation': [arn('config', 'config-rule/*')],
  'ec2:AuthorizeSecurityGroupIngress': [arn('ec2', 'security-group/*'), arn('ec2', 'security-group-rule/*')],
  'ec2:CreateTags': [arn('ec2', 'security-group-rule/*')],
  'ec2:DescribeManagedPrefixLists': ['*'],
  'ec2:DescribeRegions': ['*'],
  'ec2:DescribeSecurityGroupRules': ['*'],
  'ec2:DescribeSecurityGroups': ['*'],
  'ec2:GetManagedPrefixListEntries': [
    arn('ec2', 'prefix-list/*'),
    // AWS's own lists belong to no account.
    arn('ec2', 'prefix-list/*', Aws.REGION, 'aws'),
  ],
  'ec2:RevokeSecurityGroupIngress': [arn('ec2', 'security-group/*')],
  'elasticloadbalancing:DescribeListeners': ['*'],
  'elasticloadbalancing:DescribeLoadBalancers': ['*'],
  'elasticloadbalancing:DescribeRules': ['*'],
  'elasticloadbalancing:ModifyListener': [arn('elasticloadbalancing', 'listener/app/*')],
  'iam:GenerateCredentialReport': ['*'],
  'iam:GetAccessKeyLastUsed': [user],
  'iam:GetAccountSummary': ['*'],
  'iam:GetCredentialReport': ['*'],
  'iam:ListAccessKeys': [user],
  'iam:ListOrganizationsFeatures': ['*'],
  'iam:ListUserTags': [user],
  'iam:ListUsers': ['*'],
  'iam:ListVirtualMFADevices': ['*'],
  'iam:UpdateAccessKey': [user],
  'organizations:DescribeAccount': [arn('organizations', 'account/o-*/*', '')],
  'organizations:DescribeOrganization': ['*'],
  'rds:DescribeDBClusterParameters': [arn('rds', 'cluster-pg:*')],
  'rds:DescribeDBClusters': [arn('rds', 'cluster:*')],
  'rds:DescribeDBInstances': [arn('rds', 'db:*')],
  'rds:DescribeDBParameters': [arn('rds', 'pg:*')],
  'rds:DescribeOptionGroups': [arn('rds', 'og:*')],
  'rds:ModifyDBCluster': [arn('rds', 'cluster:*')],
  'rds:ModifyDBInstance': [arn('rds', 'db:*')],
  's3:GetAccountPublicAccessBlock': ['*'],
  's3:GetBucketAcl': [bucket],
  's3:GetBucketLocation': [bucket],
  's3:GetBucketLogging': [bucket],
  's3:GetBucketObjectLockConfiguration': [bucket],
  's3:GetBucketOwnershipControls': [bucket],
  's3:GetBucketPolicy': [bucket],
  's3:GetBucketPolicyStatus': [bucket],
  's3:GetBucketPublicAccessBlock': [bucket],
  's3:GetBucketTagging': [bucket],
  's3:GetBucketVersioning': [bucket],
  's3:GetBucketWebsite': [bucket],
  's3:GetReplicationConfiguration': [bucket],
  's3:ListAllMyBuckets': ['*'],
  's3:PutBucketObjectLockConfiguration': [bucket],
  's3:PutBucketPublicAccessBlock': [bucket],
  's3:PutBucketVersioning': [bucket],
  'ssm:CreateOpsItem': ['*'],
  'ssm:DescribeOpsItems': ['*'],
  'ssm:GetAutomationExecution': [arn('ssm', 'automation-execution/*')],
  'ssm:UpdateOpsItem': [arn('ssm', 'opsitem/*')],
  // Of any member: who may be reached is the organization's to say, by centralized root access.
  'sts:AssumeRoot': [arn('iam', 'root', '', '*')],
};

/** The actions that have a row. */
export const KNOWN_ACTIONS: readonly string[] = Object.keys(RESOURCES);

/** @throws {Error} for an action without a row. */
export function resourcesOf(action: string): readonly string[] {
  const resources = Object.hasOwn(RESOURCES, action) ? RESOURCES[action] : undefined;
  if (!resources) throw new Error(`deploy/resources.ts: ${action} has no row: say what it can be held to`);
  return resources;
}

/** One statement for all actions that share their resources. */
export function statementsFor(actions: readonly string[]): iam.PolicyStatement[] {
  const groups = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of actions) {
    const resources = resourcesOf(action);
    const key = resources.join(' ');
    const group = groups.get(key) ?? { actions: [], resources };
    group.actions.push(action);
    groups.set(key, group);
  }
  return [...groups.values()].map(
    (group) => new iam.PolicyStatement({ actions: group.actions, resources: [...group.resources] }),
  );
}

/** As cdk-nag writes a resource. */
const nagName = (resource: string): string =>
  [
    [Aws.PARTITION, '<AWS::Partition>'],
    [Aws.REGION, '<AWS::Region>'],
    [Aws.ACCOUNT_ID, '<AWS::AccountId>'],
  ].reduce((text, [token = '', name = '']) => text.replaceAll(token, name), resource);

/** Why resources have wildcards, a reason for each that has, as {@link acknowledge} takes them. */
export const whyWide = (resources: readonly string[], why: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    resources
      .filter((resource) => resource.includes('*'))
      .map((resource) => [`AwsSolutions-IAM5[Resource::${nagName(resource)}]`, `${why}.`]),
  );
