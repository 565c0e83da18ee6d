import { type LiveAccount, openLiveAccount } from '../account/live/open.ts';
import { checkRegions } from './options.ts';
import type { Progress } from './progress.ts';

/** Options that name a live account, shared by the commands that read one. */
export interface LiveOptions {
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly endpointUrl?: string;
}

export function openLive(options: LiveOptions, progress: Progress): Promise<LiveAccount> {
  const { profile, region = [], endpointUrl } = options;
  return openLiveAccount({
    ...(profile !== undefined && { profile }),
    region: checkRegions(region),
    ...(endpointUrl !== undefined && { endpointUrl }),
    onProgress: progress.step,
  });
}
