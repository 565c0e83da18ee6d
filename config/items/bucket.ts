import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { type Answer, has, says } from '../../account/laid.ts';
import type { Bucket } from '../../account/services/s3/buckets.ts';
import * as s3 from '../../account/services/s3/readings.ts';
import {
  type Grant,
  granteeOfUri,
  type ObjectLock,
  type ObjectOwnership,
  type PublicAccessBlock,
} from '../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../account/services/s3control/readings.ts';
import type { BucketReadings } from '../item.ts';
import {
  type Fields,
  fieldsOf,
  flag,
  InvalidItemError,
  isFields,
  optionalFields,
  optionalInteger,
  optionalList,
  optionalText,
  text,
  word,
  wrong,
} from './fields.ts';
import type { ItemReader, Recorded, Said } from './read.ts';

/** The reading that each aspect stands in for. */
const APIS = {
  acl: 's3:GetBucketAcl',
  policy: 's3:GetBucketPolicy',
  publicAccessBlock: 's3:GetPublicAccessBlock',
  objectOwnership: 's3:GetBucketOwnershipControls',
  objectLock: 's3:GetObjectLockConfiguration',
  hasWebsite: 's3:GetBucketWebsite',
} as const;

type Aspect = keyof typeof APIS;
/** How to read each aspect: `undefined` where the item does not say. */
type Readers = {
  readonly [Name in Aspect]: () => Exclude<BucketReadings[Name], AccountError>;
};

/** Reads each aspect by itself, so that an unreadable one does not cost the others. */
function readings(bucket: Bucket, readers: Readers): BucketReadings {
  const said: Record<string, unknown> = {};
  for (const [aspect, api] of Object.entries(APIS) as [Aspect, string][]) {
    const answer = readAspect<unknown>(api, bucket, readers[aspect]);
    if (answer !== undefined) said[aspect] = answer;
  }
  return { bucket, ...said };
}

function readAspect<T>(api: string, { name }: Bucket, read: () => T): T | AccountError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidItemError)) throw error;
    return new AccountError(OWN_CODES.malformed, api, error.message, name, { cause: error });
  }
}

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/**
 * AWS Config's form (awslabs/aws-config-resource-schema). A key that is null or absent because the bucket has no such
 * configuration reads `null`. A key that AWS Config always records when it could read it stays absent when it is
 * missing, because nobody knows then. When all keys are missing, everything stays absent.
 */
export function recordedBucket({ item, at: configurationAt }: Recorded): BucketReadings {
  const { supplementary } = item;
  const bucket = { name: item.id, region: item.region };
  if (Object.keys(supplementary).length === 0) return { bucket };

  const at = configurationAt.replace(/configuration$/, 'supplementaryConfiguration');
  return readings(bucket, {
    acl: () => recordedAcl(supplementary, at),
    policy: () => recordedPolicy(supplementary, at),
    publicAccessBlock() {
      const block = optionalFields(supplementary, 'PublicAccessBlockConfiguration', at);
      return block ? publicAccessBlock(block, `${at}.PublicAccessBlockConfiguration`) : null;
    },
    objectOwnership: () => recordedOwnership(supplementary, at),
    objectLock() {
      const lock = optionalFields(supplementary, 'ObjectLockConfiguration', at);
      return lock ? objectLock(lock, `${at}.ObjectLockConfiguration`, CAMEL_CASE) : null;
    },
    hasWebsite: () => recordedWebsite(supplementary, at),
  });
}

/** A website configuration without a single field is an error, because nobody knows whether there is a website. */
function recordedWebsite(supplementary: Fields, parent: string): boolean {
  const website = optionalFields(supplementary, 'BucketWebsiteConfiguration', parent);
  if (!website) return false;
  if (Object.values(website).some((value) => !isAbsent(value))) return true;
  throw wrong(`${parent}.BucketWebsiteConfiguration`, undefined, 'an index document or a redirection');
}

