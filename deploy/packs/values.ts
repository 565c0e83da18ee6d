/** The values that a pack's rules get: their defaults, what the catalogue sets, what the settings say. */
import { type ManagedParameter, managedRule, partitionOf } from '../../catalogue/availability.ts';
import { type Control, type ManagedControl, ruleOf } from '../../catalogue/index.ts';
import { didYouMean } from '../../report/closest.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { type Settings, SettingsError } from '../settings/index.ts';
import { checkInputs } from './limits.ts';

/** `{}` for a rule without parameters. */
export type Values = Readonly<Record<string, string>>;

/**
 * A control's parameters in a Region. An empty text stands for a parameter that is not given.
 *
 * @throws {SettingsError} for a name or a value that the rule does not know.
 * @throws {PackLimitError} for more than AWS Config keeps.
 */
export function valuesOf(control: Control, settings: Settings, region: string): Values {
  if (control.kind === 'process-check') return {};
  const given = settings.controls[control.id]?.parameters ?? {};
  const rule = control.kind === 'custom' ? ruleOf(control) : undefined;
  const values =
    control.kind === 'custom'
      ? customValues(rule as AnyRule, { ...control.parameters, ...given }, control.id)
      : managedValues(control, given, partitionOf(region));
  checkInputs(control.id, values);
  return values;
}

export const defaultsOf = ({ parameters }: AnyRule): Values =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, one]) => [name, (one as { default: string }).default]),
  );

/**
 * AWS Config refuses blank values, and a rule without a value takes its default. A blank value is therefore left out
 * if it is the default, and refused otherwise.
 */
function customValues(rule: AnyRule, given: Values, id: string): Values {
  const defaults = defaultsOf(rule);
  const values = { ...defaults, ...given };
  try {
    parseParameters(rule, values);
  } catch (error) {
    throw new SettingsError(`controls.${id}.parameters: ${(error as Error).message}`, { cause: error });
  }
  const blank = Object.entries(values).filter(([name, value]) => isBlank(value) && defaults[name] !== '');
  if (blank.length > 0) {
    throw new SettingsError(
      blank
        .map(
          ([name]) =>
            `controls.${id}.parameters.${name} is empty: AWS Config keeps no empty value, and without one the rule takes its default ${JSON.stringify(defaults[name])} (for an empty list write ",")`,
        )
        .join('; '),
    );
  }
  return mapValues(values, (value) => (isBlank(value) ? '' : value));
}

/**
 * An empty value in the settings is left out, and the rule does not check it, because AWS supplies defaults in its
 * console only.
 */
function managedValues(
  { id, identifier, parameters }: ManagedControl,
  given: Values,
  partition: string,
): Values {
  const known = managedRule(identifier).parameters;
  const values = { ...parameters, ...given };
  const problems = Object.entries(values).flatMap(([name, value]) => {
    const place = `controls.${id}.parameters.${name}`;
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!parameter)
      return [`${place}: ${identifier} has no such parameter${suggestion(name, Object.keys(known))}`];
    const wrong = isBlank(value) ? !parameter.optional && 'is required' : mistake(value, parameter);
    return wrong ? [`${place}: ${wrong}`] : [];
  });
  if (problems.length > 0) throw new SettingsError(problems.join('; '));
  const set = Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
  // The catalogue writes the ARNs of AWS's own policies as they are in the commercial Regions.
  return mapValues(set, (value) => value.replaceAll('arn:aws:iam::aws:', `arn:${partition}:iam::aws:`));
}

function mistake(value: string, { type, values }: ManagedParameter): string | undefined {
  if (values) return values.includes(value) ? undefined : `expected ${values.join(' or ')}`;
  if (type === 'int' && !/^\d+$/.test(value)) return 'expected a whole number';
  return undefined;
}

const suggestion = (name: string, known: readonly string[]): string =>
  didYouMean(name, known) || ` (there is ${known.join(', ') || 'none'})`;

const isBlank = (value: string) => value.trim() === '';
const mapValues = (values: Values, map: (value: string) => string): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
