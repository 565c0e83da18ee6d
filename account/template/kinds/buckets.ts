/** Buckets, as S3 makes them since April 2023: Block Public Access on and ACLs off, unless the template says otherwise. */
import { s3Policy } from '../../services/organizations/readings.ts';
import * as s3 from '../../services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../services/s3control/readings.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { isMap, isUnknown, type Known, shown, textOf, type Value } from '../unknown.ts';
import { type Answer, type Bound, isTrue, type Kind, listOf, number, tags, taken } from './kind.ts';
import { type PolicyPlace, policyOf } from './policy.ts';

const BUCKET = 'AWS::S3::Bucket';
const POLICY = 'AWS::S3::BucketPolicy';

const FLAGS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

/** A block that the template has replaces the default: a flag that it leaves out is off. */
function blockOf(value: Value | undefined, bound: Bound): object {
  const flag = (name: string): boolean => {
    if (value === undefined || value === null) return true;
    const said = isUnknown(value) ? value : isMap(value) ? value[name] : undefined;
    return taken(said, bound, isTrue, { best: true, worst: false });
  };
  return { PublicAccessBlockConfiguration: Object.fromEntries(FLAGS.map((name) => [name, flag(name)])) };
}

function ownershipOf(controls: Value | undefined, bound: Bound): object {
  const [rule] = isMap(controls) ? listOf(controls.Rules) : [];
  const said = isUnknown(controls) ? controls : isMap(rule) ? rule.ObjectOwnership : rule;
  const ownership = taken<unknown>(said, bound, (known) => known ?? 'BucketOwnerEnforced', {
    best: 'BucketOwnerEnforced',
    worst: 'ObjectWriter',
  });
  return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
}

const groupOf = (name: string) => ({
  Type: 'Group',
  URI: `http://acs.amazonaws.com/groups/${name}`,
});
const everyone = groupOf('global/AllUsers');

/** Whom S3's canned ACLs let in besides the owner (https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html). */
const CANNED: Readonly<Record<string, readonly object[]>> = {
  Private: [],
  PublicRead: [{ Grantee: everyone, Permission: 'READ' }],
  PublicReadWrite: [
    { Grantee: everyone, Permission: 'READ' },
    { Grantee: everyone, Permission: 'WRITE' },
  ],
  AuthenticatedRead: [{ Grantee: groupOf('global/AuthenticatedUsers'), Permission: 'READ' }],
  LogDeliveryWrite: [
    { Grantee: groupOf('s3/LogDelivery'), Permission: 'WRITE' },
    { Grantee: groupOf('s3/LogDelivery'), Permission: 'READ_ACP' },
  ],
  AwsExecRead: [],
  BucketOwnerRead: [],
  BucketOwnerFullControl: [],
};

function aclOf(value: Value | undefined, bound: Bound): object {
  const name = taken(value, bound, (known) => ((known ?? null) === null ? 'Private' : String(known)), {
    best: 'Private',
    worst: 'PublicReadWrite',
  });
  // What S3 does not have is no list, and makes no sense to whoever reads it.
  return { Grants: Object.hasOwn(CANNED, name) ? CANNED[name] : name };
}

/** A bucket's lifecycle rule, as S3 prints it. */
function ruleOf(rule: Value): unknown {
  if (!isMap(rule)) return rule;
  const { NoncurrentVersionExpiration: noncurrent, NoncurrentVersionExpirationInDays: days } = rule;
  const expiration = {
    ...(rule.ExpirationInDays !== undefined && { Days: number(rule.ExpirationInDays) }),
    ...(rule.ExpirationDate !== undefined && { Date: rule.ExpirationDate }),
  };
  const older = isMap(noncurrent)
    ? {
        NoncurrentDays: number(noncurrent.NoncurrentDays),
        ...(noncurrent.NewerNoncurrentVersions !== undefined && {
          NewerNoncurrentVersions: number(noncurrent.NewerNoncurrentVersions),
        }),
      }
    : (noncurrent ?? (days === undefined ? undefined : { NoncurrentDays: number(days) }));
  return {
    ...(rule.Id !== undefined && { ID: rule.Id }),
    Status: rule.Status,
    Filter: {
      Prefix: rule.Prefix ?? '',
      ...(listOf(rule.TagFilters).length > 0 && {
        And: { Prefix: rule.Prefix ?? '', Tags: listOf(rule.TagFilters) },
      }),
    },
    ...(Object.keys(expiration).length > 0 && { Expiration: expiration }),
    ...(older !== undefined && { NoncurrentVersionExpiration: older }),
  };
}

