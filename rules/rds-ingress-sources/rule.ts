import { prefixListEntries, securityGroups } from '../../account/services/ec2/readings.ts';
import { boolean, integer, parameter } from '../parameters.ts';
import { defineRule, every, onChange } from '../rule.ts';
import { DATABASE_TYPES, databaseReads, judgeDatabases } from '../shared/databases.ts';
import { type IngressFinding, messages } from './findings.ts';
import { fix } from './fix.ts';
import { judgeDatabase, type Network, openNetwork } from './judge.ts';
import { cidrs, policyOf } from './policy.ts';

const parameters = {
  allowSecurityGroupSources: parameter(boolean(), 'true', {
    en: 'Whether security groups may be sources, of this account or another one',
    ko: '보안 그룹(다른 계정의 것 포함)을 소스로 허용할지 여부',
  }),
  allowedCidrs: parameter(cidrs(), '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7', {
    en: 'The ranges within which sources may lie, separated by commas',
    ko: '소스가 속해도 되는 범위. 쉼표로 구분',
  }),
  widestCidrV4: parameter(integer(0, 32), '16', {
    en: 'The widest IPv4 range that passes, as a prefix length',
    ko: '통과하는 가장 넓은 IPv4 범위(프리픽스 길이)',
  }),
  widestCidrV6: parameter(integer(0, 128), '56', {
    en: 'The widest IPv6 range that passes, as a prefix length',
    ko: '통과하는 가장 넓은 IPv6 범위(프리픽스 길이)',
  }),
};

const reads = [...databaseReads, securityGroups, prefixListEntries] as const;

/** Databases let in only what needs them: security groups, and private ranges that are no wider than a VPC. */
export default defineRule<typeof parameters, IngressFinding>()({
  id: 'rds-ingress-sources',
  severity: 'HIGH',
  resourceTypes: DATABASE_TYPES,
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge(account, values, context) {
    const policy = policyOf(values);
    const networks = new Map<string, Network>();
    const networkIn = (region: string) => {
      const network = networks.get(region) ?? openNetwork(account, region);
      networks.set(region, network);
      return network;
    };
    return judgeDatabases(account, context, (database, resource) =>
      judgeDatabase(database, resource, policy, networkIn(resource.region)),
    );
  },

  fix,
  // All security groups of a Region.
  size: { memoryMegabytes: 1024, timeoutSeconds: 600 },
  calls: { fixed: 3, each: 0 },
});
