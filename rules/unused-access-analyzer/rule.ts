import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  type Analyzer,
  analyzers,
  isUnused,
  unusedStatistics,
} from '../../account/services/accessanalyzer/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, integer, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { managementAccountOf } from '../shared/member.ts';
import { noRegionInView } from '../shared/regions.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { messages, type UnusedAccessFinding } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  unusedAccessAgeDays: parameter(integer(1, 365), '90', {
    en: 'After how many days without use at the latest the analyzer has to report access.',
    ko: '분석기가 늦어도 며칠 동안 사용하지 않은 액세스를 보고해야 하는지.',
  }),
  countFindings: parameter(boolean(), 'true', {
    en: 'Whether active findings count, or only that there is an analyzer.',
    ko: '활성 결과를 셀지, 분석기가 있는지만 볼지 여부.',
  }),
  maxActiveFindings: parameter(integer(0, 100_000), '0', {
    en: 'How many active findings there may be.',
    ko: '허용하는 활성 결과의 수.',
  }),
  analyzerRegions: parameter(words(), '', {
    en: 'Other Regions to look for the analyzer in, separated by commas. Empty: the Regions in view alone.',
    ko: '분석기를 찾을 그 밖의 리전. 쉼표로 구분. 비워 두면 보이는 리전만.',
  }),
  delegatedAdminCovers: parameter(boolean(), 'false', {
    en: "Whether a member account without an analyzer of its own is NOT_APPLICABLE, because the organization's delegated administrator has one.",
    ko: '조직의 위임된 관리자에게 분석기가 있어, 자체 분석기가 없는 멤버 계정을 NOT_APPLICABLE로 볼지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [analyzers, unusedStatistics, organization] as const;
type View = Account<(typeof reads)[number]>;

/** What an analyzer leaves AWS at, where nobody said (API_UnusedAccessConfiguration). */
const DEFAULT_AGE = 90;

/** Permissions that nobody uses are found, and somebody looks at them. */
export default defineRule<typeof parameters, UnusedAccessFinding>()({
  id: 'unused-access-analyzer',
  severity: 'LOW',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  beyond: {
    reads: [analyzers, unusedStatistics],
    regions: ({ analyzerRegions }) => analyzerRegions,
  },
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 2, each: 0 },
});

/** Findings of unused access are the same in every Region: one analyzer that is as it should be suffices, wherever it is. */
async function judgeAccount(account: View, values: Values): Promise<Judgement<UnusedAccessFinding>> {
  const resource = accountResource(account);
  const regions = [...new Set([...account.regions, ...values.analyzerRegions])];
  if (regions.length === 0) throw noRegionInView('access-analyzer:ListAnalyzers', 'analyzers');
  const lists = await Promise.all(
    regions.map(async (region) => ({ region, ...(await partial(account.read(analyzers, { region }))) })),
  );
  const found = lists.flatMap(({ region, values: all }) =>
    all.filter(isUnused).map((analyzer) => ({ region, analyzer })),
  );
  const said = await Promise.all(
    found.map(({ region, analyzer }) => settle(look(account, analyzer, region, values))),
  );
  if (said.includes(undefined)) return compliant(resource);
  for (const one of [...said, ...lists.flatMap(({ errors }) => errors)]) {
    // What is not known might be the analyzer that suffices.
    if (one instanceof AccountError) throw one;
  }
  const wrong = said.flatMap((one) => (one && !(one instanceof AccountError) ? [one] : []));
  if (wrong.length > 0) return nonCompliant(resource, wrong);
  const management = values.delegatedAdminCovers ? await managementAccountOf(account) : undefined;
  return management === undefined
    ? nonCompliant(resource, [{ kind: 'none', regions }])
    : notApplicable(resource, [{ kind: 'covered', management }]);
}

/** What is wrong with an analyzer; `undefined` where nothing is. */
async function look(
  account: View,
  { name, status, reason, unusedAccessAge: days = DEFAULT_AGE, excludedAccounts }: Analyzer,
  region: string,
  { unusedAccessAgeDays, countFindings, maxActiveFindings }: Values,
): Promise<UnusedAccessFinding | undefined> {
  const which = { analyzer: name, region };
  if (status !== 'ACTIVE') return { kind: 'inactive', ...which, status, reason };
  if (excludedAccounts.includes(account.id)) return { kind: 'excluded', ...which };
  if (days > unusedAccessAgeDays) return { kind: 'tooLong', ...which, days, limit: unusedAccessAgeDays };
  if (!countFindings) return undefined;
  const { active } = await account.read(unusedStatistics, { region, id: name });
  if (active === undefined) {
    throw new AccountError(
      OWN_CODES.incomplete,
      'access-analyzer:GetFindingsStatistics',
      `access-analyzer:GetFindingsStatistics of ${name} (${region}) has not counted findings of unused access yet: ask again tomorrow`,
      name,
    );
  }
  return active > maxActiveFindings
    ? { kind: 'findings', ...which, active, limit: maxActiveFindings }
    : undefined;
}
