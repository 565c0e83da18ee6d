/** AWS Systems Manager, in one Region. */
import * as z from 'zod/mini';
import { text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const ssm = { name: 'ssm' } as const;

export interface OpsItem {
  readonly id: string;
  /** `Open`, `InProgress`, `Resolved`, … */
  readonly status: string;
  /** Searchable operational data alone: OpsCenter lists no other. */
  readonly data: Readonly<Record<string, string>>;
}

/** OpsItems of the source `Groundrules` that are open or in progress. */
export const opsItems = {
  service: ssm,
  api: 'DescribeOpsItems',
  regional: true,
  options:
    '--ops-item-filters Key=Source,Operator=Equal,Values=Groundrules Key=Status,Operator=Equal,Values=Open,InProgress',
  scope: '*',
  member: 'OpsItemSummaries',
  shape: () =>
    z.pipe(
      z.object({
        OpsItemId: text,
        Status: z.string(),
        OperationalData: z.nullish(z.record(z.string(), z.object({ Value: z.nullish(z.string()) }))),
      }),
      z.transform(
        ({ OpsItemId: id, Status: status, OperationalData }): OpsItem => ({
          id,
          status,
          data: Object.fromEntries(
            Object.entries(OperationalData ?? {}).map(([key, { Value }]) => [key, Value ?? '']),
          ),
        }),
      ),
    ),
} as const satisfies Reading;
