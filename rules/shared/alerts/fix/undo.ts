/** Takes back what a run made of an alert, as far as nobody else has come to use it. */

import type { PlanStep } from '../../../fix.ts';
import { type AlertView, lookAt } from './look.ts';
import {
  isSubscribed,
  isThere,
  type Made,
  othersIn,
  partsOf,
  statementFor,
  stepFor,
  type There,
  topicNameOf,
} from './made.ts';

export interface Back {
  readonly steps: readonly PlanStep[];
  /** What stays, each a sentence. */
  readonly stays: readonly string[];
}

/** The parts of it that are in effect; nothing where none is. */
export async function inEffect(account: AlertView, made: Made): Promise<Made | undefined> {
  const there = await lookAt(account, made);
  const { region, name, topicArn, state } = made;
  const parts = partsOf(made).filter((part) => isThere(part, made, there));
  if (parts.length === 0) return undefined;
  const kept = Object.fromEntries(parts.map((part) => [part, made[part]]));
  return { region, name, topicArn, ...(state !== undefined && { state }), ...kept };
}

export const sentencesOf = (made: Made): string[] => partsOf(made).map((part) => stepFor(part, made).why);

export async function undoAlert(account: AlertView, made: Made): Promise<Back> {
  const there = await lookAt(account, made);
  const [ofRule, ofTopic] = [undoRule(made, there), undoTopic(made, there)];
  return { steps: [...ofRule.steps, ...ofTopic.steps], stays: [...ofRule.stays, ...ofTopic.stays] };
}

const step = ({ region }: Made, api: string, input: object, why: string): PlanStep => ({
  api,
  input: { ...input },
  why: `${why} (${region})`,
  region,
});

function undoRule(made: Made, there: There): Back {
  const { name, target, enabled } = made;
  const { rule, targets } = there;
  const steps: PlanStep[] = [];
  const stays: string[] = [];
  const hasTarget = target !== undefined && isThere('target', made, there);
  if (hasTarget) {
    steps.push(
      step(
        made,
        'events:RemoveTargets',
        { Rule: name, Ids: [target] },
        `Rule ${name} has no target any more`,
      ),
    );
  }
  const others = targets.filter(({ id }) => !hasTarget || id !== target);
  const isGone = made.rule !== undefined && isThere('rule', made, there) && others.length === 0;
  if (isGone) steps.push(step(made, 'events:DeleteRule', { Name: name }, `Rule ${name} is gone again`));
  else if (made.rule !== undefined && rule) {
    const what = others.length > 0 ? 'another target' : 'another pattern';
    stays.push(`Rule ${name} stays, because somebody else has given it ${what} since.`);
  }
  if (enabled !== undefined && isThere('enabled', made, there) && !(isGone && enabled === name)) {
    steps.push(step(made, 'events:DisableRule', { Name: enabled }, `Rule ${enabled} is disabled again`));
  }
  return { steps, stays };
}

function undoTopic(made: Made, there: There): Back {
  const { topicArn: TopicArn, email } = made;
  const { topic, subscriptions } = there;
  if (!topic) return { steps: [], stays: [] };
  const name = topicNameOf(TopicArn);
  const isOwn = (one: There['subscriptions'][number]) => email !== undefined && isSubscribed(email, one);
  if (made.topic) {
    const isUsed = subscriptions.some((one) => !isOwn(one)) || othersIn(topic, TopicArn).length > 0;
    if (!isUsed) {
      return {
        steps: [step(made, 'sns:DeleteTopic', { TopicArn }, `Topic ${name} is gone again`)],
        stays: [],
      };
    }
  }
  const stays = made.topic ? [`Topic ${name} stays, because somebody else uses it.`] : [];
  const steps: PlanStep[] = [];
  if (made.policy && isThere('policy', made, there)) {
    steps.push(
      step(
        made,
        'sns:SetTopicAttributes',
        { TopicArn, AttributeName: 'Policy', Remove: statementFor(TopicArn) },
        `EventBridge may not publish to ${name} any more`,
      ),
    );
  }
  for (const { arn: SubscriptionArn, endpoint } of subscriptions.filter(isOwn)) {
    if (SubscriptionArn === undefined) {
      stays.push(
        `The subscription of ${endpoint} to ${name} is not confirmed, and only a confirmed one can be removed: it lapses by itself.`,
      );
    } else {
      steps.push(
        step(
          made,
          'sns:Unsubscribe',
          { SubscriptionArn },
          `${endpoint} is not subscribed to ${name} any more`,
        ),
      );
    }
  }
  return { steps, stays };
}
