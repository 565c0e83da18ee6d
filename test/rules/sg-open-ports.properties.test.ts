/**
 * Random groups in a small world, where an oracle can go through all of it: ports 0 to 7, and 512 addresses of
 * which the upper half is private. The oracle knows neither intervals nor stretches of ports: it asks for every port
 * and every address.
 */
import fc from 'fast-check';
import rule from '../../rules/sg-open-ports/rule.ts';
import { type PrintedPermission, printedFrom } from '../support/ingress.ts';
import { denied, judged, memoryAccount } from '../support/memory.ts';

const BASE = 10 * 2 ** 24 - 256;
const WORLD = 512;
const LAST_PORT = 7;

interface Block {
  readonly at: number;
  /** 2^bits addresses. */
  readonly bits: number;
}
interface Permission {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'gre' | '-1';
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly Block[];
}
interface Settings {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly allowIcmp: boolean;
  /** Ranges of up to 2^bits addresses pass. */
  readonly bits: number;
}

const block = fc.record({ at: fc.nat(WORLD - 1), bits: fc.integer({ min: 2, max: 8 }) });
const permission: fc.Arbitrary<Permission> = fc
  .record({
    protocol: fc.constantFrom('tcp', 'tcp', 'udp', 'icmp', 'gre', '-1'),
    ports: fc.tuple(fc.nat(LAST_PORT), fc.nat(LAST_PORT)),
    blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
  })
  .map(({ protocol, ports, blocks }) => ({
    protocol: protocol as Permission['protocol'],
    from: protocol === 'icmp' ? ports[0] : Math.min(...ports),
    to: protocol === 'icmp' ? -1 : Math.max(...ports),
    blocks,
  }));
const permissions = fc.array(permission, { maxLength: 6 });
const someGroup = fc.array(permission, { minLength: 1, maxLength: 6 });
const ports = fc.uniqueArray(fc.nat(LAST_PORT), { maxLength: 6 });
const settings: fc.Arbitrary<Settings> = fc.record({
  tcp: ports,
  udp: ports,
  allowIcmp: fc.boolean(),
  bits: fc.integer({ min: 3, max: 7 }),
});

