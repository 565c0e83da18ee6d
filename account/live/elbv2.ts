import {
  ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { allPages, defineService } from './service.ts';

/** Elastic Load Balancing of one Region, but for Classic Load Balancers. */
export const elbv2 = defineService<ElasticLoadBalancingV2Client>({
  connect: (config) => new ElasticLoadBalancingV2Client(config),
  reads: {
    'elbv2:DescribeLoadBalancers': ({ client, pageSize }) =>
      allPages(paginateDescribeLoadBalancers({ client }, { PageSize: pageSize(400) }), 'LoadBalancers'),
    'elbv2:DescribeListeners': ({ client, id, pageSize }) =>
      allPages(
        paginateDescribeListeners({ client }, { LoadBalancerArn: id, PageSize: pageSize(400) }),
        'Listeners',
      ),
    'elbv2:DescribeRules': ({ client, id, pageSize }) =>
      allPages(paginateDescribeRules({ client }, { ListenerArn: id, PageSize: pageSize(400) }), 'Rules'),
  },
});
