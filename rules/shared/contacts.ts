/** What fixes have in common that register an alternate contact where the account has none. */
import type { AlternateContact } from '../../account/services/account/readings.ts';
import type { PlanStep } from '../fix.ts';

export type ContactType = 'BILLING' | 'OPERATIONS' | 'SECURITY';

/** For selectors only: without a contact nothing is put. */
export const NOBODY: AlternateContact = { Name: '-', Title: '-', EmailAddress: '-', PhoneNumber: '-' };

/**
 * The contact that options name, and which of them are not set.
 *
 * @param options the document's names of the API's fields.
 */
export function contactOf<Option extends string>(
  options: Readonly<Record<keyof AlternateContact, Option>>,
  values: Readonly<Record<Option, string | undefined>>,
): { readonly contact: AlternateContact; readonly missing: readonly Option[] } {
  const fields = Object.keys(options) as (keyof AlternateContact)[];
  return {
    contact: Object.fromEntries(
      fields.map((field) => [field, values[options[field]] ?? '']),
    ) as unknown as AlternateContact,
    missing: fields.map((field) => options[field]).filter((option) => values[option] === undefined),
  };
}

/** Why the document refuses to register a contact of which nobody has said all. */
export const unsaid = (type: ContactType, missing: readonly string[]): string =>
  `whom AWS should tell of ${type.toLowerCase()} cannot be made up. Set ${missing.join(', ')}: AWS wants all of them, and they should reach several people.`;

const named = ({ Name, EmailAddress }: AlternateContact) => `${Name} <${EmailAddress}>`;

/** No AccountId: with it the call is for a member, by its organization's management account. */
export const registration = (type: ContactType, put: AlternateContact): PlanStep => ({
  api: 'account:PutAlternateContact',
  input: { AlternateContactType: type, ...put },
  why: `${named(put)} is the alternate contact for ${type.toLowerCase()}`,
});

export const removal = (type: ContactType): PlanStep => ({
  api: 'account:DeleteAlternateContact',
  input: { AlternateContactType: type },
  why: `The account has no alternate contact for ${type.toLowerCase()} again, as before`,
});

/** Whether the contact is the one that a run put. */
export const isSame = (now: AlternateContact | null, put: AlternateContact): now is AlternateContact =>
  now !== null &&
  (Object.keys(put) as (keyof AlternateContact)[]).every((field) => now[field].trim() === put[field]);

/** What Undo says of a contact that is not the run's own any more. */
export const stays = (type: ContactType): string =>
  `The ${type.toLowerCase()} contact stays, because somebody else has changed it since.`;

/** Who is the contact instead of the one that a run put; nothing where there is none, or that one. */
export const others = (now: AlternateContact | null, put: AlternateContact): string[] =>
  now && !isSame(now, put)
    ? [`${named(now)} is the contact, which somebody else has registered meanwhile.`]
    : [];
