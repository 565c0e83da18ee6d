/** What is wrong with the addresses of alternate contacts. */
import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { alternateContact } from '../../account/services/account/readings.ts';
import type { ContactType } from '../shared/contacts.ts';
import type { ContactsFinding } from './findings.ts';

/** The rule's parameters, as far as they are about addresses. */
export interface Wanted {
  readonly allowedEmailDomains: readonly string[];
  readonly forbiddenEmailDomains: readonly string[];
  readonly requireDistinct: boolean;
}

/** What is wrong with the contacts, as far as they are known. */
export const findingsOn = (mails: readonly Mail[], wanted: Wanted): ContactsFinding[] => [
  ...mails.flatMap((mail) => findingsOnOne(mail, wanted)),
  ...(wanted.requireDistinct ? shared(mails) : []),
];

export interface Mail {
  readonly type: ContactType;
  /** In small letters; `undefined` where no contact is registered. */
  readonly address: string | undefined;
}

/** @throws {AccountError} when the contact cannot be read, or its address is none. */
export async function mailOf(account: Account<typeof alternateContact>, type: ContactType): Promise<Mail> {
  const contact = await account.read(alternateContact, { id: type });
  const address = contact ? plainAddress(contact.EmailAddress) : undefined;
  if (address !== undefined && !/^.+@[^@]+$/.test(address)) {
    throw new AccountError(
      OWN_CODES.malformed,
      'account:GetAlternateContact',
      `account:GetAlternateContact ${type}: EmailAddress is not an address`,
    );
  }
  return { type, address };
}

/** AWS takes blanks at both ends. */
export const plainAddress = (text: string): string => text.trim().toLowerCase();

const isAt = (domain: string, domains: readonly string[]) =>
  domains
    .map((one) => one.toLowerCase().replace(/^[@.]/, ''))
    .some((one) => domain === one || domain.endsWith(`.${one}`));

/** What is wrong with one contact by itself. */
export function findingsOnOne(
  { type, address }: Mail,
  { allowedEmailDomains: allowed, forbiddenEmailDomains: forbidden }: Wanted,
): ContactsFinding[] {
  if (address === undefined) return [{ kind: 'noContact', type }];
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const isRight = allowed.length > 0 ? isAt(domain, allowed) : !isAt(domain, forbidden);
  return isRight ? [] : [{ kind: 'foreignMail', type, domain }];
}

/** What is wrong with several together. */
function shared(mails: readonly Mail[]): ContactsFinding[] {
  const byAddress = new Map<string, ContactType[]>();
  for (const { type, address } of mails) {
    if (address !== undefined) byAddress.set(address, [...(byAddress.get(address) ?? []), type]);
  }
  return [...byAddress.values()]
    .filter((types) => types.length > 1)
    .map((types) => ({ kind: 'sameMail', types }));
}
