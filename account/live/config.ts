import { ConfigServiceClient, DescribeDeliveryChannelsCommand } from '@aws-sdk/client-config-service';
import { defineService } from './service.ts';

/** AWS Config, of one Region: its own set-up. What it recorded comes in events and files. */
export const config = defineService<ConfigServiceClient>({
  connect: (given) => new ConfigServiceClient(given),
  reads: {
    // Not paginated by AWS: a Region has one channel at most.
    'config:DescribeDeliveryChannels': ({ client }) => client.send(new DescribeDeliveryChannelsCommand({})),
  },
});
