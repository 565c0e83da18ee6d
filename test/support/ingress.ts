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
      const [from = '', to = from] = ports === '-' ? [] : ports.split(ports.includes('..') ? '..' : '-');
      const numbers = [from, to].map((text) => (text === '' ? undefined : Number(text)));
      return printedFrom(protocol, numbers, sources);
    });
}

/** A permission from its parts; a source's own form says what it is. */
export function printedFrom(
  protocol: string,
  [from, to]: readonly (number | undefined)[],
  sources: readonly string[],
): PrintedPermission {
  const kind = (source: string) =>
    source.startsWith('pl-')
      ? 'list'
      : source.startsWith('sg-')
        ? 'group'
        : source.includes(':')
          ? 'ipv6'
          : 'ipv4';
  const of = (wanted: string) => sources.filter((source) => kind(source) === wanted);
  return {
    IpProtocol: protocol,
    ...(from !== undefined && { FromPort: from }),
    ...(to !== undefined && { ToPort: to }),
    IpRanges: of('ipv4').map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: of('ipv6').map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: of('list').map((PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: of('group').map((GroupId) => ({ GroupId })),
  };
}
