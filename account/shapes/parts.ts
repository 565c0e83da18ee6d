/** What shapes are made of. */
import * as z from 'zod/mini';
import type { Tags } from '../account.ts';

export const text = z.string().check(z.minLength(1));
/** A list; none where AWS leaves it out. */
export const list = <T extends z.core.$ZodType>(item: T) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((values) => values ?? []),
  );
/** One field of an object, taken out of it. */
export const field = <Name extends string, T extends z.core.$ZodType>(name: Name, type: T) =>
  z.pipe(
    z.object({ [name]: type } as Record<Name, T>),
    z.transform((value) => (value as Record<Name, z.output<T>>)[name]),
  );

/** A time as JSON has it (ISO 8601) or as the SDK has it. */
export const time = z.pipe(
  z.union([z.date(), z.string()]),
  z.transform((value, context) => {
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) {
      context.issues.push({
        code: 'custom',
        message: `${JSON.stringify(value)} is not a time`,
        input: value,
      });
      return z.NEVER;
    }
    return date;
  }),
);

export const tagList = z.pipe(
  list(z.object({ Key: z.string(), Value: z.nullish(z.string()) })),
  z.transform((tags): Tags => Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value ?? '']))),
);

/** A Boolean that AWS may leave out when it is false. */
export const flag = z.pipe(
  z.nullish(z.boolean()),
  z.transform((value) => value === true),
);
