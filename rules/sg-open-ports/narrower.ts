/** The narrower rules that replace the open rules of a group: they let in what may come in. */
import { type Family, parseCidr } from '../shared/addresses.ts';
import { contains, type Interval, type IntervalSet, size, subtract, union } from '../shared/intervals.ts';
import { protocolName, reachOf } from '../shared/ports.ts';
import { covering } from './cidrs.ts';
import { type Entry, extentOf, hasPorts, isCidr, isIcmp } from './entries.ts';
import type { Opening } from './findings.ts';
import { allowedOf, type Policy, wholeOf } from './policy.ts';

/** A rule that is to go, and what is open through it. */
export interface OpenEntry {
  readonly entry: Entry;
  readonly family: Family;
  /** All addresses of its source, private ones too. */
  readonly addresses: IntervalSet;
  readonly openings: readonly Opening[];
}

/**
 * Private addresses that can be a source in a VPC. The rest of what the rule never counts as public can't: loopback
 * addresses stay in their host, and link-local ones are not routed.
 */
const PRIVATE: Readonly<Record<Family, IntervalSet>> = {
  ipv4: spaceOf('10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'),
  ipv6: spaceOf('fc00::/7'),
};

/** Something that has to be let in, in as few rules as it takes. */
interface Need {
  readonly entry: Omit<Entry, 'source'>;
  readonly family: Family;
  /** A prefix list, or addresses. */
  readonly from: string | IntervalSet;
}

/** How many rules of each family may be added. */
export type Room = Readonly<Record<Family, number>>;

export interface Narrower {
  /** The rules to add. */
  readonly added: readonly Entry[];
  /** Those of them that let in more than the open rules did, from private sources alone, because there was no room for exact ones. */
  readonly wider: readonly Entry[];
}

/**
 * The rules that keep what is allowed once the open ones are revoked: the allowed ports for the same source, and
 * everything for private sources. What other rules let in anyway is not added again, and nothing comes in that did
 * not before. Where there is too little room for that, private sources get ranges of ports in the place of single
 * ones, the narrowest gaps first; it may still be too little.
 *
 * @param staying the group's other ingress rules.
 */
export function narrower(
  open: readonly OpenEntry[],
  staying: readonly Entry[],
  policy: Policy,
  room: Room = { ipv4: Number.POSITIVE_INFINITY, ipv6: Number.POSITIVE_INFINITY },
): Narrower {
  let needs: readonly Need[] = joined(
    open.flatMap((one) => [...keptPorts(one, policy), ...keptSources(one)]),
  );
  const merged = new Set<Need['entry']>();
  for (;;) {
    const added = rulesFor(needs, staying);
    const family = FAMILIES.find((one) => countOf(added, one) > room[one]);
    const pair = family && closest(needs, family);
    if (!pair) return { added, wider: added.filter((entry) => isAmong(entry, [...merged])) };
    const [one, other] = pair;
    const need = { ...one, entry: spanning(one.entry, other.entry) };
    merged.add(need.entry);
    needs = [...needs.filter((each) => each !== one && each !== other), need];
  }
}

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

/**
 * How much an entry counts against the quota: a security group in both families, a prefix list with its maximum
 * number of entries, one at least.
 */
export const countOf = (entries: readonly Entry[], family: Family): number =>
  entries.filter(({ source }) => !isCidr(source) || source.includes(':') === (family === 'ipv6')).length;

const isAmong = (entry: Entry, spans: readonly Need['entry'][]): boolean =>
  spans.some(
    ({ protocol, fromPort, toPort }) =>
      entry.protocol === protocol && entry.fromPort === fromPort && entry.toPort === toPort,
  );

/**
 * Two needs of the same private sources with the fewest ports between them. Public sources are never joined, because
 * they would get the ports between.
 */
function closest(needs: readonly Need[], family: Family): readonly [Need, Need] | undefined {
  const mergeable = needs.filter(
    (need) =>
      need.family === family &&
      hasPorts(protocolName(need.entry.protocol)) &&
      typeof need.from !== 'string' &&
      need.from.every((interval) => contains(PRIVATE[family], interval)),
  );
  const pairs = grouped(mergeable, ({ entry, from }) => [
    entry.protocol,
    (from as IntervalSet).map(({ first, end }) => `${first}-${end}`),
  ]).flatMap((same) => {
    const sorted = [...same].sort((a, b) => firstOf(a) - firstOf(b));
    return sorted.slice(1).map((other, i) => [sorted[i] as Need, other] as const);
  });
  const gap = ([one, other]: readonly [Need, Need]) => firstOf(other) - Number(extentOf(one.entry).end);
  return pairs.reduce<readonly [Need, Need] | undefined>(
    (least, pair) => (least && gap(least) <= gap(pair) ? least : pair),
    undefined,
  );
}

