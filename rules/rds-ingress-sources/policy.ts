/** Which ranges may come in. */
import * as z from 'zod/mini';
import {
  type Cidr,
  type Family,
  internetIn,
  parseCidr,
  type Threshold,
  threshold,
} from '../shared/addresses.ts';
import { contains, type IntervalSet, size, union } from '../shared/intervals.ts';
import type { Why } from './findings.ts';

/** The rule's parameters, read. */
export interface PolicyParameters {
  readonly allowSecurityGroupSources: boolean;
  readonly allowedCidrs: readonly Cidr[];
  readonly widestCidrV4: number;
  readonly widestCidrV6: number;
}

export interface Policy {
  readonly allowed: Readonly<Record<Family, IntervalSet>>;
  readonly widest: Threshold;
  /** The same as prefix lengths. */
  readonly prefixes: Readonly<Record<Family, number>>;
  readonly groups: boolean;
}

/** CIDRs separated by commas; none when empty. */
export const cidrs = (): z.ZodMiniType<readonly Cidr[], string> =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      try {
        return text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
          .map(parseCidr);
      } catch (error) {
        context.issues.push({ code: 'custom', message: (error as Error).message, input: text });
        return z.NEVER;
      }
    }),
  );

export function policyOf(values: PolicyParameters): Policy {
  const { allowSecurityGroupSources, allowedCidrs, widestCidrV4, widestCidrV6 } = values;
  const of = (family: Family) =>
    union(allowedCidrs.flatMap((cidr) => (cidr.family === family ? [cidr.addresses] : [])));
  return {
    allowed: { ipv4: of('ipv4'), ipv6: of('ipv6') },
    widest: threshold(widestCidrV4, widestCidrV6),
    prefixes: { ipv4: widestCidrV4, ipv6: widestCidrV6 },
    groups: allowSecurityGroupSources,
  };
}

/** Wider public ranges than these are called the internet, as sg-open-ports has it by default. */
const INTERNET = { ipv4: 16, ipv6: 32 } as const;

/** Why a range may not come in; nothing, where it may. Each range by itself: neighbours are not joined. */
export function whyNot({ family, addresses, public: open }: Cidr, policy: Policy): Why | undefined {
  const isWide = size(addresses) > policy.widest[family];
  if (contains(policy.allowed[family], addresses)) return isWide ? 'wide' : undefined;
  const limit = threshold(INTERNET.ipv4, INTERNET.ipv6);
  return internetIn(open, family, limit).length > 0 ? 'internet' : 'foreign';
}
