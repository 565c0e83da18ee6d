/** What shapes are made of. */
import * as z from 'zod/mini';
import type { Tags } from './account.ts';

export const text = z.string().check(z.minLength(1));
/** A list; empty where AWS leaves it out. */
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

/** ISO 8601, as AWS writes times; JavaScript also takes `99999` for one. */
export const isTime = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d(?:$|[T ])/.test(value) && !Number.isNaN(Date.parse(value));

/** A time as JSON has it (ISO 8601, or the seconds since 1970 that `aws` of version 1 prints) or as the SDK has it. */
export const time = z.pipe(
  z.union([z.date(), z.string(), z.number()], 'expected a time'),
  z.transform((value, context) => {
    const date = new Date(typeof value === 'number' ? value * 1000 : value);
    if (Number.isNaN(date.getTime()) || (typeof value === 'string' && !isTime(value))) {
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

const tag = z.object({ Key: z.string(), Value: z.nullish(z.string()) });
const mapOf = z.transform(
  (tags: z.output<typeof tag>[]): Tags =>
    Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ''])),
);
/** The tags of one of many: AWS leaves the list out where there are none. */
export const tagList = z.pipe(list(tag), mapOf);
/** The tags of an answer that is about nothing else. */
export const tags = z.pipe(z.array(tag), mapOf);

/** The partition that an ARN names: `aws-us-gov`. */
export const partitionIn = (arn: string | null | undefined): string | undefined =>
  /^arn:(aws[a-z-]*):/.exec(arn ?? '')?.[1];

/** A Boolean that AWS may leave out when it is false. */
export const flag = z.pipe(
  z.nullish(z.boolean()),
  z.transform((value) => value === true),
);

/** The first thing that is wrong, and where, by AWS's own names of the fields. */
export function whatIsWrong(
  { issues: [issue] }: z.core.$ZodError,
  where: readonly PropertyKey[] = [],
): string {
  const found = issue && closest(issue);
  const at = [...where, ...(found?.path ?? [])].join('.') || 'the answer';
  return `${at}: ${found ? inWords(found) : 'makes no sense'}`;
}

/** For a value that may have several forms: what is wrong with the form that it comes closest to. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.message !== UNSAID) return issue;
  const [first, ...others] = issue.errors.flatMap(([one]) => (one ? [one] : []));
  const best = [first, ...others].find((one) => one?.input !== undefined && one.path.length > 0) ?? first;
  return best ? closest({ ...best, path: [...issue.path, ...best.path] }) : issue;
}

/** The message of zod/mini where there is no other. */
const UNSAID = 'Invalid input';

/** JSON's names for the types that zod names as JavaScript does. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return `expected ${KINDS[issue.expected] ?? issue.expected}, found ${kindOf(issue.input)}`;
  }
  if (issue.code === 'invalid_value') {
    return `expected ${issue.values.join(' or ')}, found ${JSON.stringify(issue.input)}`;
  }
  if (issue.code === 'too_small') return 'is empty';
  return issue.message === UNSAID
    ? `is not in the form that AWS has, but ${kindOf(issue.input)}`
    : issue.message;
}

/** Names the kind of a value, without the value itself, which may be a secret. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? `a ${typeof value}`;
}
