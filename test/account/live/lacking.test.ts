/**
 * HTTP 200 that lacks something: every element of AWS's answers is taken out, one at a time, and the answer comes over a real
 * connection through the real SDK, which makes nothing of what is not there.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { liveSource } from '../../../account/live/source.ts';
import { readAccount } from '../../../account/open.ts';
import * as cloudtrail from '../../../account/services/cloudtrail/live.ts';
import * as ec2 from '../../../account/services/ec2/live.ts';
import { asksIn } from '../../../account/services/gather.ts';
import * as iam from '../../../account/services/iam/live.ts';
import * as s3 from '../../../account/services/s3/live.ts';
import * as s3control from '../../../account/services/s3control/live.ts';
import rootMfa from '../../../rules/root-mfa/rule.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import s3Public from '../../../rules/s3-public/rule.ts';
import sgOpenPorts from '../../../rules/sg-open-ports/rule.ts';
import trailObjectLock from '../../../rules/trail-object-lock/rule.ts';
import { ACCOUNT, judged } from '../../support/memory.ts';

/** The answers by what is asked: IAM's and EC2's Action, CloudTrail's target, S3's sub-resource. */
type Answers = Readonly<Record<string, string>>;

let answers: Answers = {};
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = answers[askedFor(request, Buffer.concat(chunks).toString())];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body ?? '<Error><Code>NoSuchBucketPolicy</Code><Message>none</Message></Error>');
  });
});

function askedFor({ url = '', headers }: IncomingMessage, body: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) as string;
  const action = new URLSearchParams(body).get('Action');
  if (action) return action;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (pathname.startsWith('/v20180820')) return 'account';
  const known = ['acl', 'policy', 'publicAccessBlock', 'ownershipControls', 'object-lock'];
  return known.find((name) => searchParams.has(name)) ?? 'buckets';
}

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const S3 = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const noBlock = `<PublicAccessBlockConfiguration ${S3}><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>`;
const allUsers = `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>`;
const publicBucket: Answers = {
  buckets: `<ListAllMyBucketsResult ${S3}><Owner><ID>a</ID></Owner><Buckets><Bucket><Name>b</Name><BucketRegion>us-east-1</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>`,
  acl: `<AccessControlPolicy ${S3}><Owner><ID>a</ID></Owner><AccessControlList>${allUsers}</AccessControlList></AccessControlPolicy>`,
  publicAccessBlock: noBlock,
  account: noBlock,
  ownershipControls: `<OwnershipControls ${S3}><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>`,
};
const openGroup: Answers = {
  DescribeSecurityGroups: `<DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><securityGroupInfo><item><ownerId>${ACCOUNT}</ownerId><groupId>sg-1</groupId><groupName>web</groupName><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups><item><groupId>sg-1</groupId><userId>${ACCOUNT}</userId></item></groups><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds/></item></ipPermissions></item></securityGroupInfo></DescribeSecurityGroupsResponse>`,
};
const unprotectedRoot: Answers = {
  GetAccountSummary: `<GetAccountSummaryResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountSummaryResult><SummaryMap>${Object.entries(
    {
      AccountMFAEnabled: 0,
      AccountPasswordPresent: 1,
      AccountAccessKeysPresent: 0,
      AccountSigningCertificatesPresent: 0,
    },
  )
    .map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`)
    .join('')}</SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>`,
};
const trails: Answers = {
  DescribeTrails: JSON.stringify({
    trailList: [
      {
        Name: 'main',
        TrailARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/main`,
        HomeRegion: 'us-east-1',
        S3BucketName: 'b',
      },
    ],
  }),
  'object-lock': `<ObjectLockConfiguration ${S3}><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>9</Days></DefaultRetention></Rule></ObjectLockConfiguration>`,
};

/** Elements of lists, of which one less is another answer. */
const ONE_OF_MANY = new Set(['item', 'Bucket', 'Grant', 'Rule']);

/** The document without each of its elements, and with nothing in it. */
function* without(text: string): Generator<[what: string, text: string]> {
  yield ['everything', ''];
  if (text.startsWith('{')) return yield ['its members', '{}'];
  const open: { name: string; at: number }[] = [];
  for (const { 0: tag, index } of text.matchAll(/<[^>]+>/g)) {
    const name = /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? '';
    const end = index + tag.length;
    if (!tag.startsWith('</') && !tag.endsWith('/>')) open.push({ name, at: index });
    else {
      const { at } = tag.startsWith('</') ? (open.pop() ?? { at: index }) : { at: index };
      if (open.length > 0 && !ONE_OF_MANY.has(name)) yield [name, text.slice(0, at) + text.slice(end)];
    }
  }
}

async function verdicts(rule: AnyRule, given: Answers) {
  answers = given;
  const { port } = server.address() as AddressInfo;
  const source = liveSource({
    accountId: ACCOUNT,
    regions: ['us-east-1'],
    asks: asksIn({ iam, s3, s3control, ec2, cloudtrail }),
    config: {
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' },
      maxAttempts: 1,
    },
    sleep: async () => undefined,
  });
  return (await judged(rule, readAccount(source))).map(({ compliance }) => compliance);
}

test.each<[AnyRule, string, Answers]>([
  [s3Public, 'a public bucket', publicBucket],
  [sgOpenPorts, 'an open group', openGroup],
  [rootMfa, 'root without MFA', unprotectedRoot],
  [trailObjectLock, 'a bucket that retains for too short a time', trails],
])('$id, %s: no element that is missing makes it pass, or go without a word', async (rule, _, given) => {
  expect(await verdicts(rule, given)).toEqual(['NON_COMPLIANT']);
  const wrong: string[] = [];
  for (const [asked, text] of Object.entries(given)) {
    for (const [what, lacking] of without(text)) {
      const said = await verdicts(rule, { ...given, [asked]: lacking });
      const isWrong = said.length === 0 || said.some((one) => one !== 'NON_COMPLIANT' && one !== 'UNKNOWN');
      if (isWrong) wrong.push(`${asked} without ${what}: ${said.join(', ') || 'no word'}`);
    }
  }
  expect(wrong).toEqual([]);
});
