/** Security groups with their ingress rules, and prefix lists. */
import { prefixListEntries, prefixLists, securityGroups } from '../../services/ec2/readings.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { isMap, isUnknown, type Known, textOf, type Value } from '../unknown.ts';
import { type Answer, type Bound, calledBy, is, type Kind, listOf, mayBe, tags } from './kind.ts';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const LIST = 'AWS::EC2::PrefixList';

const ANYWHERE = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
const NOWHERE = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
const ALL = { IpProtocol: '-1' };

/** A permission as EC2 prints it; `undefined` where it may not be there at all. */
function permission(rule: Value, bound: Bound): object | undefined {
  const anything = bound === 'best' ? undefined : { ...ALL, ...NOWHERE, ...ANYWHERE };
  if (isUnknown(rule)) return anything;
  if (!isMap(rule)) return { IpProtocol: null };
  const { IpProtocol: protocol, FromPort: from = null, ToPort: to = null } = rule;
  const isOpen = [protocol, from, to].some(isUnknown);
  if (isOpen && bound === 'best') return undefined;
  const reach = isOpen ? ALL : { IpProtocol: protocol, FromPort: from, ToPort: to };
  const sources = sourcesOf(rule, bound);
  return sources && { ...reach, ...sources };
}

function sourcesOf(rule: Known, bound: Bound): object | undefined {
  const { CidrIp, CidrIpv6, SourcePrefixListId: list } = rule;
  const given = [CidrIp, CidrIpv6, list].filter((one) => one !== undefined && one !== null);
  const groups = [rule.SourceSecurityGroupId, rule.SourceSecurityGroupName]
    .filter((one) => one !== undefined && one !== null)
    .map((one) => ({ GroupId: isUnknown(one) ? calledBy(one) : textOf(one) }));
  if (given.length + groups.length === 0) return NOWHERE;
  const [v4, v6, id] = [CidrIp, CidrIpv6, list].map((one) => (isUnknown(one) ? one : textOf(one)));
  const isWorst = bound === 'worst';
  const sources = {
    IpRanges:
      isUnknown(v4) || isUnknown(id) ? (isWorst ? ANYWHERE.IpRanges : []) : v4 ? [{ CidrIp: v4 }] : [],
    Ipv6Ranges:
      isUnknown(v6) || isUnknown(id) ? (isWorst ? ANYWHERE.Ipv6Ranges : []) : v6 ? [{ CidrIpv6: v6 }] : [],
    PrefixListIds: isUnknown(id) || !id ? [] : [{ PrefixListId: id }],
    UserIdGroupPairs: groups,
  };
  return Object.values(sources).some((some) => some.length > 0) ? sources : undefined;
}

function answers(stack: Stack, bound: Bound): Answer[] {
  const ingress = stack.ofType(INGRESS).map((rule) => [rule, stack.properties(rule)] as const);
  const groups = stack.ofType(GROUP);
  const isOf = (group: TemplateResource, { GroupId: id, GroupName: name }: Known) => {
    const fits = bound === 'best' ? is : mayBe;
    return fits(id, group.id) || fits(name, stack.nameOf(group));
  };
  const printed = groups.map((group) => {
    const own = stack.properties(group);
    const rules: Value[] = [
      ...listOf(own.SecurityGroupIngress),
      ...ingress.filter(([, rule]) => isOf(group, rule)).map(([, rule]) => rule),
    ];
    return printedGroup(group, stack.nameOf(group), own, rules, bound);
  });
  // A rule of a group that is elsewhere is judged by itself.
  const elsewhere = ingress
    .filter(
      ([, rule]) =>
        !groups.some((group) => mayBe(rule.GroupId, group.id) || mayBe(rule.GroupName, stack.nameOf(group))),
    )
    .map(([resource, rule]) => printedGroup(resource, '', {}, [rule], bound));
  const target = { region: stack.region };
  const lists = stack.ofType(LIST).map((list) => [list, stack.properties(list)] as const);
  return [
    { reading: securityGroups, target, value: { SecurityGroups: [...printed, ...elsewhere] } },
    {
      reading: prefixLists,
      target,
      value: {
        PrefixLists: lists.map(([list]) => ({
          PrefixListId: list.id,
          PrefixListName: stack.nameOf(list),
          OwnerId: stack.accountId,
        })),
      },
    },
    ...lists.map(
      ([list, { Entries: entries }]): Answer => ({
        reading: prefixListEntries,
        target: { ...target, id: list.id },
        value: {
          Entries: isUnknown(entries)
            ? ENTRIES[bound]
            : listOf(entries).flatMap((one) => {
                if (isUnknown(one) || (isMap(one) && isUnknown(one.Cidr))) return ENTRIES[bound];
                return [{ Cidr: isMap(one) ? one.Cidr : one }];
              }),
        },
      }),
    ),
  ];
}

const ENTRIES = { best: [], worst: [{ Cidr: '0.0.0.0/0' }, { Cidr: '::/0' }] };

const printedGroup = (
  { id }: TemplateResource,
  name: string,
  own: Known,
  rules: readonly Value[],
  bound: Bound,
) => ({
  GroupId: id,
  GroupName: name === id ? '' : name,
  Tags: tags(own.Tags),
  IpPermissions: rules.flatMap((rule) => permission(rule, bound) ?? []),
});

export const securityGroupKind: Kind = {
  types: { [GROUP]: GROUP, [INGRESS]: GROUP },
  readings: [securityGroups, prefixLists, prefixListEntries],
  answers,
};
