import { existsSync } from 'node:fs';
import { UnknownRegionError } from '../catalogue/availability.ts';
import { DOMAINS, type Domain } from '../catalogue/index.ts';
import { loadSettings, readSettings, type Settings, SettingsError } from '../deploy/settings/index.ts';
import { closest } from '../report/closest.ts';
import { type Assumptions, DEFAULTS, inWords } from './cost/assumptions.ts';
import { estimate } from './cost/estimate.ts';
import { findAccounts, inventoriesOf, isSample, readCounts } from './cost/inventories.ts';
import { type CostReport, costJson, costTable, priceText, type UnknownType } from './cost/print.ts';
import { type Usage, usageOf } from './cost/usage.ts';
import { UsageError } from './errors.ts';
import { checkEndpoint, type LiveOptions } from './live.ts';
import { checkRegions, isRegion, refuseEmpty, splitValues } from './options.ts';
import type { Progress } from './progress.ts';
import { settingsFile } from './settings.ts';
import { print, terminal } from './terminal.ts';

export interface CostOptions extends LiveOptions {
  readonly live?: boolean;
  readonly config?: string | false;
  readonly packs?: readonly string[];
  readonly accounts?: string;
  readonly changesPerDay?: string;
  readonly verdictChanges?: string;
  readonly count?: readonly string[];
  readonly withRecorder?: string | boolean;
  readonly freeTier?: boolean;
  readonly format?: string;
}

export const COST_FORMATS = ['table', 'json'] as const;

/** `groundrules cost`. Gives the text to print. */
export async function costReport(
  snapshots: readonly string[],
  options: CostOptions,
  progress: Progress,
): Promise<string> {
  const named = splitValues(options.region, isRegion);
  refuseEmpty('--region', options.region, named);
  checkRegions(named.values);
  checkEndpoint(options.endpointUrl);
  const packNames = splitValues(options.packs, (value) => DOMAINS.some((domain) => domain === value));
  // `--with-recorder ./folder`: the folder is no mode.
  const { withRecorder } = options;
  const stray = typeof withRecorder === 'string' && existsSync(withRecorder) ? [withRecorder] : [];
  const paths = [...snapshots, ...named.paths, ...packNames.paths, ...stray];
  refuseEmpty('--packs', options.packs, packNames);
  if (options.live && paths.length > 0) {
    throw new UsageError(
      `--live counts in the account of the credentials, and ${paths.join(', ')} is something else: leave one of them out`,
    );
  }
  const packs = readPacks(packNames.values);
  const assumptions = readAssumptions({ ...options, ...(stray.length > 0 && { withRecorder: true }) });
  const given = readCounts(options.count ?? [], assumptions.recorder !== undefined);
  const accounts = readAccounts(options.accounts);
  const file = settingsFile(options);
  const said = file === undefined ? undefined : settingsOr(() => loadSettings(file));

  const regions = named.values.length > 0 ? named.values : said?.regions;
  const found = await findAccounts(
    {
      paths,
      live: options.live ?? false,
      liveOptions: { ...options, region: regions ?? [] },
      hasCounts: given.length > 0,
    },
    progress,
  );
  const inView = [...new Set(found.flatMap((one) => one.regions))].sort();
  const settings = chooseSettings(said, regions ?? inView, packs);
  const inventories = await inventoriesOf(found, settings.regions, settings.homeRegion, given);
  const usages = usagesOf(inventories, settings, assumptions);
  const report: CostReport = {
    sample: isSample(paths, options.live ?? false, given.length > 0),
    accountIds: found.flatMap(({ accountId }) => accountId ?? []),
    accounts: accounts ?? found.length,
    regions: settings.regions,
    homeRegion: settings.homeRegion,
    packs: settings.packs,
    freeTier: options.freeTier ?? false,
    estimate: estimate(usages, {
      scale: (accounts ?? found.length) / found.length,
      freeTier: options.freeTier ?? false,
    }),
    unknown: unknownTypes(usages),
    assumptions: inWords(assumptions),
    notCounted: notCounted(settings),
  };
  return options.format === 'json' ? costJson(report) : costTable(report, terminal());
}

