import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  type prefixListEntries,
  type SecurityGroup,
  securityGroups,
} from '../../account/services/ec2/readings.ts';
import type { Database } from '../../account/services/rds/readings.ts';
import { compliant, couldNotTell, nonCompliant, notApplicable } from '../judgement.ts';
import type { Judgement } from '../rule.ts';
import { type Cidr, parseCidr } from '../shared/addresses.ts';
import { INSTANCE } from '../shared/databases.ts';
import { type Filter, readIngress } from '../shared/ingress.ts';
import { intersects } from '../shared/intervals.ts';
import { ALL_PORTS } from '../shared/ports.ts';
import { type Lists, malformed, openLists } from '../shared/prefix-lists.ts';
import type { Ingress, IngressFinding, Why } from './findings.ts';
import { type Policy, whyNot } from './policy.ts';

/** A Region's security groups and prefix lists, each read once, however many databases there are. */
export interface Network {
  /** @throws {AccountError} where the group cannot be read, or is not in the list. */
  group(id: string): Promise<SecurityGroup>;
  readonly lists: Pick<Lists<readonly Cidr[]>, 'entries'>;
}

export function openNetwork(
  account: Account<typeof securityGroups | typeof prefixListEntries>,
  region: string,
): Network {
  let known: Promise<{ groups: Map<string, SecurityGroup>; errors: readonly AccountError[] }> | undefined;
  const read = async () => {
    const { values, errors } = await partial(account.each(securityGroups, { region }));
    return { groups: new Map(values.map((group) => [group.id, group])), errors };
  };
  return {
    async group(id) {
      known ??= read();
      const { groups, errors } = await known;
      const group = groups.get(id);
      if (group) return group;
      const api = 'ec2:DescribeSecurityGroups';
      const error = errors.find(({ resource }) => resource === id) ?? errors[0];
      const why = error ? `: ${error.message}` : ': it is gone, or belongs to another account';
      throw new AccountError(
        error?.code ?? OWN_CODES.incomplete,
        api,
        `${api} in ${region} does not have ${id}${why}`,
        id,
      );
    },
    lists: openLists(account, region, (entries) => entries.map(parseCidr)),
  };
}

/** Judges who reaches the ports of a database through its security groups. */
export async function judgeDatabase(
  database: Database,
  resource: ResourceRef,
  policy: Policy,
  network: Network,
): Promise<Judgement<IngressFinding>> {
  const { cluster, securityGroups: members } = database;
  if (resource.type === INSTANCE && cluster !== undefined) {
    return notApplicable(resource, [{ kind: 'ofCluster', cluster }]);
  }
  if (members.length === 0) return notApplicable(resource, [{ kind: 'noGroups' }]);

  const found: Ingress[] = [];
  const doubts: AccountError[] = [];
  const ids = members.filter(({ status }) => status?.toLowerCase() !== 'removing').map(({ id }) => id);
  for (const id of new Set(ids)) {
    try {
      const group = await network.group(id);
      const seen = await look(group, database, policy, network);
      found.push(...seen.found);
      doubts.push(...seen.doubts);
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      doubts.push(error);
    }
  }
  if (found.length > 0) return nonCompliant(resource, inOrder(found, database));
  const [doubt] = doubts;
  return doubt ? couldNotTell(resource, doubt) : compliant(resource);
}

/** The permissions that reach a port of the database: of `tcp`, and of all traffic. */
const filterOf = ({ ports }: Database, { groups }: Policy): Filter => ({
  protocols: ['tcp', 'all'],
  reaches: ({ protocol, reach }) => protocol === 'all' || intersects([reach], portsOf(ports)),
  addresses: ({ addresses }) => [addresses],
  groups: !groups,
});

/** A database that is being created has no port yet: every one may become it. */
const portsOf = (ports: readonly number[]) =>
  ports.length === 0 ? [ALL_PORTS] : ports.map((port) => ({ first: port, end: port + 1 }));

/** What one group lets in that may not come in, and what of it cannot be read. */
async function look(
  { id: group, ingress }: SecurityGroup,
  database: Database,
  policy: Policy,
  { lists }: Network,
): Promise<{ readonly found: readonly Ingress[]; readonly doubts: readonly AccountError[] }> {
  const read = readIngress(ingress, filterOf(database, policy));
  const doubts = read.problem ? [malformed('ec2:DescribeSecurityGroups', group, read.problem)] : [];
  const found = new Map<string, Ingress>();
  for (const { name: source } of read.sources) {
    const cidr = parseCidr(source);
    const why = whyNot(cidr, policy);
    if (why) found.set(source, ofRange(why, { source, group }, cidr, database, policy));
  }
  for (const id of new Set(read.lists.map((list) => list.id))) {
    const { addresses: entries, error } = await lists.entries(id);
    const worst = worstOf(entries, policy);
    if (worst) found.set(id, { kind: 'list', source: id, group, ...worst });
    else if (error) doubts.push(error);
  }
  for (const { id } of read.groups) found.set(id, { kind: 'groupSource', source: id, group });
  return { found: [...found.values()], doubts };
}

function ofRange(
  why: Why,
  where: { readonly source: string; readonly group: string },
  { family }: Cidr,
  { isPublic }: Database,
  { prefixes }: Policy,
): Ingress {
  if (why === 'internet') return { kind: why, ...where, isPublic };
  return why === 'wide' ? { kind: why, ...where, widest: prefixes[family] } : { kind: why, ...where };
}

const WORST: readonly Why[] = ['internet', 'foreign', 'wide'];

function worstOf(entries: readonly Cidr[], policy: Policy) {
  const wrong = entries.flatMap((cidr) => {
    const why = whyNot(cidr, policy);
    return why ? [{ entry: cidr.text, why, widest: policy.prefixes[cidr.family] }] : [];
  });
  return wrong.sort((a, b) => WORST.indexOf(a.why) - WORST.indexOf(b.why))[0];
}

/** The internet first, then what is not allowed, what is too wide, and groups; the first says of what database. */
function inOrder(found: readonly Ingress[], { engine, ports }: Database): IngressFinding[] {
  const badness = (one: Ingress) =>
    [...WORST, 'groupSource'].indexOf(one.kind === 'list' ? one.why : one.kind);
  const text = ({ source, group }: Ingress) => `${source} ${group}`;
  const sorted = [...found].sort((a, b) => badness(a) - badness(b) || (text(a) < text(b) ? -1 : 1));
  const at = `${engine} ${ports.join(', ') || 'on any port'}`;
  return sorted.map((one, index) => (index === 0 ? { ...one, at } : one));
}
