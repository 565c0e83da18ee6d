/** What a person is told to do about root, in the words of the IAM console. */
import type { Organization } from '../../account/services/organizations/readings.ts';
import { type RootMfaFinding, sentence } from './findings.ts';

export interface Told {
  readonly accountId: string;
  readonly findings: readonly RootMfaFinding[];
  readonly requireHardware: boolean;
  /** `null`: the account is in none. `unknown`: it could not be read. */
  readonly organization: Organization | null | 'unknown';
  readonly foundAt: Date;
}

/** At most 99 characters, one line: an OpsItem's title, and the subject of an SNS message, which takes "less than 100". */
export function title({ accountId, findings: [finding] }: Told): string {
  const whose = `Root of AWS account ${accountId}`;
  if (finding?.kind === 'virtualMfa') return `${whose} has a virtual MFA device, not a hardware one`;
  return finding?.kind === 'noCredentials'
    ? `${whose} has no credentials`
    : `${whose} is not protected by MFA`;
}

/** OpsItems take so many characters (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html). */
const MAX_DESCRIPTION = 2048;

/** The exact steps, for somebody who has never done it. At most 2,048 characters. */
export function stepsToTake(told: Told): string {
  const [finding] = told.findings;
  const parts = [
    found(told),
    ...(finding?.kind === 'noCredentials' ? [NO_CREDENTIALS] : ways(told)),
    'Groundrules judges the account again within a day. Resolve the OpsItem then.',
  ];
  const text = parts.join('\n\n');
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1)}…`;
}

function found({ accountId, findings, foundAt }: Told): string {
  const at = `(rule root-mfa, ${foundAt.toISOString()})`;
  const [finding] = findings;
  if (finding?.kind === 'noMfa') {
    return `Root of the AWS account ${accountId} has ${sentence(finding.credentials)} but no MFA ${at}. Whoever learns it owns the account.`;
  }
  const devices = findings.flatMap((one) => (one.kind === 'virtualMfa' ? [one.serialNumber] : []));
  // Root has eight devices at most (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html).
  return devices.length > 0
    ? `Root of the AWS account ${accountId} has a virtual MFA device where hardware is required ${at}: ${devices.slice(0, 8).join(', ')}.`
    : `Root of the AWS account ${accountId} has no password, access key or signing certificate ${at}, and the rule's parameter noCredentialsVerdict says that this is wrong.`;
}

const NO_CREDENTIALS =
  'There is nothing that MFA could protect. If that is intended, set noCredentialsVerdict to COMPLIANT or NOT_APPLICABLE. If root is to have a password, request one with "Forgot password?" on the sign-in page, and register MFA at once.';

function ways(told: Told): string[] {
  const { accountId, organization } = told;
  if (
    organization === null ||
    (organization !== 'unknown' && organization.managementAccountId === accountId)
  ) {
    return [register(told)];
  }
  const management =
    organization === 'unknown'
      ? 'the management account'
      : `the management account ${organization.managementAccountId}`;
  const central = `In ${management}, run the Systems Manager document Groundrules-MemberRootCredentials for ${accountId}; or open IAM there, "Root access management", choose the account, "Take privileged action", and delete its root user credentials. Root can then not sign in at all, and needs no MFA.`;
  return organization === 'unknown'
    ? [
        `If the account is a member of an organization (that could not be read): ${central}`,
        `Otherwise:\n${register(told)}`,
      ]
    : [`Better: delete root's credentials. ${central}`, `Or protect them:\n${register(told)}`];
}

function register({ findings: [finding], requireHardware }: Told): string {
  const isVirtual = finding?.kind === 'virtualMfa';
  const device =
    requireHardware || isVirtual
      ? 'a security key or a hardware TOTP token'
      : 'a passkey, a security key or an authenticator app';
  const keys = finding?.kind === 'noMfa' && finding.credentials.some((one) => one !== 'password');
  const hasPassword = finding?.kind !== 'noMfa' || finding.credentials.includes('password');
  const steps = [
    `Sign in to the console as the root user, with the e-mail address of the account${hasPassword ? '' : ' ("Forgot password?" sets a password)'}.`,
    `Open the account menu at the top right, "Security credentials", and under "Multi-factor authentication (MFA)" choose "Assign MFA device": ${device}.`,
    'Assign a second one and keep it elsewhere, so that losing one does not lock you out.',
    'Sign out, and sign in again with each.',
    ...(isVirtual ? ['Only then remove the virtual MFA device named above, in the same place.'] : []),
    ...(keys
      ? ["Delete root's access keys and signing certificates, in the same place: MFA does not guard them."]
      : []),
  ];
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}