/** How AWS Config spells permissions; the S3 API's own spelling passes as it is. */
const PERMISSIONS = new Map([
  ['FullControl', 'FULL_CONTROL'],
  ['Read', 'READ'],
  ['Write', 'WRITE'],
  ['ReadAcp', 'READ_ACP'],
  ['WriteAcp', 'WRITE_ACP'],
]);

function recordedAcl(supplementary: Fields, parent: string): Grant[] | undefined {
  const acl = optionalFields(supplementary, 'AccessControlList', parent);
  const at = `${parent}.AccessControlList`;
  // Both null: what the grants are is not said. An empty list says that there are none.
  if (!acl || (isAbsent(acl.grantList) && isAbsent(acl.grantSet))) return undefined;
  return ['grantList', 'grantSet'].flatMap((name) =>
    optionalList(acl, name, at).map((value, index) => {
      const where = `${at}.${name}[${index}]`;
      const grant = fieldsOf(value, where);
      const permission = text(grant, 'permission', where);
      return {
        grantee: granteeOf(grant.grantee, `${where}.grantee`),
        permission: PERMISSIONS.get(permission) ?? permission,
      };
    }),
  );
}

const isAbsent = (value: unknown) => value === undefined || value === null;

/** A group is a bare word, its URI, or an object with the URI; everybody else is an object with an id. */
function granteeOf(value: unknown, at: string): Grant['grantee'] {
  if (value === 'AllUsers' || value === 'AuthenticatedUsers' || value === 'LogDelivery') return value;
  if (typeof value === 'string' && value !== '') return groupOf(value, at);
  const named = (names: readonly string[]) =>
    isFields(value)
      ? names.map((name) => optionalText(value, name, at)).find((text) => text !== undefined)
      : undefined;
  const uri = named(['uri', 'URI']);
  if (uri !== undefined) return groupOf(uri, at);
  const id = named(['id', 'ID', 'identifier', 'emailAddress']);
  if (id === undefined) throw wrong(at, value, 'a group or a grantee');
  return id.includes('://') ? groupOf(id, at) : 'other';
}

/** A group that S3 does not have must not be taken for one person. */
function groupOf(text: string, at: string): Grant['grantee'] {
  const group = granteeOfUri(text);
  if (group) return group;
  throw new InvalidItemError(at, `is ${JSON.stringify(text.slice(0, 80))}, which is no group that S3 has`);
}

/**
 * `{policyText: null}` says that there is no policy; only the text itself is unknown without the key. Tools that pass
 * items on may have parsed the text into the document itself.
 */
function recordedPolicy(supplementary: Fields, parent: string): string | null | undefined {
  const policy = optionalFields(supplementary, 'BucketPolicy', parent);
  if (!policy || policy.policyText === undefined) return undefined;
  if (policy.policyText === null) return null;
  if (isFields(policy.policyText)) return JSON.stringify(policy.policyText);
  let document = text(policy, 'policyText', `${parent}.BucketPolicy`);
  for (let inner = unquoted(document); inner !== undefined; inner = unquoted(document)) document = inner;
  return document;
}