const firstOf = ({ entry }: Need) => Number(extentOf(entry).first);

function spanning(one: Need['entry'], other: Need['entry']): Need['entry'] {
  const [a, b] = [extentOf(one), extentOf(other)];
  return {
    protocol: one.protocol,
    fromPort: Math.min(Number(a.first), Number(b.first)),
    toPort: Math.max(Number(a.end), Number(b.end)) - 1,
    ...(one.description === other.description && described({ ...one, source: '' })),
  };
}

function rulesFor(needs: readonly Need[], staying: readonly Entry[]): Entry[] {
  const added: Entry[] = [];
  for (const { entry, family, from } of [...needs].sort(widestFirst)) {
    const there = [...staying, ...added];
    if (typeof from === 'string') {
      if (!isListed(from, entry, there)) added.push({ ...entry, source: from });
      continue;
    }
    const missing = subtract(from, letIn(entry, family, there));
    for (const source of covering(missing, from, family)) added.push({ ...entry, source });
  }
  return withoutSpare(added, staying);
}

/** The rules after it may make a rule needless. */
function withoutSpare(added: readonly Entry[], staying: readonly Entry[]): Entry[] {
  return added.reduce<Entry[]>(
    (left, entry) => {
      const others = left.filter((one) => one !== entry);
      return isLetIn(entry, [...staying, ...others]) ? others : left;
    },
    [...added],
  );
}

function isLetIn(entry: Entry, there: readonly Entry[]): boolean {
  if (!isCidr(entry.source)) return isListed(entry.source, entry, there);
  const { family, addresses } = parseCidr(entry.source);
  return contains(letIn(entry, family, there), addresses);
}

/** Traffic that is cut although it is not open, because EC2 cannot say "all but these". Private sources lose nothing. */
export function losses(open: readonly OpenEntry[], policy: Policy): string[] {
  return open.flatMap(({ entry, family, openings }) => {
    const own = protocolName(entry.protocol);
    if (openings.some(({ kind }) => kind === 'allTraffic')) return [];
    const lost = own === 'all' ? [`protocols other than TCP, UDP and ICMP from ${entry.source}`] : [];
    const protocol = own === 'all' ? icmpOf(family) : own;
    if (!isIcmp(protocol)) return lost;
    const keep = keptReach(protocol, entry, openings, policy);
    const isPart = keep.length > 0 && !contains(keep, reachIn(protocol, entry));
    return isPart ? [...lost, `all types of ${protocol} from ${entry.source}`] : lost;
  });
}

const icmpOf = (family: Family) => (family === 'ipv4' ? 'icmp' : 'icmpv6');

/** The allowed ports, or ICMP, of the same source. */
function keptPorts({ entry, family, addresses, openings }: OpenEntry, policy: Policy): Need[] {
  const own = protocolName(entry.protocol);
  const protocols = own === 'all' ? ['tcp', 'udp', icmpOf(family)] : [own];
  const from = isCidr(entry.source) ? addresses : entry.source;
  const need = (protocol: string, fromPort: number, toPort: number): Need => ({
    entry: { ...described(entry), protocol, fromPort, toPort },
    family,
    from,
  });
  return protocols.flatMap((protocol) => {
    const keep = keptReach(protocol, entry, openings, policy);
    if (hasPorts(protocol))
      return keep.map(({ first, end }) => need(protocol, Number(first), Number(end) - 1));
    // Some of the types would take a rule each.
    return contains(keep, reachIn(protocol, entry)) ? [need(protocol, -1, -1)] : [];
  });
}

/** The private part of the source, on all ports. */
function keptSources({ entry, family, addresses }: OpenEntry): Need[] {
  const from = intersection(addresses, PRIVATE[family]);
  const { fromPort = -1, toPort = -1 } = entry;
  const protocol = nameToWrite(entry.protocol);
  return from.length === 0
    ? []
    : [{ entry: { ...described(entry), protocol, fromPort, toPort }, family, from }];
}

/** One spelling for what has ports: rules of `6` and of `tcp` may be joined. */
const nameToWrite = (protocol: string) =>
  hasPorts(protocolName(protocol)) ? protocolName(protocol) : protocol;

const described = ({ description }: Entry) => (description === undefined ? {} : { description });

const reachIn = (protocol: string, entry: Entry): Interval =>
  protocolName(entry.protocol) === 'all' ? wholeOf(protocol) : reachOf(protocol, entry);

