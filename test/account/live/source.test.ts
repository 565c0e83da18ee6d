import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, ListUsersCommand, ListVirtualMFADevicesCommand } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { AccountError } from '../../../account/errors.ts';
import { openClients } from '../../../account/live/clients.ts';
import { awsWords } from '../../../account/live/failures.ts';
import { type LiveOptions, liveSource } from '../../../account/live/source.ts';
import { type AnyTarget, nameOf, type Reading } from '../../../account/reading.ts';
import { asksIn } from '../../../account/services/gather.ts';
import * as iam from '../../../account/services/iam/live.ts';
import { READINGS } from '../../../account/services/index.ts';
import { ASKS } from '../../../account/services/live.ts';
import * as s3 from '../../../account/services/s3/live.ts';
import { lambdaSource } from '../../../lambda/source.ts';
import { readingOf } from '../../support/readings.ts';

const mocks = {
  iam: mockClient(IAMClient),
  s3: mockClient(S3Client),
  s3control: mockClient(S3ControlClient),
  ec2: mockClient(EC2Client),
  cloudtrail: mockClient(CloudTrailClient),
  ssm: mockClient(SSMClient),
  organizations: mockClient(OrganizationsClient),
  elbv2: mockClient(ElasticLoadBalancingV2Client),
  account: mockClient(AccountClient),
};
beforeEach(() => Object.values(mocks).forEach((mock) => void mock.reset()));

const source = (options: Partial<LiveOptions> = {}) =>
  liveSource({
    accountId: '111122223333',
    regions: ['eu-west-1', 'us-east-1'],
    asks: ASKS,
    ...options,
  });

/** What the SDK throws for an answer of AWS's. */
const fault = (code: string, message = `${code}!`, more: object = {}) =>
  Object.assign(new Error(message), {
    name: code,
    Code: code,
    $fault: 'client',
    $metadata: { httpStatusCode: 400, attempts: 1 },
    ...more,
  });
/** What Node throws for a connection that came to nothing. */
const nodeFault = (code: string, more: object = {}) =>
  Object.assign(new Error(`connect ${code}`), { code, $metadata: { attempts: 3 }, ...more });

const failure = (name: string, target?: AnyTarget): Promise<AccountError> =>
  source()
    .read(readingOf(name), target)
    .then(
      (answer) => {
        throw new Error(`read ${JSON.stringify(answer)}`);
      },
      (error) => error,
    );

