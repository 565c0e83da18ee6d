/** What the entries of the AWS-owned documents are made of. */
import type { Text } from '../../rules/parameters.ts';
import type { RunbookParameter } from '../aws-owned.ts';

export const page = (name: string): string =>
  `https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/${name}.html`;

/** The parameter that takes RESOURCE_ID. */
export const resource = (name: string, type: RunbookParameter['type'] = 'String'): RunbookParameter => ({
  name,
  type,
  required: true,
  resource: true,
});
export const required = (
  name: string,
  type: RunbookParameter['type'] = 'String',
  value?: string,
): RunbookParameter => ({ name, type, required: true, ...(value !== undefined && { value }) });
export const optional = (name: string, type: RunbookParameter['type'], value: string): RunbookParameter => ({
  name,
  type,
  required: false,
  value,
});

/** "(Required)" on the pages of the AWSConfigRemediation documents. */
export const role = required('AutomationAssumeRole');
/** "(Optional)" on the others': without it, whoever starts the document. Automatic remediation needs it all the same. */
export const optionalRole: RunbookParameter = { ...role, required: false };

export const text = (en: string, ko: string): Text => ({ en, ko });
export const yes = (en: string, ko: string) => ({ sensible: true, why: { en, ko } });
export const no = (en: string, ko: string) => ({ sensible: false, why: { en, ko } });
