/** Finds what no schema can: unknown controls and parameters, wrong values, and settings that contradict each other. */
import { partitionOf, regions } from '../../catalogue/availability.ts';
import { type Control, controls, isPlanned, ruleOf } from '../../catalogue/index.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';
import { didYouMean } from '../../report/closest.ts';
import { fixes } from '../../rules/index.ts';
import { InvalidParametersError, type Parameters, parseParameters } from '../../rules/parameters.ts';
import { remediationSettings } from '../packs/controls.ts';
import type { Settings } from './schema.ts';

/** " (did you mean …?)", or what there is. */
export const suggestion = (word: string, known: readonly string[]): string =>
  didYouMean(word, known) || (known.length > 0 ? ` (there is ${known.join(', ')})` : '');

/** What the file says of the controls' remediations itself. */
type Given = Readonly<
  Record<string, { readonly remediation?: { readonly roleArn?: string | undefined } | undefined }>
>;

/** Everything that is wrong, each with its place. */
export function contradictions(settings: Settings, given: Given): string[] {
  return [
    ...ofRegions(settings),
    ...ofTopic(settings),
    ...ofKeys(settings),
    ...ofBoundary(settings),
    ...ofAlarms(settings),
    ...Object.keys(settings.controls).flatMap((id) => ofControl(id, settings, given)),
  ];
}

/**
 * What is wrong in a group's settings and not in those of all.
 *
 * @param place of the group: `organization.groups.0`.
 * @param known what is wrong in those of all, which is said once.
 */
export function ofGroup(place: string, settings: Settings, given: Given, known: readonly string[]): string[] {
  return Object.keys(settings.controls)
    .flatMap((id) => ofControl(id, settings, given))
    .filter((problem) => !known.includes(problem))
    .map((problem) => `${place}.${problem}`);
}

function ofRegions({ homeRegion, regions: chosen }: Settings): string[] {
  const strange = [...new Set([homeRegion, ...chosen])].flatMap((region) => {
    const known = Object.hasOwn(regions, region) ? regions[region] : undefined;
    if (!known) {
      return [`regions: there is no Region ${region}${didYouMean(region, Object.keys(regions))}`];
    }
    return known.packs === 'no'
      ? [`regions: AWS Config has no conformance packs in ${region} (${known.name})`]
      : [];
  });
  const partitions = new Set([homeRegion, ...chosen].map(partitionOf));
  return [
    ...strange,
    ...(chosen.includes(homeRegion)
      ? []
      : [`regions: lacks homeRegion (${homeRegion}): global resources would be judged nowhere`]),
    ...(partitions.size > 1
      ? [`regions: ${[...partitions].join(' and ')} are partitions of their own, and no account is in two`]
      : []),
  ];
}

/**
 * Nothing would be published to a topic in another Region, and addresses beside one's own topic would get nothing.
 * Nobody would notice.
 */
function ofTopic({ regions: chosen, notifications, organization }: Settings): string[] {
  const [, , , region] = notifications.topicArn?.split(':') ?? [];
  if (region === undefined) return [];
  if (!chosen.includes(region)) {
    return [`notifications.topicArn: is in ${region}, where nothing runs (regions has ${chosen.join(', ')})`];
  }
  // The audit account of an organization may make one.
  const isOnlyOne = chosen.length === 1 && !organization;
  return isOnlyOne && notifications.emails.length > 0
    ? ['notifications.emails: no topic is made that they could be subscribed to: subscribe them to topicArn']
    : [];
}

/** A key of another Region cannot encrypt anything here, and encrypting only some Regions is not what was asked for. */
function ofKeys({ kmsKeyArn, regions: chosen }: Settings): string[] {
  const given = Object.entries(kmsKeyArn);
  if (given.length === 0) return [];
  const strange = given.flatMap(([region, arn]) =>
    arn.split(':')[3] === region ? [] : [`kmsKeyArn.${region}: ${arn} is in another Region`],
  );
  const lacking = chosen.filter((region) => !Object.hasOwn(kmsKeyArn, region));
  return [
    ...strange,
    ...(lacking.length > 0
      ? [`kmsKeyArn: has no key for ${lacking.join(', ')}: give one by Region, or a multi-Region key`]
      : []),
  ];
}

