/** What AWS Config starts for a resource that fails: the document, its role and its parameters. */
import { checkValue } from '../../automation/document/parameters.ts';
import { openRuleDocument } from '../../automation/rule-document.ts';
import { partitionOf } from '../../catalogue/availability.ts';
import { type Control, ruleOf } from '../../catalogue/index.ts';
import { type AwsOwnedDocument, awsOwned } from '../../remediation-docs/aws-owned.ts';
import { documentParameter, missingOptions } from '../../rules/fix.ts';
import { fixes } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { namesOf } from '../account/names.ts';
import { type RemediationSettings, type Settings, SettingsError } from '../settings/index.ts';

/** What a control's remediation runs: its document, and the role that the document runs as. */
export interface Remediation {
  readonly document: string;
  /** Literal: AWS Config takes no intrinsic function for it (a CDK token is literal by the time AWS Config sees it). */
  readonly roleArn: string;
  /** The document's parameter that takes the resource's id; absent for a document that is about the whole account. */
  readonly resourceParameter?: string;
  /** Parameters with one value for all resources. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The rule's parameters that the document takes too, each by the document's name. */
  readonly shared: Readonly<Record<string, string>>;
  /** Whether the document is of this pack, and rests on the pack's functions. */
  readonly own: boolean;
  /** The document of AWS that {@link roleArn} has to be made for; absent where the role is the user's, or comes with a document of ours. */
  readonly roleFor?: AwsOwnedDocument;
  /** Set where the settings of all controls may not make it start by itself: only the control's own can. */
  readonly byHand?: true;
}

export interface RemediationPlace {
  readonly settings: Settings;
  /** Twelve digits, or a CDK token. */
  readonly account: string;
  readonly region: string;
  /**
   * Whether roles are made for documents that AWS owns. The CDK app makes them; for a pack that is put by hand there
   * are none.
   */
  readonly makesRoles?: boolean;
  /** The topic that documents publish to which can, unless the settings name another; in the same Region. */
  readonly topicArn?: string;
}

/** Why a control has no remediation in its pack. */
export interface NoRemediation {
  readonly none: string;
}

/**
 * What {@link packTemplate} asks for each control whose remediation is not off.
 *
 * @example
 * packTemplate({ settings, domain, region, remediationOf: remediations({ settings, account, region }) });
 */
export function remediations(place: RemediationPlace) {
  return (control: Control, chosen: RemediationSettings): Remediation | undefined => {
    const found = remediationFor(control, chosen, place);
    return 'none' in found ? undefined : found;
  };
}

/** The rule, or the fix of a managed rule, that has a document for a control. */
export function fixOf(control: Control): AnyRule | undefined {
  if (control.kind === 'custom') return ruleOf(control);
  if (control.kind !== 'managed' || control.remediation.kind !== 'own-document') return undefined;
  return fixes.find((fix) => fix.id === control.id && fix.detectedBy === control.identifier);
}

/**
 * A control's remediation, or why it has none.
 *
 * @throws {SettingsError} for parameters that its document does not take, or lacks.
 */
export function remediationFor(
  control: Control,
  chosen: RemediationSettings,
  place: RemediationPlace,
): Remediation | NoRemediation {
  const rule = fixOf(control);
  if (rule) return ownRemediation(rule, control, chosen, place);
  if (control.remediation.kind !== 'aws-owned-document') return { none: control.remediation.why };
  const name = control.remediation.document;
  const document = awsOwned.find((one) => one.name === name);
  if (!document) return { none: `nobody has looked up what ${name} takes` };
  return awsOwnedRemediation(document, control, chosen, place);
}

