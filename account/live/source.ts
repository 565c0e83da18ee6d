import { setTimeout as pause } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { AccountError, isOneOf, OWN_CODES } from '../errors.ts';
import { untilRepeated } from '../pages.ts';
import { type AnyTarget, fixedRegion, nameOf, type Reading } from '../reading.ts';
import type { ChangePlace, Source } from '../source.ts';
import { type Clients, openClients } from './clients.ts';
import { accountError, explain, LiveError } from './failures.ts';
import type { Ask, ClientConfig, LiveAsk, LiveChange, LiveService } from './service.ts';

export interface LiveOptions {
  readonly accountId: string;
  /** The Regions in view. */
  readonly regions: readonly string[];
  /** What can be read; anything else rejects as not collected. */
  readonly asks: readonly LiveAsk[] | AsksOnDemand;
  /** What can be changed, or what loads it; anything else is an error. */
  readonly changes?: readonly LiveChange[] | (() => Promise<readonly LiveChange[]>);
  /** Where global services are asked: the first Region in view unless told otherwise. */
  readonly homeRegion?: string;
  readonly config?: Partial<ClientConfig>;
  /** Clients to share with other sources, instead of `config`. */
  readonly clients?: Clients;
  /** Calls in flight at a time, of each service: one that is throttled holds up no other. */
  readonly concurrency?: number;
  /** The largest page to ask for, where an API's own is larger. */
  readonly largestPage?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Asks that are loaded, with their service's SDK client, when they are first needed. */
export interface AsksOnDemand {
  serves(reading: Reading): boolean;
  load(reading: Reading): Promise<LiveAsk | undefined>;
}

/** A source that asks AWS, each time that it is asked. */
export interface LiveSource extends Source {
  /** Whether it knows how to ask for the reading. */
  serves(reading: Reading): boolean;
  /**
   * Reads like {@link Source.read}, but rejects also where AWS says that there is none (`NoSuchBucketPolicy`):
   * for those who write down what AWS said.
   */
  ask(reading: Reading, target?: AnyTarget): Promise<object | string>;
}

/**
 * The account as AWS has it now.
 *
 * @example
 * const source = liveSource({ accountId: '111122223333', regions: ['eu-west-1'], asks: [bucketPolicy] });
 * await source.read(bucketPolicy.reading, { id: 'my-bucket' }); // { Policy: '{…}' }, or null
 */
export function liveSource({
  accountId,
  regions,
  asks,
  changes = [],
  homeRegion = regions[0] ?? 'us-east-1',
  config,
  clients = openClients(config),
  concurrency,
  largestPage = Number.POSITIVE_INFINITY,
  sleep = pause,
}: LiveOptions): LiveSource {
  /** The Regions of buckets that an answer has told. */
  const homes = new Map<string, string>();
  const names = new Map<string, string>();
  const known = 'load' in asks ? asks : listed(asks);
  const limitOf = limits<LiveAsk>(({ atATime }) => atATime);
  const poolOf = limits<LiveService>(({ atATime = AT_A_TIME }) => concurrency ?? atATime);

  const asking = (service: LiveService, region: string, id: string, of = ''): Ask<unknown> => ({
    client: clients(service, region),
    accountId,
    id,
    known: (name) => names.get(`${of} ${region} ${name}`),
    pageSize: (largest) => Math.min(largest, largestPage),
    sleep,
  });

  async function prepared(reading: Reading, target: AnyTarget) {
    const { live, home } = askOf(reading, await known.load(reading), homeRegion, target);
    const region = target.region ?? home ?? homes.get(placeOf(reading, target.id)) ?? homeRegion;
    return { live, region, asked: asking(live.service, region, target.id ?? '', reading.service.name) };
  }

  async function ask(reading: Reading, target: AnyTarget = {}): Promise<object | string> {
    const { live, asked, region } = await prepared(reading, target);
    const call = () => within(poolOf(live.service), () => live.ask(asked));
    try {
      const answer = await within(limitOf(live), call);
      if (typeof answer === 'string') return answer;
      for (const [id, there] of live.homes?.(answer) ?? []) homes.set(placeOf(reading, id), there);
      for (const [name, arn] of live.names?.(answer) ?? []) {
        names.set(`${reading.service.name} ${region} ${name}`, arn);
      }
      const { $metadata, ...said } = answer as { $metadata?: unknown };
      return said;
    } catch (error) {
      throw accountError(error, reading, target);
    }
  }

  async function* pages(reading: Reading, target: AnyTarget = {}): AsyncGenerator<object> {
    const { live, asked } = await prepared(reading, target);
    const pool = poolOf(live.service);
    const all = untilRepeated(live.pages?.(asked) ?? onePage(live.ask(asked)));
    try {
      let page = await within(pool, () => all.next());
      for (; !page.done; page = await within(pool, () => all.next())) yield page.value;
    } catch (error) {
      throw accountError(error, reading, target);
    }
  }

  return {
    accountId,
    regions,
    isAfar: true,
    serves: known.serves,
    ask,
    pages,
    change: changing(changes, ({ service }, { region = homeRegion, id }) => asking(service, region, id)),
    read: (reading, target) => orNone(reading, ask(reading, target)),
  };
}

/** Makes changes, as those that are given say. */
function changing(
  changes: NonNullable<LiveOptions['changes']>,
  asking: (change: LiveChange, place: ChangePlace) => Ask<unknown>,
): NonNullable<Source['change']> {
  return async (api, place, input) => {
    const all = typeof changes === 'function' ? await changes() : changes;
    const change = all.find((one) => one.api === api);
    if (!change) throw new LiveError('UnknownChange', `${api}: nothing here can do that`);
    try {
      await change.make(asking(change, place), input);
    } catch (error) {
      const failure = explain(error, [change.action ?? api]);
      if (!failure) throw error;
      const where = place.region === undefined ? place.id : `${place.id} in ${place.region}`;
      throw new LiveError(failure.code, `${api} of ${where}: ${failure.message}`, { cause: error });
    }
  };
}

/** Asks that are loaded already. */
function listed(asks: readonly LiveAsk[]): AsksOnDemand {
  const byReading = new Map(asks.map((one) => [one.reading, one]));
  return { serves: (reading) => byReading.has(reading), load: async (reading) => byReading.get(reading) };
}

/** Calls to a service in flight at a time, unless it says otherwise. */
const AT_A_TIME = 16;

/** What holds back the calls of each, made when it is first needed. */
function limits<T extends object>(atATime: (one: T) => number | undefined) {
  const known = new Map<T, LimitFunction | undefined>();
  return (one: T): LimitFunction | undefined => {
    if (!known.has(one)) {
      const most = atATime(one);
      known.set(one, most === undefined ? undefined : pLimit(most));
    }
    return known.get(one);
  };
}

const within = <T>(limit: LimitFunction | undefined, call: () => Promise<T>): Promise<T> =>
  limit?.(call) ?? call();

/** How to ask for the reading, and the one Region that has it, if it is one. */
function askOf(
  reading: Reading,
  live: LiveAsk | undefined,
  homeRegion: string,
  { id }: AnyTarget,
): { live: LiveAsk; home: string | undefined } {
  const name = nameOf(reading);
  if (!live) {
    const message = `${name} is not read from a live account`;
    throw new AccountError(OWN_CODES.notCollected, name, message, id);
  }
  const home = fixedRegion(reading, homeRegion);
  if (reading.askedIn && home === undefined) {
    const message = `${name}: AWS has no such API in the partition of ${homeRegion}`;
    throw new AccountError(OWN_CODES.notInPartition, name, message, id);
  }
  return { live, home };
}

async function* onePage(answer: Promise<object | string>): AsyncGenerator<object> {
  yield Object(await answer);
}

const placeOf = ({ service }: Reading, id = ''): string => `${service.name} ${id}`;

/** The answer; `null` where AWS says that there is none. */
async function orNone(reading: Reading, asked: Promise<object | string>): Promise<unknown> {
  try {
    const answer = await asked;
    return typeof answer === 'string' ? readText(reading, answer) : answer;
  } catch (error) {
    if (error instanceof AccountError && isOneOf(reading.none ?? [], error.code)) return null;
    throw error;
  }
}

function readText(reading: Reading, text: string): unknown {
  try {
    return reading.text?.(text) ?? text;
  } catch (error) {
    const name = nameOf(reading);
    throw new AccountError(OWN_CODES.malformed, name, `${name}: ${(error as Error).message}`);
  }
}