describe('pages', () => {
  test('are asked for as large as the API has them, and come as one answer without tokens', async () => {
    mocks.iam
      .on(ListUsersCommand, { MaxItems: 1000 })
      .resolves({ Users: [{ UserName: 'ann' }] as never, IsTruncated: true, Marker: 'm' })
      .on(ListUsersCommand, { MaxItems: 1000, Marker: 'm' })
      .resolves({ Users: [{ UserName: 'bob' }] as never, IsTruncated: false, $metadata: { requestId: 'r' } });
    expect(await source().read(readingOf('iam:ListUsers'))).toEqual({
      Users: [{ UserName: 'ann' }, { UserName: 'bob' }],
    });
  });

  test('of security groups, 1000 at a time', async () => {
    mocks.ec2
      .on(DescribeSecurityGroupsCommand, { MaxResults: 1000 })
      .resolves({ SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 't' })
      .on(DescribeSecurityGroupsCommand, { MaxResults: 1000, NextToken: 't' })
      .resolves({ SecurityGroups: [{ GroupId: 'sg-2' }] });
    expect(await source().read(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' })).toEqual({
      SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }],
    });
  });

  test('of a prefix list', async () => {
    mocks.ec2
      .on(GetManagedPrefixListEntriesCommand, { PrefixListId: 'pl-1' })
      .resolves({ Entries: [{ Cidr: '192.0.2.0/25' }], NextToken: 't' })
      .on(GetManagedPrefixListEntriesCommand, { PrefixListId: 'pl-1', NextToken: 't' })
      .resolves({ Entries: [{ Cidr: '192.0.2.128/25' }] });
    const answer = await source().read(readingOf('ec2:GetManagedPrefixListEntries'), {
      region: 'us-east-1',
      id: 'pl-1',
    });
    expect(answer).toEqual({ Entries: [{ Cidr: '192.0.2.0/25' }, { Cidr: '192.0.2.128/25' }] });
  });

  test('of the rules of a security group', async () => {
    const Filters = [{ Name: 'group-id', Values: ['sg-1'] }];
    mocks.ec2
      .on(DescribeSecurityGroupRulesCommand, { Filters, MaxResults: 1000 })
      .resolves({ SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1' }], NextToken: 't' })
      .on(DescribeSecurityGroupRulesCommand, { Filters, MaxResults: 1000, NextToken: 't' })
      .resolves({ SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-2' }] });
    const target = { region: 'us-east-1', id: 'sg-1' };
    expect(await source().read(readingOf('ec2:DescribeSecurityGroupRules'), target)).toEqual({
      SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1' }, { SecurityGroupRuleId: 'sgr-2' }],
    });
  });

  test('of buckets keep what is not a page of the list', async () => {
    mocks.s3
      .on(ListBucketsCommand, { MaxBuckets: 1000 })
      .resolves({ Buckets: [{ Name: 'one' }], Owner: { ID: 'o' }, ContinuationToken: 'c' })
      .on(ListBucketsCommand, { MaxBuckets: 1000, ContinuationToken: 'c' })
      .resolves({ Buckets: [{ Name: 'two' }], Owner: { ID: 'o' } });
    expect(await source().read(readingOf('s3:ListBuckets'))).toEqual({
      Buckets: [{ Name: 'one' }, { Name: 'two' }],
      Owner: { ID: 'o' },
    });
  });

  test.each([
    ['the first', [{}, { SecurityGroups: [] }]],
    ['the second', [{ SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 't' }, {}]],
  ])('of which %s has no list have none, which is not an empty one', async (_, [first, second]) => {
    mocks.ec2
      .on(DescribeSecurityGroupsCommand)
      .resolvesOnce(first as never)
      .resolvesOnce(second as never);
    expect(await source().read(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' })).toEqual({});
  });

  test('that end although they go on say so', async () => {
    mocks.iam.on(ListUsersCommand).resolves({ Users: [{ UserName: 'ann' }] as never, IsTruncated: true });
    expect(await source().read(readingOf('iam:ListUsers'))).toEqual({
      Users: [{ UserName: 'ann' }],
      IsTruncated: true,
    });
  });

  test('that come to the same place again end there', async () => {
    mocks.ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [], NextToken: 't' });
    expect(await source().read(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' })).toEqual({
      SecurityGroups: [],
      NextToken: 't',
    });
    expect(mocks.ec2.calls()).toHaveLength(2);
  });
});

describe('what is asked', () => {
  test('MFA devices that somebody has; trails with the shadows of other Regions', async () => {
    mocks.iam.on(ListVirtualMFADevicesCommand).resolves({ VirtualMFADevices: [] });
    mocks.cloudtrail.on(DescribeTrailsCommand).resolves({ trailList: [] });
    await source().read(readingOf('iam:ListVirtualMFADevices'));
    await source().read(readingOf('cloudtrail:DescribeTrails'), { region: 'us-east-1' });
    expect(mocks.iam.call(0).args[0].input).toMatchObject({ AssignmentStatus: 'Assigned' });
    expect(mocks.cloudtrail.call(0).args[0].input).toEqual({ includeShadowTrails: true });
  });

  test('a Region is asked through its own client, a bucket in its own Region once that is known', async () => {
    mocks.ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [] });
    mocks.s3.on(GetBucketAclCommand).resolves({ Grants: [] });
    mocks.s3
      .on(ListBucketsCommand)
      .resolves({ Buckets: [{ Name: 'seoul', BucketRegion: 'ap-northeast-2' }, { Name: 'somewhere' }] });
    const asked = source();
    await asked.read(readingOf('ec2:DescribeSecurityGroups'), { region: 'us-east-1' });
    await asked.read(readingOf('s3:GetBucketAcl'), { id: 'seoul' });
    await asked.read(readingOf('s3:ListBuckets'));
    await asked.read(readingOf('s3:GetBucketAcl'), { id: 'seoul' });
    await asked.read(readingOf('s3:GetBucketAcl'), { id: 'somewhere' });

    const regions = (mock: (typeof mocks)['s3'] | (typeof mocks)['ec2']) =>
      Promise.all(mock.calls().map(({ thisValue }) => (thisValue as S3Client).config.region()));
    expect(await regions(mocks.ec2)).toEqual(['us-east-1']);
    expect(await regions(mocks.s3)).toEqual(['eu-west-1', 'eu-west-1', 'ap-northeast-2', 'eu-west-1']);
  });

  test('no more calls at a time than allowed', async () => {
    let inFlight = 0;
    let most = 0;
    mocks.s3.on(GetBucketPolicyCommand).callsFake(async () => {
      most = Math.max(most, ++inFlight);
      await new Promise(setImmediate);
      inFlight--;
      return { Policy: '{}' };
    });
    const asked = source({ concurrency: 3 });
    await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        asked.read(readingOf('s3:GetBucketPolicy'), { id: `bucket-${number}` }),
      ),
    );
    expect(most).toBe(3);
    expect(mocks.s3.calls()).toHaveLength(20);
  });

  test('a service that answers nothing holds up no other', async () => {
    mocks.s3.on(GetBucketPolicyCommand).callsFake(() => new Promise(() => {}));
    mocks.iam.on(ListUsersCommand).resolves({ Users: [] });
    const asked = source();
    for (let number = 0; number < 100; number++) {
      void asked.read(readingOf('s3:GetBucketPolicy'), { id: `bucket-${number}` });
    }
    expect(await asked.read(readingOf('iam:ListUsers'))).toEqual({ Users: [] });
    expect(mocks.s3.calls()).toHaveLength(64);
  });
});

