import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
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
// By name where the trail is at home, by ARN anywhere.
export const trailStatus = {
  service,
  reading: cloudtrail.trailStatus,
  ask: ({ client, id }: Ask<CloudTrailClient>) => client.send(new GetTrailStatusCommand({ Name: id })),
};
