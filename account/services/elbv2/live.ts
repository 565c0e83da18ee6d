import {
  ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as elbv2 from './readings.ts';

type ElbAsk = Ask<ElasticLoadBalancingV2Client>;
export const service: LiveService<ElasticLoadBalancingV2Client> = {
  connect: (config) => new ElasticLoadBalancingV2Client(config),
};

export const loadBalancers = {
  service,
  reading: elbv2.loadBalancers,
  ask: ({ client, pageSize }: ElbAsk) =>
    allPages(paginateDescribeLoadBalancers({ client }, { PageSize: pageSize(400) }), 'LoadBalancers'),
};
export const listeners = {
  service,
  reading: elbv2.listeners,
  ask: ({ client, id, pageSize }: ElbAsk) =>
    allPages(
      paginateDescribeListeners({ client }, { LoadBalancerArn: id, PageSize: pageSize(400) }),
      'Listeners',
    ),
};
export const listenerRules = {
  service,
  reading: elbv2.listenerRules,
  ask: ({ client, id, pageSize }: ElbAsk) =>
    allPages(paginateDescribeRules({ client }, { ListenerArn: id, PageSize: pageSize(400) }), 'Rules'),
};
