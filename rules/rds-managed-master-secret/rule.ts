import type { ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import type { Database } from '../../account/services/rds/readings.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, optionalText, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement, onChange } from '../rule.ts';
import { DATABASE_TYPES, databaseReads, INSTANCE, judgeDatabases } from '../shared/databases.ts';
import { messages, type SecretFinding } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  acceptIamAuthentication: parameter(boolean(), 'false', {
    en: 'Whether a database that has IAM authentication on may keep a password of its own',
    ko: 'IAM 인증이 켜진 데이터베이스는 암호를 직접 관리해도 되는지 여부',
  }),
  secretTagKey: parameter(optionalText(), '', {
    en: "A tag of this key says, with the ARN of a Secrets Manager secret, that somebody else's rotation has the password",
    ko: '이 키의 태그 값이 Secrets Manager 보안 암호의 ARN이면 다른 방식으로 암호를 교체한다고 봄',
  }),
};
export type SecretValues = ParameterValues<typeof parameters>;

/** RDS keeps the master password in Secrets Manager, and rotates it. */
export default defineRule<typeof parameters, SecretFinding>()({
  id: 'rds-managed-master-secret',
  severity: 'MEDIUM',
  resourceTypes: DATABASE_TYPES,
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  parameters,
  reads: databaseReads,
  messages,

  judge: (account, values, context) =>
    judgeDatabases(account, context, (database, resource) => judgeDatabase(database, resource, values)),

  fix,
  calls: { fixed: 2, each: 0 },
});

function judgeDatabase(
  database: Database,
  resource: ResourceRef,
  { acceptIamAuthentication, secretTagKey }: SecretValues,
): Judgement<SecretFinding> {
  const elsewhere = whoseElse(database, resource.type);
  if (elsewhere) return notApplicable(resource, [elsewhere]);

  const { masterUserSecret, engine, tags } = database;
  if (masterUserSecret) {
    const status = masterUserSecret.status?.toLowerCase() ?? '';
    if (MANAGED.includes(status)) return compliant(resource);
    if (status === 'impaired') return nonCompliant(resource, [{ kind: 'impaired' }]);
    throw malformed(resource, 'MasterUserSecret.SecretStatus is none that RDS has');
  }
  if (acceptIamAuthentication && database.iamAuthentication) return compliant(resource);
  if (secretTagKey && Object.hasOwn(tags, secretTagKey) && SECRET.test(tags[secretTagKey] ?? '')) {
    return compliant(resource);
  }
  return nonCompliant(resource, [{ kind: 'selfManaged', engine }]);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_MasterUserSecret.html */
const MANAGED = ['active', 'creating', 'rotating'];
const SECRET = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/;

/**
 * Why the password is not this database's own, or is none that RDS could manage.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
 */
function whoseElse(
  { status, cluster, engine, replicaOf, isServerless, globalCluster, isMultiTenant }: Database,
  type: string,
): SecretFinding | undefined {
  const name = engine.toLowerCase();
  if (status.toLowerCase() === 'deleting') return { kind: 'deleting' };
  if (type === INSTANCE && cluster !== undefined) return { kind: 'ofCluster', cluster };
  if (/^(?:neptune|docdb)/.test(name)) return { kind: 'noPassword', engine };
  if (replicaOf !== undefined) return { kind: 'replica', of: replicaOf };
  if (name.startsWith('custom-')) return { kind: 'unsupported', what: `RDS Custom (${engine})` };
  if (isServerless) return { kind: 'unsupported', what: 'Aurora Serverless v1' };
  if (globalCluster !== undefined) {
    return { kind: 'unsupported', what: `a member of global database ${globalCluster}` };
  }
  if (isMultiTenant && name.startsWith('oracle')) return { kind: 'tenants' };
  return undefined;
}

function malformed({ type, id }: ResourceRef, what: string): AccountError {
  const api = type === INSTANCE ? 'rds:DescribeDBInstances' : 'rds:DescribeDBClusters';
  return new AccountError(OWN_CODES.malformed, api, `${api} of ${id}: ${what}`, id);
}
