/** The way of an event through EventBridge: a rule that matches it, a target, and somebody behind the target. */

import type { AccountError, PartialList } from '../../../account/errors.ts';
import type { EventRule, RuleTarget } from '../../../account/services/events/readings.ts';
import type { Topic } from '../../../account/services/sns/readings.ts';
import { matchesEvent } from './event-pattern.ts';
import { allOf, anyOf, hangsOn, missed, TOLD, type Told, toldBy, unreadable, unseen } from './told.ts';
import { reaches } from './topics.ts';

const RULES = 'events:ListRules';
const TARGETS = 'events:ListTargetsByRule';

/** Where a rule sends what it matches. */
export type Target = Omit<RuleTarget, 'id'>;

/** What the account has, asked for as far as it is needed. Of a list, what could be read of it. */
export interface EventLookups {
  /** The rules of the default bus. */
  rules(region: string): Promise<PartialList<EventRule>>;
  targets(region: string, rule: string): Promise<PartialList<Target>>;
  /** Null where there is no such topic. */
  topic(arn: string): Promise<Topic | AccountError | null>;
}

export interface Route {
  readonly accountId: string;
  readonly requiresConfirmed: boolean;
  /** Accounts whose topics and event buses count unseen. */
  readonly trustedAccounts: readonly string[];
  /** A pattern that has this word was meant for the event, even if it does not match it. */
  readonly about: string;
}

/** @param about a word of patterns that were meant for the event. */
export const routeOf = (
  accountId: string,
  about: string,
  {
    requireConfirmedSubscription,
    trustedAccounts,
  }: { readonly requireConfirmedSubscription: boolean; readonly trustedAccounts: readonly string[] },
): Route => ({ accountId, requiresConfirmed: requireConfirmedSubscription, trustedAccounts, about });

type Event = Readonly<Record<string, unknown>>;

/** Whether a rule in this Region tells somebody of the event. */
export async function toldByRules(
  event: Event,
  region: string,
  look: EventLookups,
  route: Route,
  isForwarded = false,
): Promise<Told> {
  const { values: rules, errors } = await look.rules(region);
  const ways: Told[] = errors.map(unreadable);
  for (const rule of rules) {
    const way = await toldByRule(event, rule, region, look, route, isForwarded);
    if (way.answer === true) return way;
    ways.push(way);
  }
  return ways.length > 0 ? anyOf(ways) : missed('noRule', region);
}

async function toldByRule(
  event: Event,
  rule: EventRule,
  region: string,
  look: EventLookups,
  route: Route,
  isForwarded: boolean,
): Promise<Told> {
  const { name, pattern, otherBus } = rule;
  // AWS's services send their events to the default bus alone.
  if (pattern === undefined || otherBus !== undefined) return missed('noRule', region);
  const match = matchesEvent(pattern, event);
  if (match === false) return missed(...isMeant(pattern, route, name, 'noRule', region));
  const way = allOf([hangsOn(match, 'notCovered', name, RULES), isOn(rule, event)]);
  if (way.answer === false) return way;
  return allOf([
    toldBy(`rule ${name}`),
    way,
    await toldByTargets(event, rule, region, look, route, isForwarded),
  ]);
}

/** What a pattern that does not match is for the verdict: a rule or filter that misses the event, or none for it. */
export const isMeant = (
  pattern: string,
  { about }: Route,
  name: string,
  ...other: Parameters<typeof missed>
): Parameters<typeof missed> =>
  pattern.toLowerCase().includes(about.toLowerCase()) ? ['notCovered', name] : other;

/**
 * EventBridge gets calls that only read where the rule asks for all management events
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html).
 */
function isOn({ name, state }: EventRule, { detail }: Event): Told {
  if (state === undefined) return unseen(`the state of rule ${name}`, RULES);
  if (state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') return TOLD;
  const reads = (detail as { readonly readOnly?: unknown } | undefined)?.readOnly === true;
  if (state === 'ENABLED') return reads ? missed('notCovered', name) : TOLD;
  return state === 'DISABLED' ? missed('ruleOff', name) : unseen(`the state of rule ${name}`, RULES);
}

async function toldByTargets(
  event: Event,
  rule: EventRule,
  region: string,
  look: EventLookups,
  route: Route,
  isForwarded: boolean,
): Promise<Told> {
  const { values: targets, errors } = await look.targets(region, rule.name);
  const ways: Told[] = errors.map(unreadable);
  for (const target of targets) {
    const way = await toldByTarget(event, target, rule, region, look, route, isForwarded);
    if (way.answer === true) return way;
    ways.push(way);
  }
  return ways.length > 0 ? anyOf(ways) : missed('nobody', rule.name);
}

async function toldByTarget(
  event: Event,
  { arn, roleArn }: Target,
  rule: EventRule,
  region: string,
  look: EventLookups,
  route: Route,
  isForwarded: boolean,
): Promise<Told> {
  const [, , service = '', there = '', account = '', name = ''] = arn.split(':');
  // A log that nobody reads tells nobody.
  if (service === 'logs') return missed('nobody', rule.name);
  if (service !== 'sns' && service !== 'events') return TOLD;
  // An API destination is a target of the service `events`, too.
  if (service === 'events' && !name.startsWith('event-bus/')) return TOLD;
  if (account !== route.accountId)
    return route.trustedAccounts.includes(account) ? TOLD : unseen(arn, TARGETS);
  if (service === 'sns') {
    const publisher = { ruleArn: rule.arn, accountId: route.accountId };
    return reaches(
      await look.topic(arn),
      arn,
      route.requiresConfirmed,
      roleArn === undefined ? publisher : undefined,
    );
  }
  // An event goes on from one default bus to another once: EventBridge sends it no farther by itself.
  if (name !== 'event-bus/default' || there === region) return unseen(arn, TARGETS);
  return isForwarded ? missed('nobody', rule.name) : toldByRules(event, there, look, route, true);
}
