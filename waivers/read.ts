import * as z from 'zod/mini';
import { UNIT_ID } from '../account/unit-id.ts';
import { placesIn } from './places.ts';
import { isExpired, type Waiver } from './waiver.ts';

/** A year, and the day on which it ends. */
export const MAX_DAYS = 366;
const DAY = 86_400_000;

/** Something in the file is wrong. The message begins with file, line and column. */
export class WaiverError extends Error {
  override readonly name = 'WaiverError';
  readonly code = 'InvalidWaiver';
}

const anyText = z.string({ error: 'expected a text, in quotes where it looks like a number' });
const text = anyText.check(z.regex(/\S/, 'is empty'));
const day = z.string({ error: 'expected a day, such as 2027-03-31' }).check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day, such as 2027-03-31'),
  z.refine((value) => isDay(value), 'there is no such day'),
);
const tag = z.strictObject({ key: text, value: z.optional(anyText) });
const waiver = z.strictObject({
  rule: text,
  resource: z.optional(text),
  tag: z.optional(tag),
  account: z.optional(text.check(z.regex(/^\d{12}$/, 'expected twelve digits, in quotes'))),
  organizationalUnit: z.optional(
    text.check(z.regex(UNIT_ID, 'expected the id of a root or a unit, such as ou-ab12-11111111')),
  ),
  region: z.optional(text),
  kind: z.optional(text),
  reason: text,
  ticket: text,
  owner: text,
  until: day,
});
export const waiversSchema = z.strictObject({ waivers: z.array(waiver) });

const isDay = (value: string): boolean => {
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

/** The JSON Schema of the file, for editors. */
export const waiversJsonSchema = (): object => ({
  ...z.toJSONSchema(waiversSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) === waiver) jsonSchema.anyOf = ABOUT.map((field) => ({ required: [field] }));
    },
  }),
  title: 'groundrules.waivers.yaml',
});

/** What a waiver says of the resource: one of these at least. */
const ABOUT = ['resource', 'tag'] as const;

/** What there is, for whoever says what a waiver is about. */
export interface Known {
  /** The kinds of findings of each rule, by its id. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** ` (did you mean …?)` */
  readonly hint: (word: string, known: readonly string[]) => string;
}

export interface ReadOptions {
  /** Its name, for errors. */
  readonly file: string;
  readonly now: Date;
  /** The longest that a waiver may hold. */
  readonly maxDays?: number | undefined;
  readonly known: Known;
}

/**
 * Reads groundrules.waivers.yaml.
 *
 * @throws {WaiverError} with file, line and column: a waiver that is not understood must not look like one that is.
 */
export function readWaivers(
  content: string,
  { file, now, maxDays = MAX_DAYS, known }: ReadOptions,
): readonly Waiver[] {
  const places = placesIn(content);
  const { document } = places;
  const [twice] = places.repeated;
  if (twice) throw new WaiverError(`${file}:${twice.at}: ${twice.key}: is there a second time`);
  const [broken] = document.errors;
  if (broken) throw new WaiverError(`${file}:${places.at(broken.pos[0])}: ${broken.message}`);
  const fail = (path: readonly PropertyKey[], message: string): never => {
    throw new WaiverError(`${file}:${places.of(path)}: ${path.join('.') || 'the file'}: ${message}`);
  };

  const parsed = z.safeParse(waiversSchema, document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    const issues = parsed.error.issues as [z.core.$ZodIssue];
    // A field with a typing error in its name is missing, too: the first says more.
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
    const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const fields = fieldsAt(issue.path);
    if (unknown !== undefined) {
      return fail([...issue.path, unknown], `there is no such field${known.hint(unknown, fields)}`);
    }
    const isMissing = document.getIn(issue.path) === undefined;
    return fail(issue.path, isMissing ? 'is missing' : issue.message);
  }
  return parsed.data.waivers.map((one, index) => {
    const kinds = Object.hasOwn(known.kinds, one.rule) ? known.kinds[one.rule] : undefined;
    const of = (field: string) => ['waivers', index, field];
    if (!kinds) {
      return fail(
        of('rule'),
        `there is no rule ${one.rule}${known.hint(one.rule, Object.keys(known.kinds))}`,
      );
    }
    if (one.kind !== undefined && !kinds.includes(one.kind)) {
      return fail(of('kind'), `${one.rule} finds nothing of kind ${one.kind}${known.hint(one.kind, kinds)}`);
    }
    if (!isExpired(one, now) && Date.parse(one.until) - now.getTime() > maxDays * DAY) {
      const limit = maxDays === MAX_DAYS ? 'a year' : `${maxDays} days`;
      return fail(
        of('until'),
        `${one.until} is more than ${limit} away: a waiver ends within ${limit}, unless waivers.maxDays of groundrules.config.json says otherwise`,
      );
    }
    if (ABOUT.every((field) => one[field] === undefined)) {
      return fail(of('resource'), 'is missing: an id or a name, unless a tag says which resources');
    }
    // Of a waiver by tag alone it is whatever carries the tag.
    const { resource = '*' } = one;
    return { ...one, resource, line: places.lineOf(['waivers', index]) };
  });
}

const fieldsAt = ({ length }: readonly PropertyKey[]): readonly string[] =>
  length === 0 ? ['waivers'] : Object.keys(length > 2 ? tag.shape : waiver.shape);
