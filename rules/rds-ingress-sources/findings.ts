import type { Messages } from '../rule.ts';

/** Why a range may not come in: the internet, not in allowedCidrs, or in them and too wide. */
export type Why = 'internet' | 'foreign' | 'wide';

interface Wrong {
  /** Of the worst finding only: the engine and the ports, `postgres 5432`. */
  readonly at?: string;
  /** The security group of the database that lets it in. */
  readonly group: string;
}
interface Range extends Wrong {
  /** The CIDR as the group has it. */
  readonly source: string;
}

export interface FromInternet extends Range {
  readonly kind: 'internet';
  /** Whether the database has a public address. */
  readonly isPublic: boolean;
}
export interface Foreign extends Range {
  readonly kind: 'foreign';
}
export interface Wide extends Range {
  readonly kind: 'wide';
  /** The prefix length that passes. */
  readonly widest: number;
}
/** A managed prefix list with an entry that may not come in. */
export interface ByList extends Range {
  readonly kind: 'list';
  /** The worst entry. */
  readonly entry: string;
  readonly why: Why;
  readonly widest: number;
}
export interface GroupSource extends Range {
  readonly kind: 'groupSource';
}
export type Ingress = FromInternet | Foreign | Wide | ByList | GroupSource;

export type IngressFinding =
  | Ingress
  | { readonly kind: 'ofCluster'; readonly cluster: string }
  | { readonly kind: 'noGroups' };

const sentence = ({ at, group }: Wrong, source: string, why: string) =>
  `${at === undefined ? '' : `${at}: `}${source} by ${group} (${why})`;

const WHY: Readonly<Record<Why, (widest: number) => string>> = {
  internet: () => 'the internet',
  foreign: () => 'not in allowedCidrs',
  wide: (widest) => `wider than /${widest}`,
};

export const messages: Messages<IngressFinding> = {
  internet: (one) =>
    sentence(one, one.source, one.isPublic ? 'the internet; publicly accessible' : 'the internet'),
  foreign: (one) => sentence(one, one.source, WHY.foreign(0)),
  wide: (one) => sentence(one, one.source, WHY.wide(one.widest)),
  list: (one) => sentence(one, `${one.entry} of ${one.source}`, WHY[one.why](one.widest)),
  groupSource: (one) => sentence(one, one.source, 'a security group'),
  ofCluster: ({ cluster }) => `is a member of DB cluster ${cluster}, which has the same security groups`,
  noGroups: () => 'has no VPC security group',
};
