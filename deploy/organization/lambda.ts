import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { deployedWaivers } from '../../lambda/waivers.ts';
import { bucketName, openStore } from '../fleet/store.ts';
import { weeklySummary } from './weekly.ts';

// It runs once a week and has minutes of time, so that it waits out throttling.
const patient = { retryMode: 'adaptive', maxAttempts: 10 } as const;

export const handler = weeklySummary({
  config: new ConfigServiceClient(patient),
  organizations: new OrganizationsClient(patient),
  sns: new SNSClient(patient),
  store: () => openStore(new S3Client({ maxAttempts: 6 }), bucketName(process.env)),
  waivers: deployedWaivers(import.meta.url),
});
