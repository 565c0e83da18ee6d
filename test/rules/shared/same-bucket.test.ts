/** Undo of a bucket that is another one by now: deleted, and made anew under the same name. */
import type { Plan } from '../../../rules/fix.ts';
import { fix as blockFix } from '../../../rules/s3-public/fix.ts';
import { fix as lockFix } from '../../../rules/trail-object-lock/fix.ts';
import { memoryAccount } from '../../support/memory.ts';
import { BUCKETS, lock, type Readings, world } from '../../support/trails.ts';
import { BUCKET_BLOCK, bucket, flags, publicPolicy } from '../s3-public/bucket.ts';

const THEN = '2024-01-01T00:00:00.000Z';
const LATER = '2026-11-20T10:00:00.000Z';
const now = new Date(0);

/** A bucket list in which the bucket was created at a time, if S3 says so. */
const madeAt = (Name: string, CreationDate?: string): Readings => ({
  [BUCKETS]: { Buckets: [{ Name, BucketRegion: 'us-east-1', ...(CreationDate && { CreationDate }) }] },
});

const undoBlock = async (created: string | undefined, is: string | undefined): Promise<Plan> =>
  blockFix.undo({ created, settings: null, set: ['restrictPublicBuckets'] } as never, {
    account: memoryAccount(
      bucket(publicPolicy, { [BUCKET_BLOCK]: flags('RestrictPublicBuckets') }, madeAt('web', is)),
    ),
    resource: { type: 'AWS::S3::Bucket', id: 'web', region: 'us-east-1' },
    now,
  });
const SET = { mode: 'GOVERNANCE', days: 365 };
const undoLock = async (created: string | undefined, is: string | undefined): Promise<Plan> =>
  lockFix.undo({ created, bucket: 'logs', set: SET, earlier: null } as never, {
    account: memoryAccount(world(lock({ Mode: 'GOVERNANCE', Days: 365 }), madeAt('logs', is))),
    resource: { type: 'AWS::CloudTrail::Trail', id: 'main', region: 'us-east-1' },
    now,
  });

describe.each([
  ['s3-public', undoBlock],
  ['trail-object-lock', undoLock],
])('%s', (_rule, undo) => {
  test('a bucket that was made anew since is left alone, with the reason', async () => {
    const { steps, refusals } = await undo(THEN, LATER);
    expect([steps, refusals]).toEqual([
      [],
      [
        expect.stringMatching(
          new RegExp(`was created at ${LATER}, and the one that the run changed at ${THEN}`),
        ),
      ],
    ]);
  });

  test('so is one of which S3 does not say any more when it was made', async () => {
    const { steps, refusals } = await undo(THEN, undefined);
    expect([steps, refusals]).toEqual([[], [expect.stringContaining('nobody knows when')]]);
  });

  test('the same bucket is brought back', async () => {
    const { steps, refusals = [] } = await undo(THEN, THEN);
    expect([steps.length, refusals]).toEqual([1, []]);
  });

  test('a record of an earlier build, which kept no time, still counts', async () => {
    const { steps, refusals = [] } = await undo(undefined, LATER);
    expect([steps.length, refusals]).toEqual([1, []]);
  });
});
