import * as z from 'zod/mini';

interface Engine {
  /** What RDS_LOGGING_ENABLED wants exported. */
  readonly wanted: readonly string[];
  /** What RDS can export. */
  readonly exportable: readonly string[];
}

const IAM = 'iam-db-auth-error';
const MYSQL: Engine = {
  wanted: ['audit', 'error', 'general', 'slowquery'],
  exportable: ['audit', 'error', 'general', 'slowquery', IAM],
};
const AURORA_MYSQL: Engine = { ...MYSQL, exportable: [...MYSQL.exportable, 'instance'] };

/**
 * The managed rule's own page does not list what it wants by engine; Security Hub's RDS.9, which is this rule, does:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9
 * Exportable: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
const ENGINES = {
  oracle: {
    wanted: ['alert', 'audit', 'trace', 'listener'],
    exportable: ['alert', 'audit', 'trace', 'listener', 'oemagent'],
  },
  postgres: { wanted: ['postgresql', 'upgrade'], exportable: ['postgresql', 'upgrade', IAM] },
  mysql: MYSQL,
  mariadb: MYSQL,
  sqlserver: { wanted: ['error', 'agent'], exportable: ['error', 'agent'] },
  aurora: AURORA_MYSQL,
  'aurora-mysql': AURORA_MYSQL,
  'aurora-postgresql': { wanted: ['postgresql'], exportable: ['postgresql', 'instance', IAM] },
  db2: { wanted: [], exportable: ['diag.log', 'notify.log', IAM] },
} as const satisfies Record<string, Engine>;

export type EngineFamily = keyof typeof ENGINES;

/** `oracle-se2-cdb` → `oracle`; nothing for RDS Custom, Neptune and DocumentDB. */
export function familyOf(engine: string): EngineFamily | undefined {
  const name = engine.replace(/^(oracle|sqlserver|db2)-.+$/, '$1');
  return Object.hasOwn(ENGINES, name) ? (name as EngineFamily) : undefined;
}

/** Log types by engine or engine family, in lower case. */
export type AdditionalLogs = ReadonlyMap<string, readonly string[]>;

/** The log types that are wanted of an engine: none where the rule does not look at it. */
export function wantedLogs(engine: string, additional: AdditionalLogs): readonly string[] {
  const family = familyOf(engine);
  const more = [...(additional.get(engine) ?? []), ...((family && additional.get(family)) ?? [])];
  return family ? [...new Set([...ENGINES[family].wanted, ...more])] : [];
}

export const isExportable = (engine: string, type: string): boolean => {
  const family = familyOf(engine);
  const exportable: readonly string[] = family ? ENGINES[family].exportable : [];
  return exportable.includes(type);
};

/** `oracle: oemagent; db2-ae: diag.log, notify.log`, as the managed rule's parameter additionalLogs has it. */
export const additionalLogs = (): z.ZodMiniType<AdditionalLogs, string> =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const wanted = new Map<string, readonly string[]>();
      for (const part of text.toLowerCase().split(';')) {
        if (part.trim() === '') continue;
        const [, named = '', types = ''] = /^\s*([\w-]+)\s*:(.*)$/.exec(part) ?? [];
        const engine = named === 'postgresql' ? 'postgres' : named;
        const logs = types.split(',').map((type) => type.trim());
        if (!familyOf(engine) || logs.includes('')) {
          context.issues.push({
            code: 'custom',
            message: `expected engines and log types such as "mysql: audit, error; oracle: alert", not "${part.trim()}" (engines: ${Object.keys(ENGINES).join(', ')})`,
            input: text,
          });
          return z.NEVER;
        }
        wanted.set(engine, [...(wanted.get(engine) ?? []), ...logs]);
      }
      return wanted;
    }),
  );
