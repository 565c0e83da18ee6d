/** Amazon EC2, of one Region. */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import { AccountError, OWN_CODES } from '../../errors.ts';
import { field, flag, tagList, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { type IngressPermission, permissions, port, protocol, type UnreadablePermission } from './ingress.ts';
import { keptTemplates, keptUserData, type TemplateData, templateData, userDataIn } from './kept.ts';

export type { IngressPermission, UnreadablePermission } from './ingress.ts';
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
  readonly ingress: readonly (IngressPermission | UnreadablePermission)[];
}

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
