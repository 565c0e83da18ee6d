/** What an account uses in a Region in a month: quantities, no prices. */
import type { Control } from '../../catalogue/index.ts';
import type { PriceId } from '../../catalogue/prices.ts';
import { sizeOf } from '../../deploy/account/sizes.ts';
import { controlsOf, remediationSettings } from '../../deploy/packs/controls.ts';
import { fixOf } from '../../deploy/packs/remediation.ts';
import type { Settings } from '../../deploy/settings/index.ts';
import type { AnyRule, Size } from '../../rules/rule.ts';
import {
  type Assumptions,
  CALL_MS,
  callsOf,
  JUDGE_MS,
  LOG_BYTES,
  POLLS_PER_MINUTE,
  START_MS,
} from './assumptions.ts';
import type { Inventory } from './counts.ts';
import { DAYS, type Shape, shapeOf } from './shape.ts';

/** What the bill is for, in the order in which it is printed. */
export const ITEMS = {
  evaluations: 'AWS Config evaluations',
  complianceItems: 'AWS Config items of compliance',
  recorder: 'AWS Config items of resources',
  requests: 'Lambda requests',
  computing: 'Lambda computing',
  logs: 'CloudWatch logs, written',
  logStorage: 'CloudWatch logs, kept',
  paidRequests: 'Cost Explorer requests',
  alarms: 'CloudWatch alarms',
  dashboard: 'CloudWatch dashboard',
  findings: 'Security Hub findings',
  queue: 'SQS requests',
} as const;
export type Item = keyof typeof ITEMS;

/** So much of something, a month and once when the packs are deployed, for one control or for all of them. */
export interface Use {
  readonly item: Item;
  readonly price: PriceId;
  readonly control?: string;
  readonly monthly: number;
  readonly once: number;
}

/** Resources that a control reports on and nobody counted. */
export interface Unknown {
  readonly control: string;
  readonly resourceType: string;
  readonly why: string | undefined;
}

export interface Usage {
  readonly accountId: string | undefined;
  readonly region: string;
  readonly controls: readonly { readonly control: Control; readonly resources: number }[];
  readonly uses: readonly Use[];
  readonly unknown: readonly Unknown[];
}

