/** How many rules a group may have while the open ones and the narrower ones are both there. */
import { type Entry, inWords } from './entries.ts';
import { countOf, type Room } from './narrower.ts';

/**
 * "Inbound or outbound rules per security group", IPv4 and IPv6 counted apart, unless raised:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export const QUOTA = 60;

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/**
 * While the open rules and the narrower ones are both there, all of them count. A group that has more rules than the quota
 * already has another quota, which only EC2 knows.
 */
export const roomIn = (rules: readonly Entry[], quota: number): Room => ({
  ipv4: isRaised(rules, 'ipv4', quota) ? Number.POSITIVE_INFINITY : quota - countOf(rules, 'ipv4'),
  ipv6: isRaised(rules, 'ipv6', quota) ? Number.POSITIVE_INFINITY : quota - countOf(rules, 'ipv6'),
});

const isRaised = (rules: readonly Entry[], family: 'ipv4' | 'ipv6', quota: number) =>
  countOf(rules, family) > quota;

export const nearRaised = (rules: readonly Entry[], added: readonly Entry[], quota: number): string[] =>
  (['ipv4', 'ipv6'] as const).flatMap((family) =>
    isRaised(rules, family, quota) && countOf(added, family) > 0
      ? [
          `For a moment the group has ${countOf([...rules, ...added], family)} ${FAMILIES[family]} rules or more. Its quota is above ${quota}: should these be too many, EC2 refuses the narrower rules, and nothing changes.`,
        ]
      : [],
  );

/** Why there is no fix: what is needed would not fit in, not even with wider ranges. */
export function overQuota(rules: readonly Entry[], added: readonly Entry[], quota: number): string[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const more = countOf(added, family);
    const all = countOf(rules, family) + more;
    if (more === 0 || all <= quota || isRaised(rules, family, quota)) return [];
    return [
      `the group would have ${all} ${FAMILIES[family]} rules for a moment, ${more} of them new, and rulesPerGroup is ${quota}: take rules away, have the quota raised (and say so in rulesPerGroup), or use a group of its own for some of them.`,
    ];
  });
}

export const widened = (wider: readonly Entry[], quota: number): string[] =>
  wider.length === 0
    ? []
    : [
        `Private sources get ${inWords(wider)}, which is more than they had: a rule for each port would be more than the ${quota} rules of a group.`,
      ];
