import { type ConfigServiceClient, GetResourceConfigHistoryCommand } from '@aws-sdk/client-config-service';
import { type ConfigurationItem, type ItemSummary, parseItem } from './item.ts';

/** The configuration item that an oversized event is about could not be had: nobody can judge the resource. */
export class OversizedItemError extends Error {
  override readonly name = 'OversizedItemError';
  /** AWS's own code (`ResourceNotDiscoveredException`, …), or `NoItem`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How far two texts of the same time may differ, in milliseconds. */
const SAME_TIME = 1000;

/**
 * Fetches the item that was too large for its event, as it was when it was captured: a newer one has an event of its
 * own (API, ConfigurationItem). Whether `laterTime` includes the moment that it names is unverified. If it does not, the
 * answer is an older item, and this asks for the newest one instead.
 *
 * @throws {OversizedItemError}
 * @throws {InvalidItemError}
 */
export async function fetchItem(
  client: ConfigServiceClient,
  summary: ItemSummary,
): Promise<ConfigurationItem> {
  const { type, id, captureTime } = summary;
  const of = `config:GetResourceConfigHistory of ${type} ${id}`;
  const first = await history(client, summary, of, { laterTime: captureTime });
  const item = first && parseItem(first, of);
  if (item && item.captureTime.getTime() >= captureTime.getTime() - SAME_TIME) return item;

  const newest = await history(client, summary, of, {});
  if (newest) return parseItem(newest, of);
  throw new OversizedItemError(
    'NoItem',
    `${of} gave no item, though one was captured at ${captureTime.toISOString()}. Re-evaluate the rule`,
  );
}

async function history(
  client: ConfigServiceClient,
  { type, id }: ItemSummary,
  of: string,
  range: { readonly laterTime?: Date },
) {
  try {
    const { configurationItems = [] } = await client.send(
      new GetResourceConfigHistoryCommand({
        // The SDK's list of types has fewer than the API takes.
        resourceType: type as never,
        resourceId: id,
        ...range,
        limit: 1,
      }),
    );
    return configurationItems[0];
  } catch (error) {
    const { name, message } = error as Error;
    throw new OversizedItemError(
      name,
      `${of} failed with ${name}: ${message}. See that the function's role allows config:GetResourceConfigHistory, and re-evaluate the rule`,
      { cause: error },
    );
  }
}
