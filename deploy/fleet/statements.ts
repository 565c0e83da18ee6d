/** What a fleet's functions may do to the bucket that AWS Config delivers to, and to the accounts: their calls, and no other. */
import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  type DeliveryStatement,
  decryptsDelivery,
  listsBelow,
  listsDelivery,
  readsDelivery,
} from '../account/delivery-policy.ts';
import { type DeliveryBucket, type FleetSettings, prefixOf } from '../settings/fleet.ts';

const placeOf = (given: DeliveryBucket) => ({
  ...{ partition: Aws.PARTITION, dnsSuffix: Aws.URL_SUFFIX, bucket: given.bucket },
  place: { prefix: prefixOf(given) },
});

/** Held to the bucket's owner, where the settings name it. */
function statementOf(
  { actions, resources, condition }: DeliveryStatement,
  { ownerAccountId }: Pick<DeliveryBucket, 'ownerAccountId'> = {},
): iam.PolicyStatement {
  const owner = ownerAccountId !== undefined && { StringEquals: { 's3:ResourceAccount': ownerAccountId } };
  return new iam.PolicyStatement({
    ...{ actions: [...actions], resources: [...resources] },
    ...((condition || owner) && { conditions: { ...condition, ...owner } }),
  });
}

/** Of the function that lists accounts. */
export const listing = ({ deliveryBucket }: FleetSettings): iam.PolicyStatement[] =>
  deliveryBucket ? [statementOf(listsDelivery(placeOf(deliveryBucket)), deliveryBucket)] : [];

/** Of the function that judges: the role of each account, the bucket, or both. */
export function judging(
  { deliveryBucket, roleName }: FleetSettings,
  organizationId: string,
): iam.PolicyStatement[] {
  const entering = new iam.PolicyStatement({
    actions: ['sts:AssumeRole'],
    resources: [`arn:${Aws.PARTITION}:iam::*:role/${roleName}`],
    conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
  });
  if (!deliveryBucket) return [entering];
  const where = placeOf(deliveryBucket);
  const { kmsKeyArn, withLive } = deliveryBucket;
  return [
    ...(withLive ? [entering] : []),
    statementOf(listsBelow(where), deliveryBucket),
    statementOf(readsDelivery(where), deliveryBucket),
    ...(kmsKeyArn === undefined ? [] : [statementOf(decryptsDelivery(where, kmsKeyArn))]),
  ];
}
