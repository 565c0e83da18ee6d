/** Instances and launch templates: what they run at start, and the role that they have. */
import { instances, launchTemplateVersions, userData } from '../../services/ec2/readings.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { filled, isMap, isUnknown, type Known, textOf, Unknown, type Value } from '../unknown.ts';
import { type Answer, type Bound, is, type Kind, listOf, tags } from './kind.ts';

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const PROFILE = 'AWS::IAM::InstanceProfile';
const ROLE = 'AWS::IAM::Role';

/**
 * User data in base64. What somebody chooses may hold a key: at best it does not, at worst it cannot be looked into. What AWS makes up
 * (an ARN, an address) holds none.
 */
function base64Of(value: Value | undefined, bound: Bound): unknown {
  if (value === undefined || value === null) return null;
  if (!isUnknown(value)) return typeof value === 'string' ? value : null;
  const text = textOf(value);
  if (text === undefined && bound === 'worst') return value;
  return Buffer.from(text ?? filled(value, ' ')).toString('base64');
}

const dataOf = (stack: Stack, template: TemplateResource): Value => {
  const { LaunchTemplateData: data } = stack.properties(template);
  return data ?? {};
};

/** The launch template that an instance is made from: a resource of the template's, or why nothing is known of it; `undefined` for none. */
function templateOf(stack: Stack, { LaunchTemplate: from }: Known): TemplateResource | Unknown | undefined {
  if (from === undefined || from === null) return undefined;
  if (!isMap(from)) return isUnknown(from) ? from : new Unknown('its launch template is not as EC2 has it');
  const { LaunchTemplateId: id, LaunchTemplateName: name } = from;
  const found = stack.ofType(TEMPLATE).find((one) => is(id, one.id) || is(name, stack.nameOf(one)));
  return found ?? new Unknown('its launch template is not in this template');
}

/** What an instance has itself, or from its launch template. */
function partOf(stack: Stack, own: Known, name: 'UserData' | 'IamInstanceProfile'): Value | undefined {
  const said = own[name];
  if (said !== undefined && said !== null) return said;
  const template = templateOf(stack, own);
  if (template === undefined || isUnknown(template)) return template;
  const data = dataOf(stack, template);
  return isMap(data) ? data[name] : data;
}

/** The ARN of its instance profile; what is neither in the template nor known stays what it is. */
function profileOf(stack: Stack, said: Value | undefined): Value | undefined {
  if (said === undefined || said === null || isUnknown(said)) return said;
  if (isMap(said)) {
    const { Arn: arn, Name: name } = said;
    return arn !== undefined && arn !== null ? arn : profileOf(stack, name);
  }
  const found = stack.ofType(PROFILE).find((one) => is(said, stack.nameOf(one)));
  if (!found) return new Unknown(`instance profile ${said} is not in this template`);
  return elsewhere(stack, stack.properties(found).Roles) ?? stack.arnOf(found);
}

/** Why nothing is known of a profile's role, where the template does not have it. */
function elsewhere(stack: Stack, roles: Value | undefined): Unknown | undefined {
  if (isUnknown(roles)) return roles;
  const isHere = (role: Value): boolean =>
    isUnknown(role) && role.either
      ? role.either.every(isHere)
      : stack.ofType(ROLE).some((one) => is(role, stack.nameOf(one)));
  const other = listOf(roles).find((role) => !isHere(role));
  if (other === undefined) return undefined;
  return isUnknown(other) ? other : new Unknown(`role ${textOf(other) ?? '?'} is not in this template`);
}

function answers(stack: Stack, bound: Bound): Answer[] {
  const target = { region: stack.region };
  const all = stack.ofType(INSTANCE).map((one) => [one, stack.properties(one)] as const);
  const printed = all.map(([one, own]) => {
    const profile = profileOf(stack, partOf(stack, own, 'IamInstanceProfile'));
    return {
      InstanceId: one.id,
      State: { Name: 'pending' },
      Tags: tags(own.Tags),
      ...(profile !== undefined && profile !== null && { IamInstanceProfile: { Arn: profile } }),
    };
  });
  const versions = stack.ofType(TEMPLATE).map((one) => {
    const data = dataOf(stack, one);
    const name = stack.knownName(one);
    return {
      LaunchTemplateId: one.id,
      ...(name !== undefined && { LaunchTemplateName: name }),
      VersionNumber: 1,
      DefaultVersion: true,
      LaunchTemplateData: { UserData: base64Of(isMap(data) ? data.UserData : data, bound) },
    };
  });
  return [
    { reading: instances, target, value: { Reservations: [{ Instances: printed }] } },
    ...all.map(
      ([one, own]): Answer => ({
        reading: userData,
        target: { ...target, id: one.id },
        value: { UserData: { Value: base64Of(partOf(stack, own, 'UserData'), bound) } },
      }),
    ),
    { reading: launchTemplateVersions, target, value: { LaunchTemplateVersions: versions } },
  ];
}

/** What an instance has of another resource that the template does not have. */
function whyOpen(stack: Stack, resource: TemplateResource): string | undefined {
  if (resource.type !== INSTANCE) return undefined;
  const own = stack.properties(resource);
  const parts = [profileOf(stack, partOf(stack, own, 'IamInstanceProfile')), partOf(stack, own, 'UserData')];
  return parts.find(isUnknown)?.why;
}

export const instanceKind: Kind = {
  types: { [INSTANCE]: INSTANCE, [TEMPLATE]: TEMPLATE },
  readings: [instances, userData, launchTemplateVersions],
  answers,
  isOpen: (stack) => stack.ofType(INSTANCE).some((one) => whyOpen(stack, one) !== undefined),
  whyOpen,
};