function lockOf({ ObjectLockEnabled: enabled, ObjectLockConfiguration: configuration }: Known): unknown {
  if (isUnknown(enabled) && !configuration)
    return { ObjectLockConfiguration: { ObjectLockEnabled: enabled } };
  if (!isTrue(enabled) && !configuration) return null;
  const own = isMap(configuration) ? configuration : undefined;
  const retention = isMap(own?.Rule) ? own.Rule.DefaultRetention : own?.Rule;
  const whole = isMap(retention)
    ? {
        ...retention,
        ...(retention.Days !== undefined && { Days: number(retention.Days) }),
        ...(retention.Years !== undefined && { Years: number(retention.Years) }),
      }
    : retention;
  return {
    ObjectLockConfiguration: isUnknown(configuration)
      ? configuration
      : { ObjectLockEnabled: 'Enabled', ...(whole !== undefined && { Rule: { DefaultRetention: whole } }) },
  };
}

/** Whether a policy is this bucket's, or may be: of a bucket whose name somebody chooses, one of another name that somebody chooses. */
function isPolicyOf(stack: Stack, bucket: TemplateResource, { Bucket: of }: Known, bound: Bound): boolean {
  const name = stack.nameOf(bucket);
  if (!isUnknown(of)) return textOf(of) === name;
  return (
    shown(of) === name || textOf(of) === name || (bound === 'worst' && of.isFree && !stack.knownName(bucket))
  );
}

/** The bucket policies that are, or may be, this bucket's. */
export const policiesOf = (stack: Stack, bucket: TemplateResource, bound: Bound): TemplateResource[] =>
  stack.ofType(POLICY).filter((policy) => isPolicyOf(stack, bucket, stack.properties(policy), bound));

export const placeOf = (stack: Stack, bucket: TemplateResource): PolicyPlace => ({
  own: stack.arnOf(bucket),
  hasPrincipals: true,
});

function answersOf(stack: Stack, bucket: TemplateResource, bound: Bound): Answer[] {
  const own = stack.properties(bucket);
  const id = stack.nameOf(bucket);
  const documents = policiesOf(stack, bucket, bound).map((policy) => {
    const { PolicyDocument: document } = stack.properties(policy);
    return document ?? null;
  });
  const { LifecycleConfiguration: lifecycle, WebsiteConfiguration: website, Tags: tagged } = own;
  const rules = isMap(lifecycle) ? listOf(lifecycle.Rules).map(ruleOf) : lifecycle;
  const lock = lockOf(own);
  const versioning = isMap(own.VersioningConfiguration)
    ? own.VersioningConfiguration.Status
    : own.VersioningConfiguration;
  const known = (reading: Answer['reading'], value: unknown): Answer => ({ reading, target: { id }, value });
  return [
    known(s3.bucketLocation, { LocationConstraint: stack.region }),
    known(s3.publicAccessBlock, blockOf(own.PublicAccessBlockConfiguration, bound)),
    known(s3.objectOwnership, ownershipOf(own.OwnershipControls, bound)),
    known(s3.bucketAcl, aclOf(own.AccessControl, bound)),
    known(
      s3.bucketPolicy,
      documents.length === 0 ? null : policyOf(documents, bound, placeOf(stack, bucket)),
    ),
    known(
      s3.bucketWebsite,
      taken(website, bound, (said) => (said ? WEBSITE : null), { best: WEBSITE, worst: null }),
    ),
    known(s3.objectLock, lock),
    known(s3.bucketVersioning, { Status: lock ? 'Enabled' : (versioning ?? null) }),
    known(s3.bucketLifecycle, rules === undefined || rules === null ? null : { Rules: rules }),
    known(s3.bucketTags, { TagSet: tags(tagged) }),
  ];
}

const WEBSITE = { IndexDocument: { Suffix: 'index.html' } };

function answers(stack: Stack, bound: Bound): Answer[] {
  const buckets = stack.ofType(BUCKET);
  const listed = buckets.map((bucket) => ({ Name: stack.nameOf(bucket), BucketRegion: stack.region }));
  return [
    { reading: s3.buckets, value: { Buckets: listed } },
    // No template has them: what a bucket's own settings leave open is open.
    { reading: accountPublicAccessBlock, value: null },
    { reading: s3Policy, value: null },
    ...buckets.flatMap((bucket) => answersOf(stack, bucket, bound)),
  ];
}

export const bucketKind: Kind = {
  types: { [BUCKET]: BUCKET },
  readings: [
    ...[s3.buckets, s3.bucketLocation, s3.publicAccessBlock, s3.objectOwnership, s3.bucketAcl],
    ...[s3.bucketPolicy, s3.bucketPolicyStatus, s3.bucketWebsite, s3.objectLock, s3.bucketVersioning],
    ...[s3.bucketLifecycle, s3.bucketTags, accountPublicAccessBlock, s3Policy],
  ],
  answers,
};
