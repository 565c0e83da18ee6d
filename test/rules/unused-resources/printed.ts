/** What `aws` prints of things that may be idle. As of 2026-11-22. */
export type Json = Record<string, unknown>;
export const ACCOUNT = '111122223333';
export const R = 'us-east-1';
export const VPCS = `${R}/ec2/describe-vpcs.json`;
export const INTERFACES = `${R}/ec2/describe-network-interfaces.json`;
export const NATS = `${R}/ec2/describe-nat-gateways.json`;
export const INSTANCES = `${R}/ec2/describe-instances.json`;
export const BALANCERS = `${R}/elbv2/describe-load-balancers.json`;
export const GROUPS = `${R}/elbv2/describe-target-groups.json`;
export const CLASSIC = `${R}/elb/describe-load-balancers.json`;
export const SNAPSHOTS = `${R}/rds/describe-db-snapshots.json`;
export const DATABASES = `${R}/rds/describe-db-instances.json`;
export const health = (group: string) => `${R}/elbv2/describe-target-health/${group}.json`;
export const listeners = (name: string) => `${R}/elbv2/describe-listeners/${name}.json`;
export const sent = (id: string) => `${R}/cloudwatch/get-metric-statistics/BytesOutToDestination/${id}.json`;
export const busy = (id: string) => `${R}/cloudwatch/get-metric-statistics/CPUUtilization/${id}.json`;

// Judged as of 2026-11-22.
export const OLD = '2026-01-05T00:00:00+00:00';
export const YOUNG = '2026-11-10T00:00:00+00:00';

/** Everything that the default checks read, and nothing in it. */
export const NOTHING: Json = {
  [VPCS]: { Vpcs: [] },
  [INTERFACES]: { NetworkInterfaces: [] },
  [NATS]: { NatGateways: [] },
  [INSTANCES]: { Reservations: [] },
  [BALANCERS]: { LoadBalancers: [] },
  [GROUPS]: { TargetGroups: [] },
  [CLASSIC]: { LoadBalancerDescriptions: [] },
};
export const has = (...more: Json[]): Json => Object.assign({}, NOTHING, ...more);

export const EXEMPT = { Tags: [{ Key: 'keep', Value: 'yes' }] };
export const vpc = (more: Json = {}): Json => ({
  [VPCS]: { Vpcs: [{ VpcId: 'vpc-0a', IsDefault: true, State: 'available', ...more }] },
});
export const interfaceIn = (VpcId: string): Json => ({
  [INTERFACES]: {
    NetworkInterfaces: [{ NetworkInterfaceId: 'eni-0a', VpcId, InterfaceType: 'nat_gateway' }],
  },
});

/** A point a day, of the last days before the 22nd, the latest first. */
export const days = (...values: Json[]): Json => ({
  Label: 'x',
  Datapoints: values.map((one, index) => ({
    Timestamp: new Date(Date.UTC(2026, 10, 21 - index)).toISOString().replace('.000Z', '+00:00'),
    ...one,
  })),
});
export const each = (count: number, one: Json) => Array.from({ length: count }, () => one);
export const ZERO = { Sum: 0, Average: 0, Maximum: 0, Unit: 'Bytes' };
export const SENT = { Sum: 5120, Average: 3.5, Maximum: 900, Unit: 'Bytes' };
export const nat = (points: unknown, more: Json = {}): Json => ({
  [NATS]: {
    NatGateways: [{ NatGatewayId: 'nat-0a', VpcId: 'vpc-0b', State: 'available', CreateTime: OLD, ...more }],
  },
  [sent('nat-0a')]: points,
});

export const cpu = (Maximum: number) => ({
  Sum: Maximum * 200,
  Average: Maximum / 2,
  Maximum,
  Unit: 'Percent',
});
export const instance = (points: unknown, more: Json = {}): Json => ({
  [INSTANCES]: {
    Reservations: [
      {
        ReservationId: 'r-0a',
        OwnerId: ACCOUNT,
        Groups: [],
        Instances: [{ InstanceId: 'i-0a', State: { Code: 16, Name: 'running' }, LaunchTime: OLD, ...more }],
      },
    ],
  },
  [busy('i-0a')]: points,
});

export const arn = (name: string, kind = 'app') =>
  `arn:aws:elasticloadbalancing:${R}:${ACCOUNT}:loadbalancer/${kind}/${name}/0a1b2c3d4e5f6071`;
export const groupArn = (name: string) =>
  `arn:aws:elasticloadbalancing:${R}:${ACCOUNT}:targetgroup/${name}/0a1b2c3d4e5f6071`;
export const balancer = (more: Json = {}, name = 'web'): Json => ({
  [BALANCERS]: {
    LoadBalancers: [
      {
        LoadBalancerArn: arn(name),
        LoadBalancerName: name,
        Type: 'application',
        CreatedTime: OLD,
        State: { Code: 'active' },
        SecurityGroups: [],
        ...more,
      },
    ],
  },
});
export const groups = (...names: string[]): Json => ({
  [GROUPS]: {
    TargetGroups: names.map((TargetGroupName) => ({
      TargetGroupName,
      TargetGroupArn: groupArn(TargetGroupName),
      TargetType: 'instance',
      LoadBalancerArns: TargetGroupName.startsWith('loose') ? [] : [arn('web')],
    })),
  },
});
export const targets = (group: string, ...states: string[]): Json => ({
  [health(group)]: {
    TargetHealthDescriptions: states.map((State, index) => ({
      Target: { Id: `i-${index}`, Port: 80 },
      TargetHealth: { State },
    })),
  },
});
export const listening = (...types: string[]): Json => ({
  [listeners('web')]: {
    Listeners: types.map((Type, index) => ({
      ListenerArn: `${arn('web').replace(':loadbalancer/', ':listener/')}/${index}`,
      Port: 80 + index,
      Protocol: 'HTTP',
      DefaultActions: [{ Type }],
    })),
  },
});
export const classic = (Instances: Json[], more: Json = {}): Json => ({
  [CLASSIC]: {
    LoadBalancerDescriptions: [{ LoadBalancerName: 'old', CreatedTime: OLD, Instances, ...more }],
  },
});
export const tagged = (path: string, ...Tags: Json[]): Json => ({ [path]: { TagDescriptions: [{ Tags }] } });

export const snapshot = (more: Json = {}, present: string[] = []): Json => ({
  [SNAPSHOTS]: {
    DBSnapshots: [
      {
        DBSnapshotIdentifier: 'before-upgrade',
        DBInstanceIdentifier: 'shop',
        SnapshotType: 'manual',
        SnapshotCreateTime: OLD,
        Status: 'available',
        ...more,
      },
    ],
  },
  [DATABASES]: {
    DBInstances: present.map((DBInstanceIdentifier) => ({
      DBInstanceIdentifier,
      DbiResourceId: `db-${DBInstanceIdentifier}`,
      DBInstanceStatus: 'available',
      Engine: 'postgres',
      ...DATABASE,
    })),
  },
});

/** What else the reading of databases wants to see. */
export const DATABASE: Json = {
  VpcSecurityGroups: [],
  DBParameterGroups: [],
  OptionGroupMemberships: [],
  PubliclyAccessible: false,
};
