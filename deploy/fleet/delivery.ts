import { bucketWith, type OpenBucket } from '../../account/live/bucket.ts';
import { DEFAULTS } from '../../account/live/clients.ts';
import type { FleetDelivery } from './layout.ts';

/** The bucket that AWS Config delivers to, as a function opens it: Lambda says where that runs. */
export function openDelivery(
  { bucket, requesterPays }: FleetDelivery,
  { AWS_REGION: region }: Readonly<Record<string, string | undefined>>,
): OpenBucket {
  if (!region) throw new Error('AWS_REGION is not set: Lambda sets it');
  return bucketWith(bucket, { config: DEFAULTS, region, requesterPays });
}
