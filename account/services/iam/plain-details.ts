/**
 * Reads the elements of GetAccountAuthorizationDetails as AWS has them, which are nearly all, without a shape: of thousands of
 * users, roles and policies the shapes took longer than all else. What is not plainly one is `undefined` here, and for the
 * shape to judge. Both give the same (test/account/services/iam/plain-details.test.ts).
 */
import type { Tags } from '../../account.ts';
import type {
  GroupDetail,
  ManagedPolicy,
  PolicyDocument,
  RoleDetail,
  UserDetail,
} from './authorization-details.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * A document's JSON text: AWS's answer and the SDK have it URL-encoded, the `aws` command as an object; undefined for what is
 * neither. Spaces are `%20` there, never `+`.
 */
export function documentText(value: unknown): string | undefined {
  if (isObject(value)) return JSON.stringify(value);
  if (typeof value !== 'string') return undefined;
  // Not encoded, from a file that somebody made by hand.
  if (/^\s*\{/.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** A list, each element made by `make`; none where AWS leaves it out; undefined if one is not plain. */
function each<T>(value: unknown, make: (element: unknown) => T | undefined): T[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const made: T[] = [];
  for (const element of value) {
    const one = make(element);
    if (one === undefined) return undefined;
    made.push(one);
  }
  return made;
}

const textIn =
  (name: string) =>
  (element: unknown): string | undefined =>
    isObject(element) && isText(element[name]) ? element[name] : undefined;
const policyArn = textIn('PolicyArn');
const boundaryArn = textIn('PermissionsBoundaryArn');
const arn = textIn('Arn');
const name = (element: unknown) => (isText(element) ? element : undefined);

function inlinePolicy(element: unknown): PolicyDocument | undefined {
  if (!isObject(element) || !isText(element.PolicyName)) return undefined;
  const text = documentText(element.PolicyDocument);
  return text === undefined ? undefined : { name: element.PolicyName, text };
}

function tag(element: unknown): readonly [string, string] | undefined {
  if (!isObject(element)) return undefined;
  const { Key, Value } = element;
  if (typeof Key !== 'string' || (typeof Value !== 'string' && Value !== undefined && Value !== null)) {
    return undefined;
  }
  return [Key, Value ?? ''];
}

function tagsOf(value: unknown): Tags | undefined {
  const pairs = each(value, tag);
  return pairs && Object.fromEntries(pairs);
}

/** What users, groups and roles have in common. */
function identity(given: Json, kind: 'User' | 'Group' | 'Role'): GroupDetail | undefined {
  const { Arn, Path } = given;
  const id = given[`${kind}Id`];
  const called = given[`${kind}Name`];
  if (!isText(id) || !isText(called) || !isText(Arn)) return undefined;
  if (typeof Path !== 'string' && Path !== undefined && Path !== null) return undefined;
  const inline = each(given[`${kind}PolicyList`], inlinePolicy);
  const attached = each(given.AttachedManagedPolicies, policyArn);
  return inline && attached && { id, name: called, arn: Arn, path: Path ?? '/', inline, attached };
}

/** Its ARN; `null`: it has none. */
function boundaryOf({ PermissionsBoundary: value }: Json): string | null | undefined {
  return value === undefined || value === null ? null : boundaryArn(value);
}

export function plainUser(element: unknown): UserDetail | undefined {
  if (!isObject(element)) return undefined;
  const common = identity(element, 'User');
  const groups = each(element.GroupList, name);
  const tags = tagsOf(element.Tags);
  const boundary = boundaryOf(element);
  if (!common || !groups || !tags || boundary === undefined) return undefined;
  return { ...common, groups, tags, ...(boundary !== null && { boundary }) };
}

export const plainGroup = (element: unknown): GroupDetail | undefined =>
  isObject(element) ? identity(element, 'Group') : undefined;

export function plainRole(element: unknown): RoleDetail | undefined {
  if (!isObject(element)) return undefined;
  const common = identity(element, 'Role');
  const tags = tagsOf(element.Tags);
  const boundary = boundaryOf(element);
  const instanceProfiles = each(element.InstanceProfileList, arn);
  if (!common || !tags || boundary === undefined || !instanceProfiles) return undefined;
  const { AssumeRolePolicyDocument: trusted } = element;
  const text = trusted === undefined ? undefined : documentText(trusted);
  if (trusted !== undefined && text === undefined) return undefined;
  return {
    ...common,
    tags,
    instanceProfiles,
    ...(text !== undefined && { trust: { name: common.name, text } }),
    ...(boundary !== null && { boundary }),
  };
}

/** Of a policy's versions only the default one is read. */
export function plainPolicy(element: unknown): ManagedPolicy | undefined {
  if (!isObject(element)) return undefined;
  const { PolicyId: id, PolicyName: called, Arn, PolicyVersionList: versions } = element;
  const { AttachmentCount: attachments, PermissionsBoundaryUsageCount: boundaryOf } = element;
  if (!isText(id) || !isText(called) || !isText(Arn)) return undefined;
  if (!Number.isSafeInteger(attachments) || !Number.isSafeInteger(boundaryOf)) return undefined;
  if (!Array.isArray(versions) || !versions.every(isVersion)) return undefined;
  const { Document } = (versions as readonly Json[]).find((one) => one.IsDefaultVersion === true) ?? {};
  const text = Document === undefined ? undefined : documentText(Document);
  if (Document !== undefined && text === undefined) return undefined;
  return {
    id,
    name: called,
    arn: Arn,
    ...(text !== undefined && { document: { name: called, text } }),
    attachments: attachments as number,
    boundaryOf: boundaryOf as number,
  };
}

const isVersion = (value: unknown): boolean =>
  isObject(value) &&
  (typeof value.IsDefaultVersion === 'boolean' ||
    value.IsDefaultVersion === undefined ||
    value.IsDefaultVersion === null);
