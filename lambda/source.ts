import { openClients } from '../account/live/clients.ts';
import type { LiveAsk, LiveChange } from '../account/live/service.ts';
import { liveSource } from '../account/live/source.ts';
import type { Source } from '../account/source.ts';

/**
 * The live source of a Lambda function. Called once, when the function is loaded: clients and their connections
 * live as long as the container, readings only as long as the source that is made for an event.
 *
 * @example
 * export const handler = ruleHandler(rule, lambdaSource([users, accessKeys]));
 */
export function lambdaSource(asks: readonly LiveAsk[], changes: readonly LiveChange[] = []) {
  const clients = openClients();
  return ({ accountId, region }: { readonly accountId: string; readonly region: string }): Source =>
    liveSource({ accountId, regions: [region], asks, changes, clients });
}
