/** A bucket that a loopback server plays: lists by prefix and delimiter, and objects by range and ETag. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Loopback, serve } from './loopback.ts';

export interface S3Server extends Loopback {
  /** By key. */
  readonly objects: Map<string, Buffer>;
  /** What was asked, in order: `LIST prefix`, `GET key`. */
  readonly asked: string[];
  /** Answers instead of the bucket, where it gives true. */
  before: (asked: string, outgoing: ServerResponse, incoming: IncomingMessage) => boolean;
}

/** @param pageSize how many keys and folders a list gives at a time. */
export async function serveBucket(name: string, pageSize = 1000): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const server: S3Server = {
    ...{ objects, asked, before: () => false },
    ...(await serve((incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', 'http://s3');
      const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(decodeURIComponent(url.pathname)) ?? [];
      const what = key === '' ? `LIST ${url.searchParams.get('prefix')}` : `GET ${key}`;
      asked.push(what);
      if (server.before(what, outgoing, incoming)) return;
      if (bucket !== name) refuse(outgoing, 404, 'NoSuchBucket', 'The specified bucket does not exist');
      else if (key === '') list(objects, url.searchParams, outgoing, pageSize);
      else get(objects.get(key), incoming, outgoing);
    })),
  };
  return server;
}

export function refuse(
  outgoing: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): true {
  outgoing
    .writeHead(status, { 'content-type': 'application/xml', ...headers })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  return true;
}

export const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

function list(
  objects: ReadonlyMap<string, Buffer>,
  asked: URLSearchParams,
  outgoing: ServerResponse,
  pageSize: number,
): void {
  const prefix = asked.get('prefix') ?? '';
  const delimiter = asked.get('delimiter');
  const after = asked.get('continuation-token') ?? '';
  const names = new Set<string>();
  for (const key of [...objects.keys()].filter((one) => one.startsWith(prefix)).sort()) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    names.add(end < 0 ? key : key.slice(0, end + 1));
  }
  const left = [...names].filter((one) => one > after);
  const page = left.slice(0, pageSize);
  const rows = page.map((one) => {
    const bytes = objects.get(one);
    return bytes
      ? `<Contents><Key>${one}</Key><Size>${bytes.length}</Size><ETag>${etagOf(bytes).replaceAll('"', '&quot;')}</ETag></Contents>`
      : `<CommonPrefixes><Prefix>${one}</Prefix></CommonPrefixes>`;
  });
  const more =
    left.length > page.length
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${page.at(-1)}</NextContinuationToken>`
      : '<IsTruncated>false</IsTruncated>';
  outgoing
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><ListBucketResult>${more}${rows.join('')}</ListBucketResult>`);
}

function get(bytes: Buffer | undefined, { headers }: IncomingMessage, outgoing: ServerResponse): void {
  if (!bytes) {
    refuse(outgoing, 404, 'NoSuchKey', 'The specified key does not exist.');
    return;
  }
  if (headers['if-match'] !== undefined && headers['if-match'] !== etagOf(bytes)) {
    refuse(
      outgoing,
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
    return;
  }
  const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
  const part = bytes.subarray(Number(from ?? 0));
  outgoing
    .writeHead(from === undefined ? 200 : 206, {
      ETag: etagOf(bytes),
      'content-length': part.length,
      ...(from !== undefined && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    })
    .end(part);
}
