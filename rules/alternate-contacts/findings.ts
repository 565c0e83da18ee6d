import type { Messages } from '../rule.ts';
import type { ContactType } from '../shared/contacts.ts';

/** The findings on the account's alternate contacts. Of an address they have the domain at most, because the rest is personal data. */
export type ContactsFinding =
  | { readonly kind: 'noContact'; readonly type: ContactType }
  | { readonly kind: 'foreignMail'; readonly type: ContactType; readonly domain: string }
  | { readonly kind: 'sameMail'; readonly types: readonly ContactType[] };

export const messages: Messages<ContactsFinding> = {
  noContact: ({ type }) => `the account has no alternate contact for ${type}`,
  foreignMail: ({ type, domain }) => `the alternate contact for ${type} has an address at ${domain}`,
  sameMail: ({ types }) => `the alternate contacts for ${types.join(', ')} have the same address`,
};
