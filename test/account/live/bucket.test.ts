/** What a bucket's objects are read by, against a server that answers as S3 does. */
import { S3Client } from '@aws-sdk/client-s3';
import { openBucket } from '../../../account/live/bucket.ts';
import { openStore } from '../../../deploy/fleet/store.ts';
import { etagOf, refuse, type S3Server, serveBucket } from '../../support/s3-server.ts';

let server: S3Server;
const before = { ...process.env };
beforeEach(async () => {
  server = await serveBucket('logs', 2);
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'us-east-1' },
  });
});
afterEach(async () => {
  await server.stop();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

const open = (name = 'logs') => openBucket(name, { endpointUrl: server.endpoint }, async () => {});
const CONTENT = Buffer.from('0123456789'.repeat(100_000));
const stored = (key: string) => {
  server.objects.set(key, CONTENT);
  return { key, size: CONTENT.length, etag: etagOf(CONTENT) };
};
async function readAll(object: ReturnType<typeof stored>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await open()).read(object)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('a list has all pages, and counts them', async () => {
  for (const key of ['a/1', 'a/2', 'a/b/3', 'a/c/4', 'a/d/5', 'z']) server.objects.set(key, Buffer.from(key));
  const bucket = await open();
  expect(await bucket.list('a/', 'level')).toEqual({
    folders: ['a/b/', 'a/c/', 'a/d/'],
    objects: ['a/1', 'a/2'].map((key) => ({ key, size: 3, etag: etagOf(Buffer.from(key)) })),
  });
  expect((await bucket.list('a/')).objects.map(({ key }) => key)).toEqual([
    'a/1',
    'a/2',
    'a/b/3',
    'a/c/4',
    'a/d/5',
  ]);
  expect(bucket.asked).toEqual({ lists: 6, gets: 0, bytes: 0 });
});

const XML = { 'content-type': 'application/xml' };
test.each([
  [
    'a proxy’s page',
    '<!doctype html><html><body><h1>Sign in</h1></body></html>',
    'the answer is no list of objects',
  ],
  ['a page that is well-formed', '<html><body>Sign in</body></html>', 'the answer is no list of objects'],
  ['nothing', '', 'the answer is no list of objects'],
  [
    'a list that was cut and does not say where it goes on',
    '<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>a/1</Key></Contents></ListBucketResult>',
    'the answer goes on (IsTruncated)',
  ],
  [
    'a list that goes on for ever',
    '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>',
    'the answer goes on (IsTruncated, NextContinuationToken)',
  ],
])('%s is no whole list of objects, though its status is 200', async (_, body, message) => {
  server.before = (__, outgoing) => {
    outgoing.writeHead(200, XML).end(body);
    return true;
  };
  const wrong = { code: 'IncompleteAnswer', message: expect.stringContaining(message) };
  const listed = (await open()).list('AWSLogs/', 'level');
  await expect(listed).rejects.toMatchObject({ name: 'LiveError', ...wrong });
  await expect(listed).rejects.toThrow('s3://logs/AWSLogs/: s3:ListObjectsV2: ');
  const client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true });
  const stored = async () => {
    for await (const { key } of openStore(client, 'logs').list('days/')) expect(key).toBe('none');
  };
  await expect(stored()).rejects.toThrow('s3:ListObjectsV2 of s3://logs/days/: ');
});

test.each([
  [301, 'PermanentRedirect'],
  [400, 'AuthorizationHeaderMalformed'],
  [400, 'IllegalLocationConstraintException'],
])('a bucket of another Region is asked there, and stays there: %s %s', async (status, code) => {
  const regions: unknown[] = [];
  server.before = (_, outgoing, { headers }) => {
    const [, region] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(headers.authorization)) ?? [];
    regions.push(region);
    const elsewhere = { 'x-amz-bucket-region': 'eu-west-1' };
    return (
      region === 'us-east-1' && refuse(outgoing, status as number, code as string, 'elsewhere', elsewhere)
    );
  };
  const bucket = await open();
  await bucket.list('');
  await bucket.list('');
  expect(regions).toEqual(['us-east-1', 'eu-west-1', 'eu-west-1']);
});

