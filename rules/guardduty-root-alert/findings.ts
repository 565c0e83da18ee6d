import type { Messages } from '../rule.ts';
import { type AlertMiss, missMessages } from '../shared/alerts/messages.ts';
import type { Miss } from '../shared/alerts/told.ts';

interface InRegion {
  readonly region: string;
}
/** Where EventBridge's way ends. */
type RouteKind =
  | 'noRule'
  | 'notCovered'
  | 'ruleOff'
  | 'nobody'
  | 'noTopic'
  | 'unconfirmed'
  | 'topicKey'
  | 'topicPolicy';
type RouteMiss = Extract<AlertMiss, { readonly kind: RouteKind }> & InRegion;

/** The findings on the account, Region by Region, the nearest miss first. */
export type GuardDutyFinding =
  /** GuardDuty is off there: nothing finds root's use. */
  | (InRegion & { readonly kind: 'notEnabled' })
  /** A filter archives the finding, which then goes nowhere. */
  | (InRegion & { readonly kind: 'suppressed'; readonly filter: string })
  /** A filter archives some of these findings. */
  | (InRegion & {
      readonly kind: 'partlySuppressed';
      readonly filter: string;
      readonly fields: readonly string[];
    })
  /** A rule asks for a severity that root's use does not have. */
  | (InRegion & { readonly kind: 'severityTooHigh'; readonly rule: string })
  /** The administrator's account is taken to tell somebody. */
  | (InRegion & { readonly kind: 'adminCovers'; readonly administrator: string })
  | RouteMiss;

const within = ({ region }: InRegion, text: string) => `${text} (${region})`;

export const messages: Messages<GuardDutyFinding> = {
  notEnabled: (one) => within(one, 'GuardDuty is not on'),
  suppressed: ({ filter, ...one }) =>
    within(one, `filter ${filter} archives the finding on root's use, which then goes to nobody`),
  partlySuppressed: ({ filter, fields, ...one }) =>
    within(one, `filter ${filter} archives some findings on root's use, by ${fields.join(', ')}`),
  severityTooHigh: ({ rule, ...one }) =>
    within(one, `rule ${rule} asks for a severity that the finding on root's use does not have: it is 2`),
  adminCovers: ({ administrator, ...one }) =>
    within(one, `no rule of its own: its GuardDuty administrator ${administrator} is taken to cover it`),
  noRule: (one) => within(one, `no EventBridge rule matches ${one.of}`),
  notCovered: (one) => within(one, missMessages.notCovered(one)),
  ruleOff: (one) => within(one, missMessages.ruleOff(one)),
  nobody: (one) => within(one, missMessages.nobody(one)),
  noTopic: (one) => within(one, missMessages.noTopic(one)),
  unconfirmed: (one) => within(one, missMessages.unconfirmed(one)),
  topicKey: (one) => within(one, missMessages.topicKey(one)),
  topicPolicy: (one) => within(one, missMessages.topicPolicy(one)),
};

const ROUTE: Readonly<Record<string, true>> = {
  noRule: true,
  notCovered: true,
  ruleOff: true,
  nobody: true,
  noTopic: true,
  unconfirmed: true,
  topicKey: true,
  topicPolicy: true,
} satisfies Record<RouteKind, true>;

/** A miss as a finding of the Region; those of other ways do not come up. */
export const asRouteMiss = ({ kind, at }: Miss, region: string): RouteMiss[] =>
  ROUTE[kind] ? [{ kind: kind as RouteKind, at, of: "GuardDuty's finding on root's use", region }] : [];
