import { existsSync } from 'node:fs';
import { DOMAINS, type Domain } from '../../catalogue/index.ts';
import { readSettings, type Settings } from '../../deploy/settings/index.ts';
import type { Both } from '../../report/both.ts';
import { applyLimits } from '../options/limit.ts';
import { checkEndpoint } from '../options/live.ts';
import { checkRegions, isRegion, refuseEmpty, splitValues } from '../options/read.ts';
import { readSettingsFile, settingsFile, withoutMistakes } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import { oneOf } from '../program/one-of.ts';
import type { World } from '../program/world.ts';
import { type Assumptions, DEFAULTS, inWords } from './assumptions.ts';
import { type Arguments, type Options, RECORDER_MODES } from './command.ts';
import { estimate } from './estimate.ts';
import { findAccounts, inventoriesOf, isSample, readCounts } from './inventories.ts';
import { type CostReport, costJson, costTable, priceText, type UnknownType } from './print.ts';
import { type Usage, usageOf } from './usage.ts';

/** `groundrules cost`: prints an estimate. */
export async function run([snapshots]: Arguments, options: Options, world: World): Promise<number> {
  applyLimits(options.limit);
  const named = splitValues(options.region, isRegion);
  refuseEmpty('--region', options.region, named);
  checkRegions(named.values);
  checkEndpoint(options.endpointUrl, world.env);
  const packNames = splitValues(options.packs, (value) =>
    DOMAINS.some((domain) => domain === value.toLowerCase()),
  );
  // `--with-recorder ./folder`: the folder is no mode.
  const { withRecorder } = options;
  const stray = typeof withRecorder === 'string' && existsSync(withRecorder) ? [withRecorder] : [];
  const paths = [...snapshots, ...named.paths, ...packNames.paths, ...stray];
  refuseEmpty('--packs', options.packs, packNames);
  if (options.live && paths.length > 0) {
    throw new UsageError({
      en: `--live counts in the account of the credentials, and ${paths.join(', ')} is something else: leave one of them out`,
      ko: `--live는 자격 증명의 계정에서 세는데 ${paths.join(', ')}은(는) 다른 것입니다. 둘 중 하나를 빼십시오`,
    });
  }
  const packs = readPacks(packNames.values);
  const assumptions = readAssumptions({ ...options, ...(stray.length > 0 && { withRecorder: true }) });
  const given = readCounts(options.count ?? [], assumptions.recorder !== undefined);
  const accounts = readAccounts(options.accounts);
  const file = settingsFile(options);
  const said = file === undefined ? undefined : await readSettingsFile(file);

  const regions = named.values.length > 0 ? named.values : said?.regions;
  const found = await findAccounts(
    {
      paths,
      live: options.live ?? false,
      liveOptions: { ...options, region: regions ?? [] },
      hasCounts: given.length > 0,
    },
    world,
  );
  const inView = [...new Set(found.flatMap((one) => one.regions))].sort();
  const settings = await chooseSettings(said, regions ?? inView, packs);
  const inventories = await inventoriesOf(found, settings.regions, settings.homeRegion, given);
  const usages = await usagesOf(inventories, settings, assumptions, file);
  const estimated = estimate(usages, {
    scale: (accounts ?? found.length) / found.length,
    freeTier: options.freeTier ?? false,
  });
  const report: CostReport = {
    sample: isSample(paths, options.live ?? false, given.length > 0),
    accountIds: found.flatMap(({ accountId }) => accountId ?? []),
    accounts: accounts ?? found.length,
    regions: settings.regions,
    homeRegion: settings.homeRegion,
    packs: settings.packs,
    freeTier: options.freeTier ?? false,
    estimate: estimated,
    unknown: unknownTypes(usages),
    assumptions: inWords(assumptions),
    notCounted: notCounted(settings, estimated.used.includes('cost-explorer-request')),
  };
  world.print(
    options.format === 'json' ? costJson(report) : costTable(report, world.screen(), world.language),
  );
  return 0;
}

