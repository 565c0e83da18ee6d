/**
 * An account on a loopback port, made of what the `aws` command would print: it answers any API that an SDK client knows, in
 * the service's own protocol, so that nothing of the code under test is replaced. For what moto has not got, and wherever
 * moto is too much.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { commandOf, pathOf } from '../../../account/reading.ts';
import { READINGS } from '../../../account/services/index.ts';
import { bodyOf, type Loopback, passOn, serve } from '../loopback.ts';
import { Failure } from '../memory.ts';
import type { Json } from './request.ts';
import { type Call, callOf, type Reply, refusalOf, replyTo } from './wire.ts';

/** Answers by their path in a snapshot; a `Failure` is refused with its code, and what is not there may not be read. */
export type Readings = Readonly<Record<string, unknown>>;

/**
 * What a call that changes something does to the account, by API: `account:PutAlternateContact`. Gives the answer, as printed,
 * or a `Failure`. Also for a reading whose answer is no file as it is: one that filters, or counts.
 */
export type Acts = Readonly<
  Record<string, (input: Json, readings: Record<string, unknown>, call: Pick<Call, 'region'>) => unknown>
>;

export interface StandIn extends Loopback {
  /** `s3:GetBucketPolicy`, in the order in which they came. */
  readonly asked: string[];
  /** What there is now. */
  readonly readings: Record<string, unknown>;
  /** Another account, of which nothing was asked yet. */
  reset(readings: Readings): void;
  /** What kept it from answering as AWS would since the last reset. */
  readonly broken: readonly Error[];
  /** @throws the first of these. */
  check(): void;
}

export interface Stood {
  readonly readings?: Readings;
  readonly acts?: Acts;
  readonly accountId?: string;
}

/** @param beyond where calls go that no answer is there for; they are refused, where it says nowhere. */
export async function startStandIn(
  { readings = {}, acts = {}, accountId = '111122223333' }: Stood = {},
  beyond: () => string | undefined = () => undefined,
): Promise<StandIn> {
  let asked: string[] = [];
  let now: Record<string, unknown> = { ...readings };
  let broken: Error[] = [];
  const all = { ...answersOf(accountId), ...acts };
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const call = await callOf(incoming, body);
    asked.push(`${call.service}:${call.api}`);
    const said = answerTo(call, now, all);
    const further = said === undefined ? beyond() : undefined;
    if (further !== undefined) passOn(further, incoming, body, outgoing);
    else send(outgoing, said === undefined ? refusalOf(call, 'AccessDenied') : rendered(call, said));
  }
  const { endpoint, stop } = await serve((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: Error) => {
      broken.push(error);
      outgoing.writeHead(501, { 'content-type': 'text/plain' }).end(error.message);
    });
  });
  return {
    endpoint,
    stop,
    get asked() {
      return asked;
    },
    get readings() {
      return now;
    },
    get broken() {
      return broken;
    },
    reset(readings) {
      [asked, broken, now] = [[], [], { ...readings }];
    },
    check() {
      if (broken[0]) throw broken[0];
    },
  };
}

export const rendered = (call: Call, said: unknown): Reply =>
  said instanceof Failure ? refusalOf(call, said.code) : replyTo(call, said);

export const send = (outgoing: ServerResponse, { status, headers, body }: Reply): void =>
  void outgoing.writeHead(status, headers).end(body);

/** What is said to a call: by an act, else by the file that it asks about. */
export function answerTo(call: Call, readings: Record<string, unknown>, acts: Acts): unknown {
  const { service, api, region, input } = call;
  const act = acts[`${service}:${api}`];
  if (act) return act(input, readings, call);
  // Of the texts in a request one, or two, are what it is about: those that there is a file of.
  const texts = textsIn(input);
  const ids = [...texts, ...texts.flatMap((one) => texts.map((other) => `${one}/${other}`))];
  const readingsOfIt = (BY_API.get(api) ?? []).filter(
    (one) =>
      (one.service.name === service || commandOf(one)[0] === service) &&
      (one.variant === undefined || texts.includes(one.variant)),
  );
  const paths = readingsOfIt.flatMap((one) =>
    one.about ? ids.map((id) => pathOf(one, { region, id })) : [pathOf(one, { region })],
  );
  return paths.map((path) => readings[path]).find((answer) => answer !== undefined);
}

const BY_API = new Map<string, (typeof READINGS)[number][]>();
for (const one of READINGS) BY_API.set(one.api, [...(BY_API.get(one.api) ?? []), one]);

/** A request may name by its ARN what a file names by its last part, or by the one before (Elastic Load Balancing). */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value, ...(value.startsWith('arn:') ? value.split(/[:/]/).slice(-2) : [])]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

const REPORT = 'global/iam/get-credential-report.csv';
const DEVICES = 'global/iam/list-virtual-mfa-devices.json';

/** Calls whose answers are no files as they are. */
const answersOf = (accountId: string): Acts => ({
  'sts:GetCallerIdentity': () => ({
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:user/tests`,
    UserId: 'AIDA',
  }),
  'iam:GenerateCredentialReport': (_, { [REPORT]: report }) => report && { State: 'COMPLETE' },
  'iam:GetCredentialReport': (_, { [REPORT]: report }) =>
    typeof report === 'string'
      ? { Content: Buffer.from(report).toString('base64'), ReportFormat: 'text/csv' }
      : report,
  'iam:ListVirtualMFADevices': ({ AssignmentStatus }, { [DEVICES]: printed }) => {
    if (AssignmentStatus !== 'Assigned' || printed === undefined || printed instanceof Failure)
      return printed;
    const { VirtualMFADevices } = printed as { VirtualMFADevices: readonly { User?: object }[] };
    return { VirtualMFADevices: VirtualMFADevices.filter(({ User }) => User) };
  },
});
