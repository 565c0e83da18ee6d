import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, isAccountError, isNotCollected, OWN_CODES, partial } from '../../account/errors.ts';
import {
  accessKeys,
  type CredentialReportRow,
  credentialReport,
  type ReportedKey,
  users,
  userTags,
} from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant } from '../judgement.ts';
import { integer, optionalText, parameter } from '../parameters.ts';
import { type Context, defineRule, every, type Judgement, type Verdict } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { judgeEach } from '../shared/each.ts';
import { exemptMessage, unlessTagged } from '../shared/exemption.ts';
import { ROOT } from '../shared/root.ts';
import {
  everyone,
  gaps,
  NO_SUCH_USER,
  obstacles,
  type Population,
  readPopulation,
  USER,
  unreadableRow,
} from '../shared/users/population.ts';
import {
  type AccessKeyAgeFinding,
  type AgeLimits,
  byAge,
  type ExpiringKey,
  expiringMessage,
  type OldKey,
  oldKeyMessage,
} from './age.ts';
import { fix } from './fix.ts';

const parameters = {
  maxAgeDays: parameter(
    integer(0, 36_500),
    '90',
    {
      en: 'The age in days (of 24 hours) at which an active key still passes, and after which it does not.',
      ko: '활성 키가 통과하는 최대 나이(일, 하루는 24시간). 이 나이를 넘는 순간부터 NON_COMPLIANT.',
    },
    { isTunable: true },
  ),
  warnAgeDays: parameter(integer(0, 36_500), '80', {
    en: 'The age in days from which the annotation says when the key will fail. From maxAgeDays on: no warning.',
    ko: '언제 실패할지 주석으로 알려 주기 시작하는 나이(일). maxAgeDays 이상이면 경고하지 않음.',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Users with a tag of this key are NOT_APPLICABLE, whatever its value. Empty: no such tag, and no tags are read.',
    ko: '이 키의 태그가 있는 사용자는 값과 관계없이 NOT_APPLICABLE. 비워 두면 태그를 읽지 않음.',
  }),
};

interface Limits extends AgeLimits {
  readonly exemptTagKey: string | undefined;
}

const reads = [credentialReport, users, accessKeys, userTags] as const;
type View = Account<(typeof reads)[number]>;

/** No user has an active access key that is too old, and root has no active one at all. */
export default defineRule<typeof parameters, AccessKeyAgeFinding>()({
  id: 'access-key-age',
  severity: 'MEDIUM',
  resourceTypes: [USER, 'AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: {
    rootKey: ({ number }) => `root has an active access key (number ${number})`,
    oldKey: oldKeyMessage,
    expiring: expiringMessage,
    exempt: exemptMessage,
  },

  async *judge(account, limits, context) {
    const population = await readPopulation(account);
    const { report, listed } = population;
    const whole = accountResource(account);
    for (const error of [...unreported(population, context), ...obstacles(listed, context)]) {
      yield couldNotTell(context.resource ?? error.about ?? whole, error);
    }
    if (lacksRoot(report) && isAskedAbout(context, whole)) yield couldNotTell(whole, noRoot());

    const subjects = subjectsOf({ account, ...population, limits, context });
    yield* judgeEach(
      subjects.filter(({ resource }) => isAskedAbout(context, resource)),
      ({ resource }) => resource,
      ({ judge }) => judge(),
    );
  },

  fix,
  // IAM may take minutes to write the credential report.
  size: { memoryMegabytes: 512, timeoutSeconds: 600 },
  calls: { fixed: 3, each: 0 },
});

interface Background extends Population {
  readonly account: View;
  readonly limits: Limits;
  readonly context: Context;
}

/** A resource in view, and how to judge it. */
interface Subject {
  readonly resource: ResourceRef;
  readonly judge: () => Promise<Judgement<AccessKeyAgeFinding> | undefined>;
}

/** A single user is judged without the report, because its own list of keys says more. */
const unreported = ({ report, listed }: Population, context: Context): AccountError[] =>
  report instanceof AccountError && (context.resource?.type !== USER || gaps(listed, context).length > 0)
    ? [report]
    : [];

const isOfPart = (error: AccountError): boolean =>
  error.about === undefined &&
  (isAccountError(error, OWN_CODES.cut) || isAccountError(error, OWN_CODES.malformed));

