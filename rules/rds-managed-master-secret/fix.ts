import type { Account, ResourceRef } from '../../account/account.ts';
import { clusters, type Database, instances } from '../../account/services/rds/readings.ts';
import { defineFix, type FixContext, type Plan, type PlanStep } from '../fix.ts';
import { optionalText, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { CLUSTER } from '../shared/databases.ts';
import { unavailable } from '../shared/log-exports.ts';
import { messages, type SecretFinding } from './findings.ts';

const reads = [instances, clusters] as const;
type Asks = (typeof reads)[number];

const options = {
  Confirm: parameter(optionalText(), '', {
    en: "The database's identifier, from whoever knows what logs in as its master user. Nothing is changed without it",
    ko: '마스터 사용자로 로그인하는 곳을 아는 사람이 적는 데이터베이스 식별자. 없으면 아무것도 바꾸지 않음',
  }),
  KmsKeyId: parameter(optionalText(), '', {
    en: "The KMS key of the secret. Empty: Secrets Manager's own, which other accounts cannot use",
    ko: '보안 암호의 KMS 키. 비워 두면 다른 계정이 쓸 수 없는 Secrets Manager의 기본 키',
  }),
};
type Context = FixContext<unknown, typeof options, Asks>;

/** What the document's selectors find. */
interface Inputs {
  readonly Identifier: string;
  /** Which of the document's steps makes the change. */
  readonly Way: 'Instance' | 'InstanceWithKey' | 'Cluster' | 'ClusterWithKey';
}

/** The resource id of the database that was changed: another one may have its identifier by now. */
interface Before {
  readonly database: string;
}

/** Lets RDS manage the master password, which sets a new one at once. */
export const fix = defineFix<SecretFinding, unknown>()({
  summary: {
    changes: {
      en: 'RDS sets a new master password, keeps it in Secrets Manager, and rotates it.',
      ko: 'RDS가 새 마스터 암호를 만들어 Secrets Manager에 두고 교체합니다.',
    },
    breaks: {
      en: 'Whatever logs in as the master user, until it reads the secret; $0.40 a month.',
      ko: '보안 암호를 읽도록 바꾸기 전까지 마스터 사용자로 로그인하는 모든 것. 월 0.40달러.',
    },
    undo: {
      en: 'Refuses, and says how: nothing brings the former password back.',
      ko: '거부하고 방법을 알려 줍니다. 이전 암호는 되돌릴 수 없습니다.',
    },
    automatic: {
      sensible: false,
      why: {
        en: 'Somebody has to name the database in Confirm.',
        ko: '사람이 Confirm에 데이터베이스를 적어야 합니다.',
      },
    },
  },

  options,
  reads,
  inputs: { Identifier: 'none', Way: 'Instance' } as Inputs,
  refuses: ({ compliance, findings }) =>
    compliance === 'NOT_APPLICABLE' ? findings.map((one) => messages[one.kind](one as never)) : [],
  plan,

  async undo({ database: id }: Before, { account, resource }) {
    const database = await find(account, resource);
    if (database?.id !== id || !database.masterUserSecret) return { steps: [] };
    const kind = kindOf(resource);
    return {
      steps: [],
      refusals: [
        `${database.name} keeps the password that RDS manages, because nothing brings the former one back. To set one of your own, which deletes the secret: aws rds ${COMMANDS[kind]} ${database.name} --no-manage-master-user-password --master-user-password <password>${kind === 'Instance' ? ' --apply-immediately' : ''}.`,
      ],
    };
  },

  async verify({ database: id }: Before, changes, { account, resource }) {
    const database = await find(account, resource);
    const isManaged = database?.id === id && database.masterUserSecret !== undefined;
    return {
      before: isManaged ? ({ database: id } satisfies Before) : null,
      made: isManaged ? changes : [],
      others: [],
    };
  },
});

const COMMANDS = {
  Instance: 'modify-db-instance --db-instance-identifier',
  Cluster: 'modify-db-cluster --db-cluster-identifier',
} as const;

const kindOf = ({ type }: ResourceRef) => (type === CLUSTER ? 'Cluster' : 'Instance');

const find = (account: Account<Asks>, { type, id, region }: ResourceRef): Promise<Database | null> =>
  account.one(type === CLUSTER ? clusters : instances, id, { region });

async function plan(
  { resource, findings }: Verdict<SecretFinding>,
  { account, options: { Confirm, KmsKeyId }, agreed }: Context,
): Promise<Plan<Inputs>> {
  // The last reading before the change.
  const database = await find(agreed?.account ?? account, resource);
  if (!database) return { steps: [] };
  const { id, name } = database;
  const refusals = [
    ...(findings.some(({ kind }) => kind === 'impaired') ? [impaired(database)] : []),
    ...(Confirm === name ? [] : [unconfirmed(database, Confirm)]),
    ...unavailable(database),
    ...replicated(database),
  ];
  if (refusals.length > 0) return { steps: [], refusals };
  if (database.masterUserSecret) return { steps: [] };
  const kind = kindOf(resource);
  return {
    steps: [manage(kind, name, KmsKeyId)],
    inputs: { Identifier: name, Way: KmsKeyId === undefined ? kind : `${kind}WithKey` },
    before: { database: id } satisfies Before,
    warnings: [
      `Whatever logs in to ${name} as its master user fails until it reads the secret: the password changes at once, and nothing brings the former one back.`,
      `No blue/green deployment of ${name} can be made afterwards${kind === 'Instance' ? ', and no read replica, but for SQL Server' : ''}. The secret costs $0.40 a month.`,
    ],
  };
}

/**
 * Without ApplyImmediately, which would carry out whatever else waits for the maintenance window of an instance, a restart
 * included. A cluster's password changes at once in any case.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
 */
const manage = (
  kind: 'Instance' | 'Cluster',
  name: string,
  MasterUserSecretKmsKeyId: string | undefined,
): PlanStep => ({
  api: `rds:ModifyDB${kind}`,
  input: {
    [`DB${kind}Identifier`]: name,
    ManageMasterUserPassword: true,
    ...(MasterUserSecretKmsKeyId !== undefined && { MasterUserSecretKmsKeyId }),
  },
  why: `a new master password of ${name} kept in Secrets Manager by RDS`,
});

const impaired = ({ name }: Database) =>
  `RDS manages the password of ${name} already, and cannot reach or rotate the secret: give RDS back the secret and its KMS key, then aws secretsmanager rotate-secret`;

const unconfirmed = ({ name }: Database, given: string | undefined) =>
  given === undefined
    ? `whatever logs in to ${name} as its master user would fail: say Confirm=${name} once it can read the secret`
    : `Confirm is not ${name}, which is the identifier of this database`;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html, "Limitations" */
const replicated = ({ name, engine, isReplicated }: Database) =>
  isReplicated && !engine.toLowerCase().startsWith('sqlserver')
    ? [`${name} has read replicas, and RDS makes no new ones of a database whose password it manages`]
    : [];
