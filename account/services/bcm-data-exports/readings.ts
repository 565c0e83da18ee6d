/** AWS Data Exports: what has come after Cost and Usage Reports. */
import * as z from 'zod/mini';
import { field, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { BILLING_ACCESS } from '../budgets/readings.ts';

const dataExports = { name: 'bcm-data-exports' } as const;
const askedIn = { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1' } as const;

export interface DataExport {
  /** The last part of its ARN. */
  readonly id: string;
  readonly name: string;
  /** `HEALTHY`, `UNHEALTHY`; `undefined` where AWS does not say. */
  readonly status: string | undefined;
  readonly reason: string | undefined;
}

/** `arn:aws:bcm-data-exports:us-east-1:111122223333:export/cur2-0a1b` */
const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** The fields that the list below reads. */
export interface Listed {
  readonly Exports?: readonly {
    readonly ExportArn?: string;
    readonly ExportStatus?: { readonly StatusCode?: string };
  }[];
}

export const dataExportList = {
  service: dataExports,
  api: 'ListExports',
  askedIn,
  scope: '*',
  denied: { '': BILLING_ACCESS },
  member: 'Exports',
  sparse: true,
  resource: { type: 'AWS::BCMDataExports::Export', id: 'ExportArn', name: 'ExportName' },
  shape: () =>
    z.pipe(
      z.object({
        ExportArn: text,
        ExportName: text,
        ExportStatus: z.nullish(
          z.object({ StatusCode: z.nullish(z.string()), StatusReason: z.nullish(z.string()) }),
        ),
      }),
      z.transform(
        (one): DataExport => ({
          id: idOf(one.ExportArn),
          name: one.ExportName,
          status: one.ExportStatus?.StatusCode ?? undefined,
          reason: one.ExportStatus?.StatusReason ?? undefined,
        }),
      ),
    ),
} as const satisfies Reading;

/** The query by which an export takes its columns from a table; `null` for one that is gone. */
export const dataExportQuery = {
  service: dataExports,
  api: 'GetExport',
  askedIn,
  about: {
    options: ['--export-arn arn:{partition}:bcm-data-exports:{region}:{account}:export/{id}'],
    from: [
      {
        reading: dataExportList,
        id: ({ Exports = [] }: Listed) =>
          Exports.filter(({ ExportStatus }) => ExportStatus?.StatusCode !== 'UNHEALTHY').map(
            ({ ExportArn = '' }) => idOf(ExportArn),
          ),
      },
    ],
  },
  scope: ['arn:{partition}:bcm-data-exports:*:{account}:export/*'],
  denied: { '': BILLING_ACCESS },
  none: ['ResourceNotFoundException'],
  shape: () => field('Export', field('DataQuery', field('QueryStatement', text))),
} as const satisfies Reading;
