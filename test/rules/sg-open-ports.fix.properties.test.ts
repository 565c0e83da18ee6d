/**
 * The fix on random groups in the small world of sg-open-ports.properties.test.ts, in IPv4 and in IPv6: 512 addresses
 * of which the upper half is private, ports 0 to 7, ICMP types 0 to 7 with two codes. What comes in is asked for
 * address by address.
 */
import fc from 'fast-check';
import rule from '../../rules/sg-open-ports/rule.ts';
import { judged } from '../support/memory.ts';
import { MemoryGroup, planFor, type StoredRule, undone } from '../support/security-group.ts';

const RUNS = 300;
const SLOW = 60_000;
const WORLD = 512;
const LAST_PORT = 7;
const FAMILIES = ['ipv4', 'ipv6'] as const;
type Family = (typeof FAMILIES)[number];
/** The first address of the world; 256 further on begins 10.0.0.0/8, or fc00::/7. */
const BASE = { ipv4: (10n << 24n) - 256n, ipv6: (0xfc00n << 112n) - 256n };
const BITS = { ipv4: 32, ipv6: 128 };

interface Block {
  readonly at: number;
  /** 2^bits addresses. */
  readonly bits: number;
}

function cidr({ at, bits }: Block, family: Family): string {
  const address = BASE[family] + BigInt((at >> bits) << bits);
  const length = BITS[family] - bits;
  if (family === 'ipv4') {
    return `${[24n, 16n, 8n, 0n].map((shift) => (address >> shift) % 256n).join('.')}/${length}`;
  }
  const last = (address % 65_536n).toString(16);
  return address >> 112n === 0xfc00n
    ? `fc00::${last === '0' ? '' : last}/${length}`
    : `fbff:ffff:ffff:ffff:ffff:ffff:ffff:${last}/${length}`;
}

/** The addresses of the world that a CIDR holds, a bit each. */
function bitsOf(text: string, family: Family): bigint {
  if (text.includes(':') !== (family === 'ipv6')) return 0n;
  const [address = '', length = ''] = text.split('/');
  const tail = family === 'ipv4' ? address.split('.') : [`0x${address.split(':').at(-1) || '0'}`];
  // Only the last eight bits tell addresses of the world apart; the rest says which half it is.
  const isUpper = family === 'ipv4' ? address.startsWith('10.') : address.startsWith('fc00:');
  const start = (Number(tail.at(-1)) % 256) + (isUpper ? 256 : 0);
  return ((1n << BigInt(2 ** (BITS[family] - Number(length)))) - 1n) << BigInt(start);
}
const PRIVATE = ((1n << 256n) - 1n) << 256n;

interface Settings {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly allowIcmp: boolean;
  /** Ranges of up to 2^bits addresses pass. */
  readonly bits: number;
}

const block: fc.Arbitrary<Block> = fc.record({ at: fc.nat(WORLD - 1), bits: fc.integer({ min: 2, max: 8 }) });
const family = fc.constantFrom<Family>(...FAMILIES, 'ipv4');
const someRule = fc.record({
  protocol: fc.constantFrom('tcp', 'tcp', 'tcp', 'udp', 'icmp', '47', '-1'),
  ports: fc.tuple(fc.nat(LAST_PORT), fc.nat(LAST_PORT)),
  code: fc.constantFrom(-1, 0, 1),
  anyType: fc.boolean(),
  source: fc.oneof(
    { weight: 7, arbitrary: fc.tuple(block, family).map(([one, of]) => cidr(one, of)) },
    { weight: 1, arbitrary: fc.constant('pl-1') },
  ),
  description: fc.constantFrom(undefined, undefined, 'a', 'b'),
  tags: fc.constantFrom({}, {}, { team: 'a' }, { team: 'b', Name: '' }),
});
const list = fc.array(block, { minLength: 1, maxLength: 3 });
const ports = fc.uniqueArray(fc.nat(LAST_PORT), { maxLength: 4 });
const settings: fc.Arbitrary<Settings> = fc.record({
  tcp: ports,
  udp: ports,
  allowIcmp: fc.boolean(),
  bits: fc.integer({ min: 3, max: 7 }),
});

