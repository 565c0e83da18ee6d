/** Load balancers that nobody answers behind. */
import type { ResourceRef } from '../../account/account.ts';
import { AccountError, checkComplete, OWN_CODES, type PartialList, partial } from '../../account/errors.ts';
import { classicLoadBalancers, classicLoadBalancerTags } from '../../account/services/elb/readings.ts';
import {
  type LoadBalancer,
  listeners,
  loadBalancers,
  loadBalancerTags,
  type TargetGroup,
  targetGroups,
  targetHealth,
} from '../../account/services/elbv2/readings.ts';
import { listed, settle } from '../shared/settle.ts';
import type { UnusedFinding } from './findings.ts';
import { isOld, judgeCandidates, type Look, type Said, unread } from './look.ts';

export async function* idleLoadBalancers(look: Look, whole: ResourceRef): Said {
  const { account, region } = look;
  const all = await partial(account.read(loadBalancers, { region }));
  const groups = await partial(account.read(targetGroups, { region }));
  // A group that is not in the list may have a target.
  const isWhole = groups.errors.length === 0;
  yield* judgeCandidates(
    look,
    (isWhole ? all.values : []).filter(isCandidate(look)).map((one) => ({
      resource: {
        type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        id: one.arn,
        name: one.name,
        region,
      },
      tags: async () => (await account.read(loadBalancerTags, { region, id: one.name })) ?? {},
      find: () => idle(look, one, groups),
    })),
  );
  yield* unread(look, whole, [...all.errors, ...groups.errors]);
}

export async function* idleClassicLoadBalancers(look: Look, whole: ResourceRef): Said {
  const { account, region } = look;
  const { values, errors } = await partial(account.read(classicLoadBalancers, { region }));
  yield* judgeCandidates(
    look,
    values
      .filter(({ hasInstances }) => !hasInstances)
      .filter(isCandidate(look))
      .map((one) => ({
        resource: { type: 'AWS::ElasticLoadBalancing::LoadBalancer', id: one.name, region },
        tags: async () => (await account.read(classicLoadBalancerTags, { region, id: one.name })) ?? {},
        find: () => ifDated('elb', one, { kind: 'noTargets', groups: 0 }),
      })),
  );
  yield* unread(look, whole, errors);
}

/** Old enough, or of an age that nobody knows. */
const isCandidate =
  (look: Look) =>
  ({ createdAt }: { readonly createdAt?: Date }): boolean =>
    !createdAt || isOld(look, createdAt);

async function idle(
  { account, region }: Look,
  one: LoadBalancer,
  { values }: PartialList<TargetGroup>,
): Promise<UnusedFinding | undefined> {
  const attached = values.filter((group) => group.loadBalancers.includes(one.arn));
  const health = await Promise.all(
    attached.map(({ name }) => settle(account.read(targetHealth, { region, id: name }))),
  );
  // A group that is gone meanwhile is left out.
  const there = health.filter((answer) => answer !== null);
  const denied = there.find((answer) => answer instanceof AccountError);
  if (there.some((answer) => !(answer instanceof AccountError) && answer.hasTargets)) return undefined;
  if (denied) throw denied;
  if (there.length > 0) return ifDated('elbv2', one, { kind: 'noTargets', groups: there.length });
  const present = await listed(account.read(listeners, { region, id: one.name }));
  if (present === null) return undefined;
  // Redirects and fixed responses need nobody behind the load balancer.
  const answers = present.values.some(({ defaultActions }) =>
    defaultActions.some(({ Type }) => ['redirect', 'fixed-response'].includes(Type)),
  );
  if (!answers) checkComplete(present.errors);
  return answers ? undefined : ifDated('elbv2', one, { kind: 'noListeners' });
}

/** @throws {AccountError} where the answer does not say whether it is old enough. */
function ifDated(
  service: string,
  { name, createdAt }: { readonly name: string; readonly createdAt?: Date },
  finding: UnusedFinding,
): UnusedFinding {
  if (createdAt) return finding;
  const api = `${service}:DescribeLoadBalancers`;
  throw new AccountError(OWN_CODES.incomplete, api, `${api} of ${name} has no CreatedTime`, name);
}
