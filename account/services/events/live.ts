import {
  EventBridgeClient,
  type EventBus,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { pagesBy } from '../../pages.ts';
import { partitionOf } from '../../reading.ts';
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

export const topicRules = {
  service,
  reading: events.topicRules,
  async ask({ client, id, accountId, pageSize }: EventsAsk) {
    const region = await client.config.region();
    const TargetArn = `arn:${partitionOf(region)}:sns:${region}:${accountId}:${id}`;
    const { EventBuses } = (await allPages(
      pagesBy('NextToken', (NextToken) =>
        client.send(new ListEventBusesCommand({ NextToken, Limit: pageSize(100) })),
      ),
      'EventBuses',
    )) as { readonly EventBuses: readonly EventBus[] };
    const RuleNames: string[] = [];
    for (const { Name: EventBusName = '' } of EventBuses) {
      const { RuleNames: names } = (await allPages(
        pagesBy('NextToken', (NextToken) =>
          client.send(
            new ListRuleNamesByTargetCommand({ TargetArn, EventBusName, NextToken, Limit: pageSize(100) }),
          ),
        ),
        'RuleNames',
      )) as { readonly RuleNames: readonly string[] };
      RuleNames.push(...names.map((name) => (EventBusName === 'default' ? name : `${EventBusName}/${name}`)));
    }
    return { RuleNames };
  },
};
