import type {
  Account,
  Bucket,
  Grant,
  IamUser,
  ObjectLock,
  ObjectOwnership,
  PublicAccessBlock,
  ResourceRef,
  SecurityGroup,
  Tags,
  Trail,
} from '../account/account.ts';

/** A configuration item in one form, whichever of AWS's forms it came in (aws-facts §1.3). */
export interface ConfigurationItem {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly accountId: string;
  /** The Region, or `global`. */
  readonly region: string;
  readonly status: ItemStatus;
  readonly captureTime: Date;
  readonly tags: Tags;
  /** `null` when the resource is gone. */
  readonly configuration: Readonly<Record<string, unknown>> | null;
  /** Every value already parsed. */
  readonly supplementary: Readonly<Record<string, unknown>>;
  /** The configuration follows the CloudFormation schema: the resource is about to be made (aws-facts §1.7). */
  readonly proposed: boolean;
}

export type ItemStatus =
  | 'OK'
  | 'ResourceDiscovered'
  | 'ResourceNotRecorded'
  | 'ResourceDeleted'
  | 'ResourceDeletedNotRecorded';

/** What an item says about its resource, as the account's own values. What it does not say is absent. */
export interface ItemReadings {
  readonly resource: ResourceRef;
  readonly tags: Tags;
  readonly securityGroup?: SecurityGroup;
  readonly bucket?: BucketReadings;
  readonly trail?: Trail;
  readonly user?: IamUser;
  readonly accountPublicAccessBlock?: PublicAccessBlock;
}

export interface BucketReadings {
  readonly bucket: Bucket;
  readonly acl?: readonly Grant[];
  readonly policy?: string | null;
  readonly publicAccessBlock?: PublicAccessBlock | null;
  readonly objectOwnership?: ObjectOwnership | null;
  readonly objectLock?: ObjectLock | null;
  readonly hasWebsite?: boolean;
}

// (parseItem, readItem and withItem follow: see the config helper's brief)
export type { Account };
