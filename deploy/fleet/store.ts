/** A fleet's bucket. */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { objectPages } from '../../account/live/objects.ts';

export interface Stored {
  readonly key: string;
  readonly modified: Date;
}

export interface Store {
  readonly bucket: string;
  put(key: string, body: Uint8Array | string, contentType: string): Promise<void>;
  /** @throws where there is no such object. */
  get(key: string): Promise<AsyncIterable<Uint8Array>>;
  text(key: string): Promise<string>;
  /** @throws {LiveError} where the list is not whole. */
  list(prefix: string): AsyncIterable<Stored>;
}

export function openStore(client: S3Client, bucket: string): Store {
  const get = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    if (!Body) throw new Error(`s3://${bucket}/${Key}: the answer has no body`);
    return Body;
  };
  return {
    bucket,
    async put(Key, Body, ContentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }));
    },
    get: async (key) => (await get(key)) as unknown as AsyncIterable<Uint8Array>,
    text: async (key) => (await get(key)).transformToString(),
    async *list(Prefix) {
      const ask = (ContinuationToken: string | undefined) =>
        client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken }));
      const pages = objectPages(`s3:ListObjectsV2 of s3://${bucket}/${Prefix}`, ask);
      for await (const { Contents = [] } of pages) {
        for (const { Key, LastModified } of Contents) {
          if (Key !== undefined && LastModified) yield { key: Key, modified: LastModified };
        }
      }
    },
  };
}

/** The bucket that the deployment tells a function of. */
export function bucketName(env: Readonly<Record<string, string | undefined>>): string {
  const { GROUNDRULES_BUCKET: bucket } = env;
  if (!bucket) throw new Error('GROUNDRULES_BUCKET is not set: the deployment sets it');
  return bucket;
}
