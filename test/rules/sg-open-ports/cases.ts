import { ingress } from '../../support/ingress.ts';
import { denied } from '../../support/memory.ts';

export const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
export const list = (id: string) => `us-east-1/ec2/get-managed-prefix-list-entries/${id}.json`;
export const entries = (...cidrs: string[]) => ({ Entries: cidrs.map((Cidr) => ({ Cidr })) });

export const group = (shorthand: string, more: object = {}) => ({
  GroupId: 'sg-1',
  GroupName: 'web',
  IpPermissions: ingress(shorthand),
  ...more,
});

/** What the prefix lists of the cases hold; `pl-none` was not collected. */
export const LISTS = {
  [list('pl-office')]: entries('203.0.113.0/24', '198.51.100.7/32'),
  [list('pl-world')]: entries('0.0.0.0/1', '128.0.0.0/1'),
  [list('pl-world6')]: entries('::/0'),
  [list('pl-left')]: entries('52.0.0.0/16'),
  [list('pl-private')]: entries('10.0.0.0/8', '192.168.0.0/16'),
  [list('pl-empty')]: entries(),
  [list('pl-odd')]: entries('203.0.113.0/24', '010.0.0.0/8'),
  [list('pl-denied')]: denied,
};

export type Case = [
  situation: string,
  ingress: string,
  annotation: string,
  parameters?: Record<string, unknown>,
];

export const passes: [situation: string, ingress: string, parameters?: Record<string, unknown>][] = [
  ['no ingress at all', ''],
  ['only other security groups as sources', 'tcp 22 sg-2 sg-3; -1 - sg-4'],
  ['the allowed ports from everywhere', 'tcp 80 0.0.0.0/0 ::/0; tcp 443 0.0.0.0/0 ::/0'],
  ['an allowed range', 'tcp 8000-8100 0.0.0.0/0', { allowedTcpPorts: '8000-8100' }],
  [
    'allowed ranges that cover a permission together',
    'tcp 443-445 0.0.0.0/0',
    { allowedTcpPorts: '443,444-450' },
  ],
  ['an allowed UDP port', 'udp 53 0.0.0.0/0 ::/0', { allowedUdpPorts: '53' }],
  ['every port where every port is allowed', 'tcp - 0.0.0.0/0', { allowedTcpPorts: '0-65535' }],
  ['ssh from one address', 'tcp 22 203.0.113.7/32'],
  ['ssh from a bare address', 'tcp 22 203.0.113.7'],
  ['ssh from a public /16, the widest that passes', 'tcp 22 52.1.0.0/16'],
  ['ssh from a public IPv6 /32, the widest that passes', 'tcp 22 2001:db8::/32'],
  ['ssh from two /16 that do not touch', 'tcp 22 52.1.0.0/16 52.3.0.0/16'],
  [
    'two halves of the internet on two different ports, each allowed as wide as that',
    'tcp 22 0.0.0.0/1; tcp 23 128.0.0.0/1',
    { maxPublicPrefixV4: 1 },
  ],
  ['adjacent /16 on different ports', 'tcp 22 52.0.0.0/16; tcp 23 52.1.0.0/16'],
  ['adjacent /16, one for tcp and one for udp', 'tcp 53 52.0.0.0/16; udp 53 52.1.0.0/16'],
  ['private space', 'tcp 22 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16'],
  ['shared, loopback and link-local space', 'tcp 22 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16'],
  ['IPv6 loopback, link-local and unique-local space', 'tcp 22 ::1/128 fe80::/10 fc00::/7 fd00::/8'],
  ['all traffic from private space', '-1 - 10.0.0.0/8 fc00::/7'],
  ['192.168.0.0/15: its public part is one /16', 'tcp 22 192.168.0.0/15'],
  ['private space as wide as host bits say', 'tcp 22 10.1.2.3/8'],
  ['ICMP and ICMPv6 from everywhere', 'icmp -1..-1 0.0.0.0/0; icmpv6 -1..-1 ::/0'],
  ['ICMP echo, whose type is not a port', 'icmp 8..-1 0.0.0.0/0; icmp 8..0 0.0.0.0/0'],
  ['ICMP by number', '1 3..4 0.0.0.0/0; 58 -1..-1 ::/0'],
  ['ICMP type 0 and code 0, which is no port 0', 'icmp 0..0 0.0.0.0/0'],
  ['GRE from one partner', '47 - 203.0.113.7/32'],
  ['a prefix list of offices', 'tcp 22 pl-office'],
  ['a prefix list of private space', 'tcp 22 pl-private'],
  ['a prefix list without entries', '-1 - pl-empty'],
  ['an unreadable prefix list on an allowed port only', 'tcp 443 pl-denied; 6 80 pl-none'],
  ['an unreadable prefix list for allowed ICMP', 'icmp -1..-1 pl-denied'],
  ['anything narrower than the parameter says', 'tcp 22 0.0.0.0/2', { maxPublicPrefixV4: 2 }],
  ['IPv6 /8 where that is as narrow as asked', 'tcp 22 2000::/8', { maxPublicPrefixV6: 8 }],
  ['a /32 where only single addresses pass', 'tcp 22 203.0.113.7/32', { maxPublicPrefixV4: 32 }],
];

