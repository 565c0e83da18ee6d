/** A bucket's objects, listed and read as they come. */
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { partitionOf } from '../reading.ts';
import type { Bucket, Listed, Stored } from '../snapshot/bucket.ts';
import { codesOf, explain, LiveError } from './failures.ts';
import { objectPages } from './objects.ts';
import type { ClientConfig } from './service.ts';
import { defaultRegion, isEmulated, type SharedOptions, sharedConfig } from './shared.ts';

/** What was asked of S3. */
export interface Asked {
  lists: number;
  gets: number;
  bytes: number;
}

export interface OpenBucket extends Bucket {
  readonly asked: Readonly<Asked>;
}

export interface BucketOptions extends SharedOptions {
  /** The caller pays for requests and traffic, without which such a bucket answers nobody but its owner. */
  readonly requesterPays?: boolean;
}

/** Tries in a row without a byte. */
const ATTEMPTS = 4;
/** A connection that is dead for so long is given up, and the rest asked for by another. */
const IDLE_MS = 60_000;

/** Opens a bucket. Nothing is asked of S3 yet. */
export async function openBucket(
  name: string,
  options: BucketOptions,
  sleep: (milliseconds: number) => Promise<unknown> = pause,
): Promise<OpenBucket> {
  const { requesterPays = false, ...shared } = options;
  const region = await defaultRegion(options.profile);
  return bucketWith(name, { config: sharedConfig(shared), region, requesterPays }, sleep);
}

export interface BucketConfig {
  readonly config: Partial<ClientConfig>;
  /** Where the bucket is first asked. */
  readonly region: string;
  readonly requesterPays: boolean;
}

/** Opens a bucket with the credentials that the SDK finds itself: a function needs no others. */
export const bucketWith = (
  name: string,
  config: BucketConfig,
  sleep: (milliseconds: number) => Promise<unknown> = pause,
): OpenBucket => new S3Bucket(name, config, sleep);

class S3Bucket implements OpenBucket {
  readonly name: string;
  readonly asked: Asked = { lists: 0, gets: 0, bytes: 0 };
  readonly #shared: Partial<ClientConfig>;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #payer: { readonly RequestPayer?: 'requester' };
  #region: string;
  #client: S3Client;

  constructor(
    name: string,
    { config, region, requesterPays }: BucketConfig,
    sleep: (milliseconds: number) => Promise<unknown>,
  ) {
    this.name = name;
    this.#shared = config;
    this.#sleep = sleep;
    this.#payer = requesterPays ? { RequestPayer: 'requester' } : {};
    this.#region = region;
    this.#client = this.#clientIn(region);
  }

