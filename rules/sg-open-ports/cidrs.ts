/** Writes sets of addresses as few CIDRs, because a security group takes few. */
import ipaddr from 'ipaddr.js';
import type { Family } from '../shared/addresses.ts';
import { contains, type IntervalSet, intersects } from '../shared/intervals.ts';

/** 2^bits addresses. */
interface Block {
  readonly first: bigint;
  readonly bits: number;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;

/**
 * The fewest CIDRs that hold everything in `wanted`, which is a part of `within`, and nothing outside `within`.
 *
 * @example
 * covering(half, all10, 'ipv4'); // ['10.0.0.0/9'], or ['10.0.0.0/8'] where that saves a rule
 */
export function covering(wanted: IntervalSet, within: IntervalSet, family: Family): string[] {
  const blocks = (block: Block): Block[] => {
    const { first, bits } = block;
    const half = 1n << BigInt(Math.max(bits - 1, 0));
    const interval = { first, end: first + (1n << BigInt(bits)) };
    if (!intersects(wanted, [interval])) return [];
    if (contains(wanted, interval)) return [block];
    const parts = [first, first + half].flatMap((start) => blocks({ first: start, bits: bits - 1 }));
    return parts.length > 1 && contains(within, interval) ? [block] : parts;
  };
  return blocks({ first: 0n, bits: BITS[family] }).map(({ first, bits }) => {
    return `${addressText(first, family)}/${BITS[family] - bits}`;
  });
}

/** As EC2 writes it: lower case, and the longest run of zeros in IPv6 left out. */
function addressText(address: bigint, family: Family): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, i) =>
    Number((address >> BigInt(BITS[family] - 8 * (i + 1))) & 255n),
  );
  const read = ipaddr.fromByteArray(bytes);
  return 'parts' in read ? read.toRFC5952String() : read.toString();
}
