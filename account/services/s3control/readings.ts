/** Amazon S3's settings of a whole account. */
import type { Reading } from '../../reading.ts';
import { blockShape } from '../s3/readings.ts';

const s3control = { name: 's3control' } as const;

/** The account's setting: what S3 gives is already merged with the organization's. */
export const accountPublicAccessBlock = {
  service: s3control,
  api: 'GetPublicAccessBlock',
  options: '--account-id {account}',
  action: 's3:GetAccountPublicAccessBlock',
  scope: '*',
  none: ['NoSuchPublicAccessBlockConfiguration'],
  remembered: true,
  shape: () => blockShape(),
} as const satisfies Reading;
