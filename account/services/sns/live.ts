import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Ask, LiveService } from '../../live/service.ts';
import { partitionOf } from '../../reading.ts';
import * as sns from './readings.ts';

export const service: LiveService<SNSClient> = { connect: (config) => new SNSClient(config) };

export const topicAttributes = {
  service,
  reading: sns.topicAttributes,
  ask: async ({ client, accountId, id }: Ask<SNSClient>) => {
    const region = await client.config.region();
    const TopicArn = `arn:${partitionOf(region)}:sns:${region}:${accountId}:${id}`;
    return client.send(new GetTopicAttributesCommand({ TopicArn }));
  },
};
