/** Elastic Load Balancing of one Region, but for Classic Load Balancers. */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import { field, list, tagList, text, time } from '../../parts.ts';
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

/** `null` when the load balancer does not exist (any more). Asked about by its name, which only one in a Region has. */
export const listeners = {
  service: elbv2,
  api: 'DescribeListeners',
  regional: true,
  about: {
    options: [
      '--load-balancer-arn "$(aws elbv2 describe-load-balancers --names {id} --region {region} --query LoadBalancers[0].LoadBalancerArn --output text)"',
    ],
    from: [{ reading: loadBalancers, id: 'LoadBalancerName' }],
  },
  scope: '*',
  needs: { 'elasticloadbalancing:DescribeLoadBalancers': '*' },
  none: ['LoadBalancerNotFound'],
  member: 'Listeners',
  shape: () => listener(),
} as const satisfies Reading;

/** A listener's rules, the default rule included. By the listener's ARN, so of a live account only: its slashes can be in no file's name. */
export const listenerRules = {
  service: elbv2,
  api: 'DescribeRules',
  regional: true,
  about: { options: ['--listener-arn'], from: 'fix' },
  scope: '*',
  member: 'Rules',
  shape: () => listenerRule(),
} as const satisfies Reading;

/** By the load balancer's name; `null` when it does not exist (any more). */
export const loadBalancerTags = {
  service: elbv2,
  api: 'DescribeTags',
  regional: true,
  about: {
    options: [
      '--resource-arns "$(aws elbv2 describe-load-balancers --names {id} --region {region} --query LoadBalancers[0].LoadBalancerArn --output text)"',
    ],
    from: [{ reading: loadBalancers, id: 'LoadBalancerName' }],
  },
  scope: '*',
  needs: { 'elasticloadbalancing:DescribeLoadBalancers': '*' },
  none: ['LoadBalancerNotFound'],
  shape: () => tagsOfOne(),
} as const satisfies Reading;

export const targetGroups = {
  service: elbv2,
  api: 'DescribeTargetGroups',
  regional: true,
  scope: '*',
  member: 'TargetGroups',
  shape: () =>
    z.pipe(
      z.object({ TargetGroupName: text, LoadBalancerArns: z.array(text) }),
      z.transform(
        (value): TargetGroup => ({ name: value.TargetGroupName, loadBalancers: value.LoadBalancerArns }),
      ),
    ),
} as const satisfies Reading;

/** Whether anything is registered in a target group, by its name; `null` when it does not exist (any more). */
export const targetHealth = {
  service: elbv2,
  api: 'DescribeTargetHealth',
  regional: true,
  about: {
    options: [
      '--target-group-arn "$(aws elbv2 describe-target-groups --names {id} --region {region} --query TargetGroups[0].TargetGroupArn --output text)"',
    ],
    from: [{ reading: targetGroups, id: 'TargetGroupName' }],
  },
  scope: '*',
  needs: { 'elasticloadbalancing:DescribeTargetGroups': '*' },
  none: ['TargetGroupNotFound'],
  shape: () =>
    z.pipe(
      field('TargetHealthDescriptions', z.array(z.unknown())),
      z.transform((targets) => ({ hasTargets: targets.length > 0 })),
    ),
} as const satisfies Reading;

export interface LoadBalancer {
  /** Its resource id for AWS Config, too. */
  readonly arn: string;
  readonly name: string;
  /** `application`, `network`, `gateway`. */
  readonly type: string;
  readonly securityGroups: readonly string[];
  readonly createdAt?: Date;
}

export interface TargetGroup {
  readonly name: string;
  /** Their ARNs. */
  readonly loadBalancers: readonly string[];
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
    z.object({
      LoadBalancerArn: text,
      LoadBalancerName: text,
      Type: text,
      SecurityGroups: list(text),
      CreatedTime: z.nullish(time),
    }),
    z.transform(
      (value): LoadBalancer => ({
        arn: value.LoadBalancerArn,
        name: value.LoadBalancerName,
        type: value.Type,
        securityGroups: value.SecurityGroups,
        ...(value.CreatedTime && { createdAt: value.CreatedTime }),
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

/** Of the one load balancer that was asked about. */
const tagsOfOne = () =>
  z.pipe(
    field('TagDescriptions', z.array(field('Tags', tagList))),
    z.transform((all): Tags => Object.assign({}, ...all)),
  );
