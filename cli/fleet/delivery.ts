/** The bucket that AWS Config delivers to, as what `groundrules evaluate` is given. */
import { type DeliveryPlace, deliveryPlace } from '../../account/snapshot/delivery-place.ts';
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
  /** Whether each account answers what AWS Config does not record. */
  readonly withLive: boolean;
}

export interface DeliveryOptions extends FleetOptions {
  readonly withLive?: boolean;
}

/**
 * Reads what was given as `s3://…`.
 *
 * @returns `undefined` where nothing was.
 * @throws {UsageError} where it is no place of AWS Config's, or the options are of something else.
 */
export function readDelivery(paths: readonly string[], options: DeliveryOptions): DeliveryChoice | undefined {
  const { withLive = false } = options;
  const inS3 = paths.filter(isInS3);
  if (inS3.length === 0 && !withLive) return undefined;
  if (inS3.length === 0) throw new UsageError(NO_BUCKET);
  const other = paths.find((path) => !isInS3(path));
  if (other !== undefined) {
    throw new UsageError({
      en: `${inS3[0]}: a bucket is judged alone: evaluate ${other} by itself`,
      ko: `${inS3[0]}: 버킷은 따로 판정합니다. ${other}은(는) 별도로 평가하십시오`,
    });
  }
  refuseOther(options, withLive);
  const buckets = [...new Set(inS3)].map(givenBucket);
  return { buckets, withLive, fleet: choiceOf({ ...options, organization: false }) };
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

const NO_BUCKET = {
  en: '--with-live fills in what a bucket of AWS Config lacks: give s3://bucket/prefix',
  ko: '--with-live는 AWS Config 버킷에 없는 것을 채웁니다. s3://bucket/prefix를 주십시오',
};

/** Options of another choice of accounts, and those that go to live accounts. */
function refuseOther(
  { organization, ou, roleName, externalId, sessionDuration, sessionTag }: FleetOptions,
  withLive: boolean,
): void {
  const choosing = { '--organization': organization, '--ou': ou };
  const entering = {
    '--role-name': roleName,
    '--external-id': externalId,
    '--session-duration': sessionDuration,
    '--session-tag': sessionTag,
  };
  const isGiven = ([, value]: [string, unknown]) => value !== undefined;
  const chooses = Object.entries(choosing).find(isGiven);
  const enters = withLive ? undefined : Object.entries(entering).find(isGiven);
  if (chooses) {
    throw new UsageError({
      en: `${chooses[0]}: a bucket has its accounts: --account and --exclude choose among them`,
      ko: `${chooses[0]}: 계정은 버킷에 있는 계정입니다. --account와 --exclude로 선택합니다`,
    });
  }
  if (!enters) return;
  throw new UsageError({
    en: `${enters[0]}: no account is entered, unless with --with-live`,
    ko: `${enters[0]}: --with-live가 없으면 어느 계정에도 들어가지 않습니다`,
  });
}
