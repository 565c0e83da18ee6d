import { AccountError, OWN_CODES } from '../errors.ts';
import { nameOf, ofWhat } from '../reading.ts';
import { someOf } from '../some.ts';
import type { Source } from '../source.ts';
import { type ConfigFile, configFilesOf } from './config-files.ts';
import { ConfigItems, surveyOnce } from './config-items.ts';
import type { DatedSource } from './deleted.ts';
import { SnapshotError } from './errors.ts';
import { filled } from './filled.ts';
import { type FileAccount, overlay } from './overlay.ts';
import { snapshotSource } from './source.ts';

export interface SnapshotAccount extends FileAccount {
  /** When `groundrules collect` made the folder: ages are to be judged as of then. */
  readonly collectedAt?: Date;
}

/**
 * The account in a folder of the snapshot format, with the configuration items of its Config files laid over what the
 * `aws` command line printed. Files are read when a rule asks for what is in them.
 *
 * @example
 * const { account, deleted } = snapshotAccount('snapshots/123456789012');
 * @throws {SnapshotError} when the folder is not an account's.
 */
export function snapshotAccount(folder: string): SnapshotAccount {
  const source = snapshotSource(folder);
  const { accountId, regions, collectedAt } = source;
  const files = configFilesOf(source.folder, regions);
  const place = { accountId, regions };
  const items = new ConfigItems(surveyOnce(files, place), place);
  return { ...overlay(source, items), ...(collectedAt && { collectedAt }) };
}

export interface ConfigFileAccount extends FileAccount {
  /** The types that the files have items of: rules that report on others have nothing to go by. */
  readonly resourceTypes: ReadonlySet<string>;
  /** The newest of the times that its files and their items have: they show the account as it was then. */
  readonly newest?: Date;
  /** Some of its files cannot be read: which types are in them, nobody knows. */
  readonly isCut: boolean;
}

/**
 * The accounts in Config snapshot or history files that stand alone, by account id. What is not in the files was not
 * collected.
 *
 * @throws {SnapshotError} when a file is not a Config file, is broken, or there is no item in any.
 */
export async function configFileAccounts(
  given: readonly (string | ConfigFile)[],
): Promise<ConfigFileAccount[]> {
  const files = given.map((file) => (typeof file === 'string' ? { path: file, label: file } : file));
  const names = someOf(files.map(({ label }) => label));
  const surveyed = surveyOnce(files);
  const { accounts, problems, isBroken } = await surveyed();
  const broken = problems.find(({ isBroken, file }) => isBroken && !file.isDelivered);
  if (broken) throw broken.error;
  if (accounts.size === 0) {
    const [first] = problems;
    if (first) throw new SnapshotError('Malformed', first.error.message, { cause: first.error });
    throw new SnapshotError(
      'Empty',
      `${names}: no configuration items. An empty list does not say whose it is: give the answer whole, without --query, or a snapshot folder`,
    );
  }
  return [...accounts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([accountId, { types, regions, latest }]) => {
      const source = nothingBut(accountId, [...regions].sort());
      const found = overlay(source, new ConfigItems(surveyed, { accountId }));
      const own = files.filter((file) => file.accountId === accountId && !isBroken(file));
      const isCut = problems.some((one) => one.isBroken && ['', accountId].includes(one.accountId));
      return { ...found, isCut, resourceTypes: types, ...newestOf(timesOf(own), latest) };
    });
}

/** An account of a bucket that AWS Config delivers to. */
export interface DeliveredFileAccount extends ConfigFileAccount {
  /** By Region, the time of the newest file that could be read. */
  readonly times: ReadonlyMap<string, Date>;
}

/**
 * What AWS Config delivered of one account; an item of another's among it is an error, and not judged.
 *
 * @param regions that there are files of.
 * @param live answers what no item tells, where it is there.
 */
export async function deliveredAccount(
  accountId: string,
  files: readonly ConfigFile[],
  regions: readonly string[],
  live?: Source,
): Promise<DeliveredFileAccount> {
  const surveyed = surveyOnce(files, { accountId, regions });
  const { accounts, problems, isBroken } = await surveyed();
  const { types = new Set<string>(), latest = 0 } = accounts.get(accountId) ?? {};
  const items = new ConfigItems(surveyed, { accountId });
  const there = [...regions].sort();
  const times = timesOf(files.filter((file) => !isBroken(file)));
  return {
    ...overlay(live ? filled(live, items, there) : nothingBut(accountId, there), items),
    resourceTypes: types,
    isCut: problems.some((problem) => problem.isBroken),
    times,
    ...newestOf(times, latest),
  };
}

/** @param latest of its items, in milliseconds; 0 where there is none. */
function newestOf(times: ReadonlyMap<string, Date>, latest: number): { readonly newest?: Date } {
  const newest = Math.max(latest, ...[...times.values()].map((at) => at.getTime()));
  return newest > 0 ? { newest: new Date(newest) } : {};
}

/** The Regions that there are files of. */
export const regionsIn = (files: readonly ConfigFile[]): readonly string[] => [
  ...new Set(files.flatMap(({ region = 'global' }) => (region === 'global' ? [] : region))),
];

/** `{"us-east-1": "2026-11-20T09:00:00.000Z"}`, in the order of the Regions. */
export const timesIn = ({ times }: Pick<DeliveredFileAccount, 'times'>): Readonly<Record<string, string>> =>
  Object.fromEntries([...times].map(([region, at]) => [region, at.toISOString()] as const).sort());

function timesOf(files: readonly ConfigFile[]): ReadonlyMap<string, Date> {
  const times = new Map<string, Date>();
  for (const { region = '', at = 0 } of files) {
    if (region === 'global') continue;
    if (at > (times.get(region)?.getTime() ?? 0)) times.set(region, new Date(at));
  }
  return times;
}

/** The direct readings of an account of which there are Config files alone: none. */
const nothingBut = (accountId: string, regions: readonly string[]): DatedSource => ({
  accountId,
  regions,
  everyRegion: true,
  async read(reading, target = {}) {
    const of = `${nameOf(reading)}${ofWhat(reading, target)}`;
    const message = `${of} is not in a Config file: evaluate a snapshot folder or --live to have it`;
    throw new AccountError(OWN_CODES.notCollected, nameOf(reading), message, target.id ?? reading.variant);
  },
  readAt: async () => undefined,
});
