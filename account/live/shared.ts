/** How every client of a live account is made: with whose credentials, and to which address. */
import { STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { DEFAULTS } from './clients.ts';
import type { ClientConfig } from './service.ts';

export interface SharedOptions {
  readonly profile?: string;
  /** An emulator's address. `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` count too. */
  readonly endpointUrl?: string;
}

/** If a profile is named, no other credentials are used, because nobody wants an instance's role after a typing error. */
export const sharedConfig = ({ profile, endpointUrl }: SharedOptions): Partial<ClientConfig> => ({
  ...DEFAULTS,
  credentials: profile ? fromIni({ profile }) : fromNodeProviderChain(),
  ...(profile && { profile }),
  ...(endpointUrl && { endpoint: endpointUrl }),
});

/** Endpoints other than AWS's own seldom have a host name for every bucket. */
export const isEmulated = ({ endpoint }: Pick<ClientConfig, 'endpoint'>) =>
  Boolean(endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);

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
