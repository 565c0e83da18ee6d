/** A role in another account, as whose caller that account is read. */

import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { memoize } from '@smithy/core/config';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { DEFAULTS } from './clients.ts';
import { called, LiveError } from './failures.ts';
import { type LiveAccount, openLiveAccount } from './open.ts';
import type { ClientConfig } from './service.ts';

export interface RoleOptions {
  /** With its path, if it has one: `audit/GroundrulesReader`. */
  readonly roleName: string;
  readonly externalId?: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  /** The role has to let its caller tag sessions, where there are any. */
  readonly tags: Readonly<Record<string, string>>;
  /** The Regions to look at, of those that the account has enabled; all of these, when none is named. */
  readonly region: readonly string[];
  /** Shared by all accounts, so that connections are. */
  readonly requestHandler?: ClientConfig['requestHandler'];
}

/**
 * Opens an account by its role. The credentials are asked for again before they end.
 *
 * @param caller who may assume the role.
 * @throws {LiveError} which names the role.
 */
export async function openByRole(
  caller: Pick<LiveAccount, 'arn' | 'config' | 'homeRegion'>,
  accountId: string,
  { roleName, externalId, sessionName, durationSeconds, tags, region, requestHandler }: RoleOptions,
): Promise<LiveAccount> {
  const arn = `arn:${caller.arn.split(':')[1] ?? 'aws'}:iam::${accountId}:role/${roleName}`;
  const {
    profile: _,
    credentials,
    ...config
  } = {
    ...caller.config,
    ...(requestHandler && { requestHandler }),
  };
  const ask = fromTemporaryCredentials({
    ...(credentials && { masterCredentials: credentials }),
    params: {
      RoleArn: arn,
      RoleSessionName: sessionName,
      DurationSeconds: durationSeconds,
      ...(externalId !== undefined && { ExternalId: externalId }),
      ...(Object.keys(tags).length > 0 && {
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    },
    clientConfig: { ...config, region: caller.homeRegion },
  });
  // Each service's client in each Region would assume the role for itself.
  const assumed = memoize(() => ask(), endsSoon, endsAtAll);
  await called(`sts:AssumeRole of ${arn}`, () => assumed());
  const account = await openLiveAccount({
    region,
    homeRegion: caller.homeRegion,
    enabledOnly: true,
    config: { ...config, credentials: assumed },
  });
  if (account.accountId !== accountId) {
    throw new LiveError(
      'WrongAccount',
      `sts:AssumeRole of ${arn}: it leads into account ${account.accountId}. Look at the endpoint`,
    );
  }
  return account;
}

type Ending = { readonly expiration?: Date };
const endsAtAll = ({ expiration }: Ending) => expiration !== undefined;
/** As early as the SDK's clients ask for new ones. */
const MARGIN_MS = 5 * 60_000;
const endsSoon = ({ expiration }: Ending) =>
  expiration !== undefined && expiration.getTime() - Date.now() < MARGIN_MS;

/**
 * Sends for the clients of all accounts, so that they share connections to the same place.
 *
 * @param answered is called with each answer, but not where it is to be asked for again.
 */
export function sharedHandler(answered: () => void): NodeHttpHandler {
  const handler = new NodeHttpHandler({ ...DEFAULTS.requestHandler, httpAgent: AGENT, httpsAgent: AGENT });
  const send = handler.handle.bind(handler);
  handler.handle = async (...request) => {
    const answer = await send(...request);
    if (!isThrottled(answer.response.statusCode)) answered();
    return answer;
  };
  return handler;
}

/** Services that answer in XML say 400 for a throttled call, as for a wrong one; those are few. */
const isThrottled = (status: number): boolean => status === 400 || status === 429 || status >= 500;
const AGENT = { keepAlive: true, maxSockets: 256 };
