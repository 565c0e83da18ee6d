import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as elbv2 from './readings.ts';

type ElbAsk = Ask<ElasticLoadBalancingV2Client>;
export const service: LiveService<ElasticLoadBalancingV2Client> = {
  connect: (config) => new ElasticLoadBalancingV2Client(config),
};

/** The ARN, which the list has told unless a fix asks about one alone. */
const balancerArn = async ({ client, id, known }: ElbAsk): Promise<string | undefined> =>
  known(`load balancer ${id}`) ??
  (await client.send(new DescribeLoadBalancersCommand({ Names: [id] }))).LoadBalancers?.[0]?.LoadBalancerArn;
const groupArn = async ({ client, id, known }: ElbAsk): Promise<string | undefined> =>
  known(`target group ${id}`) ??
  (await client.send(new DescribeTargetGroupsCommand({ Names: [id] }))).TargetGroups?.[0]?.TargetGroupArn;

export const loadBalancers = {
  service,
  reading: elbv2.loadBalancers,
  ask: ({ client, pageSize }: ElbAsk) =>
    allPages(paginateDescribeLoadBalancers({ client }, { PageSize: pageSize(400) }), 'LoadBalancers'),
  names: (answer: object) =>
    ((answer as { LoadBalancers?: readonly LoadBalancer[] }).LoadBalancers ?? []).map(
      ({ LoadBalancerName, LoadBalancerArn = '' }) =>
        [`load balancer ${LoadBalancerName}`, LoadBalancerArn] as const,
    ),
};
export const listeners = {
  service,
  reading: elbv2.listeners,
  ask: async (asked: ElbAsk) => {
    const LoadBalancerArn = await balancerArn(asked);
    const { client, pageSize } = asked;
    return allPages(
      paginateDescribeListeners({ client }, { LoadBalancerArn, PageSize: pageSize(400) }),
      'Listeners',
    );
  },
};
export const loadBalancerTags = {
  service,
  reading: elbv2.loadBalancerTags,
  ask: async (asked: ElbAsk) => {
    const arn = await balancerArn(asked);
    return asked.client.send(new DescribeTagsCommand({ ResourceArns: [arn ?? ''] }));
  },
};
export const targetGroups = {
  service,
  reading: elbv2.targetGroups,
  ask: ({ client, pageSize }: ElbAsk) =>
    allPages(paginateDescribeTargetGroups({ client }, { PageSize: pageSize(400) }), 'TargetGroups'),
  names: (answer: object) =>
    ((answer as { TargetGroups?: readonly TargetGroup[] }).TargetGroups ?? []).map(
      ({ TargetGroupName, TargetGroupArn = '' }) =>
        [`target group ${TargetGroupName}`, TargetGroupArn] as const,
    ),
};
export const targetHealth = {
  service,
  reading: elbv2.targetHealth,
  ask: async (asked: ElbAsk) => {
    const TargetGroupArn = await groupArn(asked);
    return asked.client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  },
};
export const listenerRules = {
  service,
  reading: elbv2.listenerRules,
  ask: ({ client, id, pageSize }: ElbAsk) =>
    allPages(paginateDescribeRules({ client }, { ListenerArn: id, PageSize: pageSize(400) }), 'Rules'),
};
