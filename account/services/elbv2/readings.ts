/** Elastic Load Balancing of one Region, but for Classic Load Balancers. */
import * as z from 'zod/mini';
import { list, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const elbv2 = { name: 'elbv2', iam: 'elasticloadbalancing' } as const;

/** Of every type. */
export const loadBalancers = {
  service: elbv2,
  api: 'DescribeLoadBalancers',
  regional: true,
  scope: '*',
  member: 'LoadBalancers',
  resource: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    id: 'LoadBalancerArn',
    name: 'LoadBalancerName',
  },
  key: 'arn',
  shape: () => loadBalancer(),
} as const satisfies Reading;

// The ids of these two are ARNs, whose slashes no file's name may have: of a live account only.
/** `null` when the load balancer does not exist (any more). */
export const listeners = {
  service: elbv2,
  api: 'DescribeListeners',
  regional: true,
  about: { options: ['--load-balancer-arn'], from: 'fix' },
  scope: '*',
  none: ['LoadBalancerNotFound'],
  member: 'Listeners',
  shape: () => listener(),
} as const satisfies Reading;

/** A listener's rules, the default rule included. */
export const listenerRules = {
  service: elbv2,
  api: 'DescribeRules',
  regional: true,
  about: { options: ['--listener-arn'], from: 'fix' },
  scope: '*',
  member: 'Rules',
  shape: () => listenerRule(),
} as const satisfies Reading;

export interface LoadBalancer {
  /** Its resource id for AWS Config, too. */
  readonly arn: string;
  readonly name: string;
  /** `application`, `network`, `gateway`. */
  readonly type: string;
  readonly securityGroups: readonly string[];
}

export interface Listener {
  readonly arn: string;
  /** `HTTP`, `HTTPS`, `TCP`, …; absent for a gateway load balancer's, like the port. */
  readonly protocol?: string;
  readonly port?: number;
  readonly hasCertificate: boolean;
  readonly defaultActions: readonly ListenerAction[];
}

export interface ListenerRule {
  /** `1` to `50000`, or `default`. */
  readonly priority: string;
  readonly actions: readonly ListenerAction[];
}

/** Whole, and as Elastic Load Balancing spells it, so that it can be put back. */
export interface ListenerAction {
  /** `forward`, `redirect`, `fixed-response`, … */
  readonly Type: string;
  readonly TargetGroupArn?: string | null | undefined;
  readonly ForwardConfig?:
    | { readonly TargetGroups?: readonly WeightedGroup[] | null | undefined }
    | null
    | undefined;
  readonly RedirectConfig?: Readonly<Record<string, string>> | null | undefined;
  readonly [field: string]: unknown;
}

export interface WeightedGroup {
  readonly TargetGroupArn: string;
  readonly Weight?: number | null | undefined;
}

const loadBalancer = () =>
  z.pipe(
    z.object({ LoadBalancerArn: text, LoadBalancerName: text, Type: text, SecurityGroups: list(text) }),
    z.transform(
      (value): LoadBalancer => ({
        arn: value.LoadBalancerArn,
        name: value.LoadBalancerName,
        type: value.Type,
        securityGroups: value.SecurityGroups,
      }),
    ),
  );

/**
 * Only the fields that a verdict needs are checked, and the action is kept whole. ELB prints actions with every
 * listener and every rule.
 */
const actions = (): z.ZodMiniType<ListenerAction[]> =>
  z.array(
    z.looseObject({
      Type: text,
      TargetGroupArn: z.nullish(text),
      ForwardConfig: z.nullish(
        z.looseObject({
          TargetGroups: z.nullish(
            z.array(z.looseObject({ TargetGroupArn: text, Weight: z.nullish(z.int()) })),
          ),
        }),
      ),
      RedirectConfig: z.nullish(z.record(z.string(), z.string())),
    }),
  );

const listener = () =>
  z.pipe(
    z.object({
      ListenerArn: text,
      Protocol: z.nullish(text),
      Port: z.nullish(z.int()),
      Certificates: list(z.unknown()),
      DefaultActions: actions(),
    }),
    z.transform(
      (value): Listener => ({
        arn: value.ListenerArn,
        ...(value.Protocol && { protocol: value.Protocol }),
        ...(typeof value.Port === 'number' && { port: value.Port }),
        hasCertificate: value.Certificates.length > 0,
        defaultActions: value.DefaultActions,
      }),
    ),
  );

const listenerRule = () =>
  z.pipe(
    z.object({ Priority: text, Actions: actions() }),
    z.transform((value): ListenerRule => ({ priority: value.Priority, actions: value.Actions })),
  );