test('what breaks off goes on where it was, and is the same object', async () => {
  const object = stored('x');
  const ranges: unknown[] = [];
  server.before = (_, outgoing, { headers }) => {
    ranges.push([headers.range, headers['if-match']]);
    if (ranges.length > 2) return false;
    const from = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
    outgoing.writeHead(headers.range ? 206 : 200, { 'content-length': CONTENT.length - from });
    outgoing.write(CONTENT.subarray(from, from + 300_000), () => setTimeout(() => outgoing.destroy(), 50));
    return true;
  };
  expect((await readAll(object)).equals(CONTENT)).toBe(true);
  expect(ranges).toEqual([
    [undefined, object.etag],
    ['bytes=300000-', object.etag],
    ['bytes=600000-', object.etag],
  ]);
});

test('one that never comes is given up', async () => {
  const object = stored('x');
  server.before = (_, outgoing) => {
    outgoing.writeHead(200, { 'content-length': CONTENT.length }).flushHeaders();
    setTimeout(() => outgoing.destroy(), 10);
    return true;
  };
  await expect(readAll(object)).rejects.toMatchObject({
    name: 'LiveError',
    message: expect.stringMatching(/^s3:\/\/logs\/x: /),
  });
  expect(server.asked).toHaveLength(4);
});

const ACCESS = 'User: arn:aws:iam::111122223333:user/kim is not authorized to perform';
test.each<
  [situation: string, status: number, code: string, says: string, expected: [code: string, message: string]]
>([
  [
    'a key',
    403,
    'AccessDenied',
    `${ACCESS}: s3:GetObject`,
    ['AccessDenied', 'Allow s3:GetObject on arn:aws:s3:::logs/x'],
  ],
  [
    'the key of its encryption',
    403,
    'AccessDenied',
    `${ACCESS}: kms:Decrypt on the resource`,
    ['AccessDenied', 'Allow kms:Decrypt with the key that encrypts s3://logs/x'],
  ],
  [
    'an archived object',
    403,
    'InvalidObjectState',
    'not valid for the storage class',
    ['InvalidObjectState', 'restore it'],
  ],
  ['one that is gone', 404, 'NoSuchKey', 'does not exist', ['NoSuchKey', 'deleted after it was listed']],
])('%s that may not be read is named, with what it takes', async (_, status, code, says, [as, message]) => {
  const object = stored('x');
  server.before = (_asked, outgoing) => refuse(outgoing, status, code, says);
  await expect(readAll(object)).rejects.toMatchObject({
    name: 'LiveError',
    code: as,
    message: expect.stringContaining(message),
  });
});

test('an object that was replaced since the list is not read', async () => {
  const object = stored('x');
  server.objects.set('x', Buffer.from('another'));
  await expect(readAll(object)).rejects.toMatchObject({
    code: 'PreconditionFailed',
    message: 's3://logs/x: was replaced while it was read: run this again',
  });
});

test('a list that is refused names bucket, prefix and permission; a bucket that is not there is said to be so', async () => {
  await expect((await open('nowhere')).list('')).rejects.toMatchObject({
    code: 'NoSuchBucket',
    message: 's3://nowhere: there is no such bucket',
  });
  server.before = (_, outgoing) => refuse(outgoing, 403, 'AccessDenied', 'no');
  await expect((await open()).list('p/AWSLogs/')).rejects.toMatchObject({
    code: 'AccessDenied',
    message: expect.stringMatching(
      /^s3:\/\/logs\/p\/AWSLogs\/: access denied .*s3:ListBucket on arn:aws:s3:::logs with the prefix p\/AWSLogs\//,
    ),
  });
});
