/** Takes back what a run made of an alert, as far as nobody else has come to use it, or has changed it. */

import {
  type EventRule,
  type RuleTarget,
  ruleTargets,
} from '../../../../account/services/events/readings.ts';
import type { PlanStep } from '../../../fix.ts';
import { type AlertView, lookAt } from './look.ts';
import {
  isOwnTarget,
  isSamePattern,
  isSubscribed,
  isThere,
  type Made,
  type Part,
  partsOf,
  statementFor,
  stepFor,
  type There,
  topicNameOf,
  type Was,
} from './made.ts';
import { type Users, usersOf } from './users.ts';

export interface Back {
  readonly steps: readonly PlanStep[];
  /** What stays, each a sentence. */
  readonly stays: readonly string[];
}
const NONE: Back = { steps: [], stays: [] };

/** The parts of it that are in effect; nothing where none is. */
export async function inEffect(account: AlertView, made: Made): Promise<Made | undefined> {
  const there = await lookAt(account, made);
  return keep(made, (part) => isThere(part, made, there));
}

/** The parts of it that these sentences are of; nothing where none is. */
export const partsIn = (made: Made, sentences: readonly string[]): Made | undefined =>
  keep(made, (part) => sentences.includes(stepFor(part, made).why));

function keep(made: Made, isKept: (part: Part) => boolean): Made | undefined {
  const { region, name, topicArn, asked, state, was } = made;
  const parts = partsOf(made).filter(isKept);
  if (parts.length === 0) return undefined;
  const kept = Object.fromEntries(parts.map((part) => [part, made[part]]));
  // A rule that another run made is as this run planned it.
  const isTheirs = made.rule !== undefined && !parts.includes('rule');
  const found = isTheirs ? { pattern: made.rule, targets: [] } : was;
  const more = {
    ...(asked !== undefined && { asked }),
    ...(state !== undefined && { state }),
    ...(found && { was: found }),
  };
  return { region, name, topicArn, ...more, ...kept };
}

export const sentencesOf = (made: Made): string[] => partsOf(made).map((part) => stepFor(part, made).why);

export async function undoAlert(account: AlertView, made: Made): Promise<Back> {
  const there = await lookAt(account, made);
  const enabled = await undoEnabled(account, made, there);
  const ofRule = undoRule(made, there);
  const rest = there.targets.filter((one) => !isOwnTarget(made, one));
  const isQuiet = ofRule.steps.length > 0 && !rest.some(({ arn }) => arn === made.topicArn);
  const ofTopic = await undoTopic(account, made, there, isQuiet);
  const isGone = ofRule.steps.some(({ api }) => api === 'events:DeleteRule');
  const all = [ofRule, isGone && made.enabled === made.name ? NONE : enabled, ofTopic];
  const steps = all.flatMap((one) => one.steps);
  const isFirst = ({ api }: PlanStep) => api === 'sns:Unsubscribe';
  return {
    // As long as the rule publishes to a topic that has another name, it shows that the subscription is the run's.
    steps: [...steps.filter(isFirst), ...steps.filter((one) => !isFirst(one))],
    stays: [...new Set(all.flatMap(({ stays }) => stays))],
  };
}

const step = ({ region }: Made, api: string, input: object, why: string): PlanStep => ({
  api,
  input: { ...input },
  why: `${why} (${region})`,
  region,
});

/** The rule as the run made it, or as it found it: what is otherwise now, somebody else has changed. */
function changesOf(rule: EventRule, was: Pick<Was, 'pattern' | 'more'>, state?: string): string[] {
  return [
    ...(isSamePattern(rule.pattern, was.pattern ?? '') ? [] : ['its pattern']),
    ...(state === undefined || rule.state === state ? [] : [`its state, to ${rule.state}`]),
    ...(rule.more === was.more ? [] : ['its description, schedule or role']),
  ];
}

/** The target, and the rule once it has no other. Where somebody has changed the rule, both are theirs as well. */
function undoRule(made: Made, there: There): Back {
  const { name, target, was } = made;
  const { rule, targets } = there;
  if (!rule || (made.rule === undefined && target === undefined)) return NONE;
  const changes = made.rule
    ? changesOf(rule, { pattern: made.rule }, made.state)
    : changesOf(rule, was ?? { pattern: '' });
  const own = targets.find((one) => isOwnTarget(made, one));
  if (!own && targets.some(({ id }) => id === target)) changes.push(`its target ${target}`);
  if (changes.length > 0) return { steps: [], stays: [staying(name, changes)] };
  const steps = own
    ? [
        step(
          made,
          'events:RemoveTargets',
          { Rule: name, Ids: [target] },
          `Rule ${name} has no target any more`,
        ),
      ]
    : [];
  if (made.rule === undefined) return { steps, stays: [] };
  const others = targets.filter((one) => one !== own);
  if (others.length === 0) {
    steps.push(step(made, 'events:DeleteRule', { Name: name }, `Rule ${name} is gone again`));
    return { steps, stays: [] };
  }
  const stays = `Rule ${name} stays, because somebody else has given it another target since: ${named(others)}.`;
  return { steps, stays: [stays] };
}