const parametersOf = ({ tcp, udp, allowIcmp, bits }: Settings) => ({
  allowedTcpPorts: tcp.join(','),
  allowedUdpPorts: udp.join(','),
  allowIcmp,
  maxPublicPrefixV4: 32 - bits,
  maxPublicPrefixV6: 128 - bits,
});

type Generated = typeof someRule extends fc.Arbitrary<infer T> ? T : never;

/** A group of rules, those left out that EC2 would not have beside the others. */
function groupOf(rules: readonly Generated[], listed: readonly Block[]): MemoryGroup {
  const lists = { 'pl-1': [...new Set(listed.map((one) => cidr(one, 'ipv4')))] };
  return rules.reduce((group, one) => added(group, one) ?? group, new MemoryGroup([], lists));
}

function added(
  group: MemoryGroup,
  one: Generated,
  description: string | undefined = one.description,
): MemoryGroup | undefined {
  const { ports, code, anyType, source, tags } = one;
  const protocol = one.protocol === 'icmp' && source.includes(':') ? 'icmpv6' : one.protocol;
  const span =
    protocol === 'icmp' || protocol === 'icmpv6'
      ? anyType
        ? '-1..-1'
        : `${ports[0]}..${code}`
      : protocol === 'tcp' || protocol === 'udp'
        ? `${Math.min(...ports)}-${Math.max(...ports)}`
        : '-';
  try {
    return group.allow(`${protocol} ${span} ${source}`, description, tags);
  } catch (error) {
    if (!/^InvalidPermission.Duplicate/.test((error as Error).message)) throw error;
    return undefined;
  }
}

/** `tcp 3`, `icmp 3 1`, `47`: every passage of the world. */
const PASSAGES: Record<Family, string[]> = { ipv4: passagesOf('icmp'), ipv6: passagesOf('icmpv6') };
function passagesOf(icmp: string): string[] {
  // One port more than rules name: it stands for all that there are besides.
  const numbers = Array.from({ length: LAST_PORT + 2 }, (_, i) => i);
  return [
    ...numbers.flatMap((port) => [`tcp ${port}`, `udp ${port}`]),
    ...numbers.flatMap((type) => [`${icmp} ${type} 0`, `${icmp} ${type} 1`]),
    '47',
  ];
}

function lets({ protocol, from, to }: StoredRule, passage: string): boolean {
  const [name, port = '', code] = passage.split(' ');
  if (protocol === '-1') return true;
  if (protocol !== name) return false;
  if (protocol === '47') return true;
  if (code === undefined) return from <= Number(port) && Number(port) <= to;
  return from === -1 || (from === Number(port) && (to === -1 || to === Number(code)));
}

/** Of each family and passage, the addresses of the world that come in. */
function incoming({ rules, lists }: MemoryGroup): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const of of FAMILIES) {
    const sources = rules.map((one) => {
      const texts = lists[one.source] ?? [one.source];
      return { one, bits: texts.reduce((sum, text) => sum | bitsOf(text, of), 0n) };
    });
    for (const passage of PASSAGES[of]) {
      const reaching = sources.filter(({ one }) => lets(one, passage));
      found.set(
        `${of} ${passage}`,
        reaching.reduce((sum, { bits }) => sum | bits, 0n),
      );
    }
  }
  return found;
}

/** Whether more public addresses in a row than may be come in. */
function isInternet(addresses: bigint, { bits }: Settings): boolean {
  let run = 0;
  for (const bit of (addresses & ~PRIVATE).toString(2)) {
    run = bit === '1' ? run + 1 : 0;
    if (run > 2 ** bits) return true;
  }
  return false;
}

/** Nothing comes in that did not, and whoever may come in and did still does. */
function expectSafe(was: Map<string, bigint>, state: MemoryGroup, given: Settings): void {
  const is = incoming(state);
  for (const [key, before] of was) {
    const after = is.get(key) ?? 0n;
    const [, protocol = '', port] = key.split(' ');
    const isAllowed =
      protocol === 'tcp' || protocol === 'udp'
        ? given[protocol].includes(Number(port)) || !isInternet(before, given)
        : protocol.startsWith('icmp') && given.allowIcmp;
    const opened = after & ~before;
    const cut = before & ~after & (isAllowed ? ~0n : PRIVATE);
    if (opened !== 0n || cut !== 0n)
      throw new Error(`${key}: ${opened.toString(16)} opened, ${cut.toString(16)} cut`);
  }
}

