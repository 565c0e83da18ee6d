import type { PortRange } from '../parameters.ts';
import { type Threshold, threshold } from '../shared/addresses.ts';
import type { Filter } from '../shared/ingress.ts';
import { contains, type Interval, type IntervalSet } from '../shared/intervals.ts';
import { ALL_ICMP_TYPES, ALL_PORTS, portSet, WHOLE } from '../shared/ports.ts';

/** The rule's parameters, read. */
export interface PolicyParameters {
  readonly allowedTcpPorts: readonly PortRange[];
  readonly allowedUdpPorts: readonly PortRange[];
  readonly allowIcmp: boolean;
  readonly maxPublicPrefixV4: number;
  readonly maxPublicPrefixV6: number;
}

/** What the internet may reach, and what the internet is. */
export interface Policy {
  readonly tcp: IntervalSet;
  readonly udp: IntervalSet;
  readonly icmp: IntervalSet;
  readonly limit: Threshold;
}

export const policyOf = (parameters: PolicyParameters): Policy => ({
  tcp: portSet(parameters.allowedTcpPorts),
  udp: portSet(parameters.allowedUdpPorts),
  icmp: parameters.allowIcmp ? [ALL_ICMP_TYPES] : [],
  limit: threshold(parameters.maxPublicPrefixV4, parameters.maxPublicPrefixV6),
});

/** The ports or ICMP types of a protocol that the internet may reach. Of protocols without ports: none. */
export function allowedOf(protocol: string, policy: Policy): IntervalSet {
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return policy[protocol];
    case 'icmp':
    case 'icmpv6':
      return policy.icmp;
    default:
      return [];
  }
}

/** Private addresses cannot change the verdict, nor can any source of allowed ports only. */
export const filterOf = (policy: Policy): Filter => ({
  reaches: ({ protocol, reach }) => !contains(allowedOf(protocol, policy), reach),
  addresses: (cidr) => cidr.public,
  checksAll: true,
});

/** All there is of a protocol. */
export function wholeOf(protocol: string): Interval {
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return ALL_PORTS;
    case 'icmp':
    case 'icmpv6':
      return ALL_ICMP_TYPES;
    default:
      return WHOLE;
  }
}
