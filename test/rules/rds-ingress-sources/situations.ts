import rule from '../../../rules/rds-ingress-sources/rule.ts';
import { item } from '../../account/snapshot/support.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const INSTANCES = 'us-east-1/rds/describe-db-instances.json';
const CLUSTERS = 'us-east-1/rds/describe-db-clusters.json';
const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
const LIST = 'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json';
const INSTANCE = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CLUSTER = 'cluster-ABCDEFGHIJKLMNOPQRSTUVWX';
const ACCOUNT = '111122223333';

const memberships = (...ids: string[]) => ({
  VpcSecurityGroups: ids.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' })),
});
const anInstance = (more: Json = {}): Json => ({
  DBInstanceIdentifier: 'orders',
  DbiResourceId: INSTANCE,
  Engine: 'postgres',
  DBInstanceStatus: 'available',
  DbInstancePort: 0,
  Endpoint: { Address: 'orders.example', Port: 5432 },
  PubliclyAccessible: false,
  ...memberships('sg-a'),
  ...more,
});
const aCluster = (more: Json = {}): Json => ({
  DBClusterIdentifier: 'catalog',
  DbClusterResourceId: CLUSTER,
  Engine: 'aurora-mysql',
  EngineMode: 'provisioned',
  Status: 'available',
  Endpoint: 'catalog.cluster-example',
  Port: 3306,
  ...memberships('sg-a'),
  ...more,
});
const permission = (
  from: { v4?: string[]; v6?: string[]; lists?: string[]; groups?: string[] },
  more: Json = {},
): Json => ({
  IpProtocol: 'tcp',
  FromPort: 5432,
  ToPort: 5432,
  IpRanges: (from.v4 ?? []).map((CidrIp) => ({ CidrIp })),
  Ipv6Ranges: (from.v6 ?? []).map((CidrIpv6) => ({ CidrIpv6 })),
  PrefixListIds: (from.lists ?? []).map((PrefixListId) => ({ PrefixListId })),
  UserIdGroupPairs: (from.groups ?? []).map((GroupId) => ({ GroupId, UserId: ACCOUNT })),
  ...more,
});
const v4 = (...ranges: string[]) => permission({ v4: ranges });
const v6 = (...ranges: string[]) => permission({ v6: ranges });
const group = (GroupId: string, ...IpPermissions: Json[]): Json => ({
  GroupId,
  GroupName: GroupId,
  OwnerId: ACCOUNT,
  IpPermissions,
});
const there = (instances: Json[], clusters: Json[], ...groups: Json[]): Json => ({
  [INSTANCES]: { DBInstances: instances },
  [CLUSTERS]: { DBClusters: clusters },
  [GROUPS]: { SecurityGroups: groups },
});
/** One instance, with one group. */
const letsIn = (...permissions: Json[]) => there([anInstance()], [], group('sg-a', ...permissions));
const list = (...cidrs: string[]) => ({ [LIST]: { Entries: cidrs.map((Cidr) => ({ Cidr })) } });
const byList = permission({ lists: ['pl-1'] });

const OK: Says = ['COMPLIANT', ''];
const bad = (...what: string[]): Says => ['NON_COMPLIANT', `postgres 5432: ${what.join('; ')}`];
const unknown = (code: string): Says => ['UNKNOWN', code];
const NOBODY = { allowSecurityGroupSources: 'false' };

