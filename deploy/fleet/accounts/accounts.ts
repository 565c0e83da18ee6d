/** Writes down which accounts a run is for: what its map reads. */
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import * as z from 'zod/mini';
import { membersIn, unknownIn } from '../../../account/live/members.ts';
import { listOrganization, type Organization } from '../../../account/live/organization.ts';
import { accountsIn, type Bucket } from '../../../account/snapshot/bucket.ts';
import { type Log, openLog } from '../../../config/log.ts';
import { handed } from '../handed.ts';
import { type Asked, accountsKey, type FleetFile } from '../layout.ts';
import type { Store } from '../store.ts';

/** From the context of the execution. */
const event = z.object({
  /** When it began, ISO 8601. */
  started: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/)),
  run: z.string().check(z.minLength(1)),
});

export interface AccountsAnswer {
  readonly run: string;
  readonly started: string;
  /** In UTC. */
  readonly day: string;
  readonly bucket: string;
  readonly key: string;
  readonly accounts: number;
  /** Accounts that are not active. */
  readonly leftOut: number;
  /** Accounts that AWS Config has no folder for in the bucket: each is an error of its own. */
  readonly undelivered?: number;
  /** Accounts that have a folder in the bucket, and are not of the organization any more: they are left out. */
  readonly strangers?: number;
}

export interface AccountsOptions {
  readonly client: OrganizationsClient;
  readonly settings: Pick<FleetFile, 'organizationalUnits' | 'excludedAccounts'>;
  readonly store: Store;
  /** The bucket by which accounts are judged, where there is one, and what stands before `AWSLogs/` in it. */
  readonly delivery?: { readonly bucket: Bucket; readonly prefix: string };
  readonly log?: Log;
}

/**
 * @returns a handler that rejects where the organization cannot be read, has none of the units, or no account is left: which
 * accounts of a bucket are still of the organization, and whose settings and waivers hold for them, nothing else tells.
 */
export function listAccounts({ client, settings, store, delivery, log = openLog() }: AccountsOptions) {
  return async (given: unknown): Promise<AccountsAnswer> => {
    const { started, run } = handed(event, given, 'the execution');
    const day = new Date(started).toISOString().slice(0, 10);
    const organization = await listOrganization(client).catch(async (error: Error) => {
      throw delivery ? await unknownMembers(error, delivery, log) : error;
    });
    const { organizationalUnits: named, excludedAccounts: excluded } = settings;
    // An excluded account may have left the organization.
    const unknown = unknownIn(organization, named);
    if (unknown !== undefined) {
      throw new Error(`organization.fleet: ${unknown}: organization ${organization.id} has no such unit`);
    }
    const members = membersIn(organization, { named, excluded });
    const active = members.filter(({ state }) => state === 'ACTIVE');
    if (active.length === 0) throw new Error('organization.fleet: no active account is in the units');
    const found = delivery && (await deliveredTo(delivery, log));
    const asked = active.map(
      ({ id, name, units }): Asked => ({
        ...{ id, ...(name !== undefined && { name }), units },
        ...(found && { delivered: found.get(id) ?? [] }),
      }),
    );
    const key = accountsKey(day);
    await store.put(key, JSON.stringify(asked), 'application/json');
    const counts = {
      ...{ accounts: active.length, leftOut: members.length - active.length },
      ...(found && besides(found, asked, organization)),
    };
    log.info('accounts listed', { run, ...counts });
    return { run, started, day, bucket: store.bucket, key, ...counts };
  };
}

/** The folders of each account: a list a thousand accounts, and none of an account's own. */
async function deliveredTo(
  { bucket, prefix }: NonNullable<AccountsOptions['delivery']>,
  log: Log,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const accounts = await accountsIn(bucket, { prefix }, ({ message }) =>
    log.warn('folders of organizations beside AWSLogs/ are not looked for', { message }),
  );
  return new Map(accounts.map(({ accountId, roots }) => [accountId, roots.map(({ key }) => key)]));
}

function besides(
  found: ReadonlyMap<string, readonly string[]>,
  asked: readonly Asked[],
  { members }: Organization,
): Pick<AccountsAnswer, 'undelivered' | 'strangers'> {
  const known = new Set(members.map(({ id }) => id));
  return {
    undelivered: asked.filter(({ id }) => !found.has(id)).length,
    strangers: [...found.keys()].filter((id) => !known.has(id)).length,
  };
}

/** Why nothing is judged, and how much there would be. */
async function unknownMembers(
  error: Error,
  delivery: NonNullable<AccountsOptions['delivery']>,
  log: Log,
): Promise<Error> {
  const { size } = await deliveredTo(delivery, log).catch(() => ({ size: undefined }));
  const there = size === undefined ? '' : ` of the ${size} accounts in the bucket`;
  const message = `${error.message}. Which${there} are still in the organization, and in which units, is not known: none is judged`;
  return Object.assign(new Error(message, { cause: error }), { name: error.name });
}
