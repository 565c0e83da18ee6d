/**
 * A conformance pack's template ("Custom Conformance Packs"): AWS::Config::ConfigRule and RemediationConfiguration, and
 * nothing else.
 */

import { regionOf } from '../../catalogue/availability.ts';
import { type Control, ruleOf } from '../../catalogue/index.ts';
import { pascalCase } from '../../rules/names.ts';
import type { AnyRule, Trigger } from '../../rules/rule.ts';
import { namesOf } from '../account/names.ts';
import type { RemediationSettings } from '../settings/index.ts';
import { controlsOf, type Place, remediationSettings } from './controls.ts';
import { checkLimits, checkStatic, isLong } from './limits.ts';
import type { Remediation } from './remediation.ts';
import { defaultsOf, type Values, valuesOf } from './values.ts';
import { packYaml } from './yaml.ts';

type Json = { readonly [key: string]: unknown };

export interface PackParameter {
  readonly Type: 'String';
  readonly Default: string;
  readonly Description?: string;
}

export interface PackTemplate {
  readonly Parameters?: Readonly<Record<string, PackParameter>>;
  readonly Conditions?: Json;
  readonly Resources: Readonly<Record<string, Json>>;
}

export interface PackOptions extends Place {
  /** What each control's remediation runs (see `remediations`). Without it no control has one. */
  readonly remediationOf?: (control: Control, settings: RemediationSettings) => Remediation | undefined;
  /** The default of {@link FUNCTIONS}. */
  readonly functions?: string;
  /** The literal ARN of a rule's function, by the rule's id: the pack then has neither the parameter nor its condition. */
  readonly functionArn?: (rule: string) => string;
}

/** Logical ids have letters and digits only. */
export const logicalId = pascalCase;

/** The pack parameter that holds where the functions are: the ARN of each without its rule's id. */
export const FUNCTIONS = 'FunctionArnPrefix';
const HAS_FUNCTIONS = 'HasFunctions';

/**
 * The template of a domain's pack in a Region; `undefined` when nothing of it belongs there.
 *
 * @throws {PackLimitError} when it is more than AWS Config takes.
 * @throws {SettingsError} for parameters that a rule or a document does not take.
 * @throws {UnknownRegionError}
 */
export function packTemplate(options: PackOptions): PackTemplate | undefined {
  const parts = controlsOf(options).map((control) => partOf(control, options));
  if (parts.length === 0) return undefined;
  const all = <T>(pick: (part: Part) => Readonly<Record<string, T>>): Record<string, T> =>
    Object.assign({}, ...parts.map(pick));
  const needsFunctions = !options.functionArn && parts.some((part) => part.needsFunctions);
  const parameters: Record<string, PackParameter> = {
    ...(needsFunctions && { [FUNCTIONS]: functionsParameter(options.functions) }),
    ...all((part) => part.parameters),
  };
  const conditions: Json = {
    ...(needsFunctions && { [HAS_FUNCTIONS]: isSet(FUNCTIONS) }),
    ...all((part) => part.conditions),
  };
  const template: PackTemplate = {
    ...(Object.keys(parameters).length > 0 && { Parameters: parameters }),
    ...(Object.keys(conditions).length > 0 && { Conditions: conditions }),
    Resources: all((part) => part.resources),
  };
  checkLimits(namesOf(options.settings).pack(options.domain), template, packYaml(template));
  return template;
}

const functionsParameter = (functions = ''): PackParameter => ({
  Type: 'String',
  Default: functions,
  Description:
    'ARN of the rule functions without the rule id. Empty: rules and fixes with a function are left out.',
});

/** What one control adds to its pack. */
interface Part {
  readonly parameters: Readonly<Record<string, PackParameter>>;
  readonly conditions: Json;
  readonly resources: Readonly<Record<string, Json>>;
  readonly needsFunctions: boolean;
}

const isOther = (parameter: string, value: string) => ({
  'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, value] }],
});
const isSet = (parameter: string) => isOther(parameter, '');

function partOf(control: Control, { settings, region, remediationOf, functionArn }: PackOptions): Part {
  const id = logicalId(control.id);
  const values = valuesOf(control, settings, region);
  const tunable = tunables(id, values);
  const isCustom = control.kind === 'custom';
  const chosen = remediationSettings(control, settings);
  const canRemediate = chosen.mode !== 'off' && regionOf(region).remediation !== 'no';
  const remediation = canRemediate ? remediationOf?.(control, chosen) : undefined;
  return {
    parameters: tunable.parameters,
    conditions: tunable.conditions,
    needsFunctions: isCustom || remediation?.own === true,
    resources: {
      [id]: {
        Type: 'AWS::Config::ConfigRule',
        ...(isCustom && !functionArn && { Condition: HAS_FUNCTIONS }),
        Properties: {
          ConfigRuleName: control.id,
          Description: control.title.en.slice(0, 256),
          ...(Object.keys(values).length > 0 && { InputParameters: tunable.inputs((ref) => ref) }),
          ...sourceOf(control, functionArn),
        },
      },
      ...(remediation && {
        [`${id}Remediation`]: {
          ...(remediation.own && !functionArn && { Condition: HAS_FUNCTIONS }),
          ...remediationResource(control, remediation, chosen, values, tunable),
        },
      }),
    },
  };
}

interface Tunables {
  readonly parameters: Readonly<Record<string, PackParameter>>;
  readonly conditions: Json;
  /** The rule's parameters, each a reference to the pack's; those of `names` alone, by the names that it gives them. */
  inputs(wrap: (ref: object) => unknown, names?: Values): Json;
}