type Row = [string, Json, Situation['says'], Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['a group as the source', letsIn(permission({ groups: ['sg-app'] })), OK],
  ['the group itself as the source', letsIn(permission({ groups: ['sg-a'] })), OK],
  [
    "another account's group as the source",
    letsIn(permission({}, { UserIdGroupPairs: [{ GroupId: 'sg-x', UserId: '444455556666' }] })),
    OK,
  ],
  [
    'a group as the source, where that is wrong',
    letsIn(permission({ groups: ['sg-app'] })),
    bad('sg-app by sg-a (a security group)'),
    NOBODY,
  ],
  [
    'all traffic from a group, where that is wrong',
    letsIn(permission({ groups: ['sg-app'] }, { IpProtocol: '-1', FromPort: undefined, ToPort: undefined })),
    bad('sg-app by sg-a (a security group)'),
    NOBODY,
  ],
  [
    'a group as the source of another port, where that is wrong',
    letsIn(permission({ groups: ['sg-app'] }, { FromPort: 22, ToPort: 22 })),
    OK,
    NOBODY,
  ],
  [
    'no word on groups, where they are wrong',
    letsIn({ ...v4('10.1.0.0/16'), UserIdGroupPairs: undefined }),
    unknown('Malformed'),
    NOBODY,
  ],
  ['no inbound rule', letsIn(), OK],
  [
    'a rule of another port only',
    letsIn(permission({ v4: ['10.0.0.0/8'] }, { FromPort: 3306, ToPort: 3306 })),
    OK,
  ],
  ['a private range as wide as a VPC', letsIn(v4('10.1.0.0/16')), OK],
  ['one private address', letsIn(v4('10.1.2.3/32')), OK],
  ['ranges side by side', letsIn(v4('10.0.0.0/16', '10.1.0.0/16')), OK],
  ['all private ranges of a VPC', letsIn(v4('172.16.0.0/16', '192.168.0.0/16', '100.64.0.0/16')), OK],
  ['a private IPv6 range', letsIn(v6('fd00:1:2::/56')), OK],
  ['a private range that is too wide', letsIn(v4('10.0.0.0/8')), bad('10.0.0.0/8 by sg-a (wider than /16)')],
  ['a range twice as wide', letsIn(v4('10.0.0.0/15')), bad('10.0.0.0/15 by sg-a (wider than /16)')],
  [
    'a private IPv6 range that is too wide',
    letsIn(v6('fd00::/48')),
    bad('fd00::/48 by sg-a (wider than /56)'),
  ],
  ['a wide range that is not too wide', letsIn(v4('10.0.0.0/8')), OK, { widestCidrV4: '8' }],
  [
    'a range that is too wide for a tight limit',
    letsIn(v4('10.1.0.0/24')),
    bad('10.1.0.0/24 by sg-a (wider than /28)'),
    { widestCidrV4: '28' },
  ],
  ['everybody', letsIn(v4('0.0.0.0/0')), bad('0.0.0.0/0 by sg-a (the internet)')],
  ['everybody by IPv6', letsIn(v6('::/0')), bad('::/0 by sg-a (the internet)')],
  [
    'everybody in halves',
    letsIn(v4('0.0.0.0/1', '128.0.0.0/1')),
    bad('0.0.0.0/1 by sg-a (the internet)', '128.0.0.0/1 by sg-a (the internet)'),
  ],
  [
    'everybody, and a database with a public address',
    there([anInstance({ PubliclyAccessible: true })], [], group('sg-a', v4('0.0.0.0/0'))),
    bad('0.0.0.0/0 by sg-a (the internet; publicly accessible)'),
  ],
  [
    'a public address and a group as the source',
    there([anInstance({ PubliclyAccessible: true })], [], group('sg-a', permission({ groups: ['sg-app'] }))),
    OK,
  ],
  ['one public address', letsIn(v4('203.0.113.7/32')), bad('203.0.113.7/32 by sg-a (not in allowedCidrs)')],
  [
    'one public address that is allowed',
    letsIn(v4('203.0.113.7/32')),
    OK,
    { allowedCidrs: '203.0.113.0/24' },
  ],
  [
    'a private range that is not allowed',
    letsIn(v4('10.1.0.0/16')),
    bad('10.1.0.0/16 by sg-a (not in allowedCidrs)'),
    { allowedCidrs: '203.0.113.0/24' },
  ],
  [
    'a range that is partly allowed',
    letsIn(v4('203.0.112.0/23')),
    bad('203.0.112.0/23 by sg-a (not in allowedCidrs)'),
    { allowedCidrs: '203.0.113.0/24' },
  ],
  [
    'a range in the union of what is allowed',
    letsIn(v4('203.0.112.0/23')),
    OK,
    { allowedCidrs: '203.0.112.0/24, 203.0.113.0/24' },
  ],
  [
    'no range is allowed',
    letsIn(v4('10.1.0.0/16')),
    bad('10.1.0.0/16 by sg-a (not in allowedCidrs)'),
    { allowedCidrs: '' },
  ],
  ['a link-local range', letsIn(v4('169.254.0.0/16')), bad('169.254.0.0/16 by sg-a (not in allowedCidrs)')],
  [
    'the internet before what is too wide',
    letsIn(v4('10.0.0.0/8'), permission({ v4: ['0.0.0.0/0'] })),
    bad('0.0.0.0/0 by sg-a (the internet)', '10.0.0.0/8 by sg-a (wider than /16)'),
  ],
  [
    'SSH from everywhere and the database from a group',
    letsIn(
      permission({ v4: ['0.0.0.0/0'] }, { FromPort: 22, ToPort: 22 }),
      permission({ groups: ['sg-app'] }),
    ),
    OK,
  ],
  [
    'every port from a wide range',
    letsIn(permission({ v4: ['10.0.0.0/8'] }, { FromPort: 0, ToPort: 65_535 })),
    bad('10.0.0.0/8 by sg-a (wider than /16)'),
  ],
  [
    'all traffic from a wide range',
    letsIn(permission({ v4: ['10.0.0.0/8'] }, { IpProtocol: '-1', FromPort: undefined, ToPort: undefined })),
    bad('10.0.0.0/8 by sg-a (wider than /16)'),
  ],
  [
    'TCP by its number',
    letsIn(permission({ v4: ['0.0.0.0/0'] }, { IpProtocol: '6' })),
    bad('0.0.0.0/0 by sg-a (the internet)'),
  ],
  [
    'a range of ports with the port in it',
    letsIn(permission({ v4: ['0.0.0.0/0'] }, { FromPort: 5000, ToPort: 6000 })),
    bad('0.0.0.0/0 by sg-a (the internet)'),
  ],
  [
    'a range of ports that ends before it',
    letsIn(permission({ v4: ['0.0.0.0/0'] }, { FromPort: 5000, ToPort: 5431 })),
    OK,
  ],
  ['UDP of the same port', letsIn(permission({ v4: ['0.0.0.0/0'] }, { IpProtocol: 'udp' })), OK],
  [
    'ICMP from everywhere',
    letsIn(permission({ v4: ['0.0.0.0/0'] }, { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 })),
    OK,
  ],
  [
    'two groups of which one is bad',
    there(
      [anInstance(memberships('sg-a', 'sg-b'))],
      [],
      group('sg-a', v4('10.1.0.0/16')),
      group('sg-b', v4('10.0.0.0/8')),
    ),
    bad('10.0.0.0/8 by sg-b (wider than /16)'),
  ],
  [
    'two groups that are bad',
    there(
      [anInstance(memberships('sg-0a', 'sg-0b'))],
      [],
      group('sg-0a', v4('0.0.0.0/0')),
      group('sg-0b', v4('10.0.0.0/8')),
    ),
    bad('0.0.0.0/0 by sg-0a (the internet)', '10.0.0.0/8 by sg-0b (wider than /16)'),
  ],
  [
    'a prefix list of which every entry passes',
    { ...letsIn(byList), ...list('10.1.0.0/16', '10.9.0.0/24') },
    OK,
  ],
  ['an empty prefix list', { ...letsIn(byList), ...list() }, OK],
  [
    'a prefix list of which one entry does not pass',
    { ...letsIn(byList), ...list('10.1.0.0/16', '203.0.113.7/32') },
    bad('203.0.113.7/32 of pl-1 by sg-a (not in allowedCidrs)'),
  ],
  [
    'a prefix list with the internet and a wide range',
    { ...letsIn(byList), ...list('10.0.0.0/8', '0.0.0.0/1') },
    bad('0.0.0.0/1 of pl-1 by sg-a (the internet)'),
  ],
  [
    'a prefix list that cannot be read',
    { ...letsIn(byList), [LIST]: fails('UnauthorizedOperation') },
    unknown('UnauthorizedOperation'),
  ],
  ['a prefix list that makes no sense', { ...letsIn(byList), ...list('10.1') }, unknown('Malformed')],
  [
    'a prefix list that cannot be read, and a wide range',
    { ...letsIn(byList, v4('10.0.0.0/8')), [LIST]: denied },
    bad('10.0.0.0/8 by sg-a (wider than /16)'),
  ],
  [
    'a prefix list of another port, which is not read',
    letsIn(permission({ lists: ['pl-1'] }, { FromPort: 22, ToPort: 22 })),
    OK,
  ],
  ['a group that is not in the list', there([anInstance()], []), unknown('IncompleteAnswer')],
  [
    'a group that is not in the list, and a bad one',
    there([anInstance(memberships('sg-gone', 'sg-a'))], [], group('sg-a', v4('0.0.0.0/0'))),
    bad('0.0.0.0/0 by sg-a (the internet)'),
  ],
  [
    'a group that is not in the list, and a good one',
    there([anInstance(memberships('sg-gone', 'sg-a'))], [], group('sg-a', v4('10.1.0.0/16'))),
    unknown('IncompleteAnswer'),
  ],
  [
    'a bad group that is being removed',
    there(
      [
        anInstance({
          VpcSecurityGroups: [
            { VpcSecurityGroupId: 'sg-a', Status: 'active' },
            { VpcSecurityGroupId: 'sg-b', Status: 'removing' },
          ],
        }),
      ],
      [],
      group('sg-a', v4('10.1.0.0/16')),
      group('sg-b', v4('0.0.0.0/0')),
    ),
    OK,
  ],
  [
    'a bad group that is being added',
    there(
      [anInstance({ VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-a', Status: 'adding' }] })],
      [],
      group('sg-a', v4('0.0.0.0/0')),
    ),
    bad('0.0.0.0/0 by sg-a (the internet)'),
  ],
  [
    'a cluster and its instance',
    there(
      [anInstance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'catalog' })],
      [aCluster()],
      group('sg-a', permission({ v4: ['0.0.0.0/0'] }, { FromPort: 3306, ToPort: 3306 })),
    ),
    {
      [INSTANCE]: ['NOT_APPLICABLE', 'is a member of DB cluster catalog, which has the same security groups'],
      [CLUSTER]: ['NON_COMPLIANT', 'aurora-mysql 3306: 0.0.0.0/0 by sg-a (the internet)'],
    },
  ],
  ['a cluster of which another port is open', there([], [aCluster()], group('sg-a', v4('0.0.0.0/0'))), OK],
  [
    'a cluster of Neptune',
    there(
      [],
      [aCluster({ Engine: 'neptune', Port: 8182 })],
      group('sg-a', permission({ v4: ['10.0.0.0/8'] }, { FromPort: 8182, ToPort: 8182 })),
    ),
    ['NON_COMPLIANT', 'neptune 8182: 10.0.0.0/8 by sg-a (wider than /16)'],
  ],
  [
    'a cluster of DocumentDB',
    there(
      [],
      [aCluster({ Engine: 'docdb', Port: 27_017 })],
      group('sg-a', permission({ v4: ['10.1.0.0/16'] }, { FromPort: 27_017, ToPort: 27_017 })),
    ),
    OK,
  ],
  [
    'no security groups',
    there([anInstance({ VpcSecurityGroups: [] })], []),
    ['NOT_APPLICABLE', 'has no VPC security group'],
  ],
  [
    'an instance that is being created, and a rule of some port',
    there(
      [anInstance({ Endpoint: undefined, DBInstanceStatus: 'creating' })],
      [],
      group('sg-a', permission({ v4: ['0.0.0.0/0'] }, { FromPort: 22, ToPort: 22 })),
    ),
    ['NON_COMPLIANT', 'postgres on any port: 0.0.0.0/0 by sg-a (the internet)'],
  ],
  [
    'the port of a listener',
    there(
      [anInstance({ Engine: 'sqlserver-ee', Endpoint: { Port: 1433 }, ListenerEndpoint: { Port: 1450 } })],
      [],
      group('sg-a', permission({ v4: ['0.0.0.0/0'] }, { FromPort: 1450, ToPort: 1450 })),
    ),
    ['NON_COMPLIANT', 'sqlserver-ee 1433, 1450: 0.0.0.0/0 by sg-a (the internet)'],
  ],
  ['security groups that may not be listed', { ...letsIn(), [GROUPS]: denied }, unknown('AccessDenied')],
  [
    'security groups that may not be listed, and an instance of a cluster',
    {
      ...there([anInstance(), anInstance({ DbiResourceId: 'db-2', DBClusterIdentifier: 'catalog' })], []),
      [GROUPS]: denied,
    },
    { [INSTANCE]: unknown('AccessDenied'), 'db-2': ['NOT_APPLICABLE'] },
  ],
  [
    'instances that may not be listed',
    { ...there([], []), [INSTANCES]: denied },
    { [ACCOUNT]: unknown('AccessDenied') },
  ],
  ['a CIDR that makes no sense', letsIn(v4('10.1')), unknown('Malformed')],
  [
    'a CIDR that makes no sense, and the internet',
    letsIn(v4('10.1', '0.0.0.0/0')),
    bad('0.0.0.0/0 by sg-a (the internet)'),
  ],
  [
    'a CIDR that makes no sense, of another port',
    letsIn(permission({ v4: ['10.1'] }, { FromPort: 22, ToPort: 22 })),
    OK,
  ],
  [
    'ports that make no sense',
    letsIn(permission({ v4: ['10.1.0.0/16'] }, { FromPort: 6000, ToPort: 5000 })),
    unknown('Malformed'),
  ],
  [
    'no word on prefix lists',
    letsIn({ ...v4('10.1.0.0/16'), PrefixListIds: undefined }),
    unknown('Malformed'),
  ],
  [
    'a group without its permissions',
    there([anInstance()], [], { ...group('sg-a'), IpPermissions: undefined }),
    unknown('Malformed'),
  ],
  ['no databases', there([], []), {}],
  ['no Region in view', {}, { [ACCOUNT]: unknown('NotCollected') }, {}, { regions: [] }],
  [
    'a change of an instance',
    letsIn(v4('10.0.0.0/8')),
    bad('10.0.0.0/8 by sg-a (wider than /16)'),
    {},
    { recorded: { items: [item('AWS::RDS::DBInstance', INSTANCE, { configuration: {} })], insteadOf: [] } },
  ],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters = {}, more = {}]) => ({
    situation,
    readings,
    says,
    parameters,
    ...more,
  })),
};
export default situations;
