/** What AWS Config has stored, beside what is judged here: `--from-config` and `--aggregator`. */
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { explain, LiveError } from '../../account/live/failures.ts';
import type { LiveAccount } from '../../account/live/open.ts';
import { type Control, controls } from '../../catalogue/index.ts';
import { controlNames } from '../../config/rule-name.ts';
import {
  AGGREGATED_ACTIONS,
  aggregated,
  STORED_ACTIONS,
  type StoredResult,
  type StoredRule,
  storedIn,
  storedParameters,
} from '../../config/stored.ts';
import { findingId } from '../../report/finding-id.ts';
import { fixCommand, type Result } from '../../report/result.ts';
import { factsOf } from '../../report/rule-facts.ts';
import { fixes, rules } from '../../rules/index.ts';
import { type Parameters, parseParameters } from '../../rules/parameters.ts';
import type { Progress } from '../program/progress.ts';

/** A rule of a deployed pack, and the control that it is. */
interface Deployed extends StoredRule {
  readonly control: Control;
  /** As AWS Config keeps them, JSON; absent where it was not asked. */
  readonly parameters?: string | undefined;
}

export interface Stored {
  readonly accountIds: readonly string[];
  /** The controls that AWS Config answers for, and nobody here. */
  readonly controls: readonly Control[];
  /** The results of these. */
  results(): Iterable<Result>;
  /** A result of this run, with what AWS Config has of the same rule and resource where that is something else. */
  beside(result: Result): Result;
}

export interface StoredOptions {
  /** The rules that are judged here: what AWS Config has of them is only compared. */
  readonly judged: readonly string[];
  /** The parameters in force here, by rule. */
  readonly parameters: (rule: string) => Readonly<Record<string, string>>;
  /** What the names of the packs begin with: `groundrules-`. */
  readonly packPrefix: string;
  readonly progress: Progress;
}

/**
 * Reads what AWS Config has of an account, in every Region in view.
 *
 * @throws {LiveError} where it cannot be asked.
 */
export async function readStored(
  { accountId, regions, config }: LiveAccount,
  { packPrefix, progress, ...options }: StoredOptions,
): Promise<Stored> {
  const deployed: Deployed[] = [];
  for (const region of regions) {
    progress.step(
      {
        en: `reading what AWS Config has stored in ${region}`,
        ko: `${region}에서 AWS Config가 가진 결과를 읽는 중`,
      },
      { accountId, region },
    );
    const client = new ConfigServiceClient({ ...config, region });
    await asking(STORED_ACTIONS, region, async () => {
      const here = await known(storedIn(client, { accountId, region, packPrefix }));
      const custom = here.filter(({ control }) => control.kind === 'custom');
      const names = custom.map(({ ruleName }) => ruleName);
      const parameters = await storedParameters(client, names);
      deployed.push(...here.map((one) => ({ ...one, parameters: parameters.get(one.ruleName) })));
    });
  }
  return storedOf(deployed, options);
}

/**
 * Reads what an aggregator has of all its accounts.
 *
 * @throws {LiveError} where it cannot be asked.
 */
export async function readAggregated(
  { config, regions: [region = 'us-east-1'] }: Pick<LiveAccount, 'config' | 'regions'>,
  aggregator: string,
  { progress, ...options }: StoredOptions,
): Promise<Stored> {
  progress.step({
    en: `reading what the aggregator ${aggregator} has`,
    ko: `애그리게이터 ${aggregator}가 가진 결과를 읽는 중`,
  });
  const client = new ConfigServiceClient({ ...config, region });
  const isOurs = (name: string) => /-conformance-pack-[a-z0-9]+$/.test(name) && controlOf(name) !== undefined;
  return storedOf(
    await asking(AGGREGATED_ACTIONS, region, () => known(aggregated(client, aggregator, isOurs))),
    options,
  );
}

const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
const controlOf = (ruleName: string): Control | undefined => {
  const names = controlNames(ruleName);
  return controls.find(({ id }) => names.includes(id));
};

/** Rules that somebody else has put into a pack of ours are left out. */
async function known(all: AsyncIterable<StoredRule>): Promise<Deployed[]> {
  const deployed: Deployed[] = [];
  for await (const one of all) {
    const control = controlOf(one.ruleName);
    if (control) deployed.push({ ...one, control });
  }
  return deployed;
}

async function asking<T>(actions: readonly string[], region: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = explain(error, actions);
    if (!failure) throw error;
    throw new LiveError(failure.code, `AWS Config in ${region}: ${failure.message}`, { cause: error });
  }
}

