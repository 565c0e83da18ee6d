/** What Elastic Load Balancing's Describe operations print, to the values a rule reads. */
import * as z from 'zod/mini';
import type { Listener, ListenerAction, LoadBalancer } from '../account.ts';
import { list, text } from './parts.ts';

export const loadBalancer = z.pipe(
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

/** Checked where something rests on it, and kept whole. ELB prints them with every listener and every rule. */
const actions: z.ZodMiniType<ListenerAction[]> = z.array(
  z.looseObject({
    Type: text,
    TargetGroupArn: z.nullish(text),
    ForwardConfig: z.nullish(
      z.looseObject({
        TargetGroups: z.nullish(z.array(z.looseObject({ TargetGroupArn: text, Weight: z.nullish(z.int()) }))),
      }),
    ),
    RedirectConfig: z.nullish(z.record(z.string(), z.string())),
  }),
);

export const listener = z.pipe(
  z.object({
    ListenerArn: text,
    Protocol: z.nullish(text),
    Port: z.nullish(z.int()),
    Certificates: list(z.unknown()),
    DefaultActions: actions,
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

export const listenerRule = z.pipe(
  z.object({ Priority: text, Actions: actions }),
  z.transform((value) => ({ priority: value.Priority, actions: value.Actions })),
);
