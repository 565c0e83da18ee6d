/** Process checks, which moto has not got: as much of AWS Config as they need, in memory. */
import type { Call } from '../../support/aws/wire.ts';
import { fails } from '../../support/memory.ts';

interface Evaluation {
  readonly ComplianceResourceType: string;
  readonly ComplianceResourceId: string;
  readonly ComplianceType: string;
  readonly Annotation?: string;
  /** Seconds, as it goes over the wire. */
  readonly OrderingTimestamp: number;
}
/** Of all calls together: each has what it needs. */
interface Input {
  readonly ConfigRuleName: string;
  readonly ComplianceTypes: readonly string[];
  readonly ConformancePackName: string;
  readonly NextToken?: string;
  readonly ExternalEvaluation: Evaluation;
}

/** AWS gives rules in pages of 25. */
const PAGE = 25;
const PACK = 'groundrules-attestations';
const ID = 'conformance-pack-n0q8yfwsp';

export class ProcessChecks {
  readonly #accountId: string;
  #rules: readonly string[] = [];
  #isRefused = false;
  readonly #evaluations = new Map<string, Evaluation>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  /**
   * Deploys a pack with these controls, of which nothing is recorded yet.
   *
   * @param isRefused AWS Config keeps the results of the pack's rules to itself.
   */
  deploy(controls: readonly string[], isRefused = false): void {
    this.#rules = controls.map((control) => `${control}-${ID}`).sort();
    this.#isRefused = isRefused;
    this.#evaluations.clear();
  }

  /** What is recorded: `COMPLIANT until …`, by control. */
  recorded(): Record<string, string> {
    return Object.fromEntries(
      [...this.#evaluations].map(([rule, { ComplianceType, Annotation }]) => [
        rule.replace(`-${ID}`, ''),
        `${ComplianceType} ${Annotation}`,
      ]),
    );
  }

  readonly services = ['config'];

  answer({ api, input }: Call): unknown {
    const answers: Record<string, (input: Input) => unknown> = {
      DescribeConfigRules: (given) => this.#describeRules(given),
      DescribeConformancePacks: () => ({
        ConformancePackDetails: [
          { ConformancePackName: PACK, ConformancePackId: ID, ConformancePackArn: 'arn' },
        ],
      }),
      PutExternalEvaluation: (given) => this.#put(given),
      GetComplianceDetailsByConfigRule: ({ ConfigRuleName, ComplianceTypes }) =>
        this.#isRefused
          ? fails('AccessDeniedException')
          : { EvaluationResults: this.#results([ConfigRuleName], ComplianceTypes) },
      GetConformancePackComplianceDetails: ({ ConformancePackName }) => ({
        ConformancePackName,
        ConformancePackRuleEvaluationResults: this.#results(this.#rules, ['COMPLIANT', 'NON_COMPLIANT']),
      }),
    };
    return answers[api]?.(input as unknown as Input);
  }

  /** `undefined` without a pack: moto knows rules, too. */
  #describeRules({ NextToken }: Input): object | undefined {
    if (this.#rules.length === 0) return undefined;
    const from = Number(NextToken ?? 0);
    const to = from + PAGE;
    return {
      ConfigRules: this.#rules.slice(from, to).map((ConfigRuleName, index) => ({
        ConfigRuleName,
        ConfigRuleArn: `arn:aws:config:us-east-1:${this.#accountId}:config-rule/aws-service-rule/config-conforms.amazonaws.com/config-rule-${from + index}`,
        ConfigRuleState: 'ACTIVE',
        CreatedBy: 'config-conforms.amazonaws.com',
        Source: { Owner: 'AWS', SourceIdentifier: 'AWS_CONFIG_PROCESS_CHECK' },
      })),
      ...(to < this.#rules.length && { NextToken: String(to) }),
    };
  }

  #put({ ConfigRuleName, ExternalEvaluation }: Input): unknown {
    const evaluation = ExternalEvaluation;
    if (!this.#rules.includes(ConfigRuleName)) return fails('NoSuchConfigRuleException');
    const { ComplianceResourceType: type, ComplianceResourceId: id, ComplianceType, Annotation } = evaluation;
    const isRight =
      type === 'AWS::::Account' &&
      id === this.#accountId &&
      ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'].includes(ComplianceType) &&
      (Annotation === undefined || (Annotation.length >= 1 && Annotation.length <= 256));
    if (!isRight) return fails('InvalidParameterValueException');
    const known = this.#evaluations.get(ConfigRuleName);
    if (!known || evaluation.OrderingTimestamp >= known.OrderingTimestamp) {
      this.#evaluations.set(ConfigRuleName, evaluation);
    }
    return {};
  }

  #results(rules: readonly string[], types: readonly string[]): object[] {
    return rules.flatMap((ConfigRuleName) => {
      const found = this.#evaluations.get(ConfigRuleName);
      if (!found || !types.includes(found.ComplianceType)) return [];
      const { ComplianceResourceType, ComplianceResourceId, OrderingTimestamp, ComplianceType, Annotation } =
        found;
      return {
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: {
            ConfigRuleName,
            ResourceType: ComplianceResourceType,
            ResourceId: ComplianceResourceId,
          },
          OrderingTimestamp,
        },
        ComplianceType,
        Annotation,
        ResultRecordedTime: OrderingTimestamp,
        ConfigRuleInvokedTime: OrderingTimestamp,
      };
    });
  }
}
