/** `--output s3://bucket/prefix/`: puts whole reports into a bucket. Loaded when there is one to put. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { codesOf, explain } from '../../account/live/failures.ts';
import { defaultRegion, isEmulated, type SharedOptions, sharedConfig } from '../../account/live/shared.ts';
import { partitionOf } from '../../account/reading.ts';
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
/** For a whole report, or a part of it. */
const MOST_MILLISECONDS = 15 * 60_000;
/** What S3 takes in one piece (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
const AT_ONCE = 5 * 1024 ** 3;
/** The least part of a larger report, and how many there may be. */
const PART = 64 * 1024 ** 2;
const MOST_PARTS = 10_000;

/** Sends something to S3, in the bucket's Region, and again where that may help. */
type Ask = <T>(
  send: (client: S3Client, how: { readonly abortSignal: AbortSignal }) => Promise<T>,
  /** What ends it: whoever interrupts the command, if nothing else is given. */
  signal?: AbortSignal,
) => Promise<T>;

/** Of what is not to be interrupted, as nobody would know what S3 has made of it. */
const NEVER = new AbortController().signal;

interface How {
  readonly atOnce?: number;
  readonly part?: number;
  readonly signal?: AbortSignal;
}

/**
 * Puts a report into its bucket, so that it is there whole or not at all: in one piece, and what S3 does not take so in parts. The bucket's
 * own encryption applies.
 *
 * @param how `atOnce`: how much goes in one piece; `signal`: what interrupts it, with nothing left in the bucket.
 * @throws {UsageError} that says what S3 answered, and what to do, or that it was interrupted.
 */
export async function putReport(
  upload: Upload,
  options: SharedOptions,
  { atOnce = AT_ONCE, part = PART, signal = NEVER }: How = {},
): Promise<void> {
  if (signal.aborted) throw interrupted(upload);
  const { bucket, key, file, contentType } = upload;
  const { size } = await stat(file);
  const ask = asker(upload, options, await defaultRegion(options.profile), signal);
  if (size > atOnce) return putInParts(upload, partsOf(size, part), ask);
  await ask((client, how) =>
    client.send(
      // A stream is read once: each attempt has one of its own.
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: key, Body: createReadStream(file) },
        ...{ ContentLength: size, ContentType: contentType },
      }),
      how,
    ),
  );
}

/** Where each part begins, and its length. */
export function partsOf(size: number, least: number): readonly { start: number; length: number }[] {
  const length = Math.max(least, Math.ceil(size / MOST_PARTS));
  return Array.from({ length: Math.ceil(size / length) }, (_, at) => ({
    start: at * length,
    length: Math.min(length, size - at * length),
  }));
}

async function putInParts(upload: Upload, parts: ReturnType<typeof partsOf>, ask: Ask): Promise<void> {
  const { bucket: Bucket, key: Key, file, contentType: ContentType } = upload;
  const ChecksumAlgorithm = 'CRC32';
  const { UploadId } = await ask(
    (client) =>
      client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType, ChecksumAlgorithm })),
    NEVER,
  );
  const whole = { Bucket, Key, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    for (const [at, { start, length }] of parts.entries()) {
      const PartNumber = at + 1;
      const { ETag, ChecksumCRC32 } = await ask((client, how) => {
        const Body = createReadStream(file, { start, end: start + length - 1 });
        const part = { ...whole, PartNumber, Body, ContentLength: length, ChecksumAlgorithm } as const;
        return client.send(new UploadPartCommand(part), how);
      });
      Parts.push({ PartNumber, ETag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) });
    }
    await ask(
      (client) => client.send(new CompleteMultipartUploadCommand({ ...whole, MultipartUpload: { Parts } })),
      NEVER,
    );
  } catch (error) {
    throw await aborted(error, whole, ask);
  }
}

/** Takes away the parts that are there, which cost and which nobody sees. Gives the error, with what is left where that fails. */
async function aborted(
  error: unknown,
  whole: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined },
  ask: Ask,
): Promise<unknown> {
  try {
    await ask((client) => client.send(new AbortMultipartUploadCommand(whole)), NEVER);
    return error;
  } catch {
    if (!(error instanceof UsageError)) return error;
    const command = `aws s3api abort-multipart-upload --bucket ${whole.Bucket} --key '${whole.Key}' --upload-id ${whole.UploadId}`;
    return new UsageError({
      en: `${error.said.en}. Parts of it are in the bucket, and are charged for; "${command}" takes them away (s3:AbortMultipartUpload)`,
      ko: `${error.said.ko}. 업로드된 파트가 버킷에 남아 요금이 부과됩니다. "${command}"(으)로 지울 수 있습니다 (s3:AbortMultipartUpload)`,
    });
  }
}

function asker(upload: Upload, options: SharedOptions, first: string, interrupt: AbortSignal): Ask {
  let region = first;
  return async (send, signal = interrupt) => {
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw interrupted(upload);
      const client = clientIn(region, options);
      try {
        return await send(client, { abortSignal: signal });
      } catch (error) {
        if (signal.aborted) throw interrupted(upload);
        const home = regionOf(error);
        const isElsewhere = home !== undefined && home !== region;
        if (attempt === ATTEMPTS || !(isElsewhere || isPassing(error))) throw wrong(upload, region, error);
        if (isElsewhere) region = home;
        else await pause(250 * 2 ** attempt, undefined, { signal }).catch(() => {});
      } finally {
        client.destroy();
      }
    }
  };
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

const interrupted = ({ bucket, key }: Upload) =>
  new UsageError({
    en: `--output s3://${bucket}/${key}: interrupted`,
    ko: `--output s3://${bucket}/${key}: 중단됨`,
  });

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
