/** A bucket's item has its aspects side by side: what is wrong with one must not cost the others. */

import { readAccount } from '../../../account/open.ts';
import { tagsOf } from '../../../account/services/s3/buckets.ts';
import {
  bucketAcl,
  bucketPolicy,
  bucketWebsite,
  objectLock,
  objectOwnership,
  publicAccessBlock,
} from '../../../account/services/s3/readings.ts';
import { parseItem, readItem, withItem } from '../../../config/item.ts';
import rule from '../../../rules/s3-public/rule.ts';
import { fails, judged, memorySource } from '../../support/memory.ts';
import { type Json, media, proposal, supplemented } from '../support/items.ts';

const overlaid = (item: Json, readings: Json = {}) =>
  withItem(readAccount(memorySource(readings)), readItem(parseItem(item)));
const SUPPLEMENT = 'AWS::S3::Bucket media: supplementaryConfiguration';
const PROPOSED = 'AWS::S3::Bucket media: configuration';

const said = (changes: Json) => supplemented(media, changes);
const proposed = (configuration: Json) => proposal(media, { BucketName: 'media', ...configuration });
const aspects: [situation: string, item: Json, api: string, field: string][] = [
  ['an ACL that is no JSON', said({ AccessControlList: '{{' }), 's3:GetBucketAcl', 'AccessControlList'],
  [
    'an ACL that is cut off',
    said({ AccessControlList: '{"grantList":[' }),
    's3:GetBucketAcl',
    'AccessControlList',
  ],
  ['an empty ACL', said({ AccessControlList: '' }), 's3:GetBucketAcl', 'AccessControlList'],
  [
    'grants in an object',
    said({ AccessControlList: { grantList: {} } }),
    's3:GetBucketAcl',
    'AccessControlList.grantList',
  ],
  [
    'a grant to nobody',
    said({ AccessControlList: { grantList: [{ permission: 'Read' }] } }),
    's3:GetBucketAcl',
    'AccessControlList.grantList[0].grantee',
  ],
  [
    'a grant of nothing',
    said({ AccessControlList: { grantList: [{ grantee: 'AllUsers' }] } }),
    's3:GetBucketAcl',
    'AccessControlList.grantList[0].permission',
  ],
  [
    'an empty policy',
    said({ BucketPolicy: { policyText: '' } }),
    's3:GetBucketPolicy',
    'BucketPolicy.policyText',
  ],
  [
    'a policy that is a number',
    said({ BucketPolicy: { policyText: 7 } }),
    's3:GetBucketPolicy',
    'BucketPolicy.policyText',
  ],
  ['a policy in a list', said({ BucketPolicy: [] }), 's3:GetBucketPolicy', 'BucketPolicy'],
  [
    'a flag that is a number',
    said({ PublicAccessBlockConfiguration: { ignorePublicAcls: 1 } }),
    's3:GetPublicAccessBlock',
    'PublicAccessBlockConfiguration.ignorePublicAcls',
  ],
  [
    'an ownership that nobody knows',
    said({ OwnershipControls: { Rules: [{ ObjectOwnership: 'Mine' }] } }),
    's3:GetBucketOwnershipControls',
    'OwnershipControls.Rules[0].ObjectOwnership',
  ],
  [
    'a mode that nobody knows',
    said({ ObjectLockConfiguration: { rule: { defaultRetention: { mode: 'SOME' } } } }),
    's3:GetObjectLockConfiguration',
    'ObjectLockConfiguration.rule.defaultRetention.mode',
  ],
  [
    'a website that is a text',
    said({ BucketWebsiteConfiguration: 'index.html' }),
    's3:GetBucketWebsite',
    'BucketWebsiteConfiguration',
  ],
  [
    'a proposed ACL that nobody knows',
    proposed({ AccessControl: 'Public' }),
    's3:GetBucketAcl',
    'AccessControl',
  ],
  [
    'a proposed ACL by reference',
    proposed({ AccessControl: { Ref: 'Acl' } }),
    's3:GetBucketAcl',
    'AccessControl',
  ],
  [
    'a proposed flag by reference',
    proposed({ PublicAccessBlockConfiguration: { IgnorePublicAcls: { Ref: 'Flag' } } }),
    's3:GetPublicAccessBlock',
    'PublicAccessBlockConfiguration.IgnorePublicAcls',
  ],
];

