import type { IngressPermission } from '../../account/account.ts';

/** An IpPermission as the `aws` command line prints it. */
export interface PrintedPermission {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges: { CidrIp: string }[];
  Ipv6Ranges: { CidrIpv6: string }[];
  PrefixListIds: { PrefixListId: string }[];
  UserIdGroupPairs: { GroupId: string }[];
}

/**
 * Ingress in shorthand: `tcp 80-443 0.0.0.0/0 ::/0; gre - pl-1; icmp 8..-1 sg-2`. Ports are `22`, `80-443`, `-` for
 * none, or FromPort and ToPort as they are: `443..80`, `-1..-1`, `22..`.
 */
export function ingress(shorthand: string): PrintedPermission[] {
  return shorthand
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [protocol = '', ports = '-', ...sources] = part.split(' ');
      const [from, to = from] = ports === '-' ? [] : ports.split(ports.includes('..') ? '..' : '-');
      const of = (form: RegExp) => sources.filter((source) => form.test(source));
      const isPrefixList = /^pl-/;
      const isGroup = /^sg-/;
      const isCidr = (source: string) => !isPrefixList.test(source) && !isGroup.test(source);
      return {
        IpProtocol: protocol,
        ...(from && { FromPort: Number(from) }),
        ...(to && { ToPort: Number(to) }),
        IpRanges: sources.filter((s) => isCidr(s) && !s.includes(':')).map((CidrIp) => ({ CidrIp })),
        Ipv6Ranges: sources.filter((s) => isCidr(s) && s.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
        PrefixListIds: of(isPrefixList).map((PrefixListId) => ({ PrefixListId })),
        UserIdGroupPairs: of(isGroup).map((GroupId) => ({ GroupId })),
      };
    });
}

/** What is read of a printed permission: the other way round, for oracles and generators. */
export const printed = (permission: IngressPermission): PrintedPermission => ({
  IpProtocol: permission.protocol,
  ...(permission.fromPort !== undefined && { FromPort: permission.fromPort }),
  ...(permission.toPort !== undefined && { ToPort: permission.toPort }),
  IpRanges: permission.ipv4.map((CidrIp) => ({ CidrIp })),
  Ipv6Ranges: permission.ipv6.map((CidrIpv6) => ({ CidrIpv6 })),
  PrefixListIds: permission.prefixListIds.map((PrefixListId) => ({ PrefixListId })),
  UserIdGroupPairs: [],
});
