/** A prefix list's public addresses, as sources of a group. */
import { FAMILIES, type Family, parseCidr } from '../shared/addresses.ts';
import type { NamedSource, Source } from '../shared/ingress.ts';
import { type IntervalSet, union } from '../shared/intervals.ts';

export type ListAddresses = Readonly<Record<Family, IntervalSet>>;

/** @throws {MalformedCidrError} for an entry that is not a CIDR. */
export function readList(entries: readonly string[]): ListAddresses {
  const cidrs = entries.map(parseCidr);
  const of = (family: Family) => union(cidrs.flatMap((cidr) => (cidr.family === family ? cidr.public : [])));
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}

/** A prefix list as sources: a list holds one family, though nothing here relies on it. */
export const sourcesOf = ({ id, ...passage }: NamedSource, addresses: ListAddresses): Source[] =>
  FAMILIES.filter((family) => addresses[family].length > 0).map((family) => ({
    ...passage,
    name: id,
    family,
    addresses: addresses[family],
  }));
