/** What a fix makes of an alert in a Region, and how each part of it is made, seen and taken back. */

import { partitionOf } from '../../../../account/reading.ts';
import type { EventRule, RuleTarget } from '../../../../account/services/events/readings.ts';
import type { Subscription, Topic } from '../../../../account/services/sns/readings.ts';
import { isSame, type Statement, statementsOf } from '../../../../account/services/sns/statements.ts';
import type { PlanStep } from '../../../fix.ts';

/** The parts of an alert that a run makes, as its `Before` has them: those that are absent were there. */
export interface Made {
  readonly region: string;
  /** Of the rule, and of a topic that is made. */
  readonly name: string;
  readonly topicArn: string;
  /** What of the rule's parameters the pattern hangs on, if anything. */
  readonly asked?: string;
  readonly topic?: true;
  /** The topic's policy lets EventBridge publish. */
  readonly policy?: true;
  /** An address that is subscribed. */
  readonly email?: string;
  /** The rule's pattern. */
  readonly rule?: string;
  readonly state?: string;
  /** The name of a rule that is enabled. */
  readonly enabled?: string;
  /** The id of the rule's target. */
  readonly target?: string;
  /** What the rule was that is enabled, or that gets a target, if it was there. */
  readonly was?: Was;
}
export type Part = Exclude<keyof Made, 'region' | 'name' | 'topicArn' | 'asked' | 'state' | 'was'>;

/** What of a rule is no part of what a run makes. */
export interface Was extends Pick<EventRule, 'pattern' | 'more'> {
  readonly targets: readonly RuleTarget[];
}
export const wasOf = ({ pattern, more }: EventRule, targets: readonly RuleTarget[]): Was => ({
  ...(pattern !== undefined && { pattern }),
  ...(more !== undefined && { more }),
  targets,
});

/** What there is of it at the moment. */
export interface There {
  readonly rules: readonly EventRule[];
  /** The alert's own rule. */
  readonly rule: EventRule | undefined;
  /** Of that rule. */
  readonly targets: readonly RuleTarget[];
  readonly topic: Topic | null;
  readonly subscriptions: readonly Subscription[];
}

/** In the order in which they are made: nothing is sent anywhere before the topic takes it. */
const ORDER: readonly Part[] = ['topic', 'policy', 'email', 'rule', 'enabled', 'target'];
export const partsOf = (made: Made): Part[] => ORDER.filter((part) => made[part] !== undefined);

export const topicArnOf = (region: string, accountId: string, name: string): string =>
  `arn:${partitionOf(region)}:sns:${region}:${accountId}:${name}`;
export const topicNameOf = (arn: string): string => arn.split(':')[5] ?? '';
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** Lets EventBridge publish, for rules of the account. */
const SID = 'GroundrulesEventBridge';
export const statementFor = (TopicArn: string) => ({
  Sid: SID,
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: TopicArn,
  Condition: { StringEquals: { 'aws:SourceAccount': accountOf(TopicArn) } },
});

export function statementsIn(policy: string | undefined): readonly Statement[] {
  try {
    return statementsOf(policy ?? '{}');
  } catch {
    return [];
  }
}

/** A policy as it is after the statement was added to it. */
export const withStatement = (policy: string, topicArn: string): string =>
  JSON.stringify({ ...JSON.parse(policy), Statement: [...statementsIn(policy), statementFor(topicArn)] });

/** Whether nobody has changed the statement since it was added. */
const isOurs = (statement: Statement, topicArn: string): boolean => isSame(statement, statementFor(topicArn));

/** Whether the policy has something else by the name of the statement. */
export const isTaken = (policy: string | undefined, topicArn: string): boolean =>
  statementsIn(policy).some((one) => one.Sid === SID && !isOurs(one, topicArn));

