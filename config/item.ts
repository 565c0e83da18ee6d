/**
 * Configuration items (AWS Config, ConfigurationItem): what AWS Config recorded about one resource, read in two steps.
 * {@link parseItem} turns any of AWS's forms into one; {@link readItem} turns that into the account's own values, and
 * {@link withItem} lays those over an account.
 */

import type { AnyAccount, ResourceRef, Tags } from '../account/account.ts';
import type { AccountError } from '../account/errors.ts';
import type { Answer } from '../account/laid.ts';
import type { Trail } from '../account/services/cloudtrail/readings.ts';
import type { ManagedPrefixList, SecurityGroup } from '../account/services/ec2/readings.ts';
import type { ManagedPolicy } from '../account/services/iam/authorization-details.ts';
import type { IamUser } from '../account/services/iam/readings.ts';
import type { Bucket } from '../account/services/s3/buckets.ts';
import type {
  Grant,
  ObjectLock,
  ObjectOwnership,
  PublicAccessBlock,
} from '../account/services/s3/readings.ts';

export { InvalidItemError } from './items/fields.ts';
export { parseItem, parseSummary } from './items/parse.ts';
export { type ItemReader, readItemBy } from './items/read.ts';
export { ITEM_READERS, readItem } from './items/readers.ts';
export { isRecorded, resourceOfItem } from './items/subject.ts';
export { withItem } from './items/with-item.ts';

export type ItemStatus =
  | 'OK'
  | 'ResourceDiscovered'
  | 'ResourceNotRecorded'
  | 'ResourceDeleted'
  | 'ResourceDeletedNotRecorded';

/** Which resource an item is about. */
export interface ItemSubject {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** The Region, or `global`. */
  readonly region: string;
}

/** All of an item but its configuration; the event of an oversized item has nothing else. */
export interface ItemSummary extends ItemSubject {
  readonly arn?: string;
  readonly status: ItemStatus;
  readonly captureTime: Date;
}

/** A configuration item in one form, whichever of AWS's forms it came in (API, ConfigurationItem). */
export interface ConfigurationItem extends ItemSummary {
  readonly tags: Tags;
  /** `null` when the resource is gone. */
  readonly configuration: Readonly<Record<string, unknown>> | null;
  /** Every value already parsed. */
  readonly supplementary: Readonly<Record<string, unknown>>;
  /**
   * Whether the configuration follows the CloudFormation schema, because the resource is still to be made.
   */
  readonly proposed: boolean;
}

/** What an item says about its resource, as the account's own values. What it does not say is absent. */
export interface ItemReadings {
  /** The account's answers that the item stands for. */
  readonly answers: readonly Answer[];
  readonly resource: ResourceRef;
  readonly tags: Tags;
  readonly securityGroup?: SecurityGroup;
  readonly bucket?: BucketReadings;
  readonly trail?: Trail;
  readonly user?: IamUser;
  readonly managedPolicy?: ManagedPolicy;
  readonly accountPublicAccessBlock?: PublicAccessBlock;
  /** The CIDRs of a managed prefix list. */
  readonly prefixListEntries?: readonly string[];
  readonly prefixList?: ManagedPrefixList;
}

/**
 * What an item says of a bucket, by the API that S3 has for it. An aspect that cannot be read is an error of that
 * API, and the others are still read.
 */
export interface BucketReadings {
  readonly bucket: Bucket;
  readonly acl?: readonly Grant[] | AccountError;
  readonly policy?: string | null | AccountError;
  readonly publicAccessBlock?: PublicAccessBlock | null | AccountError;
  readonly objectOwnership?: ObjectOwnership | null | AccountError;
  readonly objectLock?: ObjectLock | null | AccountError;
  readonly hasWebsite?: boolean | AccountError;
}

export type { AnyAccount };
