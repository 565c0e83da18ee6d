import type { ResourceRef, Tags } from '../../account/account.ts';
import { partial } from '../../account/errors.ts';
import { couldNotTell, notApplicable } from '../judgement.ts';
import type { Judgement, Verdict } from '../rule.ts';

/** The finding that says why a resource is NOT_APPLICABLE although it exists. */
export interface Exempt {
  readonly kind: 'exempt';
  /** `tag groundrules:exempt`, `parameter exemptBuckets`. */
  readonly by: string;
}
export const exemptMessage = ({ by }: Exempt) => `exempt by ${by}`;

/**
 * Judges a resource unless it carries the exemption tag. A cut list of tags counts as far as it goes, because the tag
 * may be in it. If the tags cannot be read, a COMPLIANT verdict stays, and any other becomes "could not tell".
 */
export async function unlessTagged<F extends { kind: string } | Exempt>(
  resource: ResourceRef,
  tagKey: string | undefined,
  tags: () => Promise<Tags> | Tags,
  judge: () => Promise<Judgement<F> | undefined>,
): Promise<Judgement<F | Exempt> | undefined> {
  if (!tagKey) return withTags(await judge(), tags);
  const { values, errors } = await partial((async () => [await tags()])());
  if (values.some((known) => Object.hasOwn(known, tagKey))) {
    return notApplicable<Exempt>(resource, [{ kind: 'exempt', by: `tag ${tagKey}` }]);
  }
  const judgement = await judge();
  const [error] = errors;
  return error && judgement?.compliance === 'NON_COMPLIANT'
    ? couldNotTell(resource, error)
    : withTags(judgement, tags);
}

/** A failure whose tags a waiver may ask for. */
export const withTags = <J extends Judgement<never> | Judgement | undefined>(
  judgement: J,
  tags: NonNullable<Verdict['tags']>,
): J => (judgement?.compliance === 'NON_COMPLIANT' ? { ...judgement, tags } : judgement);
