import rule from '../../rules/sg-open-ports/rule.ts';
import { ingress } from '../support/ingress.ts';
import { memoryAccount } from '../support/memory.ts';
import { apply, planOf } from '../support/plan.ts';

const account = (shorthand: string) =>
  memoryAccount({
    'us-east-1/ec2/describe-security-groups.json': {
      SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: ingress(shorthand) }],
    },
    'us-east-1/ec2/get-managed-prefix-list-entries/pl-6.json': { Entries: [{ Cidr: '::/0' }] },
  });

interface Case {
  situation: string;
  before: string;
  /** The calls, one a line: `+` authorizes, `-` revokes. */
  steps: string[];
  after: string;
  parameters?: object;
}

const cases: Case[] = [
  {
    situation: 'nothing is open: nothing to do',
    before: 'tcp 443 0.0.0.0/0; tcp 22 203.0.113.0/24',
    steps: [],
    after: 'tcp 443 0.0.0.0/0; tcp 22 203.0.113.0/24',
  },
  {
    situation: 'one source of several: the others stay',
    before: 'tcp 22 0.0.0.0/0 203.0.113.0/24 10.0.0.0/8 sg-2',
    steps: ['- tcp 22 0.0.0.0/0'],
    after: 'tcp 22 203.0.113.0/24 10.0.0.0/8 sg-2',
  },
  {
    situation: 'a range with allowed ports: they are authorized first',
    before: 'tcp 80-443 0.0.0.0/0 ::/0',
    steps: [
      '+ tcp 80 0.0.0.0/0; tcp 443 0.0.0.0/0',
      '- tcp 80-443 0.0.0.0/0',
      '+ tcp 80 ::/0; tcp 443 ::/0',
      '- tcp 80-443 ::/0',
    ],
    after: 'tcp 80 0.0.0.0/0 ::/0; tcp 443 0.0.0.0/0 ::/0',
  },
  {
    situation: 'an allowed port that the group has already is not authorized again',
    before: 'tcp 80-443 0.0.0.0/0; tcp 443 0.0.0.0/0',
    steps: ['+ tcp 80 0.0.0.0/0', '- tcp 80-443 0.0.0.0/0'],
    after: 'tcp 443 0.0.0.0/0; tcp 80 0.0.0.0/0',
  },
  {
    situation: 'two rules that both serve an allowed port: it is authorized once',
    before: 'tcp 80-90 0.0.0.0/0; tcp 79-80 0.0.0.0/0',
    steps: ['+ tcp 80 0.0.0.0/0', '- tcp 80-90 0.0.0.0/0', '- tcp 79-80 0.0.0.0/0'],
    after: 'tcp 80 0.0.0.0/0',
  },
  {
    situation: 'all traffic: allowed ports and ICMP are kept',
    before: '-1 - 0.0.0.0/0 10.0.0.0/8',
    steps: [
      '+ tcp 80 0.0.0.0/0; tcp 443 0.0.0.0/0; udp 53 0.0.0.0/0; icmp -1..-1 0.0.0.0/0',
      '- -1 - 0.0.0.0/0',
    ],
    after: '-1 - 10.0.0.0/8; tcp 80 0.0.0.0/0; tcp 443 0.0.0.0/0; udp 53 0.0.0.0/0; icmp -1..-1 0.0.0.0/0',
    parameters: { allowedUdpPorts: '53' },
  },
  {
    situation: 'all traffic from an IPv6 prefix list, ICMP not allowed',
    before: '-1 - pl-6',
    steps: ['+ tcp 80 pl-6; tcp 443 pl-6', '- -1 - pl-6'],
    after: 'tcp 80 pl-6; tcp 443 pl-6',
    parameters: { allowIcmp: false },
  },
  {
    situation: 'all traffic from an IPv6 prefix list: its ICMP is ICMPv6',
    before: '-1 - pl-6',
    steps: ['+ icmpv6 -1..-1 pl-6', '- -1 - pl-6'],
    after: 'icmpv6 -1..-1 pl-6',
    parameters: { allowedTcpPorts: '' },
  },
  {
    situation: 'ranges that are the internet together on one port: the other ports are kept',
    before: 'tcp 20-22 52.0.0.0/16; tcp 22-24 52.1.0.0/16',
    steps: [
      '+ tcp 20-21 52.0.0.0/16',
      '- tcp 20-22 52.0.0.0/16',
      '+ tcp 23-24 52.1.0.0/16',
      '- tcp 22-24 52.1.0.0/16',
    ],
    after: 'tcp 20-21 52.0.0.0/16; tcp 23-24 52.1.0.0/16',
  },
  {
    situation: 'protocols without ports, and ICMP that is not allowed',
    before: '47 - 0.0.0.0/0; icmp 8..-1 0.0.0.0/0 10.0.0.0/8',
    steps: ['- 47 - 0.0.0.0/0', '- icmp 8..-1 0.0.0.0/0'],
    after: 'icmp 8..-1 10.0.0.0/8',
    parameters: { allowIcmp: false },
  },
];

describe('the plan of sg-open-ports', () => {
  test.each(cases)('$situation', async ({ before, steps, after, parameters }) => {
    const plan = await planOf(rule, account(before), parameters);
    expect(plan.resource).toMatchObject({ type: 'AWS::EC2::SecurityGroup', id: 'sg-1', region: 'us-east-1' });
    expect(plan.steps.map(({ api, input }) => ({ api, input }))).toEqual(
      steps.map((step) => ({
        api: `ec2:${step.startsWith('+') ? 'Authorize' : 'Revoke'}SecurityGroupIngress`,
        input: { GroupId: 'sg-1', IpPermissions: ingress(step.slice(2)).map(named) },
      })),
    );
    expect(plan.steps.reduce(apply, ingress(before))).toEqual(expect.arrayContaining(ingress(after)));
    expect(plan.steps.reduce(apply, ingress(before))).toHaveLength(ingress(after).length);
  });

  test('says why, in the words of the finding', async () => {
    const { steps } = await planOf(rule, account('tcp 80-443 0.0.0.0/0'));
    expect(steps.map(({ why }) => why)).toEqual([
      'keeps what 0.0.0.0/0 may reach: tcp 80, tcp 443',
      'tcp 81-442 open to 0.0.0.0/0',
    ]);
  });

  test('leaves an exempt group alone', async () => {
    const verdict = {
      resource: { type: 'AWS::EC2::SecurityGroup', id: 'sg-1', region: 'us-east-1' },
      compliance: 'NOT_APPLICABLE' as const,
      findings: [{ kind: 'exempt' as const, by: 'tag x' }],
    };
    const values = { allowedTcpPorts: [], allowedUdpPorts: [], allowIcmp: true, exemptTagKey: 'x' };
    expect(rule.plan(verdict, { ...values, maxPublicPrefixV4: 16, maxPublicPrefixV6: 32 }).steps).toEqual([]);
  });
});

/** Without the empty lists that EC2 prints: only what a call names. */
const named = (permission: object) =>
  Object.fromEntries(
    Object.entries(permission).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