/** The file's settings with what the command line says; without a file, the packs run where the accounts have something. */
async function chooseSettings(
  said: Settings | undefined,
  regions: readonly string[],
  packs: readonly Domain[] | undefined,
): Promise<Settings> {
  const [first = 'us-east-1'] = regions;
  const homeRegion = said?.homeRegion ?? (regions.includes('us-east-1') ? 'us-east-1' : first);
  if (!regions.includes(homeRegion) && regions.length > 0) {
    throw new UsageError({
      en: `--region: lacks ${homeRegion}, the home Region, where global resources are judged`,
      ko: `--region: 전역 리소스를 판정하는 홈 리전 ${homeRegion}이(가) 빠졌습니다`,
    });
  }
  const base = said ?? (await withoutMistakes(() => readSettings({ homeRegion }, 'settings')));
  return { ...base, regions: regions.length > 0 ? regions : [homeRegion], packs: [...(packs ?? base.packs)] };
}

const usagesOf = (
  inventories: Awaited<ReturnType<typeof inventoriesOf>>,
  settings: Settings,
  assumptions: Assumptions,
  file: string | undefined,
): Promise<Usage[]> =>
  withoutMistakes(
    () =>
      inventories.flatMap((inventory) =>
        settings.regions.map((region) => usageOf(inventory, region, settings, assumptions)),
      ),
    undefined,
    file,
  );

function readPacks(names: readonly string[]): Domain[] | undefined {
  const packs = names.map((name) => oneOf('--packs', name, DOMAINS));
  return packs.length > 0 ? DOMAINS.filter((domain) => packs.includes(domain)) : undefined;
}

function readAssumptions({ changesPerDay, verdictChanges, withRecorder = '' }: Options): Assumptions {
  const mode = withRecorder === true ? 'continuous' : withRecorder;
  const recorder = mode ? oneOf('--with-recorder', mode, RECORDER_MODES) : undefined;
  return {
    changesPerDay: readNumber('--changes-per-day', changesPerDay) ?? DEFAULTS.changesPerDay,
    verdictChanges: (readNumber('--verdict-changes', verdictChanges) ?? DEFAULTS.verdictChanges * 100) / 100,
    recorder,
  };
}

function readNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new UsageError({
      en: `${option} ${text}: expected a number that is not negative`,
      ko: `${option} ${text}: 0 이상의 수여야 합니다`,
    });
  return Number(text);
}

function readAccounts(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError({
      en: `--accounts ${text}: expected a whole number, 1 or more`,
      ko: `--accounts ${text}: 1 이상의 정수여야 합니다`,
    });
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
const notCounted = ({ organization }: Settings, asksCostExplorer: boolean): Both[] => [
  {
    en: `Remediations: ${priceText('automation-step')} of SSM Automation, as often as somebody starts one.`,
    ko: `수정: SSM Automation ${priceText('automation-step')}, 누군가 시작할 때마다.`,
  },
  ...(asksCostExplorer
    ? [
        {
          en: `What the document of cost-anomaly-detection asks Cost Explorer: ${priceText('cost-explorer-request')}.`,
          ko: `cost-anomaly-detection의 문서가 Cost Explorer에 하는 요청: ${priceText('cost-explorer-request')}.`,
        },
      ]
    : []),
  {
    en: `Mails of alarms${organization ? ', and the weekly summary' : ''}: ${priceText('sns-email')}.`,
    ko: `경보${organization ? '와 주간 요약' : ''} 메일: ${priceText('sns-email')}.`,
  },
  ...(organization
    ? [
        {
          en: `The functions' code in a bucket of each Region, some megabytes: ${priceText('s3-storage')}.`,
          ko: `리전마다 버킷에 두는 함수 코드 몇 MB: ${priceText('s3-storage')}.`,
        },
      ]
    : []),
  {
    en: "Other rules of the account, and Security Hub's own checks, which fill the price tiers, too.",
    ko: '요금 구간을 함께 채우는 계정의 다른 규칙과 Security Hub 자체 검사.',
  },
  {
    en: 'Findings that AWS Config sends to Security Hub itself, if it does so for rules of packs (unverified): they are billed as well.',
    ko: 'AWS Config가 팩의 규칙에 대해 Security Hub로 직접 보내는 결과(그렇게 하는지 확인하지 않음). 이것도 요금이 나옵니다.',
  },
  {
    en: 'What the recorder delivers to S3; what removing the packs records: one configuration item for every result there is.',
    ko: '레코더가 S3에 전달하는 것. 팩을 제거할 때 기록되는 것: 결과마다 구성 항목 하나.',
  },
];
