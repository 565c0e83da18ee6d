import type { Account } from '../../account/account.ts';
import { AccountError, isAccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  accessKeys,
  credentialReport,
  loginProfile,
  signingCertificates,
  users,
  userTags,
} from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant } from '../judgement.ts';
import { boolean, optionalText, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { judgeEach } from '../shared/each.ts';
import { exemptMessage, unlessTagged } from '../shared/exemption.ts';
import { settle } from '../shared/settle.ts';
import {
  everyone,
  gaps,
  NO_SUCH_USER,
  obstacles,
  type Person,
  type Population,
  readPopulation,
  USER,
  unreadableRow,
} from '../shared/users/population.ts';
import { certificatesOf, isHeld, keysOf, type LongTermFinding, passwordOf } from './credentials.ts';
import { fix } from './fix.ts';
import { type ReportedCredentials, reportedCredentials } from './reported.ts';

const parameters = {
  forbidAccessKeys: parameter(boolean(), 'true', {
    en: 'Whether a user may have no access key.',
    ko: '사용자의 액세스 키를 금지할지 여부.',
  }),
  forbidConsolePasswords: parameter(boolean(), 'false', {
    en: 'Whether a user may have no console password.',
    ko: '사용자의 콘솔 암호를 금지할지 여부.',
  }),
  countInactiveKeys: parameter(boolean(), 'false', {
    en: 'Whether an inactive access key counts as one, because it can be activated again.',
    ko: '비활성 액세스 키도 셀지 여부(다시 활성화할 수 있으므로).',
  }),
  forbidSigningCertificates: parameter(boolean(), 'true', {
    en: 'Whether a user may have no active X.509 signing certificate.',
    ko: '사용자의 활성 X.509 서명 인증서를 금지할지 여부.',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Users with a tag of this key are NOT_APPLICABLE, whatever its value. Empty: no such tag, and no tags are read.',
    ko: '이 키의 태그가 있는 사용자는 값과 관계없이 NOT_APPLICABLE. 비워 두면 태그를 읽지 않음.',
  }),
};
type Limits = ParameterValues<typeof parameters>;

const reads = [credentialReport, users, accessKeys, loginProfile, signingCertificates, userTags] as const;
type View = Account<(typeof reads)[number]>;

/** No user has an access key, a signing certificate or, where that is forbidden too, a console password. */
export default defineRule<typeof parameters, LongTermFinding>()({
  id: 'iam-long-term-credentials',
  severity: 'MEDIUM',
  resourceTypes: [USER],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: {
    accessKey: ({ keyId, number, isActive, lastUsed }) => {
      const use =
        lastUsed === undefined ? '' : lastUsed === null ? ', never used' : `, last used at ${lastUsed}`;
      return `access key ${keyId ?? number} is ${isActive ? 'active' : 'there, inactive'}${use}`;
    },
    password: () => 'has a console password',
    certificate: ({ certificateId, number }) => `signing certificate ${certificateId ?? number} is active`,
    exempt: exemptMessage,
  },

  async *judge(account, limits, context) {
    const population = await readPopulation(account);
    const { report, listed } = population;
    const whole = accountResource(account);
    for (const error of obstacles(listed, context)) {
      yield couldNotTell(context.resource ?? error.about ?? whole, error);
    }
    let isReportNeeded = gaps(listed, context).length > 0;
    const judgements = judgeEach(
      everyone(population).filter(({ resource }) => isAskedAbout(context, resource)),
      ({ resource }) => resource,
      (person) => judgePerson({ account, limits, report, person }),
    );
    for await (const judgement of judgements) {
      // Once for all users whom nothing else tells of.
      if ('error' in judgement && judgement.error === report) isReportNeeded = true;
      else yield judgement;
    }
    if (report instanceof AccountError && isReportNeeded) {
      yield couldNotTell(context.resource ?? whole, report);
    }
  },

  fix,
  // IAM may take minutes to write the credential report.
  size: { memoryMegabytes: 512, timeoutSeconds: 600 },
  calls: { fixed: 3, each: 0 },
});

interface Case {
  readonly account: View;
  readonly limits: Limits;
  readonly report: Population['report'];
  readonly person: Person;
}

async function judgePerson(one: Case): Promise<Judgement<LongTermFinding> | undefined> {
  const { account, limits, person } = one;
  const { resource, name: id, row } = person;
  if (id === '' && row) throw unreadableRow(row);
  return unlessTagged(
    resource,
    limits.exemptTagKey,
    () => account.read(userTags, { id }),
    () => judgeCredentials(one),
  );
}

/**
 * Judges a user by the report, and afresh by IAM's lists where the report has something against the user or does not tell,
 * because it may be four hours old. `undefined`: the user is gone.
 */
async function judgeCredentials(one: Case): Promise<Judgement<LongTermFinding> | undefined> {
  const { account, limits, person } = one;
  const { resource, name: id, row } = person;
  const reported = reportedCredentials(row);
  if (passes(reported, limits)) return compliant(resource);

  // The list of keys also tells whether the user is still there.
  const keys = await partial(account.read(accessKeys, { id }));
  const certificates =
    limits.forbidSigningCertificates && !hasNoCertificate(reported)
      ? await partial(account.read(signingCertificates, { id }))
      : { values: [], errors: [] };
  if ([...keys.errors, ...certificates.errors].some((error) => isAccountError(error, NO_SUCH_USER))) {
    return undefined;
  }
  const unsaid = (fresh: AccountError) => whyUnsaid(one, fresh);
  const parts = [
    ...(limits.forbidAccessKeys ? [keysOf({ reported, fresh: keys, unsaid }, limits.countInactiveKeys)] : []),
    ...(limits.forbidConsolePasswords && reported.password !== false
      ? [passwordOf({ reported, fresh: await settle(account.read(loginProfile, { id })), unsaid })]
      : []),
    ...(limits.forbidSigningCertificates
      ? [certificatesOf({ reported, fresh: certificates, unsaid }, !row && keys.errors.length === 0)]
      : []),
  ];
  const findings = parts.flatMap((part) => part.findings);
  if (findings.length > 0) return nonCompliant(resource, findings);
  const [error] = parts.flatMap((part) => part.error ?? []);
  return error ? couldNotTell(resource, error) : compliant(resource);
}

/** Whether the report alone says that there is nothing that is forbidden. */
const passes = ({ keys, password, certificates }: ReportedCredentials, limits: Limits): boolean =>
  (!limits.forbidAccessKeys || keys.every((key) => isHeld(key, limits.countInactiveKeys) === false)) &&
  (!limits.forbidConsolePasswords || password === false) &&
  (!limits.forbidSigningCertificates || hasNoCertificate({ certificates }));

const hasNoCertificate = ({ certificates }: Pick<ReportedCredentials, 'certificates'>): boolean =>
  certificates.every((isActive) => isActive === false);

/** Why the report does not settle what nobody has collected either. */
function whyUnsaid({ report, person: { name, row } }: Case, fresh: AccountError): AccountError {
  if (row?.problem) return unreadableRow(row);
  if (row) {
    return new AccountError(
      OWN_CODES.incomplete,
      'iam:GetCredentialReport',
      `iam:GetCredentialReport: the row of ${name} does not say which credentials the user has: collect it afresh, with all its columns`,
      name,
    );
  }
  return report instanceof AccountError ? report : fresh;
}
