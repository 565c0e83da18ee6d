/** The whole of an account on moto, as far as our documents could touch it: one JSON text a thing. */
import {
  AccountClient,
  type AlternateContactType,
  GetAlternateContactCommand,
} from '@aws-sdk/client-account';
import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  GetGroupCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupsCommand,
  ListPoliciesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';

import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  GetBucketAclCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  type ObjectLockConfiguration,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';

/** `bucket logs: public access block` → JSON. */
export type Picture = Readonly<Record<string, string>>;
type Look = (client: object) => Promise<[string, unknown][]>;

/** What says nothing about the account: response metadata, and ids that AWS makes anew. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (key, item) =>
    key === '$metadata' || key === 'SecurityGroupRuleId' ? undefined : item,
  );

const made = new WeakMap<object, Map<unknown, unknown>>();
/** A client of this configuration, made once: that takes longer than to ask with it. */
function clientOf<T>(Client: new (configuration: object) => T, configuration: object): T {
  const known = made.get(configuration) ?? new Map();
  made.set(configuration, known);
  if (!known.has(Client)) known.set(Client, new Client({ ...configuration, forcePathStyle: true }));
  return known.get(Client);
}

const orItsError = async (asking: Promise<unknown>): Promise<unknown> => {
  try {
    return await asking;
  } catch (error) {
    return (error as Error).name;
  }
};

const buckets: Look = async (client) => {
  const s3 = clientOf(S3Client, client);
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const parts = {
    acl: GetBucketAclCommand,
    policy: GetBucketPolicyCommand,
    'public access block': GetPublicAccessBlockCommand,
    versioning: GetBucketVersioningCommand,
    'object lock': GetObjectLockConfigurationCommand,
    logging: GetBucketLoggingCommand,
    replication: GetBucketReplicationCommand,
    tags: GetBucketTaggingCommand,
  };
  const asked = Buckets.flatMap(({ Name: Bucket = '' }) =>
    Object.entries(parts).map(
      async ([part, Command]): Promise<[string, unknown]> => [
        `bucket ${Bucket}: ${part}`,
        await orItsError(s3.send(new Command({ Bucket }) as GetBucketAclCommand)),
      ],
    ),
  );
  return (await Promise.all(asked)).flatMap(lockApart);
};

/** Object Lock stays for good, its default retention need not. */
function lockApart([name, value]: [string, unknown]): [string, unknown][] {
  if (!name.endsWith(': object lock')) return [[name, value]];
  const { ObjectLockEnabled, Rule } =
    (value as { ObjectLockConfiguration?: ObjectLockConfiguration }).ObjectLockConfiguration ?? {};
  return [
    [name, ObjectLockEnabled ?? value],
    [name.replace('object lock', 'default retention'), Rule?.DefaultRetention ?? null],
  ];
}

const groups: Look = async (client) => {
  const ec2 = clientOf(EC2Client, client);
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  return SecurityGroups.map(({ GroupId = '', GroupName }) => [
    `group ${GroupName} ${GroupId}`,
    SecurityGroupRules.filter((rule) => rule.GroupId === GroupId)
      .map(plain)
      .sort(),
  ]);
};

const identities: Look = async (client) => {
  const iam = clientOf(IAMClient, client);
  const { Users = [] } = await iam.send(new ListUsersCommand({}));
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  return Promise.all([
    ...Users.map(async ({ UserName = '' }): Promise<[string, unknown]> => {
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      return [`user ${UserName}`, AccessKeyMetadata];
    }),
    ...Groups.map(async ({ GroupName = '' }): Promise<[string, unknown]> => {
      const { Users: members = [] } = await iam.send(new GetGroupCommand({ GroupName }));
      const { AttachedPolicies } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
      return [
        `group ${GroupName}`,
        { members: members.map(({ UserName }) => UserName).sort(), AttachedPolicies },
      ];
    }),
    ...Policies.map(
      async ({ PolicyName, Arn: PolicyArn, DefaultVersionId: VersionId }): Promise<[string, unknown]> => {
        const asked = new GetPolicyVersionCommand({ PolicyArn, VersionId });
        return [`policy ${PolicyName}`, (await iam.send(asked)).PolicyVersion?.Document];
      },
    ),
  ]);
};

const databases: Look = async (client) => {
  const rds = clientOf(RDSClient, client);
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({}));
  // The time up to which a database could be restored is that of the asking.
  return [
    ...DBInstances.map(({ LatestRestorableTime, ...rest }): [string, unknown] => [
      `instance ${rest.DBInstanceIdentifier}`,
      rest,
    ]),
    ...DBClusters.map(({ LatestRestorableTime, ...rest }): [string, unknown] => [
      `cluster ${rest.DBClusterIdentifier}`,
      rest,
    ]),
  ];
};

