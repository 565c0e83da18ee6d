import {
  type ConfigServiceClient,
  type EvaluationResultIdentifier,
  paginateDescribeConformancePacks,
  paginateGetComplianceDetailsByConfigRule,
  paginateGetConformancePackComplianceDetails,
} from '@aws-sdk/client-config-service';
import type { ResourceRef } from '../account/account.ts';
import { whole } from '../account/pages.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Log } from './log.ts';

type Resource = Pick<ResourceRef, 'type' | 'id'>;

export interface SweepOptions {
  readonly rule: Pick<AnyRule, 'resourceTypes'>;
  /** As the event has it, a conformance pack's suffix included. */
  readonly configRuleName: string;
  /** What this run judged, or could not judge. */
  readonly seen: readonly Resource[];
  /** The run's ordering timestamp: this run does not take back later results. */
  readonly orderingTimestamp: Date;
  readonly log: Log;
}

/**
 * Resources that AWS Config still has a result for although a complete run did not meet them: they are gone, and only
 * NOT_APPLICABLE removes their result (PutEvaluations). Nothing where AWS Config does not let the function look,
 * because an old result is no reason to lose the new ones.
 */
export async function vanished(
  client: ConfigServiceClient,
  { rule, configRuleName, seen, orderingTimestamp, log }: SweepOptions,
): Promise<Resource[]> {
  const met = new Set(seen.map(({ type, id }) => `${type} ${id}`));
  const gone = new Map<string, Resource>();
  try {
    for await (const { EvaluationResultQualifier: of, OrderingTimestamp: at } of resultsOf(
      client,
      configRuleName,
    )) {
      const { ResourceType: type = '', ResourceId: id = '', EvaluationMode: mode } = of ?? {};
      const key = `${type} ${id}`;
      const isStale = !(at && at > orderingTimestamp) && mode !== 'PROACTIVE' && !met.has(key);
      if (isStale && id !== '' && rule.resourceTypes.includes(type)) gone.set(key, { type, id });
    }
  } catch (error) {
    const { name, message } = error as Error;
    log.warn('results of vanished resources were not looked for', {
      configRuleName,
      code: name,
      reason: message,
    });
    return [];
  }
  return [...gone.values()];
}

/**
 * AWS Config refuses to show the results of a service-linked rule, as a conformance pack's is ("Service-Linked Rules").
 */
const SERVICE_LINKED = ['AccessDenied', 'AccessDeniedException', 'NoSuchConfigRuleException'];

/** The results that a rule has in AWS Config, NOT_APPLICABLE ones aside: those it does not keep. */
async function* resultsOf(
  client: ConfigServiceClient,
  configRuleName: string,
): AsyncGenerator<EvaluationResultIdentifier> {
  try {
    const query = {
      ConfigRuleName: configRuleName,
      ComplianceTypes: ['COMPLIANT' as const, 'NON_COMPLIANT' as const],
      Limit: 100,
    };
    for await (const page of whole(
      'config:GetComplianceDetailsByConfigRule',
      paginateGetComplianceDetailsByConfigRule({ client }, query),
    )) {
      yield* identifiers(page.EvaluationResults);
    }
  } catch (error) {
    if (!SERVICE_LINKED.includes((error as Error).name)) throw error;
    const pack = await packOf(client, configRuleName);
    if (pack === undefined) throw error;
    yield* resultsInPack(client, pack, configRuleName);
  }
}

/** A pack's rules are named `<name>-conformance-pack-<9 characters>`, its id is that suffix ("Service-Linked Rules"). */
async function packOf(client: ConfigServiceClient, configRuleName: string): Promise<string | undefined> {
  if (!/-conformance-pack-[a-z0-9]+$/.test(configRuleName)) return undefined;
  for await (const page of whole(
    'config:DescribeConformancePacks',
    paginateDescribeConformancePacks({ client }, { Limit: 20 }),
  )) {
    for (const { ConformancePackId: id, ConformancePackName: name } of page.ConformancePackDetails ?? []) {
      if (id && configRuleName.endsWith(`-${id}`)) return name;
    }
  }
  return undefined;
}

/** The filter takes names of up to 64 characters, rules have up to 128. */
const LONGEST_FILTER = 64;

async function* resultsInPack(
  client: ConfigServiceClient,
  pack: string,
  configRuleName: string,
): AsyncGenerator<EvaluationResultIdentifier> {
  const query = {
    ConformancePackName: pack,
    ...(configRuleName.length <= LONGEST_FILTER && { Filters: { ConfigRuleNames: [configRuleName] } }),
    Limit: 100,
  };
  for await (const page of whole(
    'config:GetConformancePackComplianceDetails',
    paginateGetConformancePackComplianceDetails({ client }, query),
  )) {
    for (const identifier of identifiers(page.ConformancePackRuleEvaluationResults)) {
      if (identifier.EvaluationResultQualifier?.ConfigRuleName === configRuleName) yield identifier;
    }
  }
}

const identifiers = (
  results: readonly { readonly EvaluationResultIdentifier?: EvaluationResultIdentifier | undefined }[] = [],
): EvaluationResultIdentifier[] =>
  results.flatMap(({ EvaluationResultIdentifier: identifier }) => (identifier ? [identifier] : []));
