/**
 * Writes a believable AWS Config snapshot file of any size, always the same for the same arguments:
 * `tsx bench/generate-snapshot.ts --security-groups 100000 --out /tmp/snapshot.json.gz`
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

export interface GeneratedSnapshot {
  readonly securityGroups: number;
  /** After the groups. */
  readonly buckets?: number;
  /** Share of groups that `sg-open-ports`, and of buckets that `s3-public` finds NON_COMPLIANT with its default parameters, 0 to 1. */
  readonly openShare?: number;
  readonly seed?: number;
  readonly accountId?: string;
  readonly region?: string;
}

const TIERS = ['web', 'api', 'worker', 'cache', 'database', 'batch', 'bastion', 'monitoring'];
const STAGES = ['production', 'staging', 'development'];
const SERVICE_PORTS = [5432, 3306, 6379, 8080, 9090, 2049, 27_017, 11_211];
const ADMIN_PORTS = [22, 3389, 3306, 5432, 6379];

/**
 * The file's text in pieces of many items each, in the form in which AWS Config delivers it to S3 (API,
 * ConfigurationItem).
 */
export function* configSnapshot({
  securityGroups,
  buckets = 0,
  openShare = 0.1,
  seed = 1,
  accountId = '123456789012',
  region = 'us-east-1',
}: GeneratedSnapshot): Generator<string> {
  const random = xorshift(seed);
  yield `{"fileVersion":"1.0","configSnapshotId":"${uuid(random)}","configurationItems":[`;
  let text = '';
  for (let index = 0; index < securityGroups + buckets; index++) {
    const make = index < securityGroups ? securityGroupItem : bucketItem;
    const item = make(index, random() < openShare, random, accountId, region);
    text += (index > 0 ? ',' : '') + JSON.stringify(item);
    if (text.length > 256 * 1024) {
      yield text;
      text = '';
    }
  }
  yield `${text}]}`;
}

function securityGroupItem(
  index: number,
  open: boolean,
  random: () => number,
  accountId: string,
  region: string,
) {
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  // An odd multiplier makes the ids look random; the index keeps them distinct.
  const id = `sg-0${hex(Math.imul(index + 1, 0x9e3779b1) >>> 0, 8)}${hex(index, 8)}`;
  const tier = pick(TIERS);
  const stage = pick(STAGES);
  const captured = new Date(Date.UTC(2026, 9, 1) + Math.floor(random() * 45 * 86_400_000)).toISOString();
  const vpcId = `vpc-0${hex(Math.floor(random() * 12), 16)}`;
  const world = { protocol: 'tcp', from: 443, to: 443, cidr: '0.0.0.0/0', description: 'HTTPS for everyone' };
  const port = pick(SERVICE_PORTS);
  const office = {
    protocol: 'tcp',
    from: port,
    to: port,
    cidr: `10.${Math.floor(random() * 256)}.0.0/16`,
    description: 'from the other subnets',
  };
  const admin = pick(ADMIN_PORTS);
  const hole = { protocol: 'tcp', from: admin, to: admin, cidr: '0.0.0.0/0', description: 'temporary' };
  return {
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: captured,
    configurationStateId: Date.parse(captured),
    awsAccountId: accountId,
    configurationItemStatus: 'OK',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: id,
    resourceName: `${tier}-${stage}-${index}`,
    ARN: `arn:aws:ec2:${region}:${accountId}:security-group/${id}`,
    awsRegion: region,
    availabilityZone: 'Not Applicable',
    configurationStateMd5Hash: '',
    tags: { Name: `${tier}-${stage}`, stage },
    relatedEvents: [],
    relationships: [{ resourceType: 'AWS::EC2::VPC', resourceId: vpcId, name: 'Is contained in Vpc' }],
    configuration: {
      description: `${tier} tier, ${stage}`,
      groupName: `${tier}-${stage}-${index}`,
      ipPermissions: [...(index % 3 === 0 ? [office] : []), open ? hole : world].map(permission),
      ownerId: accountId,
      groupId: id,
      ipPermissionsEgress: [permission({ protocol: '-1', cidr: '0.0.0.0/0' })],
      tags: [{ key: 'Name', value: `${tier}-${stage}` }],
      vpcId,
    },
    supplementaryConfiguration: {},
    resourceTransitionStatus: 'None',
  };
}

