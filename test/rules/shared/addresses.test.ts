import fc from 'fast-check';
import {
  areTooFew,
  type Family,
  internetIn,
  MalformedCidrError,
  PUBLIC_SPACE,
  parseCidr,
  threshold,
} from '../../../rules/shared/addresses.ts';
import { count, union } from '../../../rules/shared/intervals.ts';

const v4 = (a: number, b = 0, c = 0, d = 0) => ((a * 256 + b) * 256 + c) * 256 + d;

describe('a CIDR', () => {
  test.each<[text: string, family: Family, first: number | bigint, end: number | bigint]>([
    ['0.0.0.0/0', 'ipv4', 0, 2 ** 32],
    ['10.0.0.0/8', 'ipv4', v4(10), v4(11)],
    ['10.1.2.3/8', 'ipv4', v4(10), v4(11)],
    ['192.0.2.129/25', 'ipv4', v4(192, 0, 2, 128), v4(192, 0, 3)],
    ['192.0.2.1', 'ipv4', v4(192, 0, 2, 1), v4(192, 0, 2, 2)],
    ['255.255.255.255/32', 'ipv4', 2 ** 32 - 1, 2 ** 32],
    ['255.255.255.255/1', 'ipv4', 2 ** 31, 2 ** 32],
    ['::/0', 'ipv6', 0n, 1n << 128n],
    ['0:0:0:0:0:0:0:0/0', 'ipv6', 0n, 1n << 128n],
    ['0000:0000:0000:0000:0000:0000:0000:0000/0', 'ipv6', 0n, 1n << 128n],
    ['ffff::/0', 'ipv6', 0n, 1n << 128n],
    ['::1', 'ipv6', 1n, 2n],
    ['2001:DB8::/32', 'ipv6', 0x20010db8n << 96n, 0x20010db9n << 96n],
    ['::1.2.3.4', 'ipv6', 0x01020304n, 0x01020305n],
    ['::ffff:1.2.3.4', 'ipv6', 0xffff01020304n, 0xffff01020305n],
    ['::ffff:10.0.0.0/104', 'ipv6', 0xffff0a000000n, 0xffff0b000000n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ipv6', (1n << 128n) - 1n, 1n << 128n],
  ])('%s has these addresses', (text, family, first, end) => {
    expect(parseCidr(text)).toMatchObject({ text, family, addresses: { first, end } });
  });

  test.each([
    '',
    '/',
    '/8',
    'any',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    ' 10.0.0.0/8',
    '10.0.0.0/8\n',
    '010.0.0.0/8',
    '0xa.0.0.0/8',
    '0xa000000',
    '167772160',
    '10.1/8',
    '256.0.0.0/8',
    '١٠.0.0.0/8',
    '::/129',
    ':::/0',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    'fe80::1%eth0',
    '::ffff:010.0.0.1',
    '::ffff:1.2.3',
    '::ffff:0x1.2.3.4',
    '[::]/0',
  ])('%j is refused, by name', (text) => {
    expect(() => parseCidr(text)).toThrow(MalformedCidrError);
    expect(() => parseCidr(text)).toThrow(JSON.stringify(text));
  });

  test.each<[cidr: string, publicAddresses: number | bigint]>([
    ['10.0.0.0/8', 0],
    ['10.20.0.0/16', 0],
    ['172.16.0.0/12', 0],
    ['172.16.0.0/11', 2 ** 20],
    ['192.168.0.0/16', 0],
    ['192.168.0.0/15', 2 ** 16],
    ['100.64.0.0/10', 0],
    ['127.0.0.1/32', 0],
    ['169.254.169.254/32', 0],
    ['0.0.0.0/8', 2 ** 24],
    ['224.0.0.0/4', 2 ** 28],
    ['::1/128', 0],
    ['::/127', 1n],
    ['fe80::/10', 0],
    ['fe80::/9', 1n << 118n],
    ['fd12:3456::/32', 0],
    ['2001:db8::/32', 1n << 96n],
  ])('%s has %s public addresses', (cidr, publicAddresses) => {
    expect(count(parseCidr(cidr).public)).toBe(publicAddresses);
  });

  test('is the same however IPv6 spells it', () => {
    const word = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const words = fc.array(word, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 128 }), (parts, length) => {
        const hex = (digits: number) => parts.map((part) => part.toString(16).padStart(digits, '0'));
        const [a = 0, b = 0] = parts.slice(6);
        const dotted = [...hex(1).slice(0, 6), [a >> 8, a & 255, b >> 8, b & 255].join('.')].join(':');
        // The first run of zeros, shortened.
        const short = hex(1)
          .join(':')
          .replace(/(^|:)0(:0)+(:|$)/, '::');
        const spellings = [hex(1).join(':'), hex(4).join(':').toUpperCase(), dotted, short];
        const value = parts.reduce((sum, part) => (sum << 16n) + BigInt(part), 0n);
        const size = 1n << BigInt(128 - length);
        const first = (value / size) * size;
        for (const spelling of spellings) {
          expect(parseCidr(`${spelling}/${length}`).addresses).toEqual({ first, end: first + size });
        }
      }),
    );
  });
});

