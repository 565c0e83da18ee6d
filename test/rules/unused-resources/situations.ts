import rule from '../../../rules/unused-resources/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';
import {
  ACCOUNT,
  arn,
  BALANCERS,
  balancer,
  CLASSIC,
  classic,
  cpu,
  DATABASES,
  days,
  EXEMPT,
  each,
  GROUPS,
  groups,
  has,
  health,
  INSTANCES,
  INTERFACES,
  instance,
  interfaceIn,
  type Json,
  listeners,
  listening,
  NATS,
  NOTHING,
  nat,
  R,
  SENT,
  SNAPSHOTS,
  snapshot,
  tagged,
  targets,
  VPCS,
  vpc,
  YOUNG,
  ZERO,
} from './printed.ts';

const CLEAN = { [ACCOUNT]: ['COMPLIANT', ''] as Says };
const wrong = (id: string, words: string): Record<string, Says> => ({ [id]: ['NON_COMPLIANT', words] });
const unknown = (id: string, code: string): Record<string, Says> => ({ [id]: ['UNKNOWN', code] });
const kept = (id: string): Record<string, Says> => ({
  [id]: ['NOT_APPLICABLE', 'exempt by tag keep'],
  ...CLEAN,
});

const EMPTY_VPC = wrong('vpc-0a', 'a default VPC with no network interface in it');
const IDLE_NAT = wrong('nat-0a', 'a NAT gateway that sent nothing out in 14 days');
const IDLE = wrong('i-0a', 'a running instance whose CPU was never above 3.2% in 14 days');
const NO_TARGETS = wrong(arn('web'), 'a load balancer without a registered target (1 target groups)');
const NO_LISTENERS = wrong(
  arn('web'),
  'a load balancer without a target group, which answers nothing by itself',
);
const NO_INSTANCES = wrong('old', 'a load balancer without a registered instance');
const ORPHAN = wrong('before-upgrade', 'a manual snapshot of shop, which is no DB instance any more');

const only = (checks: string) => ({ checks });
const keep = { exemptTagKey: 'keep' };

type Row = [string, Json, Record<string, Says>, Record<string, string>?, Partial<Situation>?];

const vpcRows: Row[] = [
  ['nothing at all', has(), CLEAN],
  ['an empty default VPC', has(vpc()), EMPTY_VPC],
  ['a default VPC with an interface of AWS', has(vpc(), interfaceIn('vpc-0a')), CLEAN],
  ['an empty default VPC beside one with an interface', has(vpc(), interfaceIn('vpc-0b')), EMPTY_VPC],
  ['an empty VPC that is no default one', has(vpc({ IsDefault: false })), CLEAN],
  ['an empty default VPC that is exempt', has(vpc(EXEMPT)), kept('vpc-0a'), keep],
  [
    'an empty default VPC with another tag',
    has(vpc({ Tags: [{ Key: 'Keep', Value: '' }] })),
    EMPTY_VPC,
    keep,
  ],
  ['VPCs that may not be read', has({ [VPCS]: denied }), unknown(ACCOUNT, 'AccessDenied')],
  ['interfaces that may not be read', has(vpc(), { [INTERFACES]: denied }), unknown(ACCOUNT, 'AccessDenied')],
  [
    'interfaces that may not be read, for another check',
    has(vpc(), { [VPCS]: denied, [INTERFACES]: denied }),
    CLEAN,
    only('idle-nat'),
  ],
  [
    'a list of interfaces that goes on',
    has(vpc(), { [INTERFACES]: { NetworkInterfaces: [], NextToken: 'x' } }),
    unknown(ACCOUNT, 'CutAnswer'),
  ],
  [
    'VPCs that may not be read, and an idle NAT gateway',
    has({ [VPCS]: denied }, nat(days(...each(14, ZERO)))),
    { ...unknown(ACCOUNT, 'AccessDenied'), ...IDLE_NAT },
  ],
  ['a VPC without an id', has({ [VPCS]: { Vpcs: [{ IsDefault: true }] } }), unknown(ACCOUNT, 'Malformed')],
];

