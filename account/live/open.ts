import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { CHANGES } from '../services/changes.ts';
import { service as ec2 } from '../services/ec2/live.ts';
import { ASKS } from '../services/live.ts';
import { DEFAULTS, openClients } from './clients.ts';
import { explain, LiveError } from './failures.ts';
import type { ClientConfig, LiveService } from './service.ts';
import { type LiveSource, liveSource } from './source.ts';

export interface OpenOptions {
  readonly profile?: string;
  /** The Regions to look at; all that the account has enabled, when none is named. */
  readonly region?: readonly string[];
  /** An emulator's address. `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` count too. */
  readonly endpointUrl?: string;
  readonly onProgress?: (what: 'caller' | 'regions') => void;
  readonly config?: Partial<ClientConfig>;
}

export interface LiveAccount {
  readonly source: LiveSource;
  readonly accountId: string;
  readonly regions: readonly string[];
  /** The configuration of the clients, for callers that make clients of their own. */
  readonly config: Partial<ClientConfig>;
  /** The account as one Region sees it: what a rule's function would see there. */
  at(region: string): LiveSource;
}

const sts: LiveService<STSClient> = { connect: (config) => new STSClient(config) };

/**
 * Opens the account that the credentials belong to, as the `aws` command would find them: the environment, the named
 * profile, single sign-on, a container's or an instance's role.
 *
 * @throws LiveError that says what is missing: credentials, a permission, the network.
 */
export async function openLiveAccount({
  profile,
  region = [],
  endpointUrl,
  onProgress,
  config,
}: OpenOptions = {}): Promise<LiveAccount> {
  const homeRegion = await defaultRegion(profile, region);
  const shared: Partial<ClientConfig> = {
    ...DEFAULTS,
    // If a profile is named, no other credentials are used, because nobody wants an instance's role after a typing
    // error.
    credentials: profile ? fromIni({ profile }) : fromNodeProviderChain(),
    ...(profile && { profile }),
    ...(endpointUrl && { endpoint: endpointUrl }),
    ...config,
  };
  const clients = openClients(shared);

  onProgress?.('caller');
  const identity = await call('sts:GetCallerIdentity', () =>
    (clients(sts, homeRegion) as STSClient).send(new GetCallerIdentityCommand({})),
  );
  const accountId = identity.Account;
  if (!accountId)
    throw new LiveError('IncompleteAnswer', 'sts:GetCallerIdentity: the answer names no account');

  let regions = region;
  if (regions.length === 0) {
    onProgress?.('regions');
    const otherwise = 'Or name the Regions with --region';
    const { Regions = [] } = await call(
      'ec2:DescribeRegions',
      () => (clients(ec2, homeRegion) as EC2Client).send(new DescribeRegionsCommand({})),
      otherwise,
    );
    regions = Regions.flatMap(({ RegionName }) => RegionName ?? []).sort();
    // An empty list of Regions is an error, because nothing regional would be judged.
    if (regions.length === 0) {
      const problem = `ec2:DescribeRegions: the answer names no Region. Look at the endpoint. ${otherwise}`;
      throw new LiveError('IncompleteAnswer', problem);
    }
  }
  const see = (regions: readonly string[], homeRegion: string) =>
    liveSource({ accountId, regions, asks: ASKS, changes: CHANGES, homeRegion, clients });
  return {
    source: see(regions, homeRegion),
    accountId,
    regions,
    config: shared,
    at: (one) => see([one], one),
  };
}

/** The Region for global services: chosen as the `aws` command does, with us-east-1 as the last resort. */
export async function defaultRegion(
  profile: string | undefined,
  [named]: readonly string[] = [],
): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const said = named || AWS_REGION || AWS_DEFAULT_REGION;
  if (said) return said;
  try {
    return await new STSClient({ ...(profile && { profile }) }).config.region();
  } catch {
    return 'us-east-1';
  }
}

async function call<T>(action: string, send: () => Promise<T>, otherwise?: string): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const failure = explain(error, [action]);
    if (!failure) throw error;
    const advice = [failure.message, otherwise].filter(Boolean).join('. ');
    throw new LiveError(failure.code, `${action}: ${advice}`, { cause: error });
  }
}
