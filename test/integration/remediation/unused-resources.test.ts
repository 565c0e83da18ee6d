import rule from '../../../rules/unused-resources/rule.ts';
import {
  arn,
  balancer,
  classic,
  cpu,
  days,
  each,
  groups,
  has,
  instance,
  listening,
  nat,
  snapshot,
  tagged,
  targets,
  vpc,
  ZERO,
} from '../../rules/unused-resources/printed.ts';
import { tellsPeople } from '../support/tells-people.ts';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const ALL = 'default-vpc,idle-elb,idle-nat,low-cpu-ec2,orphan-rds-snapshot';

const parameters = { checks: ALL, exemptTagKey: 'keep' };

/** An account with this and nothing else. */
const account =
  (id: string, ...printed: Record<string, unknown>[]) =>
  async (_client: object, readings: Record<string, unknown>) => {
    Object.assign(readings, has(snapshot({}, ['shop']), ...printed));
    return id;
  };
const TAGS = 'us-east-1/elbv2/describe-tags/web.json';

tellsPeople({
  rule,
  now: () => NOW,
  // moto makes everything at this moment, and nothing that is young is idle.
  lacking: { services: ['ec2', 'elasticloadbalancing', 'monitoring', 'rds'], acts: {} },
  situations: [
    { situation: 'an empty default VPC', found: account('vpc-0a', vpc()), parameters, faults: true },
    {
      situation: 'an idle NAT gateway',
      found: account('nat-0a', nat(days(...each(14, ZERO)))),
      parameters,
    },
    {
      situation: 'an idle instance',
      found: account('i-0a', instance(days(...each(14, cpu(3.2))))),
      parameters,
    },
    {
      situation: 'a load balancer whose group has no target',
      found: account(arn('web'), balancer(), groups('a'), targets('a'), tagged(TAGS)),
      parameters,
    },
    {
      situation: 'a load balancer without a group',
      found: account(arn('web'), balancer(), listening(), tagged(TAGS)),
      parameters,
    },
    {
      situation: 'a Classic Load Balancer without an instance',
      found: account('old', classic([]), tagged('us-east-1/elb/describe-tags/old.json')),
      parameters,
    },
    {
      situation: 'a snapshot of a database that is gone',
      found: account('before-upgrade', snapshot()),
      parameters,
    },
  ],
});
