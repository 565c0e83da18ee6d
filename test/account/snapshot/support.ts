import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SecurityGroup } from '../../../account/services/ec2/readings.ts';

export const ACCOUNT = '111122223333';

/** Files by path: objects become JSON, and a name that ends in `.gz` is compressed. */
export type Files = Readonly<Record<string, unknown>>;

const made: string[] = [];
/** After the tests of a file: `afterAll(removeFolders)`. */
export const removeFolders = async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
};

/** Writes files below a new folder, and gives its path. */
export async function folderOf(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-test-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    const bytes = Buffer.isBuffer(content) || typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(file, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  }
  return folder;
}

/** An account's folder with these files in it. */
export async function accountFolder(files: Files): Promise<string> {
  const named = Object.entries(files).map(([name, content]) => [`${ACCOUNT}/${name}`, content]);
  const folder = join(await folderOf(Object.fromEntries(named)), ACCOUNT);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** A group, and the first port of its first permission: `sg-a:443`. */
export const groupAndPort = ({ id, ingress: [first] }: SecurityGroup) =>
  `${id}:${first && ('problem' in first ? first.problem : first.fromPort)}`;

/** A configuration item as a Config snapshot file has it. */
export const item = (type: string, id: string, more: Record<string, unknown> = {}) => ({
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: '2026-11-01T00:00:00.000Z',
  configurationStateId: 1_793_491_200_000,
  awsAccountId: ACCOUNT,
  configurationItemStatus: 'OK',
  resourceType: type,
  resourceId: id,
  awsRegion: 'us-east-1',
  tags: {},
  relatedEvents: [],
  relationships: [{ resourceType: 'AWS::EC2::VPC', resourceId: 'vpc-1', name: 'Is contained in Vpc' }],
  configuration: null,
  supplementaryConfiguration: {},
  ...more,
});

/** A security group that lets everyone reach one TCP port. */
export const groupItem = (id: string, port: number, more: Record<string, unknown> = {}) =>
  item('AWS::EC2::SecurityGroup', id, {
    resourceName: `name of ${id}`,
    configuration: {
      groupId: id,
      groupName: `name of ${id}`,
      ipPermissions: [
        {
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }],
          ipRanges: ['0.0.0.0/0'],
        },
      ],
    },
    ...more,
  });

/** The same group as `aws ec2 describe-security-groups` prints it. */
export const describedGroup = (id: string, port: number) => ({
  GroupId: id,
  GroupName: `name of ${id}`,
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
});

export const gone = (status: string, at: string) => ({
  configurationItemStatus: status,
  configurationItemCaptureTime: at,
  configuration: null,
});

export const snapshotFile = (...items: unknown[]) => ({
  fileVersion: '1.0',
  configSnapshotId: 'f1d1a1b2-0000-4000-8000-000000000000',
  configurationItems: items,
});

export async function listed<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** What comes before the error, if there is one, and the error. */
export async function listedUntil<T>(values: AsyncIterable<T>): Promise<{ values: T[]; error?: Error }> {
  const all: T[] = [];
  try {
    for await (const value of values) all.push(value);
  } catch (error) {
    return { values: all, error: error as Error };
  }
  return { values: all };
}

/** The direct readings' time, and capture times before and after it. */
export const COLLECTED = { 'collected.json': { collectedAt: '2026-11-10T00:00:00Z' } };
export const OLDER = { configurationItemCaptureTime: '2026-11-09T00:00:00.000Z' };
export const NEWER = { configurationItemCaptureTime: '2026-11-11T00:00:00.000Z' };
export const LATER = '2026-11-12T00:00:00.000Z';

/** Where the files of a Region lie. */
export const DESCRIBED = 'us-east-1/ec2/describe-security-groups.json';
export const CONFIG = 'us-east-1/config/snapshot.json';

/** A bucket that everyone may read, with a policy. */
export const bucketItem = (id: string, more: Record<string, unknown> = {}) =>
  item('AWS::S3::Bucket', id, {
    configuration: { name: id },
    supplementaryConfiguration: {
      AccessControlList: '{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}',
      BucketPolicy: { policyText: '{"Statement":"item"}' },
    },
    ...more,
  });
