import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import rule from '../../../rules/rds-ingress-sources/rule.ts';
import { RDS_AS_AWS_HAS_IT } from '../support/rds.ts';
import { tellsPeople } from '../support/tells-people.ts';

/** A group that lets a wide range and a prefix list reach every port. */
async function wideGroup(client: object): Promise<string> {
  const ec2 = new EC2Client(client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
      Entries: [{ Cidr: '10.1.0.0/16' }],
    }),
  );
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'orders-db', Description: 'orders', VpcId: Vpc?.VpcId }),
  );
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 0,
          ToPort: 65_535,
          IpRanges: [{ CidrIp: '10.0.0.0/8' }],
          PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }],
        },
      ],
    }),
  );
  return GroupId as string;
}

const OWN = { MasterUsername: 'admin', MasterUserPassword: 'not-a-secret' };

async function instance(client: object): Promise<string> {
  const rds = new RDSClient(client);
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'orders',
      DBInstanceClass: 'db.t4g.medium',
      Engine: 'postgres',
      AllocatedStorage: 20,
      VpcSecurityGroupIds: [await wideGroup(client)],
      ...OWN,
    }),
  );
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));
  return DBInstances?.[0]?.DbiResourceId as string;
}

async function cluster(client: object): Promise<string> {
  const rds = new RDSClient(client);
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'catalog',
      Engine: 'aurora-mysql',
      VpcSecurityGroupIds: [await wideGroup(client)],
      ...OWN,
    }),
  );
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
  return DBClusters?.[0]?.DbClusterResourceId as string;
}

tellsPeople({
  rule,
  mend: RDS_AS_AWS_HAS_IT,
  situations: [
    { situation: 'an instance that a wide range reaches', found: instance },
    { situation: 'a cluster that a wide range reaches', found: cluster },
  ],
});
