/** What an account has of what alerts hang on, read as far as it is needed. */

import type { Account } from '../../../account/account.ts';
import { AccountError, type PartialList, partial } from '../../../account/errors.ts';
import {
  eventSelectors,
  type Trail,
  trailStatus,
  trails,
} from '../../../account/services/cloudtrail/readings.ts';
import { alarms } from '../../../account/services/cloudwatch/readings.ts';
import { eventRules, ruleTargets } from '../../../account/services/events/readings.ts';
import { metricFilters } from '../../../account/services/logs/readings.ts';
import { topicAttributes } from '../../../account/services/sns/readings.ts';
import { settle } from '../settle.ts';
import type { EventLookups } from './event-rules.ts';
import type { LoggingTrail } from './trails.ts';
import type { AlertLookups } from './who-is-told.ts';

/** What a rule reads that looks along EventBridge's way. */
export const EVENT_READS = [eventRules, ruleTargets, topicAttributes] as const;
/** What a rule reads that looks along CloudWatch's way, too. */
export const ALERT_READS = [
  trails,
  trailStatus,
  eventSelectors,
  eventRules,
  ruleTargets,
  topicAttributes,
  metricFilters,
  alarms,
] as const;
type EventView = Account<(typeof EVENT_READS)[number]>;
type AlertView = Account<(typeof ALERT_READS)[number]>;

export const eventLookups = (account: EventView): EventLookups => ({
  rules: (region) => partial(account.read(eventRules, { region })),
  targets: (region, id) =>
    partial(account.read(ruleTargets, { region, id }).then((targets) => targets ?? [])),
  topic(arn) {
    const [, , , region = '', , id = ''] = arn.split(':');
    return settle(account.read(topicAttributes, { region, id }));
  },
});

export const alertLookups = (account: AlertView): AlertLookups => ({
  ...eventLookups(account),
  async trails(region): Promise<PartialList<LoggingTrail>> {
    const { values, errors } = await partial(account.read(trails, { region }));
    return { values: await Promise.all(values.map((trail) => withDetails(account, trail, region))), errors };
  },
  filters: (region) => partial(account.read(metricFilters, { region })),
  async alarms(region) {
    const { values, errors } = await partial(account.read(alarms, { region }).then((both) => [both]));
    const [{ metric, composite } = { metric: [], composite: [] }] = values;
    return { metric, composite, errors };
  },
});

/** A trail that logs nothing of the Region is not asked about any further. */
async function withDetails(account: AlertView, trail: Trail, region: string): Promise<LoggingTrail> {
  const { name, homeRegion, isMultiRegion, logGroupArn } = trail;
  const known = { name, homeRegion, isMultiRegion, ...(logGroupArn !== undefined && { logGroupArn }) };
  if (!isMultiRegion && homeRegion !== region) return { ...known, isLogging: false, selectors: {} };
  const target = { region: homeRegion, id: name };
  const [status, selectors] = await Promise.all([
    settle(account.read(trailStatus, target)),
    settle(account.read(eventSelectors, target)),
  ]);
  return { ...known, isLogging: status instanceof AccountError ? status : status.isLogging, selectors };
}
