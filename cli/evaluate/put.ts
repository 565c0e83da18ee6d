/** `--output s3://bucket/prefix/`: puts whole reports into a bucket. Loaded when there is one to put. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { codesOf, explain } from '../../account/live/failures.ts';
import { defaultRegion, type SharedOptions, sharedConfig } from '../../account/live/shared.ts';
import { partitionOf } from '../../account/reading.ts';
import { isEmulated } from '../../account/services/s3/live.ts';
import type { Both } from '../../report/both.ts';
import { UsageError } from '../program/errors.ts';
import type { S3Place } from './s3-place.ts';

/** One report, whole, and where it belongs. */
export interface Upload extends S3Place {
  readonly file: string;
  readonly contentType: string;
}

const ATTEMPTS = 4;
/** The SDK says on standard error that it does not try a stream again, which is done here. */
const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
/** For a whole report: S3 takes 5 GB in one piece. */
const MOST_MILLISECONDS = 15 * 60_000;

/**
 * Puts a report into its bucket in one piece, so that it is there whole or not at all. The bucket's own encryption applies.
 *
 * @throws {UsageError} that says what S3 answered, and what to do.
 */
export async function putReport(upload: Upload, options: SharedOptions): Promise<void> {
  const { bucket, key, file, contentType } = upload;
  const { size } = await stat(file);
  let region = await defaultRegion(options.profile);
  for (let attempt = 1; ; attempt++) {
    const client = clientIn(region, options);
    try {
      // A stream is read once: each attempt has one of its own.
      const Body = createReadStream(file);
      await client.send(
        new PutObjectCommand({
          ...{ Bucket: bucket, Key: key, Body, ContentLength: size, ContentType: contentType },
        }),
      );
      return;
    } catch (error) {
      const home = regionOf(error);
      const isElsewhere = home !== undefined && home !== region;
      if (attempt === ATTEMPTS || !(isElsewhere || isPassing(error))) throw wrong(upload, region, error);
      if (isElsewhere) region = home;
      else await pause(250 * 2 ** attempt);
    } finally {
      client.destroy();
    }
  }
}

function clientIn(region: string, options: SharedOptions): S3Client {
  const shared = sharedConfig(options);
  return new S3Client({
    ...shared,
    region,
    forcePathStyle: isEmulated(shared),
    logger: SILENT,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: MOST_MILLISECONDS },
  });
}

interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly $retryable?: object;
  readonly code?: string;
}

/** The bucket's Region, which S3 says when it is asked in another. */
const regionOf = (error: unknown): string | undefined =>
  (error as Answered).$response?.headers?.['x-amz-bucket-region'];

/** Throttled, broken off, or S3's own fault. */
function isPassing(error: unknown): boolean {
  const { $metadata, $retryable, code } = error as Answered;
  const status = $metadata?.httpStatusCode;
  return (
    $retryable !== undefined || (status ?? 0) >= 500 || /^(?:ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code ?? '')
  );
}

function wrong({ bucket, key }: Upload, region: string, error: unknown): unknown {
  const name = `s3://${bucket}/${key}`;
  const [code] = codesOf(error);
  const say = (said: Both, quotes?: string) =>
    new UsageError({ en: `--output ${name}: ${said.en}`, ko: `--output ${name}: ${said.ko}` }, { quotes });
  if (code === 'NoSuchBucket')
    return say({
      en: `there is no bucket ${bucket} (NoSuchBucket)`,
      ko: `${bucket} 버킷이 없습니다 (NoSuchBucket)`,
    });
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}/${key}`;
  const failure = explain(error, [`s3:PutObject on ${arn}`]);
  if (!failure) return error;
  const { message } = failure;
  return say({ en: message, ko: message }, message);
}
