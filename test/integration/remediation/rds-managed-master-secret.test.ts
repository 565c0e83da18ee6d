import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import rule from '../../../rules/rds-managed-master-secret/rule.ts';
import { RDS_AS_AWS_HAS_IT } from '../support/rds.ts';
import { remediates } from '../support/remediation.ts';

const NAME = 'moonjar-orders';
const OWN = { MasterUsername: 'admin', MasterUserPassword: 'not-a-secret' };
const Confirm = NAME;

const instance = (more: object = {}) =>
  new CreateDBInstanceCommand({
    DBInstanceIdentifier: NAME,
    DBInstanceClass: 'db.t4g.medium',
    Engine: 'postgres',
    AllocatedStorage: 20,
    ...OWN,
    ...more,
  });

/** An instance with a password of its own, beside another one. */
const anInstance = async (client: object) => {
  const rds = new RDSClient(client);
  await rds.send(instance({ DBInstanceIdentifier: 'moonjar-bystander' }));
  await rds.send(instance());
  return idOf(rds);
};

async function idOf(rds: RDSClient): Promise<string> {
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: NAME }));
  return DBInstances?.[0]?.DbiResourceId as string;
}

const aCluster = async (client: object) => {
  const rds = new RDSClient(client);
  await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: NAME, Engine: 'aurora-mysql', ...OWN }));
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: NAME }));
  return DBClusters?.[0]?.DbClusterResourceId as string;
};

const ofItsOwn = (client: object) =>
  new RDSClient(client).send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: NAME,
      ManageMasterUserPassword: false,
      MasterUserPassword: OWN.MasterUserPassword,
    }),
  );

const undoRefuses = /keeps the password that RDS manages.*--no-manage-master-user-password/;

remediates({
  rule,
  mend: RDS_AS_AWS_HAS_IT,
  scenarios: [
    {
      situation: 'an instance',
      found: anInstance,
      parameters: { Confirm },
      changes: /^instance moonjar-orders$/,
      stays: /^instance moonjar-orders$/,
      again: ofItsOwn,
      undoRefuses,
      message: /^Changed: a new master password of moonjar-orders kept in Secrets Manager by RDS\./,
    },
    {
      situation: 'a cluster, with a key',
      found: aCluster,
      parameters: { Confirm, KmsKeyId: 'alias/databases' },
      changes: /^cluster moonjar-orders$/,
      stays: /^cluster moonjar-orders$/,
      undoRefuses,
    },
    {
      situation: 'an instance, with a key',
      found: anInstance,
      parameters: { Confirm, KmsKeyId: 'alias/databases' },
      changes: /^instance moonjar-orders$/,
      stays: /^instance moonjar-orders$/,
      undoRefuses,
    },
    {
      situation: 'a cluster',
      found: aCluster,
      parameters: { Confirm },
      changes: /^cluster moonjar-orders$/,
      stays: /^cluster moonjar-orders$/,
      undoRefuses,
    },
  ],
  refusals: [
    {
      situation: 'nobody has named the database',
      found: anInstance,
      message: /say Confirm=moonjar-orders once/,
    },
    {
      situation: 'somebody has named another one',
      found: anInstance,
      parameters: { Confirm: 'moonjar-bystander' },
      message: /Confirm is not moonjar-orders/,
    },
    {
      situation: 'a stopped instance',
      found: async (client) => {
        const id = await anInstance(client);
        await new RDSClient(client).send(new StopDBInstanceCommand({ DBInstanceIdentifier: NAME }));
        return id;
      },
      parameters: { Confirm },
      message: /moonjar-orders is stopped, and RDS changes only/,
    },
    {
      situation: 'an instance with read replicas',
      found: async (client) => {
        const id = await anInstance(client);
        await new RDSClient(client).send(
          new CreateDBInstanceReadReplicaCommand({
            DBInstanceIdentifier: 'moonjar-copy',
            SourceDBInstanceIdentifier: NAME,
          }),
        );
        return id;
      },
      parameters: { Confirm },
      message: /moonjar-orders has read replicas/,
    },
    {
      situation: 'Aurora Serverless v1',
      found: async (client) => {
        const rds = new RDSClient(client);
        await rds.send(
          new CreateDBClusterCommand({
            DBClusterIdentifier: NAME,
            Engine: 'aurora-mysql',
            EngineMode: 'serverless',
            ...OWN,
          }),
        );
        const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: NAME }));
        return DBClusters?.[0]?.DbClusterResourceId as string;
      },
      parameters: { Confirm },
      message: /^cluster-\w+ is NOT_APPLICABLE/,
    },
  ],
});
