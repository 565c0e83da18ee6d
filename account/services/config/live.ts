import { ConfigServiceClient, DescribeDeliveryChannelsCommand } from '@aws-sdk/client-config-service';
import type { Ask, LiveService } from '../../live/service.ts';
import * as config from './readings.ts';

export const service: LiveService<ConfigServiceClient> = {
  connect: (given) => new ConfigServiceClient(given),
};

// Not paginated by AWS: a Region has one channel at most.
export const deliveryBuckets = {
  service,
  reading: config.deliveryBuckets,
  ask: ({ client }: Ask<ConfigServiceClient>) => client.send(new DescribeDeliveryChannelsCommand({})),
};
