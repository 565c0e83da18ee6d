import type { Source } from '../source.ts';
import { openClients } from './clients.ts';
import type { LiveService } from './service.ts';
import { liveSource } from './source.ts';

/**
 * The live source of a Lambda function. Called once, when the function is loaded: clients and their connections
 * live as long as the container, readings only as long as the source that is made for an event.
 *
 * @example
 * export const handler = configHandler(rule, lambdaSource([iam]));
 */
export function lambdaSource(services: readonly LiveService[]) {
  const clients = openClients();
  return ({ accountId, region }: { readonly accountId: string; readonly region: string }): Source =>
    liveSource({ accountId, regions: [region], services, clients });
}
