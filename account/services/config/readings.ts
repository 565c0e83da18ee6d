/** The settings of AWS Config in one Region. What it has recorded comes in events and files. */
import { field, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const config = { name: 'config', cli: 'configservice' } as const;

/** The buckets that AWS Config of the Region delivers to. */
export const deliveryBuckets = {
  service: config,
  api: 'DescribeDeliveryChannels',
  regional: true,
  scope: '*',
  member: 'DeliveryChannels',
  shape: () => field('s3BucketName', text),
} as const satisfies Reading;
