import { has, says } from '../../account/laid.ts';
import type { ManagedPrefixList } from '../../account/services/ec2/readings.ts';
import { prefixListEntries as entriesReading, prefixLists } from '../../account/services/ec2/readings.ts';
import { fieldsOf, list, optionalText, text } from './fields.ts';
import type { ItemReader, Recorded } from './read.ts';

/**
 * The CIDRs of a managed prefix list. AWS Config records it by its CloudFormation schema, so that a recorded item
 * looks like one that is only proposed; missing `Entries` are unknown, not empty.
 * (https://github.com/awslabs/aws-config-resource-schema: AWS::EC2::PrefixList)
 */
export const prefixListEntries = ({ configuration, at }: Recorded): readonly string[] =>
  list(configuration, 'Entries', at).map((entry, index) => {
    const where = `${at}.Entries[${index}]`;
    return text(fieldsOf(entry, where), 'Cidr', where);
  });

/** What the list is called, and whose it is, where the item says both. */
export function prefixList({ item, configuration, at }: Recorded): ManagedPrefixList | undefined {
  const name = optionalText(configuration, 'PrefixListName', at);
  const ownerId = optionalText(configuration, 'OwnerId', at);
  return name && ownerId ? { id: item.id, name, ownerId } : undefined;
}

const said: ItemReader['recorded'] = (recorded) => {
  const list = prefixList(recorded);
  return { prefixListEntries: prefixListEntries(recorded), ...(list && { prefixList: list }) };
};

export const prefixListItem: ItemReader = {
  type: 'AWS::EC2::PrefixList',
  recorded: said,
  proposed: said,
  answers: ({ resource: { region, id }, prefixListEntries: entries, prefixList: list }) => [
    ...says(entriesReading, { region, id }, entries),
    ...has(prefixLists, { region }, id, list),
  ],
};
