/** DB instances and DB clusters, for rules that report on both. */
import type { Account, ResourceRef } from '../../account/account.ts';
import { clusters, type Database, instances } from '../../account/services/rds/readings.ts';
import { accountResource } from '../evaluate.ts';
import { attempt, couldNotTell, unjudged } from '../judgement.ts';
import type { Context, Finding, Judgement } from '../rule.ts';
import { inRegions } from './ahead.ts';
import { withTags } from './exemption.ts';
import { noRegionInView } from './regions.ts';

export const INSTANCE = 'AWS::RDS::DBInstance';
export const CLUSTER = 'AWS::RDS::DBCluster';
export const DATABASE_TYPES = [INSTANCE, CLUSTER] as const;

/** What lists the databases of a Region. */
export const databaseReads = [instances, clusters] as const;
type Databases = Account<(typeof databaseReads)[number]>;

const LISTS = [
  { type: INSTANCE, list: instances },
  { type: CLUSTER, list: clusters },
] as const;

/**
 * Judges every database of the Regions in view, or the one that is asked about. If a list of one Region fails, the other
 * lists and Regions are still judged.
 */
export async function* judgeDatabases<F extends Finding>(
  account: Databases,
  { resource: asked }: Context,
  judge: (database: Database, resource: ResourceRef) => Judgement<F> | Promise<Judgement<F>>,
): AsyncGenerator<Judgement<F>> {
  if (!asked && account.regions.length === 0) {
    yield couldNotTell(
      accountResource(account),
      noRegionInView('rds:DescribeDBInstances', 'DB instances and clusters'),
    );
  }
  yield* inRegions(account, asked ? [asked.region] : account.regions, async function* (region) {
    for (const { type, list } of LISTS) {
      if (asked && asked.type !== type) continue;
      try {
        for await (const database of asked ? one(account, list, asked) : account.each(list, { region })) {
          const resource = { type, id: database.id, name: database.name, region };
          const judgement = await attempt(resource, async () => judge(database, resource));
          if (judgement) yield withTags(judgement, () => database.tags);
        }
      } catch (error) {
        if (asked) yield couldNotTell(asked, error);
        else yield* unjudged({ ...accountResource(account), region }, error);
      }
    }
  });
}

async function* one(
  account: Databases,
  list: (typeof LISTS)[number]['list'],
  { id, region }: ResourceRef,
): AsyncGenerator<Database> {
  const database = await account.one(list, id, { region });
  if (database) yield database;
}
