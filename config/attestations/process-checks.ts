/**
 * Process checks as AWS Config has them ("Process Checks Within a Conformance Pack"): rules of a conformance pack that
 * somebody answers for.
 */
import {
  type ComplianceType,
  type ConfigServiceClient,
  type EvaluationResult,
  PutExternalEvaluationCommand,
  paginateDescribeConfigRules,
  paginateDescribeConformancePacks,
  paginateGetComplianceDetailsByConfigRule,
  paginateGetConformancePackComplianceDetails,
} from '@aws-sdk/client-config-service';
import { whole } from '../../account/pages.ts';

/** The IAM actions of {@link deployedChecks}, {@link checkReader} and {@link putStatement}. */
export const LIST_ACTION = 'config:DescribeConfigRules';
export const READ_RESULT_ACTIONS = [
  'config:GetComplianceDetailsByConfigRule',
  'config:DescribeConformancePacks',
  'config:GetConformancePackComplianceDetails',
] as const;
export const PUT_ACTION = 'config:PutExternalEvaluation';

/** The only resource that a process check can be about. */
const ACCOUNT = 'AWS::::Account';
const SOURCE = 'AWS_CONFIG_PROCESS_CHECK';

/** One process check of one pack. */
export interface DeployedCheck {
  /** Its name in the pack: the catalogue's id. */
  readonly control: string;
  /** Its name in AWS Config: `<control>-conformance-pack-<9 characters>`. */
  readonly ruleName: string;
  readonly accountId: string;
}

/** Every process check of the account in the client's Region, in the order of names; several packs may have the same. */
export async function deployedChecks(client: ConfigServiceClient): Promise<DeployedCheck[]> {
  const checks: DeployedCheck[] = [];
  // Without a name, because AWS Config finds exact names only and nobody knows the suffix that a pack adds.
  for await (const { ConfigRules = [] } of whole(
    'config:DescribeConfigRules',
    paginateDescribeConfigRules({ client }, {}),
  )) {
    for (const {
      ConfigRuleName: ruleName = '',
      ConfigRuleArn = '',
      ConfigRuleState,
      Source,
    } of ConfigRules) {
      const control = /^(.+)-conformance-pack-[a-z0-9]+$/.exec(ruleName)?.[1];
      const isCheck = Source?.Owner === 'AWS' && Source.SourceIdentifier === SOURCE;
      if (!control || !isCheck || ConfigRuleState === 'DELETING') continue;
      checks.push({ control, ruleName, accountId: ConfigRuleArn.split(':')[4] ?? '' });
    }
  }
  return checks.sort((a, b) => (a.ruleName < b.ruleName ? -1 : 1));
}

/** What AWS Config has recorded for a process check. */
export interface Recorded {
  readonly compliance: ComplianceType;
  readonly annotation: string;
  /** The time that it was attested for; when it was recorded, where that is not said. */
  readonly at: Date | undefined;
}

/** What is known of a process check after reading it. */
export type Reading =
  | { readonly kind: 'recorded'; readonly recorded: Recorded }
  /** Nobody has attested it yet. */
  | { readonly kind: 'nothing' }
  /** AWS Config shows no result, which it would not do for NOT_APPLICABLE either. */
  | { readonly kind: 'not shown'; readonly why: string };

export type ReadCheck = (check: DeployedCheck) => Promise<Reading>;

/** AWS Config refuses to show the results of a service-linked rule, as a pack's rules are ("Service-Linked Rules"). */
const REFUSED = ['AccessDenied', 'AccessDeniedException', 'NoSuchConfigRuleException'];

/**
 * Reads process checks one by one; where AWS Config refuses that, from the results of their pack, which are read once.
 * Those lack NOT_APPLICABLE (https://docs.aws.amazon.com/config/latest/APIReference/API_ConformancePackEvaluationResult.html).
 *
 * The reader rejects with the SDK's error where neither way is open.
 */
