/**
 * A proxy before an emulated AWS. It passes on what it has not been asked yet and keeps the answer; asked again, it answers from
 * memory, after a fixed time. It counts calls by API.
 */
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

export interface Replay {
  /** For `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  /** Calls since the last {@link Replay.restart}, by API: `iam:ListUsers`. */
  readonly calls: ReadonlyMap<string, number>;
  /** The APIs of those that the emulated AWS had to be asked for, because nothing was kept. */
  readonly passedOn: readonly string[];
  /** Counts from zero; from now on each answer takes so many milliseconds. */
  restart(latency: number): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** @param origin where the emulated AWS listens. */
export async function startReplay(origin: string): Promise<Replay> {
  const answers = new Map<string, Promise<Answer>>();
  let calls = new Map<string, number>();
  let passedOn: string[] = [];
  let latency = 0;
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse) {
    const started = performance.now();
    const body = await buffer(incoming);
    const api = apiOf(incoming, body);
    calls.set(api, (calls.get(api) ?? 0) + 1);
    const key = keyOf(incoming, body);
    let known = answers.get(key);
    if (!known) {
      passedOn.push(api);
      known = ask(origin, incoming, body);
      answers.set(key, known);
    }
    // An answer that never came is asked for again.
    known.catch(() => answers.delete(key));
    const { status, headers, body: text } = await known;
    const left = latency - (performance.now() - started);
    if (left > 0) await pause(left);
    outgoing.writeHead(status, headers).end(text);
  }
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(({ message }: Error) => {
      outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(message);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return calls;
    },
    get passedOn() {
      return passedOn;
    },
    restart(milliseconds) {
      [calls, passedOn, latency] = [new Map(), [], milliseconds];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a call was signed for: `us-east-1`, `iam`. */
function scopeOf({ headers }: IncomingMessage) {
  const [, , region = '', service = ''] =
    /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split('/') ?? [];
  return { region, service };
}

const targetOf = ({ headers }: IncomingMessage) => String(headers['x-amz-target'] ?? '');

/** The same question: signatures, times and ids of invocations differ. */
function keyOf(incoming: IncomingMessage, body: Buffer): string {
  const { region, service } = scopeOf(incoming);
  const account = String(incoming.headers['x-amz-account-id'] ?? '');
  return [
    incoming.method,
    incoming.url,
    service,
    region,
    account,
    targetOf(incoming),
    body.toString('latin1'),
  ].join('\n');
}

/** By the ways in which AWS's protocols say which API is meant; where a path says it, method and path. */
function apiOf(incoming: IncomingMessage, body: Buffer): string {
  const { service } = scopeOf(incoming);
  const target = targetOf(incoming);
  if (target) return `${service}:${target.split('.').at(-1)}`;
  const action = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1];
  if (action) return `${service}:${action}`;
  const url = new URL(incoming.url ?? '/', 'http://aws');
  return `${service}:${service === 's3' ? s3Api(incoming.method ?? 'GET', url) : `${incoming.method} ${url.pathname}`}`;
}

const SUBRESOURCES: Readonly<Record<string, string>> = {
  accelerate: 'GetBucketAccelerateConfiguration',
  acl: 'GetBucketAcl',
  cors: 'GetBucketCors',
  encryption: 'GetBucketEncryption',
  inventory: 'ListBucketInventoryConfigurations',
  lifecycle: 'GetBucketLifecycleConfiguration',
  location: 'GetBucketLocation',
  logging: 'GetBucketLogging',
  metrics: 'ListBucketMetricsConfigurations',
  notification: 'GetBucketNotificationConfiguration',
  'object-lock': 'GetObjectLockConfiguration',
  ownershipControls: 'GetBucketOwnershipControls',
  policy: 'GetBucketPolicy',
  policyStatus: 'GetBucketPolicyStatus',
  publicAccessBlock: 'GetPublicAccessBlock',
  replication: 'GetBucketReplication',
  requestPayment: 'GetBucketRequestPayment',
  tagging: 'GetBucketTagging',
  versioning: 'GetBucketVersioning',
  website: 'GetBucketWebsite',
};

function s3Api(method: string, { pathname, searchParams }: URL): string {
  if (pathname.startsWith('/v20180820/')) {
    return pathname.endsWith('/publicAccessBlock') ? 'GetAccountPublicAccessBlock' : `${method} ${pathname}`;
  }
  const named =
    method === 'GET' ? [...searchParams.keys()].find((name) => Object.hasOwn(SUBRESOURCES, name)) : undefined;
  if (named) return SUBRESOURCES[named] as string;
  if (method === 'HEAD') return pathname.split('/').filter(Boolean).length > 1 ? 'HeadObject' : 'HeadBucket';
  if (method === 'GET') return pathname === '/' ? 'ListBuckets' : 'ListObjects';
  return `${method} ${pathname}`;
}

function ask(origin: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const { connection: _, 'transfer-encoding': __, expect: ___, ...rest } = headers;
    const asked = request(
      { hostname, port, method, path: url, headers: { ...rest, 'content-length': body.length } },
      async (response) => {
        try {
          const { connection: _, 'transfer-encoding': __, ...headers } = response.headers;
          resolve({ status: response.statusCode ?? 502, headers, body: await buffer(response) });
        } catch (error) {
          reject(error);
        }
      },
    );
    asked.on('error', reject).end(body);
  });
}
