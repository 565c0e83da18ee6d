/**
 * The internet, judged on addresses rather than on spelling: which addresses a CIDR holds, which of them are public,
 * and whether a set of them is wide enough to be called the internet.
 */
import ipaddr from 'ipaddr.js';
import { count, equal, type Interval, type IntervalSet, size, subtract, union } from './intervals.ts';

export type Family = 'ipv4' | 'ipv6';
export const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

/** A CIDR, read. */
export interface Cidr {
  /** As it was written. */
  readonly text: string;
  readonly family: Family;
  readonly addresses: Interval;
  /** The part of it that is public: empty for `10.0.0.0/8`, half of it for `10.0.0.0/7`. */
  readonly public: IntervalSet;
}

/** A text that is not an address or a CIDR, or one that two programs might read as different addresses. */
export class MalformedCidrError extends Error {
  override readonly name = 'MalformedCidrError';
  readonly code = 'Malformed';
}

const BITS = { ipv4: 32, ipv6: 128 } as const;

const power = (family: Family, bits: number) => (family === 'ipv4' ? 2 ** bits : 1n << BigInt(bits));

/**
 * Space that the internet cannot come from: RFC 1918, shared (RFC 6598), loopback, link-local and unique-local
 * addresses. All else counts as public, also reserved and documentation space, because it may be routed one day.
 */
const NEVER_PUBLIC: Readonly<Record<Family, IntervalSet>> = {
  ipv4: spaceOf(
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ),
  ipv6: spaceOf('::1/128', 'fc00::/7', 'fe80::/10'),
};

/** All public addresses of a family. */
export const PUBLIC_SPACE: Readonly<Record<Family, IntervalSet>> = {
  ipv4: subtract([{ first: 0, end: power('ipv4', 32) }], NEVER_PUBLIC.ipv4),
  ipv6: subtract([{ first: 0n, end: power('ipv6', 128) }], NEVER_PUBLIC.ipv6),
};

const PUBLIC_COUNT: Threshold = { ipv4: count(PUBLIC_SPACE.ipv4), ipv6: count(PUBLIC_SPACE.ipv6) };

/** Most accounts use few CIDRs often; the bound is for those that use many. */
const CACHE_SIZE = 50_000;
const cache = new Map<string, Cidr>();

/**
 * Reads a CIDR; a bare address is a range of one, host bits are masked off. Octal, hexadecimal and shortened IPv4
 * (`010.0.0.1`, `0xa.0.0.1`, `10.1`) and IPv6 zones (`fe80::1%eth0`) are refused.
 *
 * @throws {MalformedCidrError} naming the text.
 * @example
 * parseCidr('10.1.2.3/8').addresses; // { first: 0x0a000000, end: 0x0b000000 }
 */
export function parseCidr(text: string): Cidr {
  const known = cache.get(text);
  if (known) return known;

  const { family, addresses } = read(text);
  const cidr: Cidr = { text, family, addresses, public: subtract([addresses], NEVER_PUBLIC[family]) };
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(text, cidr);
  return cidr;
}

/** How wide a contiguous public range may be before it counts as the internet: how many addresses. */
export type Threshold = Readonly<Record<Family, number | bigint>>;

/** The threshold for ranges as wide as these prefixes: `/16` lets 65,536 IPv4 addresses pass, and not one more. */
export const threshold = (prefixV4: number, prefixV6: number): Threshold => ({
  ipv4: power('ipv4', BITS.ipv4 - prefixV4),
  ipv6: power('ipv6', BITS.ipv6 - prefixV6),
});

/**
 * The part of a set of public addresses that is the internet: every contiguous range wider than the threshold. All
 * public addresses together are the internet whatever the threshold: private space cuts them into ranges of which
 * none is as wide as an IPv4 /1. Empty when the internet is not in.
 */
export function internetIn(set: IntervalSet, family: Family, limit: Threshold): IntervalSet {
  const wide = set.filter((interval) => size(interval) > limit[family]);
  if (wide.length > 0) return wide;
  return equal(set, PUBLIC_SPACE[family]) ? set : [];
}

/** A quick no, because so few addresses are not the internet. Overlapping sets may be counted twice. */
export function areTooFew(sets: readonly IntervalSet[], family: Family, limit: Threshold): boolean {
  const all = count(sets.flat());
  return all <= limit[family] && all < PUBLIC_COUNT[family];
}

function spaceOf(...cidrs: string[]): IntervalSet {
  return union(cidrs.map((cidr) => read(cidr).addresses));
}

function read(text: string): { family: Family; addresses: Interval } {
  const [, address = '', prefix] = /^([\da-f.:]+)(?:\/(0|[1-9]\d{0,2}))?$/i.exec(text) ?? [];
  const family: Family = address.includes(':') ? 'ipv6' : 'ipv4';
  const length = prefix === undefined ? BITS[family] : Number(prefix);
  const first = family === 'ipv4' ? readIpv4(address) : readIpv6(address);
  if (first === undefined || length > BITS[family]) {
    throw new MalformedCidrError(
      `${JSON.stringify(text)} is not a CIDR such as 192.0.2.0/24 or 2001:db8::/32`,
    );
  }
  return { family, addresses: blockAround(first, family, length) };
}

/** The block of that prefix length that an address lies in. */
function blockAround(address: number | bigint, family: Family, length: number): Interval {
  const width = power(family, BITS[family] - length);
  if (typeof address === 'bigint') {
    const first = address - (address % (width as bigint));
    return { first, end: first + (width as bigint) };
  }
  const first = address - (address % (width as number));
  return { first, end: first + (width as number) };
}

function readIpv4(address: string): number | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return undefined;
  return address.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

function readIpv6(address: string): bigint | undefined {
  // ipaddr.js takes any spelling of an IPv4 tail, and reads `::1.2.3.4` as if it were `::ffff:1.2.3.4`.
  const [, head, tail] = /^(.*:)([^:]*\..*)$/.exec(address) ?? [];
  if (head !== undefined && tail !== undefined) {
    const value = readIpv4(tail);
    if (value === undefined) return undefined;
    return readIpv6(`${head}${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`);
  }
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  return ipaddr.IPv6.parse(address).parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n);
}
