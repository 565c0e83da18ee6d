/** Writes down which accounts a run is for: what its map reads. */
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import * as z from 'zod/mini';
import { membersIn, unknownIn } from '../../../account/live/members.ts';
import { listOrganization } from '../../../account/live/organization.ts';
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
}

export interface AccountsOptions {
  readonly client: OrganizationsClient;
  readonly settings: Pick<FleetFile, 'organizationalUnits' | 'excludedAccounts'>;
  readonly store: Store;
  readonly log?: Log;
}

/** @returns a handler that rejects where the organization cannot be read, has none of the units, or no account is left. */
export function listAccounts({ client, settings, store, log = openLog() }: AccountsOptions) {
  return async (given: unknown): Promise<AccountsAnswer> => {
    const { started, run } = handed(event, given, 'the execution');
    const day = new Date(started).toISOString().slice(0, 10);
    const organization = await listOrganization(client);
    const { organizationalUnits: named, excludedAccounts: excluded } = settings;
    // An excluded account may have left the organization.
    const unknown = unknownIn(organization, named);
    if (unknown !== undefined) {
      throw new Error(`organization.fleet: ${unknown}: organization ${organization.id} has no such unit`);
    }
    const members = membersIn(organization, { named, excluded });
    const active = members.filter(({ state }) => state === 'ACTIVE');
    if (active.length === 0) throw new Error('organization.fleet: no active account is in the units');
    const asked = active.map(
      ({ id, name, units }): Asked => ({ id, ...(name !== undefined && { name }), units }),
    );
    const key = accountsKey(day);
    await store.put(key, JSON.stringify(asked), 'application/json');
    const counts = { accounts: active.length, leftOut: members.length - active.length };
    log.info('accounts listed', { run, ...counts });
    return { run, started, day, bucket: store.bucket, key, ...counts };
  };
}
