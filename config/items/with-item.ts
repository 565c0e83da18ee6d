import type { AnyAccount } from '../../account/account.ts';
import { laid } from '../../account/laid.ts';
import type { ItemReadings } from '../item.ts';

/**
 * The account, with one resource as its configuration item has it. The item's answers win; everything else is asked
 * of the account. Lists of groups and buckets stay the account's, because only the one resource is judged.
 */
export function withItem(account: AnyAccount, { resource, answers }: ItemReadings): AnyAccount {
  const inView = (region: string) => region === resource.region || account.inView(region);
  return laid({ ...account, inView }, answers);
}
