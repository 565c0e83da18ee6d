import type { IngressPermission } from '../../account/services/ec2/readings.ts';
import { FAMILIES, type Family, parseCidr } from '../shared/addresses.ts';
import { contains, type Interval, type IntervalSet, union } from '../shared/intervals.ts';
import { protocolName, reachOf } from '../shared/ports.ts';
import { allowedOf, type Policy } from './policy.ts';

/** What a permission reaches. */
export interface Passage {
  readonly permission: IngressPermission;
  /** One name a protocol: `tcp` also for `6`, `all` for `-1`. */
  readonly protocol: string;
  /** Ports, or ICMP types; protocols without ports have the one point 0. */
  readonly reach: Interval;
}

/** Some public addresses that a permission lets in, under the name of their CIDR or prefix list. */
export interface Source extends Passage {
  readonly name: string;
  readonly family: Family;
  readonly addresses: IntervalSet;
}

/** A prefix list that a permission lets in. Its addresses are still to be read. */
export interface ListSource extends Passage {
  readonly id: string;
}

/** A prefix list's public addresses. */
export type ListAddresses = Readonly<Record<Family, IntervalSet>>;

export interface Ingress {
  /** Public sources of ports that are not allowed. */
  readonly sources: readonly Source[];
  /** Prefix lists, likewise. */
  readonly lists: readonly ListSource[];
  /** The first thing in the permissions that makes no sense. */
  readonly problem: Error | undefined;
}

/**
 * Reads a group's ingress permissions. It leaves out sources that cannot change the verdict (private addresses, and
 * any source of allowed ports only), so that their prefix lists need not be read.
 */
export function readIngress(permissions: readonly IngressPermission[], policy: Policy): Ingress {
  const sources: Source[] = [];
  const lists: ListSource[] = [];
  let problem: Error | undefined;

  const readCidrs = (texts: readonly string[], passage: Passage | undefined) => {
    for (const name of texts) {
      try {
        const { family, public: addresses } = parseCidr(name);
        if (passage && addresses.length > 0) sources.push({ ...passage, name, family, addresses });
      } catch (error) {
        problem ??= error as Error;
      }
    }
  };

  for (const permission of permissions) {
    if (!hasSources(permission)) continue;
    let passage: Passage | undefined;
    try {
      passage = passageOf(permission);
      if (contains(allowedOf(passage.protocol, policy), passage.reach)) passage = undefined;
    } catch (error) {
      problem ??= error as Error;
    }
    readCidrs(permission.ipv4, passage);
    readCidrs(permission.ipv6, passage);
    if (passage) for (const id of permission.prefixListIds) lists.push({ ...passage, id });
    if (passage && permission.unsaid) {
      problem ??= new Error(
        `a permission without ${permission.unsaid.join(' and ')}, which may hold anything`,
      );
    }
  }
  return { sources, lists, problem };
}

const hasSources = ({ ipv4, ipv6, prefixListIds, unsaid }: IngressPermission) =>
  ipv4.length > 0 || ipv6.length > 0 || prefixListIds.length > 0 || unsaid !== undefined;

/** @throws {MalformedPermissionError} for ports that make no sense. */
function passageOf(permission: IngressPermission): Passage {
  const protocol = protocolName(permission.protocol);
  return { permission, protocol, reach: reachOf(protocol, permission) };
}

/** @throws {MalformedCidrError} for an entry that is not a CIDR. */
export function readList(entries: readonly string[]): ListAddresses {
  const cidrs = entries.map(parseCidr);
  const of = (family: Family) => union(cidrs.flatMap((cidr) => (cidr.family === family ? cidr.public : [])));
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}

/** A prefix list as sources: a list holds one family, though nothing here relies on it. */
export const sourcesOf = ({ id, ...passage }: ListSource, addresses: ListAddresses): Source[] =>
  FAMILIES.filter((family) => addresses[family].length > 0).map((family) => ({
    ...passage,
    name: id,
    family,
    addresses: addresses[family],
  }));
