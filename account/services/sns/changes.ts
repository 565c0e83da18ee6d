import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { LiveChange } from '../../live/service.ts';
import { service } from './live.ts';

type Send = (client: SNSClient, input: never) => Promise<unknown>;
const change = (api: string, send: Send): LiveChange<SNSClient> => ({
  service,
  api,
  make: ({ client }, input) => send(client, input as never),
});

export const createTopic = change('sns:CreateTopic', (sns, input) => sns.send(new CreateTopicCommand(input)));
export const deleteTopic = change('sns:DeleteTopic', (sns, input) => sns.send(new DeleteTopicCommand(input)));
export const subscribe = change('sns:Subscribe', (sns, input) => sns.send(new SubscribeCommand(input)));
export const unsubscribe = change('sns:Unsubscribe', (sns, input) => sns.send(new UnsubscribeCommand(input)));

interface PolicyChange {
  readonly TopicArn: string;
  /** A statement with a Sid, which the policy is to have. */
  readonly Add?: Named;
  /** The Sid of a statement that it is not to have any more. */
  readonly Remove?: string;
}
interface Named {
  readonly Sid?: string;
}
interface Policy {
  readonly Statement?: Named | readonly Named[];
}

/**
 * Adds a statement to a topic's policy, or takes one out. The API only takes whole policies, so that the rest is what the
 * policy says immediately before.
 */
export const setTopicAttributes = change('sns:SetTopicAttributes', async (sns, input: PolicyChange) => {
  const { TopicArn, Add, Remove } = input;
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const { Statement = [], ...policy } = JSON.parse(Attributes?.Policy ?? '{}') as Policy;
  const kept = [Statement]
    .flat()
    .filter(({ Sid }) => Sid === undefined || (Sid !== Add?.Sid && Sid !== Remove));
  const AttributeValue = JSON.stringify({ ...policy, Statement: Add ? [...kept, Add] : kept });
  return sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
});
