import { GetTopicAttributesCommand, paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { partitionOf } from '../../reading.ts';
import * as sns from './readings.ts';

export const service: LiveService<SNSClient> = { connect: (config) => new SNSClient(config) };

async function arnOf({ client, accountId, id }: Ask<SNSClient>): Promise<string> {
  const region = await client.config.region();
  return `arn:${partitionOf(region)}:sns:${region}:${accountId}:${id}`;
}

export const topicAttributes = {
  service,
  reading: sns.topicAttributes,
  ask: async (ask: Ask<SNSClient>) =>
    ask.client.send(new GetTopicAttributesCommand({ TopicArn: await arnOf(ask) })),
};

export const topicSubscriptions = {
  service,
  reading: sns.topicSubscriptions,
  ask: async (ask: Ask<SNSClient>) =>
    allPages(
      paginateListSubscriptionsByTopic({ client: ask.client }, { TopicArn: await arnOf(ask) }),
      'Subscriptions',
    ),
};
