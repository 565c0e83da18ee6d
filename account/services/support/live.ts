import {
  DescribeTrustedAdvisorCheckSummariesCommand,
  DescribeTrustedAdvisorChecksCommand,
  SupportClient,
} from '@aws-sdk/client-support';
import type { Ask, LiveService } from '../../live/service.ts';
import * as support from './readings.ts';

type SupportAsk = Ask<SupportClient>;
export const service: LiveService<SupportClient> = { connect: (config) => new SupportClient(config) };

const checksOf = ({ client }: SupportAsk) =>
  client.send(new DescribeTrustedAdvisorChecksCommand({ language: 'en' }));

export const advisorChecks = {
  service,
  reading: support.advisorChecks,
  ask: (asked: SupportAsk) => checksOf(asked),
};

/** How many ids a call takes at most is not documented. */
const AT_ONCE = 100;

export const advisorSummaries = {
  service,
  reading: support.advisorSummaries,
  ask: async (asked: SupportAsk) => {
    const ids = ((await checksOf(asked)).checks ?? []).flatMap(({ id }) => id ?? []);
    const summaries: unknown[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const checkIds = ids.slice(from, from + AT_ONCE);
      const answer = await asked.client.send(new DescribeTrustedAdvisorCheckSummariesCommand({ checkIds }));
      summaries.push(...(answer.summaries ?? []));
    }
    return { summaries };
  },
};