/**
 * The pack's parameter for a control's, as AWS's guide names them:
 * https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
 */
export const parameterName = (control: string, name: string): string =>
  packParameter(logicalId(control), name);
const packParameter = (id: string, name: string) =>
  `${id}Param${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/**
 * A pack parameter for each of a rule's. One without a value is left out while it is empty: AWS Config refuses blank ones. It
 * refuses long ones for a document, too, which need not be told what it has as its own default.
 */
function tunables(id: string, values: Values): Tunables {
  const parameterOf = (name: string) => packParameter(id, name);
  const all = Object.entries(values);
  const map = <T>(entries: typeof all, of: (name: string, value: string) => [string, T]) =>
    Object.fromEntries(entries.map(([name, value]) => of(name, value)));
  return {
    parameters: map(all, (name, value) => [parameterOf(name), { Type: 'String' as const, Default: value }]),
    conditions: map(
      all.filter(([, value]) => value === '' || isLong(value)),
      (name, value) => [`Has${parameterOf(name)}`, isOther(parameterOf(name), value)],
    ),
    inputs: (wrap, names) =>
      map(
        all.filter(([name]) => !names || Object.hasOwn(names, name)),
        (name, value) => {
          const ref = wrap({ Ref: parameterOf(name) });
          const optional = { 'Fn::If': [`Has${parameterOf(name)}`, ref, { Ref: 'AWS::NoValue' }] };
          return [names?.[name] ?? name, value === '' || (names && isLong(value)) ? optional : ref];
        },
      ),
  };
}

function sourceOf(control: Control, functionArn: PackOptions['functionArn']): Json {
  if (control.kind === 'process-check') {
    return { Source: { Owner: 'AWS', SourceIdentifier: 'AWS_CONFIG_PROCESS_CHECK' } };
  }
  if (control.kind === 'custom') return customSource(ruleOf(control) as AnyRule, functionArn);
  const { identifier, trigger, resourceTypes } = control;
  return {
    // A hybrid rule keeps its default frequency, because older editions of AWS's pages call some of them
    // change-triggered, and those take none.
    ...(trigger === 'periodic' && { MaximumExecutionFrequency: 'TwentyFour_Hours' }),
    ...(trigger !== 'periodic' && { Scope: { ComplianceResourceTypes: resourceTypes } }),
    Source: { Owner: 'AWS', SourceIdentifier: identifier },
  };
}

function customSource(
  { id, triggers, resourceTypes }: AnyRule,
  functionArn: PackOptions['functionArn'],
): Json {
  const details = triggers.flatMap((trigger: Trigger) =>
    trigger.kind === 'periodic'
      ? [{ MessageType: 'ScheduledNotification', MaximumExecutionFrequency: trigger.frequency }]
      : ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'].map(
          (MessageType) => ({ MessageType }),
        ),
  );
  return {
    // Without a scope every recorded resource's change would invoke the function.
    ...(triggers.some(({ kind }) => kind === 'change') && {
      Scope: { ComplianceResourceTypes: resourceTypes },
    }),
    Source: {
      Owner: 'CUSTOM_LAMBDA',
      SourceIdentifier: functionArn?.(id) ?? { 'Fn::Join': ['', [{ Ref: FUNCTIONS }, id]] },
      SourceDetails: details.map((detail) => ({ EventSource: 'aws.config', ...detail })),
    },
  };
}

/** Rules are named as the template names them, without the suffix that AWS Config adds ("Service-Linked Rules"). */
function remediationResource(
  control: Control,
  { document, roleArn, resourceParameter, parameters, shared, byHand }: Remediation,
  { mode, attempts, retrySeconds, concurrencyPercent, errorPercent }: RemediationSettings,
  values: Values,
  tunable: Tunables,
): Json {
  const fixed = (one: unknown) => ({ StaticValue: { Values: [one] } });
  const isAutomatic = mode === 'automatic' && !byHand;
  const all: Json = {
    // AWS Config starts it by itself only if it is spelled like this (AWS Config, RemediationConfiguration).
    AutomationAssumeRole: fixed(roleArn),
    ...(resourceParameter !== undefined && {
      [resourceParameter]: { ResourceValue: { Value: 'RESOURCE_ID' } },
    }),
    ...Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, fixed(one)])),
    ...tunable.inputs(fixed, shared),
  };
  const defaults = control.kind === 'custom' ? defaultsOf(ruleOf(control) as AnyRule) : {};
  const sharedValues = Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => Object.hasOwn(shared, name) && !(isLong(value) && value === defaults[name]),
    ),
  );
  checkStatic(
    control.id,
    { ...sharedValues, ...parameters, AutomationAssumeRole: roleArn },
    Object.keys(all).length,
  );
  return {
    Type: 'AWS::Config::RemediationConfiguration',
    DependsOn: logicalId(control.id),
    Properties: {
      ConfigRuleName: control.id,
      TargetType: 'SSM_DOCUMENT',
      TargetId: document,
      Parameters: all,
      ExecutionControls: {
        SsmControls: {
          ConcurrentExecutionRatePercentage: concurrencyPercent,
          ErrorPercentage: errorPercent,
        },
      },
      Automatic: isAutomatic,
      ...(isAutomatic && {
        MaximumAutomaticAttempts: attempts,
        RetryAttemptSeconds: retrySeconds,
      }),
    },
  };
}
