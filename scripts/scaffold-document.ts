/** A new rule's document: one that tells people, or one whose own steps are still to be written. */
import { documentName } from '../rules/names.ts';
import type { Severity } from '../rules/rule.ts';
import { notifyFix } from '../rules/shared/notify/fix.ts';
import { filledDocument } from './skeleton.ts';

export interface NewDocument {
  readonly id: string;
  /** The type of what the rule reports on. */
  readonly type: string;
  readonly severity: Severity;
}

export const noticeDocument = (rule: NewDocument, root = '.'): string =>
  filledDocument(
    `${headOf(
      rule,
      `Tells people what only they can do: opens an OpsItem, and publishes to an SNS topic. The resource itself is not changed.
  Once the rule passes, a run resolves the OpsItem. Mode Undo, with the ExecutionId of an earlier run, resolves the OpsItem
  that that run opened.`,
    )}${marks('notice')}`,
    { id: rule.id, parameters: {}, fix: notifyFix<never, never>()({ steps: [] })({ ...rule, messages: {} }) },
    root,
  );

export const ownDocument = (rule: NewDocument, root = '.'): string =>
  filledDocument(
    `${headOf(
      rule,
      'Says what a person has to do: what this document could change by itself is still to be written.',
    )}${['plan', 'confirm', 'report', 'end'].map(marks).join('\n')}`,
    { id: rule.id, parameters: {}, fix: { options: {} } },
    root,
  );

const marks = (mark: string) => `# <${mark}>\n# </${mark}>\n`;

const headOf = ({ id, type }: NewDocument, description: string): string => `# ${documentName(id)}
description: >-
  ${description}
${marks('head')}${resourceParameter(type)}`;

/** `VpcId` of an `AWS::EC2::VPC`. */
function resourceParameter(type: string): string {
  const name = type.split('::').at(-1) as string;
  const [what, pattern] =
    name === 'Account' ? ['account', '^[0-9]{12}$'] : ['resource, by its id', '^[^{}]{1,768}$'];
  return `  ${name === name.toUpperCase() ? name.charAt(0) + name.slice(1).toLowerCase() : name}Id:
    type: String
    description: The ${what}. AWS Config gives it as RESOURCE_ID.
    allowedPattern: "${pattern}"
`;
}
