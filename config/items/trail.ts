import { says } from '../../account/laid.ts';
import type { Trail } from '../../account/services/cloudtrail/readings.ts';
import { trails } from '../../account/services/cloudtrail/readings.ts';
import { arn } from './arn.ts';
import { flag, optionalText, text } from './fields.ts';
import type { ItemReader, Recorded } from './read.ts';

/** AWS Config's form (awslabs/aws-config-resource-schema). */
export function recordedTrail({ item, configuration, at }: Recorded): Trail {
  const logGroupArn = optionalText(configuration, 'cloudWatchLogsLogGroupArn', at);
  return {
    name: text(configuration, 'name', at),
    arn: optionalText(configuration, 'trailARN', at) ?? item.arn ?? text(configuration, 'trailARN', at),
    homeRegion: text(configuration, 'homeRegion', at),
    bucket: text(configuration, 's3BucketName', at),
    isOrganizationTrail: flag(configuration, 'isOrganizationTrail', at),
    isMultiRegion: flag(configuration, 'isMultiRegionTrail', at),
    ...(logGroupArn !== undefined && { logGroupArn }),
  };
}

/** CloudFormation's form. A trail's home Region is where it is made. */
export function proposedTrail({ item, configuration, at }: Recorded): Trail {
  const name = optionalText(configuration, 'TrailName', at) ?? item.name ?? item.id;
  const logGroupArn = optionalText(configuration, 'CloudWatchLogsLogGroupArn', at);
  return {
    name,
    arn: item.arn ?? arn(item, 'cloudtrail', `trail/${name}`),
    homeRegion: item.region,
    bucket: text(configuration, 'S3BucketName', at),
    isOrganizationTrail: flag(configuration, 'IsOrganizationTrail', at),
    isMultiRegion: flag(configuration, 'IsMultiRegionTrail', at),
    ...(logGroupArn !== undefined && { logGroupArn }),
  };
}

export const trailItem: ItemReader = {
  type: 'AWS::CloudTrail::Trail',
  recorded: (recorded) => ({ trail: recordedTrail(recorded) }),
  proposed: (recorded) => ({ trail: proposedTrail(recorded) }),
  // Its home Region, and the one that the item is of, have no other trail for the rule.
  answers: ({ resource, trail }) =>
    trail ? [trail.homeRegion, resource.region].flatMap((region) => says(trails, { region }, [trail])) : [],
};
