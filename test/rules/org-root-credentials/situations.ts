import rule from '../../../rules/org-root-credentials/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const OTHER = '999988887777';
const ORGANIZATION = 'global/organizations/describe-organization.json';
const FEATURES = 'global/iam/list-organizations-features.json';
const SUMMARY = 'global/iam/get-account-summary.json';

const inOrganization = (management: string, FeatureSet = 'ALL'): Json => ({
  [ORGANIZATION]: {
    Organization: {
      Id: 'o-abc1234567',
      Arn: `arn:aws:organizations::${management}:organization/o-abc1234567`,
      FeatureSet,
      MasterAccountId: management,
    },
  },
});
const features = (...EnabledFeatures: string[]): Json => ({
  [FEATURES]: { OrganizationId: 'o-abc1234567', EnabledFeatures },
});
const noneSaid = (code: string): Json => ({ [FEATURES]: fails(code) });
const root = (password: number, mfa: number, keys = 0, certificates = 0): Json => ({
  [SUMMARY]: {
    SummaryMap: {
      AccountPasswordPresent: password,
      AccountAccessKeysPresent: keys,
      AccountSigningCertificatesPresent: certificates,
      AccountMFAEnabled: mfa,
    },
  },
});
const summary = (SummaryMap: Json): Json => ({ [SUMMARY]: { SummaryMap } });

const MANAGEMENT = inOrganization(ACCOUNT);
const MEMBER: Json = {
  ...inOrganization(OTHER),
  ...noneSaid('AccountNotManagementOrDelegatedAdministratorException'),
};
const DELEGATED = inOrganization(OTHER);
const BARE = root(0, 0);
const OPEN = root(1, 0);
const ON = features('RootCredentialsManagement', 'RootSessions');
const BOTH = { requireFeatures: 'RootCredentialsManagement,RootSessions' };
const ORG_DENIED: Json = { [ORGANIZATION]: denied };

