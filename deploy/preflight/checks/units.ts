/** Finds where the units and accounts of the settings are in the organization, because their ids do not tell. */
import { ListParentsCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { type OrganizationSettings, placesOf } from '../../settings/index.ts';
import type { Finding } from '../finding.ts';

/** What is above a unit or an account, up to the root, the nearest first; `undefined` where there is no such. */
type Above = (id: string) => Promise<readonly string[] | undefined>;

/**
 * Units that are not there, units that are in one of another place, and canaries that nobody would deploy to first.
 *
 * @param management the management account, which StackSets never reach.
 */
export async function ofTree(
  client: OrganizationsClient,
  organization: OrganizationSettings,
  management: string | undefined,
): Promise<Finding[]> {
  const above = asking(client);
  return [...(await ofUnits(organization, above)), ...(await ofCanaries(organization, above, management))];
}

function asking(client: OrganizationsClient): Above {
  const parents = new Map<string, string | null>();
  const parentOf = async (id: string): Promise<string | null> => {
    const known = parents.get(id);
    if (known !== undefined) return known;
    let parent: string | null = null;
    try {
      const { Parents } = await client.send(new ListParentsCommand({ ChildId: id }));
      parent = Parents?.[0]?.Id ?? null;
    } catch (error) {
      if ((error as Error).name !== 'ChildNotFoundException') throw error;
    }
    parents.set(id, parent);
    return parent;
  };
  const above = async (id: string): Promise<readonly string[] | undefined> => {
    if (id.startsWith('r-')) return [];
    const parent = await parentOf(id);
    if (parent === null) return undefined;
    return [parent, ...((await above(parent)) ?? [])];
  };
  return above;
}

async function ofUnits(organization: OrganizationSettings, above: Above): Promise<Finding[]> {
  const places = placesOf(organization);
  const findings: Finding[] = [];
  for (const { place, units } of places) {
    for (const unit of new Set(units)) {
      const parents = await above(unit);
      if (!parents) {
        findings.push({ level: 'error', message: `${place}: the organization has no unit ${unit}` });
        continue;
      }
      for (const other of places) {
        const parent = other.place === place ? undefined : parents.find((one) => other.units.includes(one));
        if (parent === undefined) continue;
        findings.push({
          level: 'error',
          message: `${place}: ${unit} is in ${parent} (${other.place}): its accounts would get two stacks of the same names. Name the units beside it in place of ${parent}`,
        });
      }
    }
  }
  return findings;
}

async function ofCanaries(
  { canary, organizationalUnits }: OrganizationSettings,
  above: Above,
  management: string | undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const account of new Set(canary?.accounts ?? [])) {
    const place = `organization.canary.accounts: ${account}`;
    if (account === management) {
      const message = `${place} is the management account, which StackSets do not reach`;
      findings.push({ level: 'error', message });
      continue;
    }
    const parents = await above(account);
    if (!parents?.some((unit) => organizationalUnits.includes(unit))) {
      const message = parents
        ? `${place} is in none of organization.organizationalUnits`
        : `${place} is not in the organization`;
      findings.push({ level: 'error', message });
    }
  }
  return findings;
}