const natRows: Row[] = [
  ['an idle NAT gateway', has(nat(days(...each(14, ZERO)))), IDLE_NAT],
  ['an idle NAT gateway, of one day of data', has(nat(days(ZERO))), IDLE_NAT],
  ['a NAT gateway with traffic on one day', has(nat(days(...each(6, ZERO), SENT, ...each(7, ZERO)))), CLEAN],
  [
    'a NAT gateway with traffic on one day, and a day that makes no sense',
    has(nat(days(SENT, { Timestamp: null }))),
    CLEAN,
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  [
    'a NAT gateway without traffic, and a day that makes no sense',
    has(nat(days(ZERO, { Timestamp: null }))),
    unknown('nat-0a', 'Malformed'),
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  ['a NAT gateway with traffic before', has(nat(days(...each(14, ZERO), SENT, SENT))), IDLE_NAT],
  ['a NAT gateway with traffic on the first of the days', has(nat(days(...each(13, ZERO), SENT))), CLEAN],
  [
    'a NAT gateway with traffic before, looked at for longer',
    has(nat(days(...each(14, ZERO), SENT))),
    CLEAN,
    { idleDays: '30' },
  ],
  [
    'points in no order',
    has(nat({ Label: 'x', Datapoints: (days(SENT, ...each(13, ZERO)).Datapoints as Json[]).reverse() })),
    CLEAN,
  ],
  ['a NAT gateway without data', has(nat(days())), unknown('nat-0a', 'IncompleteAnswer')],
  [
    'a NAT gateway with data of long ago only',
    has(nat({ Datapoints: [{ Timestamp: '2026-10-01T00:00:00+00:00', ...ZERO }] })),
    unknown('nat-0a', 'IncompleteAnswer'),
  ],
  [
    'a NAT gateway without sums',
    has(nat(days({ Average: 0, Maximum: 0 }))),
    unknown('nat-0a', 'IncompleteAnswer'),
  ],
  ['a NAT gateway whose metric may not be read', has(nat(denied)), unknown('nat-0a', 'AccessDenied')],
  ['a NAT gateway whose metric nobody collected', has(nat(undefined)), unknown('nat-0a', 'NotCollected')],
  ['a young NAT gateway', has(nat(denied, { CreateTime: YOUNG })), CLEAN],
  [
    'a NAT gateway of exactly so many days',
    has(nat(denied, { CreateTime: '2026-11-08T00:00:00+00:00' })),
    CLEAN,
  ],
  [
    'a NAT gateway of a second more',
    has(nat(days(ZERO), { CreateTime: '2026-11-07T23:59:59+00:00' })),
    IDLE_NAT,
  ],
  ...['pending', 'deleting', 'deleted', 'failed'].map(
    (State): Row => [`a NAT gateway that is ${State}`, has(nat(denied, { State })), CLEAN],
  ),
  ['an idle NAT gateway that is exempt', has(nat(denied, EXEMPT)), kept('nat-0a'), keep],
  ['NAT gateways that may not be read', has({ [NATS]: denied }), unknown(ACCOUNT, 'AccessDenied')],
  [
    'an empty default VPC and an idle NAT gateway',
    has(vpc(), nat(days(ZERO))),
    { ...EMPTY_VPC, ...IDLE_NAT },
  ],
];

const instanceRows: Row[] = [
  ['an idle instance', has(instance(days(...each(14, cpu(3.2))))), IDLE],
  ['an idle instance, a day short', has(instance(days(...each(13, cpu(3.2))))), IDLE],
  [
    'an instance with too few days',
    has(instance(days(...each(12, cpu(3.2))))),
    unknown('i-0a', 'IncompleteAnswer'),
  ],
  [
    'an instance with too few days, one of them busy',
    has(instance(days(...each(3, cpu(3.2)), cpu(70)))),
    CLEAN,
  ],
  ['an instance without data', has(instance(days())), unknown('i-0a', 'IncompleteAnswer')],
  [
    'an instance that is exactly on the limit on one day',
    has(instance(days(...each(13, cpu(3.2)), cpu(5)))),
    CLEAN,
  ],
  [
    'an instance just below another limit',
    has(instance(days(...each(14, cpu(9.99))))),
    wrong('i-0a', 'a running instance whose CPU was never above 10% in 14 days'),
    { maxCpuPercent: '10' },
  ],
  ['an instance that was busy before', has(instance(days(...each(14, cpu(3.2)), cpu(90)))), IDLE],
  [
    'an instance without maxima',
    has(instance(days(...each(14, { Average: 1 })))),
    unknown('i-0a', 'IncompleteAnswer'),
  ],
  ['an instance whose metric may not be read', has(instance(denied)), unknown('i-0a', 'AccessDenied')],
  ['an instance that was started lately', has(instance(denied, { LaunchTime: YOUNG })), CLEAN],
  [
    'an instance of a day, looked at for a day',
    has(instance(days(cpu(3.2)), { LaunchTime: YOUNG })),
    wrong('i-0a', 'a running instance whose CPU was never above 3.2% in 1 days'),
    { idleDays: '1' },
  ],
  ...['stopped', 'terminated', 'pending'].map(
    (Name): Row => [
      `an instance that is ${Name}`,
      has(instance(denied, { State: { Code: 80, Name } })),
      CLEAN,
    ],
  ),
  ['an idle instance that is exempt', has(instance(denied, EXEMPT)), kept('i-0a'), keep],
  ['instances that may not be read', has({ [INSTANCES]: denied }), unknown(ACCOUNT, 'AccessDenied')],
  [
    'instances that may not be read, for another check',
    has({ [INSTANCES]: denied }),
    CLEAN,
    only('default-vpc, idle-elb'),
  ],
  [
    'an instance without a start',
    has(instance(denied, { LaunchTime: undefined })),
    unknown('i-0a', 'Malformed'),
  ],
];

const balancerRows: Row[] = [
  ['a load balancer whose group has no target', has(balancer(), groups('a'), targets('a')), NO_TARGETS],
  [
    'a load balancer of two groups without a target',
    has(balancer(), groups('a', 'b'), targets('a'), targets('b')),
    wrong(arn('web'), 'a load balancer without a registered target (2 target groups)'),
  ],
  ...['healthy', 'unhealthy', 'draining', 'unused', 'initial'].map(
    (state): Row => [
      `a target that is ${state}`,
      has(balancer(), groups('a', 'b'), targets('a'), targets('b', state)),
      CLEAN,
    ],
  ),
  [
    'a group whose health may not be read',
    has(balancer(), groups('a', 'b'), targets('a'), { [health('b')]: denied }),
    unknown(arn('web'), 'AccessDenied'),
  ],
  [
    'a group whose health may not be read, and a target',
    has(balancer(), groups('a', 'b'), targets('a', 'healthy'), { [health('b')]: denied }),
    CLEAN,
  ],
  [
    'a group that is gone meanwhile',
    has(balancer(), groups('a', 'b'), targets('a'), { [health('b')]: fails('TargetGroupNotFound') }),
    NO_TARGETS,
  ],
  ['a load balancer without group and listener', has(balancer(), listening()), NO_LISTENERS],
  ['a load balancer without group that forwards', has(balancer(), listening('forward')), NO_LISTENERS],
  ['a load balancer that only redirects', has(balancer(), listening('redirect')), CLEAN],
  [
    'a load balancer that only answers by itself',
    has(balancer(), listening('forward', 'fixed-response')),
    CLEAN,
  ],
  [
    'a load balancer that is gone meanwhile',
    has(balancer(), { [listeners('web')]: fails('LoadBalancerNotFound') }),
    CLEAN,
  ],
  [
    'listeners that may not be read',
    has(balancer(), { [listeners('web')]: denied }),
    unknown(arn('web'), 'AccessDenied'),
  ],
  ['a group of no load balancer', has(balancer(), groups('loose'), listening('redirect')), CLEAN],
  ['a young load balancer', has(balancer({ CreatedTime: YOUNG }), groups('a'), targets('a')), CLEAN],
  [
    'a load balancer of no age',
    has(balancer({ CreatedTime: undefined }), groups('a'), targets('a')),
    unknown(arn('web'), 'IncompleteAnswer'),
  ],
  [
    'a load balancer of no age with a target',
    has(balancer({ CreatedTime: undefined }), groups('a'), targets('a', 'healthy')),
    CLEAN,
  ],
  [
    'groups that may not be read',
    has(balancer(), { [GROUPS]: denied }, classic([])),
    { ...unknown(ACCOUNT, 'AccessDenied'), ...NO_INSTANCES },
  ],
  ['load balancers that may not be read', has({ [BALANCERS]: denied }), unknown(ACCOUNT, 'AccessDenied')],
  [
    'a load balancer without targets that is exempt',
    has(
      balancer(),
      groups('a'),
      targets('a'),
      tagged(`${R}/elbv2/describe-tags/web.json`, { Key: 'keep', Value: '' }),
    ),
    kept(arn('web')),
    keep,
  ],
  [
    'a load balancer without targets, not exempt',
    has(balancer(), groups('a'), targets('a'), tagged(`${R}/elbv2/describe-tags/web.json`)),
    NO_TARGETS,
    keep,
  ],
  [
    'a load balancer without targets, whose tags may not be read',
    has(balancer(), groups('a'), targets('a'), { [`${R}/elbv2/describe-tags/web.json`]: denied }),
    unknown(arn('web'), 'AccessDenied'),
    keep,
  ],
  ['a Classic Load Balancer without an instance', has(classic([])), NO_INSTANCES],
  ['a Classic Load Balancer with an instance', has(classic([{ InstanceId: 'i-0a' }])), CLEAN],
  ['a young Classic Load Balancer', has(classic([], { CreatedTime: YOUNG })), CLEAN],
  [
    'an exempt Classic Load Balancer',
    has(classic([]), tagged(`${R}/elb/describe-tags/old.json`, { Key: 'keep', Value: 'x' })),
    kept('old'),
    keep,
  ],
  [
    'Classic Load Balancers that may not be read',
    has({ [CLASSIC]: denied }),
    unknown(ACCOUNT, 'AccessDenied'),
  ],
];

const snapshotRows: Row[] = [
  ['an orphan snapshot, which is not looked for', has(snapshot()), CLEAN],
  ['an orphan snapshot', snapshot(), ORPHAN, only('orphan-rds-snapshot')],
  ['a snapshot of a database that is there', snapshot({}, ['shop']), CLEAN, only('orphan-rds-snapshot')],
  ['a snapshot of another database', snapshot({}, ['other']), ORPHAN, only('Orphan-RDS-snapshot')],
  ['a young snapshot', snapshot({ SnapshotCreateTime: YOUNG }), CLEAN, only('orphan-rds-snapshot')],
  ['an automated snapshot', snapshot({ SnapshotType: 'automated' }), CLEAN, only('orphan-rds-snapshot')],
  ['a snapshot of AWS Backup', snapshot({ SnapshotType: 'awsbackup' }), CLEAN, only('orphan-rds-snapshot')],
  [
    'a snapshot that is being made',
    snapshot({ SnapshotCreateTime: undefined }),
    CLEAN,
    only('orphan-rds-snapshot'),
  ],
  [
    'an exempt snapshot',
    snapshot({ TagList: EXEMPT.Tags }),
    kept('before-upgrade'),
    { ...keep, ...only('orphan-rds-snapshot') },
  ],
  [
    'databases that may not be read',
    { ...snapshot(), [DATABASES]: denied },
    unknown(ACCOUNT, 'AccessDenied'),
    only('orphan-rds-snapshot'),
  ],
  [
    'snapshots that may not be read',
    { ...snapshot(), [SNAPSHOTS]: denied },
    unknown(ACCOUNT, 'AccessDenied'),
    only('orphan-rds-snapshot'),
  ],
];

const situations: Situations = {
  rule,
  situations: [
    ...[...vpcRows, ...natRows, ...instanceRows, ...balancerRows, ...snapshotRows].map(
      ([situation, readings, says, parameters = {}, more = {}]) => ({
        situation,
        readings,
        says,
        parameters,
        ...more,
      }),
    ),
    {
      situation: 'an empty default VPC in each of two Regions',
      readings: {
        ...has(vpc()),
        ...Object.fromEntries(
          Object.entries(NOTHING).map(([path, answer]) => [path.replace(R, 'eu-west-1'), answer]),
        ),
        'eu-west-1/ec2/describe-vpcs.json': {
          Vpcs: [{ VpcId: 'vpc-0b', IsDefault: true, State: 'available' }],
        },
      },
      regions: ['eu-west-1', R],
      says: {
        ...EMPTY_VPC,
        'vpc-0b': ['NON_COMPLIANT', 'a default VPC with no network interface in it'],
      },
    },
  ],
};
export default situations;
