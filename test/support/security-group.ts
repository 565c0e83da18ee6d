/** One security group in memory, as strict as EC2 is about it, and what sg-open-ports would do to it. */
import ipaddr from 'ipaddr.js';
import type { AnyAccount } from '../../account/account.ts';
import type { Plan, PlanStep } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { Verdict } from '../../rules/rule.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { ingress } from './ingress.ts';
import { memoryAccount } from './memory.ts';

/** A rule of the group. */
export interface StoredRule {
  readonly id: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly source: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
}

const NAMES: Record<string, string> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmpv6' };
const SOURCES = [
  ['IpRanges', 'CidrIp'],
  ['Ipv6Ranges', 'CidrIpv6'],
  ['PrefixListIds', 'PrefixListId'],
  ['UserIdGroupPairs', 'GroupId'],
] as const;
const ID = 'sg-1';

export class MemoryGroup {
  readonly rules: readonly StoredRule[];
  /** The CIDRs of the prefix lists that there are. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly #next: number;

  constructor(
    rules: readonly StoredRule[] = [],
    lists: Readonly<Record<string, readonly string[]>> = {},
    next = 1,
  ) {
    this.rules = rules;
    this.lists = lists;
    this.#next = next;
  }

  /** Rules in shorthand (see {@link ingress}), all with this description and these tags. */
  allow(shorthand: string, description?: string, tags: Readonly<Record<string, string>> = {}): MemoryGroup {
    const rules = ingress(shorthand).flatMap((permission) => entries(permission as never));
    return this.#with(
      rules.map((rule) => ({ ...rule, ...(description !== undefined && { description }), tags })),
    );
  }

  without(id: string): MemoryGroup {
    return new MemoryGroup(
      this.rules.filter((rule) => rule.id !== id),
      this.lists,
      this.#next,
    );
  }

  /** @throws an error that begins with EC2's own code, and changes nothing then. */
  after({ api, input }: Pick<PlanStep, 'api' | 'input'>): MemoryGroup {
    const { GroupId, ...rest } = input;
    if (GroupId !== ID) throw new Error(`InvalidGroup.NotFound: ${GroupId}`);
    if (api === 'ec2:AuthorizeSecurityGroupIngress') return this.#authorize(rest);
    if (api === 'ec2:RevokeSecurityGroupIngress') return this.#revoke(rest);
    throw new Error(`a security group is not changed by ${api}`);
  }

  #authorize({ IpPermissions, TagSpecifications = [], ...rest }: Record<string, unknown>): MemoryGroup {
    known(rest);
    const permissions = IpPermissions as Record<string, unknown>[];
    if (!(permissions.length > 0)) throw new Error('MissingParameter: IpPermissions');
    const tags: Record<string, string> = {};
    for (const { ResourceType, Tags } of TagSpecifications as { ResourceType: string; Tags: object[] }[]) {
      if (ResourceType !== 'security-group-rule' || Tags.length === 0) {
        throw new Error('InvalidParameterValue: TagSpecifications');
      }
      for (const { Key, Value } of Tags as { Key: string; Value: string }[]) {
        if (Key.startsWith('aws:') || Object.hasOwn(tags, Key))
          throw new Error(`InvalidParameterValue: ${Key}`);
        tags[Key] = Value;
      }
    }
    return this.#with(permissions.flatMap(entries).map((rule) => ({ ...rule, tags })));
  }

  #revoke({ SecurityGroupRuleIds, ...rest }: Record<string, unknown>): MemoryGroup {
    known(rest);
    const ids = SecurityGroupRuleIds as string[];
    if (!(ids.length > 0)) throw new Error('MissingParameter: SecurityGroupRuleIds');
    for (const [i, id] of ids.entries()) {
      const isThere = this.rules.some((rule) => rule.id === id);
      if (!isThere || ids.indexOf(id) !== i) throw new Error(`InvalidSecurityGroupRuleId.NotFound: ${id}`);
    }
    return new MemoryGroup(
      this.rules.filter(({ id }) => !ids.includes(id)),
      this.lists,
      this.#next,
    );
  }

  #with(more: readonly Omit<StoredRule, 'id'>[]): MemoryGroup {
    const rules = [...this.rules];
    for (const [i, rule] of more.entries()) {
      const same = (one: StoredRule) =>
        (['protocol', 'from', 'to', 'source'] as const).every((field) => one[field] === rule[field]);
      if (rules.some(same)) throw new Error(`InvalidPermission.Duplicate: ${JSON.stringify(rule)}`);
      rules.push({ ...rule, id: `sgr-${this.#next + i}` });
    }
    return new MemoryGroup(rules, this.lists, this.#next + more.length);
  }

  /** The rules without their ids, in an order that says nothing. */
  get content(): string[] {
    return this.rules
      .map(({ id: _, tags, ...rule }) =>
        JSON.stringify({ ...rule, description: rule.description ?? '', tags: Object.entries(tags).sort() }),
      )
      .sort();
  }

  /** What the `aws` command line prints of it. */
  readings(): Record<string, unknown> {
    const permissions = this.rules.map(({ protocol, from, to, source }) => ({
      IpProtocol: protocol,
      ...(hasPorts(protocol) && { FromPort: from, ToPort: to }),
      ...Object.fromEntries(
        SOURCES.map(([list, name]) => [list, kindOf(source) === list ? [{ [name]: source }] : []]),
      ),
    }));
    return {
      'us-east-1/ec2/describe-security-groups.json': {
        SecurityGroups: [{ GroupId: ID, GroupName: 'web', IpPermissions: permissions }],
      },
      [`us-east-1/ec2/describe-security-group-rules/${ID}.json`]: {
        SecurityGroupRules: [...this.rules.map(printed), EGRESS],
      },
      ...Object.fromEntries(
        Object.entries(this.lists).map(([id, cidrs]) => [
          `us-east-1/ec2/get-managed-prefix-list-entries/${id}.json`,
          { Entries: cidrs.map((Cidr) => ({ Cidr })) },
        ]),
      ),
    };
  }

  account(): AnyAccount {
    return memoryAccount(this.readings());
  }
}

