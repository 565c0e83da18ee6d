import { has } from '../../account/laid.ts';
import {
  type IngressPermission,
  LIKE_A_SOURCE,
  type UnreadablePermission,
} from '../../account/services/ec2/ingress.ts';
import { type SecurityGroup, securityGroups } from '../../account/services/ec2/readings.ts';
import {
  type Fields,
  fieldsOf,
  InvalidItemError,
  isFields,
  list,
  optionalInteger,
  optionalList,
  optionalText,
  type Writable,
  wrong,
} from './fields.ts';
import type { ItemReader, Recorded } from './read.ts';

/** AWS Config's form (awslabs/aws-config-resource-schema). */
export function recordedSecurityGroup({ item, configuration, at, tags }: Recorded): SecurityGroup {
  const ownerId = optionalText(configuration, 'ownerId', at);
  return {
    id: item.id,
    name: optionalText(configuration, 'groupName', at) ?? item.name ?? '',
    ...(ownerId !== undefined && { ownerId }),
    tags,
    ingress: list(configuration, 'ipPermissions', at).map((permission, index) =>
      orUnreadable(() => recordedPermission(permission, `${at}.ipPermissions[${index}]`)),
    ),
  };
}

/** A permission that cannot be read says nothing of the others. */
function orUnreadable(read: () => IngressPermission): IngressPermission | UnreadablePermission {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidItemError)) throw error;
    return { problem: error.message };
  }
}

/** A permission's known fields. Another field that looks like a source makes the permission unreadable. */
const KNOWN = new Set([
  ...['ipProtocol', 'fromPort', 'toPort'],
  ...['ipRanges', 'ipv4Ranges', 'ipv6Ranges', 'prefixListIds', 'userIdGroupPairs'],
]);

function recordedPermission(value: unknown, at: string): IngressPermission {
  const fields = fieldsOf(value, at);
  for (const name of Object.keys(fields)) {
    if (!KNOWN.has(name) && LIKE_A_SOURCE.test(name)) {
      throw new InvalidItemError(`${at}.${name}`, 'is a source in a form that AWS Config does not have');
    }
  }
  // `ipRanges` is older than `ipv4Ranges`; newer items have both, with the same content.
  const ipv4 = merged(sources(fields, 'ipRanges', 'cidrIp', at), sources(fields, 'ipv4Ranges', 'cidrIp', at));
  const ipv6 = sources(fields, 'ipv6Ranges', 'cidrIpv6', at);
  const prefixListIds = sources(fields, 'prefixListIds', 'prefixListId', at);
  const groups = optionalList(fields, 'userIdGroupPairs', at);
  const named = groups.map((group, index) => {
    const name = isFields(group) ? (group.groupId ?? group.groupName) : undefined;
    if (isGiven(name)) return String(name);
    throw wrong(`${at}.userIdGroupPairs[${index}]`, group, 'an object with groupId');
  });
  if (ipv4.length + ipv6.length + prefixListIds.length + groups.length === 0) throw sourceless(at);
  const read = permission(
    fields,
    { protocol: 'ipProtocol', from: 'fromPort', to: 'toPort' },
    { ipv4, ipv6, prefixListIds },
    at,
  );
  const unsaid = unsaidIn(fields);
  return {
    ...read,
    ...(named.length > 0 && { groups: named }),
    ...(!isGiven(fields.userIdGroupPairs) && { groupsUnsaid: true }),
    ...(unsaid && { unsaid }),
  };
}

/**
 * The lists that an item must have, empty or not; one of 2016 lacks `ipv4Ranges` and `ipv6Ranges` (AWS Config's
 * resource schema).
 */
const LISTS = { since2017: ['ipv6Ranges', 'prefixListIds'], before: ['ipRanges', 'prefixListIds'] };

function unsaidIn(fields: Fields): readonly string[] | undefined {
  const unsaid = LISTS[isGiven(fields.ipv4Ranges) ? 'since2017' : 'before'].filter(
    (name) => !isGiven(fields[name]),
  );
  return unsaid.length > 0 ? unsaid : undefined;
}

