import rule from '../../../rules/identity-center-enabled/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const MANAGEMENT = '999988887777';
const OTHER = '444455556666';
const CENTERS = 'global/sso-admin/list-instances.json';
const SAML = 'global/iam/list-saml-providers.json';
const OIDC = 'global/iam/list-open-id-connect-providers.json';
const ORGANIZATION = 'global/organizations/describe-organization.json';

const inOrganization = (management: string): Json => ({
  [ORGANIZATION]: {
    Organization: { Id: 'o-abc1234567', FeatureSet: 'ALL', MasterAccountId: management },
  },
});
const instance = (OwnerAccountId: string | undefined, Status: string | undefined = 'ACTIVE'): Json => ({
  InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aaaabbbbcccc',
  IdentityStoreId: 'd-9067aaaabb',
  ...(OwnerAccountId && { OwnerAccountId }),
  ...(Status && { Status }),
});
const centers = (...Instances: Json[]): Json => ({ [CENTERS]: { Instances } });
/** Until when its metadata is valid; null: AWS does not say. */
const saml = (providers: Readonly<Record<string, string | null>>): Json => ({
  [SAML]: {
    SAMLProviderList: Object.entries(providers).map(([name, ValidUntil]) => ({
      Arn: `arn:aws:iam::${ACCOUNT}:saml-provider/${name}`,
      CreateDate: '2024-01-01T00:00:00Z',
      ...(ValidUntil !== null && { ValidUntil }),
    })),
  },
});
const oidc = (...urls: string[]): Json => ({
  [OIDC]: {
    OpenIDConnectProviderList: urls.map((url) => ({ Arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${url}` })),
  },
});

const NOTHING: Json = { ...inOrganization(MANAGEMENT), ...centers(), ...saml({}), ...oidc() };
const ALONE: Json = { ...NOTHING, [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') };
const HIDDEN: Json = { ...NOTHING, [ORGANIZATION]: denied };
const IN_MANAGEMENT: Json = { ...NOTHING, ...inOrganization(ACCOUNT) };
const CENTER = 'AWSSSO_0123456789abcdef_DO_NOT_DELETE';
const [LATER, BEFORE] = ['2126-01-01T00:00:00Z', '2020-01-01T00:00:00Z'];
const STRICT = { acceptSamlOrOidcProvider: 'false' };
const STRICT_ALONE = { noOrganizationVerdict: 'NON_COMPLIANT' };
const GITHUB = 'token.actions.githubusercontent.com';
const EKS = 'oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const PEOPLE = 'login.example.com';

const OK: Says = ['COMPLIANT', ''];
const NONE: Says = [
  'NON_COMPLIANT',
  'neither IAM Identity Center nor an identity provider that people sign in through',
];
const ACCOUNT_INSTANCE: Says = [
  'NON_COMPLIANT',
  'only an account instance of IAM Identity Center, which gives access to applications but not to accounts',
];
const expired = (name: string): Says => ['NON_COMPLIANT', `expired: SAML provider ${name}`];
const workloads = (...hosts: string[]): Says => [
  'NON_COMPLIANT',
  `only OIDC providers of workloads: ${hosts.join(', ')}`,
];
const refused = (name: string): Says => [
  'NON_COMPLIANT',
  `people sign in through ${name}, where IAM Identity Center is asked for`,
];
const NO_ORGANIZATION: Says = [
  'NOT_APPLICABLE',
  'the account is in no organization, and has neither IAM Identity Center nor an identity provider for people',
];
const unknown = (code: string): Says => ['UNKNOWN', code];

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const instanceRows: Row[] = [
  [
    'an instance of the management account, seen by a member',
    { ...NOTHING, ...centers(instance(MANAGEMENT)) },
    OK,
  ],
  [
    'its own instance in the management account',
    { ...IN_MANAGEMENT, ...centers(instance(ACCOUNT)) },
    OK,
    STRICT,
  ],
  ...['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_IN_PROGRESS'].map(
    (status): Row => [
      `an instance of the management account that is ${status}`,
      { ...NOTHING, ...centers(instance(MANAGEMENT, status)) },
      NONE,
    ],
  ),
  ['its own account instance', { ...NOTHING, ...centers(instance(ACCOUNT)) }, ACCOUNT_INSTANCE],
  ['the account instance of another member', { ...NOTHING, ...centers(instance(OTHER)) }, ACCOUNT_INSTANCE],
  [
    'an account instance without an organization',
    { ...ALONE, ...centers(instance(ACCOUNT)) },
    ACCOUNT_INSTANCE,
  ],
  [
    'an account instance that is being made',
    { ...NOTHING, ...centers(instance(ACCOUNT, 'CREATE_IN_PROGRESS')) },
    NONE,
  ],
  [
    "an account instance, and the organization's",
    { ...NOTHING, ...centers(instance(ACCOUNT), instance(MANAGEMENT)) },
    OK,
  ],
  [
    'an account instance and a SAML provider',
    { ...NOTHING, ...centers(instance(ACCOUNT)), ...saml({ okta: LATER }) },
    OK,
  ],
  [
    'an instance without an owner, as older versions of the command print it',
    { ...NOTHING, ...centers(instance(undefined)) },
    unknown('IncompleteAnswer'),
  ],
  [
    'the same with a SAML provider',
    { ...NOTHING, ...centers(instance(undefined)), ...saml({ okta: LATER }) },
    OK,
  ],
  [
    'an instance of the management account without a status',
    { ...NOTHING, [CENTERS]: { Instances: [{ ...instance(MANAGEMENT), Status: undefined }] } },
    unknown('IncompleteAnswer'),
  ],
  [
    'an account instance without a status',
    { ...NOTHING, [CENTERS]: { Instances: [{ ...instance(ACCOUNT), Status: undefined }] } },
    ACCOUNT_INSTANCE,
  ],
];

const providerRows: Row[] = [
  ['the provider of IAM Identity Center', { ...NOTHING, ...saml({ [CENTER]: LATER }) }, OK],
  [
    'the provider of IAM Identity Center, nothing else accepted',
    { ...NOTHING, ...saml({ [CENTER]: LATER }) },
    OK,
    STRICT,
  ],
  [
    'the provider of IAM Identity Center without an organization',
    { ...ALONE, ...saml({ [CENTER]: LATER }) },
    OK,
  ],
  [
    'the provider of IAM Identity Center, expired',
    { ...NOTHING, ...saml({ [CENTER]: BEFORE }) },
    expired(CENTER),
  ],
  [
    'a provider that is named nearly so, nothing else accepted',
    { ...NOTHING, ...saml({ 'my-AWSSSO_x_DO_NOT_DELETE': LATER }) },
    refused('my-AWSSSO_x_DO_NOT_DELETE'),
    STRICT,
  ],
  ['a SAML provider', { ...NOTHING, ...saml({ okta: LATER }) }, OK],
  ['a SAML provider without an end', { ...NOTHING, ...saml({ okta: null }) }, OK],
  ['a SAML provider that has expired', { ...NOTHING, ...saml({ okta: BEFORE }) }, expired('okta')],
  ['one that has expired and one that has not', { ...NOTHING, ...saml({ old: BEFORE, okta: LATER }) }, OK],
  ['a SAML provider, not accepted', { ...NOTHING, ...saml({ okta: LATER }) }, refused('okta'), STRICT],
  [
    'a SAML provider with an end that is no time',
    { ...NOTHING, ...saml({ okta: 'soon' }) },
    unknown('Malformed'),
    {},
    { filesOnly: 'AWS answers times only' },
  ],
  ['GitHub Actions only', { ...NOTHING, ...oidc(GITHUB) }, workloads(GITHUB)],
  [
    'two clusters of EKS only',
    { ...NOTHING, ...oidc(EKS, EKS.replace('0123', 'ABCD')) },
    workloads('oidc.eks.us-east-1.amazonaws.com'),
  ],
  [
    'GitHub Actions and EKS',
    { ...NOTHING, ...oidc(GITHUB, EKS) },
    workloads(GITHUB, 'oidc.eks.us-east-1.amazonaws.com'),
  ],
  ['GitHub Actions of an enterprise', { ...NOTHING, ...oidc(`${GITHUB}/moonjar`) }, workloads(GITHUB)],
  ['an OIDC provider of people', { ...NOTHING, ...oidc(PEOPLE) }, OK],
  ['an OIDC provider of people beside GitHub Actions', { ...NOTHING, ...oidc(GITHUB, PEOPLE) }, OK],
  ['an OIDC provider of people, not accepted', { ...NOTHING, ...oidc(PEOPLE) }, refused(PEOPLE), STRICT],
  [
    'a host of the company that is for machines',
    { ...NOTHING, ...oidc('ci.example.com/pool') },
    workloads('ci.example.com'),
    { workloadOidcHosts: 'CI.example.*' },
  ],
  ['a host that only ends like GitHub', { ...NOTHING, ...oidc('mygitlab.com') }, OK],
  ['no host is of machines', { ...NOTHING, ...oidc(GITHUB) }, OK, { workloadOidcHosts: '' }],
  [
    'all that does not suffice',
    { ...NOTHING, ...centers(instance(ACCOUNT)), ...saml({ old: BEFORE }), ...oidc(GITHUB) },
    [
      'NON_COMPLIANT',
      `${ACCOUNT_INSTANCE[1]}; expired: SAML provider old; only OIDC providers of workloads: ${GITHUB}`,
    ],
  ],
];

const otherRows: Row[] = [
  ['nothing, in an organization', NOTHING, NONE],
  ['nothing, in the management account', IN_MANAGEMENT, NONE],
  ['nothing, in no organization', ALONE, NO_ORGANIZATION],
  ['nothing, in no organization, which fails', ALONE, NONE, STRICT_ALONE],
  ['GitHub Actions only, in no organization', { ...ALONE, ...oidc(GITHUB) }, workloads(GITHUB)],
  [
    'instances denied, the provider of IAM Identity Center',
    { ...NOTHING, [CENTERS]: denied, ...saml({ [CENTER]: LATER }) },
    OK,
  ],
  ['instances denied, a SAML provider', { ...NOTHING, [CENTERS]: denied, ...saml({ okta: LATER }) }, OK],
  ['instances denied, nothing else', { ...NOTHING, [CENTERS]: denied }, unknown('AccessDenied')],
  [
    'instances denied, a SAML provider that has expired',
    { ...NOTHING, [CENTERS]: denied, ...saml({ okta: BEFORE }) },
    unknown('AccessDenied'),
  ],
  ['SAML denied, an instance', { ...NOTHING, [SAML]: denied, ...centers(instance(MANAGEMENT)) }, OK],
  ['SAML denied, nothing else', { ...NOTHING, [SAML]: denied }, unknown('AccessDenied')],
  [
    'SAML denied, an account instance',
    { ...NOTHING, [SAML]: denied, ...centers(instance(ACCOUNT)) },
    unknown('AccessDenied'),
  ],
  ['OIDC denied, nothing else', { ...NOTHING, [OIDC]: denied }, unknown('AccessDenied')],
  ['OIDC denied, where it would not count', { ...NOTHING, [OIDC]: denied }, NONE, STRICT],
  ['OIDC denied, a SAML provider', { ...NOTHING, [OIDC]: denied, ...saml({ okta: LATER }) }, OK],
  [
    'the organization denied, an instance of another account',
    { ...HIDDEN, ...centers(instance(MANAGEMENT)) },
    OK,
  ],
  ['the organization denied, a SAML provider', { ...HIDDEN, ...saml({ okta: LATER }) }, OK],
  [
    'the organization denied, its own instance',
    { ...HIDDEN, ...centers(instance(ACCOUNT)) },
    unknown('AccessDenied'),
  ],
  ['the organization denied, nothing', HIDDEN, unknown('AccessDenied')],
  ['the organization denied, nothing, which fails either way', HIDDEN, NONE, STRICT_ALONE],
  [
    'the organization denied, GitHub Actions only, which fails either way',
    { ...HIDDEN, ...oidc(GITHUB) },
    workloads(GITHUB),
  ],
  [
    'an instance that makes no sense beside the one of the management account',
    { ...NOTHING, [CENTERS]: { Instances: [{ Status: 'ACTIVE' }, instance(MANAGEMENT)] } },
    OK,
  ],
  [
    'an instance that makes no sense alone',
    { ...NOTHING, [CENTERS]: { Instances: [{}] } },
    unknown('Malformed'),
  ],
  [
    'a SAML provider that makes no sense beside one that suffices',
    { ...NOTHING, [SAML]: { SAMLProviderList: [{}, { Arn: `arn:aws:iam::${ACCOUNT}:saml-provider/okta` }] } },
    OK,
  ],
  [
    'an OIDC provider that makes no sense beside an instance',
    { ...NOTHING, ...centers(instance(MANAGEMENT)), [OIDC]: { OpenIDConnectProviderList: [{}] } },
    OK,
  ],
  ['nothing collected', {}, unknown('NotCollected')],
];

const situations: Situations = {
  rule,
  situations: [...instanceRows, ...providerRows, ...otherRows].map(
    ([situation, readings, says, parameters, more]) => ({
      situation,
      readings,
      says,
      ...(parameters && { parameters }),
      ...more,
    }),
  ),
};
export default situations;
