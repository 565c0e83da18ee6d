/** Classic Load Balancers of one Region. */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import { field, tagList, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const elb = { name: 'elb', iam: 'elasticloadbalancing' } as const;

export const classicLoadBalancers = {
  service: elb,
  api: 'DescribeLoadBalancers',
  regional: true,
  scope: '*',
  member: 'LoadBalancerDescriptions',
  resource: {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    id: 'LoadBalancerName',
    name: 'LoadBalancerName',
  },
  shape: () =>
    z.pipe(
      z.object({ LoadBalancerName: text, CreatedTime: z.nullish(time), Instances: z.array(z.unknown()) }),
      z.transform(
        (value): ClassicLoadBalancer => ({
          name: value.LoadBalancerName,
          ...(value.CreatedTime && { createdAt: value.CreatedTime }),
          hasInstances: value.Instances.length > 0,
        }),
      ),
    ),
} as const satisfies Reading;

/** `null` when the load balancer does not exist (any more). */
export const classicLoadBalancerTags = {
  service: elb,
  api: 'DescribeTags',
  regional: true,
  about: {
    options: ['--load-balancer-names'],
    from: [{ reading: classicLoadBalancers, id: 'LoadBalancerName' }],
  },
  scope: '*',
  none: ['LoadBalancerNotFound'],
  shape: () =>
    z.pipe(
      field('TagDescriptions', z.array(field('Tags', tagList))),
      z.transform((all): Tags => Object.assign({}, ...all)),
    ),
} as const satisfies Reading;

export interface ClassicLoadBalancer {
  readonly name: string;
  readonly createdAt?: Date;
  /** Registered ones, healthy or not. */
  readonly hasInstances: boolean;
}
