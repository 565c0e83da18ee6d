import rule from '../../../rules/account-primary-contact/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

const PATH = 'global/account/get-contact-information.json';
const FULL = {
  FullName: 'Moonjar Inc.',
  AddressLine1: '1 Bukchon-ro',
  City: 'Seoul',
  PostalCode: '03053',
  CountryCode: 'KR',
  PhoneNumber: '+82 2 555 0100',
  CompanyName: 'Moonjar Inc.',
};
type Cells = Readonly<Record<string, unknown>>;

const contact = (cells: Cells = {}, more: Cells = {}) => ({
  [PATH]: {
    ContactInformation: Object.fromEntries(
      Object.entries({ ...FULL, ...cells }).filter(([, value]) => value !== undefined),
    ),
    ...more,
  },
});
const OK: Says = ['COMPLIANT', ''];
const bad = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const without = (field: string) => bad(`the primary contact has no ${field}`);
const fake = (field: string) => bad(`${field} of the primary contact is a placeholder`);
const VERIFIED = { requireVerifiedPhone: 'true' };
const NOT_A_TEXT = 'AWS says a text';

type Row = readonly [
  situation: string,
  readings: Readonly<Record<string, unknown>>,
  says: Says,
  parameters?: Readonly<Record<string, string>>,
  filesOnly?: string,
];

const rows: readonly Row[] = [
  ['all that is required', contact(), OK],
  ['no company', contact({ CompanyName: undefined }), without('CompanyName')],
  ['null as company', contact({ CompanyName: null }), without('CompanyName'), {}, NOT_A_TEXT],
  ['an empty name', contact({ FullName: '' }), without('FullName')],
  ['a blank address', contact({ AddressLine1: ' \t ' }), without('AddressLine1')],
  [
    'no company and no country',
    contact({ CompanyName: undefined, CountryCode: undefined }),
    bad('the primary contact has no CompanyName; the primary contact has no CountryCode'),
  ],
  [
    'a company where none is required',
    contact({ CompanyName: undefined }),
    OK,
    { requiredFields: 'FullName, phonenumber' },
  ],
  [
    'an optional field that is required',
    contact(),
    without('WebsiteUrl'),
    { requiredFields: 'websiteurl,WEBSITEURL' },
  ],
  ['a field that is not required and only a dash', contact({ StateOrRegion: '-' }), OK],
  ...['-', '...', 'N/A', 'na', 'None', 'NULL', 'test', 'TBD', 'todo', 'Unknown', 'dummy', 'XXX', ' n/a '].map(
    (value): Row => [`${JSON.stringify(value)} as name`, contact({ FullName: value }), fake('FullName')],
  ),
  ['a name with such a word in it', contact({ FullName: 'Test & Measure Ltd.' }), OK],
  ['Namibia', contact({ CountryCode: 'NA' }), OK],
  ['a dash as country', contact({ CountryCode: '-' }), fake('CountryCode')],
  ['a phone of six digits', contact({ PhoneNumber: '+82 1234' }), fake('PhoneNumber')],
  ['a phone of seven digits', contact({ PhoneNumber: '555-0100' }), OK],
  ['a phone of one digit repeated', contact({ PhoneNumber: '000-0000-0000' }), fake('PhoneNumber')],
  ['a phone without digits', contact({ PhoneNumber: 'call us' }), fake('PhoneNumber')],
  [
    'a placeholder and a field that is missing',
    contact({ FullName: 'test', CompanyName: undefined }),
    bad('the primary contact has no CompanyName; FullName of the primary contact is a placeholder'),
  ],
  [
    'no contact at all',
    { [PATH]: fails('ResourceNotFoundException') },
    bad(
      ['FullName', 'PhoneNumber', 'CompanyName', 'AddressLine1', 'CountryCode']
        .map((field) => `the primary contact has no ${field}`)
        .join('; '),
    ),
  ],
  ['an answer without the contact', { [PATH]: {} }, ['UNKNOWN', 'Malformed']],
  ['a number as name', contact({ FullName: 7 }), ['UNKNOWN', 'Malformed'], {}, NOT_A_TEXT],
  ['no permission', { [PATH]: denied }, ['UNKNOWN', 'AccessDenied']],
  [
    'too many requests',
    { [PATH]: fails('TooManyRequestsException') },
    ['UNKNOWN', 'TooManyRequestsException'],
  ],
  ['nothing collected', {}, ['UNKNOWN', 'NotCollected']],
  [
    'a phone that is not verified, where it need not be',
    contact({}, { VerificationStatus: 'UNVERIFIED' }),
    OK,
  ],
  ['no word on the phone', contact(), OK, VERIFIED],
  ['a phone that cannot be verified', contact({}, { VerificationStatus: 'NOT_SUPPORTED' }), OK, VERIFIED],
  ['a phone that is verified', contact({}, { VerificationStatus: 'VERIFIED' }), OK, VERIFIED],
  ...['PENDING', 'UNVERIFIED'].map(
    (VerificationStatus): Row => [
      `a phone that is ${VerificationStatus}`,
      contact({}, { VerificationStatus }),
      bad(`PhoneNumber of the primary contact is not verified (${VerificationStatus})`),
      VERIFIED,
    ],
  ),
  [
    'a status that AWS does not have',
    contact({}, { VerificationStatus: 'MAYBE' }),
    ['UNKNOWN', 'Malformed'],
    VERIFIED,
  ],
  [
    'a status that AWS does not have, and no name',
    contact({ FullName: '' }, { VerificationStatus: 'MAYBE' }),
    without('FullName'),
    VERIFIED,
  ],
];

const situations: Situations = {
  rule,
  situations: rows.map(
    ([situation, readings, says, parameters = {}, filesOnly]): Situation => ({
      situation,
      readings,
      parameters,
      says,
      ...(filesOnly && { filesOnly }),
    }),
  ),
};
export default situations;
