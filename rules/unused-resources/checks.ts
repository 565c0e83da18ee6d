/** What each check looks at in one Region. A check yields nothing of what is used. */
import type { ResourceRef } from '../../account/account.ts';
import { AccountError, checkComplete, OWN_CODES, partial } from '../../account/errors.ts';
import { type Day, natTraffic, processorUse } from '../../account/services/cloudwatch/readings.ts';
import {
  type Instance,
  instances,
  natGateways,
  networkInterfaces,
  vpcs,
} from '../../account/services/ec2/readings.ts';
import { instances as databases, snapshots } from '../../account/services/rds/readings.ts';
import { isOld, judgeCandidates, type Look, type Said, unread } from './look.ts';

const DAY = 24 * 60 * 60 * 1000;

export async function* defaultVpcs(look: Look, whole: ResourceRef): Said {
  const { account, region } = look;
  const [all, interfaces] = await Promise.all([
    partial(account.read(vpcs, { region })),
    partial(account.read(networkInterfaces, { region })),
  ]);
  const used = new Set(interfaces.values);
  const empty = all.values.filter(({ id, isDefault }) => isDefault && !used.has(id));
  // An interface that is not in the list may be in the VPC.
  if (interfaces.errors.length === 0) {
    yield* judgeCandidates(
      look,
      empty.map(({ id, tags }) => ({
        resource: { type: 'AWS::EC2::VPC', id, region },
        tags: () => tags,
        find: () => ({ kind: 'emptyDefaultVpc' }),
      })),
    );
  }
  yield* unread(look, whole, [...all.errors, ...interfaces.errors]);
}

export async function* idleNats(look: Look, whole: ResourceRef): Said {
  const { account, region, idleDays } = look;
  const { values, errors } = await partial(account.read(natGateways, { region }));
  const old = values.filter(({ state, createdAt }) => state === 'available' && isOld(look, createdAt));
  yield* judgeCandidates(
    look,
    old.map(({ id, tags }) => ({
      resource: { type: 'AWS::EC2::NatGateway', id, region },
      tags: () => tags,
      async find() {
        const all = await partial(account.read(natTraffic, { region, id }));
        const days = recent(look, all.values);
        if (days.some(({ sum = 0 }) => sum > 0)) return undefined;
        checkComplete(all.errors);
        const sent = days.map(({ sum }) => sum ?? lacks(natTraffic, id, 'a day without Sum'));
        if (sent.length === 0) throw lacking(natTraffic, id, `no data of the last ${idleDays} days`);
        return { kind: 'idleNat', days: idleDays } as const;
      },
    })),
  );
  yield* unread(look, whole, errors);
}

export async function* idleInstances(look: Look, whole: ResourceRef): Said {
  const { account, region, idleDays, maxCpuPercent } = look;
  const { values, errors } = await partial(account.read(instances, { region }));
  const old = values.filter((one) => one.state === 'running' && mayBeOld(look, one));
  yield* judgeCandidates(
    look,
    old.map((one) => ({
      resource: { type: 'AWS::EC2::Instance', id: one.id, region },
      tags: () => one.tags,
      async find() {
        const { id } = one;
        if (!isOld(look, one.launchedAt)) return undefined;
        const all = await partial(account.read(processorUse, { region, id }));
        const days = recent(look, all.values);
        if (days.some(({ maximum = 0 }) => maximum >= maxCpuPercent)) return undefined;
        checkComplete(all.errors);
        if (days.length === 0 || days.length < idleDays - 1) {
          const found = `data of ${days.length} of the last ${idleDays} days`;
          throw lacking(processorUse, id, found);
        }
        const highest = days.map(
          ({ maximum }) => maximum ?? lacks(processorUse, id, 'a day without Maximum'),
        );
        return { kind: 'idleInstance', days: idleDays, highest: Math.max(...highest) } as const;
      },
    })),
  );
  yield* unread(look, whole, errors);
}

/** An instance of no age is one that cannot be judged. */
function mayBeOld(look: Look, one: Instance): boolean {
  try {
    return isOld(look, one.launchedAt);
  } catch (error) {
    if (error instanceof AccountError) return true;
    throw error;
  }
}

export async function* orphanSnapshots(look: Look, whole: ResourceRef): Said {
  const { account, region } = look;
  const [all, present] = await Promise.all([
    partial(account.read(snapshots, { region })),
    partial(account.read(databases, { region })),
  ]);
  const names = new Set(present.values.map(({ name }) => name.toLowerCase()));
  for (const { about } of present.errors) if (about?.name) names.add(about.name.toLowerCase());
  const isWhole = present.errors.every(({ about }) => about?.name !== undefined);
  const orphans = all.values.filter(
    ({ type, instance, createdAt }) =>
      type === 'manual' && createdAt && isOld(look, createdAt) && !names.has(instance.toLowerCase()),
  );
  if (isWhole) {
    yield* judgeCandidates(
      look,
      orphans.map(({ id, instance, tags }) => ({
        resource: { type: 'AWS::RDS::DBSnapshot', id, region },
        tags: () => tags,
        find: () => ({ kind: 'orphanSnapshot', instance }),
      })),
    );
  }
  yield* unread(look, whole, [...all.errors, ...(isWhole ? [] : present.errors)]);
}

/** The days of which at least a part is among the last `idleDays`. */
const recent = ({ now, idleDays }: Look, days: readonly Day[]): readonly Day[] =>
  days.filter(({ at }) => at.getTime() + DAY > now.getTime() - idleDays * DAY && at <= now);

const lacking = (
  { api, variant }: { readonly api: string; readonly variant: string },
  id: string,
  what: string,
) =>
  new AccountError(
    OWN_CODES.incomplete,
    `cloudwatch:${api}`,
    `cloudwatch:${api} of ${variant} of ${id} has ${what}`,
    id,
  );
const lacks = (...given: Parameters<typeof lacking>): never => {
  throw lacking(...given);
};
