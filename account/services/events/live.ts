import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { type Ask, allPages, type LiveService, pagesBy } from '../../live/service.ts';
import * as events from './readings.ts';

type EventsAsk = Ask<EventBridgeClient>;
export const service: LiveService<EventBridgeClient> = { connect: (config) => new EventBridgeClient(config) };

export const eventRules = {
  service,
  reading: events.eventRules,
  ask: ({ client, pageSize }: EventsAsk) =>
    allPages(
      pagesBy('NextToken', (NextToken) =>
        client.send(new ListRulesCommand({ NextToken, Limit: pageSize(100) })),
      ),
      'Rules',
    ),
};

export const ruleTargets = {
  service,
  reading: events.ruleTargets,
  ask: ({ client, id, pageSize }: EventsAsk) =>
    allPages(
      pagesBy('NextToken', (NextToken) =>
        client.send(new ListTargetsByRuleCommand({ Rule: id, NextToken, Limit: pageSize(100) })),
      ),
      'Targets',
    ),
};
