import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Ask, LiveService } from '../../live/service.ts';
import * as cloudtrail from './readings.ts';

export const service: LiveService<CloudTrailClient> = { connect: (config) => new CloudTrailClient(config) };

// Not paginated by AWS. Shadows are what a Region sees of multi-Region trails that live elsewhere.
export const trails = {
  service,
  reading: cloudtrail.trails,
  ask: ({ client }: Ask<CloudTrailClient>) =>
    client.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
};
/**
 * By ARN, because by its name alone a Region finds only the account's own. Of two of the same name the account's own is meant.
 *
 * @throws what AWS says of a trail that it does not have.
 */
async function arnOf({ client, accountId, id }: Ask<CloudTrailClient>): Promise<string> {
  const region = await client.config.region();
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  const named = trailList.filter(({ Name, HomeRegion }) => Name === id && HomeRegion === region);
  const own = named.find(({ TrailARN }) => TrailARN?.split(':')[4] === accountId);
  return (own ?? named[0])?.TrailARN ?? id;
}

export const trailStatus = {
  service,
  reading: cloudtrail.trailStatus,
  ask: async (asked: Ask<CloudTrailClient>) =>
    asked.client.send(new GetTrailStatusCommand({ Name: await arnOf(asked) })),
};

export const eventSelectors = {
  service,
  reading: cloudtrail.eventSelectors,
  ask: async (asked: Ask<CloudTrailClient>) =>
    asked.client.send(new GetEventSelectorsCommand({ TrailName: await arnOf(asked) })),
};