export const fail: Case[] = [
  ['ssh from everywhere', 'tcp 22 0.0.0.0/0', 'tcp 22 open to 0.0.0.0/0'],
  ['ssh from everywhere on IPv6', 'tcp 22 ::/0', 'tcp 22 open to ::/0'],
  ['ssh from everywhere on both', 'tcp 22 0.0.0.0/0 ::/0', 'tcp 22 open to 0.0.0.0/0 and ::/0'],
  [
    'both families in separate permissions',
    'tcp 22 0.0.0.0/0; tcp 20-22 ::/0',
    'tcp 22 open to 0.0.0.0/0 and ::/0; tcp 20-21 open to ::/0',
  ],
  ['::/0 in another spelling', 'tcp 22 0:0:0:0:0:0:0:0/0', 'tcp 22 open to 0:0:0:0:0:0:0:0/0'],
  ['/0 with host bits', 'tcp 22 1.2.3.4/0', 'tcp 22 open to 1.2.3.4/0'],
  [
    'protocol by number',
    '6 22 0.0.0.0/0; 17 53 0.0.0.0/0',
    'tcp 22 open to 0.0.0.0/0; udp 53 open to 0.0.0.0/0',
  ],
  ['protocol in capitals', 'TCP 22 0.0.0.0/0', 'tcp 22 open to 0.0.0.0/0'],
  ['a range with allowed ports at its ends', 'tcp 80-443 0.0.0.0/0', 'tcp 81-442 open to 0.0.0.0/0'],
  [
    'every TCP port, ports absent',
    'tcp - 0.0.0.0/0',
    'tcp 0-79 open to 0.0.0.0/0; tcp 444-65535 open to 0.0.0.0/0; tcp 81-442 open to 0.0.0.0/0',
  ],
  ['every UDP port, ports -1', 'udp -1..-1 0.0.0.0/0', 'udp 0-65535 open to 0.0.0.0/0'],
  ['port 0', 'tcp 0 0.0.0.0/0', 'tcp 0 open to 0.0.0.0/0'],
  ['the last port', 'tcp 65535 0.0.0.0/0', 'tcp 65535 open to 0.0.0.0/0'],
  ['a port allowed for tcp only', 'udp 443 0.0.0.0/0', 'udp 443 open to 0.0.0.0/0'],
  ['a port allowed for udp only', 'tcp 53 0.0.0.0/0', 'tcp 53 open to 0.0.0.0/0', { allowedUdpPorts: '53' }],
  ['nothing allowed', 'tcp 443 0.0.0.0/0', 'tcp 443 open to 0.0.0.0/0', { allowedTcpPorts: '' }],
  [
    'the internet in two halves',
    'tcp 22 0.0.0.0/1 128.0.0.0/1',
    'tcp 22 open to 0.0.0.0/1 and 1 more',
    { maxPublicPrefixV4: 1 },
  ],
  [
    'the internet in two halves of two permissions',
    'tcp 20-22 0.0.0.0/1; tcp 22-30 128.0.0.0/1',
    'tcp 22 open to 0.0.0.0/1 and 1 more',
    { maxPublicPrefixV4: 1 },
  ],
  [
    '0.0.0.0/0 where any range passes',
    'tcp 22 0.0.0.0/0',
    'tcp 22 open to 0.0.0.0/0',
    { maxPublicPrefixV4: 0 },
  ],
  ['::/0 where any range passes', 'tcp 22 ::/0', 'tcp 22 open to ::/0', { maxPublicPrefixV6: 0 }],
  ['a public /15', 'tcp 22 52.0.0.0/15', 'tcp 22 open to 52.0.0.0/15'],
  ['two /16 joined', 'tcp 22 52.0.0.0/16 52.1.0.0/16', 'tcp 22 open to 52.0.0.0/16 and 1 more'],
  [
    'two /16 joined that no CIDR could join',
    'tcp 22 52.1.0.0/16 52.2.0.0/16',
    'tcp 22 open to 52.1.0.0/16 and 1 more',
  ],
  [
    'a /16 and one address beside it',
    'tcp 22 52.0.0.0/16 52.1.0.0/32',
    'tcp 22 open to 52.0.0.0/16 and 1 more',
  ],
  ['two IPv6 /32 joined', 'tcp 22 2600::/32 2600:1::/32', 'tcp 22 open to 2600::/32 and 1 more'],
  ['10.0.0.0/7: its public half is a /8', 'tcp 22 10.0.0.0/7', 'tcp 22 open to 10.0.0.0/7'],
  ['fc00::/6: its public half is a /7', 'tcp 22 fc00::/6', 'tcp 22 open to fc00::/6'],
  ['reserved space, which counts as public', 'tcp 22 240.0.0.0/4', 'tcp 22 open to 240.0.0.0/4'],
  [
    'IPv4 in IPv6 clothes',
    'tcp 22 ::ffff:0.0.0.0/96',
    'tcp 22 open to ::ffff:0.0.0.0/96',
    { maxPublicPrefixV6: 100 },
  ],
  ['all traffic', '-1 - 0.0.0.0/0 ::/0', 'all traffic open to 0.0.0.0/0 and ::/0'],
  [
    'all traffic, although every port is allowed',
    '-1 - 0.0.0.0/0',
    'all traffic open to 0.0.0.0/0',
    { allowedTcpPorts: '0-65535', allowedUdpPorts: '0-65535' },
  ],
  ['all traffic by name, with ports that EC2 ignores', 'all 443 0.0.0.0/0', 'all traffic open to 0.0.0.0/0'],
  [
    'all traffic, and ssh besides',
    '-1 - 0.0.0.0/0; tcp 22 0.0.0.0/0',
    'all traffic open to 0.0.0.0/0; tcp 22 open to 0.0.0.0/0',
  ],
  [
    'all traffic from one half, ssh from the other',
    '-1 - 52.0.0.0/16; tcp 22 52.1.0.0/16',
    'tcp 22 open to 52.0.0.0/16 and 1 more',
  ],
  [
    'all traffic from one half, GRE from the other',
    '-1 - 52.0.0.0/16; 47 - 52.1.0.0/16',
    'gre open to 52.0.0.0/16 and 1 more',
  ],
  ['GRE', '47 - 0.0.0.0/0', 'gre open to 0.0.0.0/0'],
  ['ESP and AH', '50 - 0.0.0.0/0; 51 - ::/0', 'ah open to ::/0; esp open to 0.0.0.0/0'],
  [
    'a protocol by name and by number, joined',
    'gre - 52.0.0.0/16; 47 - 52.1.0.0/16',
    'gre open to 52.0.0.0/16 and 1 more',
  ],
  ['SCTP on an allowed port: it is not tcp', '132 443 0.0.0.0/0', 'sctp open to 0.0.0.0/0'],
  [
    'a protocol that nobody knows',
    '253 - 0.0.0.0/0; carp - 0.0.0.0/0',
    'carp open to 0.0.0.0/0; protocol 253 open to 0.0.0.0/0',
  ],
  [
    'ICMP where it is not allowed',
    'icmp -1..-1 0.0.0.0/0; icmpv6 128..0 ::/0',
    'icmp open to 0.0.0.0/0; icmpv6 type 128 open to ::/0',
    { allowIcmp: false },
  ],
  [
    'one ICMP type from two halves',
    'icmp 8..-1 52.0.0.0/16; icmp -1..-1 52.1.0.0/16',
    'icmp type 8 open to 52.0.0.0/16 and 1 more',
    { allowIcmp: 'false' },
  ],
  ['a prefix list that is the internet', 'tcp 22 pl-world', 'tcp 22 open to pl-world'],
  ['prefix lists of both families', 'tcp 22 pl-world pl-world6', 'tcp 22 open to pl-world and pl-world6'],
  ['a prefix list joined with a CIDR', 'tcp 22 pl-left 52.1.0.0/16', 'tcp 22 open to pl-left and 1 more'],
  ['an unreadable prefix list beside an open port', 'tcp 22 0.0.0.0/0 pl-denied', 'tcp 22 open to 0.0.0.0/0'],
  [
    'a permission without a source beside an open port',
    'tcp 23; tcp 22 0.0.0.0/0',
    'tcp 22 open to 0.0.0.0/0',
  ],
  ['a malformed CIDR beside an open port', 'tcp 22 0.0.0.0/0; tcp 23 10.1/8', 'tcp 22 open to 0.0.0.0/0'],
  [
    'an office beside the internet, which is not to blame',
    'tcp 22 0.0.0.0/0 203.0.113.0/24',
    'tcp 22 open to 0.0.0.0/0',
  ],
  ['three wide ranges', 'tcp 22 1.0.0.0/9 52.0.0.0/8 60.0.0.0/10', 'tcp 22 open to 52.0.0.0/8 and 2 more'],
  [
    'many sources of both families',
    'tcp 22 1.0.0.0/8 3.0.0.0/8 2600::/16 2a00::/16',
    'tcp 22 open to 1.0.0.0/8, 2600::/16 and 2 more',
  ],
  [
    'worst first',
    'udp 5000-5999 0.0.0.0/0; tcp 8080 0.0.0.0/0; tcp 3306 0.0.0.0/0; tcp 22 0.0.0.0/0; 47 - 0.0.0.0/0; -1 - ::/0',
    'all traffic open to ::/0; tcp 22 open to 0.0.0.0/0; tcp 3306 open to 0.0.0.0/0; udp 5000-5999 open to 0.0.0.0/0; tcp 8080 open to 0.0.0.0/0; gre open to 0.0.0.0/0',
  ],
];

