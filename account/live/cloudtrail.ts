import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { defineService } from './service.ts';

/** AWS CloudTrail, as one Region sees it. */
export const cloudtrail = defineService<CloudTrailClient>({
  connect: (config) => new CloudTrailClient(config),
  reads: {
    // Not paginated by AWS. Shadows are what a Region sees of multi-Region trails that live elsewhere.
    'cloudtrail:DescribeTrails': ({ client }) =>
      client.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
    // By name where the trail is at home, by ARN anywhere.
    'cloudtrail:GetTrailStatus': ({ client, id }) => client.send(new GetTrailStatusCommand({ Name: id })),
  },
});