/** The text in a JSON text, where the JSON is nothing but that. */
function unquoted(json: string): string | undefined {
  if (!json.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** AWS Config does not record ownership today; these are the keys that it may use one day. */
const OWNERSHIP_KEYS = [
  'OwnershipControls',
  'BucketOwnershipControls',
  'ownershipControls',
  'bucketOwnershipControls',
];

function recordedOwnership(supplementary: Fields, parent: string): ObjectOwnership | null | undefined {
  const key = OWNERSHIP_KEYS.find((candidate) => Object.hasOwn(supplementary, candidate));
  if (key === undefined) return undefined;
  const controls = optionalFields(supplementary, key, parent);
  if (!controls) return null;
  return 'Rules' in controls
    ? ownership(controls, `${parent}.${key}`, 'Rules', 'ObjectOwnership')
    : ownership(controls, `${parent}.${key}`, 'rules', 'objectOwnership');
}

function ownership(controls: Fields, at: string, rules: string, name: string): ObjectOwnership | null {
  const [rule] = optionalList(controls, rules, at);
  return rule === undefined
    ? null
    : word(fieldsOf(rule, `${at}.${rules}[0]`), name, `${at}.${rules}[0]`, OWNERSHIPS);
}

type Names = Readonly<Record<'enabled' | 'rule' | 'retention' | 'mode' | 'days' | 'years', string>>;
const CAMEL_CASE: Names = {
  enabled: 'objectLockEnabled',
  rule: 'rule',
  retention: 'defaultRetention',
  mode: 'mode',
  days: 'days',
  years: 'years',
};
const PASCAL_CASE: Names = {
  enabled: 'ObjectLockEnabled',
  rule: 'Rule',
  retention: 'DefaultRetention',
  mode: 'Mode',
  days: 'Days',
  years: 'Years',
};

function objectLock(lock: Fields, at: string, names: Names): ObjectLock {
  const enabled = optionalText(lock, names.enabled, at) === 'Enabled';
  const rule = optionalFields(lock, names.rule, at);
  const retention = rule && optionalFields(rule, names.retention, `${at}.${names.rule}`);
  if (!retention) return { enabled };
  const where = `${at}.${names.rule}.${names.retention}`;
  const days = optionalInteger(retention, names.days, where);
  const years = optionalInteger(retention, names.years, where);
  return {
    enabled,
    defaultRetention: {
      mode: word(retention, names.mode, where, ['GOVERNANCE', 'COMPLIANCE']),
      ...(days !== undefined && { days }),
      ...(years !== undefined && { years }),
    },
  };
}

/**
 * CloudFormation's form. What the template does not say is not set: the stack may update a bucket that is older than
 * April 2023, when S3 began to block public access to new ones. A bucket policy is a resource of its own, so there is
 * none yet.
 */
export function proposedBucket({ item, configuration, at }: Recorded): BucketReadings {
  const name = optionalText(configuration, 'BucketName', at) ?? item.id;
  return readings(
    { name, region: item.region },
    {
      acl: () => cannedAcl(configuration, at),
      policy: () => null,
      publicAccessBlock: () => proposedBlock(configuration, at),
      objectOwnership: () => proposedOwnership(configuration, at),
      objectLock: () => proposedLock(configuration, at),
      hasWebsite: () => optionalFields(configuration, 'WebsiteConfiguration', at) !== undefined,
    },
  );
}

/** Grants of the canned ACLs beside the owner's (https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html). */
const CANNED_ACLS: Readonly<Record<string, readonly Grant[]>> = {
  Private: [],
  PublicRead: [{ grantee: 'AllUsers', permission: 'READ' }],
  PublicReadWrite: [
    { grantee: 'AllUsers', permission: 'READ' },
    { grantee: 'AllUsers', permission: 'WRITE' },
  ],
  AuthenticatedRead: [{ grantee: 'AuthenticatedUsers', permission: 'READ' }],
  AwsExecRead: [{ grantee: 'other', permission: 'READ' }],
  LogDeliveryWrite: [
    { grantee: 'other', permission: 'WRITE' },
    { grantee: 'other', permission: 'READ_ACP' },
  ],
  // These two are for objects; S3 treats them as Private for a bucket.
  BucketOwnerRead: [],
  BucketOwnerFullControl: [],
};

function cannedAcl(configuration: Fields, at: string): Grant[] {
  const owner: Grant = { grantee: 'other', permission: 'FULL_CONTROL' };
  if (isAbsent(configuration.AccessControl)) return [owner];
  const name = word(configuration, 'AccessControl', at, Object.keys(CANNED_ACLS));
  return [owner, ...(CANNED_ACLS[name] ?? [])];
}

/** Without ownership controls ACLs are disabled, as S3 has it, unless the template asks for one that may be public. */
function proposedOwnership(configuration: Fields, at: string): ObjectOwnership | null {
  const controls = optionalFields(configuration, 'OwnershipControls', at);
  const proposed = controls && ownership(controls, `${at}.OwnershipControls`, 'Rules', 'ObjectOwnership');
  return proposed ?? (isPrivate(configuration.AccessControl) ? 'BucketOwnerEnforced' : null);
}

const isPrivate = (acl: unknown): boolean =>
  isAbsent(acl) ||
  Object.entries(CANNED_ACLS).some(
    ([name, grants]) => name === acl && grants.every(({ grantee }) => grantee === 'other'),
  );

function proposedBlock(configuration: Fields, parent: string): PublicAccessBlock | null {
  const block = optionalFields(configuration, 'PublicAccessBlockConfiguration', parent);
  if (!block) return null;
  const at = `${parent}.PublicAccessBlockConfiguration`;
  return {
    blockPublicAcls: flag(block, 'BlockPublicAcls', at),
    ignorePublicAcls: flag(block, 'IgnorePublicAcls', at),
    blockPublicPolicy: flag(block, 'BlockPublicPolicy', at),
    restrictPublicBuckets: flag(block, 'RestrictPublicBuckets', at),
  };
}

function proposedLock(configuration: Fields, at: string): ObjectLock | null {
  const enabled = flag(configuration, 'ObjectLockEnabled', at);
  const lock = optionalFields(configuration, 'ObjectLockConfiguration', at);
  if (lock) return objectLock(lock, `${at}.ObjectLockConfiguration`, PASCAL_CASE);
  return enabled ? { enabled } : null;
}

/** The four flags as AWS Config spells them. One that is absent is off. */
export const publicAccessBlock = (fields: Fields, at: string): PublicAccessBlock => ({
  blockPublicAcls: flag(fields, 'blockPublicAcls', at),
  ignorePublicAcls: flag(fields, 'ignorePublicAcls', at),
  blockPublicPolicy: flag(fields, 'blockPublicPolicy', at),
  restrictPublicBuckets: flag(fields, 'restrictPublicBuckets', at),
});

export const bucketItem: ItemReader = {
  type: 'AWS::S3::Bucket',
  recorded: (recorded) => ({ bucket: recordedBucket(recorded) }),
  proposed: (recorded) => ({ bucket: proposedBucket(recorded) }),
  // A bucket that is only proposed may also be asked for by its logical id.
  answers: (said) =>
    said.bucket
      ? [...new Set([said.bucket.bucket.name, said.resource.id])].flatMap((id) => answersOf(id, said))
      : [],
};

function answersOf(id: string, { bucket, tags }: Said): Answer[] {
  if (!bucket) return [];
  return [
    ...has(s3.buckets, {}, id, bucket.bucket),
    ...says(s3.bucketTags, { id }, tags),
    ...says(s3.bucketAcl, { id }, bucket.acl),
    ...says(s3.bucketPolicy, { id }, bucket.policy),
    ...says(s3.publicAccessBlock, { id }, bucket.publicAccessBlock),
    ...says(s3.objectOwnership, { id }, ownershipOf(bucket)),
    ...says(s3.objectLock, { id }, bucket.objectLock),
    ...says(s3.bucketWebsite, { id }, bucket.hasWebsite === false ? null : bucket.hasWebsite),
  ];
}

/**
 * Items do not record Object Ownership, but their ACL tells of it: S3 gives the effective one, and disables ACLs only
 * once none is public. A public grant is therefore in force, and there is nothing to ask.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html)
 */
function ownershipOf({ objectOwnership, acl = [] }: BucketReadings) {
  if (objectOwnership !== undefined || acl instanceof AccountError) return objectOwnership;
  return acl.some(({ grantee }) => grantee !== 'other') ? null : undefined;
}

export const accountBlockItem: ItemReader = {
  type: 'AWS::S3::AccountPublicAccessBlock',
  recorded: ({ configuration, at }) => ({ accountPublicAccessBlock: publicAccessBlock(configuration, at) }),
  answers: (said) => says(accountPublicAccessBlock, {}, said.accountPublicAccessBlock),
};