const loadBalancers: Look = async (client) => {
  const elb = clientOf(ElasticLoadBalancingV2Client, client);
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const asked = LoadBalancers.map(async (loadBalancer): Promise<[string, unknown][]> => {
    const { LoadBalancerArn, LoadBalancerName } = loadBalancer;
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const listeners = Listeners.map(async (listener): Promise<[string, unknown]> => {
      const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: listener.ListenerArn }));
      return [`load balancer ${LoadBalancerName}: listener ${listener.Port}`, [listener, Rules]];
    });
    return [[`load balancer ${LoadBalancerName}`, loadBalancer], ...(await Promise.all(listeners))];
  });
  return (await Promise.all(asked)).flat();
};

const contacts: Look = (client) => {
  const account = clientOf(AccountClient, client);
  const types: AlternateContactType[] = ['BILLING', 'OPERATIONS', 'SECURITY'];
  return Promise.all(
    types.map(
      async (AlternateContactType): Promise<[string, unknown]> => [
        `contact ${AlternateContactType}`,
        await orItsError(account.send(new GetAlternateContactCommand({ AlternateContactType }))),
      ],
    ),
  );
};

const topics: Look = async (client) => {
  const sns = clientOf(SNSClient, client);
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const asked = Topics.map(async ({ TopicArn = '' }): Promise<[string, unknown][]> => {
    const { Attributes: { Policy = '{}', KmsMasterKeyId } = {} } = await sns.send(
      new GetTopicAttributesCommand({ TopicArn }),
    );
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    return [
      [`topic ${TopicArn}`, KmsMasterKeyId ?? 'no key'],
      [`topic ${TopicArn}: policy`, JSON.parse(Policy)],
      // Whoever subscribes again gets another ARN.
      [
        `topic ${TopicArn}: subscriptions`,
        Subscriptions?.map(({ Protocol, Endpoint, SubscriptionArn }) => [
          Protocol,
          Endpoint,
          SubscriptionArn?.startsWith('arn:') ? 'confirmed' : SubscriptionArn,
        ]),
      ],
    ];
  });
  return (await Promise.all(asked)).flat();
};

const eventRules: Look = async (client) => {
  const events = clientOf(EventBridgeClient, client);
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  const asked = Rules.map(async (rule): Promise<[string, unknown][]> => {
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: rule.Name }));
    return [
      [`rule ${rule.Name}`, rule],
      [`rule ${rule.Name}: targets`, Targets],
    ];
  });
  return (await Promise.all(asked)).flat();
};

/** By the service that a request is signed for. */
const LOOKS: Readonly<Record<string, Look>> = {
  s3: buckets,
  ec2: groups,
  iam: identities,
  rds: databases,
  elasticloadbalancing: loadBalancers,
  account: contacts,
  sns: topics,
  events: eventRules,
};

/**
 * Takes pictures, and looks again only at services that were written to since the last one.
 *
 * @param written tells of those, and forgets.
 */
export class Camera {
  #parts = new Map<string, Promise<[string, unknown][]>>();
  #configuration: object | undefined;

  constructor(
    private readonly client: () => object,
    private readonly written: () => Iterable<string>,
    /** What is not on moto: names and values. */
    private readonly others: () => readonly [string, unknown][],
  ) {}

  /** The next picture is of everything: somebody has been at it behind the back of whom `written` asks. */
  forget(): void {
    this.#parts.clear();
  }

  async take(): Promise<Picture> {
    for (const service of this.written()) this.#parts.delete(service);
    this.#configuration ??= this.client();
    const configuration = this.#configuration;
    const looked = Object.entries(LOOKS).map(([service, look]) => {
      const part = this.#parts.get(service) ?? look(configuration);
      this.#parts.set(service, part);
      return part;
    });
    const all = [...(await Promise.all(looked)).flat(), ...this.others()];
    return Object.fromEntries(all.map(([name, value]) => [name, plain(value)]));
  }
}

/** A picture of everything on moto. @param client configuration of an SDK client. */
export const takePicture = (client: object): Promise<Picture> =>
  new Camera(
    () => client,
    () => [],
    () => [],
  ).take();

/** The names of what is not the same. */
export const differences = (one: Picture, other: Picture): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => one[name] !== other[name])
    .sort();