describe('an error of AWS becomes an AccountError', () => {
  const cases: [situation: string, error: Error, expected: { code: string; message: RegExp }][] = [
    [
      'denied, in the words of S3',
      fault('AccessDenied', 'User: arn:aws:iam::111122223333:user/ann is not authorized'),
      {
        code: 'AccessDenied',
        message: /^s3:GetPublicAccessBlock of payroll: .*user\/ann.*Allow s3:GetBucketPublicAccessBlock/,
      },
    ],
    [
      'denied, in the words of JSON services',
      fault('AccessDeniedException'),
      { code: 'AccessDenied', message: /Allow/ },
    ],
    [
      'denied, in the words of EC2, without the request that it encodes',
      fault(
        'UnauthorizedOperation',
        'You are not authorized. Encoded authorization failure message: 4fGh-_x',
      ),
      { code: 'AccessDenied', message: /^(?!.*4fGh).*not authorized/ },
    ],
    [
      'throttled to the end',
      fault('SlowDown', 'Please slow down'),
      { code: 'SlowDown', message: /throttled.*Try again/ },
    ],
    [
      'throttled, by another name',
      fault('ThrottlingException'),
      { code: 'ThrottlingException', message: /throttled/ },
    ],
    ['a bucket that is gone', fault('NoSuchBucket'), { code: 'NoSuchBucket', message: /payroll/ }],
    ['a 404 without a body', fault('NotFound', 'UnknownError'), { code: 'NoSuchBucket', message: /payroll/ }],
    [
      'credentials that ran out',
      fault('ExpiredToken'),
      { code: 'CredentialsError', message: /ExpiredToken.*Renew/ },
    ],
    [
      'no credentials',
      Object.assign(new Error('Could not load credentials from any providers'), {
        name: 'CredentialsProviderError',
      }),
      { code: 'CredentialsError', message: /no AWS credentials.*Sign in/ },
    ],
    ['no such host', nodeFault('ENOTFOUND'), { code: 'NetworkError', message: /ENOTFOUND.*endpoint/ }],
    [
      'a certificate of somebody else',
      nodeFault('ERR_TLS_CERT_ALTNAME_INVALID'),
      { code: 'NetworkError', message: /CERT_ALTNAME/ },
    ],
    [
      'no answer in time',
      nodeFault('x', { name: 'TimeoutError', code: undefined }),
      { code: 'Timeout', message: /in time/ },
    ],
    [
      'a web page instead of an answer',
      fault(
        'SyntaxError',
        'Unexpected token <\n  Deserialization error: to see the raw response, inspect …',
        {
          Code: undefined,
        },
      ),
      { code: 'Malformed', message: /\(Unexpected token <\)\. Look at the endpoint$/ },
    ],
    [
      'a web page instead of an answer in XML',
      fault('Error', '@aws-sdk XML parse error: mismatched tags <html> and </title>.', { Code: undefined }),
      { code: 'Malformed', message: /mismatched tags <html> and <\/title>\)\. Look at the endpoint$/ },
    ],
    [
      'anything else, as AWS puts it',
      fault('InternalError', 'We erred'),
      { code: 'InternalError', message: /We erred/ },
    ],
  ];
  test.each(cases)('%s', async (_situation, error, { code, message }) => {
    mocks.s3.rejects(error);
    const thrown = await failure('s3:GetPublicAccessBlock', { id: 'payroll' });
    expect(thrown).toBeInstanceOf(AccountError);
    expect(thrown).toMatchObject({ code, api: 's3:GetPublicAccessBlock', resource: 'payroll' });
    expect(thrown.message).toMatch(message);
    expect(thrown.message).toMatch(/^s3:GetPublicAccessBlock of payroll: /);
    expect(thrown.cause).toBe(error);
  });

  test('a regional reading names its Region', async () => {
    mocks.ec2.rejects(fault('UnauthorizedOperation'));
    const { message } = await failure('ec2:GetManagedPrefixListEntries', { region: 'eu-west-1', id: 'pl-1' });
    expect(message).toMatch(/^ec2:GetManagedPrefixListEntries of pl-1 in eu-west-1: access denied/);
  });

  test('a bug stays a bug', async () => {
    const bug = new TypeError('x is not a function');
    mocks.iam.rejects(bug);
    await expect(source().read(readingOf('iam:ListUsers'))).rejects.toBe(bug);
    const mistake = nodeFault('ERR_INVALID_ARG_TYPE');
    mocks.iam.rejects(mistake);
    await expect(source().read(readingOf('iam:ListUsers'))).rejects.toBe(mistake);
  });

  test('a reading that no service has was not collected', async () => {
    const few = source({ asks: asksIn({ iam }) });
    expect([few.serves(readingOf('iam:ListUsers')), few.serves(readingOf('s3:ListBuckets'))]).toEqual([
      true,
      false,
    ]);
    await expect(few.read(readingOf('s3:ListBuckets'))).rejects.toMatchObject({
      code: 'NotCollected',
      api: 's3:ListBuckets',
    });
  });
});

