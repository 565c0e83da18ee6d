/** Counts what an account has, from where it can be read: lists, IAM's own summary, AWS Config's files. */
import type { AnyAccount } from '../../account/account.ts';
import { AccountError, IncompleteListError, OWN_CODES, partial } from '../../account/errors.ts';
import { trails } from '../../account/services/cloudtrail/readings.ts';
import {
  launchTemplateVersions,
  instances as machines,
  securityGroups,
} from '../../account/services/ec2/readings.ts';
import { loadBalancers } from '../../account/services/elbv2/readings.ts';
import { accountSummary, users } from '../../account/services/iam/readings.ts';
import { clusters, instances } from '../../account/services/rds/readings.ts';
import { everyBucket } from '../../account/services/s3/buckets.ts';
import { type ConfigFile, itemsOf } from '../../account/snapshot/config-files.ts';
import { captureTimeOf, readEnvelope } from '../../account/snapshot/envelope.ts';
import { isThere } from '../../account/snapshot/survey.ts';
import { Counts, GLOBAL } from './counts.ts';

/** What IAM counts itself, by its name for it. AWS Config records customer managed policies alone, as IAM counts them. */
const SUMMARY = {
  Users: 'AWS::IAM::User',
  Groups: 'AWS::IAM::Group',
  Roles: 'AWS::IAM::Role',
  Policies: 'AWS::IAM::Policy',
  ServerCertificates: 'AWS::IAM::ServerCertificate',
} as const;

/**
 * The resources that there is a reading for. What cannot be read stays unknown.
 *
 * @param home where buckets are taken to be whose Region nobody knows.
 */
export async function countAccount(
  account: AnyAccount,
  regions: readonly string[],
  home: string,
): Promise<Counts> {
  const counts = new Counts();
  await countGlobal(account, counts, home);
  for (const region of regions) {
    if (account.regions.includes(region)) await countRegion(account, counts, region);
  }
  return counts;
}

async function countGlobal(account: AnyAccount, counts: Counts, home: string): Promise<void> {
  const summary = await partial(account.read(accountSummary).then((one) => [one]));
  for (const [name, type] of Object.entries(SUMMARY)) {
    const count = summary.values[0]?.[name];
    if (count !== undefined) setGlobal(counts, type, count);
    else counts.unknown(type, GLOBAL, whyNot(summary));
  }
  // The list says it for a snapshot without the summary, and is the newer one where AWS Config's items are.
  const listed = await partial(account.read(users));
  if (isWhole(listed)) setGlobal(counts, 'AWS::IAM::User', listed.values.length + listed.errors.length);
  else counts.unknown('AWS::IAM::User', GLOBAL, whyNot(listed));

  const buckets = await partial(everyBucket(account));
  if (!isWhole(buckets)) return counts.unknown('AWS::S3::Bucket', GLOBAL, whyNot(buckets));
  counts.complete('AWS::S3::Bucket');
  const places = [
    ...buckets.values.map(({ region }) => (region === GLOBAL ? home : region)),
    ...buckets.errors.map(({ about }) => (about?.region === GLOBAL || !about ? home : about.region)),
  ];
  for (const place of places) {
    counts.set('AWS::S3::Bucket', place, (counts.get('AWS::S3::Bucket', place) ?? 0) + 1);
  }
}

/** For a type without a Region, no other source counts. */
function setGlobal(counts: Counts, type: string, count: number): void {
  counts.set(type, GLOBAL, count);
  counts.complete(type);
}

