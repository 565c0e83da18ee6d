/** What AWS Config takes of a conformance pack ("Service Limits"; the `config` service model). */
import type { PackTemplate } from './template.ts';

/** https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html */
export const MAX_RULES = 130;
/** Of a template that is sent along (`TemplateBody`). */
export const MAX_BYTES = 51_200;
/** `ConformancePackInputParameters`. */
export const MAX_PARAMETERS = 60;
/** `ConfigRule.InputParameters`, as JSON. */
export const MAX_INPUT_CHARACTERS = 1024;
/** `RemediationConfiguration.Parameters`. */
export const MAX_REMEDIATION_PARAMETERS = 25;
/** `StaticValue.Values`, each: at least one character, at most so many. */
export const MAX_STATIC_CHARACTERS = 256;
export const isLong = (value: string): boolean => value.length > MAX_STATIC_CHARACTERS;

/** A pack that AWS Config would refuse. */
export class PackLimitError extends Error {
  override readonly name = 'PackLimitError';
  readonly code = 'PackLimit';
}

/** @throws {PackLimitError} that says what there is too much of, and what to do. */
export function checkLimits(name: string, template: PackTemplate, text: string): void {
  const resources = Object.keys(template.Resources).length;
  const parameters = Object.keys(template.Parameters ?? {}).length;
  const bytes = Buffer.byteLength(text);
  const problems = [
    // Whether remediations count towards the limit is unverified: both readings hold here.
    ...(resources > MAX_RULES
      ? [`too many rules and remediations (${resources}, AWS Config takes ${MAX_RULES})`]
      : []),
    ...(parameters > MAX_PARAMETERS
      ? [`too many parameters (${parameters}, AWS Config takes ${MAX_PARAMETERS})`]
      : []),
    ...(bytes > MAX_BYTES ? [`too many bytes (${bytes}, AWS Config takes ${MAX_BYTES} inline)`] : []),
  ];
  if (problems.length > 0) {
    throw new PackLimitError(
      `the pack ${name} has ${problems.join('; ')}: turn off controls that you do not need`,
    );
  }
}

/** @throws {PackLimitError} when a rule's parameters are more than AWS Config keeps. */
export function checkInputs(control: string, values: Readonly<Record<string, string>>): void {
  const { length } = JSON.stringify(values);
  if (length > MAX_INPUT_CHARACTERS) {
    throw new PackLimitError(
      `controls.${control}.parameters: ${length} characters as JSON, AWS Config takes ${MAX_INPUT_CHARACTERS}: shorten them`,
    );
  }
}

/** @throws {PackLimitError} when a remediation is given more than AWS Config passes on. */
export function checkStatic(control: string, values: Readonly<Record<string, string>>, count: number): void {
  const long = Object.entries(values).filter(([, value]) => isLong(value));
  const problems = [
    ...long.map(
      ([name, { length }]) =>
        `${name} has ${length} characters, AWS Config passes on ${MAX_STATIC_CHARACTERS}`,
    ),
    ...(count > MAX_REMEDIATION_PARAMETERS
      ? [`${count} parameters, AWS Config takes ${MAX_REMEDIATION_PARAMETERS}`]
      : []),
  ];
  if (problems.length > 0) {
    throw new PackLimitError(
      `the remediation of ${control}: ${problems.join('; ')}: shorten them, or set controls.${control}.remediation.mode to off`,
    );
  }
}