/** What the packs of an account use in a Region. */
export function usageOf(
  inventory: Inventory,
  region: string,
  settings: Settings,
  assumptions: Assumptions,
): Usage {
  const controls = settings.packs.flatMap((domain) => controlsOf({ settings, domain, region }));
  const parts = controls.map((control) => ofControl(control, { inventory, region, settings, assumptions }));
  const perControl = parts.flatMap(({ uses }) => uses);
  return {
    accountId: inventory.accountId,
    region,
    controls: parts.map(({ control, resources }) => ({ control, resources })),
    uses: [
      ...perControl,
      ...ofRegion(controls, perControl, region, settings),
      ...ofRecorder({ inventory, region, settings, assumptions }),
    ].filter(({ monthly, once }) => monthly + once > 0),
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
}

interface Where {
  readonly inventory: Inventory;
  readonly region: string;
  readonly settings: Settings;
  readonly assumptions: Assumptions;
}

interface Part {
  readonly control: Control;
  /** Those that somebody counted. */
  readonly resources: number;
  readonly uses: readonly Use[];
  readonly unknown: readonly Unknown[];
}

function ofControl(control: Control, where: Where): Part {
  const { inventory, region, settings, assumptions } = where;
  const shape = shapeOf(control);
  if (!shape) return { control, resources: 0, uses: [], unknown: [] };
  const counted = shape.resourceTypes.map((type) => ({ type, count: inventory.counts.get(type, region) }));
  const resources = shape.results(counted.map(({ type, count = 0 }) => ({ type, count })));
  const changes = shape.onChange ? resources * changesPerMonth(assumptions) : 0;
  const verdicts = { monthly: resources * assumptions.verdictChanges, once: resources };
  const use = (item: Item, price: PriceId, monthly: number, once = 0): Use => ({
    item,
    price,
    control: control.id,
    monthly,
    once,
  });
  return {
    control,
    resources,
    uses: [
      use(
        'evaluations',
        'config-pack-evaluation',
        changes + shape.runs * resources,
        // A rule that waits for changes evaluates what is there already when it is made.
        shape.onChange ? resources : 0,
      ),
      use('complianceItems', 'config-item-continuous', verdicts.monthly, verdicts.once),
      ...(sendsFindings(settings)
        ? [use('findings', 'security-hub-event', verdicts.monthly, verdicts.once)]
        : []),
      ...(shape.rule === undefined
        ? []
        : [
            ...ofFunction(shape.rule, shape, { changes, resources }, settings, use),
            ...ofRequests(shape.rule, shape, use),
          ]),
    ],
    unknown: counted
      .filter(({ count }) => count === undefined)
      .map(({ type }) => ({
        control: control.id,
        resourceType: type,
        why: inventory.counts.why(type, region),
      })),
  };
}

/** Changes that AWS Config sees in a month: with daily recording no more than one a day. */
const changesPerMonth = ({ changesPerDay, recorder }: Assumptions): number =>
  DAYS * (recorder === 'daily' ? Math.min(1, changesPerDay) : changesPerDay);

const sendsFindings = ({ securityHub }: Settings): boolean => securityHub !== false && securityHub.findings;

type MakeUse = (item: Item, price: PriceId, monthly: number, once?: number) => Use;

function ofFunction(
  rule: AnyRule,
  { onChange, runs }: Shape,
  { changes, resources }: { readonly changes: number; readonly resources: number },
  settings: Settings,
  use: MakeUse,
): Use[] {
  // The setting that some resources need, and PutEvaluations.
  const change = gigabyteSeconds(2, sizeOf(rule), settings);
  const once = onChange ? resources : 0;
  return runsOf(
    { monthly: changes + runs, once },
    {
      monthly: changes * change + runs * gigabyteSeconds(callsOf(rule, resources), sizeOf(rule), settings),
      once: once * change,
    },
    settings,
    use,
  );
}

/** What AWS takes money for asking: each reading once a run, in as few pages as there can be. */
const ofRequests = ({ reads }: AnyRule, { runs }: Shape, use: MakeUse): Use[] =>
  reads.flatMap(({ price }) => (price === undefined ? [] : [use('paidRequests', price, runs)]));

interface Quantity {
  readonly monthly: number;
  readonly once: number;
}

/** The bill of a function's runs. */
function runsOf(runs: Quantity, computing: Quantity, settings: Settings, use: MakeUse): Use[] {
  const gigabytes = LOG_BYTES / 1e9;
  const months = settings.functions.logRetentionDays / DAYS;
  return [
    use('requests', 'lambda-request', runs.monthly, runs.once),
    use('computing', 'lambda-gb-second', computing.monthly, computing.once),
    use('logs', 'log-ingested', runs.monthly * gigabytes, runs.once * gigabytes),
    // The size of the log once its oldest lines are being deleted.
    use('logStorage', 'log-stored', runs.monthly * gigabytes * months, runs.once * gigabytes),
  ];
}

/** As deploy/attestations and deploy/security-hub have them. */
const WATCH: Size = { memoryMegabytes: 256, timeoutSeconds: 300 };
const BRIDGE: Size = { memoryMegabytes: 256, timeoutSeconds: 60 };

/** GB-seconds of one run that makes so many calls: no longer than the function may take. */
function gigabyteSeconds(calls: number, size: Size, { functions }: Settings): number {
  const seconds = (START_MS + JUDGE_MS + calls * CALL_MS) / 1000;
  const gigabytes = (functions.memoryMegabytes ?? size.memoryMegabytes) / 1024;
  return gigabytes * Math.min(seconds, functions.timeoutSeconds ?? size.timeoutSeconds);
}

/** What there is once a Region: alarms, the way to Security Hub, the watch over attestations. */
function ofRegion(
  controls: readonly Control[],
  perControl: readonly Use[],
  region: string,
  settings: Settings,
): Use[] {
  const isHome = region === settings.homeRegion;
  const attestations = isHome ? controls.filter(({ kind }) => kind === 'process-check').length : 0;
  const use: MakeUse = (item, price, monthly, once = 0) => ({ item, price, monthly, once });
  return [
    use('alarms', 'alarm', alarmsOf(controls, attestations > 0, settings)),
    // One shows all Regions.
    use('dashboard', 'dashboard', isHome && settings.notifications.dashboard ? 1 : 0),
    ...(sendsFindings(settings) ? ofBridge(perControl, settings, use) : []),
    // The rules are read one after the other, once a day (deploy/attestations).
    ...(attestations > 0
      ? runsOf(
          { monthly: DAYS, once: 0 },
          { monthly: DAYS * gigabyteSeconds(2 * attestations, WATCH, settings), once: 0 },
          settings,
          use,
        )
      : []),
  ];
}

/** The queue of what failed; if asked for, errors and throttles of each function besides (deploy/account/monitoring.ts). */
function alarmsOf(controls: readonly Control[], hasAttestations: boolean, settings: Settings): number {
  const { alarms, functionAlarms } = settings.notifications;
  if (!alarms) return 0;
  return functionAlarms ? 1 + 2 * functionsOf(controls, hasAttestations, settings) : 1;
}

/** How many functions a Region has (deploy/account/stack.ts, `functionNamesIn`, which needs the CDK). */
function functionsOf(controls: readonly Control[], hasAttestations: boolean, settings: Settings): number {
  const own = controls.flatMap((control) => {
    const { mode } = remediationSettings(control, settings);
    return control.kind === 'custom' || mode !== 'off' ? (fixOf(control) ?? []) : [];
  });
  // A rule has one function, under however many controls.
  return new Set(own).size + Number(sendsFindings(settings)) + Number(hasAttestations);
}

/** EventBridge → SQS → function → Security Hub (deploy/security-hub). At worst each batch is one event. */
function ofBridge(perControl: readonly Use[], settings: Settings, use: MakeUse): Use[] {
  const findings = perControl.filter(({ item }) => item === 'findings');
  const monthly = findings.reduce((sum, one) => sum + one.monthly, 0);
  const once = findings.reduce((sum, one) => sum + one.once, 0);
  const each = gigabyteSeconds(1, BRIDGE, settings);
  return [
    ...runsOf({ monthly, once }, { monthly: monthly * each, once: once * each }, settings, use),
    // Sent, received, deleted; and Lambda asks whether there is something, day and night.
    use('queue', 'sqs-request', 3 * monthly + POLLS_PER_MINUTE * 60 * 24 * DAYS, 3 * once),
  ];
}

function ofRecorder({ inventory, region, settings, assumptions }: Where): Use[] {
  if (!assumptions.recorder) return [];
  const { counts } = inventory;
  const resources = counts
    .types(region, settings.homeRegion)
    .reduce((sum, type) => sum + (counts.get(type, region) ?? 0), 0);
  return [
    {
      item: 'recorder',
      price: assumptions.recorder === 'daily' ? 'config-item-daily' : 'config-item-continuous',
      monthly: resources * changesPerMonth(assumptions),
      once: 0,
    },
  ];
}
