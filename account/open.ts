import * as z from 'zod/mini';
import type { AnyAccount, Read, ResourceRef } from './account.ts';
import { howItIsCut } from './cut.ts';
import { AccountError, checkComplete, complete, OWN_CODES, partial } from './errors.ts';
import { field, list, whatIsWrong } from './parts.ts';
import { type AnyTarget, nameOf, ofWhat, pathOf, type Reading } from './reading.ts';
import type { Source } from './source.ts';

/**
 * Turns a source of answers into an account: each reading is asked for at most once, checked, and typed.
 *
 * @example
 * const account = readAccount(snapshotSource('./123456789012'));
 * await account.read(bucketPolicy, { id: 'my-bucket' }); // the policy's text, or null
 */
export function readAccount(source: Source): AnyAccount {
  const answers = new Map<string, Promise<unknown>>();
  const read: Read = (reading, target = {}) => {
    const path = pathOf(reading, target);
    const known = answers.get(path) ?? ask(source, reading, target);
    answers.set(path, known);
    return known;
  };
  const { accountId: id, regions, everyRegion = false, isAfar = false } = source;
  const inView = (region: string) => everyRegion || region === 'global' || regions.includes(region);
  return accountOf({ id, regions, isAfar, inView }, read);
}

/** An account that reads so. */
export function accountOf(
  place: Pick<AnyAccount, 'id' | 'regions' | 'isAfar' | 'inView'>,
  read: Read,
): AnyAccount {
  async function* each(list: Reading, target?: AnyTarget) {
    // AWS answers some lists in which there is nothing with an error that means "there is none".
    const all = read(list, target).then((answer) => (answer ?? []) as readonly unknown[]);
    const { values, errors } = await partial(all);
    yield* values;
    checkComplete(errors);
  }
  return { ...place, read, each, one: finder(each) } as unknown as AnyAccount;
}

/** Finds an element in a list. */
export const finder =
  (each: (list: Reading, target?: AnyTarget) => AsyncIterable<unknown>) =>
  async (list: Reading, key: string, target?: AnyTarget): Promise<unknown> => {
    for await (const one of each(list, target)) {
      if ((one as Readonly<Record<string, unknown>>)[list.key ?? 'id'] === key) return one;
    }
    return null;
  };

/**
 * @throws {IncompleteListError} with what there is of a list that has elements which make no sense, or of an answer that
 * says itself that it goes on.
 * @throws {AccountError}
 */
async function ask(source: Source, reading: Reading, target: AnyTarget): Promise<unknown> {
  if (reading.whole) return askByPages(source, reading, target);
  const answer = await source.read(reading, target);
  if (answer === null) return null;
  const value = parsedAs(reading, target, answer);
  const cut = howItIsCut(reading, target, answer);
  // A part of a list may be enough for a verdict.
  const errors = cut ? [cut] : [];
  if (reading.member === undefined) {
    const values = Array.isArray(value) ? value : [value];
    checkComplete(errors, values);
    return value;
  }
  const { good, bad } = value as { good: unknown[]; bad: BadElement[] };
  return complete({
    values: good,
    errors: [...bad.map((one) => malformed(reading, one, target)), ...errors],
  });
}

/** What came before a page that could not be read may be enough for a verdict, too. */
async function askByPages(source: Source, reading: Reading, target: AnyTarget): Promise<unknown> {
  const pages: unknown[] = [];
  let last: unknown;
  let error: AccountError | undefined;
  try {
    for await (last of source.pages?.(reading, target) ?? [source.read(reading, target)]) {
      pages.push(parsedAs(reading, target, last));
    }
  } catch (thrown) {
    if (pages.length === 0 || !(thrown instanceof AccountError)) throw thrown;
    error = thrown;
  }
  error ??= howItIsCut(reading, target, last);
  const value = reading.whole?.(pages as never[]);
  checkComplete(error ? [error] : [], [value]);
  return value;
}

function parsedAs(reading: Reading, target: AnyTarget, answer: unknown): unknown {
  const parsed = z.safeParse(shapeOf(reading, target), answer, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problem = `${nameOf(reading)}${ofWhat(reading, target)}: ${whatIsWrong(parsed.error)}`;
  throw new AccountError(OWN_CODES.malformed, nameOf(reading), problem, resourceOf(reading, target));
}

const resourceOf = ({ variant }: Reading, { id }: AnyTarget): string | undefined => id ?? variant;

/** Shapes are made when they are first needed, and kept unless they are made for one resource. */
const shapes = new WeakMap<Reading, z.ZodMiniType>();
function shapeOf(reading: Reading, target: AnyTarget): z.ZodMiniType {
  const known = shapes.get(reading);
  if (known) return known;
  const { member, within, sparse = false, shape } = reading;
  const one = shape(target);
  const whole = member === undefined ? one : eachOf(member, one, sparse, within);
  if (shape.length === 0) shapes.set(reading, whole);
  return whole;
}

/** A broken element of a list. */
interface BadElement {
  /** As far as an object can be recognised in it. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** `SecurityGroups.3.IpPermissions: …` */
  readonly problem: string;
}

/** Checks each element by itself, so that a broken one does not cost the others. */
const eachOf = (
  member: string,
  element: z.ZodMiniType,
  sparse: boolean,
  within: string | undefined,
): z.ZodMiniType => {
  const one = within === undefined ? z.unknown() : listIn(within);
  return z.pipe(
    field(member, sparse ? list(one) : z.array(one)),
    z.transform((elements: unknown[]): { good: unknown[]; bad: BadElement[] } => {
      const good: unknown[] = [];
      const bad: BadElement[] = [];
      for (const [at, value] of placed(elements, member, within)) {
        const parsed = z.safeParse(element, value, { reportInput: true });
        if (parsed.success) good.push(parsed.data);
        else bad.push({ fields: Object(value), problem: whatIsWrong(parsed.error, at) });
      }
      return { good, bad };
    }),
  );
};

const listIn = (within: string) => z.looseObject({ [within]: z.array(z.unknown()) });

/** The resources of a list, each with its place in the answer. */
function* placed(
  elements: readonly unknown[],
  member: string,
  within: string | undefined,
): Generator<readonly [at: readonly PropertyKey[], value: unknown]> {
  for (const [index, element] of elements.entries()) {
    if (within === undefined) yield [[member, index], element];
    else {
      const inner = (element as Readonly<Record<string, readonly unknown[]>>)[within] ?? [];
      for (const [place, value] of inner.entries()) yield [[member, index, within, place], value];
    }
  }
}

/** A broken element without an id cannot be reported on its own: it may be any. */
function malformed(reading: Reading, { fields, problem }: BadElement, target: AnyTarget): AccountError {
  const { resource } = reading;
  const textOf = (member?: string) => {
    const value = member && fields[member];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const id = textOf(resource?.id);
  const name = textOf(resource?.name);
  const region = textOf(resource?.region) ?? target.region ?? 'global';
  const about: ResourceRef | undefined =
    id === undefined || !resource
      ? undefined
      : { type: resource.type, id, ...(name !== undefined && { name }), region };
  const of = id === undefined ? ofWhat(reading, target) : ` of ${id}`;
  const asked = id ?? resourceOf(reading, target);
  const message = `${nameOf(reading)}${of}: ${problem}`;
  return new AccountError(OWN_CODES.malformed, nameOf(reading), message, asked, about && { about });
}
