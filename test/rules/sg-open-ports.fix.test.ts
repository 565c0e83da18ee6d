import { nameOf } from '../../account/reading.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { ingress } from '../support/ingress.ts';
import { ACCOUNT, denied, memoryAccount } from '../support/memory.ts';
import { MemoryGroup, planFor, undoFor, undone } from '../support/security-group.ts';

const LISTS = {
  'pl-6': ['::/0'],
  'pl-mixed': ['52.0.0.0/8', '198.51.100.0/24', '10.20.0.0/16', '10.21.0.0/16', '169.254.0.0/16'],
};
const group = (shorthand: string, description?: string, tags?: Record<string, string>) =>
  new MemoryGroup([], LISTS).allow(shorthand, description, tags);

const INSIDE = '10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16';

interface Case {
  situation: string;
  before: string;
  /** The rules that are authorized; none: no call. */
  adds: string;
  revokes: string;
  parameters?: object;
}

const cases: Case[] = [
  {
    situation: 'one source of several: private ones stay in, the others are not touched',
    before: 'tcp 22 0.0.0.0/0 203.0.113.0/24 10.0.0.0/8 sg-2',
    adds: 'tcp 22 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16',
    revokes: 'tcp 22 0.0.0.0/0',
  },
  {
    situation: 'a range with allowed ports: they stay for the same source',
    before: 'tcp 80-443 0.0.0.0/0 ::/0',
    adds: `tcp 80-443 ${INSIDE} fc00::/7; tcp 80 0.0.0.0/0 ::/0; tcp 443 0.0.0.0/0 ::/0`,
    revokes: 'tcp 80-443 0.0.0.0/0 ::/0',
  },
  {
    situation: 'what other rules let in is not added: by ports, by address, by all traffic',
    before: `tcp 80-443 0.0.0.0/0; tcp 443 0.0.0.0/1 128.0.0.0/1; -1 - 10.0.0.0/9; tcp 80-300 10.128.0.0/9; tcp 301-443 10.128.0.0/9; tcp 80-442 172.16.0.0/12`,
    adds: 'tcp 80-443 100.64.0.0/10 192.168.0.0/16; tcp 80 0.0.0.0/0',
    revokes: 'tcp 80-443 0.0.0.0/0',
  },
  {
    situation: 'a part of a private range is in: the rest of it is added, in as few rules as it takes',
    before: 'tcp 22 0.0.0.0/0 10.0.0.0/9 172.16.0.0/16 192.168.0.0/16 100.64.0.0/10',
    adds: 'tcp 22 10.128.0.0/9 172.16.0.0/12',
    revokes: 'tcp 22 0.0.0.0/0',
  },
  {
    situation: 'neighbouring ports: one rule for each private range',
    before: 'tcp 22 0.0.0.0/0; tcp 23-25 0.0.0.0/0; udp 26 0.0.0.0/0',
    adds: `tcp 22-25 ${INSIDE}; udp 26 ${INSIDE}`,
    revokes: 'tcp 22 0.0.0.0/0; tcp 23-25 0.0.0.0/0; udp 26 0.0.0.0/0',
  },
  {
    situation: 'two halves of the internet: what they keep is joined again',
    before: 'tcp 80-81 0.0.0.0/1 128.0.0.0/1 ::/1 8000::/1',
    adds: `tcp 80-81 ${INSIDE} fc00::/7; tcp 80 0.0.0.0/0 ::/0`,
    revokes: 'tcp 80-81 0.0.0.0/1 128.0.0.0/1 ::/1 8000::/1',
  },
  {
    situation: 'two rules that both serve an allowed port: it is authorized once',
    before: `tcp 80-90 0.0.0.0/0; tcp 79-80 0.0.0.0/0; -1 - ${INSIDE}`,
    adds: 'tcp 80 0.0.0.0/0',
    revokes: 'tcp 80-90 0.0.0.0/0; tcp 79-80 0.0.0.0/0',
  },
  {
    situation: 'a range that is partly private: the private part of it, and no more',
    before: 'tcp 22 10.0.0.0/7; udp 53 fc00::/6',
    adds: 'tcp 22 10.0.0.0/8; udp 53 fc00::/7',
    revokes: 'tcp 22 10.0.0.0/7; udp 53 fc00::/6',
  },
  {
    situation: 'loopback and link-local sources are nobody in a VPC',
    before: 'tcp 22 126.0.0.0/7 169.0.0.0/8 fe00::/8',
    adds: '',
    revokes: 'tcp 22 126.0.0.0/7 169.0.0.0/8 fe00::/8',
  },
  {
    situation: 'all traffic: allowed ports and ICMP for everybody, everything for private sources',
    before: '-1 - 0.0.0.0/0 ::/0 10.0.0.0/8; tcp 22 0.0.0.0/0',
    adds: '-1 -1..-1 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 fc00::/7; tcp 80 0.0.0.0/0 ::/0; tcp 443 0.0.0.0/0 ::/0; udp 53 0.0.0.0/0 ::/0; icmp -1..-1 0.0.0.0/0; icmpv6 -1..-1 ::/0',
    revokes: '-1 - 0.0.0.0/0 ::/0; tcp 22 0.0.0.0/0',
    parameters: { allowedUdpPorts: '53' },
  },
  {
    situation: 'a prefix list: its allowed ports, and its private entries',
    before: 'tcp 80-81 pl-mixed',
    adds: 'tcp 80-81 10.20.0.0/15; tcp 80 pl-mixed',
    revokes: 'tcp 80-81 pl-mixed',
  },
  {
    situation: 'a prefix list that has its allowed port anyway',
    before: 'tcp 80-81 pl-mixed; tcp 70-80 pl-mixed; tcp 443 pl-mixed',
    adds: 'tcp 70-81 10.20.0.0/15; tcp 80 pl-mixed',
    revokes: 'tcp 80-81 pl-mixed; tcp 70-80 pl-mixed',
  },
  {
    situation: 'all traffic from an IPv6 prefix list: its ICMP is ICMPv6',
    before: '-1 - pl-6',
    adds: '-1 -1..-1 fc00::/7; icmpv6 -1..-1 pl-6',
    revokes: '-1 - pl-6',
    parameters: { allowedTcpPorts: '' },
  },
  {
    situation: 'ranges that are the internet together on one port: the other ports are kept',
    before: 'tcp 20-22 52.0.0.0/16; tcp 22-24 52.1.0.0/16',
    adds: 'tcp 20-21 52.0.0.0/16; tcp 23-24 52.1.0.0/16',
    revokes: 'tcp 20-22 52.0.0.0/16; tcp 22-24 52.1.0.0/16',
  },
  {
    situation: 'protocols without ports',
    before: '47 - 0.0.0.0/0',
    adds: `47 -1..-1 ${INSIDE}`,
    revokes: '47 - 0.0.0.0/0',
  },
  {
    situation:
      'ICMP that is not allowed, by type and code: a rule of another code lets nothing in for this one',
    before: 'icmp 8..-1 0.0.0.0/0; icmp 8..0 10.0.0.0/8; icmp 3..4 0.0.0.0/0; icmp -1..-1 172.16.0.0/12',
    adds: `icmp 8..-1 10.0.0.0/8 100.64.0.0/10 192.168.0.0/16; icmp 3..4 10.0.0.0/8 100.64.0.0/10 192.168.0.0/16`,
    revokes: 'icmp 8..-1 0.0.0.0/0; icmp 3..4 0.0.0.0/0',
    parameters: { allowIcmp: false },
  },
];