function subjectsOf(background: Background): Subject[] {
  const { account, report, listed, limits, context } = background;
  const root = report instanceof AccountError ? undefined : report.find(({ user }) => user === ROOT);
  // The account has one verdict, and it is not COMPLIANT while the list, as AWS printed it, may lack some users.
  const isDoubtful = !context.resource && obstacles(listed, context).some(isOfPart);

  return [
    ...(root
      ? [{ resource: accountResource(account), judge: async () => judgeRoot(account, root, isDoubtful) }]
      : []),
    ...everyone(background).map(({ resource, name, row }): Subject => {
      const judge = () => judgeUser(background, resource, name, row);
      return {
        resource,
        judge: () =>
          name === '' && row
            ? Promise.reject(unreadableRow(row))
            : unlessTagged(resource, limits.exemptTagKey, () => account.read(userTags, { id: name }), judge),
      };
    }),
  ];
}

/**
 * Whether the report lacks the row of root. Every report has it but those of China (IAM User Guide), so this one was
 * filtered or cut.
 */
const lacksRoot = (report: Population['report']): boolean =>
  !(report instanceof AccountError) &&
  report.every(({ user, arn }) => user !== ROOT && !arn.startsWith('arn:aws-cn:'));

const noRoot = () =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetCredentialReport',
    'iam:GetCredentialReport: the report has no row <root_account>, so it was filtered or cut: save all of it',
  );

/**
 * Judges a user by the report, and by a fresh ListAccessKeys where the report's four hours may matter: before the
 * user fails, because the key may just have been deactivated, and before it passes with an old inactive key, which
 * may have been activated again. Without an entry in the report (made since, or none to read) the fresh list alone
 * decides. `undefined`: the user is gone.
 */
async function judgeUser(
  { account, report, limits, context }: Background,
  resource: ResourceRef,
  userName: string,
  row: CredentialReportRow | undefined,
): Promise<Judgement<AccessKeyAgeFinding> | undefined> {
  const active = row?.accessKeys.filter((key) => key.active) ?? [];
  const dated = active.flatMap(({ number, lastRotated }) =>
    lastRotated ? [{ number, createdAt: lastRotated }] : [],
  );
  const byReport = verdict(resource, byAge(dated, limits, context.now));
  const isRead = row !== undefined && !row.problem && dated.length === active.length;
  const passes = isRead && byReport.compliance === 'COMPLIANT';
  if (passes && !row.accessKeys.some((key) => mayFailSince(key, limits, context.now))) return byReport;

  const { values, errors } = await partial(account.read(accessKeys, { id: userName }));
  const [keys] = errors;
  const fresh = values.filter((key) => key.active).map(({ id, createdAt }) => ({ keyId: id, createdAt }));
  const byKeys = verdict(resource, byAge(fresh, limits, context.now));
  // One key that is too old settles it, whatever the others are.
  if (!keys || byKeys.compliance === 'NON_COMPLIANT') return byKeys;
  if (isAccountError(keys, NO_SUCH_USER)) return undefined;
  if (!isNotCollected(keys)) throw keys;
  if (row?.problem) throw unreadableRow(row);
  // A snapshot has nothing fresher than the report.
  if (passes || byReport.compliance === 'NON_COMPLIANT') return byReport;
  // Without report and list, the report's own error stands for all users at once, unless only this user is judged.
  if (report instanceof AccountError) {
    if (context.resource) throw report;
    return undefined;
  }
  throw keys;
}

/**
 * Whether a key that the report has as inactive would fail if it had been activated since. With a limit of zero days,
 * so would a key that was made after the report.
 */
const mayFailSince = ({ active, lastRotated }: ReportedKey, limits: AgeLimits, now: Date): boolean =>
  !active &&
  (lastRotated
    ? byAge([{ number: 1, createdAt: lastRotated }], limits, now).some(({ kind }) => kind === 'oldKey')
    : limits.maxAgeDays === 0);

const verdict = (
  resource: ResourceRef,
  findings: readonly (OldKey | ExpiringKey)[],
): Verdict<AccessKeyAgeFinding> =>
  findings.some(({ kind }) => kind === 'oldKey')
    ? nonCompliant(resource, findings)
    : compliant(resource, findings);

/**
 * Any active root key fails, by the report alone: nobody but root itself can list root's keys.
 *
 * @param isDoubtful whether something else already keeps the account from being COMPLIANT.
 */
function judgeRoot(
  account: Pick<View, 'id'>,
  row: CredentialReportRow,
  isDoubtful: boolean,
): Judgement<AccessKeyAgeFinding> | undefined {
  const resource = accountResource(account);
  if (row.problem) return couldNotTell(resource, unreadableRow(row));
  const active = row.accessKeys.filter((key) => key.active);
  if (active.length === 0) return isDoubtful ? undefined : compliant(resource);
  return nonCompliant(
    resource,
    active.map(({ number }) => ({ kind: 'rootKey', number })),
  );
}
