import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SNSClient } from '@aws-sdk/client-sns';
import { deployedWaivers } from '../../lambda/waivers.ts';
import { weeklySummary } from './weekly.ts';

// It runs once a week and has minutes of time, so that it waits out throttling.
const patient = { retryMode: 'adaptive', maxAttempts: 10 } as const;

export const handler = weeklySummary({
  config: new ConfigServiceClient(patient),
  organizations: new OrganizationsClient(patient),
  sns: new SNSClient(patient),
  waivers: deployedWaivers(import.meta.url),
});
