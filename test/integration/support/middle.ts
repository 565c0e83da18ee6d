/** Stands between the code under test and moto: sees every call, and spoils the one it is told to spoil. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { rendered, send } from '../../support/aws/stand-in.ts';
import { type Call, callOf } from '../../support/aws/wire.ts';
import { bodyOf, handOn, passOn, serve } from '../../support/loopback.ts';
import { opsItems } from './ops-items.ts';
import { likeAws } from './real-iam.ts';

/** Faults that a second attempt gets over. */
const PASSING = ['throttling', 'a 500', 'a dropped connection'] as const;

export type Fault =
  /** The first attempt at every call, by one of them after the other. Each by itself: test/automation/passing-faults.test.ts. */
  | { readonly kind: 'passing' }
  /** The call of this number (from 0), and every other of the same name after it. */
  | { readonly kind: 'AccessDenied'; readonly call: number }
  /** The call of this number has its effect, but nobody hears of it. */
  | { readonly kind: 'a lost answer'; readonly call: number }
  /** Immediately before this call somebody else changes something. */
  | {
      readonly kind: 'a second writer';
      readonly before: Occurrence;
      readonly strike: () => Promise<unknown>;
    };

export interface Seen {
  /** As signed: `s3`, `ec2`, `ssm`. */
  readonly service: string;
  /** The API's name, where the protocol says it; method and path otherwise. */
  readonly what: string;
  /** What a reading asks about where neither name nor path says it: one of the account's contacts. */
  readonly about: string;
  /** The request itself. */
  readonly request: { readonly incoming: IncomingMessage; readonly body: Buffer };
}

/** A call by its name and what it asks about, and how many like it came before: those made at the same time come in any order. */
export interface Occurrence extends Pick<Seen, 'service' | 'what' | 'about'> {
  readonly nth: number;
}

const isNamed = (one: Pick<Seen, 'service' | 'what'>) => (call: Pick<Seen, 'service' | 'what'>) =>
  one.service === call.service && one.what === call.what;

const isLike = (one: Omit<Occurrence, 'nth'>) => (call: Seen) =>
  isNamed(one)(call) && one.about === call.about;

/** Which call that of this number is. */
export function occurrenceOf(calls: readonly Seen[], number: number): Occurrence {
  const { service, what, about } = calls[number] as Seen;
  const one = { service, what, about };
  return { ...one, nth: calls.slice(0, number).filter(isLike(one)).length };
}

/** Whether a call only looks. */
export const isReading = ({ what }: Seen): boolean =>
  /^(?:Get|List|Describe|Generate)|^(?:GET|HEAD) |^POST \/get/.test(what);

/** What moto has not got. */
export interface Stand {
  /** Of what it may answer: as requests are signed for (`elasticloadbalancing`). */
  readonly services: readonly string[];
  /** What AWS would print, a `Failure`, or nothing: then moto is asked. */
  answer(call: Call): unknown;
}

/** What moto says otherwise than AWS: gives the answer as AWS would. */
export type Mend = (call: Seen, body: string) => string;

export interface Middle {
  readonly endpoint: string;
  /** The calls since the last reset, in order. */
  readonly seen: readonly Seen[];
  /** The services that were written to since it was asked last. */
  written(): ReadonlySet<string>;
  /** Forgets what it saw, and gets ready to spoil what comes. */
  reset(fault?: Fault): void;
  stop(): Promise<void>;
}

