/** What is asked quickly has the answers of the SDK's own client: the same AWS answers both, on a loopback port. */
import type { IncomingMessage } from 'node:http';
import { IAMClient, ListAccessKeysCommand, paginateListAccessKeys } from '@aws-sdk/client-iam';
import {
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Client } from '@smithy/core/client';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { openClients } from '../../../account/live/clients.ts';
import { quickened } from '../../../account/live/quick.ts';
import { allPages } from '../../../account/live/service.ts';
import { service as iamService } from '../../../account/services/iam/live.ts';
import { ASKS } from '../../../account/services/live.ts';
import { service as s3Service } from '../../../account/services/s3/live.ts';
import { bodyOf, type Loopback, serve } from '../../support/loopback.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** The connection ends after this much of the body. */
  readonly cutAt?: number;
}

/** What AWS is asked in the order in which it is, and what it answers about each name; the last of them from then on. */
let asked: { readonly about: string; readonly request: IncomingMessage; readonly body: string }[] = [];
let answers: Readonly<Record<string, readonly Answer[]>> = {};
let aws: Loopback;

beforeAll(async () => {
  aws = await serve(async (request, response) => {
    const body = String(await bodyOf(request));
    const [first = ''] = (request.url ?? '').split(/[/?]/).filter(Boolean);
    const about = new URLSearchParams(body).get('UserName') ?? decodeURIComponent(first);
    const all = answers[about] ?? [FINE];
    const answer = all[Math.min(asked.filter((one) => one.about === about).length, all.length - 1)] ?? FINE;
    asked.push({ about, request, body });
    const reply = Buffer.from(answer.body ?? '');
    response.writeHead(answer.status ?? 200, { 'content-length': reply.length, ...answer.headers });
    if (answer.cutAt === undefined) response.end(reply);
    else response.write(reply.subarray(0, answer.cutAt), () => response.destroy());
  });
});
afterAll(() => aws.stop());
afterEach(() => jest.restoreAllMocks());
beforeEach(() => {
  asked = [];
  answers = {};
});

const FINE: Answer = { body: '<Fine/>' };
const ATTEMPTS = 3;
const SHARED = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
const open = (more: S3ClientConfig = {}) => {
  const retryStrategy = new ConfiguredRetryStrategy(ATTEMPTS, 0);
  const s3 = { endpoint: aws.endpoint, forcePathStyle: true, followRegionRedirects: true };
  return {
    s3: new S3Client({ ...SHARED, retryStrategy, ...s3, ...more }),
    iam: new IAMClient({ ...SHARED, retryStrategy, endpoint: aws.endpoint }),
  };
};

/** What there is to tell apart of an answer or an error. */
const said = (answer: Promise<object>): Promise<unknown> =>
  answer.then(
    (value) => ({ value }),
    (error: Error) => {
      const { name, message, Code, code, $metadata } = error as Error & Record<string, unknown>;
      return { name, message, Code, code, $metadata, kind: Object.getPrototypeOf(error).constructor.name };
    },
  );

const xml = (root: string, inner = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${root}>`;
const fault = (status: number, code: string, more = '', headers = {}): Answer => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>It is ${code}.</Message>${more}<RequestId>R1</RequestId><HostId>H1</HostId></Error>`,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'R1', 'x-amz-id-2': 'H1', ...headers },
});

const POLICY = '{"Version":"2012-10-17","Statement":[{"Sid":"한글","Effect":"Allow"}]}';
const ACL = xml(
  'AccessControlPolicy',
  `<Owner><ID>o</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList>`,
);
const BLOCK = xml(
  'PublicAccessBlockConfiguration',
  '<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls>',
);
const OWNERSHIP = xml(
  'OwnershipControls',
  '<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>',
);

