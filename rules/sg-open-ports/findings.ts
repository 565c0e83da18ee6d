import type { Family } from '../shared/addresses.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';

/** One source of one ingress permission: what EC2 calls a security group rule, and what a fix revokes. */
export interface OpenRule {
  /** IpProtocol, FromPort and ToPort as the group has them. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly family: Family;
  /** The CIDR as the group has it, or the prefix list's id. */
  readonly source: string;
}

/** Part of every finding: who can come in, and through which rules. */
interface Open {
  readonly families: readonly Family[];
  /** CIDRs and prefix lists, IPv4 first and widest first. */
  readonly sources: readonly string[];
  readonly rules: readonly OpenRule[];
  /** AWS's own prefix lists among the sources, by id: what they are called. It has only those whose names were read. */
  readonly awsLists?: Readonly<Record<string, string>>;
}

/** A permission of protocol -1: every port of every protocol. */
export interface AllTraffic extends Open {
  readonly kind: 'allTraffic';
}
export interface OpenPorts extends Open {
  readonly kind: 'openPorts';
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
}
export interface OpenIcmp extends Open {
  readonly kind: 'openIcmp';
  readonly protocol: 'icmp' | 'icmpv6';
  readonly fromType: number;
  readonly toType: number;
}
/** A protocol without ports: GRE, ESP, … */
export interface OpenProtocol extends Open {
  readonly kind: 'openProtocol';
  /** Its name, or its number where it has no common name. */
  readonly protocol: string;
}
export type Opening = AllTraffic | OpenPorts | OpenIcmp | OpenProtocol;
/**
 * A group of another account. This account sees it because it owns the shared VPC, or because the group is shared
 * with it.
 */
export interface ForeignGroup {
  readonly kind: 'foreignGroup';
  /** The account that it belongs to. */
  readonly owner: string;
}
export type SgFinding = Opening | ForeignGroup | Exempt;

export const isOpening = (finding: SgFinding): finding is Opening => 'rules' in finding;

/** `tcp 22`, `tcp 81-442`, `icmp type 8`, `gre`, `protocol 99`. */
function whatIsOpen(finding: Opening): string {
  switch (finding.kind) {
    case 'allTraffic':
      return 'all traffic';
    case 'openPorts':
      return `${finding.protocol} ${span(finding.fromPort, finding.toPort)}`;
    case 'openIcmp':
      return finding.fromType === 0 && finding.toType === 255
        ? finding.protocol
        : `${finding.protocol} type ${span(finding.fromType, finding.toType)}`;
    case 'openProtocol':
      return /^\d+$/.test(finding.protocol) ? `protocol ${finding.protocol}` : finding.protocol;
  }
}
export const span = (from: number, to: number) => (from === to ? `${from}` : `${from}-${to}`);

/** The widest source of each family, by the name that AWS gives its own lists, and how many more there are. */
export function widest({ families, sources, rules, awsLists = {} }: Opening) {
  const names = [
    ...new Set(families.map((family) => rules.find((rule) => rule.family === family)?.source as string)),
  ];
  const shown = names.map((source) => ({ source, awsName: awsLists[source] }));
  return { shown, more: sources.length - names.length };
}

/** `0.0.0.0/0 and ::/0`, `0.0.0.0/1 and 1 more`. */
function whoCanReach(finding: Opening): string {
  const { shown, more } = widest(finding);
  const named = shown.map(({ source, awsName }) =>
    awsName === undefined ? source : `${source} (AWS-managed ${awsName})`,
  );
  if (more === 0) return named.join(' and ');
  return `${named.join(', ')} and ${more} more`;
}

const sentence = (finding: Opening) => `${whatIsOpen(finding)} open to ${whoCanReach(finding)}`;

export const messages = {
  allTraffic: sentence,
  openPorts: sentence,
  openIcmp: sentence,
  openProtocol: sentence,
  foreignGroup: ({ owner }: ForeignGroup) => `security group of account ${owner}, and judged there`,
  exempt: exemptMessage,
};

/** Administration and databases, the worst to leave open first. */
const SENSITIVE_PORTS = [
  22, 3389, 3306, 5432, 1433, 1521, 27017, 6379, 9200, 11211, 445, 23, 21, 5601, 2375, 5900,
];

/** Sort keys, compared one after the other; less is worse. */
function badness(finding: Opening): readonly number[] {
  switch (finding.kind) {
    case 'allTraffic':
      return [0];
    case 'openPorts': {
      const { fromPort, toPort } = finding;
      const sensitive = SENSITIVE_PORTS.findIndex((port) => port >= fromPort && port <= toPort);
      return [
        sensitive >= 0 ? 1 : 2,
        sensitive,
        fromPort - toPort,
        finding.protocol === 'tcp' ? 0 : 1,
        fromPort,
      ];
    }
    case 'openProtocol':
      return [3];
    case 'openIcmp':
      return [4, finding.fromType - finding.toType, finding.fromType];
  }
}

/** Worst first, in the same order however the group lists its permissions. */
export function worstFirst(findings: readonly Opening[]): Opening[] {
  if (findings.length < 2) return [...findings];
  const keyed = findings.map((finding) => ({ finding, keys: badness(finding), text: sentence(finding) }));
  keyed.sort((a, b) => {
    for (const [i, key] of a.keys.entries()) {
      const difference = key - (b.keys[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  });
  return keyed.map(({ finding }) => finding);
}
