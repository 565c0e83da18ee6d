import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  analyzers,
  type ExternalFinding,
  externalFindings,
  isExternal,
} from '../../account/services/accessanalyzer/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, integer, oneOf, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { managementAccountOf } from '../shared/member.ts';
import { noRegionInView } from '../shared/regions.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { type AnalyzerFinding, messages } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  resourceTypes: parameter(words(), 'AWS::S3::Bucket,AWS::S3Express::DirectoryBucket', {
    en: 'Types of resources whose findings count, separated by commas, as Access Analyzer names them. `*` or empty: all types.',
    ko: '결과를 셀 리소스 유형. 쉼표로 구분하며 Access Analyzer의 이름을 씁니다. `*`이거나 비워 두면 모든 유형.',
  }),
  maxActiveFindings: parameter(integer(0, 100_000), '0', {
    en: 'How many resources with active findings there may be.',
    ko: '활성 결과가 있어도 되는 리소스의 수.',
  }),
  publicOnly: parameter(boolean(), 'false', {
    en: 'Whether only public access counts, and access by named accounts does not.',
    ko: '퍼블릭 액세스만 세고 지정된 계정의 액세스는 세지 않을지 여부.',
  }),
  noAnalyzerVerdict: parameter(oneOf('NON_COMPLIANT', 'NOT_APPLICABLE'), 'NON_COMPLIANT', {
    en: 'The verdict where no analyzer of external access is active, so that nothing would be found.',
    ko: '활성 상태인 외부 액세스 분석기가 없어 아무것도 탐지하지 못할 때의 판정.',
  }),
  delegatedAdminCovers: parameter(boolean(), 'false', {
    en: "Whether a member account without an analyzer of its own is NOT_APPLICABLE, because the organization's delegated administrator has one.",
    ko: '조직의 위임된 관리자에게 분석기가 있어, 자체 분석기가 없는 멤버 계정을 NOT_APPLICABLE로 볼지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [analyzers, externalFindings, organization] as const;
type View = Account<(typeof reads)[number]>;

/** Nothing is shared outside that nobody has looked at, as IAM Access Analyzer finds it. */
export default defineRule<typeof parameters, AnalyzerFinding>()({
  id: 'access-analyzer-findings',
  severity: 'HIGH',
  resourceTypes: ['AWS::::Account'],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 2, each: 0 },
});

async function judgeAccount(account: View, values: Values): Promise<Judgement<AnalyzerFinding>> {
  const resource = accountResource(account);
  if (account.regions.length === 0) throw noRegionInView('access-analyzer:ListAnalyzers', 'analyzers');
  const seen = await Promise.all(account.regions.map((region) => lookInto(account, region, values)));

  const shared = [
    ...new Map(seen.flatMap((one) => one.shared).map((one) => [one.key, one.finding])).values(),
  ];
  const found =
    shared.length > values.maxActiveFindings
      ? shared.sort((one, other) => Number(other.isPublic) - Number(one.isPublic))
      : [];
  const missing = seen.flatMap((one) => one.missing ?? []);
  const covers = values.delegatedAdminCovers && missing.some(({ kind }) => kind === 'none');
  const management = covers && found.length === 0 ? await settle(managementAccountOf(account)) : undefined;
  // Another account's analyzer makes up for one that is not there, and not for one that is there and does nothing.
  const uncovered = missing.filter(({ kind }) => management === undefined || kind === 'inactive');

  const isWrong = values.noAnalyzerVerdict === 'NON_COMPLIANT';
  const wrong = [...found, ...(isWrong ? uncovered : [])];
  if (wrong.length > 0) return nonCompliant(resource, wrong);
  for (const error of seen.flatMap((one) => one.errors)) throw error;
  const isUnread = management instanceof AccountError;
  if (isUnread && isWrong) throw management;
  if (missing.length < seen.length) return compliant(resource);
  return notApplicable(
    resource,
    isUnread || management === undefined ? missing : [{ kind: 'covered', management }, ...uncovered],
  );
}

/** What there is in a Region. */
interface Seen {
  /** Each resource by what tells it apart. */
  readonly shared: readonly {
    readonly key: string;
    readonly finding: Extract<AnalyzerFinding, { kind: 'shared' }>;
  }[];
  /** That no analyzer looks at anything here. */
  readonly missing?: Extract<AnalyzerFinding, { kind: 'none' | 'inactive' }>;
  /** What is not known. */
  readonly errors: readonly Error[];
}

async function lookInto(account: View, region: string, values: Values): Promise<Seen> {
  const all = await partial(account.read(analyzers, { region }));
  const external = all.values.filter(isExternal);
  const active = external.filter(({ status }) => status === 'ACTIVE');
  if (active.length === 0) {
    if (all.errors.length > 0) return { shared: [], errors: all.errors };
    const [idle] = external;
    return {
      shared: [],
      missing: idle
        ? { kind: 'inactive', analyzer: idle.name, status: idle.status, reason: idle.reason, region }
        : { kind: 'none', region },
      errors: [],
    };
  }
  const lists = await Promise.all(
    active.map(({ name }) => partial(account.read(externalFindings, { region, id: name }))),
  );
  const counted = lists.flatMap((list) => list.values).filter((one) => isCounted(one, account.id, values));
  const errors: AccountError[] = [...all.errors, ...lists.flatMap((list) => list.errors)];
  const unanalyzed = counted.filter(({ error }) => error !== undefined);
  return {
    shared: counted
      .filter(({ error }) => error === undefined)
      .map((one) => ({ key: one.resource ?? one.id, finding: sharedBy(one, region) })),
    errors: [...errors, ...unanalyzed.map((one) => notAnalyzed(one, region))],
  };
}

function isCounted(one: ExternalFinding, accountId: string, { resourceTypes, publicOnly }: Values): boolean {
  const isAsked =
    resourceTypes.length === 0 ||
    resourceTypes.some((type) => type === '*' || type.toLowerCase() === one.resourceType.toLowerCase());
  if (one.status !== 'ACTIVE' || one.owner !== accountId || !isAsked) return false;
  // An error does not say whether the access that could not be analyzed is public.
  return !publicOnly || one.error !== undefined || isPublic(one);
}

/** Where Access Analyzer does not say, its principal does. */
const isPublic = ({ isPublic: said, principals }: ExternalFinding): boolean =>
  said ?? principals.includes('*');

const sharedBy = (one: ExternalFinding, region: string) =>
  ({
    kind: 'shared',
    resource: (one.resource ?? one.id).replace(/^arn:[\w-]+:s3:::/, ''),
    isPublic: isPublic(one),
    principals: one.principals,
    region,
  }) as const;

const notAnalyzed = ({ resource, resourceType, error }: ExternalFinding, region: string) =>
  new AccountError(
    OWN_CODES.incomplete,
    'access-analyzer:ListFindings',
    `access-analyzer:ListFindings in ${region}: Access Analyzer could not analyze ${resource ?? `a resource of type ${resourceType}`} (${error}): look at its finding`,
  );
