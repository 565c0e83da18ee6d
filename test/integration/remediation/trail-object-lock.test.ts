import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateBucketCommand,
  type DefaultRetention,
  DeleteBucketCommand,
  GetObjectLockConfigurationCommand,
  PutBucketAclCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import rule from '../../../rules/trail-object-lock/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import type { Picture } from '../support/picture.ts';
import { type Rival, remediates } from '../support/remediation.ts';

const Bucket = 'moonjar-audit';
const bystander = 'moonjar-bystander';
type Make = (s3: S3Client, client: object) => Promise<unknown>;

/** The bucket's making, a trail to it, another bucket beside it, and what was done to them. */
const trail =
  (create: Make, ...more: Make[]) =>
  async (client: object) => {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bystander }));
    await create(s3, client);
    const cloudtrail = new CloudTrailClient(client);
    await cloudtrail.send(new CreateTrailCommand({ Name: 'audit', S3BucketName: Bucket }));
    for (const step of more) await step(s3, client);
    return 'audit';
  };

const plain: Make = (s3) => s3.send(new CreateBucketCommand({ Bucket }));
const locked =
  (retention?: DefaultRetention): Make =>
  async (s3) => {
    await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    if (!retention) return;
    const ObjectLockConfiguration = {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: retention },
    } as const;
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  };
/** moto takes this header's word for whose call it is. */
const ofAnotherAccount: Make = async (_, client) => {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  s3.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: object }).headers, { 'x-moto-account-id': '444455556666' });
      return next(args);
    },
    { step: 'build' },
  );
  await s3.send(new CreateBucketCommand({ Bucket }));
};

const allowing =
  (...principals: (object | '*')[]): Make =>
  (s3) => {
    const Statement = principals.map((Principal) => ({
      Effect: 'Allow',
      Principal,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    }));
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    return s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  };
const service = (name: string) => ({ Service: `${name}.amazonaws.com` });
const logsTo =
  (TargetBucket: string): Make =>
  (s3) =>
    s3.send(
      new PutBucketLoggingCommand({
        Bucket: bystander,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: '' } },
      }),
    );
