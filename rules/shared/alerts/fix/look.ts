import type { Account } from '../../../../account/account.ts';
import { alarms } from '../../../../account/services/cloudwatch/readings.ts';
import { eventRules, ruleTargets, topicRules } from '../../../../account/services/events/readings.ts';
import { topicAttributes, topicSubscriptions } from '../../../../account/services/sns/readings.ts';
import { type Made, type There, topicNameOf } from './made.ts';

/** What the fix of an alert asks for. */
export const ALERT_FIX_READS = [
  eventRules,
  ruleTargets,
  topicAttributes,
  topicSubscriptions,
  topicRules,
  alarms,
] as const;
export type AlertView = Account<(typeof ALERT_FIX_READS)[number]>;

/** What there is of an alert. */
export async function lookAt(
  account: AlertView,
  { region, name, topicArn }: Pick<Made, 'region' | 'name' | 'topicArn'>,
): Promise<There> {
  const id = topicNameOf(topicArn);
  const [rules, topic, subscriptions] = await Promise.all([
    account.read(eventRules, { region }),
    account.read(topicAttributes, { region, id }),
    account.read(topicSubscriptions, { region, id }),
  ]);
  const rule = rules.find((one) => one.name === name && one.otherBus === undefined);
  const targets = rule ? await account.read(ruleTargets, { region, id: name }) : [];
  return { rules, rule, targets: targets ?? [], topic, subscriptions: subscriptions ?? [] };
}