const last = (states: readonly MemoryGroup[]) => states.at(-1) as MemoryGroup;

test(
  'leads to COMPLIANT by ways that cut nobody who may come in, and back again',
  async () => {
    const seen = { fixed: 0, added: 0, parts: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(someRule, { minLength: 1, maxLength: 7 }),
        list,
        settings,
        async (rules, listed, given) => {
          const group = groupOf(rules, listed);
          const parameters = parametersOf(given);
          const plan = await planFor(group, parameters);
          const was = incoming(group);
          const states = [group];
          for (const step of plan.steps) states.push(last(states).after(step));
          const after = last(states);
          for (const state of states) expectSafe(was, state, given);

          const [said] = await judged(rule, after.account(), parameters);
          expect(said?.compliance).toBe('COMPLIANT');
          for (const [key, addresses] of incoming(after)) {
            const [, protocol = '', port] = key.split(' ');
            const isAllowed =
              protocol === 'tcp' || protocol === 'udp'
                ? given[protocol].includes(Number(port))
                : protocol.startsWith('icmp') && given.allowIcmp;
            expect([key, !isAllowed && isInternet(addresses, given)]).toEqual([key, false]);
          }
          expect((await planFor(after, parameters)).steps).toEqual([]);
          if (plan.steps.length === 0) return;
          seen.fixed++;

          // No rule is touched but those that are open, none is added that is not needed, and the rest keeps its id.
          const ids = new Set(group.rules.map(({ id }) => id));
          const narrow = after.rules.filter(({ id }) => !ids.has(id));
          if (narrow.length > 0) seen.added++;
          // What a prefix list holds may change: a rule beside one is not spare.
          const unlisted = new MemoryGroup(after.rules.filter(({ source }) => source !== 'pl-1'));
          const comes = incoming(unlisted);
          for (const { id, source } of narrow.filter((one) => one.source !== 'pl-1')) {
            const less = incoming(unlisted.without(id));
            const isSpare = [...comes].every(([key, addresses]) => less.get(key) === addresses);
            expect([source, isSpare]).toEqual([source, false]);
          }

          // Whatever state the run stopped in.
          for (const state of states) {
            const back = await undone(plan, state);
            for (const one of back) expectSafe(was, one, given);
            expect(last(back).content).toEqual(group.content);
            seen.parts = Math.max(seen.parts, back.length - 1);
          }
        },
      ),
      { numRuns: RUNS },
    );
    // A generator that makes nothing to fix would prove nothing.
    expect(seen.fixed).toBeGreaterThan(80);
    expect(seen.added).toBeGreaterThan(60);
    expect(seen.parts).toBeGreaterThan(2);
  },
  SLOW,
);

test(
  'undo leaves alone what others have changed since',
  async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someRule, { minLength: 1, maxLength: 6 }),
        someRule,
        fc.nat(7),
        list,
        settings,
        async (rules, more, n, listed, given) => {
          const group = groupOf(rules, listed);
          const plan = await planFor(group, parametersOf(given));
          const after = plan.steps.reduce((state, step) => state.after(step), group);
          const staying = after.rules.filter(({ id }) => group.rules.some((one) => one.id === id));
          const gone = staying[n % Math.max(staying.length, 1)];
          const less = gone ? after.without(gone.id) : after;
          const others = added(less, more, 'others');
          if (plan.steps.length === 0 || !others) return;
          tried++;
          const back = last(await undone(plan, others));
          const [theirs] = others.rules.slice(-1);
          const place = ({ protocol, from, to, source }: StoredRule) => `${protocol} ${from} ${to} ${source}`;
          // A rule that they made in an open one's place is the one that stays.
          const expected = group.rules.filter(
            (one) => one.id !== gone?.id && (!theirs || place(one) !== place(theirs)),
          );
          expect(back.content).toEqual(new MemoryGroup([...expected, ...(theirs ? [theirs] : [])]).content);
        },
      ),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThan(60);
  },
  SLOW,
);
