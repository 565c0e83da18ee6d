import type { Account } from '../../account/account.ts';
import { AccountError, isAccountError, OWN_CODES } from '../../account/errors.ts';
import { accountSummary, organizationsFeatures } from '../../account/services/iam/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { anyOf, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { listed, settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { type Feature, messages, type OrgRootFinding } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  requireFeatures: parameter(
    anyOf('RootCredentialsManagement', 'RootSessions'),
    'RootCredentialsManagement',
    {
      en: 'The features of central root access that the organization has to have, separated by commas. Empty: the management account is not judged.',
      ko: '조직이 켜야 하는 중앙 루트 액세스 기능. 쉼표로 구분. 비워 두면 관리 계정은 판정하지 않습니다.',
    },
  ),
};
type Values = ParameterValues<typeof parameters>;

const reads = [organization, organizationsFeatures, accountSummary] as const;
type View = Account<(typeof reads)[number]>;

/** Root of each member account has no credentials, or MFA; the organization can take them away. */
export default defineRule<typeof parameters, OrgRootFinding>()({
  id: 'org-root-credentials',
  severity: 'CRITICAL',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 3, each: 0 },
});

async function judgeAccount(account: View, values: Values): Promise<Judgement<OrgRootFinding>> {
  const resource = accountResource(account);
  const known = await settle(account.read(organization));
  if (known === null) return notApplicable(resource, [{ kind: 'noOrganization' }]);
  const isManagement = !(known instanceof AccountError) && known.managementAccountId === account.id;
  if (isManagement) {
    if (values.requireFeatures.length === 0) return notApplicable(resource, [{ kind: 'nothingRequired' }]);
    const lacking = known.featureSet === 'CONSOLIDATED_BILLING' ? NOT_ALL : await lackingIn(account, values);
    if (lacking instanceof AccountError) throw lacking;
    return lacking.length > 0 ? nonCompliant(resource, lacking) : compliant(resource);
  }

  const features = await listed(account.read(organizationsFeatures));
  // Who may list the features, and is not the management account, is IAM's delegated administrator: a member that also answers
  // for the organization. It would not be one where trusted access is off.
  const [unread] = features?.errors ?? [];
  const isListed = features && (!unread || isAccountError(unread, OWN_CODES.cut, OWN_CODES.malformed));
  const missing = isListed ? missingOf(features.values, values) : [];
  const lacking = unread ? [] : missing;
  const own = await ownRoot(account);
  const wrong = [...lacking, ...(own instanceof AccountError || own.kind !== 'noMfa' ? [] : [own])];
  if (wrong.length > 0) return nonCompliant(resource, wrong);
  if (own instanceof AccountError) throw own;
  if (unread && missing.length > 0) throw unread;
  return compliant(resource, own.kind === 'noCredentials' ? [own] : []);
}

const NOT_ALL_FEATURES = 'OrganizationNotInAllFeaturesMode';
const NOT_ALL: readonly OrgRootFinding[] = [{ kind: 'notAllFeatures' }];

/** What the organization lacks; an error where its management account cannot tell. */
async function lackingIn(account: View, values: Values): Promise<readonly OrgRootFinding[] | AccountError> {
  const features = await listed(account.read(organizationsFeatures));
  const { values: enabled, errors } = features ?? { values: [], errors: [] };
  if (errors.some((error) => isAccountError(error, NOT_ALL_FEATURES))) return NOT_ALL;
  const missing = missingOf(enabled, values);
  return missing.length > 0 && errors[0] ? errors[0] : missing;
}

function missingOf(enabled: readonly string[], { requireFeatures }: Values): readonly OrgRootFinding[] {
  const on = enabled.map((feature) => feature.toLowerCase());
  const features: Feature[] = requireFeatures.filter((feature) => !on.includes(feature.toLowerCase()));
  return features.length > 0 ? [{ kind: 'featureOff', features }] : [];
}

/** What the account summary counts, in words. */
const CREDENTIALS = {
  AccountPasswordPresent: 'a password',
  AccountAccessKeysPresent: 'an access key',
  AccountSigningCertificatesPresent: 'a signing certificate',
} as const;
const MFA = 'AccountMFAEnabled';

type OwnRoot = Extract<OrgRootFinding, { kind: 'noMfa' | 'noCredentials' }> | { readonly kind: 'fine' };

/** The account's own root, by the account summary. A count that AWS leaves out is unknown, not zero. */
async function ownRoot(account: View): Promise<OwnRoot | AccountError> {
  const summary = await settle(account.read(accountSummary));
  if (summary instanceof AccountError) return summary;
  const counted = Object.keys(CREDENTIALS) as (keyof typeof CREDENTIALS)[];
  const strange = [MFA, ...counted].find((key) => ![undefined, 0, 1, 2].includes(summary[key]));
  if (strange !== undefined) {
    return doubt(`SummaryMap.${strange}: expected 0, 1 or 2, found ${summary[strange]}`, OWN_CODES.malformed);
  }
  const present = counted.filter((key) => (summary[key] ?? 0) > 0);
  const unsaid = counted.filter((key) => summary[key] === undefined);
  if (present.length + unsaid.length === 0) return { kind: 'noCredentials' };
  const mfa = summary[MFA];
  if (mfa !== undefined && mfa > 0) return { kind: 'fine' };
  if (mfa === undefined) return doubt(`left out ${[MFA, ...unsaid].join(', ')}`);
  if (present.length === 0) return doubt(`left out ${unsaid.join(', ')}`);
  return { kind: 'noMfa', credentials: present.map((key) => CREDENTIALS[key]) };
}

const doubt = (what: string, code: string = OWN_CODES.incomplete) =>
  new AccountError(
    code,
    'iam:GetAccountSummary',
    `iam:GetAccountSummary: ${what}: save again what "aws iam get-account-summary" prints`,
  );
