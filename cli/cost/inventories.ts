/** The accounts that an estimate is made from: live, from snapshots, from AWS Config's files, or from --count alone. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readAccount } from '../../account/open.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { type ConfigFile, configFilesOf } from '../../account/snapshot/config-files.ts';
import { openSnapshot } from '../../account/snapshot/open.ts';
import { sniff } from '../../account/snapshot/sniff.ts';
import { controls } from '../../catalogue/index.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { didYouMean } from '../../report/closest.ts';
import { rules } from '../../rules/index.ts';
import { type LiveOptions, openLive } from '../options/live.ts';
import { isRegion } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { countAccount, countConfigFiles } from './count.ts';
import { Counts, GLOBAL, type Inventory, isGlobalType } from './counts.ts';
import { countRecorded } from './recorded.ts';
import { ACCOUNT } from './shape.ts';

/** Who has what, still to be counted: the Regions to look at are known only when all accounts are. */
export interface Found {
  readonly accountId: string | undefined;
  readonly regions: readonly string[];
  count(regions: readonly string[], home: string): Promise<Counts>;
}

/** Every type that a control or a rule of ours reports on. */
export const TYPES: readonly string[] = [
  ...new Set([
    ...controls.flatMap((control) => ('resourceTypes' in control ? (control.resourceTypes ?? []) : [])),
    ...rules.flatMap(({ resourceTypes }) => resourceTypes),
  ]),
]
  .filter((type) => type !== ACCOUNT)
  .sort();

export interface FindOptions {
  readonly paths: readonly string[];
  readonly live: boolean;
  readonly liveOptions: LiveOptions;
  /** `--count` was given: without a path it is all there is, rather than the sample. */
  readonly hasCounts: boolean;
}

/** Whether nothing was named, so that the sample accounts are counted. */
export const isSample = (paths: readonly string[], live: boolean, hasCounts: boolean): boolean =>
  paths.length === 0 && !live && !hasCounts;

export async function findAccounts(options: FindOptions, world: World): Promise<Found[]> {
  const { paths, live, liveOptions, hasCounts } = options;
  const found: Found[] = live ? [await liveAccount(liveOptions, world)] : [];
  const sample = join(PACKAGE_ROOT, 'examples', 'sample-account');
  const given = isSample(paths, live, hasCounts) ? [sample] : paths;
  const files: ConfigFile[] = [];
  for (const path of new Set(given)) {
    if ((await stat(path).catch(() => undefined))?.isDirectory()) {
      for (const folder of await openSnapshot(path)) found.push(folderAccount(folder));
      continue;
    }
    const kind = await sniff(path);
    if (kind !== 'config-items') {
      throw new UsageError({
        en: `${path}: cost counts a snapshot folder, or AWS Config snapshot and history files; this is ${kind === 'credential-report' ? 'a credential report' : 'one item'}`,
        ko: `${path}: cost는 스냅샷 폴더나 AWS Config의 스냅샷·이력 파일을 셉니다. 이것은 ${kind === 'credential-report' ? '자격 증명 보고서' : '항목 하나'}입니다`,
      });
    }
    files.push({ path, label: path });
  }
  if (files.length > 0) {
    for (const [accountId, { regions, counts }] of await countConfigFiles(files)) {
      found.push({ accountId, regions, count: async () => counts });
    }
  }
  refuseTwice(found);
  if (found.length > 0) return found;
  if (files.length > 0)
    throw new UsageError({
      en: `${files.map(({ label }) => label).join(', ')}: no configuration items`,
      ko: `${files.map(({ label }) => label).join(', ')}: 구성 항목이 없습니다`,
    });
  return [{ accountId: undefined, regions: [], count: async () => new Counts() }];
}

/** An account that is given twice would be billed twice. */
function refuseTwice(found: readonly Found[]): void {
  const ids = found.map(({ accountId }) => accountId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new UsageError({
    en: `account ${twice} comes twice: give it once (AWS Config files belong into its folder, in ${twice}/<region>/config/)`,
    ko: `계정 ${twice}이(가) 두 번 나옵니다. 한 번만 주십시오 (AWS Config 파일은 그 폴더의 ${twice}/<region>/config/에 둡니다)`,
  });
}

function folderAccount(folder: string): Found {
  const { account } = snapshotAccount(folder);
  return {
    accountId: account.id,
    regions: account.regions,
    async count(regions, home) {
      const lists = await countAccount(account, regions, home);
      const recorded = await countConfigFiles(configFilesOf(folder, account.regions));
      return lists.or(recorded.get(account.id)?.counts ?? new Counts());
    },
  };
}

async function liveAccount(options: LiveOptions, world: World): Promise<Found> {
  const { source, accountId, config } = await openLive(options, world);
  return {
    accountId,
    regions: source.regions,
    async count(regions, home) {
      world.progress.step({ en: 'counting resources', ko: '리소스를 세는 중' });
      const lists = await countAccount(readAccount(source), regions, home);
      world.progress.step({
        en: 'asking AWS Config how many resources it has recorded',
        ko: 'AWS Config가 기록한 리소스 수를 확인하는 중',
      });
      const counts = lists.or(await countRecorded(config, regions, TYPES));
      world.progress.done();
      return counts;
    },
  };
}

/** A count from the command line: `AWS::RDS::DBInstance=12`, or of one Region `AWS::RDS::DBInstance@eu-west-1=12`. */
export interface GivenCount {
  readonly type: string;
  /** `undefined`: all of the account's, taken to be in the home Region. */
  readonly region: string | undefined;
  readonly count: number;
}

/**
 * Reads `--count`.
 *
 * @param anyType types that no control reports on count, too: the recorder's cost is wanted.
 * @throws {UsageError}
 */
export function readCounts(options: readonly string[], anyType: boolean): GivenCount[] {
  return options.map((option) => {
    const [, type = '', region, digits = ''] = /^(AWS::\w+::\w+)(?:@([^=]+))?=(\d+)$/.exec(option) ?? [];
    if (!type || (region !== undefined && !isRegion(region)) || !Number.isSafeInteger(Number(digits))) {
      throw new UsageError({
        en: `--count ${option}: expected a type and a number, such as AWS::RDS::DBInstance=12 or AWS::RDS::DBInstance@eu-west-1=12`,
        ko: `--count ${option}: AWS::RDS::DBInstance=12나 AWS::RDS::DBInstance@eu-west-1=12처럼 유형과 수여야 합니다`,
      });
    }
    if (!anyType && !TYPES.includes(type)) {
      throw new UsageError({
        en: `--count ${option}: no control reports on ${type}${didYouMean(type, TYPES)}`,
        ko: `--count ${option}: ${type}을(를) 보고하는 통제가 없습니다${didYouMean(type, TYPES, 'ko')}`,
      });
    }
    return { type, region, count: Number(digits) };
  });
}

/** Counts the accounts; what was given on the command line wins. */
export async function inventoriesOf(
  found: readonly Found[],
  regions: readonly string[],
  home: string,
  given: readonly GivenCount[],
): Promise<Inventory[]> {
  const said = new Counts();
  for (const { type, region, count } of given) {
    said.set(type, isGlobalType(type) ? GLOBAL : (region ?? home), count);
    // All of them: there are none anywhere else.
    if (region === undefined || isGlobalType(type)) said.complete(type);
  }
  const inventories: Inventory[] = [];
  for (const { accountId, regions: own, count } of found) {
    inventories.push({ accountId, regions: own, counts: said.or(await count(regions, home)) });
  }
  return inventories;
}
