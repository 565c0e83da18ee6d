import type { Tags } from '../../account/account.ts';
import type { ConfigurationItem, ItemReadings } from '../item.ts';
import { proposedBucket, publicAccessBlock, recordedBucket } from './bucket.ts';
import { type Fields, InvalidItemError } from './fields.ts';
import { tagsOf, withSubject } from './parse.ts';
import { prefixList, prefixListEntries } from './prefix-list.ts';
import { proposedSecurityGroup, recordedSecurityGroup } from './security-group.ts';
import { isRecorded, resourceOfItem } from './subject.ts';
import { proposedTrail, recordedTrail } from './trail.ts';
import { proposedUser, recordedUser } from './user.ts';

/** What a reader of one resource type gets: the item, its configuration, where that is (for errors), its tags. */
export interface Recorded {
  readonly item: ConfigurationItem;
  readonly configuration: Fields;
  readonly at: string;
  readonly tags: Tags;
}

type Reader = (recorded: Recorded) => Partial<ItemReadings>;

const ofPrefixList: Reader = (recorded) => {
  const list = prefixList(recorded);
  return { prefixListEntries: prefixListEntries(recorded), ...(list && { prefixList: list }) };
};

/** By resource type: how to read what AWS Config recorded, and what CloudFormation would make. */
const READERS: Readonly<Record<string, { recorded: Reader; proposed?: Reader }>> = {
  'AWS::EC2::SecurityGroup': {
    recorded: (recorded) => ({ securityGroup: recordedSecurityGroup(recorded) }),
    proposed: (recorded) => ({ securityGroup: proposedSecurityGroup(recorded) }),
  },
  'AWS::S3::Bucket': {
    recorded: (recorded) => ({ bucket: recordedBucket(recorded) }),
    proposed: (recorded) => ({ bucket: proposedBucket(recorded) }),
  },
  'AWS::CloudTrail::Trail': {
    recorded: (recorded) => ({ trail: recordedTrail(recorded) }),
    proposed: (recorded) => ({ trail: proposedTrail(recorded) }),
  },
  'AWS::IAM::User': {
    recorded: (recorded) => ({ user: recordedUser(recorded) }),
    proposed: (recorded) => ({ user: proposedUser(recorded) }),
  },
  'AWS::EC2::PrefixList': {
    recorded: ofPrefixList,
    proposed: ofPrefixList,
  },
  // No CloudFormation resource of this type exists.
  'AWS::S3::AccountPublicAccessBlock': {
    recorded: ({ configuration, at }) => ({ accountPublicAccessBlock: publicAccessBlock(configuration, at) }),
  },
};

/**
 * What an item says about its resource. A type that Groundrules does not read, and a resource that is gone, have tags
 * only.
 *
 * @throws {InvalidItemError} for a configuration that lacks what a verdict would rest on.
 */
export function readItem(item: ConfigurationItem): ItemReadings {
  const resource = resourceOfItem(item);
  const reader = Object.hasOwn(READERS, item.type) ? READERS[item.type] : undefined;
  const read = item.proposed ? reader?.proposed : reader?.recorded;
  if (!read || !isRecorded(item)) return { resource, tags: item.tags };
  return withSubject(
    () => ({ ...resource, accountId: item.accountId }),
    () => {
      const recorded = recordedOf(item);
      return Object.assign(read(recorded), { resource, tags: recorded.tags });
    },
  );
}

function recordedOf(item: ConfigurationItem): Recorded {
  const { configuration } = item;
  const at = `${item.type} ${item.id}: configuration`;
  if (configuration === null) throw new InvalidItemError(at, `is null although the status is ${item.status}`);
  const own = item.proposed ? configuration.Tags : configuration.tags;
  const tags = own === undefined || own === null ? item.tags : { ...tagsOf(own, `${at}.tags`), ...item.tags };
  return { item, configuration, at, tags };
}
