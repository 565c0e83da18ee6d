import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { AccountError, OWN_CODES } from '../errors.ts';
import { READS, type Read, type ReadName, type ReadTarget } from '../reads.ts';
import type { Source } from '../source.ts';
import { type Clients, openClients } from './clients.ts';
import { accountError, explain, LiveError } from './failures.ts';
import type { Ask, ClientConfig, LiveService } from './service.ts';

export interface LiveOptions {
  readonly accountId: string;
  /** The Regions in view. */
  readonly regions: readonly string[];
  /** What can be read; anything else rejects as not collected. */
  readonly services: readonly LiveService[];
  /** Where global services are asked: the first Region in view unless told otherwise. */
  readonly homeRegion?: string;
  readonly config?: Partial<ClientConfig>;
  /** Clients to share with other sources, instead of `config`. */
  readonly clients?: Clients;
  /** Calls in flight at a time. */
  readonly concurrency?: number;
  /** The largest page to ask for, where an API's own is larger. */
  readonly largestPage?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** A source that asks AWS, each time that it is asked. */
export interface LiveSource extends Source {
  /** Whether one of the services has the reading. */
  serves(name: ReadName): boolean;
  /**
   * Reads like {@link Source.read}, but rejects also where AWS says that there is none (`NoSuchBucketPolicy`):
   * for those who write down what AWS said.
   */
  ask(name: ReadName, target?: ReadTarget): Promise<object | string>;
}

/**
 * The account as AWS has it now.
 *
 * @example
 * const source = liveSource({ accountId: '111122223333', regions: ['eu-west-1'], services: [iam, s3] });
 * await source.read('s3:GetBucketPolicy', { id: 'my-bucket' }); // { Policy: '{…}' }, or null
 */
export function liveSource({
  accountId,
  regions,
  services,
  homeRegion = regions[0] ?? 'us-east-1',
  config,
  clients = openClients(config),
  concurrency = 16,
  largestPage = Number.POSITIVE_INFINITY,
  sleep = pause,
}: LiveOptions): LiveSource {
  const limit = pLimit(concurrency);
  /** Where buckets are, as far as an answer has told. */
  const homes = new Map<string, string>();
  const serviceOf = (name: ReadName) => services.find(({ reads }) => name in reads);

  const asking = (service: LiveService, region: string, id: string): Ask<unknown> => ({
    client: clients(service, region),
    accountId,
    id,
    pageSize: (largest) => Math.min(largest, largestPage),
    sleep,
  });

  async function ask(name: ReadName, target: ReadTarget = {}): Promise<object | string> {
    const service = serviceOf(name);
    const reader = service?.reads[name];
    if (!service || !reader) {
      throw new AccountError(
        OWN_CODES.notCollected,
        name,
        `${name} is not read from a live account`,
        target.id,
      );
    }
    const region = target.region ?? (service.homes && homes.get(target.id ?? '')) ?? homeRegion;
    try {
      const answer = await limit(() => reader(asking(service, region, target.id ?? '')));
      if (typeof answer === 'string') return answer;
      for (const [id, home] of service.homes?.(answer) ?? []) homes.set(id, home);
      const { $metadata, ...said } = answer as { $metadata?: unknown };
      return said;
    } catch (error) {
      throw accountError(error, name, target);
    }
  }

  function readText(name: ReadName, text: string): unknown {
    try {
      return serviceOf(name)?.texts?.[name]?.(text) ?? text;
    } catch (error) {
      throw new AccountError(OWN_CODES.malformed, name, `${name}: ${(error as Error).message}`);
    }
  }

  return {
    accountId,
    regions,
    serves: (name) => serviceOf(name) !== undefined,
    ask,
    async change(api, id, input) {
      const service = services.find(({ changes = {} }) => api in changes);
      const change = service?.changes?.[api];
      if (!service || !change) throw new LiveError('UnknownChange', `${api}: no service here can do that`);
      try {
        await change.make(asking(service, homeRegion, id), input);
      } catch (error) {
        const failure = explain(error, [change.action]);
        if (!failure) throw error;
        throw new LiveError(failure.code, `${api} of ${id}: ${failure.message}`, { cause: error });
      }
    },
    async read(name, target) {
      try {
        const answer = await ask(name, target);
        return typeof answer === 'string' ? readText(name, answer) : answer;
      } catch (error) {
        // A function's bundle has no row of what its rule does not read.
        const read: Read | undefined = READS[name];
        if (error instanceof AccountError && read?.none?.includes(error.code)) return null;
        throw error;
      }
    },
  };
}