/** `tcp 22 10.0.0.0/8` for every rule. */
const written = (shorthand: string) => group(shorthand).content;

describe('the plan of sg-open-ports', () => {
  test.each(cases)('$situation', async ({ before, adds, revokes, parameters }) => {
    const was = group(before);
    const { steps, inputs } = await planFor(was, parameters);
    const [authorize, revoke] = adds === '' ? [undefined, steps[0]] : steps;
    expect(steps.map(({ api }) => api.replace('SecurityGroupIngress', ''))).toEqual([
      ...(authorize ? ['ec2:Authorize'] : []),
      'ec2:Revoke',
    ]);
    const wider = authorize ? was.after(authorize) : was;
    expect(wider.content.filter((rule) => !was.content.includes(rule))).toEqual(written(adds));
    const ids = revoke?.input.SecurityGroupRuleIds as string[];
    expect(new MemoryGroup(was.rules.filter(({ id }) => ids.includes(id))).content).toEqual(written(revokes));
    expect(inputs).toEqual({
      Authorize: authorize?.input.IpPermissions ?? [],
      Authorizes: authorize !== undefined,
      Revoke: ids,
      Revokes: true,
    });
  });

  test('one permission for the same ports; the description goes along, the tags do not', async () => {
    const { steps } = await planFor(
      group('tcp 22 0.0.0.0/0', 'ssh', { team: 'shop' }).allow('-1 - 172.16.0.0/12'),
    );
    expect(steps[0]?.input).toEqual({
      GroupId: 'sg-1',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: ['10.0.0.0/8', '100.64.0.0/10', '192.168.0.0/16'].map((CidrIp) => ({
            CidrIp,
            Description: 'ssh',
          })),
        },
      ],
    });
  });

  test('rules of different descriptions are not mixed up', async () => {
    const was = group('tcp 22 0.0.0.0/0', 'ssh').allow('tcp 23 0.0.0.0/0', 'telnet');
    const plan = await planFor(was);
    const added = plan.steps[0] ? was.after(plan.steps[0]).rules.slice(2) : [];
    expect(new Set(added.map(({ from, to, description }) => `${from}-${to} ${description}`))).toEqual(
      new Set(['22-22 ssh', '23-23 telnet']),
    );
  });

  test('says what it does', async () => {
    const { steps } = await planFor(group(`tcp 80-443 0.0.0.0/0; tcp 80-443 172.16.0.0/12 192.168.0.0/16`));
    expect(steps.map(({ why }) => why)).toEqual([
      'tcp 80-443 from 10.0.0.0/8 and 100.64.0.0/10; tcp 80 and tcp 443 from 0.0.0.0/0 allowed by narrower rules',
      'tcp 80-443 from 0.0.0.0/0 revoked (sgr-1)',
    ]);
  });

  test.each<[situation: string, before: string, parameters: object, warnings: RegExp[]]>([
    ['nothing besides', 'tcp 22 0.0.0.0/0; -1 - 0.0.0.0/0', {}, []],
    ['IPv6 from inside', 'tcp 22 ::/0', {}, [/^IPv6 addresses inside a VPC/]],
    [
      'all traffic of a range that is the internet on one port only',
      '-1 - 52.0.0.0/16; tcp 22 52.1.0.0/16',
      {},
      [/^Also cut.*: protocols other than TCP, UDP and ICMP from 52\.0\.0\.0\/16\.$/],
    ],
    [
      'ICMP of which one type is open',
      'icmp -1..-1 52.0.0.0/16; icmp 8..-1 52.1.0.0/16',
      { allowIcmp: false },
      [/: all types of icmp from 52\.0\.0\.0\/16\.$/],
    ],
    [
      'both',
      '-1 - 52.0.0.0/16; icmp 8..-1 52.1.0.0/16',
      { allowIcmp: false },
      [/: protocols other than .* from 52\.0\.0\.0\/16; all types of icmp from 52\.0\.0\.0\/16\.$/],
    ],
    [
      'ranges for private sources, where single ports would be more rules than the quota has',
      Array.from({ length: 13 }, (_, i) => `tcp ${2 * i} 0.0.0.0/0`).join('; '),
      {},
      [
        /^Private sources get tcp 0-4 from 10\.0\.0\.0\/8, .*, which is more than they had: .* the 60 rules of a group/,
      ],
    ],
    [
      'a quota that was raised, as a group shows that has more rules',
      Array.from({ length: 61 }, (_, i) => `tcp ${2 * i} 0.0.0.0/0`).join('; '),
      {},
      [/^For a moment the group has 301 IPv4 rules or more\. Its quota is above 60/],
    ],
    [
      'no quota that is just reached',
      Array.from({ length: 12 }, (_, i) => `tcp ${2 * i} 0.0.0.0/0`).join('; '),
      {},
      [],
    ],
  ])('warns of: %s', async (_, before, parameters, warnings) => {
    const plan = await planFor(group(before), parameters);
    expect(plan.warnings).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
  });

  const ports = (from: number, to: number, step: number) =>
    Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
  test.each([
    ['13 ports', ports(1000, 1026, 2), 0],
    ['20 ports, far apart', ports(1000, 61_000, 3_000), 0],
    ['55 ports', ports(1000, 1110, 2), 0],
    ['14 ports beside rules that stay', ports(2000, 2028, 2), 30],
  ])('stays within the quota at every moment: %s', async (_situation, open, others) => {
    const list = [
      ...open.map((port) => `tcp ${port} 0.0.0.0/0`),
      ...Array.from({ length: others }, (_, i) => `tcp ${100 + i} 198.51.100.${i}/32`),
    ].join('; ');
    const before = group(list);
    const plan = await planFor(before);
    expect(plan.steps.length).toBeGreaterThan(0);
    let state = before;
    for (const step of plan.steps) {
      state = state.after(step);
      expect(state.rules.length).toBeLessThanOrEqual(60);
    }
    // Whoever is private still gets to every port that was open, and nobody else to any.
    for (const port of open) {
      const to = state.rules.filter((one) => one.from <= port && port <= one.to);
      expect(to.map(({ source }) => source).sort()).toEqual(
        expect.arrayContaining(['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']),
      );
      expect(to.every(({ source }) => source !== '0.0.0.0/0')).toBe(true);
    }
  });

  test('is refused where not even wider ranges would fit, before anything is changed', async () => {
    const list = [
      'tcp 22 0.0.0.0/0',
      ...Array.from({ length: 57 }, (_, i) => `tcp ${100 + i} 198.51.100.${i}/32`),
    ].join('; ');
    const plan = await planFor(group(list));
    expect(plan).toEqual({
      steps: [],
      refusals: [expect.stringMatching(/would have 62 IPv4 rules for a moment, 4 of them new, .* raised/)],
    });
  });

  test('goes by value: spelled ports, numbered protocols, IPv6 in full', async () => {
    const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
    const shown = { ...group('tcp 22 ::/0').readings() };
    const IpPermissions = [
      { IpProtocol: '6', FromPort: '22', ToPort: 22, Ipv6Ranges: [{ CidrIpv6: '0:0:0::0/0' }] },
    ];
    shown[GROUPS] = { SecurityGroups: [{ GroupId: 'sg-1', IpPermissions }] };
    const { inputs } = await planFor({ account: () => memoryAccount(shown) } as never);
    expect(inputs).toMatchObject({ Revoke: ['sgr-1'] });
  });

  const RULES = 'us-east-1/ec2/describe-security-group-rules/sg-1.json';
  test.each<[situation: string, rules: unknown, message: RegExp]>([
    [
      'a rule that has no id',
      { SecurityGroupRules: [] },
      /^ec2:DescribeSecurityGroupRules of sg-1: has no rule for tcp 22 from 0\.0\.0\.0\/0, which .* try again$/,
    ],
    [
      'a rule of the same ports that lets out',
      {
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: 'sgr-1',
            IsEgress: true,
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            CidrIpv4: '0.0.0.0/0',
          },
        ],
      },
      /has no rule for tcp 22/,
    ],
    [
      'a rule without a source',
      { SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1', IpProtocol: '-1' }] },
      /SecurityGroupRules\.0: a rule without a source/,
    ],
    ['rules that may not be read', denied, /DescribeSecurityGroupRules: AccessDenied/],
  ])('is an error rather than a guess: %s', async (_, rules, message) => {
    const readings = { ...group('tcp 22 0.0.0.0/0').readings(), [RULES]: rules };
    const asked = planFor({ account: () => memoryAccount(readings) } as never);
    await expect(asked).rejects.toMatchObject({
      name: 'AccountError',
      api: 'ec2:DescribeSecurityGroupRules',
      message: expect.stringMatching(message),
    });
  });
});

