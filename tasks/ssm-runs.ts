import { GetAutomationExecutionCommand, GetDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { isObject } from '../config/event.ts';
import type { Runs } from './run.ts';

/** What the deployment tells a function that makes changes itself. */
export const RUN_VARIABLES = {
  /** `documentHash` of the document that was deployed with it. */
  documentHash: 'GROUNDRULES_DOCUMENT_SHA256',
  /** JSON list of the ARNs that the settings name. */
  approvers: 'GROUNDRULES_APPROVERS',
} as const;

export interface SsmRunsOptions {
  readonly client?: SSMClient;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Asks SSM for runs. Without the environment variables of the deployment no run counts, and no approval does.
 *
 * @example
 * export const handler = ruleHandler(rule, lambdaSource([rootPassword]), { findRun: findRunIn(ssmRuns()) });
 */
export function ssmRuns({ client, env = process.env }: SsmRunsOptions = {}): Runs {
  let connected = client;
  const ssm = () => {
    connected ??= new SSMClient({});
    return connected;
  };
  return {
    namePrefix: env.GROUNDRULES_NAME_PREFIX || undefined,
    documentHash: env[RUN_VARIABLES.documentHash] ?? '',
    approvers: readApprovers(env[RUN_VARIABLES.approvers] ?? '[]'),
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
  throw new Error(`${RUN_VARIABLES.approvers} is no JSON list of ARNs`);
}
