import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import rule from '../../../rules/trail-log-retention/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

/** A trail whose bucket keeps versions, and deletes logs after some days, and what it has deleted a month later. */
const expiring = (Days: number) => async (client: object) => {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const Bucket = 'moonjar-logs';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const Rules = [
    {
      ID: 'old',
      Status: 'Enabled' as const,
      Filter: { Prefix: '' },
      Expiration: { Days },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    },
  ];
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  await new CloudTrailClient(client).send(new CreateTrailCommand({ Name: 'main', S3BucketName: Bucket }));
  return 'main';
};

tellsPeople({
  rule,
  situations: [
    { situation: 'a trail whose logs go after 90 days', found: expiring(90) },
    { situation: 'an account without a trail', found: () => undefined },
  ],
});
