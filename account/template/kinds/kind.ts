/** What each kind of resource makes of a template: the answers that AWS would give, had it been deployed. */
import type { AnyTarget, Reading } from '../../reading.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { filled, isMap, isUnknown, type Known, textOf, type Unknown, type Value } from '../unknown.ts';

/**
 * How a value is taken that is not known: as the least harmful one that it can have, or the most harmful one. What is
 * NON_COMPLIANT at best is so whatever it is, and what is COMPLIANT at worst as well; anything else could not be told.
 */
export type Bound = 'best' | 'worst';

/** What the `aws` command would print for a reading. */
export interface Answer {
  readonly reading: Reading;
  readonly target?: AnyTarget;
  readonly value: unknown;
}

export interface Kind {
  /** The types of a template that rules report on, by what AWS Config calls them. */
  readonly types: Readonly<Record<string, string>>;
  /** What it answers. */
  readonly readings: readonly Reading[];
  answers(stack: Stack, bound: Bound): Answer[];
  /** Whether they are others at best than at worst, though the template says all that there is to say. */
  isOpen?(stack: Stack): boolean;
  /** Why a resource is open so. */
  whyOpen?(stack: Stack, resource: TemplateResource): string | undefined;
}

/** A value, or what stands for one that is not known. */
export const taken = <T>(
  value: Value | undefined,
  bound: Bound,
  known: (value: Value | undefined) => T,
  of: { readonly best: T; readonly worst: T },
): T => (isUnknown(value) ? of[bound] : known(value));

/** A Boolean as CloudFormation takes it: texts as well. */
export const isTrue = (value: Value | undefined): boolean =>
  value === true || value === 'true' || value === 'True';

/** A whole number as CloudFormation takes it: texts as well. What is none stays as it is, and is malformed. */
export const number = (value: Value | undefined): unknown =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;

/** A list; a single element stands for a list of it. */
export const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Whether it is this text, or may be. */
export const mayBe = (value: Value | undefined, text: string): boolean =>
  isUnknown(value) ? (value.either?.some((one) => mayBe(one, text)) ?? false) : textOf(value) === text;

export const is = (value: Value | undefined, text: string): boolean => textOf(value) === text;

/** Tags, without those whose key is not known: no verdict gets better by a tag that may not be there. */
export const tags = (value: Value | undefined): { Key: string; Value: string }[] =>
  listOf(value).flatMap((one) => {
    const key = isMap(one) ? textOf(one.Key) : undefined;
    return key === undefined ? [] : [{ Key: key, Value: textOf((one as Known).Value) ?? '' }];
  });

/** What a text is called where it is not known. */
export const calledBy = (value: Unknown): string => filled(value, 'unknown');
