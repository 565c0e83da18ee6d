import type { Account } from '../../account/account.ts';
import { AccountError, checkComplete, isAccountError, OWN_CODES, partial } from '../../account/errors.ts';
import type { Element } from '../../account/reading.ts';
import { advisorChecks, advisorSummaries } from '../../account/services/support/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { integer, oneOf, type ParameterValues, parameter, someOf, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { type AdvisorFinding, messages } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  pillars: parameter(
    someOf(
      'security',
      'cost_optimizing',
      'performance',
      'fault_tolerance',
      'service_limits',
      'operational_excellence',
    ),
    'security',
    {
      en: 'The categories of checks that count, separated by commas.',
      ko: '판정할 점검 범주. 쉼표로 구분.',
    },
  ),
  failOnStatuses: parameter(someOf('error', 'warning'), 'error', {
    en: 'The statuses that are wrong: `error` is red, `warning` is yellow.',
    ko: '위반으로 볼 상태. `error`는 빨간색, `warning`은 노란색.',
  }),
  excludeChecks: parameter(words(), '', {
    en: 'Ids of checks that do not count, separated by commas.',
    ko: '판정하지 않을 점검의 ID. 쉼표로 구분.',
  }),
  noPlanVerdict: parameter(oneOf('NOT_APPLICABLE', 'NON_COMPLIANT'), 'NOT_APPLICABLE', {
    en: 'The verdict on an account whose support plan does not include the API.',
    ko: '지원 플랜에 API가 포함되지 않은 계정의 판정.',
  }),
  maxAgeDays: parameter(integer(1, 365), '30', {
    en: 'For how many days what a check found holds.',
    ko: '점검 결과를 며칠 동안 유효하다고 볼지.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [advisorChecks, advisorSummaries] as const;
type View = Account<(typeof reads)[number]>;
type Check = Element<typeof advisorChecks>;
type Summary = Element<typeof advisorSummaries>;

/** Trusted Advisor's checks are available, and not red. */
export default defineRule<typeof parameters, AdvisorFinding>()({
  id: 'trusted-advisor',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) =>
    judgeWhole(account, context, () => judgeAccount(account, values, context.now)),

  fix,
  calls: { fixed: 3, each: 0 },
});

const isWithoutPlan = (error: unknown) =>
  isAccountError(error, 'SubscriptionRequiredException', OWN_CODES.notInPartition);

async function judgeAccount(account: View, values: Values, now: Date): Promise<Judgement<AdvisorFinding>> {
  const resource = accountResource(account);
  const noPlan: Judgement<AdvisorFinding> = {
    resource,
    compliance: values.noPlanVerdict,
    findings: [{ kind: 'noPlan' }],
  };
  // China has no API of AWS Support's.
  if (account.regions.some((region) => region.startsWith('cn-'))) return noPlan;
  const [checks, summaries] = await Promise.all([
    partial(account.read(advisorChecks)),
    partial(account.read(advisorSummaries)),
  ]);
  const errors = [...checks.errors, ...summaries.errors];
  if (errors.some(isWithoutPlan)) return noPlan;

  const ofPillars = checks.values.filter(({ category }) => isOneOf(category, values.pillars));
  if (errors.length === 0 && ofPillars.length === 0) {
    throw doubt(`has no check of ${values.pillars.join(', ')}`, OWN_CODES.malformed);
  }
  const known = new Map(summaries.values.map((one) => [one.checkId, one]));
  const seen = ofPillars
    .filter(({ id }) => !values.excludeChecks.includes(id))
    .map((check) => look(check, known.get(check.id), values, now));
  const flagged = seen.flatMap((one) => (typeof one === 'object' && 'kind' in one ? [one] : []));
  if (flagged.length > 0) return nonCompliant(resource, flagged);
  // What is red is red, whatever else could not be read.
  checkComplete(errors);
  for (const one of seen) if (one instanceof AccountError) throw one;
  return seen.includes('fine')
    ? compliant(resource)
    : notApplicable(resource, [{ kind: 'nothingAvailable' }]);
}

const isOneOf = (text: string, known: readonly string[]) => known.includes(text.toLowerCase());

const DAY = 24 * 60 * 60 * 1000;
const STATUSES = ['ok', 'warning', 'error', 'not_available'];

/** What a check says of the account; an error where it says nothing that still holds. */
function look(
  { id, name }: Check,
  summary: Summary | undefined,
  { failOnStatuses, maxAgeDays }: Values,
  now: Date,
): Extract<AdvisorFinding, { kind: 'flagged' }> | 'fine' | 'notAvailable' | AccountError {
  if (!summary) return doubt(`has no summary of ${id}`);
  const status = summary.status.toLowerCase();
  if (!STATUSES.includes(status)) return doubt(`gives ${id} a status that is not known`, OWN_CODES.malformed);
  if (status === 'not_available') return 'notAvailable';
  if (isOneOf(status, failOnStatuses)) {
    const resources = summary.resourcesSummary?.resourcesFlagged ?? undefined;
    return { kind: 'flagged', id, name, status, resources };
  }
  const at = Date.parse(summary.timestamp ?? '');
  if (Number.isNaN(at)) return doubt(`does not say when ${id} was checked`);
  return now.getTime() - at > maxAgeDays * DAY
    ? doubt(
        `is of ${new Date(at).toISOString()} for ${id}, more than ${maxAgeDays} days ago: refresh the check`,
      )
    : 'fine';
}

const doubt = (what: string, code: string = OWN_CODES.incomplete) =>
  new AccountError(
    code,
    'support:DescribeTrustedAdvisorCheckSummaries',
    `support:DescribeTrustedAdvisorCheckSummaries ${what}`,
  );
