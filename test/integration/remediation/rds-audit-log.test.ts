import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateOptionGroupCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyOptionGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import rule from '../../../rules/rds-audit-log/rule.ts';
import { RDS_AS_AWS_HAS_IT } from '../support/rds.ts';
import { type Rival, remediates } from '../support/remediation.ts';

const DBInstanceIdentifier = 'moonjar-orders';

const instance = (more: object = {}) =>
  new CreateDBInstanceCommand({
    DBInstanceIdentifier,
    DBInstanceClass: 'db.t3.micro',
    Engine: 'mysql',
    MasterUsername: 'admin',
    MasterUserPassword: 'not-a-secret',
    AllocatedStorage: 20,
    ...more,
  });
const bystander = instance({ DBInstanceIdentifier: 'moonjar-bystander' });

/** The instance beside another one, by its identifier. */
const found =
  (more: object = {}) =>
  async (client: object) => {
    const rds = new RDSClient(client);
    for (const command of [bystander, instance(more)]) await rds.send(command);
    return DBInstanceIdentifier;
  };

/** The same as AWS Config names it. */
const byResourceId = async (client: object) => {
  await found({ EnableCloudwatchLogsExports: ['error'] })(client);
  const { DBInstances } = await new RDSClient(client).send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier }),
  );
  return DBInstances?.[0]?.DbiResourceId as string;
};

/** MySQL that writes all its logs. */
const talkative = async (client: object) => {
  const rds = new RDSClient(client);
  const DBParameterGroupName = 'talkative';
  const OptionGroupName = 'audited';
  const Parameters = { general_log: '1', slow_query_log: '1', log_output: 'FILE' };
  await rds.send(
    new CreateDBParameterGroupCommand({
      DBParameterGroupName,
      DBParameterGroupFamily: 'mysql8.0',
      Description: 'all logs',
    }),
  );
  await rds.send(
    new ModifyDBParameterGroupCommand({
      DBParameterGroupName,
      Parameters: Object.entries(Parameters).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
        ApplyMethod: 'immediate',
      })),
    }),
  );
  await rds.send(
    new CreateOptionGroupCommand({
      OptionGroupName,
      EngineName: 'mysql',
      MajorEngineVersion: '8.0',
      OptionGroupDescription: 'audit',
    }),
  );
  await rds.send(
    new ModifyOptionGroupCommand({
      OptionGroupName,
      OptionsToInclude: [{ OptionName: 'MARIADB_AUDIT_PLUGIN' }],
    }),
  );
  return found({ DBParameterGroupName, OptionGroupName })(client);
};

const ofCluster = async (client: object) => {
  const rds = new RDSClient(client);
  const Engine = 'aurora-mysql';
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'moonjar-cluster',
      Engine,
      MasterUsername: 'admin',
      MasterUserPassword: 'not-a-secret',
    }),
  );
  return found({
    Engine,
    DBClusterIdentifier: 'moonjar-cluster',
    MasterUsername: undefined,
    MasterUserPassword: undefined,
    AllocatedStorage: undefined,
  })(client);
};

const changes = /^instance moonjar-orders$/;

const exportsByHand: Rival = {
  does: 'exports a log by hand',
  async strike(client) {
    const rds = new RDSClient(client);
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    if (DBInstances?.[0]?.EnabledCloudwatchLogsExports?.includes('slowquery')) return false;
    const CloudwatchLogsExportConfiguration = { EnableLogTypes: ['slowquery'] };
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, CloudwatchLogsExportConfiguration }));
    return true;
  },
  holds: (now) => expect(now[`instance ${DBInstanceIdentifier}`]).toMatch(/"slowquery"/),
};

remediates({
  rule,
  mend: RDS_AS_AWS_HAS_IT,
  scenarios: [
    {
      situation: 'MySQL that writes all its logs',
      found: talkative,
      changes,
      message:
        /^Changed: audit, error, general, slowquery of moonjar-orders exported.*every statement as it was sent/,
    },
    {
      situation: 'one log that is exported already, by resource id',
      found: byResourceId,
      changes,
      rivals: [exportsByHand],
    },
    {
      situation: 'SQL Server, with its own audit missing',
      found: found({ Engine: 'sqlserver-ee' }),
      changes,
      message: /error, agent of moonjar-orders.*is not known \(rds:DescribeOptionGroups/,
    },
    {
      situation: 'a log type besides',
      found: found({ Engine: 'oracle-ee' }),
      parameters: { additionalLogs: 'oracle: oemagent' },
      changes,
      message: /alert, audit, trace, listener, oemagent of moonjar-orders/,
    },
  ],
  refusals: [
    {
      situation: 'a member of a cluster',
      found: ofCluster,
      message:
        /moonjar-orders is a member of DB cluster moonjar-cluster.*EnableLogTypes=audit,error,general,slowquery/,
    },
    {
      situation: 'a log type that only someone dreamt of',
      found: found({ Engine: 'postgres', EnableCloudwatchLogsExports: ['postgresql', 'upgrade'] }),
      parameters: { additionalLogs: 'postgres: slowquery' },
      message: /exports no log slowquery of postgres: take it out of additionalLogs/,
    },
  ],
});