  #clientIn(region: string): S3Client {
    return new S3Client({
      ...this.#shared,
      region,
      forcePathStyle: isEmulated(this.#shared),
      requestHandler: { ...Object(this.#shared.requestHandler), socketTimeout: IDLE_MS },
    });
  }

  /** The bucket may lie in any Region: S3 says which one, and is asked there from then on. */
  async #ask<T>(send: (client: S3Client) => Promise<T>): Promise<T> {
    const from = this.#region;
    try {
      return await send(this.#client);
    } catch (error) {
      const home = regionOf(error);
      if (home === undefined || home === from) throw error;
      if (home !== this.#region) [this.#region, this.#client] = [home, this.#clientIn(home)];
      return await send(this.#client);
    }
  }

  async list(prefix: string, level?: 'level'): Promise<Listed> {
    const folders: string[] = [];
    const objects: Stored[] = [];
    const ask = (from: string | undefined) => {
      this.asked.lists++;
      const query = {
        ...{ Bucket: this.name, Prefix: prefix, ...this.#payer },
        ...(level && { Delimiter: '/' }),
        ...(from !== undefined && { ContinuationToken: from }),
      };
      return this.#ask((s3) => s3.send(new ListObjectsV2Command(query)));
    };
    try {
      for await (const page of objectPages('s3:ListObjectsV2', ask)) {
        folders.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
        for (const { Key, Size = 0, ETag = '' } of page.Contents ?? []) {
          if (Key !== undefined) objects.push({ key: Key, size: Size, etag: ETag });
        }
      }
    } catch (error) {
      const action = `s3:ListBucket on ${this.#arn()} with the prefix ${prefix}`;
      throw this.#wrong(error, `s3://${this.name}/${prefix}`, action);
    }
    return { folders, objects };
  }

  async *read(object: Stored): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        for await (const chunk of await this.#bodyFrom(object, at)) {
          [at, attempt] = [at + chunk.length, 1];
          this.asked.bytes += chunk.length;
          yield chunk;
        }
        if (at >= object.size) return;
        throw Object.assign(new Error(`${at} of ${object.size} bytes came`), { code: 'ECONNRESET' });
      } catch (error) {
        if (attempt >= ATTEMPTS || !isPassing(error)) throw this.#wrongObject(error, object);
        await this.#sleep(250 * 2 ** attempt);
      }
    }
  }

  /** The part of the object from there on. */
  async #bodyFrom({ key, etag }: Stored, at: number): Promise<AsyncIterable<Uint8Array>> {
    this.asked.gets++;
    const { Body } = await this.#ask((s3) =>
      s3.send(
        new GetObjectCommand({
          ...{ Bucket: this.name, Key: key, ...this.#payer },
          // Of a file that is replaced meanwhile, the two halves would be of two files.
          ...(etag !== '' && { IfMatch: etag }),
          ...(at > 0 && { Range: `bytes=${at}-` }),
        }),
      ),
    );
    return Body as unknown as AsyncIterable<Uint8Array>;
  }

  #arn(key = ''): string {
    return `arn:${partitionOf(this.#region)}:s3:::${this.name}${key === '' ? '' : `/${key}`}`;
  }

  #wrongObject(error: unknown, { key }: Stored): unknown {
    const where = `s3://${this.name}/${key}`;
    const { name: code, message } = error as Error;
    const status = (error as Answered).$metadata?.httpStatusCode;
    const give = (as: string, says: string) => new LiveError(as, `${where}: ${says}`, { cause: error });
    if (status === 412) return give('PreconditionFailed', 'was replaced while it was read: run this again');
    if (code === 'NoSuchKey' || code === 'NotFound')
      return give('NoSuchKey', 'was deleted after it was listed: run this again');
    if (code === 'InvalidObjectState')
      return give(code, `is archived (${message}): restore it, or have AWS Config make a newer snapshot`);
    const isOfKey = /kms|ciphertext/i.test(`${code} ${message}`);
    const action = isOfKey
      ? `kms:Decrypt with the key that encrypts ${where}`
      : `s3:GetObject on ${this.#arn(key)}`;
    return this.#wrong(error, where, action);
  }

  #wrong(error: unknown, where: string, action: string): unknown {
    const [code = ''] = codesOf(error);
    if (code === 'NoSuchBucket')
      return new LiveError(code, `s3://${this.name}: there is no such bucket`, { cause: error });
    const failure = explain(error, [action]);
    return failure ? new LiveError(failure.code, `${where}: ${failure.message}`, { cause: error }) : error;
  }
}

interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly code?: string;
}

/** The bucket's Region, which S3 says when it is asked in another. */
const regionOf = (error: unknown): string | undefined => {
  const status = (error as Answered).$metadata?.httpStatusCode;
  if (status !== 301 && status !== 307 && status !== 400) return undefined;
  return (error as Answered).$response?.headers?.['x-amz-bucket-region'];
};

/** The connection broke off in the middle. What S3 refuses before has been tried again by the SDK. */
const isPassing = (error: unknown): boolean =>
  (error as Answered).$metadata?.httpStatusCode === undefined &&
  /^(?:ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/.test(
    (error as Answered).code ?? '',
  );