test.each(aspects)('%s costs that aspect alone', async (_situation, item, api, field) => {
  const view = overlaid(item, {
    'global/s3api/get-bucket-ownership-controls/media.json': fails('OwnershipControlsNotFoundError'),
  });
  const answers = await Promise.allSettled([
    view.read(bucketAcl, { id: 'media' }),
    view.read(bucketPolicy, { id: 'media' }),
    view.read(publicAccessBlock, { id: 'media' }),
    view.read(objectOwnership, { id: 'media' }),
    view.read(objectLock, { id: 'media' }),
    view.read(bucketWebsite, { id: 'media' }),
    tagsOf(view, 'media'),
  ]);
  const at = item.configurationItemStatus === 'ResourceDiscovered' ? PROPOSED : SUPPLEMENT;
  expect(answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))).toEqual([
    expect.objectContaining({
      code: 'Malformed',
      api,
      resource: 'media',
      message: expect.stringContaining(`${at}.${field} is `),
    }),
  ]);
});

const POLICY = {
  Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/*' },
};

test('a policy that was parsed on its way is the document all the same', async () => {
  const view = overlaid(said({ BucketPolicy: { policyText: POLICY } }));
  expect(JSON.parse((await view.read(bucketPolicy, { id: 'media' })) ?? '')).toEqual(POLICY);
});

const off = { PublicAccessBlockConfiguration: null };
const closed = { BucketPolicy: { policyText: null }, AccessControlList: { grantList: [] }, ...off };
const blocked = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const OPEN = { BlockPublicAcls: false, IgnorePublicAcls: false };
const ENFORCED = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };

describe('s3-public of a bucket', () => {
  test.each<[situation: string, item: Json, says: string]>([
    [
      'with an unreadable ACL and a public policy',
      said({ ...off, AccessControlList: '{{' }),
      'NON_COMPLIANT',
    ],
    [
      'with an unreadable policy and a public ACL',
      said({ ...off, BucketPolicy: { policyText: '' } }),
      'NON_COMPLIANT',
    ],
    ['with an unreadable ACL and nothing public', said({ ...closed, AccessControlList: '{{' }), 'Malformed'],
    [
      'with an unreadable policy and nothing public',
      said({ ...closed, BucketPolicy: { policyText: '' } }),
      'Malformed',
    ],
    [
      'with an unreadable ACL that is ignored',
      said({ ...closed, AccessControlList: '{{', PublicAccessBlockConfiguration: blocked }),
      'COMPLIANT',
    ],
    [
      'with an unreadable website, which matters to nobody',
      said({ ...closed, BucketWebsiteConfiguration: 7 }),
      'COMPLIANT',
    ],
    [
      'with a public policy that was parsed',
      said({ ...closed, BucketPolicy: { policyText: POLICY } }),
      'NON_COMPLIANT',
    ],

    // What a template does not say is not set.
    ['proposed with nothing', proposed({}), 'COMPLIANT'],
    ['proposed with a public ACL', proposed({ AccessControl: 'PublicRead' }), 'NON_COMPLIANT'],
    [
      'proposed with an ACL for everyone with an account',
      proposed({ AccessControl: 'AuthenticatedRead' }),
      'NON_COMPLIANT',
    ],
    [
      'proposed with a public ACL, and Block Public Access off',
      proposed({ AccessControl: 'PublicRead', PublicAccessBlockConfiguration: OPEN }),
      'NON_COMPLIANT',
    ],
    [
      'proposed with a public ACL that is ignored',
      proposed({ AccessControl: 'PublicRead', PublicAccessBlockConfiguration: { IgnorePublicAcls: true } }),
      'COMPLIANT',
    ],
    [
      'proposed with a public ACL, and ACLs disabled',
      proposed({ AccessControl: 'PublicRead', OwnershipControls: ENFORCED }),
      'COMPLIANT',
    ],
    ['proposed with an ACL for log delivery', proposed({ AccessControl: 'LogDeliveryWrite' }), 'COMPLIANT'],
    ['proposed with an ACL that nobody knows', proposed({ AccessControl: 'Public' }), 'Malformed'],
  ])('%s', async (_situation, item, says) => {
    const account = overlaid(item, {
      'global/s3control/get-public-access-block.json': fails('NoSuchPublicAccessBlockConfiguration'),
      'global/s3api/get-bucket-ownership-controls/media.json': fails('OwnershipControlsNotFoundError'),
    });
    const resource = { type: 'AWS::S3::Bucket', id: 'media', region: 'us-east-1' };
    const verdicts = await judged(rule, account, {}, { resource });
    expect(verdicts.map(({ code, compliance }) => code ?? compliance)).toEqual([says]);
  });
});
