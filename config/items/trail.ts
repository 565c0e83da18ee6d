import type { Trail } from '../../account/services/cloudtrail/readings.ts';
import { arn } from './arn.ts';
import { flag, optionalText, text } from './fields.ts';
import type { Recorded } from './read.ts';

/** AWS Config's form (aws-facts §1.6). */
export const recordedTrail = ({ item, configuration, at }: Recorded): Trail => ({
  name: text(configuration, 'name', at),
  arn: optionalText(configuration, 'trailARN', at) ?? item.arn ?? text(configuration, 'trailARN', at),
  homeRegion: text(configuration, 'homeRegion', at),
  bucket: text(configuration, 's3BucketName', at),
  isOrganizationTrail: flag(configuration, 'isOrganizationTrail', at),
});

/** CloudFormation's form. A trail's home Region is where it is made. */
export function proposedTrail({ item, configuration, at }: Recorded): Trail {
  const name = optionalText(configuration, 'TrailName', at) ?? item.name ?? item.id;
  return {
    name,
    arn: item.arn ?? arn(item, 'cloudtrail', `trail/${name}`),
    homeRegion: item.region,
    bucket: text(configuration, 'S3BucketName', at),
    isOrganizationTrail: flag(configuration, 'IsOrganizationTrail', at),
  };
}
