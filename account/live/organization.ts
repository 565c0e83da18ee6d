/** The accounts of an organization, as its management account, or a delegated administrator, is told of them. */
import {
  type Account,
  DescribeOrganizationCommand,
  ListTagsForResourceCommand,
  type OrganizationalUnit,
  type OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import pLimit from 'p-limit';
import { whole } from '../pages.ts';
import { service } from '../services/organizations/live.ts';
import { openClients } from './clients.ts';
import { called, LiveError } from './failures.ts';
import type { LiveAccount } from './open.ts';

export interface Unit {
  /** `r-ab12`, `ou-ab12-workloads` */
  readonly id: string;
  readonly name: string;
}

export interface Member {
  readonly id: string;
  readonly name?: string;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, … */
  readonly state: string;
  /** From the root down to the unit that it is in. */
  readonly units: readonly Unit[];
}

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  /** By their ids. */
  readonly members: readonly Member[];
  /** All that there are, with accounts or without. */
  readonly units: readonly Unit[];
}

/** Organizations answers a few requests a second for the whole organization. */
const AT_A_TIME = 4;

/** AWS Organizations, as a caller may ask it. */
export const openOrganizations = ({
  config,
  homeRegion,
}: Pick<LiveAccount, 'config' | 'homeRegion'>): OrganizationsClient =>
  openClients(config)(service, homeRegion) as OrganizationsClient;

/**
 * Walks the tree from its root: two lists a unit.
 *
 * @throws {LiveError} which names the API, and who may ask it.
 */
export async function listOrganization(
  client: OrganizationsClient,
  onProgress: (accounts: number) => void = () => {},
): Promise<Organization> {
  const limit = pLimit(AT_A_TIME);
  const members: Member[] = [];
  const units: Unit[] = [];

  const { Organization: { Id: id, MasterAccountId: managementAccountId } = {} } = await asked(
    'DescribeOrganization',
    () => client.send(new DescribeOrganizationCommand({})),
  );
  if (!id || !managementAccountId) throw incomplete('DescribeOrganization', 'the organization');

  async function walk(unit: Unit, above: readonly Unit[]): Promise<void> {
    units.push(unit);
    const path = [...above, unit];
    const ParentId = unit.id;
    const [accounts, below] = await Promise.all([
      asked('ListAccountsForParent', () =>
        limit(() =>
          gathered(
            whole(
              'organizations:ListAccountsForParent',
              paginateListAccountsForParent({ client, pageSize: 20 }, { ParentId }),
            ),
            'Accounts',
          ),
        ),
      ),
      asked('ListOrganizationalUnitsForParent', () =>
        limit(() =>
          gathered(
            whole(
              'organizations:ListOrganizationalUnitsForParent',
              paginateListOrganizationalUnitsForParent({ client, pageSize: 20 }, { ParentId }),
            ),
            'OrganizationalUnits',
          ),
        ),
      ),
    ]);
    members.push(...accounts.map((account) => memberOf(account, path)));
    onProgress(members.length);
    await Promise.all(below.map((one) => walk(unitOf(one), path)));
  }
  const roots = await asked('ListRoots', () =>
    gathered(whole('organizations:ListRoots', paginateListRoots({ client }, {})), 'Roots'),
  );
  await Promise.all(roots.map((root) => walk(unitOf(root), [])));
  return {
    id,
    managementAccountId,
    members: members.sort((one, other) => (one.id < other.id ? -1 : 1)),
    units,
  };
}

/** The tags of an account of the organization. */
export async function tagsOf(
  client: OrganizationsClient,
  accountId: string,
): Promise<Readonly<Record<string, string>>> {
  const { Tags = [] } = await asked('ListTagsForResource', () =>
    client.send(new ListTagsForResourceCommand({ ResourceId: accountId })),
  );
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

const ADVICE =
  'The management account may ask for it, and a delegated administrator; without Organizations, name the accounts with --account';

const asked = <T>(api: string, send: () => Promise<T>): Promise<T> =>
  called(`organizations:${api}`, send, ADVICE);

async function gathered<Page extends object, List extends keyof Page>(
  pages: AsyncIterable<Page>,
  list: List,
): Promise<NonNullable<Page[List]> & readonly unknown[]> {
  const items: unknown[] = [];
  for await (const page of pages) items.push(...((page[list] ?? []) as readonly unknown[]));
  return items as unknown as NonNullable<Page[List]> & readonly unknown[];
}

function unitOf({ Id, Name }: OrganizationalUnit): Unit {
  if (!Id) throw incomplete('ListOrganizationalUnitsForParent', 'a unit');
  return { id: Id, name: Name ?? Id };
}

function memberOf({ Id, Name, State, Status }: Account, units: readonly Unit[]): Member {
  if (!Id) throw incomplete('ListAccountsForParent', 'an account');
  return { id: Id, ...(Name && { name: Name }), state: State ?? Status ?? 'UNKNOWN', units };
}

const incomplete = (api: string, what: string) =>
  new LiveError('IncompleteAnswer', `organizations:${api}: the answer does not name ${what}`);
