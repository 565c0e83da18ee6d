import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { openLiveAccount } from '../../account/live/open.ts';
import { readingOf } from '../support/readings.ts';
import { MOTO_ACCOUNT, useMoto } from './support/moto.ts';

jest.setTimeout(60_000);
const moto = useMoto();

const makeBucket = (Bucket: string) =>
  new S3Client({ ...moto.client(), forcePathStyle: true }).send(new CreateBucketCommand({ Bucket }));

/** The credentials of a new user who may do this, and nothing else, once policies are enforced. */
async function auditorWith(Action: string) {
  const iam = new IAMClient(moto.client());
  const auditor = { UserName: 'auditor' };
  await iam.send(new CreateUserCommand(auditor));
  await iam.send(
    new PutUserPolicyCommand({
      ...auditor,
      PolicyName: 'almost-nothing',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      }),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(auditor));
  return {
    accessKeyId: AccessKey?.AccessKeyId as string,
    secretAccessKey: AccessKey?.SecretAccessKey as string,
  };
}

/** A free port, taken for as long as the caller likes. */
async function listen() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, close: () => promisify(server.close.bind(server))() };
}
describe('what IAM denies', () => {
  test('is an AccessDenied that names the API, the resource and the permission', async () => {
    await makeBucket('moonjar-payroll');
    const credentials = await auditorWith('sts:GetCallerIdentity');
    await moto.enforcePoliciesAfter(0);
    const { source } = await openLiveAccount({
      endpointUrl: moto.endpoint,
      region: ['eu-west-1'],
      config: { credentials },
    });

    await expect(
      source.read(readingOf('s3:GetPublicAccessBlock'), { id: 'moonjar-payroll' }),
    ).rejects.toMatchObject({
      code: 'AccessDenied',
      api: 's3:GetPublicAccessBlock',
      resource: 'moonjar-payroll',
      message: expect.stringMatching(
        /s3:GetPublicAccessBlock of moonjar-payroll.*s3:GetBucketPublicAccessBlock/,
      ),
    });
    await expect(
      source.read(readingOf('ec2:DescribeSecurityGroups'), { region: 'eu-west-1' }),
    ).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(
        /ec2:DescribeSecurityGroups in eu-west-1.*Allow ec2:DescribeSecurityGroups/,
      ),
    });
  });
});

describe('opening the account of the credentials', () => {
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
    const { AWS_ENDPOINT_URL: _, ...environment } = moto.environment();
    Object.assign(process.env, environment);
  });
  afterEach(() => {
    process.env = before;
  });

  test('finds the account, and every Region that it has enabled', async () => {
    const { accountId, regions, source } = await openLiveAccount({ endpointUrl: moto.endpoint });
    expect(accountId).toBe(MOTO_ACCOUNT);
    expect(regions).toEqual(expect.arrayContaining(['ap-northeast-2', 'eu-west-1', 'us-east-1']));
    expect(source.regions).toEqual(regions);
  });

  test('AWS_ENDPOINT_URL does what --endpoint-url does, S3 and its account settings included', async () => {
    await makeBucket('moonjar-environment');
    process.env.AWS_ENDPOINT_URL = moto.endpoint;
    const { source, regions } = await openLiveAccount({ region: ['us-east-1'] });
    expect(regions).toEqual(['us-east-1']);
    expect(await source.read(readingOf('s3:GetBucketLocation'), { id: 'moonjar-environment' })).toBeTruthy();
    expect(await source.read(readingOf('s3control:GetPublicAccessBlock'))).toBeNull();
  });

  test('says what to do where the Regions may not be listed', async () => {
    const credentials = await auditorWith('sts:GetCallerIdentity');
    await moto.enforcePoliciesAfter(0);
    const options = { endpointUrl: moto.endpoint, config: { credentials } };
    await expect(openLiveAccount(options)).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(/^ec2:DescribeRegions: .*Allow ec2:DescribeRegions.*--region/),
    });
    expect((await openLiveAccount({ ...options, region: ['eu-west-1'] })).accountId).toBe(MOTO_ACCOUNT);
  });

  // In a process of its own: jest's errors of connections are not the `Error`s that the SDK looks for.
  test('says that nobody listens at the endpoint', async () => {
    const { port, close } = await listen();
    await close();
    const program = `
      import { openLiveAccount } from './account/live/open.ts';
      const options = { endpointUrl: 'http://127.0.0.1:${port}', config: { maxAttempts: 1 } };
      openLiveAccount(options).catch(({ code, message }) => console.log(JSON.stringify({ code, message })));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type', 'module', '--eval', program],
      { env: process.env },
    );
    expect(JSON.parse(stdout)).toEqual({
      code: 'NetworkError',
      message: expect.stringMatching(/^sts:GetCallerIdentity: .*ECONNREFUSED.*endpoint/),
    });
  });

  test('says that the endpoint is no address', async () => {
    await expect(openLiveAccount({ endpointUrl: 'moto' })).rejects.toMatchObject({ code: 'NetworkError' });
  });

  test('says that the profile does not exist', async () => {
    await expect(openLiveAccount({ profile: 'nobody', endpointUrl: moto.endpoint })).rejects.toMatchObject({
      code: 'CredentialsError',
      message: expect.stringMatching(/nobody/),
    });
  });
});