export async function startMiddle(
  moto: string,
  stands: readonly Stand[] = [opsItems],
  mend: Mend = likeAws,
): Promise<Middle> {
  let seen: Seen[] = [];
  let fault: Fault | undefined;
  let denied: Seen | undefined;
  let written = new Set<string>();

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const call = whatIs(incoming, body);
    const number = seen.push(call) - 1;
    if (!isReading(call)) written.add(call.service);
    const isHit = fault !== undefined && 'call' in fault && fault.call === number;
    if (isHit && fault?.kind === 'AccessDenied') denied = call;
    if (fault?.kind === 'a second writer' && isLike(fault.before)(call)) {
      if (occurrenceOf(seen, number).nth === fault.before.nth) await fault.strike();
    }
    const isLost = isHit && fault?.kind === 'a lost answer';
    if (denied && isNamed(denied)(call)) {
      return spoil(outgoing, call, 'AccessDenied');
    }
    const isFirst = /attempt=1;/.test(String(incoming.headers['amz-sdk-request'] ?? 'attempt=1;'));
    if (fault?.kind === 'passing' && isFirst)
      return spoil(outgoing, call, PASSING[number % PASSING.length] as (typeof PASSING)[number]);
    const able = stands.filter(({ services }) => services.includes(call.service));
    const asked = able.length > 0 ? await callOf(incoming, body) : undefined;
    for (const stand of asked ? able : []) {
      const said = stand.answer(asked as Call);
      if (said === undefined) continue;
      if (isLost) outgoing.destroy();
      else send(outgoing, rendered(asked as Call, said));
      return;
    }
    passOn(moto, incoming, body, outgoing, (reply) => {
      if (isLost) {
        reply.resume().on('end', () => outgoing.destroy());
        return;
      }
      if (call.service !== 'iam' && call.service !== 'sts') {
        handOn(reply, outgoing);
        return;
      }
      bodyOf(reply).then(
        (said) => {
          const { 'content-length': _length, ...rest } = reply.headers;
          outgoing.writeHead(reply.statusCode ?? 502, rest).end(mend(call, said.toString()));
        },
        () => outgoing.destroy(),
      );
    });
  }

  const { endpoint, stop } = await serve((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  return {
    endpoint,
    get seen() {
      return seen;
    },
    written() {
      const before = written;
      written = new Set();
      return before;
    },
    reset(next) {
      seen = [];
      denied = undefined;
      fault = next;
    },
    stop,
  };
}

function whatIs(incoming: IncomingMessage, body: Buffer): Seen {
  const { method, url, headers } = incoming;
  const service = /Credential=[^/]*\/\d+\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  const target = /\.(\w+)$/.exec(String(headers['x-amz-target'] ?? ''))?.[1];
  const action = /(?:^|&)Action=(\w+)/.exec(body.toString())?.[1];
  const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
  searchParams.delete('x-id');
  const [first] = searchParams.keys();
  const what = target ?? action ?? `${method} ${pathname}${first ? `?${first}` : ''}`;
  const about = what.startsWith('POST /get') ? body.toString() : '';
  return { service, what, about, request: { incoming, body } };
}

/** Says no as the service's own protocol does. */
function spoil(
  outgoing: ServerResponse,
  { service, what }: Seen,
  kind: (typeof PASSING)[number] | 'AccessDenied',
): void {
  if (kind === 'a dropped connection') {
    outgoing.destroy();
    return;
  }
  const [status, code] =
    kind === 'throttling'
      ? [
          400,
          service === 'ec2' ? 'RequestLimitExceeded' : service === 's3' ? 'SlowDown' : 'ThrottlingException',
        ]
      : kind === 'a 500'
        ? [500, 'InternalFailure']
        : [403, service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDenied'];
  const isXml = ['s3', 'ec2', 'iam', 'sts', 'sns', 'rds', 'elasticloadbalancing'].includes(service);
  if (!isXml) {
    outgoing
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code })
      .end(JSON.stringify({ __type: code, message: `spoilt: ${what}` }));
    return;
  }
  const error = `<Code>${code}</Code><Message>spoilt: ${what}</Message>`;
  const wrapped =
    service === 's3'
      ? `<Error>${error}</Error>`
      : service === 'ec2'
        ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>1</RequestID></Response>`
        : `<ErrorResponse><Error>${error}</Error></ErrorResponse>`;
  outgoing.writeHead(status, { 'content-type': 'text/xml' }).end(wrapped);
}
