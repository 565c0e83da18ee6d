/** VPCs, and what is in them. */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import { field, flag, tagList, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const ec2 = { name: 'ec2' } as const;

export const vpcs = {
  service: ec2,
  api: 'DescribeVpcs',
  regional: true,
  scope: '*',
  member: 'Vpcs',
  resource: { type: 'AWS::EC2::VPC', id: 'VpcId', name: 'VpcId' },
  shape: () =>
    z.pipe(
      z.object({ VpcId: text, IsDefault: flag, Tags: tagList }),
      z.transform((value): Vpc => ({ id: value.VpcId, isDefault: value.IsDefault, tags: value.Tags })),
    ),
} as const satisfies Reading;

export const natGateways = {
  service: ec2,
  api: 'DescribeNatGateways',
  regional: true,
  scope: '*',
  member: 'NatGateways',
  resource: { type: 'AWS::EC2::NatGateway', id: 'NatGatewayId', name: 'NatGatewayId' },
  shape: () =>
    z.pipe(
      z.object({ NatGatewayId: text, State: text, CreateTime: time, Tags: tagList }),
      z.transform(
        (value): NatGateway => ({
          id: value.NatGatewayId,
          state: value.State.toLowerCase(),
          createdAt: value.CreateTime,
          tags: value.Tags,
        }),
      ),
    ),
} as const satisfies Reading;

/** The VPC of every network interface, AWS's own ones included. */
export const networkInterfaces = {
  service: ec2,
  api: 'DescribeNetworkInterfaces',
  regional: true,
  scope: '*',
  member: 'NetworkInterfaces',
  shape: () => field('VpcId', text),
} as const satisfies Reading;

export interface Vpc {
  readonly id: string;
  readonly isDefault: boolean;
  readonly tags: Tags;
}

export interface NatGateway {
  readonly id: string;
  /** `pending`, `failed`, `available`, `deleting`, `deleted`. */
  readonly state: string;
  readonly createdAt: Date;
  readonly tags: Tags;
}