const hasPorts = (protocol: string) => ['tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol);

/** The rule that every group has from the start: it lets all out. */
const EGRESS = {
  SecurityGroupRuleId: 'sgr-0',
  GroupId: ID,
  IsEgress: true,
  IpProtocol: '-1',
  FromPort: -1,
  ToPort: -1,
  CidrIpv4: '0.0.0.0/0',
  Tags: [],
};

function printed({ id, protocol, from, to, source, description, tags }: StoredRule) {
  const names = { IpRanges: 'CidrIpv4', Ipv6Ranges: 'CidrIpv6', PrefixListIds: 'PrefixListId' } as const;
  const kind = kindOf(source);
  return {
    SecurityGroupRuleId: id,
    GroupId: ID,
    IsEgress: false,
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    ...(kind === 'UserIdGroupPairs'
      ? { ReferencedGroupInfo: { GroupId: source } }
      : { [names[kind]]: source }),
    ...(description !== undefined && { Description: description }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

const kindOf = (source: string) =>
  source.startsWith('pl-')
    ? 'PrefixListIds'
    : source.startsWith('sg-')
      ? 'UserIdGroupPairs'
      : source.includes(':')
        ? 'Ipv6Ranges'
        : 'IpRanges';

/** An IpPermission as the rules that EC2 makes of it. */
function entries(permission: Record<string, unknown>): Omit<StoredRule, 'id' | 'tags'>[] {
  const { IpProtocol, FromPort, ToPort, ...lists } = permission;
  const protocol = NAMES[String(IpProtocol)] ?? String(IpProtocol);
  if (!/^(tcp|udp|icmp|icmpv6|-1|\d+)$/.test(protocol)) throw new Error(`InvalidParameterValue: ${protocol}`);
  const [from, to] = portsOf(protocol, FromPort, ToPort);
  const sources = SOURCES.flatMap(([list, name]) => {
    const items = (lists[list] ?? []) as Record<string, string>[];
    delete lists[list];
    return items.map(({ [name]: source = '', Description: description, ...rest }) => {
      known(rest);
      checkSource(source, list);
      if (description === '' || (description ?? '').length > 255)
        throw new Error('InvalidParameterValue: Description');
      return { protocol, from, to, source, ...(description !== undefined && { description }) };
    });
  });
  known(lists);
  if (sources.length === 0) throw new Error('MissingParameter: a source');
  return sources;
}

/** "For tcp, udp, and icmp, you must specify a port range"; for protocols that have none, EC2 minds none. */
function portsOf(protocol: string, from: unknown, to: unknown): [number, number] {
  if (!hasPorts(protocol)) return [-1, -1];
  const [first, last] = [from, to] as [number, number];
  const isIcmp = protocol.startsWith('icmp');
  const isRight = isIcmp
    ? (first === -1 && last === -1) || (within(first, 0, 255) && within(last, -1, 255))
    : within(first, 0, 65_535) && within(last, first, 65_535);
  if (!isRight) throw new Error(`InvalidParameterValue: ${protocol} ${from} to ${to}`);
  return [first, last];
}

const within = (value: number, least: number, most: number) =>
  Number.isInteger(value) && least <= value && value <= most;

/** EC2 writes CIDRs its own way; whoever hands it another cannot find the rule again by its text. */
function checkSource(source: string, list: string): void {
  if (kindOf(source) !== list) throw new Error(`InvalidParameterValue: ${source} in ${list}`);
  if (list !== 'IpRanges' && list !== 'Ipv6Ranges') return;
  const kind = list === 'IpRanges' ? ipaddr.IPv4 : ipaddr.IPv6;
  const canonical = `${kind.networkAddressFromCIDR(source)}/${source.split('/')[1]}`;
  if (source !== canonical) throw new Error(`InvalidParameterValue: ${source} is ${canonical}`);
}

function known(rest: object): void {
  const [name] = Object.keys(rest);
  if (name !== undefined) throw new Error(`UnknownParameter: ${name}`);
}

const resource = { type: 'AWS::EC2::SecurityGroup', id: ID, region: 'us-east-1' };
const now = new Date(0);

/** The plan for a group: none where it passes. */
export async function planFor(group: MemoryGroup, parameters: object = {}): Promise<Plan> {
  const account = group.account();
  const values = parseParameters(rule, parameters);
  for await (const judgement of rule.judge(account, values, { now, resource })) {
    if (!judgement.compliance) throw judgement.error;
    if (judgement.compliance !== 'NON_COMPLIANT') return { steps: [] };
    const context = { account, parameters: values, options: {}, caller: '', now };
    return rule.fix.plan(judgement as Verdict<never>, context);
  }
  throw new Error('nothing was judged');
}

export const undoFor = async ({ before }: Plan, group: MemoryGroup, part?: number): Promise<Plan> =>
  // As it comes back from the outputs of an execution.
  rule.fix.undo(JSON.parse(JSON.stringify(before)) as never, {
    account: group.account(),
    resource,
    now,
    ...(part !== undefined && { part }),
  });

/** The states that a group goes through when a plan is taken back as the document does it, the first included. */
export async function undone(plan: Plan, group: MemoryGroup): Promise<MemoryGroup[]> {
  const states = [group];
  const take = ({ steps }: Plan) => {
    for (const step of steps) states.push(states.at(-1)?.after(step) as MemoryGroup);
  };
  const { inputs, steps } = await undoFor(plan, group);
  const { Parts = [], Revoke = [] } = inputs as { Parts?: string[]; Revoke?: string[] };
  for (const part of Parts) take(await undoFor(plan, states.at(-1) as MemoryGroup, Number(part)));
  const last = steps.slice(Parts.length);
  expect(last.map(({ input }) => input)).toEqual(
    Revoke.length > 0 ? [{ GroupId: ID, SecurityGroupRuleIds: Revoke }] : [],
  );
  take({ steps: last });
  return states;
}
