/**
 * One answer of the `aws` command by itself (`aws ec2 describe-security-groups > groups.json`): known by its shape, and held to
 * what it says of its account and Region.
 */
import { type Fields, isFields } from '../../config/items/fields.ts';
import type { Reading } from '../reading.ts';
import { trails } from '../services/cloudtrail/readings.ts';
import { securityGroups } from '../services/ec2/readings.ts';
import { accessKeys, accountSummary, users, virtualMfaDevices } from '../services/iam/readings.ts';
import { buckets } from '../services/s3/readings.ts';

/** What an answer is, and whose. */
export interface Answer {
  readonly reading: Reading;
  /** As the command prints it whole: what `--query` cut out is put back into its member. */
  readonly value: unknown;
  /** Of the resource, for a reading that is asked about one. */
  readonly id?: string;
  /** Accounts and Regions that its resources say they are of. None: the answer doesn't say. */
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
}

interface Shape {
  readonly reading: Reading;
  /** The list or the object that the answer is. */
  readonly member: string;
  /** By which an element of the list is known, when `--query` left nothing else. */
  readonly element?: readonly string[];
  /** The elements' ARNs, which tell Region and account. */
  readonly arn?: (element: Fields) => unknown;
  readonly accountId?: (element: Fields) => unknown;
  readonly region?: (element: Fields) => unknown;
  /** The resource that the answer is about, for readings of one. */
  readonly id?: (element: Fields) => unknown;
}

const SHAPES: readonly Shape[] = [
  {
    reading: securityGroups,
    member: 'SecurityGroups',
    element: ['GroupId', 'IpPermissions'],
    arn: ({ SecurityGroupArn }) => SecurityGroupArn,
    accountId: ({ OwnerId }) => OwnerId,
  },
  { reading: buckets, member: 'Buckets', element: ['Name', 'CreationDate'] },
  {
    reading: users,
    member: 'Users',
    element: ['UserName', 'UserId', 'Arn'],
    arn: ({ Arn }) => Arn,
  },
  { reading: accountSummary, member: 'SummaryMap', element: ['AccountMFAEnabled'] },
  {
    reading: virtualMfaDevices,
    member: 'VirtualMFADevices',
    element: ['SerialNumber', 'EnableDate'],
    arn: ({ SerialNumber }) => SerialNumber,
  },
  {
    reading: accessKeys,
    member: 'AccessKeyMetadata',
    element: ['AccessKeyId', 'UserName', 'Status'],
    id: ({ UserName }) => UserName,
  },
  {
    reading: trails,
    member: 'trailList',
    element: ['TrailARN', 'S3BucketName'],
    // An organization's trail is of another account, which it shows; a trail of several Regions shows in each of them.
    accountId: ({ IsOrganizationTrail, TrailARN }) =>
      IsOrganizationTrail ? undefined : arnPart(TrailARN, 4),
    region: ({ HomeRegion, IsMultiRegionTrail }) => (IsMultiRegionTrail === false ? HomeRegion : undefined),
  },
];

/** The reading that an object of these members is an answer of: as printed, or one element of its list. */
export const answerOf = (keys: readonly string[]): Reading | undefined =>
  SHAPES.find(({ member, element }) => keys.includes(member) || isElement(keys, element))?.reading;

/** The reading of whose list an element with these members is one. */
export const listOf = (keys: readonly string[]): Reading | undefined =>
  SHAPES.find(({ element }) => isElement(keys, element))?.reading;

const isElement = (keys: readonly string[], element: readonly string[] | undefined) =>
  element?.every((field) => keys.includes(field)) ?? false;

/** Reads an answer that {@link answerOf} or {@link listOf} knows. */
export function readAnswer(reading: Reading, value: unknown): Answer {
  const shape = SHAPES.find((one) => one.reading === reading) as Shape;
  const { member } = shape;
  const isWhole = isFields(value) && member in value;
  const list = isWhole ? value[member] : value;
  const elements = (Array.isArray(list) ? list : [list]).filter(isFields);
  const valuesOf = (field: ((element: Fields) => unknown) | undefined) =>
    field ? elements.map(field).filter((one): one is string => typeof one === 'string' && one !== '') : [];
  const arns = valuesOf(shape.arn);
  const [id] = valuesOf(shape.id);
  const whole = member === 'SummaryMap' || Array.isArray(value) ? value : [value];
  return {
    reading,
    value: isWhole ? value : { [member]: whole },
    ...(id !== undefined && { id }),
    accountIds: unique([...valuesOf(shape.accountId), ...arns.map((arn) => arnPart(arn, 4))], /^\d{12}$/),
    regions: unique([...valuesOf(shape.region), ...arns.map((arn) => arnPart(arn, 3))], /./),
  };
}

/** `arn:aws:ec2:us-east-1:123456789012:security-group/sg-1`: part 3 is the Region, part 4 the account. */
const arnPart = (arn: unknown, part: number): string =>
  (typeof arn === 'string' && arn.startsWith('arn:') && arn.split(':')[part]) || '';

const unique = (values: readonly string[], form: RegExp) =>
  [...new Set(values)].filter((value) => form.test(value)).sort();
