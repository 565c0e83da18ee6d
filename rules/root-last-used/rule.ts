import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { isTime } from '../../account/parts.ts';
import { type CredentialReportRow, credentialReport } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { attempt, compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { integer, optionalTime, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { ROOT } from '../shared/root.ts';
import { type LastUsedFinding, messages, type Use } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  maxDaysSinceUse: parameter(integer(1, 3650), '30', {
    en: 'How many days (of 24 hours) the last use of root has to be ago. A younger one fails.',
    ko: '루트의 마지막 사용 후 지나야 하는 일수(하루는 24시간). 이보다 최근에 사용했으면 NON_COMPLIANT.',
  }),
  gracePeriodDaysAfterAccountCreation: parameter(integer(0, 365), '7', {
    en: 'For how many days after the creation of the account root may be used to set it up.',
    ko: '계정을 만든 뒤 설정을 위해 루트를 사용해도 되는 일수.',
  }),
  approvedUseUntil: parameter(optionalTime(), '', {
    en: 'A last use at or before this time (ISO 8601; a date means its end, UTC) was approved. Empty: none was.',
    ko: '이 시각(ISO 8601, 날짜만 쓰면 그날의 끝, UTC)까지의 마지막 사용은 승인된 것으로 봅니다. 비워 두면 승인된 사용 없음.',
  }),
};
type Values = ParameterValues<typeof parameters>;
const DAY = 86_400_000;

/** Root is not used for everyday work. */
export default defineRule<typeof parameters, LastUsedFinding>()({
  id: 'root-last-used',
  severity: 'HIGH',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads: [credentialReport],
  messages,
  dates: ['at', 'until'],

  async *judge(account, values, { now, ...context }) {
    const resource = accountResource(account);
    if (!isAskedAbout({ now, ...context }, resource)) return;
    const judgement = await attempt(resource, async (): Promise<Judgement<LastUsedFinding>> => {
      const rows = await account.read(credentialReport);
      const root = rows.find(({ user }) => user === ROOT);
      if (!root && rows.every(({ arn }) => arn.startsWith('arn:aws-cn:'))) {
        return notApplicable(resource, [{ kind: 'noRoot' }]);
      }
      const { last, unknown } = usesOf(root);
      const finding = found(last, createdAt(root), values, now);
      if (finding?.kind === 'used') return nonCompliant(resource, [finding]);
      // What is unknown may be younger than what is known.
      if (unknown) throw unknown;
      return compliant(resource, finding ? [finding] : []);
    });
    if (judgement) yield judgement;
  },

  fix,
  calls: { fixed: 2, each: 0 },
  // IAM may take minutes to write the credential report.
  size: { memoryMegabytes: 512, timeoutSeconds: 600 },
});

/** What is to be said of the last use; nothing, where it is long enough ago. */
function found(
  last: Use | undefined,
  created: Date | undefined,
  { maxDaysSinceUse, gracePeriodDaysAfterAccountCreation, approvedUseUntil }: Values,
  now: Date,
): LastUsedFinding | undefined {
  if (!last) return { kind: 'never' };
  const age = now.getTime() - last.at.getTime();
  if (age >= maxDaysSinceUse * DAY) return undefined;
  if (approvedUseUntil && last.at <= approvedUseUntil) {
    return { kind: 'approved', ...last, until: approvedUseUntil };
  }
  const isSetUp =
    created && last.at.getTime() <= created.getTime() + gracePeriodDaysAfterAccountCreation * DAY;
  if (isSetUp) return { kind: 'setUp', ...last };
  return { kind: 'used', ...last, daysAgo: Math.floor(age / DAY), maxDaysSinceUse };
}

const COLUMNS = {
  password: 'password_last_used',
  'access key 1': 'access_key_1_last_used_date',
  'access key 2': 'access_key_2_last_used_date',
} as const;
/** `no_information`: never, since IAM began to take note (passwords 2014-10-20, keys 2015-04-22). */
const NEVER = ['n/a', 'no_information', 'not_supported'];

/** The latest use that the report tells of, and why there may be a later one. */
function usesOf(root: CredentialReportRow | undefined): { last?: Use; unknown?: AccountError } {
  if (!root?.cells) return { unknown: unsaid(root?.problem ?? `it has no row ${ROOT}`) };
  const { cells } = root;
  const uses: Use[] = [];
  let unknown: AccountError | undefined;
  for (const how of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
    const value = cells[COLUMNS[how]];
    if (value !== undefined && isTime(value)) uses.push({ how, at: new Date(value) });
    else if (value === undefined) unknown ??= unsaid(`it lacks the column ${COLUMNS[how]}`);
    else if (!NEVER.includes(value.toLowerCase()))
      unknown ??= unsaid(`row ${ROOT}, column ${COLUMNS[how]}: ${JSON.stringify(value)} is not a time`);
  }
  const last = uses.sort((one, other) => other.at.getTime() - one.at.getTime())[0];
  return { ...(last && { last }), ...(unknown && { unknown }) };
}

/** Without it no grace can be granted. */
function createdAt(root: CredentialReportRow | undefined): Date | undefined {
  const created = root?.cells?.user_creation_time;
  return created !== undefined && isTime(created) ? new Date(created) : undefined;
}

const unsaid = (why: string) =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetCredentialReport',
    `iam:GetCredentialReport: ${why}: save all of the report`,
  );