const OK: Says = ['COMPLIANT', ''];
const GONE: Says = ['COMPLIANT', 'root has no credentials'];
const wrong = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const na = (annotation: string): Says => ['NOT_APPLICABLE', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];
const OFF = 'central root access does not have RootCredentialsManagement';
const NO_MFA = 'root has a password and no MFA';
const NONE = na('the account is in no organization');
const NOT_ALL = wrong('the organization has not all features enabled, which central root access needs');

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['no organization', { [ORGANIZATION]: fails('AWSOrganizationsNotInUseException'), ...OPEN }, NONE],
  ['the management account, all features on', { ...MANAGEMENT, ...ON }, OK],
  [
    'the management account, the required feature on',
    { ...MANAGEMENT, ...features('RootCredentialsManagement') },
    OK,
  ],
  [
    'the management account, the wrong feature on',
    { ...MANAGEMENT, ...features('RootSessions') },
    wrong(OFF),
  ],
  [
    'the management account, one of two required features off',
    { ...MANAGEMENT, ...features('RootCredentialsManagement') },
    wrong('central root access does not have RootSessions'),
    BOTH,
  ],
  [
    'the management account, no feature on',
    { ...MANAGEMENT, ...features() },
    wrong('central root access does not have RootCredentialsManagement and RootSessions'),
    BOTH,
  ],
  [
    'the management account, trusted access off',
    { ...MANAGEMENT, ...noneSaid('ServiceAccessNotEnabledException') },
    wrong(OFF),
  ],
  [
    'the management account, trusted access off, in the other spelling',
    { ...MANAGEMENT, ...noneSaid('ServiceAccessNotEnabled') },
    wrong(OFF),
  ],
  [
    'the management account, not all features',
    { ...MANAGEMENT, ...noneSaid('OrganizationNotInAllFeaturesModeException') },
    NOT_ALL,
  ],
  [
    'the management account, not all features, in the other spelling',
    { ...MANAGEMENT, ...noneSaid('OrganizationNotInAllFeaturesMode') },
    NOT_ALL,
  ],
  [
    'the management account of consolidated billing, of which the rest is denied',
    { ...inOrganization(ACCOUNT, 'CONSOLIDATED_BILLING'), [FEATURES]: denied },
    NOT_ALL,
  ],
  [
    'the management account, the features denied',
    { ...MANAGEMENT, [FEATURES]: denied, ...BARE },
    unknown('AccessDenied'),
  ],
  ['the management account, the features not collected', { ...MANAGEMENT, ...BARE }, unknown('NotCollected')],
  [
    'the management account that is told that it is none',
    { ...MANAGEMENT, ...noneSaid('AccountNotManagementOrDelegatedAdministratorException') },
    unknown('AccountNotManagementOrDelegatedAdministratorException'),
  ],
  ['the management account, its own root without MFA', { ...MANAGEMENT, ...ON, ...OPEN }, OK],
  [
    'the management account, nothing required',
    { ...MANAGEMENT, ...features() },
    na('requireFeatures is empty: nothing is asked of the management account'),
    { requireFeatures: '' },
  ],
  [
    'features in another letter case',
    { ...MANAGEMENT, ...ON },
    OK,
    { requireFeatures: ' rootsessions , ROOTCREDENTIALSMANAGEMENT ' },
  ],
  ['a delegated administrator, features on, no credentials', { ...DELEGATED, ...ON, ...BARE }, GONE],
  [
    'a delegated administrator, features off, no credentials',
    { ...DELEGATED, ...features(), ...BARE },
    wrong(OFF),
  ],
  [
    'a delegated administrator, features on, its own root open',
    { ...DELEGATED, ...ON, ...OPEN },
    wrong(NO_MFA),
  ],
  [
    'a delegated administrator, both wrong',
    { ...DELEGATED, ...features(), ...OPEN },
    wrong(`${OFF}; ${NO_MFA}`),
  ],
  [
    'a delegated administrator, features off, its summary denied',
    { ...DELEGATED, ...features(), [SUMMARY]: denied },
    wrong(OFF),
  ],
  [
    'a delegated administrator, features on, its summary denied',
    { ...DELEGATED, ...ON, [SUMMARY]: denied },
    unknown('AccessDenied'),
  ],
  [
    'a delegated administrator, nothing required',
    { ...DELEGATED, ...features(), ...BARE },
    GONE,
    { requireFeatures: '' },
  ],
  ['a member without credentials', { ...MEMBER, ...BARE }, GONE],
  ['a member with a password and MFA', { ...MEMBER, ...root(1, 1) }, OK],
  ['a member with a password and no MFA', { ...MEMBER, ...OPEN }, wrong(NO_MFA)],
  [
    'a member with two access keys alone and no MFA',
    { ...MEMBER, ...root(0, 0, 2) },
    wrong('root has an access key and no MFA'),
  ],
  [
    'a member with everything and no MFA',
    { ...MEMBER, ...root(1, 0, 1, 1) },
    wrong('root has a password, an access key, a signing certificate and no MFA'),
  ],
  ['a member with an access key and MFA', { ...MEMBER, ...root(1, 1, 1) }, OK],
  [
    'a member of which the summary leaves out the password, without MFA',
    {
      ...MEMBER,
      ...summary({ AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, AccountMFAEnabled: 0 }),
    },
    unknown('IncompleteAnswer'),
  ],
  [
    'a member of which the summary leaves out the password, with MFA',
    {
      ...MEMBER,
      ...summary({ AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, AccountMFAEnabled: 1 }),
    },
    OK,
  ],
  [
    'a member of which the summary leaves out the password, with a key and no MFA',
    {
      ...MEMBER,
      ...summary({ AccountAccessKeysPresent: 1, AccountSigningCertificatesPresent: 0, AccountMFAEnabled: 0 }),
    },
    wrong('root has an access key and no MFA'),
  ],
  [
    'a member of which the summary leaves out MFA, with a password',
    {
      ...MEMBER,
      ...summary({
        AccountPasswordPresent: 1,
        AccountAccessKeysPresent: 0,
        AccountSigningCertificatesPresent: 0,
      }),
    },
    unknown('IncompleteAnswer'),
  ],
  [
    'a member of which the summary leaves out MFA, without credentials',
    {
      ...MEMBER,
      ...summary({
        AccountPasswordPresent: 0,
        AccountAccessKeysPresent: 0,
        AccountSigningCertificatesPresent: 0,
      }),
    },
    GONE,
  ],
  ['a member of which the summary is empty', { ...MEMBER, ...summary({}) }, unknown('IncompleteAnswer')],
  [
    'a member with a count that is none',
    {
      ...MEMBER,
      ...summary({
        AccountPasswordPresent: -1,
        AccountAccessKeysPresent: 0,
        AccountSigningCertificatesPresent: 0,
        AccountMFAEnabled: 1,
      }),
    },
    unknown('Malformed'),
  ],
  ['a member whose summary is denied', { ...MEMBER, [SUMMARY]: denied }, unknown('AccessDenied')],
  ['a member whose summary is not collected', MEMBER, unknown('NotCollected')],
  [
    'a member that may not list the features',
    { ...inOrganization(OTHER), [FEATURES]: denied, ...BARE },
    GONE,
  ],
  [
    'a member whose organization has trusted access off, its own root fine',
    { ...inOrganization(OTHER), ...noneSaid('ServiceAccessNotEnabledException'), ...root(1, 1) },
    OK,
  ],
  [
    'a member that may list the features, of which those that are asked for are among what is there',
    {
      ...inOrganization(OTHER),
      [FEATURES]: { EnabledFeatures: ['RootCredentialsManagement'], NextToken: 'x' },
      ...BARE,
    },
    GONE,
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  [
    'a member that may list the features, of which those that are asked for may be in the rest',
    { ...inOrganization(OTHER), [FEATURES]: { EnabledFeatures: [], NextToken: 'x' }, ...BARE },
    unknown('CutAnswer'),
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  [
    'the management account, of whose features one makes no sense beside the one that is asked for',
    {
      ...inOrganization(ACCOUNT),
      [FEATURES]: { EnabledFeatures: ['RootCredentialsManagement', 7] },
      ...BARE,
    },
    OK,
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  ['a member, the features not collected', { ...inOrganization(OTHER), ...OPEN }, wrong(NO_MFA)],
  ['the organization denied, features readable and on', { ...ORG_DENIED, ...ON, ...BARE }, GONE],
  [
    'the organization denied, features readable and off',
    { ...ORG_DENIED, ...features(), ...BARE },
    wrong(OFF),
  ],
  [
    'the organization denied, features denied, no credentials',
    { ...ORG_DENIED, [FEATURES]: denied, ...BARE },
    GONE,
  ],
  [
    'the organization denied, features denied, root open',
    { ...ORG_DENIED, [FEATURES]: denied, ...OPEN },
    wrong(NO_MFA),
  ],
  [
    'the organization denied, features and summary denied',
    { ...ORG_DENIED, [FEATURES]: denied, [SUMMARY]: denied },
    unknown('AccessDenied'),
  ],
  [
    'the organization denied, and IAM knows of none: as a member',
    { ...ORG_DENIED, ...noneSaid('OrganizationNotFoundException'), ...OPEN },
    wrong(NO_MFA),
  ],
  ['nothing collected', {}, unknown('NotCollected')],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters, more]) => ({
    situation,
    readings,
    says,
    ...(parameters && { parameters }),
    ...more,
  })),
};
export default situations;
