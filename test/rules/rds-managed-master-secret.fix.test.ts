import type { SecretFinding } from '../../rules/rds-managed-master-secret/findings.ts';
import { fix } from '../../rules/rds-managed-master-secret/fix.ts';
import { memoryAccount } from '../support/memory.ts';
import { INSTANCE, instances, type Readings } from './databases.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const RESOURCE = { type: 'AWS::RDS::DBInstance', id: INSTANCE, name: 'orders', region: 'us-east-1' };
const MANAGED = { MasterUserSecret: { SecretArn: 'arn:aws:secretsmanager:…', SecretStatus: 'active' } };
const OWN: SecretFinding = { kind: 'selfManaged', engine: 'mysql' };

const planOf = (more: Readings, finding: SecretFinding = OWN, options: object = { Confirm: 'orders' }) =>
  fix.plan(
    { resource: RESOURCE, compliance: 'NON_COMPLIANT', findings: [finding] },
    {
      account: memoryAccount(instances(more)),
      parameters: {},
      options: { Confirm: undefined, KmsKeyId: undefined, ...options },
      caller: '',
      now: NOW,
    },
  );
const undo = (...found: Readings[]) =>
  fix.undo({ database: INSTANCE } as never, {
    account: memoryAccount(instances(...found)),
    resource: RESOURCE,
    now: NOW,
  });

test('the call carries nothing out that waits for the maintenance window', async () => {
  expect(await planOf({})).toMatchObject({
    steps: [
      {
        api: 'rds:ModifyDBInstance',
        input: { DBInstanceIdentifier: 'orders', ManageMasterUserPassword: true },
      },
    ],
    before: { database: INSTANCE },
  });
  expect((await planOf({})).steps[0]?.input).not.toHaveProperty('ApplyImmediately');
});

test.each<[string, Readings, SecretFinding, object, RegExp]>([
  ['nobody has named it', {}, OWN, {}, /say Confirm=orders once it can read the secret/],
  ['another one is named', {}, OWN, { Confirm: 'Orders' }, /^Confirm is not orders/],
  ['it is stopped', { DBInstanceStatus: 'stopped' }, OWN, { Confirm: 'orders' }, /is stopped/],
  [
    'it has read replicas',
    { ReadReplicaDBInstanceIdentifiers: ['orders-copy'] },
    OWN,
    { Confirm: 'orders' },
    /has read replicas/,
  ],
  [
    'the secret is impaired',
    { MasterUserSecret: { SecretStatus: 'impaired' } },
    { kind: 'impaired' },
    { Confirm: 'orders' },
    /give RDS back the secret and its KMS key/,
  ],
])('nothing is changed while %s', async (_, more, finding, options, why) => {
  expect(await planOf(more, finding, options)).toEqual({
    steps: [],
    refusals: expect.arrayContaining([expect.stringMatching(why)]),
  });
});

test('read replicas of SQL Server stay possible', async () => {
  const { steps } = await planOf({
    Engine: 'sqlserver-ee',
    ReadReplicaDBInstanceIdentifiers: ['orders-copy'],
  });
  expect(steps).toHaveLength(1);
});

test('a NOT_APPLICABLE database is refused, and one that passes is not', () => {
  const verdict = { resource: RESOURCE, findings: [{ kind: 'deleting' } as const] };
  expect(fix.refuses?.({ ...verdict, compliance: 'NOT_APPLICABLE' })).toEqual(['is being deleted']);
  expect(fix.refuses?.({ ...verdict, findings: [], compliance: 'COMPLIANT' })).toEqual([]);
});

test('Undo refuses as long as RDS manages the password, and leaves another database alone', async () => {
  expect(await undo(MANAGED)).toMatchObject({
    steps: [],
    refusals: [expect.stringMatching(/modify-db-instance .* orders --no-manage-master-user-password/)],
  });
  expect(await undo({})).toEqual({ steps: [] });
  expect(await undo({ ...MANAGED, DbiResourceId: 'db-NEW' })).toEqual({ steps: [] });
  expect(await undo()).toEqual({ steps: [] });
});
