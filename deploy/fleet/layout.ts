/** Where things lie in a fleet's bucket, and what the deployment puts beside its functions. It imports nothing: functions bundle it. */

/** The functions, by the ids of their bundles. */
export const FLEET_ACCOUNTS = 'fleet-accounts';
export const FLEET_JUDGE = 'fleet-judge';
export const FLEET_REPORT = 'fleet-report';
export const FLEET_FUNCTIONS: readonly string[] = [FLEET_ACCOUNTS, FLEET_JUDGE, FLEET_REPORT];

/** What folders of the bucket begin with. */
export const FOLDERS = {
  /** A folder a day, in it one an account. */
  results: 'results/',
  /** A folder a day: what came of it. */
  runs: 'runs/',
  /** A folder a day: the accounts. */
  asked: 'asked/',
  /** A folder a day: the HTML report. */
  reports: 'reports/',
  /** What Athena answers. */
  queries: 'queries/',
} as const;

/** Of an account on a day. The last run of a day counts. */
export const resultsKey = (day: string, accountId: string): string =>
  `${resultsPrefix(day)}account=${accountId}/results.jsonl.gz`;
export const resultsPrefix = (day: string): string => `${FOLDERS.results}day=${day}/`;

/** Whose results a key has; `undefined` for another key. */
export const accountOfKey = (key: string): string | undefined => /\/account=(\d{12})\//.exec(key)?.[1];

/** The accounts of a run: what the map reads. */
export const accountsKey = (day: string): string => `${FOLDERS.asked}day=${day}/accounts.json`;
/** What came of a run: one line, which is written last. A day without it has no whole results. */
export const runKey = (day: string): string => `${FOLDERS.runs}day=${day}/run.json`;
/** Of a key that {@link runKey} gives. */
export const dayOfRun = (key: string): string | undefined =>
  /^runs\/day=(\d{4}-\d{2}-\d{2})\/run\.json$/.exec(key)?.[1];
export const reportPrefix = (day: string): string => `${FOLDERS.reports}day=${day}/`;
/** The report of a day: a page of all, or the list of the pages beside it. */
export const reportKey = (day: string): string => `${reportPrefix(day)}index.html`;
/** Pages that the function that ends a run has no time for: what the second map reads, and each of them. */
export const pagesKey = (day: string): string => `${FOLDERS.asked}day=${day}/pages.json`;
export const pageKey = (day: string, file: string): string => `${FOLDERS.asked}day=${day}/pages/${file}.json`;
/** What the list of all pages says of each. */
export const contentsKey = (day: string): string => `${FOLDERS.asked}day=${day}/contents.json`;
/** Where Step Functions lists the executions of the map. */
export const MAP_FOLDER = 'map';

/** Beside the bundles of {@link FLEET_FUNCTIONS}. */
export const FLEET_FILE = 'fleet.json';

/** An account that is to be judged. */
export interface Asked {
  readonly id: string;
  readonly name?: string;
  /** From the root down to the unit that it is in. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Its folders `…/Config/` in the bucket that AWS Config delivers to, where accounts are judged by that. */
  readonly delivered?: readonly string[];
}

/** How the accounts of some units are judged. */
export interface JudgedAs {
  /** The group of the settings, by its name, and its units: both absent of those that are in no group. */
  readonly group?: string;
  readonly units?: readonly string[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly leftOut: readonly string[];
  readonly withoutFix: readonly string[];
}

/** The bucket that AWS Config delivers to. */
export interface FleetDelivery {
  readonly bucket: string;
  /** What stands before `AWSLogs/`: empty, or with a slash at its end. */
  readonly prefix: string;
  /** Whether each account answers what AWS Config does not record. */
  readonly withLive: boolean;
  readonly requesterPays: boolean;
}

export interface FleetFile {
  /** Of the HTML report; English where it is not said. */
  readonly language?: 'en' | 'ko';
  /** By what accounts are judged, where they do not answer themselves. */
  readonly delivery?: FleetDelivery;
  readonly roleName: string;
  readonly externalId?: string;
  readonly homeRegion: string;
  readonly regions: readonly string[];
  readonly organizationalUnits: readonly string[];
  readonly excludedAccounts: readonly string[];
  /** Those with units before the one without. */
  readonly judgedAs: readonly JudgedAs[];
}

/** Which settings an account has: those of the nearest of its units that has some, else those of all. */
export function judgedAsOf({ judgedAs }: Pick<FleetFile, 'judgedAs'>, { units }: Asked): JudgedAs {
  for (const { id } of [...units].reverse()) {
    const own = judgedAs.find((one) => one.units?.includes(id));
    if (own) return own;
  }
  const all = judgedAs.find((one) => one.units === undefined);
  if (!all) throw new Error(`${FLEET_FILE}: nothing for accounts that are in no group`);
  return all;
}
