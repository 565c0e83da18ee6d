/** A verdict of AWS Config as a finding of Security Hub, in the AWS Security Finding Format (ASFF). */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { LONGEST_ID, resourcePart } from '../finding-id.ts';
import type { BridgedControl } from './controls.ts';
import { resourceOf } from './resource.ts';
import { oneLine } from './text.ts';

/** `DELETED`: the event has no new verdict, the evaluation is gone. AWS does not document that it happens, or that it does not. */
export type Verdict = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA' | 'DELETED';

/** A verdict of AWS Config that changed: what an event says, checked. */
export interface ComplianceChange {
  readonly control: string;
  readonly accountId: string;
  readonly region: string;
  /** Of the rule's ARN: `aws`, `aws-cn`, … */
  readonly partition: string;
  /** Absent for a verdict that AWS Config does not know of. */
  readonly configRuleArn?: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly verdict: Verdict;
  readonly annotation?: string;
  /** Whether it is a failure that is waived, as the annotation says. */
  readonly isWaived?: boolean;
  /** Whether the verdict before was. */
  readonly wasWaived?: boolean;
  /** When AWS Config recorded the verdict; the later of two counts. */
  readonly recordedAt: Date;
  /** When the failure began, also in the event that ends it. */
  readonly since: Date;
}

/** The prefix of our `GeneratorId`s, by which insights and automation rules select our findings. */
export const GENERATOR = 'groundrules/';
const TYPES = ['Software and Configuration Checks/AWS Security Best Practices'];

/**
 * "Could not tell" is a warning, not a pass. What does not apply any more passes and is archived: NOT_AVAILABLE would set
 * the workflow status of a finding that somebody has dealt with back to NEW.
 */
const STATUS = {
  NON_COMPLIANT: 'FAILED',
  INSUFFICIENT_DATA: 'WARNING',
  COMPLIANT: 'PASSED',
  NOT_APPLICABLE: 'PASSED',
  DELETED: 'PASSED',
} as const satisfies Record<Verdict, string>;
/** Worst first: of two verdicts of the same moment the worse one holds, whichever comes first. */
const WORST_FIRST = Object.keys(STATUS) as Verdict[];

const SENTENCES: Readonly<Record<Verdict, string>> = {
  NON_COMPLIANT: 'does not comply with the rule.',
  INSUFFICIENT_DATA: 'could not be judged.',
  COMPLIANT: 'complies with the rule.',
  NOT_APPLICABLE: 'is not judged by the rule any more: it is gone, or the rule does not apply to it.',
  DELETED: 'has no evaluation any more.',
};

/**
 * The finding's identity: the same for every verdict of a control on a resource, so that each updates the last. At most 512
 * characters in one line; of an id that AWS Config has longer (up to 768) or otherwise there is a digest.
 */
export function findingId({
  accountId,
  region,
  control,
  resourceType,
  resourceId,
}: ComplianceChange): string {
  const start = `${GENERATOR}${accountId}/${region}/${control}/`;
  return `${start}${resourcePart(resourceType, resourceId, LONGEST_ID - start.length)}`;
}

/**
 * One finding. `Workflow` counts only when the finding is new; Security Hub ignores it in updates
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html), where an automation
 * rule resolves what passes ({@link FindingRules}). `CreatedAt` is not among what updates leave alone: it is when the failure began,
 * which the event that ends it knows, too.
 *
 * @param documentationUrl where the repository's pages are published.
 */
export function toFinding(
  change: ComplianceChange,
  control: BridgedControl,
  documentationUrl?: string,
): AwsSecurityFinding {
  const { accountId, region, partition, verdict, recordedAt, since, isWaived = false } = change;
  // What is waived fails, whatever AWS Config is told: the waiver is beside it, and ends.
  const status = isWaived ? 'FAILED' : STATUS[verdict];
  // INFORMATIONAL for what passes, as Security Hub does for its own controls.
  const severity = {
    Label: status === 'PASSED' ? 'INFORMATIONAL' : control.severity,
    Original: control.severity,
  } as const;
  const url = urlOf(control.page, documentationUrl);
  const finding: AwsSecurityFinding = {
    SchemaVersion: '2018-10-08',
    Id: findingId(change),
    ProductArn: `arn:${partition}:securityhub:${region}:${accountId}:product/${accountId}/default`,
    ProductName: 'Groundrules',
    GeneratorId: `${GENERATOR}${change.control}`,
    AwsAccountId: accountId,
    CreatedAt: since.toISOString(),
    UpdatedAt: recordedAt.toISOString(),
    Title: oneLine(control.title, 256),
    Description: descriptionOf(change),
    Types: TYPES,
    Severity: severity,
    // Security Hub takes updates of both from here (the page above): those above are for a finding that is new.
    FindingProviderFields: { Severity: severity, Types: TYPES },
    Remediation: { Recommendation: { Text: control.remediation, ...(url && { Url: url }) } },
    Compliance: {
      Status: status,
      ...(control.requirements.length > 0 && { RelatedRequirements: [...control.requirements] }),
    },
    Resources: [resourceOf(change)],
    ProductFields: {
      ...(change.configRuleArn !== undefined && { 'groundrules/ConfigRuleArn': change.configRuleArn }),
      'groundrules/Verdict': verdict,
    },
    RecordState: isWaived || (verdict !== 'NOT_APPLICABLE' && verdict !== 'DELETED') ? 'ACTIVE' : 'ARCHIVED',
    ...(status === 'PASSED' && { Workflow: { Status: 'RESOLVED' } }),
  };
  return isWaived ? suppressed(finding, change.annotation ?? '', recordedAt) : finding;
}

/** A finding that somebody has dealt with, and says so: what is waived. */
export function suppressed(finding: AwsSecurityFinding, why: string, at: Date): AwsSecurityFinding {
  return {
    ...finding,
    Workflow: { Status: 'SUPPRESSED' },
    Note: { Text: oneLine(why, 512), UpdatedBy: UPDATED_BY, UpdatedAt: at.toISOString() },
  };
}

/** Who a note of ours is by. */
export const UPDATED_BY = 'groundrules';

function descriptionOf({ resourceType, resourceId, verdict, annotation }: ComplianceChange): string {
  const said = oneLine(annotation ?? '', 256);
  // The id, which may have 768 characters, is cut at 600, so that the annotation after it fits.
  return oneLine(
    `${resourceType} ${oneLine(resourceId, 600)}${said ? `: ${said}` : ` ${SENTENCES[verdict]}`}`,
    1024,
  );
}

function urlOf(page: string | undefined, documentationUrl: string | undefined): string | undefined {
  if (page === undefined || page.startsWith('https:')) return page;
  return documentationUrl && `${documentationUrl.replace(/\/+$/, '')}/${page}`;
}

/** Whether a change is later than another of the same finding; in the same moment, whether it is worse. */
export function isNewer(one: ComplianceChange, other: ComplianceChange): boolean {
  const later = one.recordedAt.getTime() - other.recordedAt.getTime();
  return later !== 0 ? later > 0 : WORST_FIRST.indexOf(one.verdict) < WORST_FIRST.indexOf(other.verdict);
}
