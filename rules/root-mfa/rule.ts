import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  accountSummary,
  credentialReport,
  type VirtualMfaDevice,
  virtualMfaDevices,
} from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { boolean, oneOf, parameter } from '../parameters.ts';
import { type Compliance, defineRule, every, type Judgement } from '../rule.ts';
import { ROOT } from '../shared/root.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { CREDENTIALS, type Credential, type RootMfaFinding, sentence } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  requireHardware: parameter(
    boolean(),
    'false',
    {
      en: 'Whether a virtual MFA device (an app) registered to root is NON_COMPLIANT.',
      ko: '루트에 등록된 가상 MFA 디바이스(앱)를 NON_COMPLIANT로 볼지 여부.',
    },
    { isTunable: true },
  ),
  noCredentialsVerdict: parameter(oneOf('COMPLIANT', 'NOT_APPLICABLE', 'NON_COMPLIANT'), 'COMPLIANT', {
    en: 'The verdict on a root user that has no credentials, so that there is nothing for MFA to protect.',
    ko: '루트 사용자에게 자격 증명이 없어 MFA로 보호할 것이 없을 때의 판정.',
  }),
};

const reads = [accountSummary, credentialReport, virtualMfaDevices] as const;
type View = Account<(typeof reads)[number]>;

/** Root's credentials are protected by MFA, by hardware where that is asked for. */
export default defineRule<typeof parameters, RootMfaFinding>()({
  id: 'root-mfa',
  severity: 'CRITICAL',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: {
    noMfa: ({ credentials }) => `root has ${sentence(credentials)} but no MFA`,
    virtualMfa: ({ serialNumber }) => `root has a virtual MFA device, not a hardware one: ${serialNumber}`,
    noCredentials: () => 'root has no password, access key or signing certificate',
  },

  judge: (account, values, context) => judgeWhole(account, context, () => judgeRoot(account, values)),

  fix,
  calls: { fixed: 1, each: 0 },
});

async function judgeRoot(
  account: View,
  { requireHardware, noCredentialsVerdict }: { requireHardware: boolean; noCredentialsVerdict: Compliance },
): Promise<Judgement<RootMfaFinding>> {
  const resource = accountResource(account);
  const { credentials, mfa } = await readRoot(account, noCredentialsVerdict);

  if (!(credentials instanceof AccountError) && credentials.length > 0 && mfa === false) {
    return nonCompliant(resource, [{ kind: 'noMfa', credentials }]);
  }
  if (requireHardware) {
    const devices = await partial(account.read(virtualMfaDevices));
    const virtual = devices.values.filter((device) => isRootDevice(device, account.id));
    if (virtual.length > 0) {
      return nonCompliant(
        resource,
        virtual.map(({ serialNumber }) => ({ kind: 'virtualMfa', serialNumber })),
      );
    }
    // Without MFA root has no virtual device, so that an unreadable list changes nothing; nor where it fails either way.
    const fails = noCredentialsVerdict === 'NON_COMPLIANT' && !(credentials instanceof AccountError);
    if (mfa !== false && !(fails && credentials.length === 0))
      for (const error of devices.errors) throw error;
  }
  if (!(credentials instanceof AccountError) && credentials.length === 0) {
    return { resource, compliance: noCredentialsVerdict, findings: [{ kind: 'noCredentials' }] };
  }
  // With MFA the verdict is known, unless root may have no credentials and `noCredentialsVerdict` says otherwise.
  const isSettled = !(credentials instanceof AccountError) || noCredentialsVerdict === 'COMPLIANT';
  if (mfa === true && isSettled) return compliant(resource);
  throw mfa instanceof AccountError ? mfa : credentials;
}

/** What is known of root; an error where a value is unknown. */
interface Root {
  readonly credentials: readonly Credential[] | AccountError;
  readonly mfa: boolean | AccountError;
}

/**
 * Reads the account summary. A key that AWS left out is unknown, not zero: root's row in the
 * credential report is read for it, if the verdict depends on it.
 */
