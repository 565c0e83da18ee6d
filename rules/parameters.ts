/**
 * Rule parameters as AWS Config has them: a flat map of strings. A parameter is declared once, with the string that
 * stands for its default, and everything that shows parameters (packs, pages, help) derives from that.
 */
import * as z from 'zod/mini';

export interface Parameter<T = unknown> {
  readonly type: z.ZodMiniType<T, string>;
  /** The default as a person would write it in the Config console. */
  readonly default: string;
  /** One line for the rule's page. */
  readonly about: Text;
  /** Set where most accounts want another value: the plain template has a parameter for it. */
  readonly isTunable?: true;
}

/** A sentence or less, in both languages. */
export interface Text {
  readonly en: string;
  readonly ko: string;
}

export type Parameters = Readonly<Record<string, Parameter>>;
export type ParameterValues<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

export const parameter = <T>(
  type: z.ZodMiniType<T, string>,
  value: string,
  about: Text,
  more: Pick<Parameter, 'isTunable'> = {},
): Parameter<T> => ({ type, default: value, about, ...more });

const codec = <T>(read: (value: string) => T): z.ZodMiniType<T, string> =>
  z.pipe(
    z.string(),
    z.transform((value, context) => {
      try {
        return read(value.trim());
      } catch (error) {
        context.issues.push({ code: 'custom', message: (error as Error).message, input: value });
        return z.NEVER;
      }
    }),
  );

/** A whole number within bounds. */
export const integer = (minimum: number, maximum: number) =>
  codec((value) => {
    const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= minimum && number <= maximum)) {
      throw new Error(`expected a whole number from ${minimum} to ${maximum}`);
    }
    return number;
  });

/** A whole number within bounds; empty means "not set". */
export const optionalInteger = (minimum: number, maximum: number) =>
  codec((value) => {
    if (value === '') return undefined;
    const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    throw new Error(`expected a whole number from ${minimum} to ${maximum}, or nothing`);
  });

/** An amount of money, more than nothing; empty means "not set". */
export const optionalAmount = () =>
  codec((value) => {
    if (value === '') return undefined;
    const number = /^\+?(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
    if (number > 0 && Number.isFinite(number)) return number;
    throw new Error('expected an amount above 0 such as 100 or 99.5, or nothing');
  });

/** A currency by its three letters, in any letter case. */
export const currency = () =>
  codec((value) => {
    if (/^[a-z]{3}$/i.test(value)) return value.toUpperCase();
    throw new Error('expected the three letters of a currency such as USD');
  });

/** `true` or `false`, in any letter case. */
export const boolean = () =>
  codec((value) => {
    const lower = value.toLowerCase();
    if (lower !== 'true' && lower !== 'false') throw new Error('expected true or false');
    return lower === 'true';
  });

/** One of a few words, in any letter case. */
export const oneOf = <const Word extends string>(...words: Word[]) =>
  codec((value) => {
    const word = words.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
    if (!word) throw new Error(`expected ${words.join(' or ')}`);
    return word;
  });

/** The words in a list that are separated by commas; `undefined` for one that is none of the known ones. */
const amongst = <Word extends string>(known: readonly Word[], value: string): (Word | undefined)[] =>
  value
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')
    .map((word) => known.find((candidate) => candidate.toLowerCase() === word));

/** One or more of a few words, separated by commas, in any letter case. */
export const someOf = <const Word extends string>(...known: Word[]) =>
  codec((value) => {
    const found = amongst(known, value);
    if (found.length === 0 || found.includes(undefined)) {
      throw new Error(`expected one or more of ${known.join(', ')}, separated by commas`);
    }
    return found as readonly Word[];
  });

/** The same; none when empty. */
export const anyOf = <const Word extends string>(...known: Word[]) =>
  codec((value) => {
    const found = amongst(known, value);
    if (found.includes(undefined)) {
      throw new Error(`expected any of ${known.join(', ')}, separated by commas, or nothing`);
    }
    return found as readonly Word[];
  });

/** Words separated by commas; none when empty. */
export const words = () =>
  codec((value) =>
    value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );

/** Words separated by commas, each in a form of its own; none when empty. */
const wordsLike = (form: RegExp, expected: string) =>
  codec((value) =>
    value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
      .map((word) => {
        if (form.test(word)) return word;
        throw new Error(`expected ${expected}, not "${word}"`);
      }),
  );

/** Ids of accounts, separated by commas; none when empty. */
export const accountIds = () => wordsLike(/^\d{12}$/, 'account ids of twelve digits');

/** Events of CloudTrail by their service, separated by commas: `s3:PutBucketPolicy`; none when empty. */
export const namedEvents = () => wordsLike(/^[a-z0-9-]+:[A-Za-z]\w*$/, 'events such as "s3:PutBucketPolicy"');

/**
 * Names of AWS's own prefix lists, separated by commas, with `*` and `?` where a name may have anything; none when empty.
 * Every one of them begins with `com.amazonaws.`: what could match none of them is a mistake.
 */
export const awsPrefixLists = () =>
  codec((value) =>
    value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => {
        if (/^[a-z0-9.*?-]+$/.test(name) && !/^(?:pl-|arn|\d)/.test(name)) return name;
        throw new Error(
          `expected names of AWS-managed prefix lists such as "com.amazonaws.*.s3", not "${name}"`,
        );
      }),
  );

