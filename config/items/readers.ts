/** How to read items of every type that is read. A function has those of its rule's types only. */
import type { ConfigurationItem, ItemReadings } from '../item.ts';
import { accountBlockItem, bucketItem } from './bucket.ts';
import { policyItem } from './policy.ts';
import { prefixListItem } from './prefix-list.ts';
import { type ItemReader, readItemBy } from './read.ts';
import { securityGroupItem } from './security-group.ts';
import { trailItem } from './trail.ts';
import { userItem } from './user.ts';

export const ITEM_READERS: readonly ItemReader[] = [
  securityGroupItem,
  bucketItem,
  trailItem,
  userItem,
  policyItem,
  prefixListItem,
  accountBlockItem,
];

/**
 * What an item says about its resource, whatever its type.
 *
 * @throws {InvalidItemError} for a configuration that lacks what a verdict would rest on.
 */
export const readItem = (item: ConfigurationItem): ItemReadings => readItemBy(ITEM_READERS, item);
