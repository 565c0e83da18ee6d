import { ACCOUNT } from '../support/memory.ts';

export type Readings = Record<string, unknown>;
export const REGION = 'us-east-1';
export const ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/shop/0a1b2c3d4e5f6071`;
export const resource = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  id: ARN,
  name: 'shop',
  region: REGION,
};
export const LISTENERS = `${REGION}/elbv2/describe-listeners/shop.json`;
export const BALANCERS = `${REGION}/elbv2/describe-load-balancers.json`;
export const GROUP = `${REGION}/ec2/describe-security-group-rules/sg-1.json`;
export const arnOf = (port: number) => `${ARN.replace('loadbalancer', 'listener')}/${port}`;
export const rulesOf = (port: number) => `${REGION}/elbv2/describe-rules/${arnOf(port)}.json`;

export interface Listen {
  readonly Port?: number;
  readonly Protocol?: string;
  readonly does: readonly object[];
  readonly rules?: readonly object[];
  readonly certificate?: false;
}

/** As DescribeListeners gives a simple forward: the one group twice. */
export const forward = (...groups: (string | [name: string, weight: number])[]) => {
  const TargetGroups = groups.map((group) => {
    const [TargetGroupArn, Weight] = typeof group === 'string' ? [group, 1] : group;
    return { TargetGroupArn, Weight };
  });
  const [first] = TargetGroups;
  return {
    Type: 'forward',
    ...(TargetGroups.length === 1 && { TargetGroupArn: first?.TargetGroupArn }),
    ForwardConfig: { TargetGroups, TargetGroupStickinessConfig: { Enabled: false } },
  };
};
export const redirect = (config: object = {}) => ({
  Type: 'redirect',
  Order: 1,
  RedirectConfig: {
    Protocol: 'HTTPS',
    Port: '443',
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    StatusCode: 'HTTP_302',
    ...config,
  },
});
export const fixed = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } };

export const http = (does: object, port = 80, ...rules: object[]): Listen => ({
  Port: port,
  does: [does],
  rules,
});
export const https = (does: object, port = 443): Listen => ({ Port: port, Protocol: 'HTTPS', does: [does] });

export const anyone = { CidrIpv4: '0.0.0.0/0' };
export const open = (ports: readonly number[], source: object = anyone) =>
  ports.map((port) => ({
    SecurityGroupRuleId: `sgr-${port}`,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    ...source,
  }));
export const group = (...SecurityGroupRules: object[]): Readings => ({ [GROUP]: { SecurityGroupRules } });
export const balancer = (more: object = {}): Readings => ({
  [BALANCERS]: {
    LoadBalancers: [
      {
        LoadBalancerArn: ARN,
        LoadBalancerName: 'shop',
        Type: 'application',
        SecurityGroups: ['sg-1'],
        ...more,
      },
    ],
  },
});

export const listening = (...listeners: Listen[]): Readings => ({
  ...balancer(),
  ...group(...open(listeners.map(({ Port = 0 }) => Port))),
  [LISTENERS]: {
    Listeners: listeners.map(({ does, rules: _, certificate, Protocol = 'HTTP', Port = 0, ...rest }) => ({
      ...rest,
      Port,
      Protocol,
      ListenerArn: arnOf(Port),
      DefaultActions: does,
      ...(Protocol === 'HTTPS' && certificate !== false && { Certificates: [{ CertificateArn: 'arn:c' }] }),
    })),
  },
  ...Object.fromEntries(
    listeners.map(({ Port = 0, does, rules = [] }) => [
      rulesOf(Port),
      {
        Rules: [
          ...rules.map((action, index) => ({
            Priority: `${index + 1}`,
            Actions: [action],
            IsDefault: false,
          })),
          { Priority: 'default', Actions: does, IsDefault: true },
        ],
      },
    ]),
  ),
});