/** Names of Regions, separated by commas, and this word, in any letter case, for some that somebody else knows; none when empty. */
export const regionNames = (word: string) =>
  codec((value) =>
    value
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== '')
      .map((one) => {
        if (one === word || /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/.test(one)) return one;
        throw new Error(`expected names of Regions such as "us-east-1", or "${word}", not "${one}"`);
      }),
  );

/** A text that is not empty. */
export const requiredText = () =>
  codec((value) => {
    if (value === '') throw new Error('expected a text');
    return value;
  });

/** Any text; empty means "not set". */
export const optionalText = () => codec((value) => value || undefined);

/** A time of ISO 8601, in UTC unless it says otherwise; a date means its end. Empty means "not set". */
export const optionalTime = () =>
  codec((value) => {
    if (value === '') return undefined;
    const [, day, rest = 'T23:59:59.999', zone = 'Z'] =
      /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i.exec(value) ?? [];
    const time = new Date(`${day}${rest}${zone}`);
    // Date takes the 31st of February for a day in March.
    if (Number.isNaN(time.getTime()) || !new Date(`${day}T00:00:00Z`).toISOString().startsWith(`${day}`)) {
      throw new Error('expected a time such as 2026-06-27T08:00:00Z, or a date such as 2026-06-27');
    }
    return time;
  });

/** Inclusive port range. */
export type PortRange = readonly [from: number, to: number];

/** `80,443,8000-8100`; none when empty. */
export const portRanges = () =>
  codec((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part): PortRange => {
        const [, from, to = from] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part) ?? [];
        const range: PortRange = [Number(from), Number(to)];
        if (from === undefined || range[0] > range[1] || range[1] > 65_535) {
          throw new Error(`expected ports (0 to 65535) and ranges such as "80,8000-8100", not "${part}"`);
        }
        return range;
      }),
  );

/** Parameters that AWS Config, or a person, got wrong. The message names each one and says what was expected. */
export class InvalidParametersError extends Error {
  override readonly name = 'InvalidParametersError';
  readonly code = 'InvalidParameters';
}

/**
 * Reads a rule's parameters. Values may be strings, numbers or booleans, as JSON has them.
 *
 * @throws {InvalidParametersError} for an unknown name or a value of the wrong form.
 */
export function parseParameters<P extends Parameters>(
  rule: { readonly id: string; readonly parameters: P },
  given: unknown = {},
): ParameterValues<P> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InvalidParametersError(`${rule.id}: parameters must be a JSON object of names and values`);
  }
  const problems: string[] = [];
  const known = Object.keys(rule.parameters);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rule.parameters, name)) {
      problems.push(
        `there is no parameter ${JSON.stringify(name)} (there is: ${known.join(', ') || 'none'})`,
      );
    }
  }
  const values: Record<string, unknown> = {};
  for (const [name, { type, default: fallback }] of Object.entries(rule.parameters)) {
    const value = Object.hasOwn(given, name) ? Reflect.get(given, name) : fallback;
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    const parsed = z.safeParse(type, text);
    if (parsed.success) values[name] = parsed.data;
    else {
      const why = typeof text === 'string' ? parsed.error.issues[0]?.message : 'expected a string';
      problems.push(`${name} is ${JSON.stringify(value)}: ${why}`);
    }
  }
  if (problems.length > 0) throw new InvalidParametersError(`${rule.id}: ${problems.join('; ')}`);
  return values as ParameterValues<P>;
}