async function readRoot(account: View, noCredentialsVerdict: Compliance): Promise<Root> {
  const summary = await settle(account.read(accountSummary));
  if (summary instanceof AccountError) return { credentials: summary, mfa: summary };

  const strange = ['AccountMFAEnabled', ...COUNTED].find((key) => !isCount(summary[key]));
  if (strange !== undefined) {
    const error = noCount(strange, summary[strange]);
    return { credentials: error, mfa: error };
  }
  const present = COUNTED.filter((key) => (summary[key] ?? 0) > 0);
  const missing = COUNTED.filter((key) => summary[key] === undefined);
  const enabled = summary.AccountMFAEnabled;
  const mfa = enabled === undefined ? leftOut(['AccountMFAEnabled']) : enabled > 0;
  const named = (keys: readonly Counted[]) => keys.map((key) => CREDENTIALS[key]);
  // One known credential is enough, whatever the others are.
  if (present.length > 0 || missing.length === 0) return { credentials: named(present), mfa };
  // With MFA the credentials do not matter, if a root without any would pass, too.
  if (mfa === true && noCredentialsVerdict === 'COMPLIANT') return { credentials: leftOut(missing), mfa };

  const reported = await reportedOf(account, missing);
  return { credentials: reported instanceof AccountError ? reported : named(reported), mfa };
}

/** 0 or 1, or 2 access keys. AWS counts nothing else. */
const isCount = (value: number | undefined) => value === undefined || [0, 1, 2].includes(value);
const noCount = (key: string, value: number | undefined) =>
  new AccountError(
    OWN_CODES.malformed,
    'iam:GetAccountSummary',
    `iam:GetAccountSummary: SummaryMap.${key}: expected 0, 1 or 2, found ${value}: save again what "aws iam get-account-summary" prints`,
  );

type Counted = keyof typeof CREDENTIALS;
const COUNTED = Object.keys(CREDENTIALS) as Counted[];

/** The credentials that the summary leaves out, as the credential report has them: `true` or `false`. */
async function reportedOf(account: View, missing: readonly Counted[]): Promise<Counted[] | AccountError> {
  const report = await settle(account.read(credentialReport));
  if (report instanceof AccountError) return leftOut(missing, report.message);
  const root = report.find(({ user }) => user === ROOT);
  if (!root || root.problem) return leftOut(missing, root?.problem ?? `it has no row ${ROOT}`);

  const says: Readonly<Record<Counted, boolean | undefined>> = {
    AccountPasswordPresent: root.passwordEnabled,
    AccountAccessKeysPresent: root.accessKeys.some(
      ({ active, lastRotated }) => active || lastRotated !== undefined,
    ),
    AccountSigningCertificatesPresent: root.hasCertificate,
  };
  const there = missing.filter((key) => says[key]);
  const unsaid = missing.filter((key) => says[key] === undefined);
  if (there.length > 0 || unsaid.length === 0) return there;
  return leftOut(unsaid, `its row ${ROOT} does not say`);
}

const leftOut = (keys: readonly string[], report?: string) =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetAccountSummary',
    `iam:GetAccountSummary left out ${keys.join(', ')}: ask again through the Region's own IAM endpoint, or look at root's security credentials in the console` +
      (report === undefined ? '' : `. The credential report does not tell: ${report}`),
  );

/**
 * Whether a virtual device is assigned to the account's root. Exact, because users may be called
 * `root` too; in every partition. A device that is assigned to nobody does not count, even with root's serial number
 * (`mfa/root-account-mfa-device`), because nobody can sign in with it: an unfinished registration leaves one behind.
 */
function isRootDevice({ userArn }: VirtualMfaDevice, accountId: string): boolean {
  const [, owner, named] = /^arn:aws[a-z-]*:iam::(\d+):(.+)$/.exec(userArn ?? '') ?? [];
  return owner === accountId && named === 'root';
}
