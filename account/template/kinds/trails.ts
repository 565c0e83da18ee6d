/** Trails. */
import { trails } from '../../services/cloudtrail/readings.ts';
import type { Stack } from '../stack.ts';
import { isUnknown, shown, textOf, type Value } from '../unknown.ts';
import { type Answer, isTrue, type Kind } from './kind.ts';

const TRAIL = 'AWS::CloudTrail::Trail';

/** A bucket is looked for by the name that it has here, whoever chooses it. */
const nameOf = (value: Value | undefined): unknown =>
  isUnknown(value) ? (textOf(value) ?? shown(value)) : value;

function answers(stack: Stack): Answer[] {
  const list = stack.ofType(TRAIL).map((trail) => {
    const own = stack.properties(trail);
    return {
      Name: stack.nameOf(trail),
      TrailARN: stack.arnOf(trail),
      HomeRegion: stack.region,
      S3BucketName: nameOf(own.S3BucketName),
      S3KeyPrefix: own.S3KeyPrefix ?? null,
      IsOrganizationTrail: isUnknown(own.IsOrganizationTrail)
        ? own.IsOrganizationTrail
        : isTrue(own.IsOrganizationTrail),
      IsMultiRegionTrail: !isUnknown(own.IsMultiRegionTrail) && isTrue(own.IsMultiRegionTrail),
    };
  });
  return [{ reading: trails, target: { region: stack.region }, value: { trailList: list } }];
}

export const trailKind: Kind = { types: { [TRAIL]: TRAIL }, readings: [trails], answers };
