import { fails } from '../../support/memory.ts';

export type Readings = Record<string, unknown>;
export const file = (command: string, bucket = 'web') => `global/s3api/${command}/${bucket}.json`;

export const grant = (group: string, Permission: string) => ({
  Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${group}` },
  Permission,
});
export const acl = (...Grants: unknown[]): Readings => ({ [file('get-bucket-acl')]: { Grants } });
export const publicAcl = acl(grant('AllUsers', 'READ'));

export const allow = (more: Readings = {}) => ({
  Sid: 'PublicRead',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::web/*',
  ...more,
});
/** Open by AWS's definition: anybody can send a Referer. */
export const byReferer = allow({ Sid: 'Referer', Condition: { StringLike: { 'aws:Referer': 'x' } } });
export const policy = (...Statement: unknown[]): Readings => ({
  [file('get-bucket-policy')]: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) },
});
export const publicPolicy = policy(allow());

/** Public by the safe reading of AWS's definition, which does not name the key. */
export const leftOpen = policy(
  allow({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1/r-b2/ou-c3/*' } } }),
);
/** What S3 itself says of the policy. */
export const status = (IsPublic: unknown): Readings => ({
  [file('get-bucket-policy-status')]: { PolicyStatus: { IsPublic } },
});

export const flags = (...on: string[]) => ({
  PublicAccessBlockConfiguration: Object.fromEntries(
    ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map((flag) => [
      flag,
      on.includes(flag),
    ]),
  ),
});
export const BUCKET_BLOCK = file('get-public-access-block');
export const ACCOUNT_BLOCK = 'global/s3control/get-public-access-block.json';
export const ORGANIZATION_BLOCK = 'global/organizations/describe-effective-policy/S3_POLICY.json';
export const organization = (value: 'all' | 'none') => ({
  EffectivePolicy: {
    PolicyContent: JSON.stringify({
      s3_attributes: { public_access_block_configuration: { '@@assign': value } },
    }),
  },
});
export const ownership = (ObjectOwnership: string): Readings => ({
  [file('get-bucket-ownership-controls')]: { OwnershipControls: { Rules: [{ ObjectOwnership }] } },
});
export const website: Readings = {
  [file('get-bucket-website')]: { IndexDocument: { Suffix: 'index.html' } },
};

/** A bucket with nothing public about it, and nothing that would stop it. */
export const plain: Readings = {
  'global/s3api/list-buckets.json': { Buckets: [{ Name: 'web', BucketRegion: 'us-east-1' }] },
  ...acl({ Grantee: { Type: 'CanonicalUser', ID: '79a5' }, Permission: 'FULL_CONTROL' }),
  [file('get-bucket-policy')]: fails('NoSuchBucketPolicy'),
  [BUCKET_BLOCK]: fails('NoSuchPublicAccessBlockConfiguration'),
  [ACCOUNT_BLOCK]: fails('NoSuchPublicAccessBlockConfiguration'),
  [file('get-bucket-ownership-controls')]: fails('OwnershipControlsNotFoundError'),
  [file('get-bucket-tagging')]: fails('NoSuchTagSet'),
  [file('get-bucket-website')]: fails('NoSuchWebsiteConfiguration'),
};
export const bucket = (...more: Readings[]): Readings => Object.assign({}, plain, ...more);
export const notCollected = (path: string): Readings => ({ [path]: undefined });