/** What the statement that SNS puts into a new topic's policy allows its owner. */
const DEFAULT_ACTIONS = [
  'AddPermission',
  'DeleteTopic',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'Publish',
  'Receive',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
].map((action) => `sns:${action}`.toLowerCase());

function isDefault(statement: Statement, topicArn: string): boolean {
  const { Action, Condition, ...rest } = statement;
  const actions = [Action].flat().map((action) => String(action).toLowerCase());
  return (
    actions.every((action) => DEFAULT_ACTIONS.includes(action)) &&
    isSame(Condition, { StringEquals: { 'AWS:SourceOwner': accountOf(topicArn) } }) &&
    isSame(rest, {
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Resource: topicArn,
    })
  );
}

/** Statements that neither SNS nor a fix has put there. */
export const othersIn = ({ policy }: Topic, topicArn: string): readonly Statement[] =>
  statementsIn(policy).filter((one) => !isDefault(one, topicArn) && !isOurs(one, topicArn));

export const isSubscribed = (email: string, { protocol, endpoint }: Subscription): boolean =>
  protocol === 'email' && endpoint.toLowerCase() === email.toLowerCase();

/** JSON text with the members of its objects in order. */
const inOrder = (text: string): string =>
  JSON.stringify(JSON.parse(text), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );

/** Values of a pattern are compared letter by letter, as EventBridge does. */
export function isSamePattern(one: string | undefined, other: string): boolean {
  try {
    return one !== undefined && inOrder(one) === inOrder(other);
  } catch {
    return false;
  }
}

/** A target as a run makes it, with nothing besides. */
export const isOwnTarget = (
  { target, topicArn }: Pick<Made, 'target' | 'topicArn'>,
  { id, arn, roleArn, more }: RuleTarget,
): boolean => id === target && arn === topicArn && roleArn === undefined && more === undefined;

/** Whether a part is there as it was made. */
export function isThere(part: Part, made: Made, there: There): boolean {
  const { rules, rule, targets, topic, subscriptions } = there;
  switch (part) {
    case 'topic':
      return topic !== null;
    case 'policy':
      return statementsIn(topic?.policy).some((one) => isOurs(one, made.topicArn));
    case 'email':
      return subscriptions.some((one) => isSubscribed(made.email ?? '', one));
    case 'rule':
      return isSamePattern(rule?.pattern, made.rule ?? '');
    case 'enabled':
      return rules.some(({ name, state }) => name === made.enabled && state !== 'DISABLED');
    case 'target':
      return targets.some((one) => isOwnTarget(made, one));
  }
}

/** The call that makes a part. */
export function stepFor(part: Part, made: Made): PlanStep {
  const { region, name, topicArn } = made;
  const topic = topicNameOf(topicArn);
  const step = (api: string, input: object, why: string): PlanStep => ({
    api,
    input: { ...input },
    why,
    region,
  });
  switch (part) {
    case 'topic':
      return step('sns:CreateTopic', { Name: name }, `topic ${name} made in ${region}`);
    case 'policy':
      return step(
        'sns:SetTopicAttributes',
        { TopicArn: topicArn, AttributeName: 'Policy', Add: statementFor(topicArn) },
        `topic ${topic} takes what EventBridge publishes (${region})`,
      );
    case 'email':
      return step(
        'sns:Subscribe',
        { TopicArn: topicArn, Protocol: 'email', Endpoint: made.email },
        `${made.email} subscribed to topic ${topic} (${region})`,
      );
    case 'rule':
      return step(
        'events:PutRule',
        { Name: name, EventPattern: made.rule, State: made.state },
        `rule ${name} made in ${region}`,
      );
    case 'enabled':
      return step('events:EnableRule', { Name: made.enabled }, `rule ${made.enabled} enabled in ${region}`);
    case 'target':
      return step(
        'events:PutTargets',
        { Rule: name, Targets: [{ Id: made.target, Arn: topicArn }] },
        `rule ${name} publishes to topic ${topic} (${region})`,
      );
  }
}