async function countRegion(account: AnyAccount, counts: Counts, region: string): Promise<void> {
  const listed = await partial(account.read(trails, { region }));
  // A Region shows the shadows of trails that are at home elsewhere, and of the organization's.
  const own = listed.values.filter(
    ({ homeRegion, arn }) => homeRegion === region && arn.split(':')[4] === account.id,
  );
  note(counts, 'AWS::CloudTrail::Trail', region, { count: own.length, errors: listed.errors });
  const groups = account.each(securityGroups, { region });
  note(counts, 'AWS::EC2::SecurityGroup', region, await lengthOf(groups));
  note(counts, 'AWS::EC2::Instance', region, await lengthOf(account.each(machines, { region })));
  const versions = await partial(account.read(launchTemplateVersions, { region }));
  const templates = new Set([
    ...versions.values.map(({ id }) => id),
    ...versions.errors.map(({ about }) => about?.id),
  ]);
  note(counts, 'AWS::EC2::LaunchTemplate', region, {
    count: templates.size - versions.errors.length,
    errors: versions.errors,
  });
  note(counts, 'AWS::RDS::DBInstance', region, await lengthOf(account.each(instances, { region })));
  note(counts, 'AWS::RDS::DBCluster', region, await lengthOf(account.each(clusters, { region })));
  const balancers = account.each(loadBalancers, { region });
  note(counts, 'AWS::ElasticLoadBalancingV2::LoadBalancer', region, await lengthOf(balancers));
}

/** How much there is of a list. */
interface Length {
  readonly count: number;
  /** Why there may be more. */
  readonly errors: readonly AccountError[];
}

/** Without keeping what is in it: an account may have a million security groups. */
async function lengthOf(list: AsyncIterable<unknown>): Promise<Length> {
  let count = 0;
  try {
    for await (const _ of list) count++;
    return { count, errors: [] };
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    if (!(error instanceof IncompleteListError)) return { count, errors: [error] };
    return { count: count + error.rest.length, errors: error.errors };
  }
}

/** Whether all that cannot be read is of a resource each, so that it counts nevertheless. */
const isWhole = ({ errors }: Pick<Length, 'errors'>): boolean =>
  errors.every(({ about }) => about !== undefined);

/** That nobody collected it needs no message. */
function whyNot({ errors }: Pick<Length, 'errors'>): string | undefined {
  const error = errors.find(({ about }) => !about) ?? errors[0];
  return error?.code === OWN_CODES.notCollected ? undefined : error?.message;
}

function note(counts: Counts, type: string, region: string, length: Length): void {
  if (isWhole(length)) counts.set(type, region, length.count + length.errors.length);
  else counts.unknown(type, region, whyNot(length));
}

/** What Config files say of an account. */
export interface FileCounts {
  readonly regions: readonly string[];
  readonly counts: Counts;
}

/**
 * The resources in AWS Config snapshot and history files, by account: those whose newest item says that they are there. A
 * type that no item is of stays unknown, as AWS Config may not record it. Takes about a hundred bytes of memory a resource.
 *
 * @throws {SnapshotError} for a file that cannot be read to its end.
 */
export async function countConfigFiles(files: readonly ConfigFile[]): Promise<Map<string, FileCounts>> {
  const newest = new Map<string, { readonly at: number; readonly there: boolean }>();
  for (const file of files) {
    for await (const elements of itemsOf(file)) {
      for (const { bytes } of elements) {
        const envelope = readEnvelope(bytes);
        const { accountId, region, type, id } = envelope;
        if (!accountId || !region || !type || !id) continue;
        const key = [accountId, region, type, id].join('\n');
        const at = captureTimeOf(envelope).getTime();
        // Of two of the same time, which snapshots of two days often have, the one read last.
        if (at >= (newest.get(key)?.at ?? Number.NEGATIVE_INFINITY))
          newest.set(key, { at, there: isThere(envelope) });
      }
    }
  }
  const accounts = new Map<string, { regions: Set<string>; counts: Counts }>();
  for (const [key, { there }] of newest) {
    const [accountId = '', region = '', type = ''] = key.split('\n');
    const account = accounts.get(accountId) ?? { regions: new Set<string>(), counts: new Counts() };
    accounts.set(accountId, account);
    if (region !== GLOBAL) account.regions.add(region);
    account.counts.set(type, region, (account.counts.at(type, region) ?? 0) + Number(there));
  }
  return new Map(
    [...accounts].map(([id, { regions, counts }]) => [id, { regions: [...regions].sort(), counts }]),
  );
}
