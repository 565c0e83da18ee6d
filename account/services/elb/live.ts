import {
  DescribeTagsCommand,
  ElasticLoadBalancingClient,
  paginateDescribeLoadBalancers,
} from '@aws-sdk/client-elastic-load-balancing';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as elb from './readings.ts';

type ElbAsk = Ask<ElasticLoadBalancingClient>;
export const service: LiveService<ElasticLoadBalancingClient> = {
  connect: (config) => new ElasticLoadBalancingClient(config),
};

export const classicLoadBalancers = {
  service,
  reading: elb.classicLoadBalancers,
  ask: ({ client, pageSize }: ElbAsk) =>
    allPages(
      paginateDescribeLoadBalancers({ client }, { PageSize: pageSize(400) }),
      'LoadBalancerDescriptions',
    ),
};
export const classicLoadBalancerTags = {
  service,
  reading: elb.classicLoadBalancerTags,
  ask: ({ client, id }: ElbAsk) => client.send(new DescribeTagsCommand({ LoadBalancerNames: [id] })),
};