const versioned: Make = async (s3) => {
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  for (const name of [Bucket, bystander])
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
};
const replicates: Make = (s3) =>
  s3.send(
    new PutBucketReplicationCommand({
      Bucket,
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${MOTO_ACCOUNT}:role/replication`,
        Rules: [
          {
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: `arn:aws:s3:::${bystander}` },
          },
        ],
      },
    }),
  );
const LOG_DELIVERY = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';
const logDelivery: Make = (s3) =>
  s3.send(new PutBucketAclCommand({ Bucket, GrantWrite: LOG_DELIVERY, GrantReadACP: LOG_DELIVERY }));
const suspended: Make = (s3) =>
  s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
const deliversFrom =
  (region: string): Make =>
  async (_, client) => {
    const config = new ConfigServiceClient({ ...client, region });
    const roleARN = `arn:aws:iam::${MOTO_ACCOUNT}:role/config`;
    const ConfigurationRecorder = { name: 'default', roleARN };
    await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
    const DeliveryChannel = { name: 'default', s3BucketName: Bucket };
    await config.send(new PutDeliveryChannelCommand({ DeliveryChannel }));
  };

/** Versioning never goes off, and no retention gets shorter or weaker. */
function safe(before: Picture, now: Picture): void {
  const was = strengthOf(before);
  const is = strengthOf(now);
  for (const [index, value] of was.entries()) expect(is[index]).toBeGreaterThanOrEqual(value);
}
function strengthOf(picture: Picture): number[] {
  const part = (name: string) => picture[`bucket ${Bucket}: ${name}`] ?? 'null';
  const { Mode, Days, Years } = (JSON.parse(part('default retention')) ?? {}) as Partial<DefaultRetention>;
  return [
    Number(/Enabled/.test(part('versioning'))),
    Number(/Enabled/.test(part('object lock'))),
    ['GOVERNANCE', 'COMPLIANCE'].indexOf(Mode ?? ''),
    (Days ?? 0) + 365 * (Years ?? 0),
  ];
}

const changes = /^bucket moonjar-audit: (?:versioning|object lock|default retention)$/;
/** What nobody can turn off again. */
const stays = /^bucket moonjar-audit: (?:versioning|object lock)$/;
const retention = /^bucket moonjar-audit: default retention$/;
const compliance = { retentionMode: 'COMPLIANCE', AllowCompliance: 'true' };

/** Retains for longer, and for good. */
const retainsForGood: Rival = {
  does: 'sets COMPLIANCE for ten years',
  async strike(client) {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    const stronger = { Mode: 'COMPLIANCE', Days: 3650 } as const;
    if (ObjectLockConfiguration?.Rule?.DefaultRetention?.Days === stronger.Days) return false;
    await s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: stronger } },
      }),
    );
    return true;
  },
  holds: (now) =>
    expect(JSON.parse(now[`bucket ${Bucket}: default retention`] ?? '{}')).toMatchObject({
      Mode: 'COMPLIANCE',
      Days: 3650,
    }),
  duringUndo: true,
};

remediates({
  rule,
  scenarios: [
    {
      situation: 'no Object Lock, and versioning was never on',
      found: trail(plain, allowing(service('cloudtrail'))),
      parameters: { Regions: 'us-east-1,eu-west-1' },
      changes,
      stays,
      safe,
      again: async (client) => {
        const s3 = new S3Client({ ...client, forcePathStyle: true });
        await s3.send(new DeleteBucketCommand({ Bucket }));
        await plain(s3, client);
        await allowing(service('cloudtrail'))(s3, client);
      },
      message:
        /versioning of bucket moonjar-audit on; .* for 365 days in GOVERNANCE mode.*cannot be turned off/,
    },
    {
      situation: 'versioning that was suspended, and server access logs that go elsewhere',
      found: trail(plain, suspended, logDelivery, allowing(service('cloudtrail'), service('logging.s3'))),
      parameters: { minRetentionDays: '30' },
      changes,
      stays,
    },
    {
      situation: 'Object Lock without a default retention',
      found: trail(locked()),
      changes: retention,
    },
    {
      situation: 'a default retention that is too short',
      found: trail(locked({ Mode: 'GOVERNANCE', Days: 30 })),
      parameters: { Regions: 'us-east-1' },
      changes: retention,
      safe,
      faults: true,
      rivals: [retainsForGood],
    },
    {
      situation: 'years, of which only the mode is too weak',
      found: trail(locked({ Mode: 'GOVERNANCE', Years: 2 })),
      parameters: compliance,
      changes: retention,
      message: /for 2 years in COMPLIANCE mode.*Not even root/,
    },
    {
      situation: 'COMPLIANCE, too short',
      found: trail(locked({ Mode: 'COMPLIANCE', Days: 30 })),
      parameters: { AllowCompliance: 'true' },
      changes: retention,
      message: /for 365 days in COMPLIANCE mode/,
    },
    {
      situation: 'a trail by its ARN',
      found: async (client) => {
        const name = await trail(locked())(client);
        return `arn:aws:cloudtrail:us-east-1:${MOTO_ACCOUNT}:trail/${name}`;
      },
      changes: retention,
    },
  ],
  refusals: [
    {
      situation: 'AWS Config of another Region delivers there',
      found: trail(plain, deliversFrom('eu-west-1')),
      message: /AWS Config of eu-west-1 delivers to bucket moonjar-audit.*a bucket of its own/,
    },
    {
      situation: 'AWS Config may deliver there',
      found: trail(plain, allowing(service('cloudtrail'), service('config'))),
      message: /policy of bucket moonjar-audit lets AWS Config write/,
    },
    {
      situation: 'another account may write there',
      found: trail(plain, allowing({ AWS: 'arn:aws:iam::444455556666:root' })),
      message: /lets account 444455556666 write to it, and so perhaps the AWS Config/,
    },
    {
      situation: 'a bucket that gets server access logs, by policy',
      found: trail(plain, allowing(service('logging.s3')), logsTo(Bucket)),
      message: /gets the server access logs of moonjar-bystander/,
    },
    {
      situation: 'a bucket that gets server access logs, by ACL',
      found: trail(plain, logDelivery, logsTo(Bucket)),
      message: /gets the server access logs of moonjar-bystander/,
    },
    {
      situation: 'a bucket that is replicated to one without Object Lock',
      found: trail(plain, versioned, replicates),
      message: /replicates to bucket moonjar-bystander, which has no Object Lock/,
    },
    {
      situation: "another account's bucket",
      found: trail(ofAnotherAccount),
      message: /bucket moonjar-audit belongs to another account/,
    },
    {
      situation: 'COMPLIANCE that nobody confirmed',
      found: trail(plain),
      parameters: { retentionMode: 'COMPLIANCE' },
      message: /cannot be taken back .* set AllowCompliance/,
    },
    {
      situation: 'COMPLIANCE, too short, where GOVERNANCE would be enough',
      found: trail(locked({ Mode: 'COMPLIANCE', Days: 30 })),
      message: /retains for 30 days in COMPLIANCE mode: GOVERNANCE would be weaker.*set AllowCompliance/,
    },
    {
      situation: 'a bucket that is gone',
      found: trail(plain, (s3) => s3.send(new DeleteBucketCommand({ Bucket }))),
      message: /Bucket moonjar-audit does not exist/,
    },
    {
      situation: 'no trail at all',
      found: async () => MOTO_ACCOUNT,
      message: /Create a multi-Region trail/,
    },
  ],
});
