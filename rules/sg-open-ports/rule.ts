import type { Ec2, ResourceRef, SecurityGroup } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import { accountResource } from '../evaluate.ts';
import { attempt, compliant, couldNotTell, nonCompliant, notApplicable, unjudged } from '../judgement.ts';
import { boolean, integer, optionalText, parameter, portRanges } from '../parameters.ts';
import { defineRule, every, type Judgement, onChange } from '../rule.ts';
import { unlessTagged } from '../shared/exemption.ts';
import { noRegionInView } from '../shared/regions.ts';
import { openings } from './exposure.ts';
import { messages, type SgFinding } from './findings.ts';
import { fix } from './fix.ts';
import { type ListAddresses, readIngress, readList, sourcesOf } from './ingress.ts';
import { type Policy, policyOf } from './policy.ts';

const parameters = {
  allowedTcpPorts: parameter(portRanges(), '80,443', {
    en: 'TCP ports and ranges that the internet may reach, such as `80,443,8000-8100`',
    ko: '인터넷에 열어 두어도 되는 TCP 포트와 범위. 예: `80,443,8000-8100`',
  }),
  allowedUdpPorts: parameter(portRanges(), '', {
    en: 'UDP ports and ranges that the internet may reach',
    ko: '인터넷에 열어 두어도 되는 UDP 포트와 범위',
  }),
  allowIcmp: parameter(boolean(), 'true', {
    en: 'Whether the internet may send ICMP and ICMPv6',
    ko: '인터넷에서 들어오는 ICMP와 ICMPv6를 허용할지 여부',
  }),
  maxPublicPrefixV4: parameter(integer(0, 32), '16', {
    en: 'The widest public IPv4 range that is not the internet yet, as a prefix length',
    ko: '아직 인터넷으로 보지 않는 가장 넓은 공인 IPv4 범위(프리픽스 길이)',
  }),
  maxPublicPrefixV6: parameter(integer(0, 128), '32', {
    en: 'The widest public IPv6 range that is not the internet yet, as a prefix length',
    ko: '아직 인터넷으로 보지 않는 가장 넓은 공인 IPv6 범위(프리픽스 길이)',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Groups with a tag of this key are not judged',
    ko: '이 키의 태그가 붙은 보안 그룹은 판정하지 않음',
  }),
};

/** No security group lets the internet reach a port that is not meant for it. */
export default defineRule<typeof parameters, SgFinding>({
  id: 'sg-open-ports',
  severity: 'HIGH',
  resourceTypes: ['AWS::EC2::SecurityGroup'],
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  reads: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
  parameters,
  messages,

  async *judge(account, values, { resource }) {
    const policy = policyOf(values);
    if (!resource && account.regions.length === 0) {
      yield couldNotTell(
        accountResource(account),
        noRegionInView('ec2:DescribeSecurityGroups', 'security groups'),
      );
    }
    for (const region of resource ? [resource.region] : account.regions) {
      const ec2 = account.ec2(region);
      const addressesOf = listReader(ec2);
      try {
        for await (const group of resource ? one(ec2, resource.id) : ec2.securityGroups()) {
          const ref = resourceOf(group, region);
          const { ownerId: owner } = group;
          if (owner !== undefined && owner !== account.id) {
            yield notApplicable(ref, [{ kind: 'foreignGroup', owner }]);
            continue;
          }
          const judgement = await attempt(ref, () =>
            unlessTagged(
              ref,
              values.exemptTagKey,
              () => group.tags,
              () => judgeGroup(group, ref, policy, addressesOf),
            ),
          );
          if (judgement) yield judgement;
        }
      } catch (error) {
        // A Region that cannot be listed is not the end of the others.
        if (resource) yield couldNotTell(resource, error);
        else yield* unjudged({ ...accountResource(account), region }, error);
      }
    }
  },

  fix,
});

const resourceOf = ({ id, name }: SecurityGroup, region: string): ResourceRef => ({
  type: 'AWS::EC2::SecurityGroup',
  id,
  ...(name !== '' && { name }),
  region,
});

async function* one(ec2: Ec2, id: string): AsyncGenerator<SecurityGroup> {
  const group = await ec2.securityGroup(id);
  if (group) yield group;
}

/** The addresses of a prefix list, as far as they could be read, and why there may be more. */
interface ReadList {
  readonly addresses: ListAddresses;
  readonly error?: AccountError;
}
type ListReader = (id: string) => Promise<ReadList>;

/** Reads each prefix list once, however many groups use it. */
function listReader(ec2: Ec2): ListReader {
  const lists = new Map<string, ReturnType<ListReader>>();
  const read = async (id: string): Promise<ReadList> => {
    const { values, errors } = await partial(ec2.prefixListEntries(id));
    const [error] = errors;
    try {
      return { addresses: readList(values), ...(error && { error }) };
    } catch (problem) {
      const unreadable = malformed('ec2:GetManagedPrefixListEntries', id, problem as Error);
      return { addresses: readList([]), error: unreadable };
    }
  };
  return (id) => {
    const list = lists.get(id) ?? read(id);
    lists.set(id, list);
    return list;
  };
}

async function judgeGroup(
  group: SecurityGroup,
  resource: ResourceRef,
  policy: Policy,
  addressesOf: ListReader,
): Promise<Judgement<SgFinding>> {
  const { sources, lists, problem } = readIngress(group.ingress, policy);
  const known = [...sources];
  let unread: AccountError | undefined;
  for (const list of lists) {
    const { addresses, error } = await addressesOf(list.id);
    known.push(...sourcesOf(list, addresses));
    unread ??= error;
  }

  const open = openings(known, policy);
  if (open.length > 0) return nonCompliant(resource, open);
  if (problem) return couldNotTell(resource, malformed('ec2:DescribeSecurityGroups', group.id, problem));
  // `lists` has only those whose addresses matter: were this one the whole internet, the group would be open.
  if (unread) return couldNotTell(resource, unread);
  return compliant(resource);
}

const malformed = (api: AccountError['api'], id: string, { message }: Error) =>
  new AccountError(OWN_CODES.malformed, api, `${api} of ${id}: ${message}`, id);
