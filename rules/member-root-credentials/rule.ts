import type { Account, ResourceRef } from '../../account/account.ts';
import { isAccountError } from '../../account/errors.ts';
import { organizationsFeatures } from '../../account/services/iam/readings.ts';
import { accountState, organization } from '../../account/services/organizations/readings.ts';
import {
  rootAccessKeyLastUsed,
  rootAccessKeys,
  rootCertificates,
  rootMfaDevices,
  rootPassword,
  rootSignedIn,
} from '../../account/services/root/readings.ts';
import { attempt, compliant, nonCompliant } from '../judgement.ts';
import { defineRule } from '../rule.ts';
import { NOT_HERE } from '../shared/member.ts';
import { fix } from './fix.ts';

export type RootFinding =
  /** The caller can neither read nor delete the credentials of this account's root. */
  | { readonly kind: 'outOfReach'; readonly why: OutOfReach }
  | ({
      readonly kind: 'accessKey';
      readonly id: string;
      readonly active: boolean;
      readonly createdAt: Date;
    } & Use)
  | { readonly kind: 'certificate'; readonly id: string; readonly active: boolean; readonly uploadedAt: Date }
  | ({ readonly kind: 'password'; readonly createdAt: Date } & Use)
  /** An MFA device that is left would lock out whoever recovers the password later. */
  | { readonly kind: 'mfaDevice'; readonly serialNumber: string; readonly enabledAt: Date };

interface Use {
  /** Absent: never, as far as IAM knows. */
  readonly lastUsed?: Date;
  /** By which service, `s3`, for an access key. */
  readonly service?: string;
}

/** Why the credentials are out of reach, by the condition that does not hold. */
const OUT_OF_REACH = {
  noOrganization: 'the account that this runs in is in no organization',
  managementAccount:
    "it is the organization's management account, whose root nobody else can act for: protect it with MFA (root-mfa)",
  notEnabled:
    'central management of root credentials is not on in the organization: turn RootCredentialsManagement on (IAM, "Root access management")',
  notHere:
    "neither the organization's management account nor IAM's delegated administrator runs this: run it in one of them",
  notMember: 'the organization has no such account',
  notActive: 'the account is not active: it is suspended, or being closed or made',
} as const;
export type OutOfReach = keyof typeof OUT_OF_REACH;

const TYPE = 'AWS::Organizations::Account';

const reads = [
  organization,
  accountState,
  organizationsFeatures,
  rootPassword,
  rootSignedIn,
  rootAccessKeys,
  rootAccessKeyLastUsed,
  rootCertificates,
  rootMfaDevices,
] as const;
type View = Account<(typeof reads)[number]>;

/**
 * The root user of a member account has no credentials: no password, access key, signing certificate or MFA device.
 * Only its document uses this verdict, in the management account; AWS Config has root-mfa and access-key-age in the
 * member's own.
 */
export default defineRule<Record<never, never>, RootFinding>()({
  id: 'member-root-credentials',
  severity: 'CRITICAL',
  resourceTypes: [TYPE],
  scope: 'global',
  triggers: [],
  parameters: {},
  reads,
  messages: {
    outOfReach: ({ why }) => `root's credentials are out of reach: ${OUT_OF_REACH[why]}`,
    accessKey: ({ id, active }) => `root has the ${active ? '' : 'inactive '}access key ${id}`,
    certificate: ({ id, active }) => `root has the ${active ? '' : 'inactive '}signing certificate ${id}`,
    password: () => 'root has a password',
    mfaDevice: ({ serialNumber }) => `root has the MFA device ${serialNumber}`,
  },
  dates: ['createdAt', 'uploadedAt', 'enabledAt', 'lastUsed'],

  // It judges only a member that it is asked about, because AWS Config does not run it.
  async *judge(account, _parameters, { resource }) {
    const judgement = resource && (await attempt(resource, () => judgeMember(account, resource)));
    if (judgement) yield judgement;
  },

  fix,
});

async function judgeMember(account: View, resource: ResourceRef) {
  const why = await outOfReach(account, resource.id);
  const findings: RootFinding[] = why
    ? [{ kind: 'outOfReach', why }]
    : await credentialsOf(account, resource.id);
  return findings.length > 0 ? nonCompliant(resource, findings) : compliant(resource, findings);
}

async function outOfReach(account: View, id: string): Promise<OutOfReach | undefined> {
  const own = await account.read(organization);
  if (!own) return 'noOrganization';
  if (own.managementAccountId === id) return 'managementAccount';
  try {
    const features = await account.read(organizationsFeatures);
    // Whether RootSessions has to be on as well, AWS does not say plainly: if so, it refuses the session.
    if (!features?.includes('RootCredentialsManagement')) return 'notEnabled';
  } catch (error) {
    if (isAccountError(error, NOT_HERE)) return 'notHere';
    throw error;
  }
  const state = await account.read(accountState, { id });
  if (state === null) return 'notMember';
  return state === 'ACTIVE' ? undefined : 'notActive';
}

/** In the order of deletion. The MFA device comes last, because it protects the password. */
async function credentialsOf(account: View, id: string): Promise<RootFinding[]> {
  const [keys, certificates, password, devices] = await Promise.all([
    account.read(rootAccessKeys, { id }),
    account.read(rootCertificates, { id }),
    passwordOf(account, id),
    account.read(rootMfaDevices, { id }),
  ]);
  const uses = await Promise.all(
    keys.map((key) => account.read(rootAccessKeyLastUsed, { id: `${id}/${key.id}` })),
  );
  return [
    ...keys.map(({ id, active, createdAt }, index): RootFinding => {
      const { at: lastUsed, service } = uses[index] ?? {};
      const use = { ...(lastUsed && { lastUsed }), ...(service && { service }) };
      return { kind: 'accessKey', id, active, createdAt, ...use };
    }),
    ...certificates.map((certificate): RootFinding => ({ kind: 'certificate', ...certificate })),
    ...(password ? [{ kind: 'password', ...password } as const] : []),
    ...devices.map((device): RootFinding => ({ kind: 'mfaDevice', ...device })),
  ];
}

async function passwordOf(
  account: View,
  id: string,
): Promise<{ readonly createdAt: Date; readonly lastUsed?: Date } | null> {
  const createdAt = await account.read(rootPassword, { id });
  if (!createdAt) return null;
  const lastUsed = await account.read(rootSignedIn, { id });
  return { createdAt, ...(lastUsed && { lastUsed }) };
}
