import {
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type ListBucketsCommandOutput,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { allPages, type ClientConfig, defineService } from './service.ts';

/** Amazon S3: buckets lie in Regions, but are listed, and asked about by name, from anywhere. */
export const s3 = defineService<S3Client>({
  connect: (config) =>
    new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: isEmulated(config) }),
  reads: {
    // S3 gives a bucket's Region only to those who ask page by page.
    's3:ListBuckets': ({ client, pageSize }) =>
      allPages(paginateListBuckets({ client, pageSize: pageSize(1000) }, {}), 'Buckets'),
    's3:GetBucketLocation': ({ client, id }) => client.send(new GetBucketLocationCommand({ Bucket: id })),
    's3:GetBucketAcl': ({ client, id }) => client.send(new GetBucketAclCommand({ Bucket: id })),
    's3:GetBucketPolicy': ({ client, id }) => client.send(new GetBucketPolicyCommand({ Bucket: id })),
    's3:GetBucketPolicyStatus': ({ client, id }) =>
      client.send(new GetBucketPolicyStatusCommand({ Bucket: id })),
    's3:GetPublicAccessBlock': ({ client, id }) =>
      client.send(new GetPublicAccessBlockCommand({ Bucket: id })),
    's3:GetBucketOwnershipControls': ({ client, id }) =>
      client.send(new GetBucketOwnershipControlsCommand({ Bucket: id })),
    's3:GetObjectLockConfiguration': ({ client, id }) =>
      client.send(new GetObjectLockConfigurationCommand({ Bucket: id })),
    's3:GetBucketVersioning': ({ client, id }) => client.send(new GetBucketVersioningCommand({ Bucket: id })),
    's3:GetBucketLogging': ({ client, id }) => client.send(new GetBucketLoggingCommand({ Bucket: id })),
    's3:GetBucketReplication': ({ client, id }) =>
      client.send(new GetBucketReplicationCommand({ Bucket: id })),
    's3:GetBucketTagging': ({ client, id }) => client.send(new GetBucketTaggingCommand({ Bucket: id })),
    's3:GetBucketWebsite': ({ client, id }) => client.send(new GetBucketWebsiteCommand({ Bucket: id })),
  },
  *homes(answer) {
    for (const { Name, BucketRegion } of (answer as ListBucketsCommandOutput).Buckets ?? []) {
      if (Name && BucketRegion) yield [Name, BucketRegion];
    }
  },
});

/** Endpoints other than AWS's own seldom have a host name for every bucket. */
const isEmulated = ({ endpoint }: ClientConfig) =>
  Boolean(endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
