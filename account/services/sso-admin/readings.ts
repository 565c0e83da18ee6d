/** IAM Identity Center, whose instance lives in one Region. */
import * as z from 'zod/mini';
import { text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const ssoAdmin = { name: 'sso-admin', iam: 'sso' } as const;

export interface Instance {
  readonly arn: string;
  /** The account that it belongs to: the management account's gives access to accounts; absent where AWS does not say. */
  readonly owner: string | undefined;
  /** `ACTIVE`, `CREATE_IN_PROGRESS`, `CREATE_FAILED`, `DELETE_IN_PROGRESS` */
  readonly status: string | undefined;
}

/**
 * The instances that the account has, or that are visible to it: in whichever Region they are.
 *
 * Source: https://docs.aws.amazon.com/cli/latest/reference/sso-admin/list-instances.html
 */
export const instances = {
  service: ssoAdmin,
  api: 'ListInstances',
  askedIn: { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' },
  options: '--region-scope ALL_REGIONS',
  scope: '*',
  member: 'Instances',
  shape: () =>
    z.pipe(
      z.object({ InstanceArn: text, OwnerAccountId: z.nullish(text), Status: z.nullish(text) }),
      z.transform(
        ({ InstanceArn, OwnerAccountId, Status }): Instance => ({
          arn: InstanceArn,
          owner: OwnerAccountId ?? undefined,
          status: Status ?? undefined,
        }),
      ),
    ),
} as const satisfies Reading;
