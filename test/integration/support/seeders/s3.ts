import {
  CreateBucketCommand,
  type GetBucketAclCommandOutput,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand as PutAccountBlockCommand } from '@aws-sdk/client-s3-control';
import { service as s3control } from '../../../../account/services/s3control/live.ts';
import type { Readings } from '../../../support/aws/stand-in.ts';
import { ACCOUNT, Failure } from '../../../support/memory.ts';
import type { ClientOf, Seeder } from './index.ts';

const path = (command: string, bucket: string) => `global/s3api/${command}/${bucket}.json`;
const ACCOUNT_BLOCK = 'global/s3control/get-public-access-block.json';
const LIST = 'global/s3api/list-buckets.json';

/** What S3 says of a bucket that has no such configuration: as moto does of a new one. */
const NONE: Readonly<Record<string, string>> = {
  'get-bucket-policy': 'NoSuchBucketPolicy',
  'get-public-access-block': 'NoSuchPublicAccessBlockConfiguration',
  'get-bucket-ownership-controls': 'OwnershipControlsNotFoundError',
  'get-bucket-tagging': 'NoSuchTagSet',
  'get-bucket-website': 'NoSuchWebsiteConfiguration',
};

type Put = (s3: S3Client, Bucket: string, printed: never) => Promise<unknown>;

/** In this order: what is blocked or disabled in the end can be set before. */
const PUTS: Readonly<Record<string, Put>> = {
  'get-bucket-policy': (s3, Bucket, { Policy }: { Policy: string }) =>
    s3.send(new PutBucketPolicyCommand({ Bucket, Policy })),
  'get-bucket-acl': (s3, Bucket, { Grants }: GetBucketAclCommandOutput) =>
    s3.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Grants, Owner: { ID: 'owner' } } })),
  'get-bucket-tagging': (s3, Bucket, Tagging: never) =>
    s3.send(new PutBucketTaggingCommand({ Bucket, Tagging })),
  'get-bucket-website': (s3, Bucket, WebsiteConfiguration: never) =>
    s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration })),
  'get-bucket-ownership-controls': (s3, Bucket, { OwnershipControls }: { OwnershipControls: never }) =>
    s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls })),
  'get-public-access-block': (s3, Bucket, printed: { PublicAccessBlockConfiguration: never }) =>
    s3.send(new PutPublicAccessBlockCommand({ Bucket, ...(printed as object) } as never)),
};

/** Buckets with what they have, and the block of the account. */
export const s3: Seeder = { about: /^global\/s3(?:api|control)\//, make };

async function make(client: ClientOf, readings: Readings): Promise<readonly string[]> {
  const list = readings[LIST] as
    | { Buckets: readonly { Name: string; BucketRegion?: string }[] }
    | Failure
    | undefined;
  const made: string[] = [];
  const block = readings[ACCOUNT_BLOCK];
  if (block instanceof Failure) {
    if (block.code === NONE['get-public-access-block']) made.push(ACCOUNT_BLOCK);
  } else if (block) {
    const control = s3control.connect(client() as never);
    await control.send(new PutAccountBlockCommand({ AccountId: ACCOUNT, ...(block as object) } as never));
    made.push(ACCOUNT_BLOCK);
  }
  if (!list || list instanceof Failure) return made;
  for (const { Name: Bucket, BucketRegion = 'us-east-1' } of list.Buckets) {
    const s3 = new S3Client({ ...client(BucketRegion), forcePathStyle: true });
    const there = BucketRegion !== 'us-east-1' && {
      CreateBucketConfiguration: { LocationConstraint: BucketRegion as 'eu-west-1' },
    };
    await s3.send(new CreateBucketCommand({ Bucket, ...there }));
    for (const [command, put] of Object.entries(PUTS)) {
      const file = path(command, Bucket);
      const printed = readings[file];
      if (printed instanceof Failure) {
        if (printed.code === NONE[command]) made.push(file);
        continue;
      }
      if (printed === undefined || !isPossible(command, printed)) continue;
      await put(s3, Bucket, printed as never);
      made.push(file);
    }
  }
  return [...made, LIST];
}

/** S3 takes no policy that is none, and moto no group but two (AWS has a third, for logs). */
function isPossible(command: string, printed: unknown): boolean {
  if (command === 'get-bucket-acl') return !JSON.stringify(printed).includes('/s3/LogDelivery');
  if (command !== 'get-bucket-policy') return true;
  try {
    JSON.parse((printed as { Policy: string }).Policy);
    return true;
  } catch {
    return false;
  }
}
