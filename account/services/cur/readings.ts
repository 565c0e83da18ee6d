/** Cost and Usage Reports, as they were before AWS Data Exports. */
import * as z from 'zod/mini';
import { text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { BILLING_ACCESS } from '../budgets/readings.ts';

const cur = { name: 'cur' } as const;

export interface CostReport {
  readonly name: string;
  readonly bucket: string | undefined;
  /** `SUCCESS`, `ERROR_PERMISSIONS`, `ERROR_NO_BUCKET`; `undefined` before the first delivery. */
  readonly status: string | undefined;
}

/** The account's own reports. */
export const costReports = {
  service: cur,
  api: 'DescribeReportDefinitions',
  askedIn: { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1' },
  scope: '*',
  denied: { '': BILLING_ACCESS },
  member: 'ReportDefinitions',
  sparse: true,
  resource: { type: 'AWS::CUR::ReportDefinition', id: 'ReportName', name: 'ReportName' },
  key: 'name',
  shape: () =>
    z.pipe(
      z.object({
        ReportName: text,
        S3Bucket: z.nullish(z.string()),
        ReportStatus: z.nullish(z.object({ lastStatus: z.nullish(z.string()) })),
      }),
      z.transform(
        (one): CostReport => ({
          name: one.ReportName,
          bucket: one.S3Bucket ?? undefined,
          status: one.ReportStatus?.lastStatus ?? undefined,
        }),
      ),
    ),
} as const satisfies Reading;
