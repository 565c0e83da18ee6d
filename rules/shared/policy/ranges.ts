import { type Cidr, FAMILIES, parseCidr, threshold } from '../addresses.ts';
import { contains, type IntervalSet, intersects, size, union } from '../intervals.ts';

/** Wider than this is public (S3, "The meaning of public"). */
const WIDTH = { ipv4: 8, ipv6: 32 } as const;
const LIMIT = threshold(WIDTH.ipv4, WIDTH.ipv6);

/** RFC 1918, which AWS excepts. Nothing else is: `fc00::/7` is as public as any range of its width. */
const PRIVATE = spaceOf('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
/** IPv4 addresses written as IPv6. AWS does not document whether S3 treats them as IPv4. */
const MAPPED = spaceOf('::ffff:0:0/96');

/**
 * Why these values of aws:SourceIp are public (`0.0.0.0/1 is broader than /8`); undefined when they are not. Ranges are
 * joined first: the two halves of the internet are the internet.
 */
export function broadRange(values: readonly string[]): string | undefined {
  const ranges: Cidr[] = [];
  for (const value of values) {
    const range = tryParse(value);
    if (!range || (range.family === 'ipv6' && intersects([range.addresses], MAPPED))) {
      return `${value} is not a plain address range`;
    }
    if (size(range.addresses) > LIMIT[range.family])
      return `${value} is broader than /${WIDTH[range.family]}`;
    if (range.family === 'ipv6' || !contains(PRIVATE, range.addresses)) ranges.push(range);
  }
  for (const family of FAMILIES) {
    const joined = union(ranges.filter((range) => range.family === family).map((range) => range.addresses));
    if (joined.some((interval) => size(interval) > LIMIT[family])) {
      return `ranges join to more than a /${WIDTH[family]}`;
    }
  }
  return undefined;
}

function tryParse(value: string): Cidr | undefined {
  try {
    return parseCidr(value);
  } catch {
    return undefined;
  }
}

function spaceOf(...cidrs: string[]): IntervalSet {
  return union(cidrs.map((cidr) => parseCidr(cidr).addresses));
}