describe('AWS says that there is none', () => {
  const served = READINGS.filter(source().serves).flatMap((reading) =>
    (reading.none ?? [])
      .flatMap((code) => [code, code.replace(/(?:Exception)?$/, 'Exception')])
      .map((code): [string, string, Reading] => [nameOf(reading), code, reading]),
  );

  test.each(served)('%s: %s reads null, and is told to those who ask', async (name, code, reading) => {
    // Of a service that makes clients of its own, those are mocked.
    for (const mock of Object.values(mocks)) mock.rejects(fault(code));
    const refusing: LiveOptions['clients'] = (service, region) =>
      Object.assign(service.connect({ region }), { send: () => Promise.reject(fault(code)) });
    const target = reading.about ? { id: 'plain' } : {};
    expect(await source({ clients: refusing }).read(reading, target)).toBeNull();
    await expect(source({ clients: refusing }).ask(reading, target)).rejects.toMatchObject({
      code,
      api: name,
    });
  });

  test('which is another thing for another reading', async () => {
    mocks.s3.rejects(fault('NoSuchBucketPolicy'));
    expect((await failure('s3:GetBucketAcl', { id: 'plain' })).code).toBe('NoSuchBucketPolicy');
  });
});

describe("the aws command's words for an error", () => {
  const cases: [situation: string, error: Error, words: { code: string; message: unknown }][] = [
    [
      'the code is AWS’s own, not ours',
      fault('UnauthorizedOperation', 'You are not authorized.'),
      {
        code: 'UnauthorizedOperation',
        message:
          'An error occurred (UnauthorizedOperation) when calling the DescribeSecurityGroups operation: You are not authorized',
      },
    ],
    [
      'the code is AWS’s, not the name of the SDK’s class',
      fault('NoSuchEntity', 'gone', { name: 'NoSuchEntityException' }),
      { code: 'NoSuchEntity', message: expect.stringContaining('(NoSuchEntity)') },
    ],
    [
      'what never reached AWS has our words',
      nodeFault('ECONNREFUSED'),
      { code: 'NetworkError', message: expect.stringContaining('ECONNREFUSED') },
    ],
  ];
  test.each(cases)('%s', async (_situation, error, words) => {
    mocks.ec2.rejects(error);
    expect(awsWords(await failure('ec2:DescribeSecurityGroups', { region: 'us-east-1' }))).toEqual(words);
  });
});

describe('clients', () => {
  test('are one a service and Region', () => {
    const clients = openClients();
    expect(clients(s3.service, 'eu-west-1')).toBe(clients(s3.service, 'eu-west-1'));
    expect(clients(s3.service, 'eu-west-1')).not.toBe(clients(s3.service, 'us-east-1'));
    expect(clients(s3.service, 'eu-west-1')).not.toBe(clients(iam.service, 'eu-west-1'));
  });

  test('of a function outlive its events, in which nothing else is shared', async () => {
    mocks.iam.on(ListUsersCommand).resolves({ Users: [] });
    const open = lambdaSource([iam.users]);
    await open({ accountId: '111122223333', region: 'eu-west-1' }).read(readingOf('iam:ListUsers'));
    await open({ accountId: '111122223333', region: 'eu-west-1' }).read(readingOf('iam:ListUsers'));
    const [first, second] = mocks.iam.calls();
    expect(second?.thisValue).toBe(first?.thisValue);
    expect(mocks.iam.calls()).toHaveLength(2);
  });

  test('retry a throttled call, and say how often when that does not help', async () => {
    mocks.iam.restore();
    let calls = 0;
    const body =
      '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';
    const requestHandler = {
      handle: async () => {
        calls++;
        return {
          response: { statusCode: 400, headers: {}, body: new TextEncoder().encode(body) },
        };
      },
    };
    const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
    const throttled = source({ config: { requestHandler, credentials, maxAttempts: 2 } });
    await expect(throttled.read(readingOf('iam:ListUsers'))).rejects.toMatchObject({
      code: 'Throttling',
      message: expect.stringMatching(/throttled the call, 2 times/),
    });
    expect(calls).toBe(2);
  });
});