export const cannotTell: [situation: string, ingress: string, code: string, names: string][] = [
  ['a prefix list that is denied', 'tcp 22 pl-denied', 'AccessDenied', 'GetManagedPrefixListEntries'],
  ['a prefix list that nobody collected', 'tcp 22 pl-none', 'NotCollected', 'pl-none'],
  [
    'a denied prefix list on a port that is only partly allowed',
    'tcp 443-444 pl-denied',
    'AccessDenied',
    'GetManagedPrefixListEntries',
  ],
  ['a denied prefix list for all traffic', '-1 - pl-denied', 'AccessDenied', 'GetManagedPrefixListEntries'],
  ['a prefix list with a malformed entry', 'tcp 22 pl-odd', 'Malformed', '"010.0.0.0/8"'],
  ['a permission without a source', 'tcp 22; tcp 443 0.0.0.0/0', 'Malformed', 'IpPermissions.0'],
  ['octal in a CIDR', 'tcp 22 010.0.0.0/8', 'Malformed', '"010.0.0.0/8"'],
  ['hexadecimal in a CIDR', 'tcp 22 0xa.0.0.0/8', 'Malformed', '"0xa.0.0.0/8"'],
  ['a short CIDR', 'tcp 22 10/8', 'Malformed', '"10/8"'],
  ['a prefix beyond 32', 'tcp 443 10.0.0.0/33', 'Malformed', '"10.0.0.0/33"'],
  ['a prefix beyond 128', 'tcp 22 ::/129', 'Malformed', '"::/129"'],
  ['an IPv6 address with a zone', 'tcp 22 fe80::1%eth0/64', 'Malformed', 'eth0'],
  ['a range that runs backwards', 'tcp 443..80 10.0.0.0/8', 'Malformed', 'FromPort 443 and ToPort 80'],
  ['a port beyond 65535', 'udp 65535..65536 10.0.0.0/8', 'Malformed', 'ToPort 65536'],
  ['half a range', 'tcp 22.. 10.0.0.0/8', 'Malformed', 'ToPort absent'],
  ['a range from -1 to a port', 'tcp -1..22 10.0.0.0/8', 'Malformed', 'FromPort -1'],
  ['an ICMP type beyond 255', 'icmp 256..0 0.0.0.0/0', 'Malformed', 'type 256'],
];
