/**
 * What the internet reaches through a security group. For every port it first joins the sources of all permissions
 * that reach it, because two harmless ranges may be the internet together.
 */
import { areTooFew, FAMILIES, type Family, internetIn, type Threshold } from '../shared/addresses.ts';
import type { Source } from '../shared/ingress.ts';
import { contains, count, type Interval, intersects, union } from '../shared/intervals.ts';
import { WHOLE } from '../shared/ports.ts';
import { type Opening, type OpenRule, worstFirst } from './findings.ts';
import { allowedOf, type Policy, wholeOf } from './policy.ts';

/** A stretch of ports, and the sources that open it to the internet. */
interface Exposure {
  readonly protocol: string;
  readonly reach: Interval;
  readonly sources: readonly Source[];
}

/**
 * Everything that the internet reaches and should not, worst first.
 *
 * Rules that open all traffic are reported once, and the ports are judged without them: not every port again.
 */
export function openings(sources: readonly Source[], policy: Policy): Opening[] {
  if (FAMILIES.every((family) => areTooFew(addressesOf(sources, family), family, policy.limit))) return [];

  const ofAll = sources.filter(({ protocol }) => protocol === 'all');
  const openToAll = internetSources(ofAll, policy.limit);
  const found: Exposure[] = [];
  if (openToAll.length > 0) found.push({ protocol: 'all', reach: WHOLE, sources: openToAll });

  const everywhereElse = ofAll.filter((source) => !openToAll.includes(source));
  for (const protocol of new Set(sources.map((source) => source.protocol))) {
    if (protocol === 'all') continue;
    const reaching = sources.filter((source) => source.protocol === protocol);
    for (const source of everywhereElse) reaching.push({ ...source, reach: wholeOf(protocol) });
    found.push(...exposures(protocol, reaching, policy));
  }

  return worstFirst(found.map(toOpening));
}

const addressesOf = (sources: readonly Source[], family: Family) =>
  sources.filter((source) => source.family === family).map(({ addresses }) => addresses);

/** Goes through a protocol's ports in stretches that the same sources reach. */
function exposures(protocol: string, sources: readonly Source[], policy: Policy): Exposure[] {
  const allowed = allowedOf(protocol, policy);
  const cuts = new Set<number>();
  for (const { reach } of sources) cuts.add(reach.first as number).add(reach.end as number);
  for (const { first, end } of allowed) cuts.add(first as number).add(end as number);
  const edges = [...cuts].sort((a, b) => a - b);

  const found: Exposure[] = [];
  for (const [i, end] of edges.entries()) {
    const stretch: Interval = { first: edges[i - 1] ?? end, end };
    if (i === 0 || contains(allowed, stretch)) continue;
    const reaching = sources.filter(({ reach }) => reach.first <= stretch.first && end <= reach.end);
    const open = internetSources(reaching, policy.limit);
    if (open.length === 0) continue;
    const last = found.at(-1);
    if (last && last.reach.end === stretch.first && isSame(last.sources, open)) {
      found[found.length - 1] = { ...last, reach: { first: last.reach.first, end } };
    } else {
      found.push({ protocol, reach: stretch, sources: open });
    }
  }
  return found;
}

/**
 * The sources that let the internet in: those that are the internet alone, and those that are it together. An
 * office's address beside 0.0.0.0/0 is not one of them.
 */
function internetSources(sources: readonly Source[], limit: Threshold): Source[] {
  return FAMILIES.flatMap((family) => {
    const alone: Source[] = [];
    const rest: Source[] = [];
    for (const source of sources) {
      if (source.family !== family) continue;
      (internetIn(source.addresses, family, limit).length > 0 ? alone : rest).push(source);
    }
    if (rest.length < 2) return alone;
    const joined = union(rest.flatMap(({ addresses }) => addresses));
    const together = internetIn(joined, family, limit);
    if (together.length === 0) return alone;
    return [...alone, ...rest.filter(({ addresses }) => intersects(addresses, together))];
  });
}

const isSame = (a: readonly Source[], b: readonly Source[]) =>
  a.length === b.length && a.every((source, i) => source === b[i]);

function toOpening({ protocol, reach, sources }: Exposure): Opening {
  const ordered = [...sources].sort(byFamilyAndWidth);
  const who = {
    families: FAMILIES.filter((family) => ordered.some((source) => source.family === family)),
    sources: [...new Set(ordered.map(({ name }) => name))],
    rules: ordered.map(toRule),
  };
  const { from, to } = bounds(reach);
  switch (protocol) {
    case 'all':
      return { kind: 'allTraffic', ...who };
    case 'tcp':
    case 'udp':
      return { kind: 'openPorts', protocol, fromPort: from, toPort: to, ...who };
    case 'icmp':
    case 'icmpv6':
      return { kind: 'openIcmp', protocol, fromType: from, toType: to, ...who };
    default:
      return { kind: 'openProtocol', protocol, ...who };
  }
}

const toRule = ({ permission: { protocol, fromPort, toPort }, family, name }: Source): OpenRule => ({
  protocol,
  ...(fromPort !== undefined && { fromPort }),
  ...(toPort !== undefined && { toPort }),
  family,
  source: name,
});

const bounds = ({ first, end }: Interval) => ({ from: first as number, to: (end as number) - 1 });

/** A rule of the group: no two have all of these in common. */
const identity = ({
  name,
  permission: { protocol, fromPort, toPort },
}: Pick<Source, 'name' | 'permission'>) => `${name} ${protocol} ${fromPort} ${toPort}`;

/** IPv4 first, then the widest, then by address; text decides last, so that EC2's own order does not show. */
function byFamilyAndWidth(a: Source, b: Source): number {
  if (a.family !== b.family) return a.family === 'ipv4' ? -1 : 1;
  const wider = bitsOf(b) - bitsOf(a);
  if (wider !== 0) return wider;
  const [of, than] = [startOf(a), startOf(b)];
  if (of !== than) return of < than ? -1 : 1;
  return identity(a) < identity(b) ? -1 : 1;
}
/** How many bits number the addresses, so that both halves of the internet count as equally wide. */
const bitsOf = ({ addresses }: Source) => Math.ceil(Math.log2(Number(count(addresses))));
const startOf = ({ addresses }: Source) => addresses[0]?.first ?? 0;
