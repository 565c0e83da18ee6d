/** What a security group's permissions let in, as far as it matters to a rule. */
import type { IngressPermission, UnreadablePermission } from '../../account/services/ec2/readings.ts';
import { type Cidr, type Family, parseCidr } from './addresses.ts';
import type { Interval, IntervalSet } from './intervals.ts';
import { protocolName, reachOf } from './ports.ts';

/** What a permission reaches. */
export interface Passage {
  readonly permission: IngressPermission;
  /** One name a protocol: `tcp` also for `6`, `all` for `-1`. */
  readonly protocol: string;
  /** Ports, or ICMP types; protocols without ports have the one point 0. */
  readonly reach: Interval;
}

/** Some addresses that a permission lets in, under the name of their CIDR or prefix list. */
export interface Source extends Passage {
  readonly name: string;
  readonly family: Family;
  readonly addresses: IntervalSet;
}

/** A prefix list that a permission lets in, whose addresses are still to be read; or a security group. */
export interface NamedSource extends Passage {
  readonly id: string;
}

/** Which part of what permissions let in matters to a rule: only that is read. */
export interface Filter {
  /** Whether a permission matters that reaches so far. */
  reaches(passage: Passage): boolean;
  /** The addresses of a CIDR that matter. */
  addresses(cidr: Cidr): IntervalSet;
  /** Protocols that matter, where not all do: what makes no sense in others is no problem either. */
  readonly protocols?: readonly string[];
  /** Whether security groups are sources that matter. */
  readonly groups?: boolean;
  /** Whether a CIDR that makes no sense is a problem in a permission that does not matter, too. */
  readonly checksAll?: boolean;
}

export interface Ingress {
  readonly sources: readonly Source[];
  readonly lists: readonly NamedSource[];
  readonly groups: readonly NamedSource[];
  /** The first thing in the permissions that makes no sense. */
  readonly problem: Error | undefined;
}

/** Reads a group's ingress permissions. What cannot change the verdict is left out, so that its prefix lists need not be read. */
export function readIngress(
  permissions: readonly (IngressPermission | UnreadablePermission)[],
  filter: Filter,
): Ingress {
  const sources: Source[] = [];
  const lists: NamedSource[] = [];
  const groups: NamedSource[] = [];
  let problem: Error | undefined;

  const readCidrs = (texts: readonly string[], passage: Passage | undefined) => {
    if (!passage && !filter.checksAll) return;
    for (const name of texts) {
      try {
        const cidr = parseCidr(name);
        const addresses = passage ? filter.addresses(cidr) : [];
        if (passage && addresses.length > 0) {
          sources.push({ ...passage, name, family: cidr.family, addresses });
        }
      } catch (error) {
        problem ??= error as Error;
      }
    }
  };

  for (const permission of permissions) {
    if ('problem' in permission) {
      problem ??= new Error(permission.problem);
      continue;
    }
    if (!hasSources(permission, filter)) continue;
    const protocol = protocolName(permission.protocol);
    if (filter.protocols && !filter.protocols.includes(protocol)) continue;
    let passage: Passage | undefined;
    try {
      passage = { permission, protocol, reach: reachOf(protocol, permission) };
      if (!filter.reaches(passage)) passage = undefined;
    } catch (error) {
      problem ??= error as Error;
    }
    readCidrs(permission.ipv4, passage);
    readCidrs(permission.ipv6, passage);
    if (!passage) continue;
    for (const id of permission.prefixListIds) lists.push({ ...passage, id });
    if (filter.groups) for (const id of permission.groups ?? []) groups.push({ ...passage, id });
    const unsaid = unsaidOf(permission, filter);
    if (unsaid.length > 0) {
      problem ??= new Error(`a permission without ${unsaid.join(' and ')}, which may hold anything`);
    }
  }
  return { sources, lists, groups, problem };
}

const unsaidOf = ({ unsaid = [], groupsUnsaid }: IngressPermission, filter: Filter) => [
  ...unsaid,
  ...(filter.groups && groupsUnsaid ? ['UserIdGroupPairs'] : []),
];

const hasSources = (permission: IngressPermission, filter: Filter) =>
  permission.ipv4.length > 0 ||
  permission.ipv6.length > 0 ||
  permission.prefixListIds.length > 0 ||
  (filter.groups === true && permission.groups !== undefined) ||
  unsaidOf(permission, filter).length > 0;
