/** What every name begins with, unless the settings have another `namePrefix`. */
const PREFIX = 'groundrules';

/** The name of a rule's function, which its document invokes. */
export const functionName = (ruleId: string, prefix: string = PREFIX): string => `${prefix}-${ruleId}`;

/** `sg-open-ports` → `SgOpenPorts`. */
export const pascalCase = (id: string): string =>
  id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

/** `sg-open-ports` → `Groundrules-SgOpenPorts`: the name of a rule's document. */
export const documentName = (ruleId: string, prefix: string = PREFIX): string =>
  `${pascalCase(prefix)}-${pascalCase(ruleId)}`;
