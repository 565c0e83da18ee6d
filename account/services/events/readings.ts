/** Amazon EventBridge's default bus, in one Region: the one that AWS's services send their events to. */
import * as z from 'zod/mini';
import { text } from '../../parts.ts';
import type { List, Reading } from '../../reading.ts';

const events = { name: 'events' } as const;

export interface EventRule {
  readonly name: string;
  readonly arn: string;
  /** `ENABLED`, `DISABLED`, `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`; absent where the answer does not say. */
  readonly state?: string;
  /** Absent from a rule that only has a schedule. */
  readonly pattern?: string;
  /** The bus, where it is not the default one. */
  readonly otherBus?: string;
  /** JSON text of whatever else it has: a description, a schedule, a role. */
  readonly more?: string;
}

/** What an answer has besides, if anything, in an order of its own. */
function moreOf(rest: Readonly<Record<string, unknown>>): { more?: string } {
  const all = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  return all.length === 0 ? {} : { more: JSON.stringify(Object.fromEntries(all.sort())) };
}

/** Without a bus's name, ListRules gives the rules of the default bus. */
export const eventRules = {
  service: events,
  api: 'ListRules',
  regional: true,
  scope: '*',
  member: 'Rules',
  key: 'name',
  shape: () =>
    z.pipe(
      z.looseObject({
        Name: text,
        Arn: text,
        State: z.nullish(z.string()),
        EventPattern: z.nullish(z.string()),
        EventBusName: z.nullish(z.string()),
      }),
      z.transform(
        ({ Name, Arn, State, EventPattern, EventBusName, ...rest }): EventRule => ({
          name: Name,
          arn: Arn,
          ...(State && { state: State }),
          ...(EventPattern && { pattern: EventPattern }),
          ...(EventBusName && !/(?:^|\/)default$/.test(EventBusName) && { otherBus: EventBusName }),
          ...moreOf(rest),
        }),
      ),
    ),
} as const satisfies Reading;

/** Of rules that wait for events. */
export interface Listed {
  readonly Rules?: readonly { readonly Name?: string; readonly EventPattern?: string | null }[];
}
const withPattern = {
  reading: eventRules,
  id: ({ Rules = [] }: Listed) => Rules.filter(({ EventPattern }) => EventPattern).map(({ Name }) => Name),
} as const satisfies List;

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  /** The role that EventBridge takes to reach the target, where it does not come as itself. */
  readonly roleArn?: string;
  /** JSON text of whatever else it has: what EventBridge makes of the event, a queue for what it cannot deliver. */
  readonly more?: string;
}

/** The targets of a rule of the default bus; `null` where there is no such rule (any more). */
export const ruleTargets = {
  service: events,
  api: 'ListTargetsByRule',
  regional: true,
  about: { options: ['--rule'], from: [withPattern] },
  scope: ['arn:{partition}:events:{region}:{account}:rule/*'],
  none: ['ResourceNotFoundException'],
  member: 'Targets',
  shape: () =>
    z.pipe(
      z.looseObject({ Id: text, Arn: text, RoleArn: z.nullish(z.string()) }),
      z.transform(
        ({ Id, Arn, RoleArn, ...rest }): RuleTarget => ({
          id: Id,
          arn: Arn,
          ...(RoleArn && { roleArn: RoleArn }),
          ...moreOf(rest),
        }),
      ),
    ),
} as const satisfies Reading;

/** The fields of targets that the lists of others read. */
export interface ListedTargets {
  readonly Targets?: readonly { readonly Arn?: string }[];
}

/**
 * The rules of any bus that publish to a topic of the account, those of the default bus by their names, others as
 * `bus/rule`: for fixes alone, which ask each bus.
 */
export const topicRules = {
  service: events,
  api: 'ListRuleNamesByTarget',
  regional: true,
  about: { options: ['--target-arn arn:{partition}:sns:{region}:{account}:{id}'], from: 'fix' },
  scope: '*',
  needs: { 'events:ListEventBuses': '*' },
  member: 'RuleNames',
  shape: () => text,
} as const satisfies Reading;
