import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { MOTO_ACCOUNT } from './moto.ts';

const arnOf = (name: string) => `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:${name}`;
/** A topic of the team's own. */
export const TEAM = arnOf('team-alerts');

const statement = (Sid: string, Service: string, Resource: string) => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sns:Publish',
  Resource,
});

/** Lets a service publish, if it may not yet. @returns whether there was a topic to do that to. */
async function allow(client: object, name: string, Sid: string, Service: string): Promise<boolean> {
  const sns = new SNSClient(client);
  const TopicArn = arnOf(name);
  const found = await sns.send(new GetTopicAttributesCommand({ TopicArn })).catch(() => undefined);
  if (!found) return false;
  const policy = JSON.parse(found.Attributes?.Policy ?? '{}');
  if (policy.Statement.some((one: { Sid?: string }) => one.Sid === Sid)) return false;
  const Statement = [...policy.Statement, statement(Sid, Service, TopicArn)];
  const AttributeValue = JSON.stringify({ ...policy, Statement });
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  return true;
}
export const allowing = (client: object, name: string) =>
  allow(client, name, 'TheirsSince', 'budgets.amazonaws.com');

export async function subscribes(client: object, name: string, Endpoint: string): Promise<boolean> {
  const sns = new SNSClient(client);
  const asked = { TopicArn: arnOf(name), Protocol: 'email', Endpoint };
  return sns.send(new SubscribeCommand(asked)).then(
    () => true,
    () => false,
  );
}

/** Makes a topic whose policy lets a service publish, with a subscription. @param isOpen whether EventBridge may, too. */
export const ownTopic =
  (name: string, address: string, isOpen = false) =>
  async (client: object): Promise<void> => {
    await new SNSClient(client).send(new CreateTopicCommand({ Name: name }));
    await allow(client, name, 'Theirs', 'cloudwatch.amazonaws.com');
    if (isOpen) await allow(client, name, 'Events', 'events.amazonaws.com');
    await subscribes(client, name, address);
  };

/**
 * What moto 5.2.5 does unlike SNS, mended: nobody has to confirm a subscription by e-mail, and a topic counts none. Here
 * an address that begins with `confirmed` has been confirmed, and no other.
 */
export const SNS_AS_AWS_HAS_IT = `
from moto.sns.models import Subscription, Topic

def is_pending(subscription):
    return subscription.protocol == 'email' and not subscription.endpoint.startswith('confirmed')

Subscription.subscription_arn = property(
    lambda self: 'PendingConfirmation' if is_pending(self) else self.arn)

def confirmed(self):
    subscriptions, _ = self.sns_backend.list_subscriptions_by_topic(topic_arn=self.arn)
    return sum(not is_pending(one) for one in subscriptions)
Topic.subscriptions_confimed = property(confirmed, lambda self, value: None)
`;
