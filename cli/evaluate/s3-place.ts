/** A place in S3, as `--output` and the bucket to judge are given. */
import { UsageError } from '../program/errors.ts';

export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

export const isInS3 = (path: string | undefined): path is string => /^s3:/i.test(path ?? '');

/**
 * Takes `s3://bucket/prefix/` apart. A key that ends in `/`, or is empty, is a prefix.
 *
 * @param given how messages call it.
 * @throws {UsageError} for what names no bucket.
 */
export function s3Place(path: string, given = `--output ${path}`): S3Place {
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket === undefined) {
    throw new UsageError({
      en: `${given}: expected s3://bucket/prefix/, with the name of a bucket`,
      ko: `${given}: 버킷 이름이 있는 s3://bucket/prefix/ 형식이어야 합니다`,
    });
  }
  return { bucket, key };
}

/** @throws {UsageError} for a place in S3, of a command that writes to this machine alone. */
export function refuseS3(path: string | undefined): void {
  if (!isInS3(path)) return;
  throw new UsageError({
    en: `--output ${path}: name a folder of this machine, and copy it with "aws s3 sync"`,
    ko: `--output ${path}: 이 컴퓨터의 폴더를 지정한 뒤 "aws s3 sync"로 복사하십시오`,
  });
}