const cidr = ({ at, bits }: Block) => {
  const address = BASE + ((at >> bits) << bits);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${32 - bits}`;
};
const printed = ({ protocol, from, to, blocks }: Permission): PrintedPermission =>
  printedFrom(protocol, protocol === '-1' || protocol === 'gre' ? [] : [from, to], [
    ...new Set(blocks.map(cidr)),
  ]);
const parametersOf = ({ tcp, udp, allowIcmp, bits }: Settings) => ({
  allowedTcpPorts: tcp.join(','),
  allowedUdpPorts: udp.join(','),
  allowIcmp,
  maxPublicPrefixV4: 32 - bits,
});

const readings = (ingress: readonly PrintedPermission[]) => ({
  'us-east-1/ec2/describe-security-groups.json': {
    SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: ingress }],
  },
});
async function say(ingress: readonly PrintedPermission[], given: Settings, lists: object = {}) {
  const account = memoryAccount({ ...readings(ingress), ...lists });
  const [said] = await judged(rule, account, parametersOf(given));
  return said;
}

/** The addresses of the world that reach a port: one flag each. */
function reaching(ingress: readonly PrintedPermission[], protocol: string, port: number): boolean[] {
  const flags = new Array<boolean>(WORLD).fill(false);
  for (const { IpProtocol, FromPort = -1, ToPort = -1, IpRanges } of ingress) {
    if (IpProtocol !== '-1' && IpProtocol !== protocol) continue;
    const type = protocol === 'icmp' && (FromPort === -1 || FromPort === port);
    const inRange = IpProtocol === '-1' || protocol === 'gre' || type || (FromPort <= port && port <= ToPort);
    if (!inRange) continue;
    for (const { CidrIp } of IpRanges) {
      const [address = '', length] = CidrIp.split('/');
      const start = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0) - BASE;
      flags.fill(true, start, start + 2 ** (32 - Number(length)));
    }
  }
  return flags;
}

/** Whether more public addresses in a row than may be are set. */
function isInternet(flags: readonly boolean[], bits: number): boolean {
  let run = 0;
  for (let i = 0; i < WORLD / 2; i++) {
    run = flags[i] ? run + 1 : 0;
    if (run > 2 ** bits) return true;
  }
  return false;
}

/** Every port and protocol of the world that the internet reaches and should not: `tcp 3`, `icmp 8`, `gre 0`. */
function oracle(ingress: readonly PrintedPermission[], { tcp, udp, allowIcmp, bits }: Settings): string[] {
  const open: string[] = [];
  for (let port = 0; port <= LAST_PORT; port++) {
    if (!tcp.includes(port) && isInternet(reaching(ingress, 'tcp', port), bits)) open.push(`tcp ${port}`);
    if (!udp.includes(port) && isInternet(reaching(ingress, 'udp', port), bits)) open.push(`udp ${port}`);
    if (!allowIcmp && isInternet(reaching(ingress, 'icmp', port), bits)) open.push(`icmp ${port}`);
  }
  if (isInternet(reaching(ingress, 'gre', 0), bits)) open.push('gre 0');
  return open;
}

const verdict = (open: readonly string[]) => (open.length > 0 ? 'NON_COMPLIANT' : 'COMPLIANT');

describe('sg-open-ports, whatever the group', () => {
  test('agrees with asking for every port and every address', async () => {
    const seen = { COMPLIANT: 0, NON_COMPLIANT: 0 };
    await fc.assert(
      fc.asyncProperty(permissions, settings, async (group, given) => {
        const ingress = group.map(printed);
        const open = oracle(ingress, given);
        const said = await say(ingress, given);
        expect(said?.compliance).toBe(verdict(open));
        seen[verdict(open)]++;

        // Port by port, too, where no rule opens them all.
        if (group.some(({ protocol }) => protocol === '-1')) return;
        const found = (said?.findings ?? []).flatMap((finding) => {
          const { kind, protocol, fromPort, toPort, fromType } = finding as never as Record<string, number>;
          if (kind !== ('openPorts' as never)) return [`${protocol} ${fromType ?? 0}`];
          const [from = 0, to = 0] = [fromPort, toPort];
          return Array.from({ length: to - from + 1 }, (_, i) => `${protocol} ${from + i}`);
        });
        const types = new Set(group.filter(({ protocol }) => protocol === 'icmp').map(({ from }) => from));
        expect(found.filter((one) => !one.startsWith('icmp')).sort()).toEqual(
          open.filter((one) => !one.startsWith('icmp')).sort(),
        );
        if (types.size < 2) expect(found.sort()).toEqual(open.sort());
      }),
      { numRuns: 300 },
    );
    // A generator that only ever makes the one kind would prove nothing.
    expect(Math.min(seen.COMPLIANT, seen.NON_COMPLIANT)).toBeGreaterThan(40);
  });

  test('does not depend on the order of permissions and sources', async () => {
    await fc.assert(
      fc.asyncProperty(permissions, settings, fc.nat(5), async (group, given, turn) => {
        const ingress = group.map(printed);
        const turned = [...ingress.slice(turn), ...ingress.slice(0, turn)].map((one) => ({
          ...one,
          IpRanges: [...one.IpRanges].reverse(),
        }));
        const [a, b] = [await say(ingress, given), await say(turned, given)];
        expect([b?.compliance, b?.annotation]).toEqual([a?.compliance, a?.annotation]);
      }),
    );
  });

  test('allowing a port never makes it NON_COMPLIANT, letting one more in never COMPLIANT', async () => {
    await fc.assert(
      fc.asyncProperty(
        permissions,
        permission,
        settings,
        fc.nat(LAST_PORT),
        async (group, more, given, port) => {
          const ingress = group.map(printed);
          const said = await say(ingress, given);
          const laxer = { ...given, tcp: [...given.tcp, port], udp: [...given.udp, port] };
          if (said?.compliance === 'COMPLIANT') {
            expect(await say(ingress, laxer)).toMatchObject({ compliance: 'COMPLIANT' });
          } else {
            const wider = [...ingress, printed(more)];
            expect(await say(wider, given)).toMatchObject({ compliance: 'NON_COMPLIANT' });
          }
        },
      ),
    );
  });

  test('is the same with a CIDR cut in halves', async () => {
    await fc.assert(
      fc.asyncProperty(someGroup, settings, fc.nat(5), async (group, given, n) => {
        const halved = group.map((one, i) => ({
          ...one,
          blocks: one.blocks.flatMap(({ at, bits }) => {
            const start = (at >> bits) << bits;
            const halves = [start, start + 2 ** (bits - 1)].map((half) => ({ at: half, bits: bits - 1 }));
            return i === n % group.length ? halves : [{ at, bits }];
          }),
        }));
        const whole = await say(group.map(printed), given);
        expect((await say(halved.map(printed), given))?.compliance).toBe(whole?.compliance);
      }),
    );
  });

  test('is the same with the CIDRs in a prefix list, and open where that list cannot be read', async () => {
    const seen = { COMPLIANT: 0, NON_COMPLIANT: 0, UNKNOWN: 0, NOT_APPLICABLE: 0 };
    const path = 'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json';
    const listed = (...cidrs: string[]) => ({ [path]: { Entries: cidrs.map((Cidr) => ({ Cidr })) } });
    await fc.assert(
      fc.asyncProperty(permissions, permission, settings, async (group, last, given) => {
        const rest = group.map(printed);
        const direct = printed(last);
        const withList = [...rest, { ...direct, IpRanges: [], PrefixListIds: [{ PrefixListId: 'pl-1' }] }];
        const cidrs = direct.IpRanges.map(({ CidrIp }) => CidrIp);
        const plain = await say([...rest, direct], given);
        expect((await say(withList, given, listed(...cidrs)))?.compliance).toBe(plain?.compliance);

        const none = (await say(withList, given, listed()))?.compliance;
        const all = (await say(withList, given, listed('0.0.0.0/0', '::/0')))?.compliance;
        const unread = await say(withList, given, { [path]: denied });
        expect(unread?.compliance).toBe(none === all ? none : 'UNKNOWN');
        if (unread) seen[unread.compliance]++;
      }),
      { numRuns: 200 },
    );
    expect(Math.min(seen.COMPLIANT, seen.NON_COMPLIANT, seen.UNKNOWN)).toBeGreaterThan(0);
  });
});
