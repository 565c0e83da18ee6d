import { GetAutomationExecutionCommand, GetDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { isObject } from '../config/event.ts';
import type { Approval } from './approval.ts';

/** What the deployment tells a function that makes changes itself. */
export const APPROVAL_VARIABLES = {
  /** `documentHash` of the document that was deployed with it. */
  documentHash: 'GROUNDRULES_DOCUMENT_SHA256',
  /** JSON list of the ARNs that the settings name. */
  approvers: 'GROUNDRULES_APPROVERS',
} as const;

export interface SsmApprovalOptions {
  readonly client?: SSMClient;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Looks for approvals in SSM. Without the environment variables of the deployment no approval counts.
 *
 * @example
 * export const handler = ruleHandler(rule, lambdaSource([rootPassword]), { findApproval: approvals(ssmApproval()) });
 */
export function ssmApproval({ client, env = process.env }: SsmApprovalOptions = {}): Approval {
  let connected = client;
  const ssm = () => {
    connected ??= new SSMClient({});
    return connected;
  };
  return {
    namePrefix: env.GROUNDRULES_NAME_PREFIX || undefined,
    documentHash: env[APPROVAL_VARIABLES.documentHash] ?? '',
    approvers: readApprovers(env[APPROVAL_VARIABLES.approvers] ?? '[]'),
    async execution(AutomationExecutionId) {
      const { AutomationExecution } = await ssm().send(
        new GetAutomationExecutionCommand({ AutomationExecutionId }),
      );
      return AutomationExecution;
    },
    async document(Name, DocumentVersion) {
      const { Content } = await ssm().send(
        new GetDocumentCommand({ Name, DocumentVersion, DocumentFormat: 'JSON' }),
      );
      const content: unknown = JSON.parse(Content ?? 'null');
      if (!isObject(content)) throw new Error('its text is no JSON object');
      return content;
    },
  };
}

/** @throws {Error} for what the deployment would not write: the function then does not start. */
function readApprovers(text: string): string[] {
  const list: unknown = JSON.parse(text);
  if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  throw new Error(`${APPROVAL_VARIABLES.approvers} is no JSON list of ARNs`);
}
