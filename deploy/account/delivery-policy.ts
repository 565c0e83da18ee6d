/** What reads the bucket that AWS Config delivers to may do. It knows nothing of the CDK: the command prints it, too. */
import type { DeliveryPlace } from '../../account/snapshot/delivery-place.ts';

export interface DeliveryStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Place {
  readonly partition: string;
  readonly bucket: string;
  readonly place: DeliveryPlace;
}

/** AWS Control Tower's bucket has the organization's id above `AWSLogs/`. */
const isWhole = ({ organization, accountId }: DeliveryPlace): boolean =>
  organization === undefined && accountId === undefined;
const logsIn = (place: DeliveryPlace): readonly string[] => [
  `${place.prefix}AWSLogs/*`,
  ...(isWhole(place) ? [`${place.prefix}o-*/AWSLogs/*`] : []),
];
const arnOf = ({ partition, bucket }: Place): string => `arn:${partition}:s3:::${bucket}`;

/** To find accounts: also what stands beside `AWSLogs/`. */
export const listsDelivery = (where: Place): DeliveryStatement => ({
  actions: ['s3:ListBucket'],
  resources: [arnOf(where)],
  condition: {
    StringLike: {
      's3:prefix': [...(isWhole(where.place) ? [where.place.prefix] : []), ...logsIn(where.place)],
    },
  },
});

/** To find an account's files, where its folder is known. */
export const listsBelow = (where: Place): DeliveryStatement => ({
  actions: ['s3:ListBucket'],
  resources: [arnOf(where)],
  condition: { StringLike: { 's3:prefix': logsIn(where.place) } },
});

export const readsDelivery = (where: Place): DeliveryStatement => ({
  actions: ['s3:GetObject'],
  resources: logsIn(where.place).map((one) => `${arnOf(where)}/${one}`),
});

/** Where the bucket has a key. Its context is the object's ARN, or the bucket's where that has a key of its own. */
export const decryptsDelivery = (
  where: Place & { readonly dnsSuffix: string },
  keyArn: string,
): DeliveryStatement => ({
  actions: ['kms:Decrypt'],
  resources: [keyArn],
  condition: {
    StringLike: {
      'kms:ViaService': `s3.*.${where.dnsSuffix}`,
      'kms:EncryptionContext:aws:s3:arn': [arnOf(where), `${arnOf(where)}/*`],
    },
  },
});
