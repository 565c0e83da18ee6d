import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import rule from '../../../rules/alb-http-to-https/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import type { Picture } from '../support/picture.ts';
import { type Rival, remediates } from '../support/remediation.ts';

interface Listen {
  readonly port: number;
  /** Over HTTPS, or over HTTP. */
  readonly tls?: true;
  readonly does: Action;
  /** What rules before the default one do, for a path each. */
  readonly rules?: readonly Action[];
}

const certificate = `arn:aws:iam::${MOTO_ACCOUNT}:server-certificate/moonjar`;
const groupArn = (name: string) => `tg:${name}`;
const forward = (name: string): Action => ({ Type: 'forward', TargetGroupArn: groupArn(name) });
const fixed = (StatusCode: string): Action => ({
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode, ContentType: 'text/plain', MessageBody: 'nothing here' },
});
const redirect = (RedirectConfig: object): Action => ({
  Type: 'redirect',
  RedirectConfig: {
    Path: '/#{path}',
    Query: '#{query}',
    Host: '#{host}',
    StatusCode: 'HTTP_301',
    ...RedirectConfig,
  },
});
const weighted: Action = {
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: [
      { TargetGroupArn: groupArn('web'), Weight: 90 },
      { TargetGroupArn: groupArn('api'), Weight: 10 },
    ],
    TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 3600 },
  },
};
const https = (does: Action, port = 443): Listen => ({ port, tls: true, does });
const http = (does: Action, port = 80, ...rules: Action[]): Listen => ({ port, does, rules });

/** A load balancer that listens so, in a security group with these ports open, and a bystander that should redirect, too. */
const listening =
  (listeners: readonly Listen[], ports: readonly number[] = listeners.map(({ port }) => port)) =>
  async (client: object) => {
    const [ec2, elb] = [new EC2Client(client), new ElasticLoadBalancingV2Client(client)];
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const VpcId = Subnets[0]?.VpcId;
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId }),
    );
    const IpPermissions = ports.map((port) => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    }));
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const groups = new Map<string, string>();
    for (const Name of ['web', 'api']) {
      const { TargetGroups } = await elb.send(
        new CreateTargetGroupCommand({ Name, VpcId, Protocol: 'HTTP', Port: 8000 }),
      );
      groups.set(groupArn(Name), TargetGroups?.[0]?.TargetGroupArn ?? '');
    }
    const real = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value), (_, one) => groups.get(one) ?? one) as T;
    const make = async (Name: string, listen: readonly Listen[]) => {
      const { LoadBalancers } = await elb.send(
        new CreateLoadBalancerCommand({
          Name,
          Subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
          SecurityGroups: [GroupId],
        }),
      );
      const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
      for (const { port, tls, does, rules = [] } of listen) {
        const { Listeners } = await elb.send(
          new CreateListenerCommand({
            LoadBalancerArn,
            Port: port,
            Protocol: tls ? 'HTTPS' : 'HTTP',
            ...(tls && { Certificates: [{ CertificateArn: certificate }] }),
            DefaultActions: real([does]),
          }),
        );
        for (const [index, action] of rules.entries()) {
          await elb.send(
            new CreateRuleCommand({
              ListenerArn: Listeners?.[0]?.ListenerArn,
              Priority: index + 1,
              Conditions: [{ Field: 'path-pattern', Values: [`/${index}/*`] }],
              Actions: real([action]),
            }),
          );
        }
      }
      return LoadBalancerArn;
    };
    await make('moonjar-bystander', [https(forward('web')), http(forward('web'))]);
    return make('moonjar-shop', listeners);
  };

const changes = /^load balancer moonjar-shop: listener (80|8080|8081)$/;

/** Whatever is served goes on being served: by the same target groups, or by a redirect to where they are. */
const safe = (before: Picture, now: Picture) => {
  for (const [name, was] of Object.entries(before)) {
    const is = now[name] ?? '';
    if (name.startsWith('load balancer') && is !== was) {
      expect(name).toMatch(changes);
      const [{ DefaultActions }] = JSON.parse(is) as [{ DefaultActions: Action[] }];
      expect(DefaultActions).toMatchObject([{ RedirectConfig: { Protocol: 'HTTPS', Port: '443' } }]);
    }
  }
};

/** Shuts the second HTTP listener: what it does by default is theirs from then on. */
const shuts: Rival = {
  does: 'shuts the second listener',
  async strike(client, LoadBalancerArn) {
    const elb = new ElasticLoadBalancingV2Client(client);
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const ListenerArn = Listeners.find(({ Port }) => Port === 8080)?.ListenerArn;
    await elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: [fixed('403')] }));
    return true;
  },
  holds: (now) => expect(now['load balancer moonjar-shop: listener 8080']).toMatch(/"StatusCode":"403"/),
  duringUndo: true,
};

remediates({
  rule,
  scenarios: [
    {
      situation: 'two HTTP listeners, one with weights and stickiness',
      found: listening([https(weighted), http(forward('web')), http(weighted, 8080)]),
      changes,
      message: /HTTP on port 80 redirects to HTTPS on port 443; HTTP on port 8080 redirects/,
      rivals: [shuts],
      safe,
    },
    {
      situation: 'an HTTP listener that answers by itself, with a rule that redirects already',
      found: listening([
        https(forward('api'), 8443),
        https(forward('web')),
        http(fixed('404'), 80, redirect({ Protocol: 'HTTPS', Port: '443' })),
      ]),
      parameters: { StatusCode: 'HTTP_301' },
      changes,
      message: /Browsers remember HTTP_301/,
    },
    {
      situation: 'a redirect from one HTTP port to another',
      found: listening([
        https(forward('web'), 8443),
        http(redirect({ Protocol: 'HTTP', Port: '8081' })),
        http(forward('web'), 8081),
      ]),
      changes,
    },
    {
      situation: 'HTTPS with target groups of its own, on the port that somebody chose',
      found: listening([https(forward('api'), 8443), https(forward('web'), 9443), http(forward('web'))]),
      parameters: { HttpsPort: '8443' },
      changes,
      message: /redirects to HTTPS on port 8443/,
    },
  ],
  refusals: [
    {
      situation: 'no HTTPS listener',
      found: listening([http(forward('web'))]),
      message: /port 80 stays: there is no HTTPS listener with a certificate/,
    },
    {
      situation: 'HTTPS that serves something else',
      found: listening([https(forward('api')), http(forward('web'))]),
      message: /no HTTPS listener forwards by default to the target groups that port 80 forwards to/,
    },
    {
      situation: 'an HTTPS port that nobody can reach',
      found: listening([https(forward('web')), http(forward('web'))], [80]),
      message: /no security group lets anyone in on port 443/,
    },
    {
      situation: 'a redirect to another host',
      found: listening([
        https(forward('web')),
        http(redirect({ Protocol: 'HTTP', Host: 'www.moonjar.example' })),
      ]),
      message: /redirects to www\.moonjar\.example/,
    },
    {
      situation: 'nothing but a rule that forwards',
      found: listening([
        https(forward('web')),
        http(redirect({ Protocol: 'HTTPS', Port: '443' }), 80, forward('web')),
      ]),
      message: /Rule 1 of the HTTP listener on port 80 stays: it forwards requests/,
    },
    {
      situation: 'a port without an HTTPS listener',
      found: listening([https(forward('web')), http(forward('web'))]),
      parameters: { HttpsPort: '444' },
      message: /no HTTPS listener with a certificate on port 444/,
    },
  ],
});
