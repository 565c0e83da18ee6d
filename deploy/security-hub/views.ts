import { CfnAutomationRule, CfnInsight } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { type Control, controls, isOn, isPlanned } from '../../catalogue/index.ts';
import { GENERATOR } from '../../report/asff/finding.ts';
import type { Settings } from '../settings/index.ts';

export interface FindingViewsProps {
  readonly settings: Settings;
}

/** Values that a criterion of an automation rule takes for Title (`AutomationRulesFindingFilters` of the service's model). */
const TITLES = 100;

const equals = (...values: string[]) => values.map((value) => ({ comparison: 'EQUALS', value }));
const prefix = (...values: string[]) => values.map((value) => ({ comparison: 'PREFIX', value }));

/**
 * What Security Hub shows and does of the findings: insights and automation rules, as the settings say.
 *
 * Insights may be anywhere. Automation rules can be made by Security Hub's administrator account alone, and apply to its members
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html). One in each Region that has findings.
 */
export class FindingViews extends Construct {
  constructor(scope: Construct, id: string, { settings }: FindingViewsProps) {
    super(scope, id);
    const { securityHub } = settings;
    if (securityHub === false || !securityHub.findings) return;
    if (securityHub.automationRules ?? settings.organization !== false) {
      this.resolvePassing();
      if (securityHub.suppressDuplicates) this.suppressDuplicates(settings);
    }
    if (securityHub.insights) this.showInsights();
  }

  /** BatchImportFindings cannot resolve a finding that there is already. Suppressed ones stay suppressed. */
  private resolvePassing(): void {
    new CfnAutomationRule(this, 'ResolvePassing', {
      ruleName: 'Groundrules: resolve what complies again',
      description:
        'Sets findings of Groundrules that pass to RESOLVED; Security Hub sets them back to NEW when they fail.',
      ruleOrder: 100,
      ruleStatus: 'ENABLED',
      isTerminal: false,
      criteria: {
        generatorId: prefix(GENERATOR),
        complianceStatus: equals('PASSED'),
        workflowStatus: equals('NEW', 'NOTIFIED'),
      },
      actions: [{ type: 'FINDING_FIELDS_UPDATE', findingFieldsUpdate: { workflow: { status: 'RESOLVED' } } }],
    });
  }

  /**
   * AWS Config sends the same verdicts on its own, unless it leaves out packs (its pages can be read both ways): as
   * findings of the product "Config" whose title is the rule's name.
   */
  private suppressDuplicates(settings: Settings): void {
    const titles = duplicatedBy(settings).map(({ id }) => `${id}-conformance-pack-`);
    for (let first = 0; first < titles.length; first += TITLES) {
      const part = first / TITLES + 1;
      new CfnAutomationRule(this, `SuppressDuplicates${part}`, {
        ruleName: `Groundrules: suppress duplicates (${part})`,
        description: "Suppresses AWS Config's own findings of the rules that Groundrules reports on.",
        ruleOrder: 100 + part,
        ruleStatus: 'ENABLED',
        isTerminal: false,
        criteria: {
          productName: equals('Config'),
          title: prefix(...titles.slice(first, first + TITLES)),
          workflowStatus: equals('NEW', 'NOTIFIED'),
        },
        actions: [
          {
            type: 'FINDING_FIELDS_UPDATE',
            findingFieldsUpdate: {
              workflow: { status: 'SUPPRESSED' },
              note: {
                text: 'Groundrules has a finding of its own for this verdict.',
                updatedBy: 'groundrules',
              },
            },
          },
        ],
      });
    }
  }

  private showInsights(): void {
    const failing = {
      generatorId: prefix(GENERATOR),
      complianceStatus: equals('FAILED'),
      recordState: equals('ACTIVE'),
      workflowStatus: equals('NEW', 'NOTIFIED'),
    };
    const insight = (id: string, name: string, groupByAttribute: string, more: object = {}) =>
      new CfnInsight(this, id, {
        name: `Groundrules: ${name}`,
        groupByAttribute,
        filters: { ...failing, ...more },
      });
    insight('ByAccount', 'failing by account', 'AwsAccountId');
    insight('ByControl', 'failing by control', 'GeneratorId');
    insight('NewestCritical', 'critical, since less than a week', 'ResourceId', {
      severityLabel: equals('CRITICAL'),
      createdAt: [{ dateRange: { unit: 'DAYS', value: 7 } }],
    });
  }
}

/** The controls whose findings AWS Config may send, too: those that some pack has, in whatever Region. */
const duplicatedBy = ({ packs, controls: own }: Settings): Control[] =>
  controls.filter(
    (control) =>
      packs.includes(control.domain) && !isPlanned(control) && (own[control.id]?.enabled ?? isOn(control)),
  );
