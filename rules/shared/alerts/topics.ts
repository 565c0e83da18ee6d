/** Whether a message to an SNS topic reaches somebody. */

import { AccountError } from '../../../account/errors.ts';
import type { Topic } from '../../../account/services/sns/readings.ts';
import { type Answer, every, not, some } from '../answers.ts';
import { actionPattern } from '../permissions/boxes.ts';
import { areMet } from '../permissions/conditions.ts';
import { contextOf } from '../permissions/context.ts';
import { covers, hasVariable } from '../policy/globs.ts';
import {
  MalformedPolicyError,
  type Patterns,
  type Principals,
  parsePolicy,
  type Statement,
} from '../policy/parse.ts';
import { allOf, hangsOn, missed, TOLD, type Told, unreadable } from './told.ts';

const TOPIC = 'sns:GetTopicAttributes';

/** A rule of EventBridge that publishes by itself, which the topic's policy has to let it do. */
export interface Publisher {
  readonly ruleArn: string;
  readonly accountId: string;
}

/**
 * Whether somebody gets what is published. A topic under the key `alias/aws/sns` gets nothing from EventBridge and
 * CloudWatch, because nobody can change that key's policy. CloudWatch alarms, and targets with a role, need no policy.
 *
 * @param topic null where there is none of this ARN.
 */
export function reaches(
  topic: Topic | AccountError | null,
  arn: string,
  requiresConfirmed: boolean,
  publisher?: Publisher,
): Told {
  if (topic === null) return missed('noTopic', arn);
  if (topic instanceof AccountError) return unreadable(topic);
  const { confirmedSubscriptions: confirmed, kmsKeyId = '', policy } = topic;
  return allOf([
    requiresConfirmed
      ? hangsOn(confirmed === undefined ? 'unknown' : confirmed > 0, 'unconfirmed', arn, TOPIC)
      : TOLD,
    /(?:^|:)alias\/aws\/sns$/.test(kmsKeyId) ? missed('topicKey', arn) : TOLD,
    publisher ? hangsOn(maySend(policy, arn, publisher), 'topicPolicy', arn, TOPIC) : TOLD,
  ]);
}

/** Whether the topic's policy lets the rule publish. */
export function maySend(
  policy: string | undefined,
  topicArn: string,
  { ruleArn, accountId }: Publisher,
): Answer {
  if (policy === undefined) return 'unknown';
  // SNS's own default policy asks for AWS:SourceOwner, which shuts services out.
  const context = contextOf({
    'aws:SourceArn': ruleArn,
    'aws:SourceAccount': accountId,
    'AWS:SourceOwner': null,
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': 'events.amazonaws.com',
    'aws:SecureTransport': 'true',
  });
  const applies = ({ principals, actions, resources, conditions }: Statement) =>
    every([
      isEventBridge(principals),
      isAmong(actions, actionPattern('sns:Publish'), actionPattern),
      isAmong(resources, topicArn),
      areMet(conditions, context),
    ]);
  try {
    const statements = parsePolicy(policy, 'the topic policy');
    const of = (effect: Statement['effect']) =>
      some(statements.filter((statement) => statement.effect === effect).map(applies));
    return every([of('Allow'), not(of('Deny'))]);
  } catch (error) {
    if (error instanceof MalformedPolicyError) return 'unknown';
    throw error;
  }
}

/** Of the forms that name everybody but some AWS does not say whether they mean services. */
const isEventBridge = (principals: Principals): Answer =>
  principals.not
    ? 'unknown'
    : principals.entries.some(
        ({ type, value }) =>
          (type === 'Service' && (value === 'events.amazonaws.com' || value === '*')) ||
          (type === 'AWS' && value === '*'),
      );

function isAmong(
  patterns: Patterns,
  text: string,
  spell: (value: string) => string = (value) => value,
): Answer {
  const answers = patterns.values.map(
    (value): Answer => (hasVariable(value) ? 'unknown' : covers(spell(value), text)),
  );
  return patterns.not ? not(some(answers)) : some(answers);
}
