import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
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

export const configurationRecorders = {
  service,
  reading: config.configurationRecorders,
  ask: ({ client }: Ask<ConfigServiceClient>) => client.send(new DescribeConfigurationRecordersCommand({})),
};

export const configurationRecorderStatus = {
  service,
  reading: config.configurationRecorderStatus,
  ask: ({ client }: Ask<ConfigServiceClient>) =>
    client.send(new DescribeConfigurationRecorderStatusCommand({})),
};
