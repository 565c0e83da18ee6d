import type { Account } from '../../account/account.ts';
import type { AccountError } from '../../account/errors.ts';
import type { Reading } from '../../account/reading.ts';
import type { Database } from '../../account/services/rds/readings.ts';
import type { Agreed, Plan, Verified } from '../fix.ts';

/** The inputs that turn a database's log exports on and off, for the selectors of the documents. */
export interface ExportInputs {
  readonly Identifier: string;
  readonly LogTypes: readonly string[];
}

/** Not empty, though never used: whether SSM takes an empty text or list for an output is unverified. */
export const NO_EXPORTS: ExportInputs = { Identifier: 'none', LogTypes: ['none'] };

/**
 * What Undo needs: the database's resource id, because it may have been renamed, and the exports that the run turned
 * on.
 */
export interface ExportsBefore {
  readonly database: string;
  readonly enabled: readonly string[];
}

type Kind = 'DBInstance' | 'DBCluster';

/** By resource id or by identifier, which RDS keeps in lower case. */
export const isCalled = (database: Database, called: string): boolean =>
  database.id === called || database.name === called.toLowerCase();

export async function findDatabase(
  databases: AsyncIterable<Database>,
  called: string,
): Promise<Database | undefined> {
  for await (const database of databases) if (isCalled(database, called)) return database;
  return undefined;
}

/** Why a database cannot be modified now: RDS answers InvalidDBInstanceState or InvalidDBClusterStateFault. */
export const unavailable = ({ name, status }: Database): readonly string[] =>
  status === 'available'
    ? []
    : [`${name} is ${status}, and RDS changes only what is available: try again then`];

/**
 * Without ApplyImmediately: exports change at once in any case, and with it ModifyDBInstance would carry out whatever else
 * waits for the maintenance window, a restart included.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
export function enableExports(kind: Kind, database: Database, types: readonly string[]): Plan<ExportInputs> {
  const why = `${types.join(', ')} of ${database.name} exported to CloudWatch Logs`;
  const before: ExportsBefore = { database: database.id, enabled: types };
  return { ...modify(kind, 'EnableLogTypes', database, types, why), before };
}

/**
 * The missing log types. When the run plans again, only those that were agreed on and that nobody has exported
 * meanwhile.
 *
 * @param again reads the database again, as the last thing before the change.
 */
export async function stillWanting<R extends Reading>(
  types: readonly string[],
  agreed: Agreed<R> | undefined,
  again: (account: Account<R>) => Promise<Database | undefined>,
): Promise<readonly string[]> {
  if (!agreed) return types;
  const { enabled } = agreed.before as ExportsBefore;
  const now = await again(agreed.account);
  return types.filter((type) => enabled.includes(type) && now?.logExports.includes(type) === false);
}

/** The exports of the run that are on. The call only adds exports, so that it overwrites nothing. */
export function verifyExports(
  { database: id, enabled }: ExportsBefore,
  changes: readonly string[],
  database: Database | undefined,
): Verified {
  const on = database?.id === id ? enabled.filter((type) => database.logExports.includes(type)) : [];
  const off = enabled.filter((type) => !on.includes(type));
  return {
    before: on.length > 0 ? ({ database: id, enabled: on } satisfies ExportsBefore) : null,
    made: on.length > 0 ? changes : [],
    others:
      on.length > 0 && off.length > 0
        ? [
            `${off.join(', ')} of ${database?.name} is not exported: somebody else has turned it off meanwhile.`,
          ]
        : [],
  };
}

/** Turns off the exports that the run turned on, if they are still on. */
export function undoExports(
  kind: Kind,
  { database: id, enabled }: ExportsBefore,
  database: Database | undefined,
): Plan<ExportInputs> {
  if (!database) return { steps: [] };
  if (database.id !== id) {
    return {
      steps: [],
      refusals: [`${database.name} is ${database.id} now, and what the run changed was ${id}`],
    };
  }
  const types = enabled.filter((type) => database.logExports.includes(type));
  if (types.length === 0) return { steps: [] };
  const refusals = unavailable(database);
  if (refusals.length > 0) return { steps: [], refusals };
  const why = `${types.join(', ')} of ${database.name} no longer exported`;
  return modify(kind, 'DisableLogTypes', database, types, why);
}

function modify(
  kind: Kind,
  change: 'EnableLogTypes' | 'DisableLogTypes',
  { name }: Database,
  types: readonly string[],
  why: string,
): Plan<ExportInputs> {
  const input = { [`${kind}Identifier`]: name, CloudwatchLogsExportConfiguration: { [change]: types } };
  return {
    steps: [{ api: `rds:Modify${kind}`, input, why }],
    inputs: { Identifier: name, LogTypes: types },
  };
}

/** Whether a parameter is on. RDS has `1` and `0`, Aurora's pages also `ON` and `OFF`. */
export const isSwitchedOn = (value: string | undefined): boolean => /^(?:1|on|true)$/i.test(value ?? '');

/** The export works without it, so an unreadable parameter is only a warning. */
export const unknownWhether = (what: string, error: AccountError): string =>
  `Whether ${what} is not known (${error.message})`;
