import type { Account } from '../../account/account.ts';

/** A bucket as `Before` keeps it: its name may come to be another bucket's. */
export interface KeptBucket {
  /** ISO 8601; absent where S3 did not say, and in the records of earlier builds. */
  readonly created?: string;
}

/** What is to be kept of a bucket; `null` where there is none of that name in the account. */
export async function keptBucket({ s3 }: Account, name: string): Promise<KeptBucket | null> {
  const created = await s3.created(name);
  return created && (created === 'unknown' ? {} : { created: created.toISOString() });
}

/**
 * Why a bucket is not to be touched by Undo: it was deleted and made anew since.
 *
 * "This date can change when making changes to your bucket, such as editing its bucket policy":
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html. S3 has no other mark of a bucket's identity, so that
 * what looks like another bucket is left to a person.
 */
export function otherBucket(name: string, was: KeptBucket, now: KeptBucket): string | undefined {
  if (was.created === undefined || was.created === now.created) return undefined;
  return `Bucket ${name} was created ${now.created ? `at ${now.created}` : 'nobody knows when'}, and the one that the run changed at ${was.created}: it is another one, or its policy has been edited since, after which S3 may give a later date. Undo it by hand if it is the same.`;
}