const COMMANDS = {
  policy: GetBucketPolicyCommand,
  acl: GetBucketAclCommand,
  block: GetPublicAccessBlockCommand,
  ownership: GetBucketOwnershipControlsCommand,
  lock: GetObjectLockConfigurationCommand,
  location: GetBucketLocationCommand,
  versioning: GetBucketVersioningCommand,
} as const;
type About = keyof typeof COMMANDS;
const about = (what: About, Bucket: string) => new COMMANDS[what]({ Bucket }) as GetBucketPolicyCommand;

/** Plain answers take one call; after the others the client asks again. */
const PLAIN: readonly [title: string, what: About, answer: Answer][] = [
  ['a policy', 'policy', { body: POLICY, headers: { 'content-type': 'application/json' } }],
  ['a policy that is empty', 'policy', { body: '' }],
  ['an ACL', 'acl', { body: ACL, headers: { 'x-amz-request-id': 'R2', 'x-amz-id-2': 'H2' } }],
  ['an ACL without grants', 'acl', { body: xml('AccessControlPolicy', '<AccessControlList/>') }],
  ['a body that is empty', 'acl', { body: '' }],
  ['the XML of something else', 'acl', { body: OWNERSHIP }],
  ['a block', 'block', { body: BLOCK }],
  ['a block without a flag', 'block', { body: xml('PublicAccessBlockConfiguration') }],
  ['ownership', 'ownership', { body: OWNERSHIP }],
  ['a location', 'location', { body: xml('LocationConstraint', 'eu-west-1') }],
  ['no location', 'location', { body: xml('LocationConstraint') }],
  ['versioning that was never on', 'versioning', { body: xml('VersioningConfiguration') }],
  ['no policy', 'policy', fault(404, 'NoSuchBucketPolicy', '<BucketName>b</BucketName>')],
  ['no block', 'block', fault(404, 'NoSuchPublicAccessBlockConfiguration')],
  ['no ownership', 'ownership', fault(404, 'OwnershipControlsNotFoundError')],
  ['no lock', 'lock', fault(404, 'ObjectLockConfigurationNotFoundError')],
  ['no bucket', 'acl', fault(404, 'NoSuchBucket')],
  ['a 404 without a body', 'acl', { status: 404 }],
  ['a denial', 'policy', fault(403, 'AccessDenied')],
];

