import { BlockList, isIPv6 } from 'node:net';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import rule from '../../../rules/sg-open-ports/rule.ts';
import { ingress } from '../../support/ingress.ts';
import type { Picture } from '../support/picture.ts';
import { type Rival, remediates } from '../support/remediation.ts';

/** Adds rules to a group, all with this description and these tags. */
const allow =
  (shorthand: string, Description?: string, tags: Record<string, string> = {}) =>
  async (ec2: EC2Client, GroupId: string) => {
    const lists = await Promise.all(
      [...new Set(shorthand.match(/pl-\w+/g))].map(async (name) => [name, await listOf(ec2, name)] as const),
    );
    const real = lists.reduce((text, [name, id]) => text.replaceAll(name, id), shorthand);
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: ingress(real).map((permission) => described(permission, Description)),
        ...(Object.keys(tags).length > 0 && {
          TagSpecifications: [
            {
              ResourceType: 'security-group-rule',
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            },
          ],
        }),
      }),
    );
  };

const described = (permission: IpPermission, Description?: string): IpPermission =>
  Object.fromEntries(
    Object.entries(permission).flatMap(([name, value]) => {
      if (!Array.isArray(value)) return [[name, value]];
      return value.length === 0
        ? []
        : [[name, value.map((one) => ({ ...one, ...(Description && { Description }) }))]];
    }),
  );

const LISTS: Record<string, string[]> = { 'pl-partners': ['52.0.0.0/8', '10.20.0.0/16', '10.21.0.0/16'] };

async function listOf(ec2: EC2Client, name: string): Promise<string> {
  const Entries = (LISTS[name] ?? []).map((Cidr) => ({ Cidr }));
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: name,
      AddressFamily: 'IPv4',
      MaxEntries: Entries.length,
      Entries,
    }),
  );
  return PrefixList?.PrefixListId ?? '';
}

type Allow = ReturnType<typeof allow>;

/** The group in question, and one beside it that is as open. */
const group =
  (...make: Allow[]) =>
  async (client: object) => {
    const ec2 = new EC2Client(client);
    const create = async (GroupName: string) =>
      (await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: 'a group' }))).GroupId ?? '';
    const id = await create('moonjar-web');
    await allow('tcp 22 0.0.0.0/0 ::/0')(ec2, await create('moonjar-bystander'));
    for (const step of make) await step(ec2, id);
    return id;
  };

const changes = /^group moonjar-web /;

const PRIVATE = ['10.20.3.4', '172.31.0.9', '192.168.1.1', '100.64.7.7', 'fd12::1'];
const OFFICE = '203.0.113.7';
const ADDRESSES = [...PRIVATE, OFFICE, '52.1.2.3', '198.51.100.1', '2600:1f00::1'];
const PORTS = ['tcp 22', 'tcp 80', 'tcp 81', 'tcp 443', 'tcp 3306', 'udp 53', 'icmp 8', 'icmpv6 128', '47 0'];
/** What the rule's defaults let in from everywhere. */
const ALLOWED = ['tcp 80', 'tcp 443', 'icmp 8', 'icmpv6 128'];

/** Whoever may come in, and does, still does; and nobody does who did not. */
const safe = (before: Picture, now: Picture) => {
  const was = reachable(before);
  const is = reachable(now);
  expect([...is].filter((one) => !was.has(one))).toEqual([]);
  const mayComeIn = ([, address = '', port = '']: string[]) =>
    PRIVATE.includes(address) || ALLOWED.includes(port);
  expect([...was].filter((one) => mayComeIn(one.split(' | ')) && !is.has(one))).toEqual([]);
};
const safeWithOffice = (before: Picture, now: Picture) => {
  safe(before, now);
  expect(reachable(now)).toContain(`moonjar-web | ${OFFICE} | tcp 22`);
};

/** `moonjar-web | 10.20.3.4 | tcp 22`: what comes in, of the addresses and ports above. */
function reachable(picture: Picture): Set<string> {
  const found = new Set<string>();
  for (const [thing, value] of Object.entries(picture)) {
    const name = /^group (\S+)/.exec(thing)?.[1];
    const rules = name
      ? (JSON.parse(value) as string[]).map((text) => JSON.parse(text) as SecurityGroupRule)
      : [];
    for (const address of ADDRESSES) {
      for (const port of PORTS) {
        if (rules.some((one) => lets(one, address, port))) found.add(`${name} | ${address} | ${port}`);
      }
    }
  }
  return found;
}

