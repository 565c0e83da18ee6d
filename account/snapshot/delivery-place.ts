/** A place in the bucket that AWS Config delivers to, as its key has it (layout: delivery.ts). */
import { deliveredName } from './delivery.ts';
import { isAccountId } from './open.ts';

/** Where in a bucket to look: everything below `AWSLogs/`, or one account, or a Region of it, or a single file. */
export interface DeliveryPlace {
  /** What stands before `AWSLogs/`: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly organization?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly file?: string;
}

/**
 * Any that AWS may have: a folder that is left out would look like a Region without problems. In `global` are items of IAM's that
 * were too large for a message, and no snapshots.
 */
export const isRegion = (name: string) => /^([a-z]{2,}(?:-[a-z]+)+-\d+|global)$/.test(name);
export const ORGANIZATION = /^o-[a-z0-9]+$/;

/**
 * Takes what stands after `s3://bucket/` apart.
 *
 * @returns `undefined` for what is no place of AWS Config's: something else below `AWSLogs/`.
 */
export function deliveryPlace(key: string): DeliveryPlace | undefined {
  const parts = key.split('/').filter((part) => part !== '');
  const at = parts.indexOf('AWSLogs');
  const above = at < 0 ? parts : parts.slice(0, at);
  const prefix = above.map((part) => `${part}/`).join('');
  const last = parts.at(-1) ?? '';
  const said = deliveredName(last);
  if (said) return { prefix, accountId: said.accountId, region: said.region, file: key };
  if (at < 0) return { prefix };
  const below = parts.slice(at + 1);
  const organization = ORGANIZATION.test(below[0] ?? '') ? below.shift() : undefined;
  const [accountId, config, region, ...more] = below;
  const isOurs =
    (accountId === undefined || isAccountId(accountId)) &&
    (config === undefined || config === 'Config') &&
    (region === undefined || isRegion(region)) &&
    more.length === 0;
  if (!isOurs) return undefined;
  return {
    prefix,
    ...(organization !== undefined && { organization }),
    ...(accountId !== undefined && { accountId }),
    ...(region !== undefined && { region }),
  };
}
