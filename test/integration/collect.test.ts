import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { liveSource } from '../../account/live/source.ts';
import { readAccount } from '../../account/open.ts';
import { ASKS } from '../../account/services/live.ts';
import { snapshotSource } from '../../account/snapshot/source.ts';
import { collect } from '../../cli/collect/collect.ts';
import { rules } from '../../rules/index.ts';
import { call } from '../cli/support.ts';
import { judged } from '../support/memory.ts';
import { MOTO_ACCOUNT, PLAYED, useMoto } from './support/moto.ts';

jest.setTimeout(60_000);
const moto = useMoto();
const REGION = 'eu-west-1';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Something for every rule to find, and something for it to let pass. */
async function furnish() {
  const s3 = new S3Client({ ...moto.client(), forcePathStyle: true });
  const ec2 = new EC2Client(moto.client(REGION));
  const iam = new IAMClient(moto.client());
  for (const Bucket of ['moonjar-website', 'moonjar-acl', 'moonjar-private', 'moonjar-trail']) {
    await s3.send(new CreateBucketCommand({ Bucket }));
  }
  await s3.send(new PutBucketAclCommand({ Bucket: 'moonjar-acl', ACL: 'public-read-write' }));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'moonjar-website',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:*',
          Resource: 'arn:aws:s3:::moonjar-website/*',
        },
      }),
    }),
  );
  for (const UserName of ['minseo.lee', 'ci-deploy']) {
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new CreateAccessKeyCommand({ UserName }));
  }
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'half',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
      Entries: [{ Cidr: '0.0.0.0/1' }],
    }),
  );
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'bastion', Description: 'ssh' }),
  );
  const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        { ...ssh, PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] },
        { ...ssh, IpRanges: [{ CidrIp: '128.0.0.0/1' }] },
      ],
    }),
  );
  await new CloudTrailClient(moto.client(REGION)).send(
    new CreateTrailCommand({ Name: 'audit', S3BucketName: 'moonjar-trail', IsMultiRegionTrail: true }),
  );
}

const live = () =>
  liveSource({
    accountId: MOTO_ACCOUNT,
    regions: [REGION, 'us-east-1'],
    asks: ASKS,
    sleep: async () => {},
    config: { endpoint: moto.endpoint, credentials: moto.client().credentials },
  });
const now = new Date('2030-01-01T00:00:00Z');
const played = rules.filter(({ id }) => PLAYED.includes(id));

test('every rule judges what was collected as it judges the live account', async () => {
  await furnish();
  const { unread, absent } = await collect({ source: live(), rules: played, folder, now });
  expect(unread).toEqual([]);
  expect(absent).toBeGreaterThan(0);

  const collected = readAccount(snapshotSource(join(folder, MOTO_ACCOUNT)));
  for (const rule of played) {
    const verdicts = await judged(rule, readAccount(live()), {}, { now });
    // moto's account summary has no AccountPasswordPresent, and a field that is left out is not a zero.
    const worst = rule.id === 'root-mfa' ? 'UNKNOWN' : 'NON_COMPLIANT';
    expect(verdicts.map(({ compliance }) => compliance)).toContain(worst);
    expect(await judged(rule, collected, {}, { now })).toEqual(verdicts);
  }
});

test('the files are what the aws command prints', async () => {
  await furnish();
  const { unread } = await collect({ source: live(), rules: [], all: true, folder, now });
  // None is asked about what another one's list names. Where moto has no API, it gives a page of HTML.
  const isWithoutApi = /"<!doctype "\.\.\. is not valid JSON|XML parse error: mismatched tags <html>/;
  expect(unread.filter(({ message }) => !isWithoutApi.test(message))).toEqual([]);
  expect(unread.map(({ file }) => file)).toContain(`${REGION}/ssm/describe-ops-items.json`);
  const text = (file: string) => readFileSync(join(folder, MOTO_ACCOUNT, file), 'utf8');

  expect(JSON.parse(text('global/iam/list-access-keys/ci-deploy.json'))).toEqual({
    AccessKeyMetadata: [
      {
        UserName: 'ci-deploy',
        AccessKeyId: expect.stringMatching(/^AKIA/),
        Status: 'Active',
        CreateDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/),
      },
    ],
  });
  expect(text('global/iam/get-credential-report.csv')).toMatch(/^user,arn,.*\n(.*\n)*ci-deploy,/);
  expect(text(`${REGION}/cloudtrail/get-trail-status/audit.json`)).toMatch(/^\{\n {4}"IsLogging": /);
  expect(JSON.parse(text('errors.json'))).toContainEqual({
    file: 'global/s3api/get-bucket-policy/moonjar-private.json',
    code: 'NoSuchBucketPolicy',
    message:
      'An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist',
  });
});

test('a report goes into a bucket', async () => {
  const s3 = new S3Client({ ...moto.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'moonjar-reports' }));
  const before = { ...process.env };
  try {
    Object.assign(process.env, moto.environment());
    const status = await call('evaluate', [], {
      ...{ sample: true, rule: 'sg-open-ports', format: 'json,html', output: 's3://moonjar-reports/today' },
      endpointUrl: moto.endpoint,
    });
    expect(status).toBe(2);
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  const read = async (Key: string) => {
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: 'moonjar-reports', Key }));
    return { type: ContentType, text: String(await Body?.transformToString()) };
  };
  const json = await read('today/results.json');
  expect([json.type, JSON.parse(json.text).rules]).toEqual(['application/json', ['sg-open-ports']]);
  const html = await read('today/results.html');
  expect(html).toMatchObject({
    type: 'text/html; charset=utf-8',
    text: expect.stringMatching(/^<!doctype html>/),
  });
});