function storedOf(
  deployed: readonly Deployed[],
  { judged, parameters }: Pick<StoredOptions, 'judged' | 'parameters'>,
): Stored {
  const isJudged = ({ control }: Deployed) =>
    control.kind === 'custom' && control.id === control.rule && judged.includes(control.rule);
  const others = deployed.filter((one) => !isJudged(one));
  const compared = new Map(deployed.filter(isJudged).map((one) => [placeOf(one), indexed(one)]));
  return {
    accountIds: [...new Set(deployed.map(({ accountId }) => accountId))],
    controls: [...new Set(others.map(({ control }) => control))],
    *results() {
      for (const one of others) yield* resultsOf(one);
    },
    beside(result) {
      const rule = ruleOf.get(result.rule);
      const here = compared.get(placeOf({ ...result, control: { id: result.rule } }));
      if (!rule || !here || result.compliance === 'NOT_APPLICABLE') return result;
      const stored = here.results.get(nameOf(result));
      if (stored?.compliance === result.compliance) return result;
      const isExpected = !stored && (result.compliance === 'COMPLIANT' || result.waivers !== undefined);
      if (isExpected) return result;
      const isOther = !isSame(rule, here.parameters, parameters(rule.id));
      return {
        ...result,
        stored: {
          compliance: stored?.compliance ?? null,
          recordedAt: stored?.recordedAt.toISOString() ?? null,
          why: isOther ? 'parameters' : stored ? 'older' : 'noResult',
        },
      };
    },
  };
}

/** Of a rule that judges what all Regions show, there is one, wherever its home is. */
const placeOf = ({
  control: { id },
  accountId,
  region,
}: {
  readonly control: Pick<Control, 'id'>;
  readonly accountId: string;
  readonly region: string;
}): string => JSON.stringify([id, accountId, ...(isGlobal(id) ? [] : [region])]);
const isGlobal = (rule: string): boolean => ruleOf.get(rule)?.scope === 'global';

type Named = Pick<Result, 'resourceType' | 'resourceId'>;
const nameOf = ({ resourceType, resourceId }: Named): string => JSON.stringify([resourceType, resourceId]);

/** A run may meet thousands of resources, each of which is looked up. */
const indexed = (one: Deployed) => ({
  parameters: one.parameters,
  results: new Map(one.results.map((result) => [nameOf(result), result])),
});

/** Whether a rule is deployed with the parameters that are in force here; so it is where nobody knows. */
function isSame(
  rule: { readonly id: string; readonly parameters: Parameters },
  deployed: string | undefined,
  here: Readonly<Record<string, string>>,
): boolean {
  if (deployed === undefined) return true;
  try {
    return (
      JSON.stringify(parseParameters(rule, JSON.parse(deployed))) ===
      JSON.stringify(parseParameters(rule, here))
    );
  } catch {
    // Of another version of the rule, which had other ones.
    return false;
  }
}

function* resultsOf(one: Deployed): Generator<Result> {
  for (const result of one.results) yield toResult(one, result);
  if (one.results.length === 0) {
    yield toResult(one, {
      resourceType: 'AWS::::Account',
      resourceId: one.accountId,
      compliance: 'NOT_APPLICABLE',
      annotation:
        one.control.kind === 'process-check'
          ? 'AWS Config has no result: nobody has attested it, or it was attested as not applicable'
          : 'AWS Config has no result: nothing is in its scope, or it has not been evaluated',
    });
  }
}

type Said = Omit<StoredResult, 'compliance' | 'recordedAt'> &
  Pick<Result, 'compliance'> & { readonly recordedAt?: Date };

function toResult(
  { control, accountId, region }: Deployed,
  { resourceType, resourceId, compliance, annotation, recordedAt }: Said,
): Result {
  const subject = { rule: control.id, accountId, region, resourceType, resourceId };
  const isFixable =
    compliance === 'NON_COMPLIANT' && [...fixes, ...rules].some(({ id }) => id === control.id);
  return {
    ...subject,
    compliance,
    severity: control.severity,
    annotation,
    findings: [],
    findingId: findingId(subject),
    controls: [{ id: control.id, title: control.title.en }],
    frameworks: Object.fromEntries(
      Object.entries(control.frameworks).map(([framework, { ids }]) => [framework, ids]),
    ),
    fix: isFixable ? fixCommand(subject) : null,
    page: factsOf(control.id).page,
    ...(recordedAt && { recordedAt: recordedAt.toISOString() }),
  };
}
