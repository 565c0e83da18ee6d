import type { ClientConfig } from '../account/live/service.ts';

/** What every SDK client can do. */
export interface Client {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<object>;
}
type Connect = (config: ClientConfig) => Client;

export interface Service {
  /** The prefix of its IAM actions. */
  readonly iam: string;
  /** The SDK's package, loaded when it is first asked for: commands and schemas by name, and how to make its client. */
  readonly load: () => Promise<{
    readonly sdk: Readonly<Record<string, unknown>>;
    readonly connect: Connect;
  }>;
}

const service = <Name extends string, Sdk extends Record<Name, new (config: never) => unknown>>(
  iam: string,
  client: Name,
  load: () => Promise<Sdk>,
): Service => ({
  iam,
  load: async () => {
    const sdk = await load();
    return { sdk, connect: (config) => new sdk[client](config as never) as Client };
  },
});

/** The services that documents may call here, as boto3 names them (`Service` of aws:executeAwsApi). */
export const services: Readonly<Record<string, Service>> = {
  account: service('account', 'AccountClient', () => import('@aws-sdk/client-account')),
  budgets: service('budgets', 'BudgetsClient', () => import('@aws-sdk/client-budgets')),
  ce: service('ce', 'CostExplorerClient', () => import('@aws-sdk/client-cost-explorer')),
  cloudtrail: service('cloudtrail', 'CloudTrailClient', () => import('@aws-sdk/client-cloudtrail')),
  config: service('config', 'ConfigServiceClient', () => import('@aws-sdk/client-config-service')),
  ec2: service('ec2', 'EC2Client', () => import('@aws-sdk/client-ec2')),
  elbv2: service(
    'elasticloadbalancing',
    'ElasticLoadBalancingV2Client',
    () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  ),
  iam: service('iam', 'IAMClient', () => import('@aws-sdk/client-iam')),
  kms: service('kms', 'KMSClient', () => import('@aws-sdk/client-kms')),
  lambda: service('lambda', 'LambdaClient', () => import('@aws-sdk/client-lambda')),
  logs: service('logs', 'CloudWatchLogsClient', () => import('@aws-sdk/client-cloudwatch-logs')),
  organizations: service(
    'organizations',
    'OrganizationsClient',
    () => import('@aws-sdk/client-organizations'),
  ),
  rds: service('rds', 'RDSClient', () => import('@aws-sdk/client-rds')),
  // These two clients are made as the live reader makes them, because an emulator's address and a bucket's Region
  // need options.
  s3: {
    iam: 's3',
    load: async () => {
      const { service } = await import('../account/services/s3/live.ts');
      return { sdk: await import('@aws-sdk/client-s3'), connect: service.connect };
    },
  },
  s3control: {
    iam: 's3',
    load: async () => {
      const { service } = await import('../account/services/s3control/live.ts');
      return { sdk: await import('@aws-sdk/client-s3-control'), connect: service.connect };
    },
  },
  sns: service('sns', 'SNSClient', () => import('@aws-sdk/client-sns')),
  ssm: service('ssm', 'SSMClient', () => import('@aws-sdk/client-ssm')),
  sts: service('sts', 'STSClient', () => import('@aws-sdk/client-sts')),
};
