/**
 * Finds what lets strangers into a bucket. There are three answers: findings, no findings, or the error of an input
 * that the answer depends on. An input that could not be read matters only if the others do not decide.
 */
import type { Account } from '../../account/account.ts';
import { AccountError, isAccountError, isNotCollected, OWN_CODES } from '../../account/errors.ts';
import { s3Policy } from '../../account/services/organizations/readings.ts';
import {
  bucketAcl,
  bucketPolicy,
  bucketPolicyStatus,
  bucketWebsite,
  type Grant,
  objectOwnership,
  type PublicAccessBlock,
  publicAccessBlock,
} from '../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../account/services/s3control/readings.ts';
import {
  MalformedPolicyError,
  outsiders,
  type PublicStatement,
  publicStatements,
} from '../shared/policy/public-statements.ts';
import { settle } from '../shared/settle.ts';

/** What tells who may reach a bucket. */
export const exposureReads = [
  bucketAcl,
  bucketPolicy,
  bucketPolicyStatus,
  publicAccessBlock,
  objectOwnership,
  bucketWebsite,
  accountPublicAccessBlock,
  s3Policy,
] as const;
export type ExposureView = Account<(typeof exposureReads)[number]>;

interface Evidence {
  /** Strangers may change something, not only look. */
  readonly writes: boolean;
  /** The bucket's own Block Public Access; `null` when it has none. A fix keeps the flags that are on. */
  readonly settings: PublicAccessBlock | null;
}

export interface PublicAcl extends Evidence {
  readonly kind: 'publicAcl';
  readonly grantee: 'AllUsers' | 'AuthenticatedUsers';
  /** As the S3 API spells them. */
  readonly permissions: readonly string[];
}

export interface PublicPolicy extends Evidence {
  readonly kind: 'publicPolicy';
  readonly sid?: string;
  /** The statement's place in the policy, from 0. */
  readonly statement: number;
  /** Whom it lets in: `anyone`. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** The actions are a NotAction's: all but these. */
  readonly notActions?: true;
  /** Why its conditions do not help; empty when it has none. */
  readonly why: string;
  /** Other accounts that the policy names. The flag that neutralises a public policy cuts them off, too. */
  readonly others: readonly string[];
  /**
   * S3's own verdict on the policy (`s3:GetBucketPolicyStatus`), if AWS's definition leaves the case open: `public`,
   * or the code of the error. Absent if it was not asked.
   */
  readonly status?: string;
  /** Other statements are excused for the bucket's website (or may be: it could not be read), and must keep working. */
  readonly website?: true;
}

export type Exposure = PublicAcl | PublicPolicy;

/** A statement that AWS's definition leaves open, and that S3 itself calls not public. */
export interface SaidNotPublic {
  readonly kind: 'saidNotPublic';
  readonly sid?: string;
  readonly statement: number;
  readonly why: string;
}

/**
 * The bucket was deleted since it was listed: there is nothing to report on. It is not an AccountError, so that no
 * input counts it as unreadable.
 */
export class Vanished extends Error {
  override readonly name = 'Vanished';
  readonly code = 'NoSuchBucket';
}

/** @throws {Vanished} where the reading says that there is no such bucket. */
export const present = <T>(reading: Promise<T>): Promise<T> =>
  reading.catch((error: unknown) => {
    throw isAccountError(error, 'NoSuchBucket') ? new Vanished(error.message, { cause: error }) : error;
  });

/** The answer, or the error as a value. */
const ask = <T>(reading: Promise<T>): Promise<T | AccountError> => settle(present(reading));

type Flag = 'ignorePublicAcls' | 'restrictPublicBuckets';

/** Whether a setting is known to keep strangers out, before anything else is asked about the bucket. */
export type Settled = (flag: Flag) => Promise<boolean> | boolean;

/** A single bucket's ACL and policy often come with the event. */
export const notAsked: Settled = () => false;

/** Buckets whose own setting is asked for before it is known how many it settles. */
const CHANCES = 16;

/**
 * Asks first what settles many buckets at once: the account's Block Public Access, and then each bucket's own, as long as
 * at least every other one is settled by it. It takes one call where ACL and policy take two.
 */