/** `groundrules cost`. Gives the exit status. */
export async function costCommand(
  snapshots: readonly string[],
  options: CostOptions,
  progress: Progress,
): Promise<number> {
  const text = await costReport(snapshots, options, progress);
  print(text);
  return 0;
}

/** What settings get wrong is the caller's. */
function settingsOr<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingsError || error instanceof UnknownRegionError)
      throw new UsageError(error.message);
    throw error;
  }
}

/** The file's settings with what the command line says; without a file, the packs run where the accounts have something. */
function chooseSettings(
  said: Settings | undefined,
  regions: readonly string[],
  packs: readonly Domain[] | undefined,
): Settings {
  const [first = 'us-east-1'] = regions;
  const homeRegion = said?.homeRegion ?? (regions.includes('us-east-1') ? 'us-east-1' : first);
  if (!regions.includes(homeRegion) && regions.length > 0) {
    throw new UsageError(`--region: lacks ${homeRegion}, the home Region, where global resources are judged`);
  }
  const base = said ?? settingsOr(() => readSettings({ homeRegion }, 'settings'));
  return { ...base, regions: regions.length > 0 ? regions : [homeRegion], packs: [...(packs ?? base.packs)] };
}

const usagesOf = (
  inventories: Awaited<ReturnType<typeof inventoriesOf>>,
  settings: Settings,
  assumptions: Assumptions,
): Usage[] =>
  settingsOr(() =>
    inventories.flatMap((inventory) =>
      settings.regions.map((region) => usageOf(inventory, region, settings, assumptions)),
    ),
  );

function readPacks(names: readonly string[]): Domain[] | undefined {
  const known: readonly string[] = DOMAINS;
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    const near = closest(wrong, known);
    throw new UsageError(
      `--packs ${wrong}: there is no such pack (${near ? `did you mean ${near}?` : `there is ${known.join(', ')}`})`,
    );
  }
  return names.length > 0 ? DOMAINS.filter((domain) => names.includes(domain)) : undefined;
}

function readAssumptions({ changesPerDay, verdictChanges, withRecorder = false }: CostOptions): Assumptions {
  const recorder = withRecorder === true ? 'continuous' : withRecorder || undefined;
  if (recorder !== undefined && recorder !== 'continuous' && recorder !== 'daily') {
    throw new UsageError(`--with-recorder ${recorder}: expected continuous or daily`);
  }
  return {
    changesPerDay: readNumber('--changes-per-day', changesPerDay) ?? DEFAULTS.changesPerDay,
    verdictChanges: (readNumber('--verdict-changes', verdictChanges) ?? DEFAULTS.verdictChanges * 100) / 100,
    recorder,
  };
}

function readNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new UsageError(`${option} ${text}: expected a number that is not negative`);
  return Number(text);
}

function readAccounts(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--accounts ${text}: expected a whole number, 1 or more`);
  return Number(text);
}

/** What nobody counted, a line a type. */
function unknownTypes(usages: readonly Usage[]): UnknownType[] {
  const types = new Map<string, { regions: Set<string>; controls: Set<string>; why: string | null }>();
  for (const { region, unknown } of usages) {
    for (const { resourceType, control, why } of unknown) {
      const one = types.get(resourceType) ?? { regions: new Set(), controls: new Set(), why: null };
      types.set(resourceType, one);
      one.regions.add(region);
      one.controls.add(control);
      one.why ??= why ?? null;
    }
  }
  return [...types]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([resourceType, { regions, controls, why }]) => ({
      resourceType,
      regions: [...regions].sort(),
      controls: [...controls].sort(),
      why,
    }));
}

/** What an estimate leaves out on purpose, with the price where there is one. */
const notCounted = ({ organization }: Settings): string[] => [
  `Remediations: ${priceText('automation-step')} of SSM Automation, as often as somebody starts one.`,
  `Mails of alarms${organization ? ', and the weekly summary' : ''}: ${priceText('sns-email')}.`,
  ...(organization
    ? [`The functions' code in a bucket of each Region, some megabytes: ${priceText('s3-storage')}.`]
    : []),
  "Other rules of the account, and Security Hub's own checks, which fill the price tiers, too.",
  'Findings that AWS Config sends to Security Hub itself, if it does so for rules of packs (unverified): they are billed as well.',
  'What the recorder delivers to S3; what removing the packs records: one configuration item for every result there is.',
];
