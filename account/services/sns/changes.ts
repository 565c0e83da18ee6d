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
import { isSame, type Statement, statementsOf } from './statements.ts';

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
  readonly Add?: Statement;
  /** A statement that it is not to have any more; one that says anything else stays. */
  readonly Remove?: Statement;
}

/**
 * Adds a statement to a topic's policy, or takes one out. The API only takes whole policies, so that the rest is what the
 * policy says immediately before.
 */
export const setTopicAttributes = change('sns:SetTopicAttributes', async (sns, input: PolicyChange) => {
  const { TopicArn, Add, Remove } = input;
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const policy = Attributes?.Policy ?? '{}';
  const before = statementsOf(policy);
  const hasIt = Add !== undefined && before.some((one) => isSame(one, Add));
  if (Add && !hasIt && before.some(({ Sid }) => Sid === Add.Sid))
    throw new Error(`${TopicArn}: its policy has a statement ${Add.Sid} that says something else`);
  const kept = before.filter((one) => Remove === undefined || !isSame(one, Remove));
  const after = Add && !hasIt ? [...kept, Add] : kept;
  if (isSame(after, before)) return undefined;
  const AttributeValue = JSON.stringify({ ...JSON.parse(policy), Statement: after });
  return sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
});
