/** Plans what an alert lacks in a Region: its topic, a subscription, its rule. */

import { type EventRule, ruleTargets } from '../../../../account/services/events/readings.ts';
import type { Plan } from '../../../fix.ts';
import { optionalText, parameter } from '../../../parameters.ts';
import { type Route, toldByRules } from '../event-rules.ts';
import { eventLookups } from '../lookups.ts';
import { allOf, anyOf } from '../told.ts';
import { maySend } from '../topics.ts';
import { type AlertView, lookAt } from './look.ts';
import {
  accountOf,
  isSamePattern,
  isTaken,
  isThere,
  type Made,
  partsOf,
  stepFor,
  type There,
  topicArnOf,
  topicNameOf,
  wasOf,
  withStatement,
} from './made.ts';

export const alertOptions = {
  NotificationEmail: parameter(optionalText(), '', {
    en: 'The address that is told: a list that several people read. AWS asks it to confirm. Needed unless `TopicArn` is given.',
    ko: '알림을 받을 주소. 여러 사람이 읽는 메일 그룹이 좋습니다. AWS가 확인 메일을 보냅니다. `TopicArn`이 없으면 필요합니다.',
  }),
  TopicArn: parameter(optionalText(), '', {
    en: 'A topic of this account that is there already, in the Region of the alert, in place of one that the fix makes.',
    ko: '새로 만드는 대신 쓸, 알림 리전에 이미 있는 이 계정의 주제.',
  }),
};
export interface AlertOptions {
  readonly NotificationEmail: string | undefined;
  readonly TopicArn: string | undefined;
}

/** An alert that is wanted in a Region. */
export interface Alert {
  readonly region: string;
  /** Of the rule, and of the topic that is made for it. */
  readonly name: string;
  readonly pattern: object;
  readonly state: 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  /** What of the parameters the pattern, and the samples, hang on, if anything. */
  readonly asked?: string;
  /** What the rule has to match, sample by sample. */
  readonly samples: readonly (readonly Readonly<Record<string, unknown>>[])[];
  /** One of the samples is enough. */
  readonly isOneEnough?: boolean;
  readonly route: Route;
}

export interface AlertPlan extends Required<Pick<Plan, 'steps' | 'refusals' | 'warnings' | 'manual'>> {
  readonly made?: Made;
}
const NONE = { steps: [], refusals: [], warnings: [], manual: [] } as const;
const refuse = (...refusals: string[]): AlertPlan => ({ ...NONE, refusals });

export async function planAlert(account: AlertView, alert: Alert, options: AlertOptions): Promise<AlertPlan> {
  const { region, name } = alert;
  const given = options.TopicArn !== undefined && options.TopicArn.split(':')[3] === region;
  const topicArn = given ? String(options.TopicArn) : topicArnOf(region, account.id, name);
  if (accountOf(topicArn) !== account.id)
    return refuse(
      `TopicArn: ${topicArn} is not a topic of this account, so nobody here can say who gets it.`,
    );
  const there = await lookAt(account, { region, name, topicArn });
  const off = await disabled(account, alert, there.rules);
  if (off) {
    const targets = (await account.read(ruleTargets, { region, id: off.name })) ?? [];
    const made = { ...whereOf(alert, topicArn), enabled: off.name, was: wasOf(off, targets) };
    const warnings = [`Somebody has disabled rule ${off.name}: ask why, if nobody remembers.`];
    return { ...NONE, steps: [stepFor('enabled', made)], made, warnings };
  }
  const refusal = whyNot(alert, there, topicArn, given, options);
  if (refusal !== undefined) return refuse(refusal);
  const made = lacking(alert, there, topicArn, options);
  const steps = partsOf(made).map((part) => stepFor(part, made));
  const manual = waiting(alert, there, topicArn, options);
  if (steps.length > 0) return { ...NONE, steps, made, manual };
  return manual.length > 0
    ? { ...NONE, manual }
    : refuse(
        `rule ${name} and topic ${topicNameOf(topicArn)} are there (${region}), and nobody is told all the same: put right by hand what the verdict names.`,
      );
}

/** A rule that would do if it were enabled, and that sends messages and nothing else. */
async function disabled(
  account: AlertView,
  { region, samples, isOneEnough, route }: Alert,
  rules: readonly EventRule[],
): Promise<EventRule | undefined> {
  const look = eventLookups(account);
  for (const rule of rules.filter(({ state }) => state === 'DISABLED')) {
    const { values: targets } = await look.targets(region, rule.name);
    // What else a rule sets going, somebody may have turned off for a reason.
    if (!targets.every(({ arn }) => arn.split(':')[2] === 'sns')) continue;
    const enabled = { ...look, rules: async () => ({ values: [{ ...rule, state: 'ENABLED' }], errors: [] }) };
    const told = await Promise.all(
      samples.map(async (events) =>
        allOf(await Promise.all(events.map((event) => toldByRules(event, region, enabled, route)))),
      ),
    );
    if ((isOneEnough ? anyOf(told) : allOf(told)).answer === true) return rule;
  }
  return undefined;
}

/** Of a rule of EventBridge. */
const MOST_TARGETS = 5;

