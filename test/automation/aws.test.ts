import { awsCaller, lambdaInvoker } from '../../automation/aws.ts';

interface Sent {
  method: string;
  host: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A caller whose HTTP never leaves the process. */
function fake(respond: (sent: Sent) => { status?: number; headers?: Record<string, string>; body: string }) {
  const sent: Sent[] = [];
  const requestHandler = {
    async handle(request: {
      method: string;
      hostname: string;
      path: string;
      query: object;
      headers: Record<string, string>;
      body?: unknown;
    }) {
      const { method, hostname: host, path, headers } = request;
      const body =
        request.body instanceof Uint8Array
          ? new TextDecoder().decode(request.body)
          : String(request.body ?? '');
      const query = Object.keys(request.query ?? {}).join('&');
      const one = { method, host, path: query ? `${path}?${query}` : path, headers, body };
      sent.push(one);
      const { status = 200, headers: answered = {}, body: text } = respond(one);
      const { HttpResponse } = await import('@smithy/core/protocols');
      const { Readable } = await import('node:stream');
      return {
        response: new HttpResponse({
          statusCode: status,
          headers: answered,
          body: Readable.from([Buffer.from(text)]),
        }),
      };
    },
  };
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const call = awsCaller({ region: 'eu-west-1', credentials, config: { requestHandler, maxAttempts: 1 } });
  const signal = new AbortController().signal;
  return {
    sent,
    call: (service: string, api: string, input: Record<string, unknown> = {}) =>
      call({ service, api, input, step: 's', signal }),
    raw: call,
  };
}

const xml = (body: string) => ({ headers: { 'content-type': 'text/xml' }, body });
const IDENTITY = xml(
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/u</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
);

test.each(['GetCallerIdentity', 'get_caller_identity'])(
  '%s is sent, and answered without $metadata',
  async (api) => {
    const { call, sent } = fake(() => IDENTITY);
    expect(await call('sts', api)).toEqual({
      Arn: 'arn:aws:iam::123456789012:user/u',
      Account: '123456789012',
    });
    expect(sent[0]?.host).toBe('sts.eu-west-1.amazonaws.com');
    expect(sent[0]?.body).toContain('Action=GetCallerIdentity');
  },
);

test("boto3's names of operations with acronyms are found", async () => {
  const { call, sent } = fake(() =>
    xml('<DescribeDBInstancesResponse><DescribeDBInstancesResult/></DescribeDBInstancesResponse>'),
  );
  await call('rds', 'describe_db_instances');
  expect(sent[0]?.body).toContain('Action=DescribeDBInstances');
});

test('members keep their names, nested ones too', async () => {
  const { call, sent } = fake(() => xml('<Response/>'));
  await call('ec2', 'AuthorizeSecurityGroupIngress', {
    GroupId: 'sg-1',
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'd' }] },
    ],
  });
  expect(sent[0]?.body).toContain('IpPermissions.1.FromPort=22');
  expect(sent[0]?.body).toContain('IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8');
});

test('times come as ISO 8601 text, and may be given so', async () => {
  const { call, sent } = fake(() => ({
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: '{"Parameters":[{"Name":"a","LastModifiedDate":1767323045.5,"Version":2}]}',
  }));
  expect(await call('ssm', 'GetParameters', { Names: ['a'] })).toEqual({
    Parameters: [{ Name: 'a', LastModifiedDate: '2026-01-02T03:04:05.500Z', Version: 2 }],
  });
  await call('ssm', 'CreateOpsItem', {
    Title: 't',
    Source: 's',
    Description: 'd',
    ActualStartTime: '2026-01-02T03:04:05Z',
  });
  expect(JSON.parse(sent[1]?.body ?? '')).toMatchObject({ Title: 't', ActualStartTime: 1_767_323_045 });
});

test("IAM's policies are decoded, as botocore does", async () => {
  const policy = { Version: '2012-10-17', Statement: [] };
  const { call } = fake(() =>
    xml(
      `<GetUserPolicyResponse><GetUserPolicyResult><UserName>u</UserName><PolicyName>p</PolicyName><PolicyDocument>${encodeURIComponent(JSON.stringify(policy))}</PolicyDocument></GetUserPolicyResult></GetUserPolicyResponse>`,
    ),
  );
  expect(await call('iam', 'GetUserPolicy', { UserName: 'u', PolicyName: 'p' })).toMatchObject({
    PolicyDocument: policy,
  });
});

