import type { LiveAccount } from '../../account/live/open.ts';
import type { Reading } from '../../account/reading.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { checkRegions } from './read.ts';

/** Options that name a live account, shared by the commands that read one. */
export interface LiveOptions {
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly endpointUrl?: string;
  /** Leaves out the Regions of `region` that the account has not enabled. */
  readonly enabledOnly?: boolean;
  /** What will be read. */
  readonly expected?: readonly Reading[];
}

/** @throws {UsageError} for an address that is none, `localhost:4566` above all, whose scheme would be `localhost`. */
export function checkEndpoint(endpointUrl: string | undefined, { AWS_ENDPOINT_URL }: World['env']): void {
  const given = endpointUrl ?? AWS_ENDPOINT_URL;
  if (given === undefined || (endpointUrl === undefined && given === '')) return;
  const option = endpointUrl === undefined ? 'AWS_ENDPOINT_URL' : '--endpoint-url';
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') return;
  const host = given.replace(/^[a-z]*:?\/+/i, '') || 'localhost:4566';
  throw new UsageError({
    en: `${option} ${given}: expected a URL, such as http://${host}`,
    ko: `${option} ${given}: http://${host} 같은 URL이어야 합니다`,
  });
}

const ASKING = {
  caller: { en: 'asking whose credentials these are', ko: '누구의 자격 증명인지 확인하는 중' },
  regions: {
    en: 'asking which Regions the account has enabled',
    ko: '계정에 활성화된 리전을 확인하는 중',
  },
} as const;

export async function openLive(
  { profile, region = [], endpointUrl, enabledOnly = false, expected = [] }: LiveOptions,
  { env, progress }: Pick<World, 'env' | 'progress'>,
): Promise<LiveAccount> {
  checkEndpoint(endpointUrl, env);
  // With every SDK client, which is most of the command, and which files need none of.
  const { openLiveAccount } = await import('../../account/live/open.ts');
  return openLiveAccount({
    ...(profile !== undefined && { profile }),
    region: checkRegions(region),
    enabledOnly,
    expected,
    ...(endpointUrl !== undefined && { endpointUrl }),
    onProgress: (what) => progress.step(ASKING[what]),
  });
}
