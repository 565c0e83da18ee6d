import type { Plan, PlanStep, Verdict } from '../rule.ts';
import { type Interval, type IntervalSet, subtract, union } from '../shared/intervals.ts';
import { protocolName, reachOf } from '../shared/ports.ts';
import { type Opening, type OpenRule, type SgFinding, whatIsOpen } from './findings.ts';
import { allowedOf, type Policy, wholeOf } from './policy.ts';

/** An entry of EC2's IpPermissions with one source. */
interface IpPermission {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly [{ readonly CidrIp: string }];
  readonly Ipv6Ranges?: readonly [{ readonly CidrIpv6: string }];
  readonly PrefixListIds?: readonly [{ readonly PrefixListId: string }];
}

/**
 * Replaces each open rule by what of it is not open: first the narrower permissions are authorized, then the rule is
 * revoked, so that what is allowed is never cut. Other sources of the same permission stay as they are.
 */
export function planFor({ resource, findings }: Verdict<SgFinding>, policy: Policy): Plan {
  const openings = findings.filter((finding) => finding.kind !== 'exempt');
  const added = new Map<string, IntervalSet>();
  const steps: PlanStep[] = [];

  for (const { rule, open } of openRules(openings)) {
    const narrower: IpPermission[] = [];
    for (const [protocol, keep] of kept(rule, open, policy)) {
      // Authorizing what the group already has fails (InvalidPermission.Duplicate).
      const key = `${protocol} ${rule.source}`;
      const there = added.get(key) ?? [];
      for (const reach of subtract(keep, there)) narrower.push(permission(rule, protocol, reach));
      added.set(key, union([...there, ...keep]));
    }
    if (narrower.length > 0) {
      steps.push({
        api: 'ec2:AuthorizeSecurityGroupIngress',
        input: { GroupId: resource.id, IpPermissions: narrower },
        why: `keeps what ${rule.source} may reach: ${narrower.map(inWords).join(', ')}`,
      });
    }
    steps.push({
      api: 'ec2:RevokeSecurityGroupIngress',
      input: { GroupId: resource.id, IpPermissions: [asItIs(rule)] },
      why: `${open.map(whatIsOpen).join(', ')} open to ${rule.source}`,
    });
  }
  return { resource, steps };
}

/** Each rule once, with all that is open through it. */
function openRules(openings: readonly Opening[]): { rule: OpenRule; open: Opening[] }[] {
  const rules = new Map<string, { rule: OpenRule; open: Opening[] }>();
  for (const opening of openings) {
    for (const rule of opening.rules) {
      const key = [rule.protocol, rule.fromPort, rule.toPort, rule.source].join(' ');
      const known = rules.get(key);
      if (!known) rules.set(key, { rule, open: [opening] });
      else if (!known.open.includes(opening)) known.open.push(opening);
    }
  }
  return [...rules.values()];
}

/** What a rule lets in and may go on letting in, by protocol, less what other rules let in anyway. */
function kept(rule: OpenRule, open: readonly Opening[], policy: Policy): [protocol: string, IntervalSet][] {
  const own = protocolName(rule.protocol);
  // EC2 cannot say "all protocols but": of all traffic, what has ports is kept, and ICMP.
  const protocols = own === 'all' ? ['tcp', 'udp', rule.family === 'ipv4' ? 'icmp' : 'icmpv6'] : [own];
  return protocols.map((protocol) => {
    const reach = own === 'all' ? wholeOf(protocol) : reachOf(own, rule);
    const stays = union(
      rule.staying
        .filter((staying) => staying.protocol === protocol)
        .map(({ from, to }) => ({ first: from, end: to + 1 })),
    );
    const keep = subtract(subtract([reach], openReach(protocol, open, policy)), stays);
    // Some of the ICMP types would take a permission each: ICMP is kept whole, or not at all.
    return [protocol, keep.length > 0 && !hasPorts(protocol) ? [wholeOf(protocol)] : keep];
  });
}

const hasPorts = (protocol: string) => protocol === 'tcp' || protocol === 'udp';

/** The ports or types of a protocol that the openings cover. */
function openReach(protocol: string, open: readonly Opening[], policy: Policy): IntervalSet {
  return union(
    open.flatMap((opening): IntervalSet => {
      if (opening.kind === 'allTraffic') return subtract([wholeOf(protocol)], allowedOf(protocol, policy));
      if (opening.protocol !== protocol) return [];
      if (opening.kind !== 'openPorts') return [wholeOf(protocol)];
      return [{ first: opening.fromPort, end: opening.toPort + 1 }];
    }),
  );
}

function permission(rule: OpenRule, protocol: string, { first, end }: Interval): IpPermission {
  const ports = hasPorts(protocol)
    ? { FromPort: Number(first), ToPort: Number(end) - 1 }
    : { FromPort: -1, ToPort: -1 };
  return { IpProtocol: protocol, ...ports, ...source(rule) };
}

const asItIs = (rule: OpenRule): IpPermission => ({
  IpProtocol: rule.protocol,
  ...(rule.fromPort !== undefined && { FromPort: rule.fromPort }),
  ...(rule.toPort !== undefined && { ToPort: rule.toPort }),
  ...source(rule),
});

function source({ source: name, family }: OpenRule): Partial<IpPermission> {
  // Only addresses have dots and colons.
  if (!/[.:]/.test(name)) return { PrefixListIds: [{ PrefixListId: name }] };
  return family === 'ipv4' ? { IpRanges: [{ CidrIp: name }] } : { Ipv6Ranges: [{ CidrIpv6: name }] };
}

function inWords({ IpProtocol, FromPort, ToPort }: IpPermission): string {
  if (FromPort === -1) return IpProtocol;
  return `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
}
