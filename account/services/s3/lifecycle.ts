/** A bucket's lifecycle rules, as far as they delete objects. */
import * as z from 'zod/mini';
import { field, list, time, whatIsWrong } from '../../parts.ts';

export interface Lifecycle {
  readonly rules: readonly LifecycleRule[];
  /** What is wrong with the others: none of them keeps an object for longer than those that make sense do. */
  readonly broken: readonly string[];
}

export const lifecycle = () =>
  z.pipe(
    field('Rules', z.array(z.unknown())),
    z.transform((rules: unknown[]): Lifecycle => {
      const parsed = rules.map((one) => z.safeParse(lifecycleRule(), one, { reportInput: true }));
      return {
        rules: parsed.flatMap(({ data }) => data ?? []),
        broken: parsed.flatMap(({ error }, at) => (error ? [whatIsWrong(error, ['Rules', at])] : [])),
      };
    }),
  );

const lifecycleRule = () => {
  const days = z.int().check(z.positive());
  const prefix = z.nullish(z.string());
  const tag = z.object({ Key: z.string() });
  return z.object({
    ID: z.nullish(z.string()),
    Status: z.enum(['Enabled', 'Disabled']),
    Prefix: prefix,
    Filter: z.nullish(
      z.object({
        Prefix: prefix,
        Tag: z.nullish(tag),
        And: z.nullish(z.object({ Prefix: prefix, Tags: list(tag) })),
      }),
    ),
    Expiration: z.nullish(z.object({ Days: z.nullish(days), Date: z.nullish(time) })),
    NoncurrentVersionExpiration: z.nullish(
      z.object({ NoncurrentDays: days, NewerNoncurrentVersions: z.nullish(z.int()) }),
    ),
  });
};
export type LifecycleRule = z.output<ReturnType<typeof lifecycleRule>>;
