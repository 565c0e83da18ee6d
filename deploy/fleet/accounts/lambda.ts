import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { openDelivery } from '../delivery.ts';
import { deployedFleet } from '../deployed.ts';
import { bucketName, openStore } from '../store.ts';
import { listAccounts } from './accounts.ts';

const settings = deployedFleet(import.meta.url);
const { delivery } = settings;

export const handler = listAccounts({
  // Organizations answers a few requests a second: it waits out throttling.
  client: new OrganizationsClient({ retryMode: 'adaptive', maxAttempts: 10 }),
  settings,
  store: openStore(new S3Client({ maxAttempts: 6 }), bucketName(process.env)),
  ...(delivery && {
    delivery: { bucket: openDelivery(delivery, process.env), prefix: delivery.prefix },
  }),
});