/** The ports or ICMP types of an open rule that are not open through it. */
function keptReach(
  protocol: string,
  entry: Entry,
  openings: readonly Opening[],
  policy: Policy,
): IntervalSet {
  const open = openings.flatMap((opening): IntervalSet => {
    if (opening.kind === 'allTraffic') return subtract([wholeOf(protocol)], allowedOf(protocol, policy));
    if (opening.protocol !== protocol) return [];
    if (opening.kind === 'openPorts') return [{ first: opening.fromPort, end: opening.toPort + 1 }];
    if (opening.kind === 'openIcmp') return [{ first: opening.fromType, end: opening.toType + 1 }];
    return [wholeOf(protocol)];
  });
  return subtract([reachIn(protocol, entry)], union(open));
}

/** Needs of TCP and UDP made fewer: the same sources on ports that touch, then the same ports from several sources. */
function joined(needs: readonly Need[]): Need[] {
  const one = ({ entry: { protocol, description }, family }: Need) => [protocol, family, description];
  const ports = ({ entry }: Need) => [entry.fromPort, entry.toPort];
  const from = (need: Need) =>
    typeof need.from === 'string' ? need.from : need.from.map(({ first, end }) => `${first}-${end}`);
  const byPorts = grouped(needs, (need) => [...one(need), from(need)]).flatMap((same) => {
    const [first] = same;
    if (!hasPorts(protocolName(first.entry.protocol))) return same;
    return union(same.map(({ entry }) => extentOf(entry))).map(
      (extent): Need => ({
        ...first,
        entry: { ...first.entry, fromPort: Number(extent.first), toPort: Number(extent.end) - 1 },
      }),
    );
  });
  return grouped(byPorts, (need) => [
    ...one(need),
    ports(need),
    typeof need.from === 'string' && need.from,
  ]).map((same): Need => {
    const [first] = same;
    const sets = same.map(({ from }) => from).filter((from) => typeof from !== 'string');
    return sets.length > 0 ? { ...first, from: union(sets.flat()) } : first;
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => unknown): (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** A rule that is added counts for those after it. */
function widestFirst(a: Need, b: Need): number {
  const isAll = ({ entry }: Need) => Number(protocolName(entry.protocol) === 'all');
  const width = ({ entry }: Need) => Number(size(extentOf(entry)));
  return isAll(b) - isAll(a) || width(b) - width(a);
}

/** The addresses that rules let in to all that an entry reaches. */
function letIn(entry: Omit<Entry, 'source'>, family: Family, there: readonly Entry[]): IntervalSet {
  const reaching = there.flatMap((other) => {
    if (!isCidr(other.source) || !isSameProtocol(other, entry)) return [];
    const cidr = parseCidr(other.source);
    return cidr.family === family ? [{ extent: within(other, entry), addresses: cidr.addresses }] : [];
  });
  const stretches = cut(
    extentOf(entry),
    reaching.map(({ extent }) => extent),
  );
  const [first = [], ...rest] = stretches.map((stretch) =>
    union(reaching.flatMap(({ extent, addresses }) => (contains([extent], stretch) ? [addresses] : []))),
  );
  return rest.reduce(intersection, first);
}

/**
 * Whether the group lets in a prefix list to all that an entry reaches. The list counts by name, because its content
 * may change.
 */
const isListed = (list: string, entry: Omit<Entry, 'source'>, there: readonly Entry[]): boolean =>
  contains(
    union(
      there
        .filter((other) => other.source === list && isSameProtocol(other, entry))
        .map((other) => within(other, entry)),
    ),
    extentOf(entry),
  );

function isSameProtocol(other: Pick<Entry, 'protocol'>, entry: Pick<Entry, 'protocol'>): boolean {
  const name = protocolName(other.protocol);
  return name === 'all' || name === protocolName(entry.protocol);
}

/** All traffic reaches whatever there is. */
const within = (other: Entry, entry: Omit<Entry, 'source'>): Interval =>
  protocolName(other.protocol) === 'all' ? extentOf(entry) : extentOf(other);

/** An interval in the pieces that others cut it into. */
function cut({ first, end }: Interval, others: readonly Interval[]): Interval[] {
  const edges = new Set([first, end]);
  for (const other of others) {
    for (const edge of [other.first, other.end]) if (first < edge && edge < end) edges.add(edge);
  }
  const sorted = [...edges].sort((a, b) => Number(a) - Number(b));
  return sorted.slice(1).map((edge, i) => ({ first: sorted[i] ?? first, end: edge }));
}

const intersection = (a: IntervalSet, b: IntervalSet): IntervalSet => subtract(a, subtract(a, b));

function spaceOf(...cidrs: string[]): IntervalSet {
  return union(cidrs.map((cidr) => parseCidr(cidr).addresses));
}