export function checkReader(client: ConfigServiceClient): ReadCheck {
  let packs: Promise<Map<string, string>> | undefined;
  const results = new Map<string, Promise<Map<string, Recorded>>>();

  return async (check) => {
    try {
      return reading(await resultsOf(client, check), check);
    } catch (error) {
      const { name } = error as Error;
      if (!REFUSED.includes(name)) throw error;
      packs ??= packNames(client);
      const pack = (await packs).get(/conformance-pack-[a-z0-9]+$/.exec(check.ruleName)?.[0] ?? '');
      if (pack === undefined) throw error;
      const known = results.get(pack) ?? resultsInPack(client, pack);
      results.set(pack, known);
      const recorded = (await known).get(check.ruleName);
      if (recorded) return { kind: 'recorded', recorded };
      const why = `config:GetComplianceDetailsByConfigRule was refused (${name}), and the results of the pack ${pack} leave out NOT_APPLICABLE`;
      return { kind: 'not shown', why };
    }
  };
}

function reading(recorded: ReadonlyMap<string, Recorded>, { ruleName }: DeployedCheck): Reading {
  const found = recorded.get(ruleName);
  return found ? { kind: 'recorded', recorded: found } : { kind: 'nothing' };
}

async function resultsOf(client: ConfigServiceClient, { ruleName }: DeployedCheck) {
  const query = {
    ConfigRuleName: ruleName,
    ComplianceTypes: ['COMPLIANT' as const, 'NON_COMPLIANT' as const, 'NOT_APPLICABLE' as const],
    Limit: 100,
  };
  const found = new Map<string, Recorded>();
  for await (const page of whole(
    'config:GetComplianceDetailsByConfigRule',
    paginateGetComplianceDetailsByConfigRule({ client }, query),
  )) {
    for (const result of page.EvaluationResults ?? []) note(found, ruleName, result);
  }
  return found;
}

/** Packs by their id, which is their rules' suffix: `conformance-pack-n0q8yfwsp`. */
async function packNames(client: ConfigServiceClient): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const page of whole(
    'config:DescribeConformancePacks',
    paginateDescribeConformancePacks({ client }, { Limit: 20 }),
  )) {
    for (const { ConformancePackId: id, ConformancePackName: name } of page.ConformancePackDetails ?? []) {
      if (id && name) names.set(id, name);
    }
  }
  return names;
}

async function resultsInPack(client: ConfigServiceClient, ConformancePackName: string) {
  const found = new Map<string, Recorded>();
  const query = { ConformancePackName, Limit: 100 };
  for await (const page of whole(
    'config:GetConformancePackComplianceDetails',
    paginateGetConformancePackComplianceDetails({ client }, query),
  )) {
    for (const result of page.ConformancePackRuleEvaluationResults ?? []) {
      note(found, result.EvaluationResultIdentifier?.EvaluationResultQualifier?.ConfigRuleName ?? '', result);
    }
  }
  return found;
}

/** The newest result of a rule for the account itself. */
function note(found: Map<string, Recorded>, ruleName: string, result: EvaluationResult): void {
  const { EvaluationResultIdentifier: of, ComplianceType: compliance, Annotation: annotation = '' } = result;
  if (!compliance || compliance === 'INSUFFICIENT_DATA') return;
  if (of?.EvaluationResultQualifier?.ResourceType !== ACCOUNT) return;
  const at = of.OrderingTimestamp ?? result.ResultRecordedTime;
  const older = found.get(ruleName)?.at;
  if (!older || (at && at >= older)) found.set(ruleName, { compliance, annotation, at });
}

export interface Statement {
  readonly compliance: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
  /** 1 to 256 characters. */
  readonly annotation: string;
  /** AWS Config keeps the statement with the newest time (unverified). */
  readonly at: Date;
}

/** Records a statement about a process check. */
export async function putStatement(
  client: ConfigServiceClient,
  { ruleName, accountId }: DeployedCheck,
  { compliance, annotation, at }: Statement,
): Promise<void> {
  await client.send(
    new PutExternalEvaluationCommand({
      ConfigRuleName: ruleName,
      ExternalEvaluation: {
        ComplianceResourceType: ACCOUNT,
        ComplianceResourceId: accountId,
        ComplianceType: compliance,
        Annotation: annotation,
        OrderingTimestamp: at,
      },
    }),
  );
}
