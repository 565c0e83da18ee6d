import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { ANSWERS, type Answer, type Call } from './answers.ts';
import { type Value, xml } from './xml.ts';

/**
 * AWS, as far as the functions ask it, on a loopback port: nothing above the socket is stubbed, so what it counts is what
 * AWS would have been asked, pages and retries included.
 */
export interface LoopbackAws {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Calls since the last {@link LoopbackAws.reset}, by API: `iam:ListUsers`. */
  readonly calls: ReadonlyMap<string, number>;
  reset(): void;
  close(): Promise<void>;
}

/**
 * @param size How many users, security groups, buckets and trails the account has.
 * @param latency Milliseconds before each answer.
 * @param answers by API.
 */
export async function loopbackAws(
  size: number,
  latency = 0,
  answers: typeof ANSWERS = ANSWERS,
): Promise<LoopbackAws> {
  const calls = new Map<string, number>();
  const results = new Map<string, Value>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      send(response, { status: 501, type: 'text/plain', body: error.message });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { api, region, input } = await callOf(request);
    calls.set(api, (calls.get(api) ?? 0) + 1);
    if (latency > 0) await pause(latency);
    const answerTo = answers[api];
    if (!answerTo) throw new Error(`the benchmarks' stand-in for AWS does not know ${api}`);
    send(response, rendered(api, answerTo({ size, region, input, results })));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    reset: () => calls.clear(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a Lambda function finds in its environment, with AWS at this address. */
export const lambdaEnvironment = (url: string) => ({
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

/** Which API a request is for, by the three ways in which AWS's protocols say so. */
async function callOf(request: IncomingMessage): Promise<{ api: string } & Pick<Call, 'region' | 'input'>> {
  const body = await text(request);
  const [, , region = '', service = ''] =
    /Credential=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split('/') ?? [];
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return { api: `${service}:${target.split('.').at(-1)}`, region, input: JSON.parse(body) };
  }
  const url = new URL(request.url ?? '/', 'http://aws');
  if (service !== 's3') {
    const { Action, ...input } = Object.fromEntries(new URLSearchParams(body));
    return { api: `${service}:${Action}`, region, input };
  }
  const input = Object.fromEntries(url.searchParams);
  if (url.pathname.startsWith('/v20180820/')) return { api: 's3control:GetPublicAccessBlock', region, input };
  if (url.pathname === '/') return { api: 's3:ListBuckets', region, input };
  const about = SUBRESOURCES.find(([key]) => url.searchParams.has(key));
  return {
    api: `s3:${about?.[1] ?? request.url}`,
    region,
    input: { ...input, bucket: url.pathname.split('/')[1] },
  };
}

/** `GET /bucket?acl` is GetBucketAcl. */
const SUBRESOURCES = [
  ['acl', 'GetBucketAcl'],
  ['policy', 'GetBucketPolicy'],
  ['policyStatus', 'GetBucketPolicyStatus'],
  ['website', 'GetBucketWebsite'],
  ['tagging', 'GetBucketTagging'],
  ['location', 'GetBucketLocation'],
  ['publicAccessBlock', 'GetPublicAccessBlock'],
  ['ownershipControls', 'GetBucketOwnershipControls'],
  ['object-lock', 'GetObjectLockConfiguration'],
  ['lifecycle', 'GetBucketLifecycleConfiguration'],
  ['versioning', 'GetBucketVersioning'],
] as const;

interface Rendered {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The answer in its service's protocol. */
function rendered(api: string, answer: Answer): Rendered {
  const [service, operation] = api.split(':') as [string, string];
  if (typeof answer === 'string') return { status: 200, type: 'application/json', body: answer };
  if (answer instanceof Error) {
    const body = xml('Error', { Code: answer.message, Message: 'There is none' });
    return { status: 404, type: 'application/xml', body };
  }
  if (service === 'config' || service === 'cloudtrail') {
    return { status: 200, type: 'application/x-amz-json-1.1', body: JSON.stringify(answer) };
  }
  const body =
    service === 'iam' || service === 'sts'
      ? xml(`${operation}Response`, { [`${operation}Result`]: answer })
      : xml(service === 'ec2' ? `${operation}Response` : operation, answer);
  return { status: 200, type: 'application/xml', body };
}

function send(response: ServerResponse, { status, type, body }: Rendered): void {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'benchmark' }).end(body);
}
