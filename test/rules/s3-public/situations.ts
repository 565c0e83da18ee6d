import rule from '../../../rules/s3-public/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situations } from '../../support/situations.ts';
import {
  ACCOUNT_BLOCK,
  acl,
  allow,
  BUCKET_BLOCK,
  bucket,
  byReferer,
  file,
  flags,
  grant,
  leftOpen,
  notCollected,
  ORGANIZATION_BLOCK,
  organization,
  ownership,
  policy,
  publicAcl,
  publicPolicy,
  type Readings,
  status,
} from './bucket.ts';

const READ_ACL = 'ACL grants READ to AllUsers';
const READ_POLICY = 'policy statement "PublicRead" lets anyone s3:GetObject';
const OK: Says = ['COMPLIANT', ''];
const open = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];

type Row = [situation: string, readings: Readings[], says: Says, filesOnly?: string];

const UNCOLLECTED = 'a live account is asked';
const EFFECTIVE = "live, the account's own setting has the organization's in it";
const NO_ANSWER = 'S3 says true or false';

const buckets: Row[] = [
  ['with nothing public', [], OK],
  ['whose ACL lets anyone list it', [publicAcl], open(READ_ACL)],
  [
    'whose ACL lets anyone with an AWS account write',
    [acl(grant('AuthenticatedUsers', 'READ'), grant('AuthenticatedUsers', 'WRITE'))],
    open('ACL grants READ, WRITE to AuthenticatedUsers'),
  ],
  [
    'whose ACL grants the same twice',
    [acl(grant('AllUsers', 'READ'), grant('AllUsers', 'READ'))],
    open(READ_ACL),
  ],
  [
    'whose ACL lets the log delivery group write',
    [acl({ Grantee: { URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' }, Permission: 'WRITE' })],
    OK,
  ],
  ['whose policy lets anyone read', [publicPolicy], open(READ_POLICY)],
  ['whose policy lets an account read', [policy(allow({ Principal: { AWS: ACCOUNT } }))], OK],
  ['whose policy and ACL are both public', [publicPolicy, publicAcl], open(`${READ_POLICY}; ${READ_ACL}`)],
  [
    'where writing comes before reading, and the policy before the ACL',
    [
      acl(grant('AllUsers', 'READ'), grant('AuthenticatedUsers', 'FULL_CONTROL')),
      policy(allow(), allow({ Sid: 'Drop', Action: 's3:*' })),
    ],
    open(
      `policy statement "Drop" lets anyone s3:*; ACL grants FULL_CONTROL to AuthenticatedUsers; ${READ_POLICY}; ${READ_ACL}`,
    ),
  ],
  [
    'whose public statement has no Sid, many actions and a condition that does not help',
    [
      policy({
        ...allow({ Action: ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:ListBucket'] }),
        Sid: undefined,
        Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } },
      }),
    ],
    open(
      'policy statement 0 lets anyone s3:GetObject, s3:GetObjectAcl, s3:GetObjectTagging +1 (aws:SourceVpc vpc-* is not fixed)',
    ),
  ],
  [
    'whose public statement allows all but something',
    [policy({ ...allow({ NotAction: 's3:DeleteBucket' }), Action: undefined })],
    open('policy statement "PublicRead" lets anyone do all but s3:DeleteBucket'),
  ],

  // What neutralises an ACL, at each level.
  ['with IgnorePublicAcls on the bucket', [publicAcl, { [BUCKET_BLOCK]: flags('IgnorePublicAcls') }], OK],
  ['with IgnorePublicAcls on the account', [publicAcl, { [ACCOUNT_BLOCK]: flags('IgnorePublicAcls') }], OK],
  [
    'with the organization blocking',
    [publicAcl, publicPolicy, { [ORGANIZATION_BLOCK]: organization('all') }],
    OK,
    EFFECTIVE,
  ],
  [
    'with the organization not blocking',
    [publicAcl, { [ORGANIZATION_BLOCK]: organization('none') }],
    open(READ_ACL),
  ],
  [
    'with all flags but IgnorePublicAcls',
    [publicAcl, { [BUCKET_BLOCK]: flags('BlockPublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets') }],
    open(READ_ACL),
  ],
  ['with ACLs disabled', [publicAcl, ownership('BucketOwnerEnforced')], OK],
  ['with ACLs preferred for its owner', [publicAcl, ownership('BucketOwnerPreferred')], open(READ_ACL)],
  [
    'with ACLs disabled, which no policy minds',
    [publicPolicy, ownership('BucketOwnerEnforced')],
    open(READ_POLICY),
  ],
  [
    'whose ownership nobody collected',
    [publicAcl, notCollected(file('get-bucket-ownership-controls'))],
    open(READ_ACL),
    UNCOLLECTED,
  ],

  // What neutralises a policy.
  [
    'with RestrictPublicBuckets on the bucket',
    [publicPolicy, { [BUCKET_BLOCK]: flags('RestrictPublicBuckets') }],
    OK,
  ],
  [
    'with RestrictPublicBuckets on the account',
    [publicPolicy, { [ACCOUNT_BLOCK]: flags('RestrictPublicBuckets') }],
    OK,
  ],
  [
    'with all flags but RestrictPublicBuckets',
    [publicPolicy, { [BUCKET_BLOCK]: flags('BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls') }],
    open(READ_POLICY),
  ],
  [
    'where each level stops the other thing',
    [
      publicPolicy,
      publicAcl,
      { [BUCKET_BLOCK]: flags('IgnorePublicAcls'), [ACCOUNT_BLOCK]: flags('RestrictPublicBuckets') },
    ],
    OK,
  ],

  // What could not be read, and whether it matters.
  ['whose ACL is denied', [{ [file('get-bucket-acl')]: denied }], unknown('AccessDenied')],
  [
    'whose ACL is denied but ignored',
    [{ [file('get-bucket-acl')]: denied, [ACCOUNT_BLOCK]: flags('IgnorePublicAcls') }],
    OK,
  ],
  [
    'whose ACL is denied but disabled',
    [{ [file('get-bucket-acl')]: denied }, ownership('BucketOwnerEnforced')],
    OK,
  ],
  [
    'whose ACL is denied and whose policy is public',
    [{ [file('get-bucket-acl')]: denied }, publicPolicy],
    open(READ_POLICY),
  ],
  ['whose policy is denied', [{ [file('get-bucket-policy')]: denied }], unknown('AccessDenied')],
  [
    'whose policy is denied but restricted',
    [{ [file('get-bucket-policy')]: denied, [BUCKET_BLOCK]: flags('RestrictPublicBuckets') }],
    OK,
  ],
  [
    'whose policy is denied and whose ACL is public',
    [{ [file('get-bucket-policy')]: denied }, publicAcl],
    open(READ_ACL),
  ],
  ['whose policy is no policy', [{ [file('get-bucket-policy')]: { Policy: '{' } }], unknown('Malformed')],
  [
    'whose settings are denied, with nothing public',
    [{ [BUCKET_BLOCK]: denied, [ACCOUNT_BLOCK]: denied }],
    OK,
  ],
  ['whose settings are denied', [publicAcl, { [BUCKET_BLOCK]: denied }], unknown('AccessDenied')],
  [
    'whose settings are denied, where the account ignores ACLs',
    [publicAcl, { [BUCKET_BLOCK]: denied, [ACCOUNT_BLOCK]: flags('IgnorePublicAcls') }],
    OK,
  ],
  [
    "whose account's settings are denied",
    [publicPolicy, { [ACCOUNT_BLOCK]: denied }],
    unknown('AccessDenied'),
  ],
  [
    "whose organization's settings are denied",
    [publicPolicy, { [ORGANIZATION_BLOCK]: denied }],
    unknown('AccessDenied'),
    EFFECTIVE,
  ],
  ['whose settings nobody collected', [publicPolicy, notCollected(BUCKET_BLOCK)], unknown('NotCollected')],
  [
    'where one input was not collected and another denied',
    [publicPolicy, notCollected(BUCKET_BLOCK), { [ACCOUNT_BLOCK]: denied }],
    unknown('AccessDenied'),
  ],
  [
    'whose ownership is denied',
    [publicAcl, { [file('get-bucket-ownership-controls')]: denied }],
    unknown('AccessDenied'),
  ],
  [
    'whose settings are denied, where ACLs are disabled',
    [publicAcl, { [BUCKET_BLOCK]: denied }, ownership('BucketOwnerEnforced')],
    OK,
  ],
];

const leftOpenBy = (word: string) =>
  open(
    `policy statement "PublicRead" lets anyone s3:GetObject (aws:PrincipalOrgPaths restricts nobody; ${word})`,
  );
const SAID_NOT_PUBLIC: Says = [
  'COMPLIANT',
  'S3 says that the policy is not public; AWS\'s definition leaves policy statement "PublicRead" open (aws:PrincipalOrgPaths restricts nobody)',
];

const policies: Row[] = [
  ['is not public, says S3', [leftOpen, status(false)], SAID_NOT_PUBLIC],
  ['is public, says S3', [leftOpen, status(true)], leftOpenBy('S3 says public')],
  [
    'nobody asked S3 about',
    [leftOpen, status(undefined), notCollected(file('get-bucket-policy-status'))],
    leftOpenBy('s3:GetBucketPolicyStatus: NotCollected'),
  ],
  [
    'S3 may not be asked about',
    [leftOpen, { [file('get-bucket-policy-status')]: denied }],
    leftOpenBy('s3:GetBucketPolicyStatus: AccessDenied'),
  ],
  ...[{}, 'false', null].map(
    (word): Row => [
      `S3 says ${JSON.stringify(word)} of`,
      [leftOpen, status(word)],
      leftOpenBy('s3:GetBucketPolicyStatus: Malformed'),
      NO_ANSWER,
    ],
  ),
  [
    'is gone for S3 by now',
    [leftOpen, { [file('get-bucket-policy-status')]: fails('NoSuchBucketPolicy') }],
    leftOpenBy('s3:GetBucketPolicyStatus: NoSuchBucketPolicy'),
  ],
  [
    'is not public, says S3, by a Deny',
    [
      policy(allow(), {
        ...allow({ Effect: 'Deny', Action: 's3:*', Sid: undefined }),
        Condition: { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1/r-b2/ou-c3/*' } },
      }),
      status(false),
    ],
    [
      'COMPLIANT',
      'S3 says that the policy is not public; AWS\'s definition leaves policy statement "PublicRead" open',
    ],
  ],
  ['is not public, says S3, beside a public ACL', [leftOpen, status(false), publicAcl], open(READ_ACL)],
  [
    'is not public, says S3, of a bucket whose ACL is denied',
    [leftOpen, status(false), { [file('get-bucket-acl')]: denied }],
    unknown('AccessDenied'),
  ],
  [
    'is not public, says S3, where settings are denied',
    [leftOpen, status(false), { [ACCOUNT_BLOCK]: denied }],
    SAID_NOT_PUBLIC,
  ],
  [
    'is public, says S3, where settings are denied',
    [leftOpen, status(true), { [ACCOUNT_BLOCK]: denied }],
    unknown('AccessDenied'),
  ],
  // What AWS's definition settles, S3 is not asked about.
  ['is public by the definition', [publicPolicy, status(false)], open(READ_POLICY)],
  [
    'is public by the definition in one of its statements',
    [policy(allow(), byReferer), status(false)],
    open(
      `${READ_POLICY}; policy statement "Referer" lets anyone s3:GetObject (aws:Referer restricts nobody)`,
    ),
  ],
  [
    'lets in a VPC of any account',
    [
      policy(allow({ Condition: { ArnLike: { 'aws:SourceVpcArn': 'arn:aws:ec2:*:*:vpc/*' } } })),
      status(false),
    ],
    open(`${READ_POLICY} (aws:SourceVpcArn arn:aws:ec2:*:*:vpc/* is not fixed)`),
  ],
  ['is neutralised', [leftOpen, status(true), { [BUCKET_BLOCK]: flags('RestrictPublicBuckets') }], OK],
];

const situation = ([situation, readings, says, filesOnly]: Row) => ({
  situation: `a bucket ${situation}`,
  readings: bucket(...readings),
  says,
  ...(filesOnly !== undefined && { filesOnly }),
});

const situations: Situations = {
  rule,
  situations: [
    ...buckets.map(situation),
    ...policies.map(([words, ...row]) => situation([`whose policy ${words}`, ...row])),
  ],
};
export default situations;