function lets(one: SecurityGroupRule, address: string, passage: string): boolean {
  const [protocol = '', port] = passage.split(' ');
  const { IsEgress, IpProtocol, FromPort = -1, ToPort = -1, CidrIpv4, CidrIpv6, PrefixListId } = one;
  const cidrs = PrefixListId ? (LISTS['pl-partners'] ?? []) : [CidrIpv4 ?? CidrIpv6 ?? []].flat();
  if (IsEgress || !cidrs.some((cidr) => holds(cidr, address))) return false;
  if (IpProtocol === '-1') return true;
  if (IpProtocol !== protocol) return false;
  const isRange = protocol === 'tcp' || protocol === 'udp';
  return isRange
    ? FromPort <= Number(port) && Number(port) <= ToPort
    : FromPort === -1 || FromPort === Number(port);
}

function holds(cidr: string, address: string): boolean {
  const [net = '', length] = cidr.split('/');
  if (isIPv6(net) !== isIPv6(address)) return false;
  const family = isIPv6(net) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(net, Number(length), family);
  return list.check(address, family);
}

/** Revokes an open rule by hand: nobody brings that back. */
const revokesByHand: Rival = {
  does: 'revokes an open rule by hand',
  async strike(client, GroupId) {
    const ec2 = new EC2Client(client);
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
    );
    const open = SecurityGroupRules.filter((one) => !one.IsEgress && lets(one, '198.51.100.1', 'tcp 22'));
    if (open.length === 0) return false;
    const SecurityGroupRuleIds = open.map((one) => one.SecurityGroupRuleId ?? '');
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
    return true;
  },
  holds: (now) => expect(reachable(now)).not.toContain('moonjar-web | 198.51.100.1 | tcp 22'),
};

const many = Array.from({ length: 14 }, (_, i) => `tcp ${2_000 + 2 * i} 0.0.0.0/0`).join('; ');

remediates({
  rule,
  scenarios: [
    {
      situation: 'a range with allowed ports in it, described and tagged',
      found: group(
        allow('tcp 22-443 0.0.0.0/0', 'the shop', { team: 'shop', Name: 'wide' }),
        allow('tcp 22 203.0.113.0/24', 'the office'),
        allow('tcp 443 0.0.0.0/0 ::/0'),
      ),
      changes,
      message:
        /tcp 80 from 0\.0\.0\.0\/0.* allowed by narrower rules; tcp 22-443 from 0\.0\.0\.0\/0 revoked \(sgr-/,
      safe: safeWithOffice,
      rivals: [revokesByHand],
    },
    {
      situation: 'rules of several tag sets, IPv6, and private sources that are in already',
      found: group(
        allow('tcp 22 0.0.0.0/0', 'ssh', { team: 'one' }),
        allow('tcp 3306 0.0.0.0/0', 'mysql', { team: 'two' }),
        allow('tcp 0-65535 ::/0', 'v6'),
        allow('tcp 22 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16', 'inside'),
      ),
      changes,
      message: /IPv6 addresses inside a VPC/,
      safe,
      faults: true,
    },
    {
      situation: 'nothing to add: another rule lets in what may come in',
      found: group(
        allow('tcp 22 0.0.0.0/0'),
        allow('-1 - 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10'),
      ),
      changes,
      message: /^Changed: tcp 22 from 0\.0\.0\.0\/0 revoked/,
      safe,
    },
    { situation: 'all traffic, IPv4 and IPv6', found: group(allow('-1 - 0.0.0.0/0 ::/0')), changes, safe },
    {
      situation: 'two halves of the internet',
      found: group(allow('tcp 22 0.0.0.0/1', 'one half'), allow('tcp 20-23 128.0.0.0/1', 'the other')),
      changes,
      safe,
    },
    {
      situation: 'a prefix list with private entries',
      found: group(allow('tcp 80-81 pl-partners', 'partners')),
      changes,
      message: /tcp 80-81 from 10\.20\.0\.0\/15/,
      safe,
    },
    {
      situation: 'more open ports than there may be rules for',
      found: group(allow(many)),
      changes,
      message: /Private sources get tcp 2\d\d\d-2\d\d\d from 10\.0\.0\.0\/8/,
    },
    {
      situation: 'protocols without ports, and ICMP that is not allowed',
      found: group(allow('47 -1..-1 0.0.0.0/0; icmp 8..-1 0.0.0.0/0')),
      parameters: { allowIcmp: 'false' },
      changes,
    },
  ],
});
