import type { Account } from '../../account/account.ts';
import { organization } from '../../account/services/organizations/readings.ts';

/** The account whose organization this one is a member of; `undefined` for a management account, and without an organization. */
export async function managementAccountOf(
  account: Account<typeof organization>,
): Promise<string | undefined> {
  const known = await account.read(organization);
  return known && known.managementAccountId !== account.id ? known.managementAccountId : undefined;
}

/** What AWS says to a member that asks what only the management account, or a delegated administrator, may. */
export const NOT_HERE = 'AccountNotManagementOrDelegatedAdministrator';
