/** The bucket that AWS Config delivers to, as what `groundrules evaluate` is given. */
import { type DeliveryPlace, deliveryPlace } from '../../account/snapshot/bucket.ts';
import { isInS3, s3Place } from '../evaluate/s3-place.ts';
import { UsageError } from '../program/errors.ts';
import { choiceOf, type FleetChoice, type FleetOptions } from './choice.ts';

/** A bucket, and where in it to look. */
export interface GivenBucket {
  /** As it was given. */
  readonly path: string;
  readonly bucket: string;
  readonly place: DeliveryPlace;
}

export interface DeliveryChoice {
  readonly buckets: readonly GivenBucket[];
  readonly fleet: FleetChoice;
}

/**
 * Reads what was given as `s3://…`.
 *
 * @returns `undefined` where nothing was.
 * @throws {UsageError} where it is no place of AWS Config's, or the options are of something else.
 */
export function readDelivery(paths: readonly string[], options: FleetOptions): DeliveryChoice | undefined {
  const inS3 = paths.filter(isInS3);
  if (inS3.length === 0) return undefined;
  const other = paths.find((path) => !isInS3(path));
  if (other !== undefined) {
    throw new UsageError({
      en: `${inS3[0]}: a bucket is judged alone: evaluate ${other} by itself`,
      ko: `${inS3[0]}: 버킷은 따로 판정합니다. ${other}은(는) 별도로 평가하십시오`,
    });
  }
  refuseOther(options);
  const buckets = [...new Set(inS3)].map(givenBucket);
  return { buckets, fleet: choiceOf({ ...options, organization: false }) };
}

/** @throws {UsageError} for what is no place of AWS Config's. */
export function givenBucket(path: string): GivenBucket {
  const { bucket, key } = s3Place(path, path);
  const place = deliveryPlace(key);
  if (place) return { path, bucket, place };
  throw new UsageError({
    en: `${path}: expected the bucket, with the prefix that the delivery channel has, or of what is below AWSLogs/ an account, a Region of it (…/Config/us-east-1) or a file`,
    ko: `${path}: 버킷(전송 채널의 접두사 포함)이나, AWSLogs/ 아래의 계정, 계정의 리전(…/Config/us-east-1), 파일이어야 합니다`,
  });
}

/** Options that go to live accounts. */
function refuseOther({
  organization,
  ou,
  roleName,
  externalId,
  sessionDuration,
  sessionTag,
}: FleetOptions): void {
  const given = Object.entries({
    '--organization': organization,
    '--ou': ou,
    '--role-name': roleName,
    '--external-id': externalId,
    '--session-duration': sessionDuration,
    '--session-tag': sessionTag,
  }).find(([, value]) => value !== undefined);
  if (!given) return;
  throw new UsageError({
    en: `${given[0]}: a bucket has its accounts (--account and --exclude choose among them), and is read with the credentials of the caller`,
    ko: `${given[0]}: 계정은 버킷에 있는 계정이며(--account, --exclude로 선택), 버킷은 호출자의 자격 증명으로 읽습니다`,
  });
}
