import rule from '../../rules/s3-public/rule.ts';
import { denied, judged, memoryAccount } from '../support/memory.ts';
import {
  allow,
  BUCKET_BLOCK,
  bucket,
  file,
  flags,
  policy,
  publicAcl,
  publicPolicy,
  type Readings,
  website,
} from './s3-public/bucket.ts';

const READ_ACL = 'ACL grants READ to AllUsers';
const READ_POLICY = 'policy statement "PublicRead" lets anyone s3:GetObject';
const OK = ['COMPLIANT', ''];
const open = (annotation: string) => ['NON_COMPLIANT', annotation];
const unknown = (code: string) => ['UNKNOWN', code];

describe('exemption', () => {
  const tagged = { [file('get-bucket-tagging')]: { TagSet: [{ Key: 'public', Value: '' }] } };
  test.each<[situation: string, parameters: Readings, readings: Readings[], says: string[]]>([
    [
      'by name',
      { exemptBuckets: 'a,web' },
      [publicPolicy],
      ['NOT_APPLICABLE', 'exempt by parameter exemptBuckets'],
    ],
    ['of a bucket with a longer name', { exemptBuckets: 'webs' }, [publicPolicy], open(READ_POLICY)],
    [
      'by tag',
      { exemptTagKey: 'public' },
      [publicPolicy, tagged],
      ['NOT_APPLICABLE', 'exempt by tag public'],
    ],
    ['by another tag', { exemptTagKey: 'private' }, [publicPolicy, tagged], open(READ_POLICY)],
    [
      'by tags that are denied',
      { exemptTagKey: 'public' },
      [publicPolicy, { [file('get-bucket-tagging')]: denied }],
      unknown('AccessDenied'),
    ],
    [
      'by tags that are denied, with nothing public',
      { exemptTagKey: 'public' },
      [{ [file('get-bucket-tagging')]: denied }],
      OK,
    ],
  ])('%s', async (_, parameters, readings, says) => {
    const [said] = await judged(rule, memoryAccount(bucket(...readings)), parameters);
    expect([said?.compliance, said?.code ?? said?.annotation]).toEqual(says);
  });
});

describe('allowPublicWebsite', () => {
  const list = allow({ Sid: 'List', Action: 's3:ListBucket' });
  test.each<[situation: string, readings: Readings[], says: string[]]>([
    ['excuses reading objects of a website', [website, publicPolicy], OK],
    [
      'excuses reading versions, in any letter case',
      [website, policy(allow({ Action: ['S3:getobject', 's3:GetObjectVersion'] }))],
      OK,
    ],
    ['excuses nothing without a website', [publicPolicy], open(READ_POLICY)],
    [
      'does not excuse a wildcard',
      [website, policy(allow({ Action: 's3:GetObject*' }))],
      open('policy statement "PublicRead" lets anyone s3:GetObject*'),
    ],
    [
      'does not excuse all but something',
      [website, policy({ ...allow({ NotAction: 's3:PutObject' }), Action: undefined })],
      open('policy statement "PublicRead" lets anyone do all but s3:PutObject'),
    ],
    [
      'does not excuse what goes beyond',
      [website, policy(allow(), list)],
      open('policy statement "List" lets anyone s3:ListBucket'),
    ],
    ['does not excuse an ACL', [website, publicAcl], open(READ_ACL)],
    [
      'cannot tell where the website is denied',
      [{ [file('get-bucket-website')]: denied }, publicPolicy],
      unknown('AccessDenied'),
    ],
    [
      'can tell without the website where the policy goes beyond',
      [{ [file('get-bucket-website')]: denied }, policy(allow(), list)],
      open('policy statement "List" lets anyone s3:ListBucket'),
    ],
    [
      'can tell without the website where the policy is restricted',
      [
        { [file('get-bucket-website')]: denied, [BUCKET_BLOCK]: flags('RestrictPublicBuckets') },
        publicPolicy,
      ],
      OK,
    ],
    ['settles a website whose settings are denied', [website, publicPolicy, { [BUCKET_BLOCK]: denied }], OK],
  ])('%s', async (_, readings, says) => {
    const [said] = await judged(rule, memoryAccount(bucket(...readings)), { allowPublicWebsite: true });
    expect([said?.compliance, said?.code ?? said?.annotation]).toEqual(says);
  });

  test('off: a website is as public as anything', async () => {
    const [said] = await judged(rule, memoryAccount(bucket(website, publicPolicy)));
    expect(said?.compliance).toBe('NON_COMPLIANT');
  });
});
