/** The ingress permissions of a security group. */
import * as z from 'zod/mini';
import { text, whatIsWrong } from '../../parts.ts';

/** One IpPermission. */
export interface IngressPermission {
  /** As EC2 gives it: `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all. */
  readonly protocol: string;
  /** The first port, or the ICMP type. Absent for protocols without ports. */
  readonly fromPort?: number;
  /** The last port, or the ICMP code. */
  readonly toPort?: number;
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  readonly prefixListIds: readonly string[];
  /** Security groups as sources, which are never the internet: their ids, or a name where there is no id. */
  readonly groups?: readonly string[];
  /** Lists of addresses that the answer leaves out, which is not the same as empty ones. */
  readonly unsaid?: readonly string[];
  /** The answer leaves out the list of security groups. */
  readonly groupsUnsaid?: true;
}

/** A permission of which nobody can tell what it lets in. It says nothing of the others. */
export interface UnreadablePermission {
  /** Why. */
  readonly problem: string;
}

/** Numbers may be texts, and a protocol's number may be a number, as CloudFormation writes them. */
export const port = () =>
  z.pipe(
    z.nullish(z.union([z.int(), z.string().check(z.regex(/^-?\d+$/))], 'expected a whole number')),
    z.transform((value) => (value === null || value === undefined ? undefined : Number(value))),
  );
export const protocol = () =>
  z.pipe(
    z.union([text, z.int()], 'expected the name or the number of a protocol'),
    z.transform((value) => String(value)),
  );
/** What names a source of a permission: the list, and what an element of it has the source's name under. */
const SOURCES = {
  IpRanges: ['CidrIp'],
  Ipv6Ranges: ['CidrIpv6'],
  PrefixListIds: ['PrefixListId'],
  UserIdGroupPairs: ['GroupId', 'GroupName'],
} as const;
type SourceList = keyof typeof SOURCES;

const sources = (name: SourceList) =>
  z.pipe(
    z.nullish(z.array(z.record(z.string(), z.unknown()))),
    z.transform((elements, context) =>
      elements?.map((element) => {
        const [source] = SOURCES[name].flatMap((key) => element[key] ?? []);
        if (typeof source === 'string' && source !== '') return source;
        const message = `an element without ${SOURCES[name].join(' or ')}`;
        context.issues.push({ code: 'custom', message, input: element });
        return z.NEVER;
      }),
    ),
  );

/** A permission's other fields. Any further field that looks like a source makes the permission unreadable. */
const NO_SOURCES = ['IpProtocol', 'FromPort', 'ToPort'];
export const LIKE_A_SOURCE = /cidr|range|prefix|group|source|ipv[46]/i;

/**
 * EC2 prints all four lists of sources with every permission, even empty ones, and has no permission without a source
 * (AWS Config's resource schema). A missing list was cut somewhere, and may have held the internet.
 */
const permission = () =>
  z.pipe(
    z.looseObject({
      IpProtocol: protocol(),
      FromPort: port(),
      ToPort: port(),
      IpRanges: sources('IpRanges'),
      Ipv6Ranges: sources('Ipv6Ranges'),
      PrefixListIds: sources('PrefixListIds'),
      UserIdGroupPairs: sources('UserIdGroupPairs'),
    }),
    z.transform((value, context): IngressPermission => {
      const lists = Object.keys(SOURCES) as SourceList[];
      const strange = Object.keys(value).find(
        (name) => !(name in SOURCES) && !NO_SOURCES.includes(name) && LIKE_A_SOURCE.test(name),
      );
      const missing = lists.filter((name) => value[name] === undefined || value[name] === null);
      if (strange !== undefined || lists.every((name) => !value[name]?.length)) {
        const found = strange === undefined ? '' : `, but ${strange}`;
        const message = `a permission whose sources are not where EC2 prints them (${lists.join(', ')})${found}`;
        context.issues.push({ code: 'custom', message, input: value });
        return z.NEVER;
      }
      const { IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] } = value;
      const { UserIdGroupPairs: groups } = value;
      const unsaid = missing.filter((name) => name !== 'UserIdGroupPairs');
      return {
        protocol: IpProtocol,
        ...(FromPort !== undefined && { fromPort: FromPort }),
        ...(ToPort !== undefined && { toPort: ToPort }),
        ipv4: IpRanges,
        ipv6: Ipv6Ranges,
        prefixListIds: PrefixListIds,
        ...(groups?.length && { groups }),
        ...(!groups && { groupsUnsaid: true }),
        ...(unsaid.length > 0 && { unsaid }),
      };
    }),
  );

/** A group's permissions, each read by itself. */
export const permissions = () => {
  const one = permission();
  return z.pipe(
    z.array(z.unknown()),
    z.transform((all) =>
      all.map((value, index): IngressPermission | UnreadablePermission => {
        const parsed = z.safeParse(one, value, { reportInput: true });
        if (parsed.success) return parsed.data;
        return { problem: whatIsWrong(parsed.error, ['IpPermissions', index]) };
      }),
    ),
  );
};
