/** Amazon EC2, of one Region. */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import { AccountError, OWN_CODES } from '../../errors.ts';
import { field, flag, tagList, text, time, whatIsWrong } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { keptTemplates, keptUserData, type TemplateData, templateData, userDataIn } from './kept.ts';

export { natGateways, networkInterfaces, vpcs } from './network.ts';

const ec2 = { name: 'ec2' } as const;

/** The Regions that the account may use, in view or not. With `--all-regions` also those that it has not enabled. */
export const regions = {
  service: ec2,
  api: 'DescribeRegions',
  scope: '*',
  member: 'Regions',
  shape: () =>
    z.pipe(
      z.object({ RegionName: text, OptInStatus: z.nullish(z.string()) }),
      z.transform(({ RegionName, OptInStatus }) => ({
        name: RegionName,
        isEnabled: (OptInStatus ?? '').toLowerCase() !== 'not-opted-in',
      })),
    ),
} as const satisfies Reading;

export const securityGroups = {
  service: ec2,
  api: 'DescribeSecurityGroups',
  regional: true,
  scope: '*',
  member: 'SecurityGroups',
  resource: { type: 'AWS::EC2::SecurityGroup', id: 'GroupId', name: 'GroupName' },
  key: 'id',
  shape: () => securityGroup(),
} as const satisfies Reading;

export const prefixLists = {
  service: ec2,
  api: 'DescribeManagedPrefixLists',
  regional: true,
  scope: '*',
  remembered: true,
  member: 'PrefixLists',
  key: 'id',
  shape: () =>
    z.pipe(
      z.object({ PrefixListId: text, PrefixListName: text, OwnerId: text }),
      z.transform(
        (value): ManagedPrefixList => ({
          id: value.PrefixListId,
          name: value.PrefixListName,
          ownerId: value.OwnerId,
        }),
      ),
    ),
} as const satisfies Reading;

/** The CIDRs of a managed prefix list, AWS's own or a customer's. */
export const prefixListEntries = {
  service: ec2,
  api: 'GetManagedPrefixListEntries',
  regional: true,
  about: {
    options: ['--prefix-list-id'],
    from: [{ reading: securityGroups, id: (answer: Grouped) => prefixListIds(answer) }],
  },
  // AWS's own lists belong to no account.
  scope: [
    'arn:{partition}:ec2:{region}:{account}:prefix-list/*',
    'arn:{partition}:ec2:{region}:aws:prefix-list/*',
  ],
  remembered: true,
  member: 'Entries',
  shape: () => field('Cidr', text),
} as const satisfies Reading;

/** The fields in which prefix lists are looked for. */
export interface Grouped {
  readonly SecurityGroups?: readonly {
    readonly IpPermissions?: readonly {
      readonly PrefixListIds?: readonly { readonly PrefixListId?: string }[];
    }[];
  }[];
}
const prefixListIds = ({ SecurityGroups = [] }: Grouped) =>
  SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions)
    .flatMap(({ PrefixListIds = [] }) => PrefixListIds)
    .map(({ PrefixListId }) => PrefixListId);

/** A group's rules one by one; none when the group does not exist (any more). */
export const securityGroupRules = {
  service: ec2,
  api: 'DescribeSecurityGroupRules',
  regional: true,
  about: { options: ['--filters Name=group-id,Values='], from: 'fix' },
  scope: '*',
  member: 'SecurityGroupRules',
  shape: () => securityGroupRule(),
} as const satisfies Reading;

/** Of every state: an instance that is terminated shows for an hour. */
export const instances = {
  service: ec2,
  api: 'DescribeInstances',
  regional: true,
  scope: '*',
  member: 'Reservations',
  within: 'Instances',
  resource: { type: 'AWS::EC2::Instance', id: 'InstanceId', name: 'InstanceId' },
  key: 'id',
  shape: () =>
    z.pipe(
      z.object({
        InstanceId: text,
        State: field('Name', text),
        LaunchTime: z.nullish(time),
        Tags: tagList,
        IamInstanceProfile: z.nullish(z.object({ Arn: text })),
      }),
      z.transform(
        (value): Instance => ({
          id: value.InstanceId,
          state: value.State.toLowerCase(),
          // Most rules do not ask.
          get launchedAt() {
            if (value.LaunchTime) return value.LaunchTime;
            throw without('ec2:DescribeInstances', value.InstanceId, 'LaunchTime');
          },
          tags: value.Tags,
          ...(value.IamInstanceProfile && { profileArn: value.IamInstanceProfile.Arn }),
        }),
      ),
    ),
} as const satisfies Reading;

const without = (api: string, id: string, member: string): AccountError =>
  new AccountError(OWN_CODES.malformed, api, `${api} of ${id}: ${member} is missing`, id);

/** What is in an instance's user data; `null` when the instance is gone. */
export const userData = {
  service: ec2,
  api: 'DescribeInstanceAttribute',
  regional: true,
  options: '--attribute userData',
  about: {
    options: ['--instance-id'],
    from: [{ reading: instances, id: (answer: Reserved) => runnableIds(answer) }],
  },
  scope: ['arn:{partition}:ec2:{region}:{account}:instance/*'],
  none: ['InvalidInstanceID.NotFound'],
  keeps: (answer: object) => keptUserData(answer),
  shape: () => userDataIn(),
} as const satisfies Reading;

