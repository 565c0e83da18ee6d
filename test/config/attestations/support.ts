/** AWS Config's side of process checks, as a mock of the SDK: rules, packs, and what was recorded. */
import {
  ConfigServiceClient,
  DescribeConfigRulesCommand,
  DescribeConformancePacksCommand,
  GetComplianceDetailsByConfigRuleCommand,
  GetConformancePackComplianceDetailsCommand,
  PutExternalEvaluationCommand,
  type PutExternalEvaluationCommandInput,
} from '@aws-sdk/client-config-service';
import { mockClient } from 'aws-sdk-client-mock';

export const ACCOUNT = '123456789012';
export const SUFFIX = 'conformance-pack-n0q8yfwsp';
export const named = (control: string, suffix = SUFFIX) => `${control}-${suffix}`;

export const refused = (name = 'AccessDeniedException') =>
  Object.assign(new Error('An AWS service owns ServiceLinkedConfigRule.'), {
    name,
    $metadata: { httpStatusCode: 400 },
  });

export const checkRule = (name: string, more: object = {}) => ({
  ConfigRuleName: name,
  ConfigRuleArn: `arn:aws:config:eu-west-1:${ACCOUNT}:config-rule/aws-service-rule/config-conforms.amazonaws.com/config-rule-j5yvzl`,
  ConfigRuleState: 'ACTIVE' as const,
  Source: { Owner: 'AWS' as const, SourceIdentifier: 'AWS_CONFIG_PROCESS_CHECK' },
  ...more,
});

export const result = (
  ruleName: string,
  ComplianceType: string,
  Annotation: string | undefined,
  at: string,
) => ({
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: {
      ConfigRuleName: ruleName,
      ResourceType: 'AWS::::Account',
      ResourceId: ACCOUNT,
    },
    OrderingTimestamp: new Date(at),
  },
  ComplianceType: ComplianceType as 'COMPLIANT',
  ResultRecordedTime: new Date(at),
  ConfigRuleInvokedTime: new Date(at),
  ...(Annotation !== undefined && { Annotation }),
});

export interface World {
  /** Whole names, in the pages that AWS gives them in. */
  readonly rules: readonly (readonly ReturnType<typeof checkRule>[])[];
  /** By whole name. */
  readonly results?: Readonly<Record<string, readonly ReturnType<typeof result>[]>>;
  /** Rules whose results AWS Config keeps for itself. */
  readonly isRefused?: (ruleName: string) => boolean;
}

/** Every ConfigServiceClient of the process is a mock of this world, until `restore`. */
export function configWorld({ rules, results = {}, isRefused = () => false }: World) {
  const config = mockClient(ConfigServiceClient);
  config.on(DescribeConfigRulesCommand).callsFake(({ NextToken = '0' }: { NextToken?: string }) => {
    const next = Number(NextToken) + 1;
    return { ConfigRules: rules[next - 1], ...(next < rules.length && { NextToken: String(next) }) };
  });
  config.on(GetComplianceDetailsByConfigRuleCommand).callsFake(({ ConfigRuleName }) => {
    if (isRefused(ConfigRuleName)) throw refused();
    return { EvaluationResults: results[ConfigRuleName] ?? [] };
  });
  config.on(DescribeConformancePacksCommand).resolves({
    ConformancePackDetails: [
      {
        ConformancePackId: SUFFIX,
        ConformancePackName: 'groundrules-attestations',
        ConformancePackArn: 'arn',
      },
    ],
  });
  // AWS keeps NOT_APPLICABLE out of these.
  config.on(GetConformancePackComplianceDetailsCommand).callsFake(({ ConformancePackName }) => ({
    ConformancePackName,
    ConformancePackRuleEvaluationResults: Object.values(results)
      .flat()
      .filter(({ ComplianceType }) => (ComplianceType as string) !== 'NOT_APPLICABLE'),
  }));
  config.on(PutExternalEvaluationCommand).resolves({});
  const puts = () =>
    config
      .commandCalls(PutExternalEvaluationCommand)
      .map(({ args: [{ input }] }) => input as PutExternalEvaluationCommandInput);
  return { config, puts };
}