const staying = (name: string, changes: readonly string[]) =>
  `Rule ${name} stays as it is, because somebody else has changed it since: ${changes.join(', ')}.`;
const named = (targets: readonly RuleTarget[]) => targets.map(({ arn }) => arn).join(', ');

/** Disables a rule that the run enabled, unless it is another one by now. */
async function undoEnabled(account: AlertView, made: Made, { rules }: There): Promise<Back> {
  const { enabled, was, region, name } = made;
  const rule = rules.find((one) => one.name === enabled && one.otherBus === undefined);
  if (enabled === undefined || !rule || rule.state === 'DISABLED') return NONE;
  if (!was) return { steps: [], stays: [`Rule ${enabled} stays enabled: the run does not say what it was.`] };
  const all = (await account.read(ruleTargets, { region, id: enabled })) ?? [];
  const now = enabled === name ? all.filter((one) => !isOwnTarget(made, one)) : all;
  const changes = [
    ...changesOf(rule, was, 'ENABLED'),
    ...(isSameSet(now, was.targets) ? [] : ['its targets']),
  ];
  if (changes.length > 0) return { steps: [], stays: [staying(enabled, changes)] };
  const back = step(made, 'events:DisableRule', { Name: enabled }, `Rule ${enabled} is disabled again`);
  return { steps: [back], stays: [] };
}

const textOf = ({ id, arn, roleArn, more }: RuleTarget) => JSON.stringify([id, arn, roleArn, more]);
const isSameSet = (one: readonly RuleTarget[], other: readonly RuleTarget[]): boolean =>
  one.length === other.length && one.every((each) => other.some((that) => textOf(each) === textOf(that)));

/** @param isQuiet whether the alert's own rule publishes to it no more. */
async function undoTopic(account: AlertView, made: Made, there: There, isQuiet: boolean): Promise<Back> {
  const { topicArn: TopicArn } = made;
  const { topic } = there;
  if (!topic || !(made.topic || made.policy || made.email)) return NONE;
  const name = topicNameOf(TopicArn);
  const users = await usersOf(account, made, there, isQuiet);
  const who = [...users.rules, ...users.alarms, ...users.statements, ...users.subscriptions];
  const isEncrypted = topic.kmsKeyId !== undefined;
  if (made.topic && who.length === 0 && !isEncrypted)
    return { steps: [step(made, 'sns:DeleteTopic', { TopicArn }, `Topic ${name} is gone again`)], stays: [] };
  const why = [...who, ...(isEncrypted ? ['it has got a key'] : [])].join(', ');
  const stays = made.topic ? [`Topic ${name} stays, because somebody else uses it: ${why}.`] : [];
  const closed = closePolicy(made, there, users);
  const unsubscribed = unsubscribe(made, there, users);
  return {
    steps: [...closed.steps, ...unsubscribed.steps],
    stays: [...stays, ...closed.stays, ...unsubscribed.stays],
  };
}

function closePolicy(made: Made, there: There, { rules }: Users): Back {
  const { topicArn: TopicArn } = made;
  if (!made.policy || !isThere('policy', made, there)) return NONE;
  const name = topicNameOf(TopicArn);
  if (rules.length > 0)
    return {
      steps: [],
      stays: [`EventBridge may go on publishing to ${name}, because others do: ${rules.join(', ')}.`],
    };
  const input = { TopicArn, AttributeName: 'Policy', Remove: statementFor(TopicArn) };
  const why = `EventBridge may not publish to ${name} any more`;
  return { steps: [step(made, 'sns:SetTopicAttributes', input, why)], stays: [] };
}

function unsubscribe(made: Made, { subscriptions, targets }: There, users: Users): Back {
  const { email, topicArn } = made;
  const own = subscriptions.filter((one) => email !== undefined && isSubscribed(email, one));
  const name = topicNameOf(topicArn);
  const steps: PlanStep[] = [];
  const stays: string[] = [];
  // Nobody else would hear what comes to a topic that the run made, and that others have come to publish to.
  const publishers = [...users.rules, ...users.alarms, ...users.statements];
  const isOnly =
    made.topic && publishers.length > 0 && !subscriptions.some((one) => one.arn && !own.includes(one));
  for (const { arn: SubscriptionArn, endpoint } of own) {
    if (SubscriptionArn === undefined) {
      stays.push(
        `The subscription of ${endpoint} to ${name} is not confirmed, and only a confirmed one can be removed: it lapses by itself.`,
      );
    } else if (name !== made.name && !targets.some(({ arn }) => arn === topicArn)) {
      stays.push(
        `${endpoint} stays subscribed to ${name}, because rule ${made.name} does not publish to it.`,
      );
    } else if (isOnly) {
      stays.push(`${endpoint} stays subscribed to ${name}, because nobody else hears what others publish.`);
    } else {
      const why = `${endpoint} is not subscribed to ${name} any more`;
      steps.push(step(made, 'sns:Unsubscribe', { SubscriptionArn }, why));
    }
  }
  return { steps, stays };
}