describe('the internet', () => {
  const limit = threshold(16, 32);
  const publicOf = (...cidrs: string[]) => union(cidrs.flatMap((cidr) => parseCidr(cidr).public));

  test.each<[situation: string, cidrs: string[], is: boolean]>([
    ['exactly a /16', ['52.0.0.0/16'], false],
    ['a /16 and one more address', ['52.0.0.0/16', '52.1.0.0/32'], true],
    ['a /16 and an address that does not touch it', ['52.0.0.0/16', '52.1.0.1/32'], false],
    ['two /16 that private space parts', ['192.167.0.0/16', '192.169.0.0/16'], false],
    ['two /16 around private space, which is in it', ['192.167.0.0/16', '192.168.0.0/15'], false],
    ['exactly an IPv6 /32', ['2001:db8::/32'], false],
    ['an IPv6 /31', ['2001:db8::/31'], true],
  ])('%s: %s', (_situation, cidrs, is) => {
    const family = cidrs[0]?.includes(':') ? 'ipv6' : 'ipv4';
    expect(internetIn(publicOf(...cidrs), family, limit).length > 0).toBe(is);
  });

  test.each([0, 1, 2, 3, 8, 16, 32])('is all public addresses, with a threshold of /%i', (prefix) => {
    expect(internetIn(PUBLIC_SPACE.ipv4, 'ipv4', threshold(prefix, 0))).not.toEqual([]);
    expect(internetIn(PUBLIC_SPACE.ipv6, 'ipv6', threshold(0, prefix))).not.toEqual([]);
    const halves = publicOf('0.0.0.0/1', '128.0.0.0/1');
    expect(halves).toEqual(PUBLIC_SPACE.ipv4);
  });

  test('is not all public addresses but one, where no range is too wide', () => {
    const but = publicOf('0.0.0.0/0').map((part, i) => (i === 0 ? { ...part, first: 1 } : part));
    expect(internetIn(but, 'ipv4', threshold(1, 0))).toEqual([]);
  });

  // Every address of a window around the edge of private space, against counting by hand.
  const windows = [
    { family: 'ipv4', base: v4(9, 255, 254), at: (n: number) => v4(9, 255, 254) + n, bits: 32 },
    { family: 'ipv4', base: v4(172, 31, 254), at: (n: number) => v4(172, 31, 254) + n, bits: 32 },
    { family: 'ipv4', base: v4(203, 0, 112), at: (n: number) => v4(203, 0, 112) + n, bits: 32 },
    { family: 'ipv6', base: 0xfcn << 120n, at: (n: number) => (0xfcn << 120n) - 512n + BigInt(n), bits: 128 },
    { family: 'ipv6', base: 0n, at: (n: number) => BigInt(n), bits: 128 },
  ] as const;
  const isPrivate = (address: number | bigint) =>
    typeof address === 'bigint'
      ? address === 1n || address >> 121n === 0x7en
      : address >= 2 ** 24 * 10 && address < 2 ** 24 * 11
        ? true
        : address >= v4(172, 16) && address < v4(172, 32);
  const block = fc.record({ bits: fc.integer({ min: 0, max: 9 }), at: fc.integer({ min: 0, max: 1023 }) });

  test.each(windows)('is found as by counting, at $family $base', ({ family, at, bits }) => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), fc.integer({ min: 0, max: 10 }), (blocks, widest) => {
        const covered = new Array<boolean>(1024).fill(false);
        const cidrs = blocks.map((one) => {
          const start = (one.at >> one.bits) << one.bits;
          covered.fill(true, start, start + 2 ** one.bits);
          return `${spell(at(one.at))}/${bits - one.bits}`;
        });
        let run = 0;
        let longest = 0;
        for (const [n, is] of covered.entries()) {
          run = is && !isPrivate(at(n)) ? run + 1 : 0;
          longest = Math.max(longest, run);
        }
        const allowed = threshold(32 - widest, 128 - widest);
        const joined = publicOf(...cidrs);
        expect(internetIn(joined, family, allowed).length > 0).toBe(longest > 2 ** widest);
        // The quick answer may be a mistaken "perhaps", never a mistaken "no".
        const sets = cidrs.map((cidr) => parseCidr(cidr).public);
        if (areTooFew(sets, family, allowed)) expect(longest).toBeLessThanOrEqual(2 ** widest);
      }),
      { numRuns: 200 },
    );
  });

  test('is not changed by cutting a CIDR in halves', () => {
    const any = fc.record({ at: fc.nat(2 ** 32 - 1), length: fc.integer({ min: 0, max: 31 }) });
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1, maxLength: 5 }),
        fc.nat(32),
        fc.nat(4),
        (cidrs, prefix, n) => {
          const texts = cidrs.map(({ at, length }) => `${spell(at)}/${length}`);
          const { addresses } = parseCidr(texts[n % texts.length] as string);
          const { first, end } = addresses as { first: number; end: number };
          const length = 33 - Math.log2(end - first);
          const halves = [`${spell(first)}/${length}`, `${spell((first + end) / 2)}/${length}`];
          const cut = texts.flatMap((text, i) => (i === n % texts.length ? halves : [text]));
          const verdict = (list: string[]) => internetIn(publicOf(...list), 'ipv4', threshold(prefix, 0));
          expect(verdict(cut)).toEqual(verdict(texts));
        },
      ),
    );
  });
});

/** An address as text, the plainest way. */
function spell(address: number | bigint): string {
  if (typeof address === 'number') {
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
  }
  const words = Array.from({ length: 8 }, (_, i) => (address >> BigInt(112 - 16 * i)) & 0xffffn);
  return words.map((word) => word.toString(16)).join(':');
}