export function settledFirst(account: ExposureView): (bucket: string) => Settled {
  // The first bucket needs it, which need not wait for the list of buckets first.
  if (account.isAfar) ask(account.read(accountPublicAccessBlock)).catch(() => {});
  let asked = 0;
  let settled = 0;
  const own = async (bucket: string): Promise<PublicAccessBlock | null> => {
    if (asked >= 2 * settled + CHANCES) return null;
    asked++;
    const block = await ask(account.read(publicAccessBlock, { id: bucket }));
    if (block === null || block instanceof AccountError) return null;
    if (block.ignorePublicAcls && block.restrictPublicBuckets) settled++;
    return block;
  };
  return (bucket) => {
    let block: ReturnType<typeof own> | undefined;
    return async (flag) => {
      if ((await isSet(flag, wholeAccount(account))) === true) return true;
      block ??= own(bucket);
      return (await block)?.[flag] === true;
    };
  };
}

export async function aclExposure(
  account: ExposureView,
  bucket: string,
  settled: Settled,
): Promise<PublicAcl[] | AccountError> {
  if (await settled('ignorePublicAcls')) return [];
  const acl = await ask(account.read(bucketAcl, { id: bucket }));
  const findings = acl instanceof AccountError ? acl : publicGrants(acl);
  if (!(findings instanceof AccountError) && findings.length === 0) return [];

  const ignored = await isSetAnywhere(account, bucket, 'ignorePublicAcls');
  if (ignored === true) return [];
  const disabled = await areAclsDisabled(account, bucket);
  if (disabled === true) return [];

  const errors = [findings, ignored, disabled].filter((input) => input instanceof AccountError);
  if (findings instanceof AccountError || errors.length > 0) return mergeErrors(errors);
  const settings = await account.read(publicAccessBlock, { id: bucket });
  return findings.map((finding) => ({ ...finding, settings }));
}

/** The statements that let strangers in, or those that S3 itself calls not public. */
export async function policyExposure(
  account: ExposureView,
  bucket: string,
  allowPublicWebsite: boolean,
  settled: Settled,
): Promise<(PublicPolicy | SaidNotPublic)[] | AccountError> {
  if (await settled('restrictPublicBuckets')) return [];
  const statements = await readStatements(account, bucket);
  if (!(statements instanceof AccountError) && statements.length === 0) return [];
  const restricted = await isSetAnywhere(account, bucket, 'restrictPublicBuckets');
  if (restricted === true) return [];
  const left = allowPublicWebsite ? await withoutWebsiteReads(account, bucket, statements) : statements;
  if (!(left instanceof AccountError) && left.length === 0) return [];
  const status = await statusOf(account, bucket, statements);
  if (status === 'not public' && !(statements instanceof AccountError)) {
    return statements.map(({ sid, statement, why }) => ({
      kind: 'saidNotPublic',
      ...(sid !== undefined && { sid }),
      statement,
      why,
    }));
  }

  const errors = [left, restricted].filter((input) => input instanceof AccountError);
  if (left instanceof AccountError || errors.length > 0) return mergeErrors(errors);
  const settings = await account.read(publicAccessBlock, { id: bucket });
  const others = outsiders((await account.read(bucketPolicy, { id: bucket })) ?? '', account.id, bucket);
  const isWebsite = left !== statements;
  return left.map(({ actions, isLeftOpen: _, ...statement }) => ({
    kind: 'publicPolicy',
    ...statement,
    ...(status !== undefined && { status }),
    actions: actions.values,
    ...(actions.not && { notActions: true }),
    writes: actions.not || !actions.values.every((action) => /^s3:(?:get|list)/i.test(action)),
    others,
    ...(isWebsite && { website: true }),
    settings,
  }));
}

/**
 * S3's own verdict on the policy (`public`, `not public`), or the code of the error. S3 is asked only if its answer
 * decides. It judges the policy as a whole, so one statement that is public by AWS's definition is enough without
 * asking. It ignores Block Public Access, so that comes first.
 */
async function statusOf(
  account: ExposureView,
  bucket: string,
  statements: readonly PublicStatement[] | AccountError,
): Promise<string | undefined> {
  if (statements instanceof AccountError || !statements.every(({ isLeftOpen }) => isLeftOpen))
    return undefined;
  const isPublic = await ask(account.read(bucketPolicyStatus, { id: bucket }));
  if (isPublic instanceof AccountError) return isPublic.code;
  // S3 says that there is no policy any more, so that its answer is not about the policy that is judged here.
  if (isPublic === null) return 'NoSuchBucketPolicy';
  return isPublic ? 'public' : 'not public';
}

/** One finding a grantee; everyone before everyone who has an AWS account. */
function publicGrants(grants: readonly Grant[]): Omit<PublicAcl, 'settings'>[] {
  return (['AllUsers', 'AuthenticatedUsers'] as const).flatMap((grantee) => {
    const granted = grants.filter((grant) => grant.grantee === grantee).map((grant) => grant.permission);
    if (granted.length === 0) return [];
    const permissions = [...new Set(granted)];
    const writes = !permissions.every((permission) => /^READ(?:_ACP)?$/.test(permission));
    return [{ kind: 'publicAcl', grantee, permissions, writes }];
  });
}