test("an account's Block Public Access goes to s3control", async () => {
  const { call, sent } = fake(() => xml(''));
  await call('s3control', 'PutPublicAccessBlock', {
    AccountId: '123456789012',
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
  });
  expect(sent[0]).toMatchObject({ method: 'PUT', host: '123456789012.s3-control.eu-west-1.amazonaws.com' });
});

test.each([
  ['a member that the API does not have', { Bucket: 'b', Bukket: 'b' }, 'Bukket: there is no such member'],
  ['another letter case', { bucket: 'b' }, 'bucket: there is no such member'],
  ['a member that is missing', { Bucket: 'b' }, 'PublicAccessBlockConfiguration: required, and missing'],
  [
    'a Boolean that is text',
    { Bucket: 'b', PublicAccessBlockConfiguration: { BlockPublicAcls: 'true' } },
    'PublicAccessBlockConfiguration.BlockPublicAcls: expected a Boolean, not String',
  ],
  [
    'text that is a number',
    { Bucket: 3, PublicAccessBlockConfiguration: {} },
    'Bucket: expected a String, not Integer',
  ],
  [
    'a map that is a list',
    { Bucket: 'b', PublicAccessBlockConfiguration: [] },
    'PublicAccessBlockConfiguration: expected a map',
  ],
])('%s is refused before it is sent', async (_what, input, message) => {
  const { call, sent } = fake(() => xml(''));
  const refused = call('s3', 'PutPublicAccessBlock', input);
  await expect(refused).rejects.toMatchObject({
    name: 'AwsCallError',
    code: 'ParamValidation',
    api: 's3:PutPublicAccessBlock',
  });
  await expect(refused).rejects.toThrow(message);
  expect(sent).toEqual([]);
});

test.each([
  ['a service that is not known', 's4', 'GetBucketAcl', 'UnknownService'],
  ['a service that every object has', 'constructor', 'X', 'UnknownService'],
  ['an API that is not there', 's3', 'GetBucketAclz', 'UnknownApi'],
  ['an API in camelCase', 's3', 'getBucketAcl', 'UnknownApi'],
  ['an API that streams', 's3', 'GetObject', 'StreamingApi'],
])('%s is refused', async (_what, service, api, code) => {
  const { call, sent } = fake(() => xml(''));
  await expect(call(service, api)).rejects.toMatchObject({ name: 'AwsCallError', code });
  expect(sent).toEqual([]);
});

test('an error has the code that AWS says, and is not tried again', async () => {
  const { call, sent } = fake(() => ({
    status: 400,
    ...xml(
      '<Response><Errors><Error><Code>InvalidGroup.NotFound</Code><Message>no sg-1</Message></Error></Errors></Response>',
    ),
  }));
  const failed = call('ec2', 'DescribeSecurityGroups', { GroupIds: ['sg-1'] });
  await expect(failed).rejects.toMatchObject({
    name: 'AwsCallError',
    code: 'InvalidGroup.NotFound',
    message: 'ec2:DescribeSecurityGroups: no sg-1',
  });
  expect(sent).toHaveLength(1);
});

test('a function is invoked through the service, its answer is text', async () => {
  const { raw, sent } = fake(() => ({
    headers: { 'X-Amz-Function-Error': 'Unhandled' },
    body: '{"errorMessage":"no"}',
  }));
  const answer = await lambdaInvoker(raw)({
    functionName: 'f',
    qualifier: 'live',
    invocationType: 'RequestResponse',
    payload: '{"a":1}',
    step: 's',
    signal: new AbortController().signal,
  });
  expect(answer).toMatchObject({ StatusCode: 200, Payload: '{"errorMessage":"no"}' });
  expect(sent[0]).toMatchObject({
    method: 'POST',
    body: '{"a":1}',
    path: '/2015-03-31/functions/f/invocations?Qualifier',
  });
});
