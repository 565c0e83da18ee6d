/** The way of an event through EventBridge: a rule that matches it, a target, and somebody behind the target. */

import { AccountError } from '../../../account/errors.ts';
import { matchesEvent } from './event-pattern.ts';
import { allOf, anyOf, hangsOn, missed, TOLD, type Told, unreadable, unseen } from './told.ts';
import { reaches, type Topic } from './topics.ts';

/** A rule of the default bus. */
export interface EventRule {
  readonly name: string;
  readonly arn: string;
  readonly state: string;
  /** Absent from a rule that only has a schedule. */
  readonly pattern?: string;
}
export interface RuleTarget {
  readonly arn: string;
  readonly roleArn?: string;
}

/** What the account has, asked for as far as it is needed. An error is what could not be read. */
export interface EventLookups {
  rules(region: string): Promise<readonly EventRule[] | AccountError>;
  targets(region: string, rule: string): Promise<readonly RuleTarget[] | AccountError>;
  /** Null where there is no such topic. */
  topic(arn: string): Promise<Topic | AccountError | null>;
}

export interface Route {
  readonly accountId: string;
  readonly requiresConfirmed: boolean;
  /** Accounts whose topics and event buses count unseen. */
  readonly trustedAccounts: readonly string[];
}

/** Whether a rule in this Region tells somebody of the event. */
export async function toldByRules(
  event: Readonly<Record<string, unknown>>,
  region: string,
  look: EventLookups,
  route: Route,
  isForwarded = false,
): Promise<Told> {
  const rules = await look.rules(region);
  if (rules instanceof AccountError) return unreadable(rules);
  const ways: Told[] = [];
  for (const rule of rules) {
    if (rule.pattern === undefined) continue;
    const way = allOf([
      hangsOn(matchesEvent(rule.pattern, event), 'notCovered', rule.name),
      // ENABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
      rule.state.startsWith('ENABLED') ? TOLD : missed('ruleOff', rule.name),
    ]);
    ways.push(
      way.answer === false
        ? way
        : allOf([way, await toldByTargets(event, rule, region, look, route, isForwarded)]),
    );
    if (ways.at(-1)?.answer === true) return TOLD;
  }
  return ways.length > 0 ? anyOf(ways) : missed('notCovered', region);
}

async function toldByTargets(
  event: Readonly<Record<string, unknown>>,
  rule: EventRule,
  region: string,
  look: EventLookups,
  route: Route,
  isForwarded: boolean,
): Promise<Told> {
  const targets = await look.targets(region, rule.name);
  if (targets instanceof AccountError) return unreadable(targets);
  const ways: Told[] = [];
  for (const target of targets) {
    const way = await toldByTarget(event, target, rule, region, look, route, isForwarded);
    if (way.answer === true) return TOLD;
    ways.push(way);
  }
  return ways.length > 0 ? anyOf(ways) : missed('nobody', rule.name);
}

async function toldByTarget(
  event: Readonly<Record<string, unknown>>,
  { arn, roleArn }: RuleTarget,
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
  if (account !== route.accountId) return route.trustedAccounts.includes(account) ? TOLD : unseen(arn);
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
  if (name !== 'event-bus/default' || there === region) return unseen(arn);
  return isForwarded ? missed('nobody', rule.name) : toldByRules(event, there, look, route, true);
}
