/** What every check looks with. */
import type { Account, ResourceRef, Tags } from '../../account/account.ts';
import type { AccountError } from '../../account/errors.ts';
import { natTraffic, processorUse } from '../../account/services/cloudwatch/readings.ts';
import { instances, natGateways, networkInterfaces, vpcs } from '../../account/services/ec2/readings.ts';
import { classicLoadBalancers, classicLoadBalancerTags } from '../../account/services/elb/readings.ts';
import {
  listeners,
  loadBalancers,
  loadBalancerTags,
  targetGroups,
  targetHealth,
} from '../../account/services/elbv2/readings.ts';
import { instances as databases, snapshots } from '../../account/services/rds/readings.ts';
import { couldNotTell, nonCompliant } from '../judgement.ts';
import type { Judgement } from '../rule.ts';
import { judgeEach } from '../shared/each.ts';
import { unlessTagged } from '../shared/exemption.ts';
import type { UnusedFinding } from './findings.ts';

export const reads = [
  vpcs,
  networkInterfaces,
  natGateways,
  natTraffic,
  instances,
  processorUse,
  snapshots,
  databases,
  loadBalancers,
  targetGroups,
  targetHealth,
  listeners,
  loadBalancerTags,
  classicLoadBalancers,
  classicLoadBalancerTags,
] as const;
type View = Account<(typeof reads)[number]>;

export interface Look {
  readonly account: View;
  readonly region: string;
  readonly now: Date;
  readonly idleDays: number;
  readonly maxCpuPercent: number;
  readonly exemptTagKey: string | undefined;
  /** Whether the resource is asked about: all are, or one. */
  readonly isAsked: (resource: ResourceRef) => boolean;
}
export type Said = AsyncGenerator<Judgement<UnusedFinding>>;

const DAY = 24 * 60 * 60 * 1000;

/** Whether it is there for longer than anything may be idle. */
export const isOld = ({ now, idleDays }: Pick<Look, 'now' | 'idleDays'>, since: Date): boolean =>
  now.getTime() - since.getTime() > idleDays * DAY;

interface Candidate {
  readonly resource: ResourceRef;
  readonly tags: () => Promise<Tags> | Tags;
  /** What is wrong; nothing, where it is used. */
  readonly find: () => Promise<UnusedFinding | undefined> | UnusedFinding | undefined;
}

/** Judges what may be unused, and at the list's end says why there may be more of it. */
export async function* judgeCandidates(look: Look, candidates: Iterable<Candidate>): Said {
  const asked = [...candidates].filter(({ resource }) => look.isAsked(resource));
  yield* judgeEach(
    asked,
    ({ resource }) => resource,
    ({ resource, tags, find }) =>
      unlessTagged<UnusedFinding>(resource, look.exemptTagKey, tags, async () => {
        const finding = await find();
        return finding && nonCompliant(resource, [finding]);
      }),
  );
}

/** What of the list cannot be read: an error of its own for each element that has an id, else of the Region. */
export function* unread(
  { isAsked }: Look,
  account: ResourceRef,
  errors: readonly AccountError[],
): Generator<Judgement<UnusedFinding>> {
  for (const error of errors) {
    const resource = error.about ?? account;
    if (!error.about || isAsked(error.about)) yield couldNotTell(resource, error);
  }
}
