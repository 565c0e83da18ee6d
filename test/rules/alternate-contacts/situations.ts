import rule from '../../../rules/alternate-contacts/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
type Answer = ReturnType<typeof fails> | Json;
const file = (type: string) => `global/account/get-alternate-contact/${type}.json`;

const mail = (type: string, EmailAddress: unknown): Json => ({
  AlternateContact: {
    Name: 'Moonjar',
    Title: 'Team',
    EmailAddress,
    PhoneNumber: '+82 2 555 0100',
    AlternateContactType: type,
  },
});
const TYPES = ['BILLING', 'OPERATIONS', 'SECURITY'] as const;
type Contacts = Partial<Record<(typeof TYPES)[number], string | Answer>>;
const GOOD = {
  BILLING: 'billing@moonjar.example',
  OPERATIONS: 'ops@moonjar.example',
  SECURITY: 'security@moonjar.example',
};
/** The account's contacts: an address, or what AWS answers; all others are fine. */
const account = (contacts: Contacts = {}): Json =>
  Object.fromEntries(
    TYPES.map((type) => {
      const said = contacts[type] ?? GOOD[type];
      return [file(type), typeof said === 'string' ? mail(type, said) : said];
    }),
  );

const OK: Says = ['COMPLIANT', ''];
const wrong = (...what: string[]): Says => ['NON_COMPLIANT', what.join('; ')];
const without = (type: string) => `the account has no alternate contact for ${type}`;
const at = (type: string, domain: string) => `the alternate contact for ${type} has an address at ${domain}`;
const same = (...types: string[]) => `the alternate contacts for ${types.join(', ')} have the same address`;
const unknown = (code: string): Says => ['UNKNOWN', code];
const none = fails('ResourceNotFoundException');
const late = fails('TooManyRequestsException');
const company = { allowedEmailDomains: 'moonjar.example' };
const all = (address: string) => account({ BILLING: address, OPERATIONS: address, SECURITY: address });