function whyNot(
  { region, name, pattern, state, route }: Alert,
  { rule, targets, topic, subscriptions }: There,
  topicArn: string,
  given: boolean,
  { NotificationEmail: email }: AlertOptions,
): string | undefined {
  const topicName = topicNameOf(topicArn);
  if (rule && !isSamePattern(rule.pattern, JSON.stringify(pattern)))
    return `there is a rule ${name} already, with another pattern (${region}): rename it, or let it match what the verdict names.`;
  if (rule && rule.state !== 'DISABLED' && rule.state !== state && state !== 'ENABLED')
    return `rule ${name} gets no calls that only read (${region}): set its state to ${state}.`;
  if (targets.length >= MOST_TARGETS && !targets.some(({ arn }) => arn === topicArn))
    return `rule ${name} has ${targets.length} targets, and EventBridge takes no more (${region}): remove one, or let one tell somebody.`;
  if (given && !topic) return `TopicArn: there is no topic ${topicName} in ${region}.`;
  if (!given && email === undefined && subscriptions.length === 0)
    return `whom to tell cannot be made up: set NotificationEmail, or TopicArn to a topic in ${region}.`;
  if (!topic) return undefined;
  if (/(?:^|:)alias\/aws\/sns$/.test(topic.kmsKeyId ?? ''))
    return `topic ${topicName} is encrypted with alias/aws/sns, so that nothing of EventBridge gets through: give it a key of your own, or none.`;
  const publisher = publisherOf(region, route.accountId, name);
  const isOpen = maySend(topic.policy, topicArn, publisher);
  if (isOpen === true) return undefined;
  if (isTaken(topic.policy, topicArn))
    return `the policy of topic ${topicName} has a statement GroundrulesEventBridge that says something else (${region}): give that one another Sid.`;
  return topic.policy !== undefined &&
    maySend(withStatement(topic.policy, topicArn), topicArn, publisher) === true
    ? undefined
    : `the policy of topic ${topicName} keeps EventBridge out, whatever is added to it: change it by hand.`;
}

const publisherOf = (region: string, accountId: string, rule: string) => ({
  ruleArn: topicArnOf(region, accountId, `rule/${rule}`).replace(':sns:', ':events:'),
  accountId,
});

function freeId(taken: readonly string[]): string {
  const more = taken.map((_, index) => `groundrules-${index + 2}`);
  return ['sns', 'groundrules', ...more].find((id) => !taken.includes(id)) as string;
}

const whereOf = ({ region, name, asked }: Alert, topicArn: string): Made => ({
  region,
  name,
  topicArn,
  ...(asked && { asked }),
});

/** What is not there yet. */
function lacking(
  alert: Alert,
  there: There,
  topicArn: string,
  { NotificationEmail: email }: AlertOptions,
): Made {
  const { region, name, pattern, state, route } = alert;
  const { rule, topic, targets } = there;
  const isOpen =
    topic && maySend(topic.policy, topicArn, publisherOf(region, route.accountId, name)) === true;
  const target = freeId(targets.map(({ id }) => id));
  const whole: Made = {
    ...whereOf(alert, topicArn),
    topic: true,
    ...(!isOpen && { policy: true }),
    ...(email !== undefined && { email }),
    ...(!rule && { rule: JSON.stringify(pattern), state }),
    ...(rule?.state === 'DISABLED' && { enabled: name }),
    ...(!targets.some(({ arn }) => arn === topicArn) && { target }),
  };
  const missing = partsOf(whole).filter((part) => !isThere(part, whole, there));
  const parts = Object.fromEntries(missing.map((part) => [part, whole[part]]));
  const isTheirs = rule !== undefined && ('enabled' in parts || 'target' in parts);
  return {
    ...whereOf(alert, topicArn),
    ...('rule' in parts && { state }),
    ...parts,
    ...(isTheirs && { was: wasOf(rule, targets) }),
  };
}

/** What only whoever gets the messages can do. */
function waiting(
  { route, region }: Alert,
  { subscriptions, topic }: There,
  topicArn: string,
  { NotificationEmail: email }: AlertOptions,
): string[] {
  if (!route.requiresConfirmed || (topic?.confirmedSubscriptions ?? 0) > 0) return [];
  const pending = subscriptions.filter(({ arn }) => arn === undefined).map(({ endpoint }) => endpoint);
  const asked = [...new Set([...pending, ...(email === undefined ? [] : [email])])];
  const name = topicNameOf(topicArn);
  if (asked.length === 0)
    return [`Topic ${name} has no confirmed subscription (${region}): subscribe whoever has to know.`];
  return [
    `It is waiting for the confirmation: ${asked.join(', ')} gets a message from AWS, whose link confirms the subscription to ${name} (${region}). Until then nobody is told.`,
  ];
}

/** Options that no Region of the alerts goes by. */
export function whyNoTopic({ TopicArn }: AlertOptions, regions: readonly string[]): string[] {
  if (TopicArn === undefined || regions.length === 0) return [];
  const [, , service, region = ''] = TopicArn.split(':');
  if (service === 'sns' && regions.includes(region)) return [];
  return [
    `TopicArn: ${TopicArn} is no topic in ${regions.join(', ')}: a rule of EventBridge publishes to topics of its own Region.`,
  ];
}
