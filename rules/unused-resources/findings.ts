import type { Messages } from '../rule.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';

export type UnusedFinding =
  | { readonly kind: 'emptyDefaultVpc' }
  | { readonly kind: 'idleNat'; readonly days: number }
  /** None of the groups that it forwards to, or the Classic Load Balancer itself, has anything registered. */
  | { readonly kind: 'noTargets'; readonly groups: number }
  /** It has no group to forward to, and answers nothing by itself. */
  | { readonly kind: 'noListeners' }
  | { readonly kind: 'idleInstance'; readonly days: number; readonly highest: number }
  | { readonly kind: 'orphanSnapshot'; readonly instance: string }
  | Exempt;

export const messages: Messages<UnusedFinding> = {
  emptyDefaultVpc: () => 'a default VPC with no network interface in it',
  idleNat: ({ days }) => `a NAT gateway that sent nothing out in ${days} days`,
  noTargets: ({ groups }) =>
    groups === 0
      ? 'a load balancer without a registered instance'
      : `a load balancer without a registered target (${groups} target groups)`,
  noListeners: () => 'a load balancer without a target group, which answers nothing by itself',
  idleInstance: ({ days, highest }) =>
    `a running instance whose CPU was never above ${Math.round(highest * 10) / 10}% in ${days} days`,
  orphanSnapshot: ({ instance }) => `a manual snapshot of ${instance}, which is no DB instance any more`,
  exempt: exemptMessage,
};