const OTHERS: readonly [title: string, what: About, answers: readonly Answer[]][] = [
  ['XML that is cut', 'acl', [{ body: ACL.slice(0, 120) }]],
  ['no XML', 'block', [{ body: 'hello' }]],
  ['a page of HTML', 'acl', [{ status: 404, body: '<html><p>Sign in<br></html>' }]],
  ['a connection that ends', 'policy', [{ body: POLICY, cutAt: 10 }]],
  ['a connection that ends once', 'acl', [{ body: ACL, cutAt: 0 }, { body: ACL }]],
  ['an error with status 200', 'acl', [{ ...fault(200, 'InternalError') }]],
  ['an error with status 200, once', 'block', [{ ...fault(200, 'InternalError') }, { body: BLOCK }]],
  ['an error of the server', 'policy', [fault(500, 'InternalError')]],
  ['an error of the server, once', 'policy', [fault(500, 'InternalError'), { body: POLICY }]],
  ['503 without a body', 'policy', [{ status: 503 }, { body: POLICY }]],
  ['an expired token', 'policy', [fault(400, 'ExpiredToken')]],
  ['a key that is unknown', 'policy', [fault(403, 'InvalidAccessKeyId')]],
  ['a signature that does not match', 'policy', [fault(403, 'SignatureDoesNotMatch')]],
  ['403 without a body', 'policy', [{ status: 403 }]],
  [
    'another Region',
    'policy',
    [fault(301, 'PermanentRedirect', '', { 'x-amz-bucket-region': 'eu-west-1' }), { body: POLICY }],
  ],
  ['another Region that is not said', 'policy', [fault(301, 'PermanentRedirect')]],
  [
    'a header for another Region',
    'policy',
    [fault(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>')],
  ],
  ['a moved bucket', 'policy', [fault(307, 'TemporaryRedirect')]],
  ['a method that is not allowed', 'policy', [fault(405, 'MethodNotAllowed')]],
  ['an error that has no name', 'policy', [{ status: 400, body: '<Error/>' }]],
];

/** What was asked about a bucket or a user, and how often. */
const timesAsked = (name: string) => asked.filter(({ about }) => about === name).length;

/** The same question to the SDK's client, and to one that has asked it before about something else. */
async function both<C extends { send: unknown }>(
  make: () => C,
  ask: (client: C, name: string) => Promise<object>,
  name: string,
): Promise<{ plainly: unknown; quickly: unknown; calls: readonly [number, number] }> {
  const plainly = await said(ask(make(), name));
  const before = timesAsked(name);
  asked = [];
  const client = quickened(make());
  await said(ask(client, 'the-first'));
  const quickly = await said(ask(client, name));
  return { plainly, quickly, calls: [before, timesAsked(name)] };
}

describe('S3', () => {
  test.each(PLAIN)('%s', async (_, what, answer) => {
    answers = { 'bucket-1': [answer] };
    const { plainly, quickly, calls } = await both(
      () => open().s3,
      (client, name) => client.send(about(what, name)),
      'bucket-1',
    );
    expect(quickly).toEqual(plainly);
    expect(calls).toEqual([1, 1]);
  });

  test.each(OTHERS)('%s: the client asks again', async (_, what, all) => {
    // One answer more for whoever asks once more.
    const withOneMore = all.length > 1 ? [all[0] as Answer, ...all] : all;
    answers = { 'bucket-1': all };
    const plainly = await said(open().s3.send(about(what, 'bucket-1')));
    const before = timesAsked('bucket-1');
    asked = [];
    answers = { 'bucket-1': withOneMore };
    const client = quickened(open().s3);
    await said(client.send(about(what, 'the-first')));
    expect(await said(client.send(about(what, 'bucket-1')))).toEqual(plainly);
    expect(timesAsked('bucket-1')).toBe(before + 1);
  });

  test.each(['a--x-s3', 'ap-x-s3alias', 'UpperCase', 'xn--name', 'under_score', 'ab'])(
    'the client asks about %s',
    async (name) => {
      answers = { [name]: [{ body: ACL }] };
      const own = jest.spyOn(S3Client.prototype, 'send');
      const ask = (client: S3Client, bucket: string) => client.send(about('acl', bucket));
      const { plainly, quickly } = await both(() => open().s3, ask, name);
      expect(quickly).toEqual(plainly);
      const sent = own.mock.calls.filter(
        ([command]) => command instanceof GetBucketAclCommand && command.input.Bucket === name,
      );
      expect(sent).toHaveLength(2);
    },
  );

  test('what is asked at once waits for the first request, not for its answer', async () => {
    const own = jest.spyOn(S3Client.prototype, 'send');
    const client = quickened(open().s3);
    const names = Array.from({ length: 20 }, (_, index) => `bucket-${index}`);
    answers = Object.fromEntries(names.map((name) => [name, [{ body: `{"of":"${name}"}` }]]));
    const policies = await Promise.all(names.map((name) => client.send(about('policy', name))));
    expect(policies.map(({ Policy }) => Policy)).toEqual(names.map((name) => `{"of":"${name}"}`));
    expect(own).toHaveBeenCalledTimes(1);
  });

  test('once AWS has throttled, the client asks everything', async () => {
    const own = jest.spyOn(S3Client.prototype, 'send');
    const client = quickened(open().s3);
    answers = { 'bucket-2': [fault(503, 'SlowDown'), { body: POLICY }] };
    await client.send(about('policy', 'bucket-1'));
    expect(await client.send(about('policy', 'bucket-2'))).toMatchObject({ Policy: POLICY });
    await client.send(about('policy', 'bucket-3'));
    await client.send(about('acl', 'bucket-3'));
    expect(own).toHaveBeenCalledTimes(4);
  });

  test('what AWS throttles slows no other service, and no other Region', async () => {
    const shared = { credentials: SHARED.credentials, endpoint: aws.endpoint };
    const clients = openClients(shared, quickened);
    const s3 = ['us-east-1', 'eu-west-1'].map((region) => clients(s3Service, region) as S3Client);
    const iam = clients(iamService, 'us-east-1') as IAMClient;
    const paces = await Promise.all([...s3, iam].map(({ config }) => config.retryStrategy()));
    expect(new Set(paces).size).toBe(3);
    expect(paces.map((pace) => (pace as { mode?: string }).mode)).toEqual(paces.map(() => 'adaptive'));

    const own = jest.spyOn(Client.prototype, 'send');
    const [throttled, other] = ['us-east-1', 'eu-west-1'].map(
      (region) => openClients(shared, quickened)(s3Service, region) as S3Client,
    ) as [S3Client, S3Client];
    const user = openClients(shared, quickened)(iamService, 'us-east-1') as IAMClient;
    answers = { 'bucket-2': [fault(503, 'SlowDown'), { body: POLICY }] };
    for (const name of ['bucket-1', 'bucket-2', 'bucket-3', 'bucket-4']) {
      for (const client of [throttled, other]) {
        if (client === throttled || name !== 'bucket-2') await client.send(about('policy', name));
      }
      await user.send(new ListAccessKeysCommand({ UserName: `of-${name}` }));
    }
    const asks = (client: unknown) => own.mock.contexts.filter((one) => one === client).length;
    expect([asks(throttled), asks(other), asks(user)]).toEqual([4, 1, 1]);
  });

  test('a first call that has no credentials is no pattern for the others', async () => {
    let isSignedIn = false;
    const credentials = async () => {
      if (!isSignedIn) throw Object.assign(new Error('sign in'), { name: 'CredentialsProviderError' });
      return SHARED.credentials;
    };
    const client = quickened(open({ credentials }).s3);
    const first = ['bucket-1', 'bucket-2'].map((name) => said(client.send(about('policy', name))));
    expect(await Promise.all(first)).toMatchObject([{ message: 'sign in' }, { message: 'sign in' }]);
    isSignedIn = true;
    answers = { 'bucket-3': [{ body: POLICY }] };
    await client.send(about('policy', 'bucket-1'));
    expect(await client.send(about('policy', 'bucket-3'))).toMatchObject({ Policy: POLICY });
  });

  test('credentials that expire are renewed', async () => {
    let key = 0;
    const credentials = async () => ({
      ...SHARED.credentials,
      accessKeyId: `AKIA${++key}`,
      expiration: new Date(Date.now() - 1),
    });
    const client = quickened(open({ credentials }).s3);
    for (const name of ['bucket-1', 'bucket-2', 'bucket-3']) await client.send(about('policy', name));
    const keys = asked.map(
      ({ request }) => /Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1],
    );
    expect(new Set(keys).size).toBe(3);
  });

  test('a request is late by as much as this machine is', async () => {
    const client = quickened(open().s3);
    await client.send(about('policy', 'bucket-1'));
    client.config.systemClockOffset = 3_600_000;
    await client.send(about('policy', 'bucket-2'));
    const [first, second] = asked.map(({ request }) => String(request.headers['x-amz-date']));
    expect(hoursOf(second) - hoursOf(first)).toBe(1);
  });
});

/** The addresses of everything that S3 and IAM can be asked at. */
describe('addresses', () => {
  const PLACES: readonly [title: string, config: S3ClientConfig][] = [
    ['us-east-1', { region: 'us-east-1' }],
    ['a Region', { region: 'ap-northeast-2' }],
    ['China', { region: 'cn-north-1' }],
    ['GovCloud', { region: 'us-gov-west-1' }],
    ['an isolated partition', { region: 'us-iso-east-1' }],
    ['a Region that the SDK does not know', { region: 'xx-nowhere-9' }],
    ['dual stack', { region: 'eu-west-1', useDualstackEndpoint: true }],
    ['FIPS', { region: 'us-east-1', useFipsEndpoint: true }],
    ['both', { region: 'us-gov-east-1', useDualstackEndpoint: true, useFipsEndpoint: true }],
    ['an endpoint', { region: 'eu-west-1', endpoint: 'https://storage.example.com:9000' }],
    ['an endpoint that has a path', { endpoint: 'http://storage.example.com/s3/' }],
    ['an endpoint by its number', { region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' }],
    ['an endpoint named like a bucket', { endpoint: 'http://the-first.example.com' }],
  ];
  const NAMES = [
    'bucket-1',
    'abc',
    'with.dots.1',
    'a'.repeat(63),
    '123',
    '0-0',
    'the-first',
    's3-eu-west-1',
    'ap-s3alias-x',
  ];

  /** A client that sends nothing, and what it would have sent. */
  function recorded<C>(make: (requestHandler: { handle: (request: HttpRequest) => unknown }) => C) {
    const sent: HttpRequest[] = [];
    const handle = async (request: HttpRequest) => {
      sent.push(request);
      return { response: new HttpResponse({ statusCode: 200, headers: {}, body: new Uint8Array() }) };
    };
    return { client: make({ handle }), sent };
  }
  /** A request, but for what no two have in common: its id, and so its signature. */
  const without = ({ headers, ...request }: HttpRequest) => {
    const { 'amz-sdk-invocation-id': id, authorization = '', ...rest } = headers;
    expect(id).toMatch(/^[\da-f-]{36}$/);
    return { ...request, headers: { ...rest, authorization: authorization.replace(/=[\da-f]{64}$/, '') } };
  };
  /** The signature is that of this very request. */
  async function isSigned({ client, sent }: { client: S3Client | IAMClient; sent: HttpRequest[] }) {
    const request = sent.at(-1) as HttpRequest;
    const { authorization = '' } = request.headers;
    const signer = await client.config.signer();
    const again = await signer.sign(HttpRequest.clone(request), { signingDate: new Date() });
    expect((again as HttpRequest).headers.authorization).toBe(authorization);
  }
  beforeEach(() => jest.useFakeTimers({ now: new Date('2026-11-29T10:00:00Z'), doNotFake: NOT_THE_CLOCK }));
  afterEach(() => jest.useRealTimers());

  test.each(PLACES)('of S3: %s', async (_, config) => {
    const send = jest.spyOn(S3Client.prototype, 'send');
    const connect = (requestHandler: object) =>
      s3Service.connect({ ...SHARED, ...config, requestHandler } as never) as S3Client;
    const own = recorded(connect);
    const quick = recorded((requestHandler) => quickened(connect(requestHandler)));
    await quick.client.send(about('acl', 'the-first'));
    for (const name of NAMES) {
      await own.client.send(about('acl', name));
      await quick.client.send(about('acl', name));
      expect(without(quick.sent.at(-1) as HttpRequest)).toEqual(without(own.sent.at(-1) as HttpRequest));
      await isSigned(quick);
    }
    // A host for each bucket would be a connection for each.
    expect(new Set(own.sent.map(({ hostname }) => hostname)).size).toBe(1);
    // A path before the bucket's is the only one in which the name has no place that is known.
    const isKnown = !config.endpoint?.toString().endsWith('/s3/');
    const slowly = send.mock.contexts.filter((one) => one === quick.client);
    expect(slowly).toHaveLength(isKnown ? 1 : 1 + NAMES.length);
  });

  const USERS = ['ann', 'bob@example.com', 'a+b=c,d.e_f', 'UserName', 'x'.repeat(64)];
  test.each(['us-east-1', 'cn-north-1', 'us-gov-west-1'])('of IAM: %s', async (region) => {
    const own = recorded((requestHandler) => new IAMClient({ ...SHARED, region, requestHandler } as never));
    const quick = recorded((requestHandler) =>
      quickened(new IAMClient({ ...SHARED, region, requestHandler } as never)),
    );
    const keys = (UserName: string) => new ListAccessKeysCommand({ UserName, MaxItems: 1000 });
    await quick.client.send(keys('the-first'));
    for (const name of USERS) {
      await own.client.send(keys(name));
      await quick.client.send(keys(name));
      expect(without(quick.sent.at(-1) as HttpRequest)).toEqual(without(own.sent.at(-1) as HttpRequest));
      await isSigned(quick);
    }
  });
});

const NOT_THE_CLOCK = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

describe('IAM', () => {
  const page = (inner: string) =>
    `<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccessKeysResult>${inner}</ListAccessKeysResult><ResponseMetadata><RequestId>R1</RequestId></ResponseMetadata></ListAccessKeysResponse>`;
  const key = (id: string) =>
    `<AccessKeyMetadata><member><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><CreateDate>2026-01-01T00:00:00Z</CreateDate></member></AccessKeyMetadata>`;
  const refused = (status: number, code: string): Answer => ({
    status,
    body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>It is ${code}.</Message></Error><RequestId>R1</RequestId></ErrorResponse>`,
  });
  const allKeys = (client: IAMClient, UserName: string) =>
    allPages(paginateListAccessKeys({ client, pageSize: 1000 }, { UserName }), 'AccessKeyMetadata');

  test.each<[title: string, answers: readonly Answer[]]>([
    ['keys', [{ body: page(`${key('AKIA1')}<IsTruncated>false</IsTruncated>`) }]],
    ['no keys', [{ body: page('<AccessKeyMetadata/><IsTruncated>false</IsTruncated>') }]],
    [
      'two pages',
      [
        { body: page(`${key('AKIA1')}<IsTruncated>true</IsTruncated><Marker>m</Marker>`) },
        { body: page(`${key('AKIA2')}<IsTruncated>false</IsTruncated>`) },
      ],
    ],
    ['no such user', [refused(404, 'NoSuchEntity')]],
    ['a denial', [refused(403, 'AccessDenied')]],
  ])('%s', async (_, all) => {
    answers = { 'ann@example.com': all };
    const { plainly, quickly, calls } = await both(() => open().iam, allKeys, 'ann@example.com');
    expect(quickly).toEqual(plainly);
    expect(calls).toEqual([all.length, all.length]);
  });

  test.each([
    [400, 'Throttling'],
    [503, 'ServiceUnavailable'],
    [403, 'InvalidClientTokenId'],
    [403, 'ExpiredToken'],
  ])('%i %s: the client asks again', async (status, code) => {
    answers = { ann: [refused(status, code)] };
    const { plainly, quickly, calls } = await both(() => open().iam, allKeys, 'ann');
    expect(quickly).toEqual(plainly);
    expect(calls[1]).toBe(calls[0] + 1);
  });

  test('pages of another size are asked for as they are meant', async () => {
    const client = quickened(open().iam);
    const sizes = [1000, 1000, 7];
    for (const MaxItems of sizes) await client.send(new ListAccessKeysCommand({ UserName: 'ann', MaxItems }));
    expect(asked.map(({ body }) => new URLSearchParams(body).get('MaxItems'))).toEqual(sizes.map(String));
  });
});

const hoursOf = (date = '') =>
  Math.floor(Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5')) / 3_600_000 + 0.01);

test("what a service is asked with stays as it is, where it is no client of the SDK's", () => {
  const services = new Set(ASKS.map(({ service }) => service));
  const others = [...services]
    .map(({ connect }) => connect({ region: 'us-east-1' } as never))
    .filter((one) => quickened(one) === one && !(one instanceof Client));
  expect(others.map((one) => one?.constructor.name)).toEqual(['RootSessions']);
});
