import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Reading } from '../reading.ts';
import { service as ec2 } from '../services/ec2/live.ts';
import { loadAhead, onDemand } from '../services/on-demand.ts';
import { openClients } from './clients.ts';
import { called, LiveError } from './failures.ts';
import { quickened } from './quick.ts';
import type { ClientConfig, LiveService } from './service.ts';
import { defaultRegion, sharedConfig } from './shared.ts';
import { type LiveSource, liveSource } from './source.ts';

export interface OpenOptions {
  readonly profile?: string;
  /** The Regions to look at; all that the account has enabled, when none is named. */
  readonly region?: readonly string[];
  /** Of the Regions that are named, leaves out those that the account has not enabled, and says so in `disabled`. */
  readonly enabledOnly?: boolean;
  /** Where global services are asked; else the first Region that is named, or the one that the `aws` command would take. */
  readonly homeRegion?: string;
  /** An emulator's address. `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` count too. */
  readonly endpointUrl?: string;
  /** What will be read: the clients for it are loaded while AWS is asked whose account it is. */
  readonly expected?: readonly Reading[];
  readonly onProgress?: (what: 'caller' | 'regions') => void;
  readonly config?: Partial<ClientConfig>;
}

export interface LiveAccount {
  readonly source: LiveSource;
  readonly accountId: string;
  readonly regions: readonly string[];
  /** Regions that were named, and that the account has not enabled: see `enabledOnly`. */
  readonly disabled: readonly string[];
  /** Where global services are asked. */
  readonly homeRegion: string;
  /** The caller, as AWS names it. */
  readonly arn: string;
  /** The configuration of the clients, for callers that make clients of their own. */
  readonly config: Partial<ClientConfig>;
  /** The account as one Region sees it: what a rule's function would see there. */
  at(region: string): LiveSource;
}

const loadChanges = async () => (await import('../services/changes.ts')).CHANGES;

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
  enabledOnly = false,
  homeRegion,
  endpointUrl,
  expected = [],
  onProgress,
  config,
}: OpenOptions = {}): Promise<LiveAccount> {
  const home = homeRegion ?? (await defaultRegion(profile, region));
  const shared: Partial<ClientConfig> = {
    ...sharedConfig({ ...(profile && { profile }), ...(endpointUrl && { endpointUrl }) }),
    ...config,
  };
  const clients = openClients(shared, quickened);

  onProgress?.('caller');
  const isAsked = region.length === 0 || enabledOnly;
  const asked = isAsked ? enabledRegions(clients(ec2, home) as EC2Client, region.length > 0) : region;
  // Both are asked at once, but whose credentials these are comes first.
  if (isAsked) Promise.resolve(asked).catch(() => {});
  const identity = await called('sts:GetCallerIdentity', () =>
    (clients(sts, home) as STSClient).send(callerIdentity(() => loadAhead(expected))),
  );
  const accountId = identity.Account;
  if (!accountId)
    throw new LiveError('IncompleteAnswer', 'sts:GetCallerIdentity: the answer names no account');

  if (isAsked) onProgress?.('regions');
  const enabled = await asked;
  const regions = region.length === 0 ? enabled : region.filter((one) => enabled.includes(one));
  const see = (regions: readonly string[], homeRegion: string) =>
    liveSource({ accountId, regions, asks: onDemand, changes: loadChanges, homeRegion, clients });
  return {
    source: see(regions, home),
    accountId,
    regions,
    disabled: region.filter((one) => !regions.includes(one)),
    homeRegion: home,
    arn: identity.Arn ?? '',
    config: shared,
    at: (one) => see([one], one),
  };
}

/** @param onItsWay is called once the question has gone out: what takes time then takes none of it. */
function callerIdentity(onItsWay: () => void): GetCallerIdentityCommand {
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(
    (next) => (args) => {
      const answer = next(args);
      onItsWay();
      return answer;
    },
    { step: 'deserialize', priority: 'low' },
  );
  return command;
}

/** @param wasNamed whether the caller named Regions, so that naming some is no way out. */
async function enabledRegions(client: EC2Client, wasNamed: boolean): Promise<readonly string[]> {
  const otherwise = wasNamed ? undefined : 'Or name the Regions with --region';
  const { Regions = [] } = await called(
    'ec2:DescribeRegions',
    () => client.send(new DescribeRegionsCommand({})),
    otherwise,
  );
  const regions = Regions.flatMap(({ RegionName }) => RegionName ?? []).sort();
  // An empty list of Regions is an error, because nothing regional would be judged.
  if (regions.length === 0) {
    const problem = ['ec2:DescribeRegions: the answer names no Region. Look at the endpoint', otherwise];
    throw new LiveError('IncompleteAnswer', problem.filter(Boolean).join('. '));
  }
  return regions;
}
