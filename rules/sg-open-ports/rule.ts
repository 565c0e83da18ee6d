import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import {
  prefixListEntries,
  prefixLists,
  type SecurityGroup,
  securityGroups,
} from '../../account/services/ec2/readings.ts';
import { accountResource } from '../evaluate.ts';
import { attempt, compliant, couldNotTell, nonCompliant, notApplicable, unjudged } from '../judgement.ts';
import { awsPrefixLists, boolean, integer, optionalText, parameter, portRanges } from '../parameters.ts';
import { defineRule, every, type Judgement, onChange } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { unlessTagged } from '../shared/exemption.ts';
import { readIngress } from '../shared/ingress.ts';
import { isNamed, type Lists, malformed, openLists, openNames } from '../shared/prefix-lists.ts';
import { noRegionInView } from '../shared/regions.ts';
import { openings } from './exposure.ts';
import { messages, type Opening, type SgFinding } from './findings.ts';
import { fix } from './fix.ts';
import { type ListAddresses, readList, sourcesOf } from './list-sources.ts';
import { filterOf, type Policy, policyOf } from './policy.ts';

const parameters = {
  allowedTcpPorts: parameter(
    portRanges(),
    '80,443',
    {
      en: 'TCP ports and ranges that the internet may reach, such as `80,443,8000-8100`',
      ko: '인터넷에 열어 두어도 되는 TCP 포트와 범위. 예: `80,443,8000-8100`',
    },
    { isTunable: true },
  ),
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
  allowedAwsPrefixLists: parameter(awsPrefixLists(), '', {
    en: "Names of AWS's own prefix lists that may come in, such as `com.amazonaws.*.s3`, separated by commas",
    ko: '들어와도 되는 AWS 관리형 접두사 목록의 이름(쉼표로 구분). 예: `com.amazonaws.*.s3`',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Groups with a tag of this key are not judged',
    ko: '이 키의 태그가 붙은 보안 그룹은 판정하지 않음',
  }),
};

/** No security group lets the internet reach a port that is not meant for it. */
export default defineRule<typeof parameters, SgFinding>()({
  id: 'sg-open-ports',
  severity: 'HIGH',
  resourceTypes: ['AWS::EC2::SecurityGroup'],
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  reads: [securityGroups, prefixListEntries, prefixLists],
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
    yield* inRegions(account, resource ? [resource.region] : account.regions, async function* (region) {
      const criteria = {
        policy,
        lists: { ...openLists(account, region, readList), ...openNames(account, region) },
        allowedLists: values.allowedAwsPrefixLists,
        names: !resource,
      };
      try {
        for await (const group of resource
          ? one(account, resource)
          : account.each(securityGroups, { region })) {
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
              () => judgeGroup(group, ref, criteria),
            ),
          );
          if (judgement) yield judgement;
        }
      } catch (error) {
        // If the list of one Region fails, the others are still judged.
        if (resource) yield couldNotTell(resource, error);
        else yield* unjudged({ ...accountResource(account), region }, error);
      }
    });
  },

  fix,
  // All groups of a Region, in pages of 1,000.
  size: { memoryMegabytes: 1024, timeoutSeconds: 600 },
  calls: { fixed: 2, each: 0 },
});

const resourceOf = ({ id, name }: SecurityGroup, region: string): ResourceRef => ({
  type: 'AWS::EC2::SecurityGroup',
  id,
  ...(name !== '' && { name }),
  region,
});

async function* one(
  account: Account<typeof securityGroups>,
  { id, region }: ResourceRef,
): AsyncGenerator<SecurityGroup> {
  const group = await account.one(securityGroups, id, { region });
  if (group) yield group;
}

/** What every group is judged by. */
interface Criteria {
  readonly policy: Policy;
  readonly lists: Lists<ListAddresses>;
  /** Names of AWS's own prefix lists that may come in. */
  readonly allowedLists: readonly string[];
  /** Whether AWS's own lists are named in findings where no verdict rests on the name, which takes a call. */
  readonly names: boolean;
}

async function judgeGroup(
  group: SecurityGroup,
  resource: ResourceRef,
  { policy, lists: known, allowedLists, names }: Criteria,
): Promise<Judgement<SgFinding>> {
  const { sources, lists, problem } = readIngress(group.ingress, filterOf(policy));
  const read = await Promise.all(lists.map(async (list) => ({ list, ...(await known.entries(list.id)) })));
  const all = (some: typeof read) => [
    ...sources,
    ...some.flatMap(({ list, addresses }) => sourcesOf(list, addresses)),
  ];
  let left = read;
  let open = openings(all(left), policy);
  const doubts: AccountError[] = [];
  if (allowedLists.length > 0) {
    // Names matter only for lists that the verdict depends on.
    const used = new Set(open.flatMap((opening) => opening.sources));
    for (const { list, error } of read) {
      if (!error && !used.has(list.id)) continue;
      const name = await known.awsName(list.id);
      if (name === undefined || (!(name instanceof AccountError) && !isNamed(name, allowedLists))) continue;
      if (name instanceof AccountError) doubts.push(name);
      left = left.filter((one) => one.list !== list);
    }
    open = openings(all(left), policy);
  }

  if (open.length > 0) {
    const named = names || allowedLists.length > 0;
    return nonCompliant(resource, named ? await withNames(open, left, known) : open);
  }
  if (problem) return couldNotTell(resource, malformed('ec2:DescribeSecurityGroups', group.id, problem));
  // `lists` has only lists whose addresses matter: the group would be open if this one were the whole internet.
  const unread = left.find(({ error }) => error)?.error ?? doubts[0];
  return unread ? couldNotTell(resource, unread) : compliant(resource);
}

/** The openings, with the names of AWS's own lists, as far as they can be read. */
function withNames(
  open: readonly Opening[],
  used: readonly { readonly list: { readonly id: string } }[],
  lists: Pick<Lists<never>, 'awsName'>,
): Promise<Opening[]> {
  const ids = new Set(used.map(({ list }) => list.id));
  return Promise.all(
    open.map(async (opening) => {
      const awsLists: Record<string, string> = {};
      for (const id of opening.sources) {
        const name = ids.has(id) ? await lists.awsName(id) : undefined;
        if (typeof name === 'string') awsLists[id] = name;
      }
      return Object.keys(awsLists).length > 0 ? { ...opening, awsLists } : opening;
    }),
  );
}