/** The fields in which instances are looked for. */
export interface Reserved {
  readonly Reservations?: readonly {
    readonly Instances?: readonly {
      readonly InstanceId?: string;
      readonly State?: { readonly Name?: string };
    }[];
  }[];
}
const runnableIds = ({ Reservations = [] }: Reserved) =>
  Reservations.flatMap(({ Instances = [] }) => Instances)
    .filter(({ State }) => !isGone({ state: State?.Name ?? '' }))
    .map(({ InstanceId }) => InstanceId);

/** Nobody can start it again. */
export const isGone = ({ state }: Pick<Instance, 'state'>): boolean =>
  ['shutting-down', 'terminated'].includes(state.toLowerCase());

/** The latest and the default version of every launch template. */
export const launchTemplateVersions = {
  service: ec2,
  api: 'DescribeLaunchTemplateVersions',
  regional: true,
  options: "--versions '$Latest' '$Default'",
  scope: '*',
  member: 'LaunchTemplateVersions',
  resource: { type: 'AWS::EC2::LaunchTemplate', id: 'LaunchTemplateId', name: 'LaunchTemplateName' },
  keeps: (answer: object) => keptTemplates(answer),
  shape: () =>
    z.pipe(
      z.object({
        LaunchTemplateId: text,
        LaunchTemplateName: z.nullish(text),
        VersionNumber: z.int(),
        DefaultVersion: flag,
        LaunchTemplateData: templateData(),
      }),
      z.transform(
        (value): LaunchTemplateVersion => ({
          id: value.LaunchTemplateId,
          ...(value.LaunchTemplateName && { name: value.LaunchTemplateName }),
          version: value.VersionNumber,
          isDefault: value.DefaultVersion,
          userData: value.LaunchTemplateData,
        }),
      ),
    ),
} as const satisfies Reading;

export interface Instance {
  readonly id: string;
  /** `pending`, `running`, `stopping`, `stopped`, `shutting-down`, `terminated`. */
  readonly state: string;
  /** When it was last started. */
  readonly launchedAt: Date;
  readonly tags: Tags;
  readonly profileArn?: string;
}

export interface LaunchTemplateVersion {
  /** `lt-…`, of the template. */
  readonly id: string;
  readonly name?: string;
  readonly version: number;
  readonly isDefault: boolean;
  readonly userData: TemplateData;
}

/** A managed prefix list, without its entries. */
export interface ManagedPrefixList {
  readonly id: string;
  /** AWS alone has names that begin with `com.amazonaws.`. */
  readonly name: string;
  /** An account's id, or `AWS`. */
  readonly ownerId: string;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  /** The account that it belongs to. A shared VPC's owner sees the participants' groups, and members those shared with them. */
  readonly ownerId?: string;
  readonly tags: Tags;
  readonly ingress: readonly IngressPermission[];
}

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
  /** Why nobody can tell what it lets in. It has no protocol and no sources then, and hides no other permission. */
  readonly problem?: string;
}

/** A permission that nobody can read. */
export const unreadablePermission = (problem: string): IngressPermission => ({
  protocol: '',
  ipv4: [],
  ipv6: [],
  prefixListIds: [],
  problem,
});

/** What DescribeSecurityGroupRules gives: a permission with one source, and an id. */
export interface SecurityGroupRule {
  /** `sgr-…` */
  readonly id: string;
  readonly isEgress: boolean;
  /** As EC2 gives them: -1 where the protocol has no ports. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** A CIDR, a prefix list (`pl-…`) or a security group (`sg-…`). */
  readonly source: string;
  readonly description?: string;
  readonly tags: Tags;
}

/** Numbers may be texts, and a protocol's number may be a number, as CloudFormation writes them. */
const port = () =>
  z.pipe(
    z.nullish(z.union([z.int(), z.string().check(z.regex(/^-?\d+$/))], 'expected a whole number')),
    z.transform((value) => (value === null || value === undefined ? undefined : Number(value))),
  );
const protocol = () =>
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
 * (aws-facts §1.5). A missing list was cut somewhere, and may have held the internet.
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

/** One that cannot be read says nothing of the others. */
const permissions = () => {
  const one = permission();
  return z.pipe(
    z.array(z.unknown()),
    z.transform((all) =>
      all.map((value, index): IngressPermission => {
        const parsed = z.safeParse(one, value, { reportInput: true });
        if (parsed.success) return parsed.data;
        return unreadablePermission(whatIsWrong(parsed.error, ['IpPermissions', index]));
      }),
    ),
  );
};

const securityGroup = () =>
  z.pipe(
    z.object({
      GroupId: text,
      GroupName: z.nullish(z.string()),
      OwnerId: z.nullish(text),
      Tags: tagList,
      IpPermissions: permissions(),
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

const securityGroupRule = () =>
  z.pipe(
    z.object({
      SecurityGroupRuleId: text,
      IsEgress: flag,
      IpProtocol: protocol(),
      FromPort: port(),
      ToPort: port(),
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
