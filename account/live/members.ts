/** Which accounts of an organization are meant. Loads no client. */
import type { Member, Organization } from './organization.ts';

/** The accounts that are these, or below these units; all where none is named, but for those that are excluded. */
export function membersIn(
  { members }: Pick<Organization, 'members'>,
  { named, excluded }: { readonly named: readonly string[]; readonly excluded: readonly string[] },
): readonly Member[] {
  const isOf = (ids: readonly string[], { id, units }: Member) =>
    ids.includes(id) || units.some((unit) => ids.includes(unit.id));
  return members.filter((one) => (named.length === 0 || isOf(named, one)) && !isOf(excluded, one));
}

/** The first of these units and accounts that the organization has not. */
export function unknownIn(
  { members, units }: Pick<Organization, 'members' | 'units'>,
  ids: readonly string[],
): string | undefined {
  const known = new Set([...members, ...units].map(({ id }) => id));
  return ids.find((one) => !known.has(one));
}