type Row = [string, Json, Says, Record<string, string>?, string?];
const rows: Row[] = [
  ['all three, by the same name and phone', account(), OK],
  ...TYPES.map((type): Row => [`no contact for ${type}`, account({ [type]: none }), wrong(without(type))]),
  [
    'no contact at all',
    account({ BILLING: none, OPERATIONS: none, SECURITY: none }),
    wrong(...TYPES.map(without)),
  ],
  [
    'only security is required',
    account({ BILLING: none, OPERATIONS: none }),
    OK,
    { requiredTypes: 'security' },
  ],
  [
    'one that is required is not there, in another order',
    account({ OPERATIONS: none }),
    wrong(without('OPERATIONS')),
    { requiredTypes: 'Security, Operations' },
  ],
  ['a type that is required twice', account(), OK, { requiredTypes: 'SECURITY,security' }],
  ['company mail', account(), OK, company],
  [
    'company mail, of a domain with a dot before it',
    account(),
    OK,
    { allowedEmailDomains: '.moonjar.example' },
  ],
  ['company mail, in capitals', account(), OK, { allowedEmailDomains: 'MoonJar.Example' }],
  ['mail of a subdomain of the company', account({ BILLING: 'aws@mail.moonjar.example' }), OK, company],
  [
    'mail of a domain that ends like it',
    account({ BILLING: 'aws@badmoonjar.example' }),
    wrong(at('BILLING', 'badmoonjar.example')),
    company,
  ],
  [
    'mail of one of two companies',
    account({ BILLING: 'aws@other.example' }),
    OK,
    { allowedEmailDomains: 'other.example,moonjar.example' },
  ],
  ['private mail', account({ SECURITY: 'jiwoo@gmail.com' }), wrong(at('SECURITY', 'gmail.com'))],
  ['private mail in capitals', account({ SECURITY: 'Jiwoo@NAVER.com' }), wrong(at('SECURITY', 'naver.com'))],
  [
    'private mail of a subdomain',
    account({ SECURITY: 'jiwoo@mail.yahoo.com' }),
    wrong(at('SECURITY', 'mail.yahoo.com')),
  ],
  ['mail of a domain that ends like private mail', account({ SECURITY: 'a@notgmail.com' }), OK],
  [
    'private mail that is allowed',
    account({ SECURITY: 'jiwoo@gmail.com' }),
    OK,
    { allowedEmailDomains: 'gmail.com,moonjar.example' },
  ],
  [
    'private mail where none is forbidden',
    account({ SECURITY: 'jiwoo@gmail.com' }),
    OK,
    { forbiddenEmailDomains: '' },
  ],
  [
    'private mail beside company mail alone',
    account({ SECURITY: 'jiwoo@gmail.com' }),
    wrong(at('SECURITY', 'gmail.com')),
    company,
  ],
  [
    'private mail of a type that is not required',
    account({ BILLING: 'jiwoo@gmail.com' }),
    OK,
    { requiredTypes: 'SECURITY' },
  ],
  [
    'two with one address',
    account({ BILLING: 'a@moonjar.example', SECURITY: 'a@moonjar.example' }),
    wrong(same('BILLING', 'SECURITY')),
  ],
  ['three with one address', all('a@moonjar.example'), wrong(same(...TYPES))],
  ['three with one address, which they may have', all('a@moonjar.example'), OK, { requireDistinct: 'false' }],
  [
    'one address in two letter cases',
    account({ BILLING: 'a@EXAMPLE.com', SECURITY: 'A@example.com' }),
    wrong(same('BILLING', 'SECURITY')),
  ],
  [
    'one address, with blanks around it',
    account({ BILLING: ' a@moonjar.example', SECURITY: 'a@moonjar.example  ' }),
    wrong(same('BILLING', 'SECURITY')),
  ],
  ['company mail with blanks around it', account({ BILLING: '  a@moonjar.example ' }), OK, company],
  [
    'addresses that differ after the plus',
    account({ BILLING: 'aws+billing@moonjar.example', SECURITY: 'aws+security@moonjar.example' }),
    OK,
  ],
  [
    'one address of which one type is not required',
    account({ BILLING: 'a@moonjar.example', SECURITY: 'a@moonjar.example' }),
    OK,
    { requiredTypes: 'OPERATIONS,SECURITY' },
  ],
  [
    'all that can be wrong',
    account({ BILLING: none, OPERATIONS: 'a@gmail.com', SECURITY: 'a@gmail.com' }),
    wrong(
      without('BILLING'),
      at('OPERATIONS', 'gmail.com'),
      at('SECURITY', 'gmail.com'),
      same('OPERATIONS', 'SECURITY'),
    ),
  ],
  [
    'one that may not be read, and one that is not there',
    account({ BILLING: denied, SECURITY: none }),
    wrong(without('SECURITY')),
  ],
  [
    'one that may not be read, and private mail',
    account({ BILLING: denied, SECURITY: 'a@gmail.com' }),
    wrong(at('SECURITY', 'gmail.com')),
  ],
  [
    'one that may not be read, and two with one address',
    account({ BILLING: denied, OPERATIONS: 'a@moonjar.example', SECURITY: 'a@moonjar.example' }),
    wrong(same('OPERATIONS', 'SECURITY')),
  ],
  ['one that may not be read, the others fine', account({ BILLING: denied }), unknown('AccessDenied')],
  [
    'one that may not be read, and need not be there',
    account({ BILLING: denied }),
    OK,
    { requiredTypes: 'SECURITY' },
  ],
  ['one that is throttled', account({ OPERATIONS: late }), unknown('TooManyRequestsException')],
  ['nothing collected', {}, unknown('NotCollected')],
  ['one that was not collected', { ...account(), [file('SECURITY')]: undefined }, unknown('NotCollected')],
  ['an address without an @', account({ BILLING: 'moonjar.example' }), unknown('Malformed')],
  ['an address without a domain', account({ BILLING: 'billing@' }), unknown('Malformed')],
  [
    'an address without an @, and one that is not there',
    account({ BILLING: 'moonjar', SECURITY: none }),
    wrong(without('SECURITY')),
  ],
  ['a contact without an address', account({ BILLING: mail('BILLING', undefined) }), unknown('Malformed')],
  ['an answer without a contact', account({ BILLING: {} }), unknown('Malformed')],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters = {}, filesOnly]) => ({
    situation,
    readings,
    says,
    parameters,
    ...(filesOnly === undefined ? {} : { filesOnly }),
  })),
};
export default situations;
