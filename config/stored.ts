/** What AWS Config has stored of the deployed packs: of one account and Region, or of an organization by its aggregator. */
import {
  type AggregateEvaluationResult,
  type ConfigServiceClient,
  type ConformancePackEvaluationResult,
  paginateDescribeAggregateComplianceByConfigRules,
  paginateDescribeConfigRules,
  paginateDescribeConformancePackCompliance,
  paginateDescribeConformancePacks,
  paginateGetAggregateComplianceDetailsByConfigRule,
  paginateGetConformancePackComplianceDetails,
} from '@aws-sdk/client-config-service';
import { whole } from '../account/pages.ts';

/** A rule of a pack, as one account and Region has it. */
export interface StoredRule {
  /** `root-mfa-conformance-pack-n0q8yfwsp` */
  readonly ruleName: string;
  readonly accountId: string;
  readonly region: string;
  /** Empty where AWS Config has none: nothing is in scope, nothing was evaluated, or nobody has attested. */
  readonly results: readonly StoredResult[];
}

/** AWS Config does not keep NOT_APPLICABLE. */
export interface StoredResult {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly compliance: 'COMPLIANT' | 'NON_COMPLIANT';
  readonly recordedAt: Date;
  readonly annotation: string;
}

/** The IAM actions of {@link storedIn}, of {@link storedParameters} and of {@link aggregated}. */
export const STORED_ACTIONS = [
  'config:DescribeConfigRules',
  'config:DescribeConformancePackCompliance',
  'config:DescribeConformancePacks',
  'config:GetConformancePackComplianceDetails',
] as const;
export const AGGREGATED_ACTIONS = [
  'config:DescribeAggregateComplianceByConfigRules',
  'config:GetAggregateComplianceDetailsByConfigRule',
] as const;

/** Of a pack's or an aggregator's results: both have it. */
type Row = Partial<
  Pick<
    ConformancePackEvaluationResult | AggregateEvaluationResult,
    'ComplianceType' | 'EvaluationResultIdentifier' | 'ResultRecordedTime' | 'Annotation'
  >
>;

function resultOf({
  ComplianceType,
  EvaluationResultIdentifier,
  ...row
}: Partial<Row>): StoredResult | undefined {
  const { ResourceType, ResourceId } = EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
  const isKept = ComplianceType === 'COMPLIANT' || ComplianceType === 'NON_COMPLIANT';
  if (!isKept || !ResourceType || !ResourceId || !row.ResultRecordedTime) return undefined;
  return {
    resourceType: ResourceType,
    resourceId: ResourceId,
    compliance: ComplianceType,
    recordedAt: row.ResultRecordedTime,
    annotation: row.Annotation ?? '',
  };
}

/**
 * The rules of an account's packs in the client's Region, a pack at a time.
 *
 * @param packPrefix what the names of the packs begin with.
 * @throws the SDK's error: results that are not all there would look better than the truth.
 */
export async function* storedIn(
  client: ConfigServiceClient,
  where: { readonly accountId: string; readonly region: string; readonly packPrefix: string },
): AsyncGenerator<StoredRule> {
  const packs: string[] = [];
  for await (const page of whole(
    'config:DescribeConformancePacks',
    paginateDescribeConformancePacks({ client }, { Limit: 20 }),
  )) {
    for (const { ConformancePackName: name } of page.ConformancePackDetails ?? []) {
      if (name?.startsWith(where.packPrefix)) packs.push(name);
    }
  }
  const { accountId, region } = where;
  for (const ConformancePackName of packs) {
    const rules = new Map<string, StoredResult[]>();
    const query = { ConformancePackName, Limit: 100 };
    // Its list has the rules without a result, too.
    const list = whole(
      'config:DescribeConformancePackCompliance',
      paginateDescribeConformancePackCompliance({ client }, { ConformancePackName }),
    );
    for await (const page of list) {
      for (const { ConfigRuleName: name } of page.ConformancePackRuleComplianceList ?? []) {
        if (name) rules.set(name, []);
      }
    }
    for await (const page of whole(
      'config:GetConformancePackComplianceDetails',
      paginateGetConformancePackComplianceDetails({ client }, query),
    )) {
      for (const row of page.ConformancePackRuleEvaluationResults ?? []) {
        const name = row.EvaluationResultIdentifier?.EvaluationResultQualifier?.ConfigRuleName;
        const result = resultOf(row);
        if (!name || !result) continue;
        const known = rules.get(name);
        if (known) known.push(result);
        else rules.set(name, [result]);
      }
    }
    for (const [ruleName, results] of rules) yield { ruleName, accountId, region, results };
  }
}

/** What rules are deployed with, by name. @throws the SDK's error. */
export async function storedParameters(
  client: ConfigServiceClient,
  ruleNames: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const parameters = new Map<string, string>();
  // DescribeConfigRules takes 25 names.
  for (let first = 0; first < ruleNames.length; first += 25) {
    const query = { ConfigRuleNames: ruleNames.slice(first, first + 25) };
    for await (const { ConfigRules = [] } of whole(
      'config:DescribeConfigRules',
      paginateDescribeConfigRules({ client }, query),
    )) {
      for (const { ConfigRuleName, InputParameters } of ConfigRules) {
        if (ConfigRuleName) parameters.set(ConfigRuleName, InputParameters || '{}');
      }
    }
  }
  return parameters;
}

/**
 * The rules of packs of every account and Region that an aggregator has.
 *
 * @throws the SDK's error: results that are not all there would look better than the truth.
 */
export async function* aggregated(
  client: ConfigServiceClient,
  ConfigurationAggregatorName: string,
  isOurs: (ruleName: string) => boolean,
): AsyncGenerator<StoredRule> {
  const rules = whole(
    'config:DescribeAggregateComplianceByConfigRules',
    paginateDescribeAggregateComplianceByConfigRules({ client }, { ConfigurationAggregatorName }),
  );
  for await (const page of rules) {
    for (const {
      ConfigRuleName,
      AccountId,
      AwsRegion,
      Compliance,
    } of page.AggregateComplianceByConfigRules ?? []) {
      if (!ConfigRuleName || !AccountId || !AwsRegion || !isOurs(ConfigRuleName)) continue;
      const query = { ConfigurationAggregatorName, ConfigRuleName, AccountId, AwsRegion, Limit: 100 };
      const results: StoredResult[] = [];
      if (Compliance?.ComplianceType !== 'INSUFFICIENT_DATA') {
        for await (const details of whole(
          'config:GetAggregateComplianceDetailsByConfigRule',
          paginateGetAggregateComplianceDetailsByConfigRule({ client }, query),
        )) {
          results.push(...(details.AggregateEvaluationResults ?? []).flatMap((row) => resultOf(row) ?? []));
        }
      }
      yield { ruleName: ConfigRuleName, accountId: AccountId, region: AwsRegion, results };
    }
  }
}
