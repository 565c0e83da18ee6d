import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
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
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T00:00:00.000Z');
const ALL = 'default-vpc,idle-elb,idle-nat,low-cpu-ec2,orphan-rds-snapshot';

/** An account with this and nothing else, and a topic. */
const account =
  (id: string, ...printed: Record<string, unknown>[]) =>
  async (client: object, readings: Record<string, unknown>) => {
    Object.assign(readings, has(snapshot({}, ['shop']), ...printed));
    await new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));
    return id;
  };

const scenario = (situation: string, found: ReturnType<typeof account>, faults = false) => ({
  situation,
  found,
  faults,
  parameters: { TopicArn, checks: ALL, exemptTagKey: 'keep' },
  changes: /^ops items$/,
  // An OpsItem is never deleted: it stays, resolved.
  stays: /^ops items$/,
  again: () => opsItems.reset(),
  message: /published to .*:security; an OpsItem opened/,
});
const TAGS = 'us-east-1/elbv2/describe-tags/web.json';

remediates({
  rule,
  now: () => NOW,
  // moto makes everything at this moment, and nothing that is young is idle.
  lacking: { services: ['ec2', 'elasticloadbalancing', 'monitoring', 'rds'], acts: {} },
  scenarios: [
    scenario('an empty default VPC, and a topic', account('vpc-0a', vpc()), true),
    scenario('an idle NAT gateway', account('nat-0a', nat(days(...each(14, ZERO))))),
    scenario('an idle instance', account('i-0a', instance(days(...each(14, cpu(3.2)))))),
    scenario(
      'a load balancer whose group has no target',
      account(arn('web'), balancer(), groups('a'), targets('a'), tagged(TAGS)),
    ),
    scenario('a load balancer without a group', account(arn('web'), balancer(), listening(), tagged(TAGS))),
    scenario(
      'a Classic Load Balancer without an instance',
      account('old', classic([]), tagged('us-east-1/elb/describe-tags/old.json')),
    ),
    scenario('a snapshot of a database that is gone', account('before-upgrade', snapshot())),
  ],
});
