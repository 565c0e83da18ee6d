/** The IAM actions of the calls that code makes, as the SDK itself names them. */

/** IAM's prefix of each client. */
const PREFIXES: Readonly<Record<string, string>> = {
  AccountClient: 'account',
  BCMDataExportsClient: 'bcm-data-exports',
  BudgetsClient: 'budgets',
  CloudTrailClient: 'cloudtrail',
  AccessAnalyzerClient: 'access-analyzer',
  CloudWatchLogsClient: 'logs',
  CloudWatchClient: 'cloudwatch',
  ConfigServiceClient: 'config',
  CostExplorerClient: 'ce',
  CostReportClient: 'cur',
  EventBridgeClient: 'events',
  GuardDutyClient: 'guardduty',
  SupportClient: 'support',
  EC2Client: 'ec2',
  ElasticLoadBalancingClient: 'elasticloadbalancing',
  ElasticLoadBalancingV2Client: 'elasticloadbalancing',
  IAMClient: 'iam',
  OrganizationsClient: 'organizations',
  RDSClient: 'rds',
  S3Client: 's3',
  S3ControlClient: 's3',
  SNSClient: 'sns',
  SSMClient: 'ssm',
  SSOAdminClient: 'sso',
};

/**
 * Where an action is not named like its API
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html); `[]`: it needs no permission.
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'BudgetsClient CreateBudget': ['budgets:ModifyBudget'],
  'BudgetsClient DeleteBudget': ['budgets:ModifyBudget'],
  'BudgetsClient DescribeBudgetNotificationsForAccount': ['budgets:ViewBudget'],
  'BudgetsClient DescribeBudgets': ['budgets:ViewBudget'],
  'S3Client DeletePublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  'S3Client GetBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  'S3Client GetBucketReplication': ['s3:GetReplicationConfiguration'],
  'S3Client GetObjectLockConfiguration': ['s3:GetBucketObjectLockConfiguration'],
  'S3Client GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  'S3Client ListBuckets': ['s3:ListAllMyBuckets'],
  'S3Client PutObjectLockConfiguration': ['s3:PutBucketObjectLockConfiguration'],
  'S3Client PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  'S3ControlClient GetPublicAccessBlock': ['s3:GetAccountPublicAccessBlock'],
  'STSClient GetCallerIdentity': [],
};

interface Logged {
  readonly clientName?: string;
  readonly commandName?: string;
  readonly input?: object;
}

/** Notes every call of the SDK clients that log to it. */
export class Recorded {
  readonly actions = new Set<string>();

  /** What an SDK client takes as its `logger`: it tells of each call once, whether it worked or not. */
  readonly logger = {
    trace: () => {},
    debug: () => {},
    warn: () => {},
    info: (entry: unknown) => this.#note(entry as Logged),
    error: (entry: unknown) => this.#note(entry as Logged),
  };

  #note({ clientName, commandName, input = {} }: Logged): void {
    if (!clientName || !commandName) return;
    const api = commandName.replace(/Command$/, '');
    const prefix = PREFIXES[clientName];
    const actions = ACTIONS[`${clientName} ${api}`] ?? (prefix ? [`${prefix}:${api}`] : undefined);
    if (!actions) throw new Error(`test/integration/support/recorded.ts does not know ${clientName}`);
    for (const action of actions) this.actions.add(action);
    // Tags that come with what is made are a permission of their own.
    if (clientName === 'RDSClient' && 'ManageMasterUserPassword' in input) {
      // RDS makes the secret in the name of whoever asks.
      for (const action of ['kms:DescribeKey', 'secretsmanager:CreateSecret', 'secretsmanager:TagResource'])
        this.actions.add(action);
    }
    if (clientName === 'EC2Client' && 'TagSpecifications' in input) this.actions.add('ec2:CreateTags');
  }
}
