import type { Tags } from '../../account/account.ts';
import type { Answer } from '../../account/laid.ts';
import type { ConfigurationItem, ItemReadings } from '../item.ts';
import { type Fields, InvalidItemError } from './fields.ts';
import { tagsOf, withSubject } from './parse.ts';
import { isRecorded, resourceOfItem } from './subject.ts';

/** What a reader of one resource type gets: the item, its configuration, where that is (for errors), its tags. */
export interface Recorded {
  readonly item: ConfigurationItem;
  readonly configuration: Fields;
  readonly at: string;
  readonly tags: Tags;
}

/** What an item of a type says, without the answers that this amounts to. */
export type Said = Omit<ItemReadings, 'answers'>;

/** How to read items of one resource type. */
export interface ItemReader {
  readonly type: string;
  /** What AWS Config recorded. */
  recorded(recorded: Recorded): Partial<Said>;
  /** What CloudFormation would make; absent where no CloudFormation resource of the type exists. */
  proposed?(recorded: Recorded): Partial<Said>;
  /** The answers of the account that it stands for. */
  answers(said: Said): Answer[];
}

/**
 * What an item says about its resource. A type without a reader, and a resource that is gone, have tags only.
 *
 * @throws {InvalidItemError} for a configuration that lacks what a verdict would rest on.
 */
export function readItemBy(readers: readonly ItemReader[], item: ConfigurationItem): ItemReadings {
  const resource = resourceOfItem(item);
  const reader = readers.find(({ type }) => type === item.type);
  const read = item.proposed ? reader?.proposed : reader?.recorded;
  if (!reader || !read || !isRecorded(item)) return { resource, tags: item.tags, answers: [] };
  return withSubject(
    () => ({ ...resource, accountId: item.accountId }),
    () => {
      const recorded = recordedOf(item);
      const said = { ...read(recorded), resource, tags: recorded.tags };
      return { ...said, answers: reader.answers(said) };
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
