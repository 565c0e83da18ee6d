/** What AWS's own policies allow for certain, though no template has their documents. */
import type { Bound } from './kind.ts';

const ALL = ['*'];

/**
 * What full access to a service is: AWS adds to these policies, and what is more in one of them is not known
 * (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html). test/integration/templates.test.ts holds
 * each to the text of AWS's that moto has.
 */
export const AT_LEAST: Readonly<Record<string, readonly string[]>> = {
  AWSCloudFormationFullAccess: ['cloudformation:*'],
  AWSLambda_FullAccess: ['lambda:*'],
  AWSStepFunctionsFullAccess: ['states:*'],
  AmazonBedrockFullAccess: ['bedrock:*'],
  AmazonDynamoDBFullAccess: ['dynamodb:*'],
  AmazonEC2ContainerRegistryFullAccess: ['ecr:*'],
  AmazonEC2FullAccess: ['ec2:*'],
  AmazonEventBridgeFullAccess: ['events:*'],
  AmazonKinesisFullAccess: ['kinesis:*'],
  AmazonRDSFullAccess: ['rds:*'],
  AmazonRoute53FullAccess: ['route53:*'],
  AmazonS3FullAccess: ['s3:*'],
  AmazonSESFullAccess: ['ses:*'],
  AmazonSNSFullAccess: ['sns:*'],
  AmazonSQSFullAccess: ['sqs:*'],
  AmazonSSMFullAccess: ['ssm:*'],
  CloudWatchFullAccess: ['cloudwatch:*', 'logs:*'],
  CloudWatchLogsFullAccess: ['logs:*'],
  ElasticLoadBalancingFullAccess: ['elasticloadbalancing:*'],
  IAMFullAccess: ['iam:*'],
  SecretsManagerReadWrite: ['secretsmanager:*'],
};
const POWER_USER = ['iam:*', 'organizations:*', 'account:*'];

/** What it allows; `undefined` where nobody knows. */
function allowedBy(name: string): object | undefined {
  if (name === 'PowerUserAccess') return { NotAction: POWER_USER };
  const actions = Object.hasOwn(AT_LEAST, name) ? AT_LEAST[name] : undefined;
  return actions && { Action: actions };
}

const nameOf = (arn: string): string => /^arn:[^:]*:iam::aws:policy\/(.*)$/.exec(arn)?.[1] ?? '';

/** Whether more is in the policy than is known of it. */
export const isKnownInPart = (arn: string): boolean => allowedBy(nameOf(arn)) !== undefined;

/** The policy as IAM prints it; `undefined` where its document is not known: at worst, where there may be more in it. */
export function printedPolicy(arn: string, bound: Bound): object | undefined {
  const name = nameOf(arn);
  // Nothing can be added to that one.
  const isWhole = name === 'AdministratorAccess';
  const allowed = isWhole ? { Action: ALL } : bound === 'best' ? allowedBy(name) : undefined;
  if (!allowed) return undefined;
  const statement = { Effect: 'Allow', ...allowed, Resource: '*' };
  return {
    ...{ PolicyId: arn, PolicyName: name, Arn: arn, AttachmentCount: 1, PermissionsBoundaryUsageCount: 0 },
    PolicyVersionList: [
      { IsDefaultVersion: true, Document: { Version: '2012-10-17', Statement: [statement] } },
    ],
  };
}