/** CloudFormation's form. Without SecurityGroupIngress nothing gets in. */
export const proposedSecurityGroup = ({ item, configuration, at, tags }: Recorded): SecurityGroup => ({
  id: item.id,
  name: optionalText(configuration, 'GroupName', at) ?? item.name ?? '',
  tags,
  ingress: optionalList(configuration, 'SecurityGroupIngress', at).map((rule, index) =>
    orUnreadable(() => proposedPermission(rule, `${at}.SecurityGroupIngress[${index}]`)),
  ),
});

const OTHER_GROUPS = ['SourceSecurityGroupId', 'SourceSecurityGroupName'];

function proposedPermission(value: unknown, at: string): IngressPermission {
  const fields = fieldsOf(value, at);
  const only = (name: string) => {
    const source = optionalText(fields, name, at);
    return source === undefined ? [] : [source];
  };
  const from = { ipv4: only('CidrIp'), ipv6: only('CidrIpv6'), prefixListIds: only('SourcePrefixListId') };
  const groups = OTHER_GROUPS.flatMap((name) => (isGiven(fields[name]) ? [String(fields[name])] : []));
  if (from.ipv4.length + from.ipv6.length + from.prefixListIds.length + groups.length === 0) {
    throw sourceless(at);
  }
  const read = permission(fields, { protocol: 'IpProtocol', from: 'FromPort', to: 'ToPort' }, from, at);
  return groups.length > 0 ? { ...read, groups } : read;
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** EC2 has no permission without a source: one without was cut somewhere, and may be open to the world. */
const sourceless = (at: string) =>
  new InvalidItemError(at, 'names no source: no range, no prefix list and no group');

function permission(
  fields: Fields,
  names: { readonly protocol: string; readonly from: string; readonly to: string },
  { ipv4, ipv6, prefixListIds }: Pick<IngressPermission, 'ipv4' | 'ipv6' | 'prefixListIds'>,
  at: string,
): IngressPermission {
  const protocol = fields[names.protocol];
  if ((typeof protocol !== 'string' || protocol === '') && !Number.isSafeInteger(protocol)) {
    throw wrong(`${at}.${names.protocol}`, protocol, 'the name or the number of a protocol');
  }
  const read: Writable<IngressPermission> = { protocol: String(protocol), ipv4, ipv6, prefixListIds };
  const fromPort = optionalInteger(fields, names.from, at);
  if (fromPort !== undefined) read.fromPort = fromPort;
  const toPort = optionalInteger(fields, names.to, at);
  if (toPort !== undefined) read.toPort = toPort;
  return read;
}

/** A list of texts, or of objects that have the text under a key. */
function sources(fields: Fields, name: string, key: string, at: string): readonly string[] {
  const given = optionalList(fields, name, at);
  return given.length === 0
    ? NONE
    : given.map((source, index) => sourceOf(source, key, `${at}.${name}`, index));
}

function sourceOf(source: unknown, key: string, at: string, index: number): string {
  const value = isFields(source) ? source[key] : source;
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(`${at}[${index}]`, value, `a text, or an object with ${key}`);
}

const NONE: readonly string[] = [];

function merged(one: readonly string[], other: readonly string[]): readonly string[] {
  if (one.length === 0) return other;
  return one.length === 1 && other.length === 1 && one[0] === other[0]
    ? one
    : [...new Set([...one, ...other])];
}

export const securityGroupItem: ItemReader = {
  type: 'AWS::EC2::SecurityGroup',
  recorded: (recorded) => ({ securityGroup: recordedSecurityGroup(recorded) }),
  proposed: (recorded) => ({ securityGroup: proposedSecurityGroup(recorded) }),
  answers: ({ resource: { region, id }, securityGroup }) =>
    has(securityGroups, { region }, id, securityGroup),
};
