import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { contactInformation } from '../../account/services/account/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { boolean, type ParameterValues, parameter, someOf } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { fix } from './fix.ts';
import { isPlaceholder } from './placeholder.ts';

const parameters = {
  requiredFields: parameter(
    someOf(
      'FullName',
      'AddressLine1',
      'AddressLine2',
      'AddressLine3',
      'City',
      'StateOrRegion',
      'DistrictOrCounty',
      'PostalCode',
      'CountryCode',
      'PhoneNumber',
      'CompanyName',
      'WebsiteUrl',
    ),
    'FullName,PhoneNumber,CompanyName,AddressLine1,CountryCode',
    {
      en: 'The fields that have to be filled in, separated by commas, by their names in the API.',
      ko: '채워야 할 필드의 API 이름. 쉼표로 구분.',
    },
  ),
  requireVerifiedPhone: parameter(boolean(), 'false', {
    en: 'Whether a phone number that AWS can verify has to be verified.',
    ko: 'AWS가 확인할 수 있는 전화번호라면 확인까지 되어 있어야 하는지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;
type Field = Values['requiredFields'][number];

/** Names fields, never their values: who the owner is, is personal data. */
export type PrimaryContactFinding =
  | { readonly kind: 'missing'; readonly field: Field }
  | { readonly kind: 'placeholder'; readonly field: Field }
  | { readonly kind: 'unverifiedPhone'; readonly status: string };

const reads = [contactInformation] as const;

/** The account's primary contact is complete: AWS writes, calls and bills there. */
export default defineRule<typeof parameters, PrimaryContactFinding>()({
  id: 'account-primary-contact',
  severity: 'LOW',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: {
    missing: ({ field }) => `the primary contact has no ${field}`,
    placeholder: ({ field }) => `${field} of the primary contact is a placeholder`,
    unverifiedPhone: ({ status }) => `PhoneNumber of the primary contact is not verified (${status})`,
  },

  judge: (account, values, context) => judgeWhole(account, context, () => judgeContact(account, values)),

  fix,
  calls: { fixed: 1, each: 0 },
});

async function judgeContact(
  account: Account<(typeof reads)[number]>,
  { requiredFields, requireVerifiedPhone }: Values,
): Promise<Judgement<PrimaryContactFinding>> {
  const resource = accountResource(account);
  const answer = await account.read(contactInformation);
  const fields = [...new Set(requiredFields)];
  const contact = answer?.ContactInformation ?? {};
  const cell = (field: Field) => contact[field]?.trim() ?? '';
  const missing = fields.filter((field) => cell(field) === '');
  const placeholders = fields.filter((field) => isPlaceholder(field, cell(field)));
  const status = requireVerifiedPhone ? answer?.VerificationStatus : undefined;
  const findings: PrimaryContactFinding[] = [
    ...missing.map((field) => ({ kind: 'missing' as const, field })),
    ...placeholders.map((field) => ({ kind: 'placeholder' as const, field })),
    ...(status && UNVERIFIED.includes(status) ? [{ kind: 'unverifiedPhone' as const, status }] : []),
  ];
  if (findings.length > 0) return nonCompliant(resource, findings);
  if (status && !VERIFIED.includes(status)) throw unknownStatus(status);
  return compliant(resource);
}

const UNVERIFIED = ['PENDING', 'UNVERIFIED'];
const VERIFIED = ['VERIFIED', 'NOT_SUPPORTED'];

const unknownStatus = (status: string) =>
  new AccountError(
    OWN_CODES.malformed,
    'account:GetContactInformation',
    `account:GetContactInformation: VerificationStatus: ${JSON.stringify(status)} is none of ${[...VERIFIED, ...UNVERIFIED].join(', ')}: save again what "aws account get-contact-information" prints`,
  );
