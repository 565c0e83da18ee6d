/** What EC2 says of security groups. */
import * as z from 'zod/mini';
import type { IngressPermission, SecurityGroup, SecurityGroupRule } from '../account.ts';
import { flag, tagList, text } from './parts.ts';

/** Numbers may come as texts, and a protocol's number as a number: CloudFormation and those who follow it do so. */
const port = z.pipe(
  z.nullish(z.union([z.int(), z.string().check(z.regex(/^-?\d+$/))], 'expected a whole number')),
  z.transform((value) => (value === null || value === undefined ? undefined : Number(value))),
);
const protocol = z.pipe(
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

/** A permission's other fields. One beside these that looks like a source is in a form that EC2 does not print. */
const NO_SOURCES = ['IpProtocol', 'FromPort', 'ToPort'];
export const LIKE_A_SOURCE = /cidr|range|prefix|group|source|ipv[46]/i;

/**
 * EC2 prints all four lists of sources with every permission, empty ones too, and knows no permission without a source
 * (aws-facts §1.5). What is missing got lost on the way, and may have been the internet.
 */
const permission = z.pipe(
  z.looseObject({
    IpProtocol: protocol,
    FromPort: port,
    ToPort: port,
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
    const unsaid = missing.filter((name) => name !== 'UserIdGroupPairs');
    return {
      protocol: IpProtocol,
      ...(FromPort !== undefined && { fromPort: FromPort }),
      ...(ToPort !== undefined && { toPort: ToPort }),
      ipv4: IpRanges,
      ipv6: Ipv6Ranges,
      prefixListIds: PrefixListIds,
      ...(unsaid.length > 0 && { unsaid }),
    };
  }),
);

export const securityGroup = z.pipe(
  z.object({
    GroupId: text,
    GroupName: z.nullish(z.string()),
    OwnerId: z.nullish(text),
    Tags: tagList,
    IpPermissions: z.array(permission),
  }),
  z.transform(
    (group): SecurityGroup => ({
      id: group.GroupId,
      name: group.GroupName ?? '',
      ...(group.OwnerId && { ownerId: group.OwnerId }),
      tags: group.Tags,
      ingress: group.IpPermissions,
    }),
  ),
);

export const securityGroupRule = z.pipe(
  z.object({
    SecurityGroupRuleId: text,
    IsEgress: flag,
    IpProtocol: protocol,
    FromPort: port,
    ToPort: port,
    CidrIpv4: z.nullish(text),
    CidrIpv6: z.nullish(text),
    PrefixListId: z.nullish(text),
    ReferencedGroupInfo: z.nullish(z.object({ GroupId: text })),
    Description: z.nullish(z.string()),
    Tags: tagList,
  }),
  z.transform((rule, context): SecurityGroupRule => {
    const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = rule;
    const source = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId;
    if (!source) {
      context.issues.push({ code: 'custom', message: 'a rule without a source', input: rule });
      return z.NEVER;
    }
    return {
      id: rule.SecurityGroupRuleId,
      isEgress: rule.IsEgress,
      protocol: rule.IpProtocol,
      ...(rule.FromPort !== undefined && { fromPort: rule.FromPort }),
      ...(rule.ToPort !== undefined && { toPort: rule.ToPort }),
      source,
      ...(rule.Description && { description: rule.Description }),
      tags: rule.Tags,
    };
  }),
);
