import type { Compliance } from '../../../rules/rule.ts';
import { ACCOUNT, denied } from '../../support/memory.ts';
import { everything, named, nothing, ofRoot, type World, wellKnown, without } from '../../support/root.ts';

export interface Case extends World {
  title: string;
  parameters?: Record<string, unknown>;
  says: Compliance | 'UNKNOWN';
  annotation?: string | RegExp;
  code?: string;
}

export const hardware = { requireHardware: 'true' };

export const cases: Case[] = [
  // The everyday account
  { title: 'a password and MFA', summary: everything, says: 'COMPLIANT', annotation: '' },
  {
    title: 'a password and no MFA',
    summary: { ...everything, AccountMFAEnabled: 0 },
    says: 'NON_COMPLIANT',
    annotation: 'root has a password but no MFA',
  },
  {
    title: 'an access key alone and no MFA',
    summary: { ...nothing, AccountAccessKeysPresent: 1 },
    says: 'NON_COMPLIANT',
    annotation: 'root has an access key but no MFA',
  },
  {
    title: 'a signing certificate alone and no MFA',
    summary: { ...nothing, AccountSigningCertificatesPresent: 1 },
    says: 'NON_COMPLIANT',
    annotation: 'root has a signing certificate but no MFA',
  },
  {
    title: 'every kind of credential and no MFA',
    summary: {
      AccountMFAEnabled: 0,
      AccountPasswordPresent: 1,
      AccountAccessKeysPresent: 2,
      AccountSigningCertificatesPresent: 1,
    },
    says: 'NON_COMPLIANT',
    annotation: 'root has a password, an access key and a signing certificate but no MFA',
  },

  // Centralized root access: a member account without root credentials
  {
    title: 'no credentials at all',
    summary: nothing,
    says: 'COMPLIANT',
    annotation: 'root has no password, access key or signing certificate',
  },
  {
    title: 'no credentials, and the account wants that left out of the score',
    summary: nothing,
    parameters: { noCredentialsVerdict: 'NOT_APPLICABLE' },
    says: 'NOT_APPLICABLE',
  },
  {
    title: 'no credentials, and the account wants that to fail',
    summary: nothing,
    parameters: { noCredentialsVerdict: 'non_compliant' },
    says: 'NON_COMPLIANT',
    annotation: 'root has no password, access key or signing certificate',
  },
  {
    title: 'no credentials, but MFA still registered',
    summary: { ...nothing, AccountMFAEnabled: 1 },
    parameters: { noCredentialsVerdict: 'NOT_APPLICABLE' },
    says: 'NOT_APPLICABLE',
  },

  ...[3, -1, 0.5].map((AccountMFAEnabled) => ({
    title: `MFA enabled ${AccountMFAEnabled} times`,
    summary: { ...everything, AccountMFAEnabled },
    says: 'UNKNOWN' as const,
    code: 'Malformed',
    annotation: /SummaryMap\.AccountMFAEnabled: expected 0, 1 or 2, found /,
  })),
  {
    title: 'fewer than no access keys',
    summary: { ...nothing, AccountAccessKeysPresent: -1 },
    says: 'UNKNOWN',
    code: 'Malformed',
  },

  // A key that AWS left out is not a zero
  {
    title: 'a password, and nobody says whether there is MFA',
    summary: without(everything, 'AccountMFAEnabled'),
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
    annotation: /iam:GetAccountSummary left out AccountMFAEnabled/,
  },
  {
    title: 'no MFA, and nobody says whether there is a password (an older endpoint)',
    summary: without(nothing, 'AccountPasswordPresent'),
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
    annotation: /left out AccountPasswordPresent:/,
  },
  {
    title: 'no MFA, and only the certificates are left out',
    summary: without(nothing, 'AccountSigningCertificatesPresent'),
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
  },
  {
    title: 'no MFA and an access key: the password left out changes nothing',
    summary: without({ ...nothing, AccountAccessKeysPresent: 1 }, 'AccountPasswordPresent'),
    says: 'NON_COMPLIANT',
    annotation: 'root has an access key but no MFA',
  },
  {
    title: 'MFA, and a password that is left out, where root without credentials is judged otherwise',
    summary: without(everything, 'AccountPasswordPresent'),
    parameters: { noCredentialsVerdict: 'NON_COMPLIANT' },
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
    annotation: /left out AccountPasswordPresent:/,
  },
  {
    title: 'MFA, and nobody says whether there is a password',
    summary: without(everything, 'AccountPasswordPresent'),
    says: 'COMPLIANT',
  },
  {
    title: 'MFA, and nothing said about any credential',
    summary: { AccountMFAEnabled: 1 },
    says: 'COMPLIANT',
  },
  {
    title: 'a summary without any of the keys',
    summary: { Users: 3 },
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
  },
  {
    title: 'no credentials, and nobody says whether there is MFA',
    summary: without(nothing, 'AccountMFAEnabled'),
    says: 'COMPLIANT',
  },

  // The summary cannot be read
  { title: 'a summary that is denied', summary: denied, says: 'UNKNOWN', code: 'AccessDenied' },
  { title: 'a summary that nobody collected', says: 'UNKNOWN', code: 'NotCollected' },
  {
    title: "a summary that is denied, with hardware required and only users' devices",
    summary: denied,
    devices: [],
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'AccessDenied',
    annotation: /GetAccountSummary/,
  },
  {
    title: 'a summary that is denied, but the list shows a virtual device of root where hardware is required',
    summary: denied,
    devices: [ofRoot()],
    parameters: hardware,
    says: 'NON_COMPLIANT',
  },

  // Hardware required
  {
    title: 'virtual MFA where hardware is not required',
    summary: everything,
    devices: [ofRoot()],
    says: 'COMPLIANT',
  },
  {
    title: 'MFA and no virtual device of root',
    summary: everything,
    devices: [ofRoot(named, `arn:aws:iam::${ACCOUNT}:user/alice`)],
    parameters: hardware,
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'the well-known virtual device',
    summary: everything,
    devices: [ofRoot()],
    parameters: hardware,
    says: 'NON_COMPLIANT',
    annotation: `root has a virtual MFA device, not a hardware one: ${wellKnown}`,
  },
  {
    title: 'a virtual device of root with a name of its own',
    summary: everything,
    devices: [ofRoot(named)],
    parameters: hardware,
    says: 'NON_COMPLIANT',
    annotation: `root has a virtual MFA device, not a hardware one: ${named}`,
  },
  {
    // What a registration leaves behind that was not finished: it signs nobody in.
    title: 'the well-known device, assigned to nobody',
    summary: everything,
    devices: [{ SerialNumber: wellKnown }],
    parameters: hardware,
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: "the well-known device, assigned to nobody, beside root's own",
    summary: everything,
    devices: [{ SerialNumber: wellKnown }, ofRoot(named)],
    parameters: hardware,
    says: 'NON_COMPLIANT',
    annotation: `root has a virtual MFA device, not a hardware one: ${named}`,
  },
  {
    title: 'a virtual device that nobody uses yet',
    summary: everything,
    devices: [{ SerialNumber: named }],
    parameters: hardware,
    says: 'COMPLIANT',
  },
  {
    title: 'two virtual devices of root, and one of somebody else',
    summary: everything,
    devices: [ofRoot(), ofRoot(`${named}2`, `arn:aws:iam::${ACCOUNT}:user/bob`), ofRoot(named)],
    parameters: hardware,
    says: 'NON_COMPLIANT',
    annotation: `root has a virtual MFA device, not a hardware one: ${wellKnown}; root has a virtual MFA device, not a hardware one: ${named}`,
  },
  ...['aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-eusc'].flatMap((partition): Case[] => [
    {
      title: `a virtual device of root by its owner in ${partition}`,
      summary: everything,
      devices: [
        ofRoot(`arn:${partition}:iam::${ACCOUNT}:mfa/phone`, `arn:${partition}:iam::${ACCOUNT}:root`),
      ],
      parameters: hardware,
      says: 'NON_COMPLIANT',
    },
  ]),
  ...[
    ['a user called root', `arn:aws:iam::${ACCOUNT}:user/root`],
    ['a user whose path ends in :root', `arn:aws:iam::${ACCOUNT}:user/team:root`],
    ['a user whose name ends like the ARN of root', `arn:aws:iam::${ACCOUNT}:user/iam::${ACCOUNT}:root`],
    ["another account's root", 'arn:aws:iam::999988887777:root'],
    ['an ARN of another service', `arn:aws:sts::${ACCOUNT}:root`],
    ['something that goes on after root', `arn:aws:iam::${ACCOUNT}:root/x`],
    ['a partition that is not one of AWS', `arn:other:iam::${ACCOUNT}:root`],
  ].map(
    ([what, arn]): Case => ({
      title: `a virtual device of ${what} is not root's`,
      summary: everything,
      devices: [ofRoot(named, arn)],
      parameters: hardware,
      says: 'COMPLIANT',
    }),
  ),
  ...[
    ['the well-known device', wellKnown],
    ["another account's well-known device", 'arn:aws:iam::999988887777:mfa/root-account-mfa-device'],
    ['a device whose name only ends like it', `arn:aws:iam::${ACCOUNT}:mfa/x/root-account-mfa-device`],
    ['a device whose name only begins like it', `arn:aws:iam::${ACCOUNT}:mfa/root-account-mfa-device-2`],
    ['the bare name of it', 'root-account-mfa-device'],
  ].map(
    ([what, SerialNumber]): Case => ({
      title: `${what} of a user is not root's`,
      summary: everything,
      devices: [ofRoot(SerialNumber, `arn:aws:iam::${ACCOUNT}:user/alice`)],
      parameters: hardware,
      says: 'COMPLIANT',
    }),
  ),
  {
    title: 'no credentials, which fails whether the list of virtual devices can be read or not',
    summary: { ...nothing, AccountMFAEnabled: 1 },
    devices: denied,
    parameters: { ...hardware, noCredentialsVerdict: 'NON_COMPLIANT' },
    says: 'NON_COMPLIANT',
    annotation: 'root has no password, access key or signing certificate',
  },
  {
    title: 'no credentials, but a virtual device where hardware is required',
    summary: { ...nothing, AccountMFAEnabled: 1 },
    devices: [ofRoot()],
    parameters: hardware,
    says: 'NON_COMPLIANT',
  },
  {
    title: 'nobody says whether there is MFA, but the list shows a virtual device',
    summary: without(everything, 'AccountMFAEnabled'),
    devices: [ofRoot()],
    parameters: hardware,
    says: 'NON_COMPLIANT',
  },
  {
    title: 'nobody says whether there is MFA, and the list shows no virtual device',
    summary: without(everything, 'AccountMFAEnabled'),
    devices: [],
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
  },
  {
    title: 'no MFA and a password unsaid, with no virtual device',
    summary: without(nothing, 'AccountPasswordPresent'),
    devices: denied,
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
  },

  // Hardware required, and the list cannot be read
  {
    title: 'MFA and a list that is denied',
    summary: everything,
    devices: denied,
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'AccessDenied',
    annotation: /iam:ListVirtualMFADevices/,
  },
  {
    title: 'MFA and a list that nobody collected',
    summary: everything,
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'NotCollected',
  },
  {
    title: 'a password and no MFA fail without the list',
    summary: { ...everything, AccountMFAEnabled: 0 },
    devices: denied,
    parameters: hardware,
    says: 'NON_COMPLIANT',
    annotation: 'root has a password but no MFA',
  },
  {
    title: 'no credentials and no MFA: there is no device that the list could show',
    summary: nothing,
    devices: denied,
    parameters: hardware,
    says: 'COMPLIANT',
  },
  {
    title: 'no credentials, MFA enabled: the list matters',
    summary: { ...nothing, AccountMFAEnabled: 1 },
    devices: denied,
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'AccessDenied',
  },
  {
    title: 'no credentials, MFA unsaid: the list matters',
    summary: without(nothing, 'AccountMFAEnabled'),
    devices: denied,
    parameters: hardware,
    says: 'UNKNOWN',
    code: 'AccessDenied',
  },
];