describe('the undo of sg-open-ports', () => {
  const was = group('tcp 80-443 0.0.0.0/0', 'web', { team: 'a', 'aws:cloudformation:stack-name': 'x' })
    .allow('tcp 22 0.0.0.0/0', 'ssh', { team: 'b' })
    .allow('tcp 3306 0.0.0.0/0 10.0.0.0/8', undefined, { team: 'a' })
    .allow('47 - 0.0.0.0/0');
  const content = (rules: MemoryGroup) => rules.content.map((text) => text.replace(/\["aws:[^\]]*\],?/, ''));
  const applied = async () => {
    const plan = await planFor(was);
    return { plan, now: plan.steps.reduce((state, step) => state.after(step), was) };
  };

  test('brings back each tag set in a call of its own, then takes away what was added', async () => {
    const { plan, now } = await applied();
    const { steps, inputs } = await undoFor(plan, now);
    expect(inputs).toMatchObject({ Parts: ['1', '2', '3'], Authorizes: true, Revokes: true });
    expect(steps.map(({ api, input: { TagSpecifications } }) => [api, TagSpecifications])).toEqual([
      ['ec2:AuthorizeSecurityGroupIngress', tagged('b')],
      ['ec2:AuthorizeSecurityGroupIngress', tagged('a')],
      ['ec2:AuthorizeSecurityGroupIngress', undefined],
      ['ec2:RevokeSecurityGroupIngress', undefined],
    ]);
    const states = await undone(plan, now);
    expect(content(states.at(-1) as MemoryGroup)).toEqual(content(was));
    expect(await undoFor(plan, states.at(-1) as MemoryGroup)).toMatchObject({
      steps: [],
      inputs: { Parts: [], Revoke: [] },
    });
  });
  const tagged = (team: string) => [
    { ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: team }] },
  ];

  test('a part keeps its number, and gives nothing once it is back', async () => {
    const { plan, now } = await applied();
    const [, two] = (await undoFor(plan, now)).steps;
    const half = two ? now.after(two) : now;
    expect((await undoFor(plan, half)).inputs).toMatchObject({ Parts: ['1', '3'] });
    expect(await undoFor(plan, half, 2)).toEqual({ steps: [] });
    expect(await undoFor(plan, half, 4)).toEqual({ steps: [] });
    expect((await undoFor(plan, half, 3)).inputs).toEqual({
      Authorize: [{ IpProtocol: '47', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      Authorizes: true,
      Tags: [],
      Tagged: false,
    });
  });

  test('a run that only got as far as the narrower rules: they go', async () => {
    const plan = await planFor(was);
    const between = plan.steps[0] ? was.after(plan.steps[0]) : was;
    expect((await undone(plan, between)).at(-1)?.content).toEqual(was.content);
  });

  test('what others have changed since stays', async () => {
    const { plan, now } = await applied();
    const [narrow] = now.rules.filter(({ source, from }) => source === '10.0.0.0/8' && from === 22);
    const others = now
      .without(narrow?.id ?? '')
      .allow('tcp 22 10.0.0.0/8', 'the network team')
      .allow('tcp 22 0.0.0.0/0', 'in a hurry')
      .allow('tcp 8080 198.51.100.7/32');
    const after = (await undone(plan, others)).at(-1) as MemoryGroup;
    const extra = after.content.filter(
      (rule) => !content(was).includes(rule.replace(/\["aws:[^\]]*\],?/, '')),
    );
    expect(extra.map((text) => JSON.parse(text).description)).toEqual(['in a hurry', 'the network team', '']);
    expect(after.rules.filter(({ description }) => description === 'ssh')).toEqual([]);
  });

  test('more tag sets than a loop walks: some now, the rest and the narrower rules in another run', async () => {
    let many = new MemoryGroup();
    for (let port = 0; port < 120; port++)
      many = many.allow(`tcp ${1000 + 2 * port} 0.0.0.0/0`, '', { n: `${port}` });
    const named = new MemoryGroup(
      many.rules.map(({ description: _, ...one }) => one),
      {},
      1000,
    );
    const plan = await planFor(named);
    const now = plan.steps.reduce((state, step) => state.after(step), named);
    const once = (await undone(plan, now)).at(-1) as MemoryGroup;
    expect(once.rules).toHaveLength(100 + 4 * 120);
    expect((await undone(plan, once)).at(-1)?.content).toEqual(named.content);
  });

  test('a group that is gone is refused; one that cannot be read is an error', async () => {
    const { plan } = await applied();
    const at = (readings: object) =>
      undoFor(plan, { account: () => memoryAccount({ ...readings }) } as never);
    const RULES = 'us-east-1/ec2/describe-security-group-rules/sg-1.json';
    const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
    const none = { [RULES]: { SecurityGroupRules: [] } };
    expect(await at({ ...none, [GROUPS]: { SecurityGroups: [] } })).toEqual({
      steps: [],
      refusals: ['sg-1 does not exist any more.'],
    });
    const empty = { ...none, [GROUPS]: { SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [] }] } };
    expect((await at(empty)).steps).toHaveLength(3);
    await expect(at({ [RULES]: denied })).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});

test('the group in memory is as strict as EC2', () => {
  const some = group('tcp 22 0.0.0.0/0; -1 - 10.0.0.0/8');
  const add =
    (shorthand: string, more: object = {}) =>
    () =>
      some.after({
        api: 'ec2:AuthorizeSecurityGroupIngress',
        input: { GroupId: 'sg-1', IpPermissions: ingress(shorthand), ...more },
      });
  expect(add('6 22 0.0.0.0/0')).toThrow(/^InvalidPermission.Duplicate/);
  expect(add('-1 5-6 10.0.0.0/8')).toThrow(/^InvalidPermission.Duplicate/);
  expect(add('tcp 23 ::/0 ::/0')).toThrow(/^InvalidPermission.Duplicate/);
  expect(add('tcp 23 0:0::/0')).toThrow(/is ::\/0$/);
  expect(add('tcp 23 10.1.2.3/8')).toThrow(/is 10.0.0.0\/8$/);
  expect(add('tcp - ::/0')).toThrow(/^InvalidParameterValue: tcp/);
  expect(add('')).toThrow(/^MissingParameter/);
  expect(add('tcp 23 ::/0', { Tags: [] })).toThrow(/^UnknownParameter/);
  expect(add('tcp 23 ::/0')().rules).toHaveLength(3);
  expect(some.account().id).toBe(ACCOUNT);
  expect(rule.fix.reads.map(nameOf)).toContain('ec2:DescribeSecurityGroupRules');
});