function ownRemediation(
  rule: AnyRule,
  control: Control,
  chosen: RemediationSettings,
  { settings, account, region, topicArn }: RemediationPlace,
): Remediation | NoRemediation {
  const { document, resourceParameter } = openRuleDocument(rule);
  const isOwn = settings.controls[control.id]?.remediation !== undefined;
  const options = Object.keys(rule.fix.options);
  // A topic that a fix gives an alert is not the one that notices go to.
  const forAll = options.filter((name) => name !== 'TopicArn' || rule.fix.notifies);
  // Parameters in the settings of all controls count for those documents that have them.
  const given = isOwn
    ? chosen.parameters
    : Object.fromEntries(Object.entries(chosen.parameters).filter(([name]) => forAll.includes(name)));
  const problems = Object.entries(given).flatMap(([name, value]) => {
    const fields = options.includes(name) ? document.parameters[name] : undefined;
    const wrong = fields
      ? checkValue(value, fields)
      : `there is no such parameter (there is ${options.join(', ')})`;
    return wrong ? [`${isOwn ? `controls.${control.id}.` : ''}remediation.parameters.${name}: ${wrong}`] : [];
  });
  if (problems.length > 0) throw new SettingsError(problems.join('; '));
  // Only a document that publishes itself: to another topic of the user's its owner has to let other services publish.
  const topic = topicArn !== undefined && rule.fix.notifies ? { TopicArn: topicArn } : {};
  // An empty text is the documents' own default, and AWS Config passes no empty one on.
  const parameters = Object.fromEntries(
    Object.entries({ ...topic, ...given }).filter(([, value]) => value !== ''),
  );
  const missing = missingOptions(rule.fix.needs ?? [], (name) => Object.hasOwn(parameters, name));
  if (missing.length > 0) {
    return { none: `set ${missing.join(', ')} in controls.${control.id}.remediation.parameters` };
  }
  const names = namesOf(settings);
  return {
    document: names.document(rule.id),
    roleArn: `arn:${partitionOf(region)}:iam::${account}:role${settings.rolePath}${names.documentRole(rule.id, region)}`,
    resourceParameter,
    // `Apply`, although the documents' default is Preview: somebody who presses "Remediate", or sets "automatic",
    // wants the change.
    parameters: { Mode: 'Apply', ...parameters },
    shared: Object.fromEntries(
      Object.keys(rule.parameters)
        .map((name) => [name, documentParameter(rule.fix, name)] as const)
        .filter(([, name]) => Object.hasOwn(document.parameters, name)),
    ),
    own: true,
  };
}

function awsOwnedRemediation(
  document: AwsOwnedDocument,
  control: Control,
  chosen: RemediationSettings,
  place: RemediationPlace,
): Remediation | NoRemediation {
  const { settings, account } = place;
  const { name, parameters: known } = document;
  const where = `controls.${control.id}.remediation`;
  const isOwn = settings.controls[control.id]?.remediation !== undefined;
  if (document.byHand?.includes(control.id)) {
    return { none: `${name} wants another id than AWS Config has for the resource: start it by hand` };
  }
  const isMade = chosen.roleArn === undefined && place.makesRoles && document.actions !== undefined;
  const roleArn = isMade ? madeRole(document, place) : chosen.roleArn;
  if (roleArn === undefined) return { none: "its document is AWS's, and wants a roleArn in the settings" };
  const resource = known.find((one) => one.resource)?.name;
  const reserved = new Set(['AutomationAssumeRole', resource]);
  const defaults = Object.fromEntries(
    known.flatMap((one) => (one.value === undefined ? [] : [[one.name, one.value]])),
  );
  // The settings of all controls do not count here, because only some parameters of this document are known.
  const given = isOwn ? chosen.parameters : {};
  const refused = Object.keys(given).filter((one) => reserved.has(one));
  if (refused.length > 0) {
    throw new SettingsError(`${where}.parameters.${refused.join(', ')}: AWS Config, or roleArn, says that`);
  }
  const parameters: Record<string, string> = { ...defaults, ...given };
  const missing = known.filter(
    (one) => one.required && !reserved.has(one.name) && !Object.hasOwn(parameters, one.name),
  );
  if (missing.length > 0) {
    const lacks = `${name} requires ${missing.map((one) => one.name).join(', ')}`;
    if (isOwn) throw new SettingsError(`${where}.parameters: ${lacks}`);
    return { none: `${lacks}: set ${where}.parameters` };
  }
  return {
    document: name,
    roleArn: isMade ? roleArn : inAccount(roleArn, account, where),
    ...(isMade && { roleFor: document }),
    ...(resource !== undefined && { resourceParameter: resource }),
    parameters,
    shared: {},
    own: false,
    ...(!isOwn && !document.automatic.sensible && { byHand: true }),
  };
}

/** What the name of the role for a document of AWS's is made of: those names are too long. */
export const awsRoleId = ({ controls: [first = ''] }: AwsOwnedDocument): string => `aws-${first}`;

const madeRole = (document: AwsOwnedDocument, { settings, account, region }: RemediationPlace): string =>
  `arn:${partitionOf(region)}:iam::${account}:role${settings.rolePath}${namesOf(settings).documentRole(awsRoleId(document), region)}`;

/** A role of the same name in the pack's account: AWS Config can pass no other account's. */
function inAccount(roleArn: string, account: string, where: string): string {
  const parts = roleArn.split(':');
  if (/^\d{12}$/.test(account) && parts[4] !== account) {
    throw new SettingsError(
      `${where}.roleArn: ${roleArn} is not in the account ${account}, where the pack is`,
    );
  }
  return [...parts.slice(0, 4), account, ...parts.slice(5)].join(':');
}