function bucketItem(index: number, open: boolean, random: () => number, accountId: string, region: string) {
  const captured = new Date(Date.UTC(2026, 9, 1) + Math.floor(random() * 45 * 86_400_000)).toISOString();
  const name = `data-${hex(Math.imul(index + 1, 0x9e3779b1) >>> 0, 8)}-${index}`;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'TLS', Effect: 'Deny', Principal: '*', Action: 's3:*' },
        Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
  const isBlocked = { blockPublicAcls: !open, ignorePublicAcls: !open, blockPublicPolicy: !open };
  const grants = [{ grantee: { id: 'a'.repeat(64), displayName: null }, permission: 'FullControl' }];
  if (open) grants.push({ grantee: 'AllUsers' as never, permission: 'Read' });
  return {
    ...{ configurationItemVersion: '1.3', configurationItemCaptureTime: captured },
    ...{ configurationStateId: Date.parse(captured), awsAccountId: accountId, configurationItemStatus: 'OK' },
    ...{ resourceType: 'AWS::S3::Bucket', resourceId: name, resourceName: name, ARN: `arn:aws:s3:::${name}` },
    ...{ awsRegion: region, availabilityZone: 'Regional', configurationStateMd5Hash: '' },
    tags: { team: `team-${index % 40}` },
    ...{ relatedEvents: [], relationships: [], resourceCreationTime: captured },
    configuration: { name, owner: { displayName: null, id: 'a'.repeat(64) }, creationDate: captured },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({ grantSet: null, grantList: grants, owner: { id: 'a'.repeat(64) } }),
      BucketAccelerateConfiguration: { status: null },
      BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
      BucketPolicy: { policyText: JSON.stringify(policy) },
      BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
      IsRequesterPaysEnabled: false,
      PublicAccessBlockConfiguration: { ...isBlocked, restrictPublicBuckets: !open },
      ServerSideEncryptionConfiguration: {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256', kmsMasterKeyID: null } }],
      },
    },
    resourceTransitionStatus: 'None',
  };
}

interface Permission {
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  readonly cidr: string;
  readonly description?: string;
}

/** Config repeats the IPv4 ranges as bare strings in `ipRanges` (AWS Config's resource schema). */
const permission = ({ protocol, from, to, cidr, description }: Permission) => ({
  fromPort: from,
  ipProtocol: protocol,
  ipv6Ranges: [],
  prefixListIds: [],
  toPort: to,
  userIdGroupPairs: [],
  ipv4Ranges: [{ cidrIp: cidr, description }],
  ipRanges: [cidr],
});

/** Writes the file, compressed if its name ends in `.gz`. */
export async function writeConfigSnapshot(file: string, snapshot: GeneratedSnapshot): Promise<void> {
  const text = Readable.from(configSnapshot(snapshot));
  const out = createWriteStream(file);
  await (file.endsWith('.gz') ? pipeline(text, createGzip({ level: 1 }), out) : pipeline(text, out));
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const uuid = (random: () => number) =>
  [8, 4, 4, 4, 12].map((digits) => hex(Math.floor(random() * 16 ** digits), digits)).join('-');

/** Marsaglia's xorshift, from 0 to 1: Math.random has no seed. */
function xorshift(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'security-groups': { type: 'string' }, out: { type: 'string' }, seed: { type: 'string' } },
  });
  const securityGroups = Number(values['security-groups']);
  if (!values.out || !Number.isInteger(securityGroups) || securityGroups < 0) {
    console.error('usage: tsx bench/generate-snapshot.ts --security-groups N --out FILE[.gz] [--seed N]');
    process.exitCode = 2;
    return;
  }
  await writeConfigSnapshot(values.out, { securityGroups, seed: Number(values.seed ?? 1) });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main();
