/** Rules of a security group as EC2 gives and takes them: one protocol, some ports, one source. */
import { parseCidr } from '../shared/addresses.ts';
import { type Interval, type Point, size } from '../shared/intervals.ts';
import { ALL_ICMP_TYPES, ALL_PORTS, protocolName, WHOLE } from '../shared/ports.ts';

/** What EC2 calls a security group rule, without its id and its tags. */
export interface Entry {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  readonly protocol: string;
  /** The first port, or the ICMP type; -1 or absent: all. */
  readonly fromPort?: number;
  /** The last port, or the ICMP code. */
  readonly toPort?: number;
  /** A CIDR, a prefix list (`pl-…`) or a security group (`sg-…`). */
  readonly source: string;
  readonly description?: string;
}

/** As AuthorizeSecurityGroupIngress takes it. */
export interface IpPermission {
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly IpRanges?: readonly { readonly CidrIp: string; readonly Description?: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6: string; readonly Description?: string }[];
  readonly PrefixListIds?: readonly { readonly PrefixListId: string; readonly Description?: string }[];
}

const CODES = 256;

export const hasPorts = (protocol: string): boolean => protocol === 'tcp' || protocol === 'udp';
export const isIcmp = (protocol: string): boolean => protocol === 'icmp' || protocol === 'icmpv6';
const all = (port: number | undefined) => port === undefined || port === -1;

/**
 * What an entry reaches of its protocol, to the last bit: ports, or ICMP types and codes as `type * 256 + code`. Of
 * protocols without ports: all ("regardless of any port range you specify" on
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html).
 */
export function extentOf({
  protocol,
  fromPort,
  toPort,
}: Pick<Entry, 'protocol' | 'fromPort' | 'toPort'>): Interval {
  const name = protocolName(protocol);
  if (isIcmp(name)) {
    if (all(fromPort)) return { first: 0, end: (ALL_ICMP_TYPES.end as number) * CODES };
    const type = (fromPort as number) * CODES;
    return all(toPort)
      ? { first: type, end: type + CODES }
      : { first: type + (toPort as number), end: type + (toPort as number) + 1 };
  }
  if (!hasPorts(name)) return WHOLE;
  return all(fromPort) ? ALL_PORTS : { first: fromPort as number, end: (toPort as number) + 1 };
}

/** Only addresses have dots and colons. */
export const isCidr = (source: string): boolean => /[.:]/.test(source);

/** The identity of an entry within its group: EC2 compares protocol, ports and source, and CIDRs by value. */
export function identityOf(entry: Entry): string {
  const { first, end } = extentOf(entry);
  const source = isCidr(entry.source) ? rangeOf(entry.source) : entry.source;
  return `${protocolName(entry.protocol)} ${first}-${end} ${source}`;
}

function rangeOf(cidr: string): string {
  const { family, addresses } = parseCidr(cidr);
  return `${family} ${addresses.first}-${addresses.end}`;
}

/** Entries as one call takes them: those of the same protocol and ports in one permission. */
export function permissionsOf(entries: readonly Entry[]): IpPermission[] {
  const permissions = new Map<string, Record<string, unknown>>();
  for (const { protocol, fromPort = -1, toPort = -1, source, description } of entries) {
    const key = `${protocol} ${fromPort} ${toPort}`;
    const permission = permissions.get(key) ?? {
      IpProtocol: protocol,
      FromPort: fromPort,
      ToPort: toPort,
    };
    permissions.set(key, permission);
    const [list, name] = fieldOf(source);
    const known = (permission[list] as object[] | undefined) ?? [];
    permission[list] = [...known, { [name]: source, ...(description && { Description: description }) }];
  }
  return [...permissions.values()] as object[] as IpPermission[];
}

function fieldOf(source: string): [list: string, name: string] {
  if (!isCidr(source)) return ['PrefixListIds', 'PrefixListId'];
  return source.includes(':') ? ['Ipv6Ranges', 'CidrIpv6'] : ['IpRanges', 'CidrIp'];
}

/** `tcp 80 and tcp 443 from 0.0.0.0/0; all traffic from 10.0.0.0/8`. */
export function inWords(entries: readonly Entry[]): string {
  const whats = new Map<string, string[]>();
  for (const entry of entries) {
    whats.set(entry.source, [...(whats.get(entry.source) ?? []), reachInWords(entry)]);
  }
  const sources = new Map<string, string[]>();
  for (const [source, reaches] of whats) {
    const what = listed(reaches);
    sources.set(what, [...(sources.get(what) ?? []), source]);
  }
  return [...sources].map(([what, names]) => `${what} from ${listed(names)}`).join('; ');
}

function reachInWords(entry: Entry): string {
  const name = protocolName(entry.protocol);
  if (name === 'all') return 'all traffic';
  const protocol = /^\d+$/.test(name) ? `protocol ${name}` : name;
  if (isIcmp(name)) {
    if (all(entry.fromPort)) return protocol;
    return `${protocol} type ${entry.fromPort}${all(entry.toPort) ? '' : ` code ${entry.toPort}`}`;
  }
  const { first, end } = extentOf(entry);
  if (!hasPorts(name)) return protocol;
  const last: Point = (end as number) - 1;
  return `${protocol} ${size({ first, end }) === 1 ? first : `${first}-${last}`}`;
}

const listed = (texts: readonly string[]) =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