/** The account's own reading already has it (S3, GetPublicAccessBlock): this one only adds to what was collected. */
async function organizationBlock(account: ExposureView): Promise<PublicAccessBlock | null> {
  try {
    return await account.read(s3Policy);
  } catch (error) {
    if (isNotCollected(error)) return null;
    throw error;
  }
}

/** Whether a flag is on for the bucket, the account or the organization. */
const isSetAnywhere = (account: ExposureView, bucket: string, flag: Flag) =>
  isSet(flag, [() => account.read(publicAccessBlock, { id: bucket }), ...wholeAccount(account)]);

type Level = () => Promise<PublicAccessBlock | null>;

const wholeAccount = (account: ExposureView): Level[] => [
  () => account.read(accountPublicAccessBlock),
  () => organizationBlock(account),
];

/** Whether a flag is on at one of these levels, which are asked in their order until one says yes. */
async function isSet(flag: Flag, levels: readonly Level[]): Promise<boolean | AccountError> {
  const errors: AccountError[] = [];
  for (const level of levels) {
    const settings = await ask(level());
    if (settings instanceof AccountError) errors.push(settings);
    else if (settings?.[flag]) return true;
  }
  return errors.length > 0 ? mergeErrors(errors) : false;
}

/**
 * Whether Object Ownership disables ACLs. Where nobody collected it, they count: S3 shows the effective ACL, and lets
 * nobody disable ACLs while one is public
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html).
 */
async function areAclsDisabled(account: ExposureView, bucket: string): Promise<boolean | AccountError> {
  const ownership = await ask(account.read(objectOwnership, { id: bucket }));
  if (ownership instanceof AccountError) return isNotCollected(ownership) ? false : ownership;
  return ownership === 'BucketOwnerEnforced';
}

async function readStatements(
  account: ExposureView,
  bucket: string,
): Promise<PublicStatement[] | AccountError> {
  const policy = await ask(account.read(bucketPolicy, { id: bucket }));
  if (policy === null) return [];
  if (policy instanceof AccountError) return policy;
  try {
    return publicStatements(policy, bucket);
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    const message = `s3:GetBucketPolicy of ${bucket}: ${error.message}`;
    return new AccountError(OWN_CODES.malformed, 's3:GetBucketPolicy', message, bucket, { cause: error });
  }
}

/**
 * The statements that static website hosting does not excuse. A website needs to read objects, so an action that does
 * anything else, or a wildcard that may, is never excused.
 */
async function withoutWebsiteReads(
  account: ExposureView,
  bucket: string,
  statements: PublicStatement[] | AccountError,
): Promise<PublicStatement[] | AccountError> {
  if (statements instanceof AccountError) return statements;
  const beyond = statements.filter(
    ({ actions }) =>
      actions.not || !actions.values.every((action) => /^s3:GetObject(?:Version)?$/i.test(action)),
  );
  if (beyond.length === statements.length) return statements;
  const website = await ask(account.read(bucketWebsite, { id: bucket }));
  if (website === null) return statements;
  return website === true || beyond.length > 0 ? beyond : website;
}

/**
 * One error that names all missing inputs. It has the code of an input that AWS refused, if there is one, not of one
 * that nobody collected.
 */
export function mergeErrors(errors: readonly AccountError[]): AccountError {
  const parts = errors
    .flatMap((error) => (error instanceof SeveralErrors ? error.errors : error))
    .sort((a, b) => Number(isNotCollected(a)) - Number(isNotCollected(b)));
  // What both the policy and the ACL hang on comes twice, and a file that cannot be read with each input that it costs.
  const isSame = (one: AccountError, other: AccountError) =>
    one.message === other.message || rootOf(one) === rootOf(other);
  const each = parts.filter((part, at) => parts.findIndex((one) => isSame(one, part)) === at);
  const [first, ...rest] = each;
  if (!first) throw new Error('there is no error to merge');
  return rest.length === 0 ? first : new SeveralErrors(first, each);
}

class SeveralErrors extends AccountError {
  readonly errors: readonly AccountError[];

  constructor(first: AccountError, errors: readonly AccountError[]) {
    const messages = errors.map(({ message }) => message);
    super(first.code, first.api, messages.join('; '), first.resource, { cause: first });
    this.errors = errors;
  }
}

/** What went wrong in the first place: one thing, where it is the same value. */
const rootOf = (error: Error): Error => (error.cause instanceof Error ? rootOf(error.cause) : error);
