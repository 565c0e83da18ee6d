import type { Account } from '../../account/account.ts';
import { whenCreated } from '../../account/services/s3/buckets.ts';
import type { buckets } from '../../account/services/s3/readings.ts';

/** The identity of a bucket in `Before`, because another bucket may get its name later. */
export interface KeptBucket {
  /** ISO 8601; absent where S3 did not say, and in the records of earlier builds. */
  readonly created?: string;
}

/** What is to be kept of a bucket; `null` where there is none of that name in the account. */
export async function keptBucket(account: Account<typeof buckets>, name: string): Promise<KeptBucket | null> {
  const created = await whenCreated(account, name);
  return created && (created === 'unknown' ? {} : { created: created.toISOString() });
}

/**
 * Why Undo must not touch a bucket: it was deleted and made anew since.
 *
 * "This date can change when making changes to your bucket, such as editing its bucket policy":
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html. S3 has nothing else that identifies a bucket, so a
 * person has to decide if the date differs.
 */
export function otherBucket(name: string, was: KeptBucket, now: KeptBucket): string | undefined {
  if (was.created === undefined || was.created === now.created) return undefined;
  return `Bucket ${name} was created ${now.created ? `at ${now.created}` : 'nobody knows when'}, and the one that the run changed at ${was.created}: it is another one, or its policy has been edited since, after which S3 may give a later date. Undo it by hand if it is the same.`;
}
