import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { goesOn } from '../../cut.ts';
import type { Ask, LiveService } from '../../live/service.ts';
import { pagesBy } from '../../pages.ts';
import * as billing from './readings.ts';

type BillingAsk = Ask<CloudWatchClient>;
export const service: LiveService<CloudWatchClient> = { connect: (config) => new CloudWatchClient(config) };

export const billingAlarms = {
  service,
  reading: billing.billingAlarms,
  ask: async ({ client, pageSize }: BillingAsk) => {
    const MetricAlarms: unknown[] = [];
    const CompositeAlarms: unknown[] = [];
    let last: object = {};
    // Without the types AWS gives metric alarms only.
    const pages = pagesBy('NextToken', (NextToken) =>
      client.send(
        new DescribeAlarmsCommand({
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          MaxRecords: pageSize(100),
          NextToken,
        }),
      ),
    );
    for await (const page of pages) {
      MetricAlarms.push(...(page.MetricAlarms ?? []));
      CompositeAlarms.push(...(page.CompositeAlarms ?? []));
      const next = Object.fromEntries(goesOn(page)) as { NextToken?: string };
      // The same token again would make it go on for ever.
      if (next.NextToken !== undefined && next.NextToken === (last as typeof next).NextToken) break;
      last = next;
    }
    return { MetricAlarms, CompositeAlarms, ...last };
  },
};
