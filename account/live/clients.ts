import type { ClientConfig, LiveService } from './service.ts';

/** Gives each service's client for a Region: made when first asked for, then shared. */
export type Clients = (service: LiveService, region: string) => unknown;

/** Calls of the service that answers most that are in flight at a time; each has a connection. */
export const MOST_AT_A_TIME = 64;
const AGENT = { maxSockets: MOST_AT_A_TIME };

/**
 * The default configuration. Adaptive retries slow down after the first throttling; timeouts keep one dead connection
 * from holding up a whole run.
 */
export const DEFAULTS = {
  retryMode: 'adaptive',
  maxAttempts: 6,
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    httpAgent: AGENT,
    httpsAgent: AGENT,
  },
} as const satisfies Partial<ClientConfig>;

/**
 * A pool of clients, one a service and Region, all made with the same configuration.
 *
 * @param made what is to be done with each client that was made.
 */
export function openClients(
  config: Partial<ClientConfig> = {},
  made: <C>(client: C) => C = (client) => client,
): Clients {
  const pool = new Map<LiveService, Map<string, unknown>>();
  return (service, region) => {
    const clients = pool.get(service) ?? new Map<string, unknown>();
    pool.set(service, clients);
    const client = clients.get(region) ?? made(service.connect({ ...DEFAULTS, ...config, region }));
    clients.set(region, client);
    return client;
  };
}
