import {
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
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
import { MOST_AT_A_TIME } from '../../live/clients.ts';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as s3 from './readings.ts';

type S3Ask = Ask<S3Client>;
export const service: LiveService<S3Client> = {
  atATime: MOST_AT_A_TIME,
  // The bucket is named in the path, so that all of a Region share connections: a host for each is a connection for each.
  connect: (config) => new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: true }),
};

// S3 gives a bucket's Region only to those who ask page by page.
export const buckets = {
  service,
  reading: s3.buckets,
  ask: ({ client, pageSize }: S3Ask) =>
    allPages(paginateListBuckets({ client, pageSize: pageSize(1000) }, {}), 'Buckets'),
  *homes(answer: object): Generator<readonly [string, string]> {
    for (const { Name, BucketRegion } of (answer as ListBucketsCommandOutput).Buckets ?? []) {
      if (Name && BucketRegion) yield [Name, BucketRegion];
    }
  },
};
export const bucketLocation = {
  service,
  reading: s3.bucketLocation,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketLocationCommand({ Bucket: id })),
};
export const bucketAcl = {
  service,
  reading: s3.bucketAcl,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketAclCommand({ Bucket: id })),
};
export const bucketPolicy = {
  service,
  reading: s3.bucketPolicy,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketPolicyCommand({ Bucket: id })),
};
export const bucketPolicyStatus = {
  service,
  reading: s3.bucketPolicyStatus,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketPolicyStatusCommand({ Bucket: id })),
};
export const publicAccessBlock = {
  service,
  reading: s3.publicAccessBlock,
  ask: ({ client, id }: S3Ask) => client.send(new GetPublicAccessBlockCommand({ Bucket: id })),
};
export const objectOwnership = {
  service,
  reading: s3.objectOwnership,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketOwnershipControlsCommand({ Bucket: id })),
};
export const objectLock = {
  service,
  reading: s3.objectLock,
  ask: ({ client, id }: S3Ask) => client.send(new GetObjectLockConfigurationCommand({ Bucket: id })),
};
export const bucketVersioning = {
  service,
  reading: s3.bucketVersioning,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketVersioningCommand({ Bucket: id })),
};
export const bucketLifecycle = {
  service,
  reading: s3.bucketLifecycle,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: id })),
};
export const loggingTarget = {
  service,
  reading: s3.loggingTarget,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketLoggingCommand({ Bucket: id })),
};
export const replicationTargets = {
  service,
  reading: s3.replicationTargets,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketReplicationCommand({ Bucket: id })),
};
export const bucketTags = {
  service,
  reading: s3.bucketTags,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketTaggingCommand({ Bucket: id })),
};
export const bucketWebsite = {
  service,
  reading: s3.bucketWebsite,
  ask: ({ client, id }: S3Ask) => client.send(new GetBucketWebsiteCommand({ Bucket: id })),
};
