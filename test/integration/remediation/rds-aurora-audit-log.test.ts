import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  ModifyDBClusterParameterGroupCommand,
  RDSClient,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import rule from '../../../rules/rds-aurora-audit-log/rule.ts';
import { RDS_AS_AWS_HAS_IT } from '../support/rds.ts';
import { type Rival, remediates } from '../support/remediation.ts';

const DBClusterIdentifier = 'moonjar-orders';
const DBClusterParameterGroupName = 'audited';

const cluster = (more: object = {}) =>
  new CreateDBClusterCommand({
    DBClusterIdentifier,
    Engine: 'aurora-mysql',
    MasterUsername: 'admin',
    MasterUserPassword: 'not-a-secret',
    ...more,
  });
const bystander = cluster({ DBClusterIdentifier: 'moonjar-bystander' });

const found =
  (more: object = {}) =>
  async (client: object) => {
    const rds = new RDSClient(client);
    for (const command of [bystander, cluster(more)]) await rds.send(command);
    return DBClusterIdentifier;
  };

/** With a parameter group of its own, by the id that AWS Config has. */
const withParameters =
  (parameters: Record<string, string>, more: object = {}) =>
  async (client: object) => {
    const rds = new RDSClient(client);
    await rds.send(
      new CreateDBClusterParameterGroupCommand({
        DBClusterParameterGroupName,
        DBParameterGroupFamily: 'aurora-mysql8.0',
        Description: 'auditing',
      }),
    );
    await rds.send(
      new ModifyDBClusterParameterGroupCommand({
        DBClusterParameterGroupName,
        Parameters: Object.entries(parameters).map(([ParameterName, ParameterValue]) => ({
          ParameterName,
          ParameterValue,
          ApplyMethod: 'immediate',
        })),
      }),
    );
    await found({ DBClusterParameterGroupName, ...more })(client);
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
    return DBClusters?.[0]?.DbClusterResourceId as string;
  };

const stopped = async (client: object) => {
  const id = await found()(client);
  await new RDSClient(client).send(new StopDBClusterCommand({ DBClusterIdentifier }));
  return id;
};

const changes = /^cluster moonjar-orders$/;

const exportsByHand: Rival = {
  does: 'exports the audit log by hand',
  async strike(client) {
    const rds = new RDSClient(client);
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
    if (DBClusters?.[0]?.EnabledCloudwatchLogsExports?.includes('audit')) return false;
    const CloudwatchLogsExportConfiguration = { EnableLogTypes: ['audit'] };
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, CloudwatchLogsExportConfiguration }));
    return true;
  },
  holds: (now) => expect(now[`cluster ${DBClusterIdentifier}`]).toMatch(/"audit"/),
};

remediates({
  rule,
  mend: RDS_AS_AWS_HAS_IT,
  scenarios: [
    {
      situation: 'a cluster that audits, by resource id',
      found: withParameters({ server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY' }),
      changes,
      rivals: [exportsByHand],
      message: /^Changed: audit of moonjar-orders exported to CloudWatch Logs\. \S+ is COMPLIANT\.$/,
    },
    {
      situation: 'one that does not audit, and exports another log',
      found: withParameters({ server_audit_logging: '0' }, { EnableCloudwatchLogsExports: ['error'] }),
      changes,
      message: /Log audit stays empty until server_audit_logging is 1 and server_audit_events names/,
    },
    {
      situation: 'a parameter group that nobody can read',
      found: found(),
      changes,
      message: /Whether Advanced Auditing is on is not known \(rds:DescribeDBClusterParameters/,
    },
  ],
  refusals: [
    {
      situation: 'a stopped cluster',
      found: stopped,
      message: /moonjar-orders is stopped, and RDS changes only/,
    },
    {
      situation: 'Aurora Serverless v1',
      found: found({ EngineMode: 'serverless' }),
      message: /Aurora Serverless v1, which has no exports to set/,
    },
  ],
});
