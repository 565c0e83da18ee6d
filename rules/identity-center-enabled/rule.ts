import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, type PartialList, partial } from '../../account/errors.ts';
import {
  openIdConnectProviders,
  type SamlProvider,
  samlProviders,
} from '../../account/services/iam/readings.ts';
import { type Organization, organization } from '../../account/services/organizations/readings.ts';
import { type Instance, instances } from '../../account/services/sso-admin/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, oneOf, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import type { Answer } from '../shared/answers.ts';
import { covers } from '../shared/policy/globs.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { type IdentityCenterFinding, messages } from './findings.ts';
import { fix } from './fix.ts';

/** Who gives machines tokens, not people. */
const WORKLOADS =
  'token.actions.githubusercontent.com,*.githubusercontent.com,oidc.eks.*,gitlab.com,*.gitlab.com,app.terraform.io,oidc.circleci.com,api.bitbucket.org,agent.buildkite.com,oidc.vercel.com,container.googleapis.com,accounts.google.com,sts.windows.net';

const parameters = {
  acceptSamlOrOidcProvider: parameter(boolean(), 'true', {
    en: 'Whether an identity provider of the account suffices, that people sign in through without IAM Identity Center.',
    ko: 'IAM Identity Center 없이 사람이 로그인하는 계정의 자격 증명 공급자로 충분한지 여부.',
  }),
  workloadOidcHosts: parameter(words(), WORKLOADS, {
    en: 'Hosts of OIDC providers that give tokens to machines, with wildcards, separated by commas: people do not sign in through them.',
    ko: '사람이 아니라 워크로드에 토큰을 주는 OIDC 공급자의 호스트. 와일드카드를 쓸 수 있고 쉼표로 구분.',
  }),
  noOrganizationVerdict: parameter(oneOf('NOT_APPLICABLE', 'NON_COMPLIANT'), 'NOT_APPLICABLE', {
    en: 'The verdict on an account without an organization that has none of it.',
    ko: '조직에 속하지 않고 아무것도 없는 계정의 판정.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [instances, samlProviders, openIdConnectProviders, organization] as const;
type View = Account<(typeof reads)[number]>;

/** People sign in through one directory, and not as users of each account. */
export default defineRule<typeof parameters, IdentityCenterFinding>()({
  id: 'identity-center-enabled',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) =>
    judgeWhole(account, context, async () => judgeAccount(account, values, await look(account), context.now)),

  fix,
  calls: { fixed: 4, each: 0 },
});

/** What the account shows of it, as far as it could be read. */
interface Seen {
  readonly known: Organization | null | AccountError;
  readonly centers: PartialList<Instance>;
  readonly saml: PartialList<SamlProvider>;
  readonly oidc: PartialList<string>;
}

async function look(account: View): Promise<Seen> {
  const [known, centers, saml, oidc] = await Promise.all([
    settle(account.read(organization)),
    partial(account.read(instances)),
    partial(account.read(samlProviders)),
    partial(account.read(openIdConnectProviders)),
  ]);
  return { known, centers, saml, oidc };
}

function judgeAccount(
  account: Pick<View, 'id'>,
  values: Values,
  { known, centers, saml, oidc }: Seen,
  now: Date,
): Judgement<IdentityCenterFinding> {
  const resource = accountResource(account);
  const givesAccess = centers.values
    .filter(({ status }) => status === undefined || status === 'ACTIVE')
    .map((instance) => isOrganizations(instance, known, account.id));
  const providers = sorted(saml.values, oidc.values, values, now);
  const accepts = values.acceptSamlOrOidcProvider;
  if (givesAccess.includes(true) || providers.center || (accepts && providers.people.length > 0))
    return compliant(resource);

  // What is not known might be what suffices.
  const [unread] = [...centers.errors, ...saml.errors, ...(accepts ? oidc.errors : [])];
  if (unread) throw unread;
  if (givesAccess.includes('unknown')) throw known instanceof AccountError ? known : unsaid();

  const wrong = lacking(givesAccess.length > 0, providers);
  if (wrong.length > 0) return nonCompliant(resource, wrong);
  if (values.noOrganizationVerdict === 'NOT_APPLICABLE') {
    if (known instanceof AccountError) throw known;
    if (known === null) return notApplicable(resource, [{ kind: 'noOrganization' }]);
  }
  return nonCompliant(resource, [{ kind: 'none' }]);
}

/**
 * Whether an instance is the organization's, which gives access to accounts. Any other serves applications alone. Another
 * account's is visible only as the organization's.
 */
function isOrganizations(
  { owner, status }: Instance,
  known: Organization | null | AccountError,
  accountId: string,
): Answer {
  if (known === null) return false;
  if (owner === undefined) return 'unknown';
  const isIts =
    known instanceof AccountError ? owner !== accountId || 'unknown' : owner === known.managementAccountId;
  return isIts && status === undefined ? 'unknown' : isIts;
}

const unsaid = () =>
  new AccountError(
    OWN_CODES.incomplete,
    'sso:ListInstances',
    'sso:ListInstances left out the owner or the status of an instance: save again what "aws sso-admin list-instances" prints',
  );

/** Identity providers by who signs in through them. */
interface Providers {
  /** IAM Identity Center has made one, because it gives access to this account. */
  readonly center: boolean;
  readonly people: readonly string[];
  readonly expired: readonly string[];
  readonly workloads: readonly string[];
}

function sorted(
  saml: readonly SamlProvider[],
  oidc: readonly string[],
  { workloadOidcHosts }: Values,
  now: Date,
): Providers {
  const isValid = ({ validUntil }: SamlProvider) => validUntil === undefined || validUntil > now;
  const named = saml.map((one) => ({ name: afterSlash(one.arn), isValid: isValid(one) }));
  const valid = named.filter((one) => one.isValid).map(({ name }) => name);
  const urls = oidc.map((arn) => afterSlash(arn).toLowerCase());
  const isOfMachines = (url: string) => {
    const [host = ''] = url.split('/');
    return workloadOidcHosts.some((pattern) => covers(pattern.toLowerCase(), host));
  };
  return {
    center: valid.some((name) => /^AWSSSO_.+_DO_NOT_DELETE$/.test(name)),
    people: [...valid, ...urls.filter((url) => !isOfMachines(url))],
    expired: named.filter((one) => !one.isValid).map(({ name }) => name),
    workloads: urls.filter(isOfMachines),
  };
}

/** `arn:aws:iam::123456789012:oidc-provider/login.example.com/pool`: `login.example.com/pool`. */
const afterSlash = (arn: string) => arn.slice(arn.indexOf('/') + 1);

function lacking(
  hasInstance: boolean,
  { people, expired, workloads }: Providers,
): readonly IdentityCenterFinding[] {
  const wrong: IdentityCenterFinding[] = [];
  if (hasInstance) wrong.push({ kind: 'accountInstance' });
  if (expired.length > 0) wrong.push({ kind: 'expired', providers: expired });
  if (people.length > 0) wrong.push({ kind: 'notAccepted', providers: people });
  if (workloads.length > 0) {
    const hosts = new Set(workloads.map((url) => url.split('/')[0] ?? url));
    wrong.push({ kind: 'workloadsOnly', hosts: [...hosts] });
  }
  return wrong;
}
