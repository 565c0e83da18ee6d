/**
 * Configuration items (aws-facts §1.3–§1.7): what AWS Config recorded about one resource, read in two steps.
 * {@link parseItem} turns any of AWS's forms into one; {@link readItem} turns that into the account's own values, and
 * {@link withItem} lays those over an account.
 */
import type {
  Account,
  Bucket,
  Grant,
  IamUser,
  ManagedPrefixList,
  ObjectLock,
  ObjectOwnership,
  PublicAccessBlock,
  ResourceRef,
  SecurityGroup,
  Tags,
  Trail,
} from '../account/account.ts';
import type { AccountError } from '../account/errors.ts';

export { InvalidItemError } from './items/fields.ts';
export { parseItem, parseSummary } from './items/parse.ts';
export { readItem } from './items/read.ts';
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

/** What an item says before it says anything about the configuration; all that an oversized item's event has. */
export interface ItemSummary extends ItemSubject {
  readonly arn?: string;
  readonly status: ItemStatus;
  readonly captureTime: Date;
}

/** A configuration item in one form, whichever of AWS's forms it came in (aws-facts §1.3). */
export interface ConfigurationItem extends ItemSummary {
  readonly tags: Tags;
  /** `null` when the resource is gone. */
  readonly configuration: Readonly<Record<string, unknown>> | null;
  /** Every value already parsed. */
  readonly supplementary: Readonly<Record<string, unknown>>;
  /** The configuration follows the CloudFormation schema: the resource is about to be made (aws-facts §1.7). */
  readonly proposed: boolean;
}

/** What an item says about its resource, as the account's own values. What it does not say is absent. */
export interface ItemReadings {
  readonly resource: ResourceRef;
  readonly tags: Tags;
  readonly securityGroup?: SecurityGroup;
  readonly bucket?: BucketReadings;
  readonly trail?: Trail;
  readonly user?: IamUser;
  readonly accountPublicAccessBlock?: PublicAccessBlock;
  /** The CIDRs of a managed prefix list. */
  readonly prefixListEntries?: readonly string[];
  readonly prefixList?: ManagedPrefixList;
}

/**
 * A bucket by the aspects that S3 has an API each for. One that the item has in a form that nobody can read is an error,
 * as it would be of that API, and costs the others nothing.
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

export type { Account };
