import {
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeOptionGroupsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { mockClient } from 'aws-sdk-client-mock';
import { liveSource } from '../../../account/live/source.ts';
import { readAccount } from '../../../account/open.ts';
import { asksIn } from '../../../account/services/gather.ts';
import * as rds from '../../../account/services/rds/live.ts';
import {
  clusterParameters,
  clusters,
  instances,
  optionGroupOptions,
  parameters,
} from '../../../account/services/rds/readings.ts';

const mock = mockClient(RDSClient);
const region = 'eu-west-1';
const account = () =>
  readAccount(liveSource({ accountId: '111122223333', regions: [region], asks: asksIn({ rds }) }));
const names = async (databases: AsyncIterable<{ name: string }>) => {
  const found: string[] = [];
  for await (const { name } of databases) found.push(name);
  return found;
};
const instance = (name: string) => ({
  DBInstanceIdentifier: name,
  DbiResourceId: `db-${name}`,
  Engine: 'mysql',
  DBInstanceStatus: 'available',
});
const cluster = (name: string) => ({
  DBClusterIdentifier: name,
  DbClusterResourceId: `cluster-${name}`,
  Engine: 'aurora-mysql',
  Status: 'available',
});
const next = { Marker: 'next' };

beforeEach(() => mock.reset());

test('instances and clusters are those of all pages', async () => {
  mock.on(DescribeDBInstancesCommand).resolves({ DBInstances: [instance('a')], ...next });
  mock.on(DescribeDBInstancesCommand, next).resolves({ DBInstances: [instance('b')] });
  mock.on(DescribeDBClustersCommand).resolves({ DBClusters: [cluster('c')], ...next });
  mock.on(DescribeDBClustersCommand, next).resolves({ DBClusters: [cluster('d')] });
  expect(await names(account().each(instances, { region }))).toEqual(['a', 'b']);
  expect(await names(account().each(clusters, { region }))).toEqual(['c', 'd']);
});

test('parameters are those of all pages of the group, as far as they have a value', async () => {
  const [first, second] = [{ DBParameterGroupName: 'pg' }, { DBClusterParameterGroupName: 'cpg' }];
  const page = (ParameterName: string, ParameterValue?: string) => ({
    Parameters: [{ ParameterName, ParameterValue }],
  });
  mock.on(DescribeDBParametersCommand, first).resolves({ ...page('general_log', '1'), ...next });
  mock.on(DescribeDBParametersCommand, { ...first, ...next }).resolves(page('log_output'));
  mock.on(DescribeDBClusterParametersCommand, second).resolves({ ...page('a', '0'), ...next });
  mock.on(DescribeDBClusterParametersCommand, { ...second, ...next }).resolves(page('b', ''));
  expect(await account().read(parameters, { region, id: 'pg' })).toEqual({ general_log: '1' });
  expect(await account().read(clusterParameters, { region, id: 'cpg' })).toEqual({ a: '0', b: '' });
});

test('options are those of the group', async () => {
  const Options = [{ OptionName: 'MARIADB_AUDIT_PLUGIN' }, { OptionName: 'TIMEZONE' }];
  mock
    .on(DescribeOptionGroupsCommand, { OptionGroupName: 'og' })
    .resolves({ OptionGroupsList: [{ Options }] });
  expect(await account().read(optionGroupOptions, { region, id: 'og' })).toEqual([
    'MARIADB_AUDIT_PLUGIN',
    'TIMEZONE',
  ]);
});

test('a database without a status is an error of its own, and costs no other', async () => {
  mock.on(DescribeDBInstancesCommand).resolves({
    DBInstances: [instance('a'), { ...instance('b'), DBInstanceStatus: undefined }],
  });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { name } of account().each(instances, { region })) seen.push(name);
  })();
  await expect(reading).rejects.toMatchObject({
    code: 'Malformed',
    errors: [{ about: { type: 'AWS::RDS::DBInstance', id: 'db-b', name: 'b', region: 'eu-west-1' } }],
  });
  expect(seen).toEqual(['a']);
});