/** A role can be held to a policy of its own account, or of AWS, alone. */
function ofBoundary({ permissionsBoundary = '', organization }: Settings): string[] {
  return organization && /^arn:[^:]+:iam::\d/.test(permissionsBoundary)
    ? [
        `permissionsBoundary: ${permissionsBoundary} is in one account, and the organization's others have roles, too: give its name alone, and make the policy in each`,
      ]
    : [];
}

function ofAlarms({ notifications: { alarms, functionAlarms } }: Settings): string[] {
  return functionAlarms && !alarms
    ? ['notifications.functionAlarms: alarms are off: set notifications.alarms, or leave both out']
    : [];
}

function ofControl(id: string, settings: Settings, given: Given): string[] {
  const place = `controls.${id}`;
  const control = controls.find((one) => one.id === id);
  if (!control) {
    const ids = controls.map((one) => one.id);
    return [`${place}: there is no such control${didYouMean(id, ids) || ' (see groundrules controls)'}`];
  }
  if (isPlanned(control)) return [`${place}: its rule is planned, not built yet`];
  const own = settings.controls[id];
  return [
    ...(own?.enabled && !settings.packs.includes(control.domain)
      ? [`${place}.enabled: its pack, ${control.domain}, is not among packs`]
      : []),
    ...ruleParameters(`${place}.parameters`, control, own?.parameters ?? {}),
    ...(given[id]?.remediation
      ? ofRemediation(`${place}.remediation`, control, settings, given[id].remediation.roleArn)
      : []),
  ];
}

function ruleParameters(place: string, control: Control, values: Readonly<Record<string, string>>): string[] {
  if (control.kind === 'process-check') {
    return Object.keys(values).length > 0 ? [`${place}: a process check has none`] : [];
  }
  const rule = control.kind === 'custom' ? ruleOf(control) : undefined;
  return rule ? unfit(place, rule, values) : [];
}

function ofRemediation(
  place: string,
  control: Control,
  settings: Settings,
  givenRole: string | undefined,
): string[] {
  const own = remediationSettings(control, settings);
  const fixed = control.kind === 'custom' ? ruleOf(control) : fixes.find(({ id }) => id === control.id);
  if (fixed) {
    const { options } = fixed.fix;
    return [
      ...(givenRole ? [`${place}.roleArn: only a document that AWS owns takes one`] : []),
      ...unfit(`${place}.parameters`, { id: control.id, parameters: options }, own.parameters),
    ];
  }
  if (control.remediation.kind !== 'aws-owned-document') {
    return [`${place}: there is nothing that could be run: ${control.remediation.why}`];
  }
  const { document: name } = control.remediation;
  const document = awsOwned.find((one) => one.name === name);
  return [
    ...(own.mode !== 'off' && own.roleArn === undefined && !document?.actions
      ? [
          `${place}.roleArn: is missing: AWS does not publish what ${name} calls, so that it runs as a role of yours`,
        ]
      : []),
    ...(document?.byHand?.includes(control.id) && own.mode !== 'off'
      ? [`${place}: ${name} wants another id than AWS Config has: start it by hand`]
      : []),
  ];
}

const unknown = (place: string, given: object, known: readonly string[]): string[] =>
  Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${place}.${name}: there is no such parameter${suggestion(name, known)}`);

/** Names that a rule does not know, and values that it would refuse when AWS Config hands them to it. */
function unfit(
  place: string,
  { id, parameters }: { readonly id: string; readonly parameters: Parameters },
  values: Readonly<Record<string, string>>,
): string[] {
  const strange = unknown(place, values, Object.keys(parameters));
  if (strange.length > 0) return strange;
  try {
    parseParameters({ id, parameters }, values);
    return [];
  } catch (error) {
    if (error instanceof InvalidParametersError) return [`${place}: ${error.message}`];
    throw error;
  }
}
