/** Amazon CloudWatch Logs, in one Region. */
import * as z from 'zod/mini';
import { list, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const logs = { name: 'logs' } as const;

export interface MetricFilter {
  readonly name: string;
  readonly logGroup: string;
  readonly pattern: string;
  readonly metrics: readonly FilterMetric[];
  /** It looks at what a transformer makes of the events, or at some log groups' events only. */
  readonly looksElsewhere: boolean;
}
export interface FilterMetric {
  readonly namespace: string;
  readonly name: string;
  /** `1`, or a selector: `$.size`. */
  readonly value: string;
  /** What it is while there is no match. */
  readonly defaultValue?: number;
  /** By name, the selector of each value: `{ Event: '$.eventName' }`. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The metric filters of every log group. */
export const metricFilters = {
  service: logs,
  api: 'DescribeMetricFilters',
  regional: true,
  scope: ['arn:{partition}:logs:{region}:{account}:log-group:*'],
  member: 'metricFilters',
  shape: () =>
    z.pipe(
      z.object({
        filterName: text,
        logGroupName: z.nullish(z.string()),
        filterPattern: z.nullish(z.string()),
        metricTransformations: list(
          z.object({
            metricNamespace: z.string(),
            metricName: z.string(),
            metricValue: z.string(),
            defaultValue: z.nullish(z.number()),
            dimensions: z.nullish(z.record(z.string(), z.string())),
          }),
        ),
        applyOnTransformedLogs: z.nullish(z.boolean()),
        fieldSelectionCriteria: z.nullish(z.string()),
        emitSystemFieldDimensions: list(z.string()),
      }),
      z.transform((one): MetricFilter => {
        const system = Object.fromEntries(one.emitSystemFieldDimensions.map((name) => [name, name]));
        return {
          name: one.filterName,
          logGroup: one.logGroupName ?? '',
          pattern: one.filterPattern ?? '',
          metrics: one.metricTransformations.map((metric) => ({
            namespace: metric.metricNamespace,
            name: metric.metricName,
            value: metric.metricValue,
            ...(typeof metric.defaultValue === 'number' && { defaultValue: metric.defaultValue }),
            dimensions: { ...metric.dimensions, ...system },
          })),
          looksElsewhere: one.applyOnTransformedLogs === true || Boolean(one.fieldSelectionCriteria),
        };
      }),
    ),
} as const satisfies Reading;
