/** What an ingress permission reaches: some ports or ICMP types of a protocol, or all of it. */
import type { IngressPermission } from '../../account/services/ec2/readings.ts';
import type { PortRange } from '../parameters.ts';
import { type Interval, type IntervalSet, union } from './intervals.ts';

export const ALL_PORTS: Interval = { first: 0, end: 65_536 };
export const ALL_ICMP_TYPES: Interval = { first: 0, end: 256 };
/** A protocol without ports is reached or it is not. */
export const WHOLE: Interval = { first: 0, end: 1 };

/** Protocols by number, and their names: IANA's, as EC2 and CloudFormation spell them. */
const NAMES = new Map([
  ['-1', 'all'],
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['4', 'ipip'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['41', 'ipv6'],
  ['47', 'gre'],
  ['50', 'esp'],
  ['51', 'ah'],
  ['58', 'icmpv6'],
  ['ipv6-icmp', 'icmpv6'],
  ['89', 'ospf'],
  ['115', 'l2tp'],
  ['132', 'sctp'],
]);

/** One name a protocol, however EC2's IpProtocol spells it: `tcp` for `6`, `all` for `-1`, `99` where none is known. */
export function protocolName(ipProtocol: string): string {
  const key = /^\d+$/.test(ipProtocol) ? String(Number(ipProtocol)) : ipProtocol.toLowerCase();
  return NAMES.get(key) ?? key;
}

/** A permission whose ports make no sense. */
export class MalformedPermissionError extends Error {
  override readonly name = 'MalformedPermissionError';
  readonly code = 'Malformed';
}

/**
 * The ports (tcp, udp) or ICMP types (FromPort is the type, ToPort the code) that a permission reaches. Absent ports
 * and -1 mean all of them. For other protocols EC2 ignores the ports.
 *
 * @throws {MalformedPermissionError} for half a range, a range that runs backwards, or a number out of bounds.
 */
export function reachOf(
  protocol: string,
  { fromPort, toPort }: Pick<IngressPermission, 'fromPort' | 'toPort'>,
): Interval {
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    if (fromPort === undefined || fromPort === -1) return ALL_ICMP_TYPES;
    if (isWithin(fromPort, ALL_ICMP_TYPES)) return { first: fromPort, end: fromPort + 1 };
    throw new MalformedPermissionError(`${protocol} type ${fromPort} is not a type from 0 to 255, or -1`);
  }
  if (protocol !== 'tcp' && protocol !== 'udp') return WHOLE;
  if (fromPort === toPort && (fromPort === undefined || fromPort === -1)) return ALL_PORTS;
  if (
    fromPort !== undefined &&
    toPort !== undefined &&
    fromPort <= toPort &&
    isWithin(fromPort, ALL_PORTS) &&
    isWithin(toPort, ALL_PORTS)
  ) {
    return { first: fromPort, end: toPort + 1 };
  }
  const ports = `FromPort ${fromPort ?? 'absent'} and ToPort ${toPort ?? 'absent'}`;
  throw new MalformedPermissionError(`${protocol} ${ports} are not a range of ports from 0 to 65535`);
}

const isWithin = (port: number, { first, end }: Interval) => port >= first && port < end;

export const portSet = (ranges: readonly PortRange[]): IntervalSet =>
  union(ranges.map(([from, to]) => ({ first: from, end: to + 1 })));
